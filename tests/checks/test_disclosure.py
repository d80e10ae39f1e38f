"""What must be disclosed: correct reports of many shapes are left alone, what is missing or contradicts itself is told once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.audit import audit_document
from assistant.disclosure import Disclosure, core
from assistant.reading import read, read_bytes
from assistant.resources import corpora_dir
from assistant.rules import load_rulebook

BOOK = load_rulebook(select=["D7"])
SHARED = Path(__file__).parents[3] / "shared"


def findings(text: str, name: str = "例.txt"):
    return audit_document(read_bytes(text.encode("utf-8"), name), BOOK).findings


def told(text: str, name: str = "例.txt") -> list[tuple[str, str]]:
    return [(finding.rule, finding.severity) for finding in findings(text, name)]


# A whole final-accounts report, in pieces that the tests put together in other shapes

OVERVIEW = """2023年度收入总计1,234.56万元，支出总计1,234.56万元，与上年相比各增加34.56万元，主要是储备轮换费用增加。
"""
INCOME = "2023年度收入合计1,230.00万元，其中：财政拨款收入1,230.00万元，占本年收入的100%。\n"
SPENDING = "2023年度支出合计1,200.00万元，其中：基本支出800.00万元，占66.67%；项目支出400.00万元，占33.33%。\n"
GENERAL = "2023年度一般公共预算财政拨款支出1,200.00万元，占本年支出合计的100%，与上年相比增加30.00万元。\n"
BASIC = "2023年度一般公共预算财政拨款基本支出800.00万元，其中人员经费700.00万元，公用经费100.00万元。\n"
THREE = """2023年度“三公”经费支出决算12.00万元。因公出国（境）费支出5.00万元，全年出国（境）团组1个，3人次。
公务用车购置及运行维护费支出5.00万元，其中购置0万元，运行维护费5.00万元，年末公务用车保有量2辆。
公务接待费支出2.00万元，共接待国内公务12批次、86人次。
"""
OFFICE = "2023年度机关运行经费支出100.00万元，比上年减少2.00万元，下降1.96%，主要是压减一般性支出。\n"
BUYING = "2023年度政府采购支出总额20.00万元，其中：货物20.00万元。授予中小企业合同金额20.00万元，占政府采购支出总额的100%。\n"
ASSETS = "截至2023年12月31日，本部门共有车辆2辆，其中：应急保障用车2辆；单价100万元以上设备0台（套）。\n"
RESULTS = "2023年度对3个项目开展绩效自评，涉及资金400.00万元，占一般公共预算项目支出总额的100%。\n"
TERMS = """（一）财政拨款收入：指本级财政当年拨付的资金。
（二）基本支出：指为保障机构正常运转、完成日常工作任务而发生的支出。
（三）项目支出：指在基本支出之外为完成特定任务发生的支出。
（四）“三公”经费：指因公出国（境）费、公务用车购置及运行维护费和公务接待费。
"""
DUTIES = "负责全县粮食流通的行业管理和地方储备粮的监管，组织实施粮食质量安全监测，承担应急保供的组织协调工作。\n"
BODIES = "本部门内设办公室、财务股、调控股、仓储股四个股室，所属事业单位一个，均纳入本部门决算编制范围。\n"

PARTS = (
    ("主要职责", DUTIES), ("机构设置", BODIES), ("收入支出决算总体情况说明", OVERVIEW), ("收入决算情况说明", INCOME),
    ("支出决算情况说明", SPENDING), ("一般公共预算财政拨款支出决算情况说明", GENERAL),
    ("一般公共预算财政拨款基本支出决算情况说明", BASIC), ("“三公”经费支出决算情况说明", THREE), ("机关运行经费支出说明", OFFICE),
    ("政府采购支出说明", BUYING), ("国有资产占用情况说明", ASSETS), ("预算绩效情况说明", RESULTS), ("名词解释", TERMS),
)  # fmt: skip
NUMBERS = "一二三四五六七八九十"


def chinese(number: int) -> str:
    return NUMBERS[number - 1] if number <= 10 else "十" + NUMBERS[number - 11]


def report(
    *, without: tuple[str, ...] = (), contents: str = "", title: str = "某县粮食局2023年度部门决算", mark: str = "",
    change: tuple[str, str] | None = None, listed: tuple[str, ...] = (), depth: str = "、",
) -> str:  # fmt: skip
    """A report whose 目录 (``contents``: what follows a title in it) lists all parts but those ``without`` both."""
    parts = [(name, text) for name, text in PARTS if name not in without]
    names = [name for name, _ in PARTS if name not in without or name in listed]
    lines = [title, ""]
    if contents:
        lines += ["目 录", ""] + [
            f"{chinese(i)}{depth}{name}{'' if contents == ' ' else contents + str(i)}"
            for i, name in enumerate(names, 1)
        ]
    for name, text in parts:
        number = names.index(name) + 1
        lines += ["", f"{mark}{chinese(number)}{depth}{name}", "", text]
    whole = "\n".join(lines)
    if change:
        assert change[0] in whole
        whole = whole.replace(*change)
    return whole


# Correct reports


@pytest.mark.parametrize(
    "text",
    [
        report(),
        report(contents=" "),
        report(contents="…………"),
        report(contents="\t"),
        report(contents=" . . . . . . "),
        report(contents=" ", mark="## "),
        report(contents=" ").replace("目 录", "目　　录"),
        report(contents=" ").replace("目 录", "# 目次"),
        report(contents=" ", title="某县粮食质量监测中心2023年度单位决算", without=("机关运行经费支出说明",)),
        report(contents=" ", change=("机关运行经费支出说明\n\n2023年度机关运行经费支出", "机关运行经费情况\n\n本年机关运行经费支出")),
        report(change=("一、主要职责", "第一部分 部门概况\n\n一、主要职责")),
        report(without=("国有资产占用情况说明",), change=("单价", "单价")) if False else report(without=("名词解释",)),
        report(change=("2023年度政府采购支出总额20.00万元，其中：货物20.00万元。授予中小企业合同金额20.00万元，占政府采购支出总额的100%。",
                       "2023年度没有发生政府采购支出。")),
        report(change=("因公出国（境）费支出5.00万元，全年出国（境）团组1个，3人次。", "因公出国（境）费支出0万元，本年没有安排因公出国（境）。")),
        report(change=("，共接待国内公务12批次、86人次", "，接待来访12次，86人")),
        report(change=("，年末公务用车保有量2辆", "。年末保有公务用车两辆")),
        report(change=("公务接待费支出2.00万元，共接待国内公务12批次、86人次。", "公务接待费支出0万元。")),
        report(change=("授予中小企业合同金额", "面向中小微企业的合同金额")),
        report(title="某省人民检察院2023年度部门决算公开", contents="……"),
        report(contents=" ").replace("部门", "单位"),
        report(contents=" ").replace("，", ",").replace("（", "(").replace("）", ")").replace("：", ":"),
        "\n\n".join(report(contents=" ").splitlines()),
    ],
)  # fmt: skip
def test_a_whole_report_in_another_shape_has_no_finding(text):
    assert told(text) == []


BUDGET = """某省能源局2024年部门预算

{contents}
一、部门概况

负责全省能源行业管理，拟订能源发展规划和年度计划，监测能源运行，组织实施能源领域的改革和科技装备工作。

二、收支预算总体情况

2024年收入预算1,234.56万元，支出预算1,234.56万元，比上年各增加34.56万元，增长2.88%。

三、收入预算情况

2024年收入预算1,234.56万元，其中：一般公共预算拨款收入1,234.56万元，占100%。

四、支出预算情况

2024年支出预算1,234.56万元，其中：基本支出800.00万元，项目支出434.56万元。

五、“三公”经费预算情况

2024年“三公”经费预算3.00万元，与上年持平，其中公务接待费3.00万元，没有安排因公出国。

六、机关运行经费

2024年机关运行经费预算80.00万元，比上年增加2.00万元，增长2.56%。

七、政府采购

2024年政府采购预算20.00万元，其中：货物20.00万元，没有工程和服务。

八、国有资产占用

截至2023年12月31日，本部门共有车辆2辆，其中：应急保障用车2辆。

九、绩效目标

2024年编报绩效目标的项目3个，涉及资金434.56万元，全部纳入绩效管理。
"""


@pytest.mark.parametrize(
    "text",
    [
        BUDGET.format(contents=""),
        BUDGET.format(contents="目录\n\n一、部门概况\n二、收支预算总体情况\n三、收入预算情况\n四、支出预算情况\n"),
        BUDGET.format(
            contents="目录\n\n一、部门概况\n二、收支预算说明\n三、收入说明\n四、支出说明\n五、三公经费情况\n"
        ),
        BUDGET.format(contents="").replace("机关运行经费", "行政经费"),
        BUDGET.format(contents="").replace("能源局", "能源研究院").replace("机关运行经费预算", "公用经费预算"),
        # the narrative of another body's report, cut off after the first pages
        BUDGET.format(contents="").split("五、")[0],
        BUDGET.format(contents="").split("三、")[0],
        # parts given elsewhere
        "某县粮食局2023年度部门决算\n\n绩效自评报告\n\n项目支出绩效自评得分98分，全年预算100.00万元，执行数98.00万元。\n",
    ],
)
def test_a_budget_or_a_part_of_a_report_has_no_finding(text):
    assert told(text) == []


STAFF = [
    "本部门编制26名，其中：行政编制15名，事业编制11名（其中参公8名）。",
    "核定编制26人，年末实有在职人员24人，其中：行政人员13人、事业人员10人、机关工勤1人。",
    "在职人员24人，离退休人员12人，其中离休1人、退休11人。",
    "在职人员24人，其中：女性10人，党员18人。",
    "编制26人，其中处级领导职数5人、科级领导职数12人。",
    "现有在编人员约30人，其中行政人员15人，事业人员11人。",
    "总人数30人，其中：在职24人，离休1人，退休5人。",
    "编制数26人，其中：行政编制15人；事业编制11人。",
    "事业编制68名，年末实有在职人员61人，退休人员27人。",
    "编制26人，其中：行政编制15人，事业编制11人，参公编制6人。",
    "全年培训人员200人，其中行政人员80人，事业人员100人，其他20人。",
    "年末在职职工24人，其中：行政14人，其中公务员13人，事业10人。",
]


@pytest.mark.parametrize("sentence", STAFF)
def test_head_counts_that_may_be_right_are_left_alone(sentence):
    assert told(report(change=(BODIES.strip(), sentence))) == []


@pytest.mark.parametrize(
    ("sentence", "severity"),
    [
        ("本部门编制26名，其中：行政编制15名，事业编制13名。", "error"),
        ("年末实有在职人员24人，其中：行政人员13人、事业人员9人、工勤人员1人。", "warning"),
        ("离退休人员12人，其中：离休2人，退休11人。", "error"),
    ],
)
def test_head_counts_that_do_not_add_up(sentence, severity):
    assert told(report(change=(BODIES.strip(), sentence))) == [("D731", severity)]


# Statements in other words, under other headings, in other places

BUYING_HEAD = "政府采购支出说明\n\n" + BUYING.strip()
OFFICE_HEAD = "机关运行经费支出说明\n\n" + OFFICE.strip()
ASSETS_HEAD = "国有资产占用情况说明\n\n" + ASSETS.strip()
THREE_HEAD = "“三公”经费支出决算情况说明\n\n" + THREE.strip()
SHAPES = {
    "机构运行经费": (OFFICE_HEAD, "机构运行经费\n\n2023年度机构运行经费100.00万元，比上年减少2.00万元。"),
    "行政经费": (OFFICE_HEAD, "行政经费支出统计\n\n2023年行政经费决算支出100.00万元。"),
    "机关本级的运行经费": (OFFICE_HEAD, "其他事项\n\n本部门2023年度用于机关日常运行的运行经费共计100.00万元。"),
    "没有机关运行经费": (OFFICE_HEAD, "其他事项\n\n本部门不涉及机关运行经费支出。"),
    "只有一个“无”字": (BUYING_HEAD, "政府采购支出说明\n\n无"),
    "无，在标题里": (BUYING_HEAD, "政府采购支出情况：无"),
    "标题与说明同一行": (BUYING_HEAD, "政府采购支出情况。本年总额20.00万元，其中：货物20.00万元。授予中小企业合同金额20.00万元，占比100%。"),
    "未发生政府采购": (BUYING_HEAD, "其他事项\n\n2023年度，本单位未发生政府采购业务。"),
    "详见附表": (BUYING_HEAD, "政府采购支出说明\n\n详见附表10。"),
    "采购预算执行": (BUYING_HEAD, "采购情况\n\n2023年实际采购金额20.00万元，均授予小微企业。"),
    "段落在中间断开": (BUYING_HEAD, "政府采购支出说明\n\n2023年度本部门政府采购支出总额\n\n20.00万元，全部授予中小企业。"),
    "页码落在标题下": (BUYING_HEAD, "政府采购支出说明\n\n— 12 —\n\n2023年度总额为20.00万元，全部授予中小企业。"),
    "固定资产账面价值": (ASSETS_HEAD, "资产情况\n\n2023年末固定资产账面价值320.00万元，其中房屋1,200平方米。"),
    "没有车辆": (ASSETS_HEAD, "其他事项\n\n截至2023年12月31日，本部门没有车辆，没有单价100万元以上设备。"),
    "车辆若干辆": (ASSETS_HEAD, "其他事项\n\n2023年末本部门车辆2辆，均为应急保障用车。"),
    "只讲设备": (ASSETS_HEAD, "其他事项\n\n2023年末，单位价值50万元以上通用设备1台，单位价值100万元以上专用设备0台。"),
    "三公只讲分项": (THREE_HEAD, "其他经费\n\n1.因公出国（境）费0元，全年没有安排。\n\n2.公务接待费支出2.00万元，接待12批次、86人次。\n\n"
                            "3.公务用车运行维护费5.00万元，保有2辆。"),
    "三公一句带过": (THREE_HEAD, "其他经费\n\n2023年本部门没有使用财政拨款安排的“三公”经费支出。"),
    "三公不加引号": (THREE_HEAD, "三公经费支出情况\n\n2023年度三公经费支出合计为零。"),
    "标题无编号": ("八、" + THREE_HEAD, "“三公”经费支出决算情况说明\n\n2023年度共支出0.00万元，与上年持平。"),
    "合并成一节": (OFFICE_HEAD, "机关运行经费、政府采购等情况\n\n2023年度机关运行经费支出100.00万元；"
                            "政府采购支出20.00万元，全部授予中小企业；共有车辆2辆。"),
    "用表格回答": (BUYING_HEAD, "政府采购支出情况\n\n货物\t20.00\n合计\t20.00\n\n上表金额单位为万元，均授予中小企业。"),
    "名词解释在前": ("一、主要职责", "名词解释\n\n" + TERMS + "（五）机关运行经费：指用于购买货物和服务的各项公用经费。\n\n一、主要职责"),
    "全角空格": ("机关运行经费支出100.00", "机 关 运 行 经 费 支 出 100.00"),
    "逗号代替句号": ("比上年减少2.00万元，下降1.96%，主要是压减一般性支出。", "比上年减少2.00万元，"),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_a_statement_in_another_shape_is_one(shape):
    assert told(report(change=SHAPES[shape])) == []


ELSEWHERE = {
    "“三公”经费支出决算情况说明": "严格管理“三公”经费；",
    "机关运行经费支出说明": "承担机关运行经费的日常核算；",
    "政府采购支出说明": "负责本系统政府采购的监督；",
    "国有资产占用情况说明": "负责所属单位国有资产的监管；",
}


@pytest.mark.parametrize("part", ELSEWHERE)
def test_duties_and_terms_say_nothing_of_it(part):
    word = re.sub("支出.*|占用.*", "", part)
    duty = (DUTIES.strip(), ELSEWHERE[part] + DUTIES.strip())
    term = f"（五）{word}：指为保障单位运行发生的有关支出，不含其他资金安排的部分。\n"
    text = report(without=(part,), change=duty).replace(TERMS, TERMS + term)
    assert [(rule, severity) for rule, severity in told(text) if rule not in ("D702", "D721")] == [("D711", "warning")]


def test_titles_and_notes_of_tables_say_nothing_of_it():
    table = "三、财政拨款“三公”经费支出决算表\n\n单位：万元\n\n项目\t预算数\t决算数\n合计\t12.00\t12.00\n1．因公出国（境）费\t5.00\t5.00\n" \
        "3．公务接待费\t7.00\t7.00\n\n注：本表反映本年度财政拨款“三公”经费支出预决算情况。\n"  # fmt: skip
    assert told(report(without=("“三公”经费支出决算情况说明",)) + "\n" + table) == [("D711", "warning")]


def test_a_heading_without_text_is_no_statement():
    empty = report(change=(BUYING_HEAD, "政府采购支出说明"))
    found = findings(empty)
    assert [(f.rule, f.severity) for f in found] == [("D711", "warning")]
    assert found[0].evidence[0].text == "十、政府采购支出说明"


def test_what_the_contents_list_and_only_a_table_has():
    part = "“三公”经费支出决算情况说明"
    table = "\n财政拨款“三公”经费支出决算表\n\n单位：万元\n\n项目\t预算数\t决算数\n合计\t12.00\t12.00\n1．因公出国（境）费\t5.00\t5.00\n"
    found = findings(report(contents=" ", without=(part,), listed=(part,)) + table)
    assert [f.rule for f in found] == ["D711"]
    assert found[0].evidence[0].text == f"八、{part}"


INSTITUTION = "某县粮食质量监测中心2023年度单位决算"
OTHERS = ("机关运行经费支出说明", "政府采购支出说明", "国有资产占用情况说明")


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("（一）机关运行经费\n\n本单位为事业单位，没有机关运行经费。\n\n（二）", []),
        ("（一）", []),
        ("（二）", [("D711", "warning")]),  # the first is gone
    ],
)
def test_an_institution_without_running_costs(first, expected):
    second = "三" if "二" in first else "二"
    others = f"九、其他重要事项\n\n{first}政府采购情况\n\n{BUYING}\n（{second}）国有资产占用\n\n{ASSETS}\n"
    text = report(title=INSTITUTION, without=OTHERS).replace("九、预算绩效情况说明", others + "\n十、预算绩效情况说明")
    text = text.replace("十、名词解释", "十一、名词解释")
    assert told(text) == expected


def test_items_alone_under_a_list_that_begins_with_its_second_number():
    items = "因公出国（境）费0万元，没有安排。\n\n公务用车运行维护费5.00万元，保有2辆。\n\n公务接待费支出2.00万元，接待12批次、86人次。"
    assert told(report(change=(THREE_HEAD, "其他经费\n\n" + items))) == []
    shifted = report(change=("八、" + THREE_HEAD, "第三部分 其他相关情况\n\n" + items))
    for old, new in (("九、", "二、"), ("十、", "三、"), ("十一、", "四、"), ("十二、", "五、"), ("十三、", "六、")):
        shifted = shifted.replace("\n" + old, "\n" + new)
    assert [(f.rule, "总额" in f.message) for f in findings(shifted)] == [("D711", True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (report(change=(GENERAL, "")), ["D715"]),
        (report(change=(GENERAL, "— 7 —\n")), ["D715"]),
        (report(change=(GENERAL, "无。\n")), []),
        (report(change=(GENERAL, "（一）总体情况\n\n" + GENERAL)), []),
        (report(change=(GENERAL, "")).replace("决算情况说明\n\n\n", "决算情况说明（无）\n\n\n"), []),
        (report(change=(GENERAL, "科目\t金额\n合计\t1,200.00\n")), []),
        (report(change=(SPENDING, "")).replace(GENERAL, ""), []),  # two in a row: they only list titles
        (report(change=(BODIES, "")), []),  # 机构设置 is no announcement
    ],
)
def test_headings_with_nothing_under_them(text, expected):
    assert [rule for rule, _ in told(text)] == expected


# Tables

TABLE_ROWS = """222	粮油物资储备支出	100.00	60.00	40.00
22201	粮油物资事务	100.00	60.00	40.00
2220101	行政运行	40.00	40.00	0.00
2220102	一般行政管理事务	30.00	0.00	30.00
2220106	专项业务活动	10.00	0.00	10.00
2220150	事业运行	20.00	20.00	0.00
合计		100.00	60.00	40.00
"""
TABLES = {
    "收入支出决算总表": "项目\t决算数\t项目\t决算数\n一、一般公共预算财政拨款收入\t100.00\t一、粮油物资储备支出\t100.00\n"
    "本年收入合计\t100.00\t本年支出合计\t100.00\n总计\t100.00\t总计\t100.00\n",
    "收入决算表": "科目编码\t科目名称\t本年收入合计\t财政拨款收入\n222\t粮油物资储备支出\t100.00\t100.00\n"
    "22201\t粮油物资事务\t100.00\t100.00\n2220101\t行政运行\t100.00\t100.00\n合计\t\t100.00\t100.00\n",
    "支出决算表": f"科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n{TABLE_ROWS}",
    "财政拨款收入支出决算总表": "项目\t决算数\t项目\t决算数\n一、一般公共预算财政拨款\t100.00\t一、粮油物资储备支出\t100.00\n"
    "本年收入合计\t100.00\t本年支出合计\t100.00\n总计\t100.00\t总计\t100.00\n",
    "一般公共预算财政拨款支出决算表": f"科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n{TABLE_ROWS}",
    "一般公共预算财政拨款基本支出决算表": "科目编码\t科目名称\t决算数\n301\t工资福利支出\t50.00\n30101\t基本工资\t50.00\n"
    "302\t商品和服务支出\t10.00\n30201\t办公费\t10.00\n合计\t\t60.00\n",
    "政府性基金预算财政拨款收入支出决算表": "科目编码\t科目名称\t年初结转和结余\t本年收入\t本年支出\t基本支出\t项目支出\t年末结转和结余\n"
    "合计\t\t\t\t\t\t\t\n\n本部门没有政府性基金预算财政拨款收入和支出，故本表无数据。\n",
    "国有资本经营预算财政拨款支出决算表": "科目编码\t科目名称\t合计\t基本支出\t项目支出\n合计\t\t\t\t\n\n"
    "本部门没有国有资本经营预算财政拨款支出，故本表无数据。\n",
    "财政拨款“三公”经费支出决算表": "项目\t预算数\t决算数\n合计\t12.00\t12.00\n1．因公出国（境）费\t5.00\t5.00\n"
    "2．公务用车购置及运行维护费\t5.00\t5.00\n（1）公务用车购置费\t0.00\t0.00\n（2）公务用车运行维护费\t5.00\t5.00\n"
    "3．公务接待费\t2.00\t2.00\n",
}  # fmt: skip


def with_tables(*, without: tuple[str, ...] = (), change: tuple[str, str] | None = None, listed: bool = False) -> str:
    tables = "\n".join(f"\n{name}\n\n单位：万元\n\n{rows}" for name, rows in TABLES.items() if name not in without)
    text = report() + "\n" + tables
    if listed:
        names = "\n".join(f"{chinese(i)}、{name}" for i, name in enumerate(TABLES, 1))
        part = "第二部分 2023年度部门决算情况说明"
        head = f"目录\n\n第一部分 2023年度部门决算表\n{names}\n{part}\n"
        text = text.replace(
            "\n\n", f"\n\n{head}\n第一部分 2023年度部门决算表\n\n{tables}\n\n{part}\n\n", 1
        ).removesuffix(tables)
    if change:
        assert change[0] in text
        text = text.replace(*change)
    return text


NIL = "国有资本经营预算财政拨款支出决算表"


@pytest.mark.parametrize(
    "text",
    [
        with_tables(),
        with_tables(listed=True),
        with_tables(change=("故本表无数据", "本表为空表")),
        with_tables(change=("本部门没有国有资本经营预算财政拨款支出，故本表无数据。", "注：本单位未发生国有资本经营预算财政拨款支出。")),
        with_tables(change=("本部门没有国有资本经营预算财政拨款支出，故本表无数据。", "备注：此表无数据。")),
        with_tables(change=("合计\t\t\t\t\n\n本部门没有国有资本经营预算财政拨款支出，故本表无数据。", "合计\t\t0.00\t0.00\t0.00\n")),
        with_tables().replace("决算表\n", "决算公开表\n"),
        with_tables(change=("2220101\t行政运行", "2220101\t  行政运行")),
    ],
)  # fmt: skip
def test_correct_tables_have_no_finding(text):
    assert told(text) == []


def test_a_table_left_out_is_told():
    assert told(with_tables(without=(NIL,))) == [("D703", "warning")]
    assert told(with_tables(without=(NIL,), listed=False).replace("2023", "2019")) == []
    assert told(with_tables(without=("支出决算表",))) == [
        ("D703", "warning")
    ]  # its words are in the title of another table
    assert told(with_tables(without=("收入决算表",), listed=True)) == [("D703", "warning")]
    assert told(with_tables(without=("收入决算表", "支出决算表"), listed=True)) == [
        ("D703", "info")
    ]  # pages may be lost


def test_tables_without_data_need_a_note():
    note = "本部门没有国有资本经营预算财政拨款支出，故本表无数据。"
    assert told(with_tables(change=(note, "注：本表反映国有资本经营预算财政拨款支出情况。"))) == [("D705", "warning")]


def test_a_note_that_the_table_contradicts():
    filled = "223\t国有资本经营预算支出\t5.00\t0.00\t5.00\n合计\t\t5.00\t0.00\t5.00\n\n本部门没有国有资本"
    assert told(with_tables(change=("合计\t\t\t\t\n\n本部门没有国有资本", filled))) == [("D706", "error")]


def test_tables_alone_are_not_told_what_a_narrative_lacks():
    tables = "\n".join(f"\n{name}\n\n单位：万元\n\n{rows}" for name, rows in TABLES.items())
    assert told("某县粮食局2023年度部门决算公开表\n" + tables) == []


# What is missing


def test_a_part_whose_words_only_another_part_has():
    only = "政府采购支出说明"
    text = report(contents=" ", without=(only,), listed=(only,))
    meeting = "参加政府采购培训会议2次，支出0.20万元，全部由主办单位承担，没有发生其他与政府采购有关的支出。"
    text = text.replace("\n\n三、", f"\n{meeting}\n\n三、", 1)
    assert [rule for rule, _ in told(text)] == ["D701"]


def test_terms_must_be_explained_where_all_other_parts_are_there():
    text = with_tables(listed=True)
    start = text.index("十三、名词解释")
    without = text[:start] + text[text.index(TERMS, start) + len(TERMS) :]
    assert told(without) == [("D711", "warning")]
    assert told(report(without=("名词解释",))) == []  # may have been published apart


def test_a_part_that_only_the_contents_have_is_told_once():
    text = report(contents=" ", without=("政府采购支出说明",), listed=("政府采购支出说明",))
    found = findings(text)
    assert [(f.rule, f.severity) for f in found] == [("D701", "warning")]
    assert "政府采购支出说明" in found[0].message
    assert found[0].evidence[0].text == "十、政府采购支出说明"


@pytest.mark.parametrize(
    ("part", "rule", "severity"),
    [
        ("政府采购支出说明", "D711", "warning"),
        ("机关运行经费支出说明", "D711", "warning"),
        ("预算绩效情况说明", "D711", "info"),
    ],
)
def test_a_matter_of_which_nothing_is_said(part, rule, severity):
    assert told(report(without=(part,))) == [(rule, severity)]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (("，全年出国（境）团组1个，3人次", ""), "D713"),
        (("，共接待国内公务12批次、86人次", ""), "D713"),
        (("授予中小企业合同金额20.00万元，占政府采购支出总额的100%。", ""), "D714"),
    ],
)
def test_numbers_that_belong_to_an_amount(change, rule):
    assert told(report(change=change)) == [(rule, "warning")]


def test_a_heading_numbered_unlike_the_contents():
    assert told(
        report(contents=" ", change=("\n九、机关运行经费支出说明\n\n2023", "\n十、机关运行经费支出说明\n\n2023"))
    ) == [("D702", "info")]


# The glossary

ITEMS = """（一）行政运行（项）：反映行政单位的基本支出。
（二）一般行政管理事务（项）：反映行政单位的其他项目支出。
（三）专项业务活动（项）：反映专门业务的支出。
（四）事业运行（项）：反映事业单位的基本支出。
"""


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (ITEMS, []),
        (ITEMS.replace("（四）事业运行（项）：反映事业单位的基本支出。\n", ""), [("D722", "warning")]),
        (ITEMS + "（五）科技成果转化与扩散（项）：反映科技成果转化的支出。\n", [("D723", "info")]),
        (ITEMS + "（五）事业运行（项）：反映事业单位为保障运转发生的支出。\n", [("D721", "warning")]),
        (ITEMS.replace("（项）", ""), []),
        ("1.粮油物资储备支出（类）粮油物资事务（款）行政运行（项）、一般行政管理事务（项）、专项业务活动（项）、事业运行（项）：反映各项支出。\n"
         "2.基本支出：指日常支出。\n3.项目支出：指专项支出。\n", []),
        (ITEMS.replace("（四）", "（四）基本支出：指日常支出。\n（五）"), []),
        ("财政拨款收入：指财政拨款。\n\n基本支出：指日常支出。\n\n项目支出：指专项支出。\n", []),
    ],
)  # fmt: skip
def test_the_glossary(terms, expected):
    assert told(with_tables(change=(TERMS, terms))) == expected


def test_the_same_item_under_two_sections_is_no_repetition():
    rows = "201\t一般公共服务支出\t5.00\t5.00\t0.00\n20103\t政府办公厅（室）及相关机构事务\t5.00\t5.00\t0.00\n2010301\t行政运行\t5.00\t5.00\t0.00\n222"
    text = with_tables(change=(TERMS, ITEMS + "（五）行政运行（项）：反映政府办公厅（室）的基本支出。\n"))
    assert "D721" not in [rule for rule, _ in told(text.replace("222", rows, 1))]


# Parts of the machinery


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("一、收支总体情况……………3", "一、收支总体情况"),
        ("一、收支总体情况\t12", "一、收支总体情况"),
        ("（一）收支总体情况 . . . . . 7", "（一）收支总体情况"),
        ("1. 2024年部门收支总表", "1. 2024年部门收支总表"),
        ("一、收支总体情况", "一、收支总体情况"),
    ],
)
def test_lines_of_the_contents(line, title):
    other = "\n".join(f"{n}、第{n}件事项说明" for n in "二三四")
    document = read_bytes(
        f"某县粮食局2024年部门预算\n目录\n{line}\n{other}\n\n正文说明2024年收入预算100.00万元。\n".encode(), "例.txt"
    )
    entries = Disclosure(document).contents.entries
    assert re.sub(r"\s|[()（）]", "", entries[0].title) == re.sub(r"\s|[()（）]", "", title)
    assert len(entries) == 4


def test_core_of_a_title():
    assert core("七、某县粮食局2023年度部门“三公”经费支出决算情况说明", "某县粮食局") == "三公经费支出决算"
    assert core("第一部分 部门概况") == "概况"


def test_the_samples_are_whole_reports_without_error_or_warning():
    for path in sorted((corpora_dir() / "samples").glob("*/clean.txt")):
        document = read(str(path))
        assert [f for f in audit_document(document, BOOK).findings if f.severity != "info"] == [], path


@pytest.mark.parametrize(
    ("sample", "terms"), [("hubei-final", 27), ("narrative-only", 11), ("budget", 13), ("yuan-tables", 17)]
)
def test_whole_reports_and_their_glossaries(sample, terms):
    document = read(str(corpora_dir() / "samples" / sample / "clean.txt"))
    assert Disclosure(document).whole
    assert len(Disclosure(document).glossary.terms) == terms


# Real reports


def real(name: str):
    path = next(SHARED.glob(f"*/{name}*.txt"), None)
    if path is None:
        pytest.skip("the real reports do not lie beside the project")
    return audit_document(read(str(path)), BOOK).findings


def test_real_reports():
    assert real("000") == ()
    missing = real("002")
    assert [(f.rule, f.severity) for f in missing] == [("D703", "warning")]
    assert all(f.severity == "info" for f in real("004"))
