"""Wording: what is found, where, and that correct passages of many shapes stay silent."""

from __future__ import annotations

import pytest

from assistant.audit import BLANK, audit_document
from assistant.blank_form import is_blank_form
from assistant.checks.level_words import level_of
from assistant.checks.outdated_subject import renamed
from assistant.checks.phrases import kinds
from assistant.checks.privacy import is_identity, masked
from assistant.findings import Audit
from assistant.passages import joined, passages
from assistant.reading import read_bytes
from assistant.rules import load_rulebook

BOOK = load_rulebook(select=["W806", *(f"W8{n}" for n in range(10, 31)), "W807", "W808", "W809"])
FINAL = (
    "云湖省青川市曲水区河道堤防管理局2023年度部门决算\n\n第三部分 2023年度部门决算情况说明\n\n一、支出决算情况说明\n\n"
)
BUDGET = "云湖省青川市曲水区河道堤防管理局2024年部门预算\n\n一、收支预算情况说明\n\n"
TAIL = "\n\n收入支出决算总计 100.00 万元，预算执行率 100%。\n"


def audit(text: str, head: str = FINAL) -> Audit:
    return audit_document(read_bytes(f"{head}{text}{TAIL}".encode(), "例.txt"), BOOK)


def found(text: str, head: str = FINAL) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = {}
    for finding in audit(text, head).findings:
        texts.setdefault(finding.rule, []).extend(each.text for each in finding.evidence)
    return texts


WRONG = [
    ("W806", "本表应在专业名词解释中予以说明。", ["应在专业名词解释中予以说明"]),
    ("W806", "（如持平作持平表述）支出合计 100.00 万元。", ["如持平作持平表述"]),
    ("W806", "（不涉及的不列）支出合计 100.00 万元。", ["不涉及的不列"]),
    ("W806", "1、由主管部门根据三定方案填写。", ["由主管部门根据三定方案填写"]),
    ("W807", "支出增长（下降）5.2%，比上年增加/减少 3.00 万元。", ["增长（下降）", "增加/减少"]),
    ("W807", "决算数大小于预算数的主要原因是人员变动。", ["决算数大小于"]),
    ("W808", "截至××年12月31日，共有车辆____辆。", ["××年", "____辆"]),
    ("W808", "202X年支出为 X 万元。", ["202X年", "X"]),
    ("W809", "公务接待费减少 1.00 万元，主要原因是：；会议费主要用于。", ["原因是：；", "主要用于。"]),
    ("W811", "比上年增加增加 3.00 万元，2023年度2023年度支出合计 3.00万元万元。", ["增加增加", "2023年度2023年度", "万元万元"]),
    ("W812", "完成全年年初预算的 100%。", ["全年年初预算"]),
    ("W813", "其中：公务用车运维护费 3.00 万元，政府性基金预财政拨款 2.00 万元。", ["公务用车运维护费", "政府性基金预财政拨款"]),
    ("W815", "1.收入合计 3.00 万元。\n\n2.支出合计 3.00 万元。\n\n2.结转 0 万元。\n\n3.接待 0 万元。", ["2.结转 0 万元", "2.支出合计 3.00 万元"]),
    ("W817", "一般公共预算财政拨款收入：指省级财政当年拨付的资金。", ["一般公共预算财政拨款收入：指省级财政"]),
    ("W822", "曲水区河道堤防管局下设办公室；曲水区河道提防管理局机关。", ["河道堤防管局", "河道提防管理局"]),
    ("W823", "《关于推进河湖长制工作的实施意见》（曲政发〔2021〕12号）。\n\n《关于推进河湖长制工作的实施意见》（曲政办发〔2021〕12号）。", ["曲政发〔2021〕12号", "曲政办发〔2021〕12号"]),
    ("W825", "2022年度没有国有资本经营预算支出。", ["2022年度没有"]),
    ("W827", "比上年增加 5.60 万元，增长5.6。", ["增长5.6"]),
    ("W828", "经办人李四（11010519491231002X），手机 138 0013 8000。", ["11010519491231002X", "138 0013 8000"]),
    ("W829", "受理12345热线工单 3 件，12346政务服务热线 2 件。", ["12346"]),
    ("W830", "公务用车保有量 -2 辆，接待 -18 人次。", ["-2 辆", "-18 人次"]),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "places"), WRONG, ids=[f"{rule}-{text[:8]}" for rule, text, _ in WRONG])
def test_what_is_wrong_is_found_where_it_stands(rule: str, text: str, places: list[str]) -> None:
    assert found(text)[rule] == places


RIGHT = [
    "与2022年度相比，收、支总计各增加 8.85 万元、14.63 万元，增长 3.1%、5.2%，主要原因：一是人员增加；二是项目增加。",
    "公务接待费 0 万元，与上年持平，主要原因是无公务接待事项支出。",
    "较上年减少18.50万元（65.37%），差值为 18.50 万元，降幅 65.37%，增减（含结转）情况见附表。",
    "支出决算数大于年初预算数的主要原因：年中追加经费；小于全年预算数的主要原因：部分项目跨年支付。",
    "本年增加额、减少额均按实际发生数列示；净资产增加（减少）额不在本表反映。",
    "注：本表反映部门本年度取得的各项收入情况，数据以万元为单位，可能存在尾数误差。",
    "（注：2023年机构改革，职能由原水务局划入，支出口径与上年不同）",
    "负责统一填报格式的制定，督促企业按照统一格式报送数据，指导单位在公开说明中使用规范用语。",
    "组织填写水资源论证表，按规定填列取水台账；填报说明由市局印发。",
    "人人参与、天天巡河、多多宣传，研究研究再决定，逐项逐条落实，家家户户受益，代代相传，常常走访。",
    "市人民政府政府采购监督管理、公共服务服务对象满意度、信息中心中心机房、达到目的的项目、标的的确定，的的确确有效。",
    "其他社会保障和就业支出（款）其他社会保障和就业支出（项）3.00 万元。",
    "2022年末受疫情影响，部分款项推迟至2023年支付，2022年度未支付的 3.00 万元在本年列支。",
    "增加的原因是2022年度无此项支出。",
    "2021年无购车，2022年无购车，2023年购置 1 辆。",
    "得分=权重×B/A，满分 20分×执行率，7×24小时值守，规格 5×3 米，采购 XXL 号工作服 30 件，XX 染色体。",
    "张某某、李××等 3 人参加培训，某单位反映的问题已整改。",
    "完成年初预算的 123.5%，占年初预算的 123.5%，占全年目标的 130%，占上年决算的 104%。",
    "气温 -5 度，增减 -2 辆，净增 -3 人，2021-2023 人次逐年上升，5-8 人一组，负债总额 -0.96 万元。",
    "监督电话：027-12388666，热线12345，举报电话12388，咨询12333热线，12366纳税服务热线，处理投诉 12846 件。",
    "累计访问 13800138000 次，支出 15912345678.00 元，项目编码 13012345678，单号 202313800138000。",
    "联系电话：0728-3861234，邮编 430000，信用代码 91420100MA4KXXXX0X，统一编码 114201000123456789。",
    "依据《水利工程供水管理办法》（水财〔2019〕16号）和《水利工程供水价格办法》（水财〔2020〕18号）执行。",
    "按照《省级预算绩效管理办法》（财绩〔2020〕3号）及《省级预算绩效管理办法》（财绩[2020] 3号）执行。",
    "项目资金 5.00 万元为省级财政专项资金，1.00 万元为市级财政拨款，上级补助收入：指省级财政安排的转移支付。",
    "财政拨款收入：指区级财政当年拨付的资金。",
    "财政拨款收入：指单位从同级财政部门取得的财政预算资金。",
    "纳入区级财政预决算管理的“三公”经费，是指区直部门用财政拨款安排的支出。",
    "公务用车购置及运行维护费、公务用车购置和运行费、公务车运行维护费、因公出国（境）费用、因公出国（境）经费合计 3.00 万元。",
    "一般公共预算的财政拨款、一般公共预算财政拨付资金、政府性基金财政拨款、国有资本经营财政拨款合计 3.00 万元。",
    "对个人及家庭的补助、社会保障与就业支出、其他商品及服务支出合计 3.00 万元。",
    "租赁合同有效期 3 年（2021年-2023年），服务期限 2022年至2024年，服务对象 2019-2020 年毕业生。",
    "合同有效期为 2022 年至 2023 年，2022 年受汛期影响，仅完成 3 期。",
    "增长5.6%，增长 2 倍，提高 3 个百分点，增长率无可比性，由 3.2 下降到 2.1，下降 5。2 项指标完成。",
    "基本支出：指为保障机构正常运转而发生的支出。\n\n项目支出：指为完成特定任务，\n在基本支出之外发生的支出。",
    "曲水区河道堤防管理局下设办公室；曲水区河道堤防管理处、青川市河道管理局、曲水区农业管理局参与，区河道堤防管理局机关负责。",
    "1.卫生健康支出（类）行政事业单位医疗（款）行政单位医疗（项）。支出决算为 3.00 万元。",
    "3.农林水支出（类）水利（款）水利工程建设（项）。支出决算为 3.00 万元，用于医疗卫生与计划生育服务站供水。",
    "一是收入 3.00 万元；\n\n二是支出 3.00 万元；\n\n二、其他\n\n三是结转 0 万元。",
    "1、产出指标\n\n数量指标：\n\n1.巡河次数 12 次。\n\n2.清淤 3 公里。\n\n2、效益指标\n\n1.满意度 95%。\n\n2.达标率 100%。\n\n3、其他。",
    "主要用于：办公楼维修、网络运行等。主要包括：办公费、差旅费。其中：货物 3.00 万元。",
    "收入总计 100.00 万元（包括：财政拨款 90.00 万元、其他收入 10.00 万元），支出各项见附表，明细不再列示",
    "（据实列支）（根据实际列支）（注：本部门不涉及政府性基金）（说明：数据按年报填列，经请示市政府同意）（注：已删除涉密内容）",
    "因人员减少增加了编外用工，收入增长下降幅度不大；按科室分为财务科-2人、办公室-3人。",
    "对纳入汇总的单位作如下说明：共 3 家。需要说明的是，部分支出跨年列支。如无特殊情况不列入预算。",
    "电子公务系统运行维护费 3.00 万元、公务船艇运行维护费 2.00 万元、机关单位职业年金缴费 1.00 万元、对个人及其家庭的补助 1.00 万元。",
    "一般公共服务财政拨款 3.00 万元，国有资本经营收入财政拨款 2.00 万元，社会救助和就业支出 1.00 万元。",
    "占比增长 150%，占地面积 3000 平方米，占比较上年提高 120%，专款专用资金占用率 105%。",
    "比上年增加 5 万元，增长 3,456 人次；比上年增加 5.60 万元，增长 13.5 个百分点。",
    "一般公共预算财政拨款支出较上年减少\n\n二、收入决算情况说明\n\n收入合计 3.00 万元。",
    "主要原因是：\n\n（一）人员减少\n\n（二）项目减少\n\n支出合计 3.00 万元。",
    "2023年“三公”经费支出 3.00 万元，其中：公务接待费 1.00 万元，占 33.3%；因公出国（境）费 0 万元，2022年也无此项支出。",
    "常务委员会委员会议、党政办公室办公室主任、其他卫生健康支出其他卫生健康支出 3.00 万元。",
]  # fmt: skip


@pytest.mark.parametrize("text", RIGHT, ids=[text[:14] for text in RIGHT])
@pytest.mark.parametrize("head", [FINAL, BUDGET], ids=["final", "budget"])
def test_what_is_right_stays_silent(text: str, head: str) -> None:
    assert [finding.message for finding in audit(text, head).findings if finding.rule >= "W806"] == []


def test_places_of_one_kind_are_one_finding() -> None:
    findings = audit("公务接待费增（减）0 万元。\n\n会议费减少（增加）0 万元。\n\n培训费增（减）0 万元。").findings
    assert [finding.rule for finding in findings] == ["W807"]
    assert [each.line for each in findings[0].evidence] == [7, 9, 11]


def test_personal_data_are_masked_everywhere_but_in_the_evidence() -> None:
    (finding,) = audit("联系人：张三，手机：13800138000。").findings
    assert "13800138000" not in finding.message + finding.title + finding.stated + finding.calculation + finding.id
    assert "138****8000" in finding.message
    assert finding.evidence[0].text == "13800138000"


def test_a_blank_form_is_one_problem() -> None:
    items = "、".join(
        f"{name} XX 万元，占 XX%" for name in ("行政运行", "机关服务", "事业运行", "住房公积金", "公务接待费", "会议费")
    )
    report = audit(f"支出合计 XXX 万元，比上年增加（减少）XX 万元，其中：{items}。")
    assert is_blank_form(report.document)
    assert report.findings == ()
    assert [problem.message for problem in report.problems] == [BLANK]


def test_a_report_with_left_overs_is_no_blank_form() -> None:
    amounts = "".join(f"第 {n} 项 {n}.00 万元。" for n in range(1, 30))
    assert not is_blank_form(audit(f"{amounts}接待 XX 批次、XX 人次，{'占 XX%。' * 10}").document)


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("云湖省水利厅", "省"),
        ("云湖省青川市水利局", "市"),
        ("青川市曲水区水利局", "区"),
        ("上海市水务局", "直辖市"),
        ("上海市曲水区水务局", "区"),
        ("青川市曲水县水利局", "县"),
        ("市水利局", "市"),
        ("青川市曲水区人民法院", ""),
        ("青川市经济开发区管理委员会", ""),
        ("水利部", ""),
    ],
)
def test_the_level_of_a_body_is_read_from_its_name(name: str, level: str) -> None:
    assert level_of(name) == level


def test_former_names_depend_on_the_year() -> None:
    assert "医疗卫生与计划生育支出" not in renamed(2018)
    assert renamed(2020)["医疗卫生与计划生育支出"] == ("210", "卫生健康支出")
    assert all(name != now for name, (_, now) in renamed(2024).items())


def test_identity_numbers_have_a_date_and_a_check_character() -> None:
    assert is_identity("11010519491231002X")
    assert not is_identity("110105194912310021")
    assert not is_identity("110105194913310021")
    assert masked("11010519491231002X") == "110***********002X"


def test_passages_lead_home() -> None:
    document = audit("公务接待费 1.00 万元，（增加内容）没有变化。").document
    for passage in passages(document):
        span = passage.span(0, 1)
        assert document.lines[span.line - 1][span.start : span.end] == passage.exact[0]
    prose = joined(document, "paragraph")
    at = prose.text.index("(增加内容)")
    place = prose.place(at, at + 6)
    assert place is not None
    assert place.text == "（增加内容）"
    assert prose.place(0, len(prose.text)) is None


def test_nits_run_only_when_they_are_named() -> None:
    assert not any(rule.code == "W892" for rule in load_rulebook().rules)
    assert not any(rule.code == "W892" for rule in load_rulebook(select=["W"]).rules)
    assert not any(rule.code == "W892" for rule in load_rulebook(select=["W8"]).rules)
    assert {rule.code[:3] for rule in load_rulebook(select=["W89"]).rules} == {"W89"}
    assert [rule.code for rule in load_rulebook(select=["T101", "W892"]).rules] == ["T101", "W892"]
    assert load_rulebook().get("W892") is not None
    assert "W892" in [rule.code for rule in load_rulebook().known]
    nits = load_rulebook(select=["W89"])
    document = audit("支出合计 3.00 万元，，制度健全,账目清楚。。").document
    assert [finding.rule for finding in audit_document(document, nits).findings] == ["W891", "W892"]


def test_every_kind_of_phrase_has_a_rule() -> None:
    used = {rule.parameters["kind"] for rule in load_rulebook().known if rule.check == "phrases"} | {"doubled"}
    assert used == set(kinds())
