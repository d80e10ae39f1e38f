"""Performance (绩效): correct passages and forms of many shapes say nothing; what is wrong in the real reports is told."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from assistant.audit import audit_document
from assistant.reading import read, read_bytes
from assistant.rules import load_rulebook

BOOK = load_rulebook(select=["P6"])
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
HEAD = "云湖省青川市林业服务中心2023年度部门决算\n\n十、预算绩效情况说明\n\n"
REVIEW = "1、{}项目绩效自评综述：项目全年预算数为50.00万元，执行数为50.00万元，完成预算的100%。主要产出和效果：\n\n"

FORM = """项目支出绩效自评表

（2023年度）

项目名称	国土绿化
主管部门	青川市林业局			实施单位	青川市林业服务中心
项目资金（万元）		年初预算数	全年预算数	全年执行数	分值	执行率	得分
	年度资金总额	100	100	95	10	{rate}	9.5
	其中：当年财政拨款	100	100	95	—	{rate}	—
绩效指标	一级指标	二级指标	三级指标	年度指标值	实际完成值	分值	得分	偏差原因分析及改进措施
	产出指标	数量指标	造林面积	≥2000亩	{area}	20	{score}	{why}
		质量指标	造林成活率	≥85%	{alive}	20	20
		时效指标	完成时间	2023年12月底前	2023年11月	10	10
	效益指标	社会效益指标	提供就业岗位	≥50个	{jobs}	20	20
		生态效益指标	改善生态环境	明显改善	明显改善	10	10
	满意度指标	服务对象满意度指标	群众满意度	≥90%	95%	10	10
总分						100	{total}
"""
FORMS = {
    "国家统一格式": FORM.format(rate="95%", area="2150亩", score="20", why="", alive="88%", jobs="56个", total="99.5"),
    "未完成而写明原因": FORM.format(
        rate="95%", area="1900亩", score="19", why="部分地块移交滞后", alive="88%", jobs="56个", total="98.5"
    ),
    "小数表示百分比": FORM.format(rate="0.95", area="2150", score="20", why="", alive="0.88", jobs="56", total="99.5"),
    "数字被拆开": FORM.format(
        rate="95%", area="2 150亩", score="2 0", why="", alive="88. 0%", jobs="5 6个", total="99. 5"
    ),
    "末位被截去": FORM.format(rate="95%", area="215", score="2", why="", alive="88%", jobs="5", total="99.5"),
}
PASSAGES = {
    "万与个": "①新增绿地：目标值≥3万平方米，实际完成32,500平方米；\n\n②树木修剪：目标值不少于1.2万株，实际12800株。",
    "没有符号": "①培训人数：目标值200人，实际完成230人；\n\n②培训费用：目标值20万元，实际18万元；\n\n③培训天数：目标值5天，实际3天。",
    "以低为好": "①信访投诉件数：目标值10件，实际6件；\n\n②投诉率：目标值1%，实际0.2%；\n\n③应急响应次数：目标值10次，实际4次。",
    "区间": "①响应时间：目标值≤1小时，实际≤0.17小时；\n\n②处理时间：目标值<48小时，实际<8小时；\n\n③发放册数：目标值≥2500册，实际>3,000册。",
    "没有发生": "①重大安全事故：目标值为0，实际未发生事故；\n\n②事故起数：目标值不超过2起，实际未发生。",
    "已划转": "①系统开发：目标值1套，实际未开展，原因是职能已划转；\n\n②验收合格率：目标值100%，实际未开展，原因是职能已划转。",
    "日期与时段": "①完工时间：目标值2023年12月31日前，实际2023年12月18日；\n\n②值守：目标值7×24小时，实际7x24小时。",
    "几个数": "①物资储备：目标值编织袋5万条、救生衣800件，实际编织袋4.2万条、救生衣820件；\n\n②位次：目标值≤10名，实际省会城市第12名、副省级城市第4名。",
    "页码断开": "①演出场次：目标值≥60场，实际完成1\n\n— 12 —\n\n26场；\n\n②满意度：目标值≥90%，实际完成9\n\n2.5%。",
    "公式残留": "①线路条数：目标值$\\geq$42条，实际完成45条；\n\n②通车率：目标值\\geq98%，实际完成99. 4%。",
    "定性": "①能力提升：目标值有效提升，实际有效提升；\n\n②工程进度：目标值按期完成，实际提前15天完成；\n\n③意识：目标值有所提高，实际由82%提高到88%。",
    "超额有原因": "①发布稿件：目标值≥300篇，实际完成1,260篇，超额完成的原因是新增短视频栏目。",
    "问题中说明": "①演练：目标值≥30场，实际27场。\n\n发现的问题：演练目标值为≥30场，实际27场。\n\n主要原因是：道路施工。",
}


def told(text: str) -> list[str]:
    """Codes and messages of what is found."""
    return [f"{f.rule} {f.message}" for f in audit_document(read_bytes(text.encode(), "例.txt"), BOOK).findings]


@pytest.mark.parametrize("name", FORMS)
def test_correct_forms_say_nothing(name):
    assert told(HEAD + "自评结果见下表。\n\n" + FORMS[name]) == []


@pytest.mark.parametrize("name", PASSAGES)
def test_correct_passages_say_nothing(name):
    assert told(HEAD + REVIEW.format("综合业务") + PASSAGES[name]) == []


def test_words_where_a_number_was_wanted_are_told_once_a_form():
    form = FORM.format(rate="95%", area="完成", score="20", why="", alive="达标", jobs="已完成", total="99.5")
    (finding,) = audit_document(read_bytes((HEAD + "见下表。\n\n" + form).encode(), "例.txt"), BOOK).findings
    assert (finding.rule, finding.severity, finding.stated) == ("P626", "info", "2 个指标")


def test_wrong_forms_are_told():
    form = FORM.format(rate="91%", area="1,700亩", score="20", why="", alive="88%", jobs="56个", total="97.5")
    codes = {line[:4] for line in told(HEAD + "自评结果见下表。\n\n" + form)}
    assert {"P602", "P603", "P607", "P608"} <= codes


def test_two_phases_of_a_project_are_two_projects():
    text = HEAD + "".join(
        REVIEW.format(f"水库加固（{phase}期）").replace("1、", f"{i}、")
        + f"①加固长度：目标值≥{n}米，实际完成{n + 5}米。\n\n"
        for i, (phase, n) in enumerate((("一", 300), ("二", 800)), start=1)
    )
    assert told(text) == []


@pytest.fixture(scope="module")
def final():
    """The findings on a city's final accounts with narrative, summaries and forms."""
    path = next(SEEDS.glob("000*.txt"), None)
    if path is None:
        pytest.skip("the real reports do not lie beside the project")
    return audit_document(read(str(path)), BOOK).findings


def test_the_training_indicator(final):
    """4 → 1 in the text, 4 with full score in the form, unexplained, and only one told as unmet."""
    found = {f.rule: f for f in final if "培训次数" in f.message}
    assert set(found) == {"P602", "P611", "P612"}
    assert {690, 1560} <= {e.line for e in found["P612"].evidence}


def test_what_an_auditor_labelled_is_found(final):
    """Certain and likely findings about indicators, goals and scores: at least seven of ten have a finding of this family there."""
    labels = SEEDS.parent / "labels" / "000.findings.jsonl"
    if not labels.exists():
        pytest.skip("the labels do not lie beside the project")
    wanted = [json.loads(line) for line in labels.read_text(encoding="utf-8").splitlines()]
    ours = [
        label for label in wanted
        if label["certainty"] != "arguable" and label["auto"] != "no" and label["category"] not in ("cross_year", "typo")
        and re.search("指标|目标|得分|自评", label["quote"] + label["stated"] + label["why"])
    ]  # fmt: skip
    lines = {evidence.line for finding in final for evidence in finding.evidence}
    found = [label["id"] for label in ours if lines & set(label["lines"])]
    assert len(found) >= 0.7 * len(ours), sorted({label["id"] for label in ours} - set(found))


def test_points_for_absent_kinds(final):
    found = [f for f in final if f.rule == "P614"]
    assert {e.line for f in found for e in f.evidence} >= {1117, 1418, 1419}


def test_precision_is_information(final):
    found = [f for f in final if f.rule == "P612" and f.severity == "info"]
    assert sorted(f.stated for f in found) == ["85.54%", "99.98%"]


def found(text: str) -> list[str]:
    return [f.rule for f in audit_document(read_bytes(text.encode(), "例.txt"), BOOK).findings if f.severity != "info"]


WHOLE = FORM.format(rate="95%", area="2150亩", score="20", why="", alive="88%", jobs="56个", total="99.5")


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        (("年度资金总额\t100\t100", "年度资金总额\t100\t120"), ["P607"]),  # there may be other sources
        (("项目资金（万元）\t", "预算资金（万元）\t"), []),  # over the labels, no column of money
        (("全年预算数\t", "调整后预算数\t"), []),
        (("当年财政拨款\t100\t100\t95", "当年财政拨款\t100\t130\t95"), ["P607", "P624"]),
        (("\t99.5\n", "\t96.5\n"), ["P608"]),
        (("\t100\t99.5\n", "\t95\t99.5\n"), ["P608"]),  # the sum of the weights
        (("质量指标\t造林成活率", "成本指标\t造林成活率"), []),  # 成本 below 产出, as in older forms
        (("项目支出绩效自评表", "国土绿化项目自评表"), []),
        (("项目支出绩效自评表", "国土整治项目自评表"), ["P618"]),
    ],
)
def test_one_figure_of_a_form(change, rules):
    assert change[0] in WHOLE
    assert sorted(set(found(HEAD + WHOLE.replace(*change)))) == rules


@pytest.mark.parametrize(
    ("sentence", "rules"),
    [
        ("编报绩效目标的项目9个，涉及预算金额284.60万元；绩效自评的项目9个，涉及预算金额284.60万元。", []),
        ("编报绩效目标的项目9个，涉及预算金额284.60万元；绩效自评的项目8个，涉及预算金额284.60万元。", ["P623"]),
        ("编报绩效目标的项目9个，涉及预算金额284.60万元；绩效自评的项目8个，涉及预算金额280.60万元。", []),
        ("组织对5个项目开展绩效自评，其中政府性基金预算0万元。", []),
        ("绩效自评的项目9个（其中，“优”的项目7个；“良”的项目1个）。", []),  # not all grades are told
        ("绩效自评的项目9个（其中，“优”的项目7个；“良”的项目1个；“合格”的项目0个；“不合格”的项目0个）。", ["P623"]),
    ],
)
def test_numbers_of_projects(sentence, rules):
    assert found(HEAD + sentence + "本部门2023年度项目支出预算284.60万元。") == rules
