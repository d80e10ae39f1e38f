"""Reading the performance part: indicators in sentences of every style, in summaries and in forms; each with its exact place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.audit import audit_document
from assistant.claims import read_claims
from assistant.document import Document
from assistant.facts import Facts, NotApplicableError
from assistant.indicators import Form, Indicator, Performance, Place, Role, Summary, read_performance
from assistant.indicators.sentences import indicators_in
from assistant.indicators.words import clean_name, level_of
from assistant.language.lexicon import Lexicon, function_words
from assistant.language.pipeline import build_pipeline
from assistant.reading import read, read_bytes
from assistant.reports.indicators import render_indicators
from assistant.reports.layout import Page
from assistant.rules import load_rulebook
from assistant.text import width

HEAD = "云溪县水文站2024年度部门决算\n\n第三部分 2024年度部门决算情况说明\n\n十、预算绩效情况说明\n\n（一）项目支出自评结果\n\n"
REVIEW = "1、断面监测项目绩效自评综述：项目全年预算数为120.5万元，执行数为118.2万元，完成预算的98.09%。主要产出和效果是：\n\n"


def document_of(*paragraphs: str, head: str = HEAD) -> Document:
    return read_bytes((head + "\n\n".join(paragraphs) + "\n").encode(), "report.txt")


def told(*paragraphs: str, head: str = HEAD) -> Performance:
    return read_performance(document_of(*paragraphs, head=head))


def values(indicator: Indicator) -> tuple[str, str, str]:
    target, actual = indicator.target, indicator.actual
    return indicator.name, target.shown if target else "", actual.shown if actual else ""


def in_text(text: str, *, bare: bool = False) -> list[tuple[str, str, str]]:
    """Name, target and actual of what is found in one text."""
    return [
        tuple(text[part[0] : part[1]] if part else "" for part in (found.name, found.target, found.actual))
        for found in indicators_in(text, 0, len(text), bare=bare)
    ]


# Sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("①断面巡测次数: 年度目标值为≥240次, 实际完成 252次;", ("断面巡测次数", "≥240次", "252次")),
        ("数据入库量:目标值≥80,000 条，实际完成81,375 条:", ("数据入库量", "≥80,000 条", "81,375 条")),
        ("设备完好率 目标 98%，完成 99.2%", ("设备完好率", "98%", "99.2%")),
        ("植树面积 计划完成500亩，实际完成520亩。", ("植树面积", "500亩", "520亩")),
        ("全年开展培训6次（年初目标值≥5次），完成率120%", ("全年开展培训", "≥5次", "6次")),
        ("检测样品≥600批次，实际完成642批次。", ("检测样品", "≥600批次", "642批次")),
        ("档案管理规范性：年度目标值规范，实际完成规范。", ("档案管理规范性", "规范", "规范")),
        ("安全事故：年度目标值为0，实际全年未发生安全事故；", ("安全事故", "0", "全年未发生安全事故")),
        ("值守时间：年初目标值为7×24小时，实际7×24小时。", ("值守时间", "7×24小时", "7×24小时")),
        (
            "交付时间：目标值为2024年6月底前，实际完成时间为2024年5月20日",
            ("交付时间", "2024年6月底前", "2024年5月20日"),
        ),
        ("职工满意度：目标值≥80%,实际满意度为92.18%;", ("职工满意度", "≥80%", "92.18%")),
        ("开放条数：年初目标值为≥7000万条，2024年实际完成5706.34万条。", ("开放条数", "≥7000万条", "5706.34万条")),
        ("资金支付率:目标值＝100％,实际值：100％", ("资金支付率", "＝100％", "100％")),
        ("年度目标 值为40份，实际 完成38份", None),
        ("测报合格率：年度 目标值为 ≥95%，实际 完成 97%；", ("测报合格率", "≥95%", "97%")),
    ],
)
def test_the_ways_to_tell_an_indicator(text, expected):
    assert in_text(text) == ([expected] if expected else [])


@pytest.mark.parametrize(
    "text",
    [
        "年度目标4的绩效指标过多，未体现核心工作内容。",
        "指标值的设置要符合要求，对于年初目标值的设置，原则上应较上年完成情况有所提升。",
        "目标1：完成道路养护50公里；目标2：完成绿化30亩。",
        "全年预算数为20万元，执行数为18万元，完成预算的90%。",
        "完成年度目标任务的98%，实际完成投资2.3亿元",
        "探索建立涵盖产出指标、效益指标、满意度指标的考核目标体系。",
    ],
)
def test_other_sentences_on_targets_are_no_indicators(text):
    assert in_text(text) == []


def test_several_in_one_paragraph():
    text = "(1)信访办结率 目标值: 98% 实际完成值: 98.6% (2)走访户数 目标值: ≥1200户 实际完成值: 1,236户；三是补助人数目标值1.2万人，实际1.19万人，未完成原因：部分对象迁出"
    assert in_text(text) == [
        ("信访办结率", "98%", "98.6%"),
        ("走访户数", "≥1200户", "1,236户"),
        ("补助人数", "1.2万人", "1.19万人"),
    ]


NUMBERS = ["①", "②", "⑪", "(1)", "（3）", "1.", "2、", "一是", "①2", "16", "- ", "", "12）", "㉑", "三、"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(NUMBERS),
            st.sampled_from(
                ["断面巡测次数", "数据有效率", "《监测年报》编印数", "一期运维(含备份)响应时间", "群众满意度"]
            ),
            st.sampled_from(["≥240次", "98%", "≤4小时", "及时", "80,000 m²", "0"]),
            st.sampled_from(["252次", "99.2%", "<1小时", "及时", "81,375.24 m²", "0"]),
            st.sampled_from([": 年度目标值为", "：目标值", "：年初目标值为", " 目标值为"]),
            st.sampled_from([", 实际完成", "，实际", "，实际 完成", "，实际完成值为"]),
        ),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from(["；", ";", "。"]),
)
@settings(max_examples=80, deadline=None)
def test_numbering_does_not_matter(items, end):
    text = end.join(f"{n}{name}{lead}{target}{then}{actual}" for n, name, target, actual, lead, then in items) + "。"
    assert in_text(text) == [(name, target, actual) for _, name, target, actual, _, _ in items]


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("（1）产出指标", ("产出", "")),
        ("数量指标：", ("产出", "数量")),
        ("3、满意度指标", ("满意度", "")),
        ("社会效益指标（35分）", ("效益", "社会效益")),
        ("经济成本指标", ("成本", "经济成本")),
        ("断面巡测次数", ("", "")),
        ("产出指标58个", ("", "")),
    ],
)
def test_labels_of_kinds(text, levels):
    level = level_of(text)
    assert (level.first, level.second) == levels


def test_names_lose_weights_units_and_numbering():
    assert clean_name(["断面巡测次数(次)（4分）"]) == ("断面巡测次数", "次")
    assert clean_name(["公益岗位人 (7分)", "员称职率(%)"]) == ("公益岗位人员称职率", "%")
    assert clean_name(["数据准确率(市级归集部分)(%) (7分)"]) == ("数据准确率(市级归集部分)", "%")
    assert clean_name(["24小时值守人数"]) == ("24小时值守人数", "")


# Accounts of projects


def test_kinds_are_taken_from_headings_and_labels():
    performance = told(
        REVIEW + "(1)产出指标",
        "数量指标:",
        "①巡测次数: 年度目标值为≥24次,实际完成25次;",
        "②建站数: 年度目标值为3个,实际完成3个。 时效指标:",
        "报告提交时间:年度目标值为及时,实际及时。",
        "(2)满意度指标",
        "公众满意度:目标值≥90%,实际完成93%。",
    )
    (summary,) = performance.summaries
    assert [(i.level1, i.level2, *values(i)) for i in summary.indicators] == [
        ("产出", "数量", "巡测次数", "≥24次", "25次"),
        ("产出", "数量", "建站数", "3个", "3个"),
        ("产出", "时效", "报告提交时间", "及时", "及时"),
        ("满意度", "", "公众满意度", "≥90%", "93%"),
    ]
    assert summary.project == "断面监测"
    assert summary.money is not None
    assert summary.money.executed is not None
    assert summary.money.executed.text == "118.2万元"
    assert summary.money.rate is not None
    assert summary.money.rate.text == "98.09%"


def test_a_page_break_between_target_and_actual():
    performance = told(
        REVIEW + "数量指标:",
        "①推送信息数：年初目标值为≥5760条，",
        "#### 实际完成7827条；",
        "②编印：目标值2册，实际2册。",
    )
    assert [values(i) for i in performance.indicators] == [("推送信息数", "≥5760条", "7827条"), ("编印", "2册", "2册")]
    first = next(performance.indicators)
    assert first.actual is not None
    assert first.target is not None
    assert first.actual.span.line > first.target.span.line


def test_problems_repeat_indicators_and_last_year_is_left_out():
    performance = told(
        REVIEW + "数量指标：",
        "①培训次数：目标值4次，实际完成3次。",
        "发现的问题：1个数量指标未完成，“培训次数”目标值为4次，实际完成3次，主要原因是师资不足。2023年“满意度”指标值为90%，2024年设置为80%。",
        "上年度该项目提出的问题：“建站数”的目标值为20个，实际完成10个。",
    )
    (summary,) = performance.summaries
    assert [(i.role, i.name) for i in summary.indicators] == [(Role.LISTED, "培训次数"), (Role.PROBLEM, "培训次数")]
    assert summary.indicators[1].reason is not None
    assert "师资不足" in summary.indicators[1].reason.text
    assert [(c.kind, c.state, c.number) for c in summary.counts] == [("数量", "未完成", 1)]


def test_a_summary_counts_praises_and_lists_the_unmet():
    performance = told(
        "# 2024年度断面监测项目自评结果（摘要版）",
        "## 一、自评得分",
        "经评价，断面监测项目绩效评价综合得分为98.5分。",
        "评价项目\t权重\t评级分值\t本项得分\t得分率\n预算执行\t20%\t20\t20\t100%\n产出指标\t60%\t60\t58.5\t97.5%\n满意度指标\t20%\t20\t20\t100%\n综合绩效\t100%\t100\t98.5\t98.5%",
        "## 二、绩效目标完成情况",
        "### （二）完成的绩效目标",
        "本项目共设置了2个年度绩效目标，3个绩效指标。其中：产出指标2个（数量指标1个，质量指标1个）；满意度指标1个。",
        "全面完成各项满意度指标，分析如下：",
        "1、产出指标",
        "质量指标：合格率：年度目标值为100%，实际完成100%。",
        "2、满意度指标",
        "公众满意度：年度目标值为≥90%，实际完成93%。",
        "### （三）未完成的绩效目标",
        "本年未完成1个绩效指标。其中：产出指标1个（数量指标1个）。具体情况如下：",
        "数量指标：巡测次数：年初目标值为≥24次，实际完成20次。未完成的主要原因：汛期停测。",
    )
    (summary,) = performance.summaries
    assert (summary.place, summary.project) == (Place.SUMMARY, "断面监测")
    assert summary.score is not None
    assert str(summary.score.figure.value) == "98.5"
    assert [(c.of, c.kind, c.state, c.number, c.level, c.parent) for c in summary.counts] == [
        ("目标", "", "设置", 2, 0, None),
        ("指标", "", "设置", 3, 0, None),
        ("指标", "产出", "设置", 2, 1, 1),
        ("指标", "数量", "设置", 1, 2, 2),
        ("指标", "质量", "设置", 1, 2, 2),
        ("指标", "满意度", "设置", 1, 1, 1),
        ("指标", "", "未完成", 1, 0, None),
        ("指标", "产出", "未完成", 1, 1, 6),
        ("指标", "数量", "未完成", 1, 2, 7),
    ]
    assert [p.kind for p in summary.praises] == ["满意度"]
    assert [(i.role, i.level2, i.name) for i in summary.indicators] == [
        (Role.LISTED, "质量", "合格率"),
        (Role.LISTED, "", "公众满意度"),
        (Role.UNMET, "数量", "巡测次数"),
    ]
    assert [(row.kind, str(row.score.figure.value) if row.score else "") for row in summary.scores] == [
        ("预算执行", "20"), ("产出", "58.5"), ("满意度", "20"), ("合计", "98.5"),
    ]  # fmt: skip


def test_targets_alone_in_a_budget():
    performance = told(
        "1、热线运行经费2024年预算10万元，均为一般公共预算财政拨款。",
        "产出指标：业务培训次数=4次；提高办事效率≥97%；",
        "保障系统正常运转；建立工作台账。",
        "效益指标：提高群众满意度。",
        head="云溪县水文站2024年部门预算\n\n第四部分 预算绩效情况\n\n",
    )
    (summary,) = performance.summaries
    assert summary.project == "热线运行经费"
    assert [values(i)[:2] for i in summary.indicators] == [
        ("业务培训次数", "=4次"), ("提高办事效率", "≥97%"), ("保障系统正常运转", ""), ("建立工作台账", ""), ("提高群众满意度", ""),
    ]  # fmt: skip


def test_a_document_without_performance():
    with pytest.raises(NotApplicableError):
        Facts(document_of("本年收入合计120万元，其中：财政拨款收入120万元。")).performance()


def test_indicator_sentences_are_no_statements():
    document = document_of(
        REVIEW + "数量指标：", "①服务费用：年初目标值为≤270万元，实际完成209.22万元，比上年增加20万元。"
    )
    claims = read_claims(document, build_pipeline(Lexicon.of(function_words())))
    assert not [f for f in claims.figures if "270" in f.text or "209" in f.text]


# Forms

STANDARD = """项目支出绩效自评表

（2024年度）

项目名称	断面监测经费
主管部门	云溪县水务局	实施单位	云溪县水文站
项目资金（万元）		年初预算数	全年预算数（A）	全年执行数（B）	分值（10分）	执行率（B/A）	得分
	年度资金总额	110.00	120.50	118.20	10	98.09%	9.81
	其中：当年财政拨款	110.00	120.50	118.20	—	98.09%	—
年度总体目标	预期目标			实际完成情况
	完成监测			已完成
绩效指标	一级指标	二级指标	三级指标	年度指标值	实际完成值	分值	得分	偏差原因分析及改进措施
	产出指标（50分）	数量指标	巡测次数	≥240次	252次	20	20
			校准次数	≥12次	9次	10	7.5	采购延期
		质量指标	数据准确率	≥98%	99.2%	20	20
	效益指标（30分）	社会效益指标	信息公开及时性	及时	及时	30	30
	满意度指标（10分）	服务对象满意度指标	公众满意度	≥90%	93%	10	10
总分						100	97.31

定量指标计分：正向指标得分=权重*B/A，得分不得突破权重。
"""


def form_of(text: str) -> Form:
    performance = read_performance(
        read_bytes(
            ("云溪县水文站2024年度部门决算\n\n第六部分 附件\n\n决算绩效自评情况如下。\n\n" + text).encode(),
            "report.txt",
        )
    )
    assert len(performance.forms) == 1
    return performance.forms[0]


def test_the_usual_form():
    form = form_of(STANDARD)
    assert form.project == "断面监测经费"
    assert [(i.level1, i.level2, *values(i), i.weight.text if i.weight else "", i.score.text if i.score else "") for i in form.indicators] == [
        ("产出", "数量", "巡测次数", "≥240次", "252次", "20", "20"),
        ("产出", "数量", "校准次数", "≥12次", "9次", "10", "7.5"),
        ("产出", "质量", "数据准确率", "≥98%", "99.2%", "20", "20"),
        ("效益", "社会效益", "信息公开及时性", "及时", "及时", "30", "30"),
        ("满意度", "服务对象满意度", "公众满意度", "≥90%", "93%", "10", "10"),
    ]  # fmt: skip
    assert form.indicators[1].reason is not None
    assert form.indicators[1].reason.text == "采购延期"
    assert form.total is not None
    assert form.total.text == "97.31"
    assert [(m.label, m.part_of, m.score.text if m.score else "") for m in form.money] == [
        ("年度资金总额", False, "9.81"), ("其中:当年财政拨款", True, ""),
    ]  # fmt: skip
    assert form.money[0].executed is not None
    assert form.money[0].executed.unit is not None
    assert {(g.level1, str(g.weight.figure.value)) for g in form.groups} == {
        ("", "100"),
        ("产出", "50"),
        ("效益", "30"),
        ("满意度", "10"),
    }
    assert any("不得突破权重" in rule.text for rule in form.rules)


def test_columns_in_another_order_with_operator_and_unit_apart():
    form = form_of(
        "2024年度非遗保护项目绩效自评表\n\n项目名称\t非遗保护\n一级指标\t二级指标\t指标名称\t分值\t计算符号\t指标值\t计量单位\t全年完成值\t得分\n"
        "产出指标\t数量指标\t普查项目数\t30\t≥\t50\t项\t52\t30\n\t时效指标\t完成时间\t30\t定性\t年底前\t\t11月\t30\n"
        "效益指标\t社会效益\t受益人数\t40\t≥\t1.2\t万人\t1.3\t40\n合计\t\t\t100\t\t\t\t\t100\n"
    )
    assert [values(i) for i in form.indicators] == [
        ("普查项目数", "≥50项", "52项"), ("完成时间", "年底前", "11月"), ("受益人数", "≥1.2万人", "1.3万人"),
    ]  # fmt: skip


def test_a_form_over_two_pages_with_the_header_again():
    rows = STANDARD.replace("效益指标（30分）", "效益指标（30分）").splitlines()
    at = next(i for i, line in enumerate(rows) if "效益指标（30分）" in line)
    header = next(line for line in rows if "三级指标" in line)
    form = form_of("\n".join([*rows[:at], "", header, *rows[at:]]))
    assert [i.name for i in form.indicators] == ["巡测次数", "校准次数", "数据准确率", "信息公开及时性", "公众满意度"]


def test_goals_of_several_years():
    form = form_of(
        "部门整体支出绩效目标申报表\n\n年度绩效指标\t一级指标\t二级指标\t三级指标\t指标值\t\t\t绩效标准\n\t\t\t\t前年\t上年\t预期当年实现\n"
        "\t产出指标\t数量指标\t监测断面数\t40个\t42个\t45个\t行业标准\n\t\t质量指标\t达标率\t95%\t96%\t≥97%\t计划标准\n"
    )
    assert form.whole
    assert [values(i)[:2] for i in form.indicators] == [("监测断面数", "45个"), ("达标率", "≥97%")]
    assert [(g.label, g.year, g.told.text) for g in form.indicators[0].goals] == [
        ("前年", 2022, "40个"),
        ("上年", 2023, "42个"),
    ]


def test_slipped_rows_and_centred_kinds_are_put_back():
    form = form_of(
        "2024年度断面监测项目自评表\n\n项目名称\t断面监测\n\t一级指标\t二级指标\t三级指标\t年初目标值(A)\t实际完成值(B)\t得分\n"
        "\t\t\t巡测次数(次)(10分)\t≥24\t25\t10\n\t\t数量指标(20分)\t建站数(个)(5分)\t3\t3\t5\n\t\t\t编印数(册)(5分)\t2\t2\t5\n"
        "\t\t\t质量指标(20分)\t合格率(%)(20分)\t≥95\t96\t20\n总分\t\t\t\t\t\t40\n"
    )
    assert [(i.level2, *values(i)) for i in form.indicators] == [
        ("数量", "巡测次数", "≥24次", "25次"), ("数量", "建站数", "3个", "3个"), ("数量", "编印数", "2册", "2册"), ("质量", "合格率", "≥95%", "96%"),
    ]  # fmt: skip


def test_places_are_exact():
    document = read_bytes(
        (HEAD + REVIEW + "数量指标：\n\n①巡测：目标值≥24次，实际完成25\n次。\n\n" + STANDARD).encode(), "report.txt"
    )
    assert_places(document, read_performance(document))


def assert_places(document: Document, performance: Performance) -> None:
    groups: list[Summary | Form] = [*performance.summaries, *performance.forms]
    parts = [part for group in groups for indicator in group.indicators for part in indicator.parts]
    parts += [count.part for summary in performance.summaries for count in summary.counts]
    parts += [rule for form in performance.forms for rule in form.rules]
    for part in parts:
        span = part.span
        if span.last_line == span.line:
            assert part.text in document.lines[span.line - 1][span.start : span.end]
        else:
            lines = document.lines[span.line - 1 : span.last_line]
            whole = "".join([lines[0][span.start :], *lines[1:-1], lines[-1][: span.end]])
            assert re.sub(r"\s", "", part.text) == re.sub(r"\s", "", whole)


@pytest.mark.parametrize("columns", [40, 60, 80, 100, 200])
def test_the_list_fits_the_page(columns):
    document = read_bytes(
        (HEAD + REVIEW + "数量指标：\n\n①巡测次数：目标值≥240次，实际完成252次。\n\n" + STANDARD).encode(), "report.txt"
    )
    text = render_indicators(document, read_performance(document), Page(columns))
    assert max(width(line) for line in text.splitlines()) <= columns
    flat = re.sub(r"\s", "", text)
    assert "巡测次数" in flat
    assert "正文" in flat
    assert "表格" in flat


def test_figures_of_a_form_have_the_verdict_of_the_rules_that_name_them():
    document = read_bytes(("云溪县水文站2024年度部门决算\n\n" + STANDARD).encode(), "report.txt")
    audit = audit_document(document, load_rulebook(select=["P"]))
    entries = {(entry.text, entry.line): entry for entry in audit.ledger}
    line = next(i for i, text in enumerate(document.lines, 1) if "校准次数" in text)
    assert entries[("7.5", line)].rules or entries[("7.5", line)].why == "所在表格未作核对"


# The real reports

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


def seed(number: str) -> tuple[Document, Performance]:
    path = next(iter(SEEDS.glob(f"{number}*.txt")), None)
    if path is None:
        pytest.skip("the real reports do not lie beside the project")
    document = read(str(path))
    return document, read_performance(document)


def listed(group: Summary | Form) -> int:
    return sum(indicator.role is Role.LISTED for indicator in group.indicators)


def test_final_accounts_with_narrative_summaries_and_forms():
    """Counted by hand: what each of the six projects lists in the narrative, in the summaries, and in the two forms."""
    document, performance = seed("000")
    narrative = [s for s in performance.summaries if s.place is Place.NARRATIVE and not s.whole]
    assert [listed(summary) for summary in narrative] == [11, 8, 14, 43, 22, 20]
    assert all(summary.money and summary.money.rate for summary in narrative)
    summaries = [s for s in performance.summaries if s.place is Place.SUMMARY]
    assert [listed(summary) for summary in summaries] == [0, 8, 41, 21, 20]
    assert [len(summary.scores) for summary in summaries] == [5, 4, 5, 6, 5]
    assert [listed(form) for form in performance.forms] == [11, 14]
    assert all(i.target and i.actual for i in performance.indicators)
    whole = summaries[0]
    assert [c.number for c in whole.counts if c.level == 1 and c.state == "设置"] == [58, 3, 8]
    assert [c.number for c in whole.counts if c.of == "指标" and c.level == 0] == [69, 68, 1]
    assert_places(document, performance)


def test_the_real_forms_cell_by_cell():
    _, performance = seed("000")
    first = [
        (i.target.text.strip(), i.actual.text.strip()) for i in performance.forms[0].indicators if i.target and i.actual
    ]
    assert first == [
        ("7", "18"), ("4", "4"), ("≥1800", "1820"), ("0", "0"), ("≤50", "37"), ("≤1", "≤0.17"), ("≤24", "≤2"),
        ("≥95", "100"), ("≥20", "20"), ("≥5", "31"), ("≥80", "92.18"),
    ]  # fmt: skip
    assert [str(i.weight.figure.value) if i.weight else "" for i in performance.forms[1].indicators] == [
        "1", "1", "1", "1", "1", "7", "3", "", "1", "7", "7", "3", "1", "40",
    ]  # fmt: skip


def test_accounts_without_targets_still_tell_the_money():
    document, performance = seed("002")
    assert len(performance.summaries) == 7
    assert [s.money.rate.text for s in performance.summaries if s.money and s.money.rate] == [
        "74.8%", "100%", "100%", "43.25%", "0%", "100%", "93.75%",
    ]  # fmt: skip
    assert all(summary.outputs for summary in performance.summaries)
    assert_places(document, performance)


def test_goals_of_a_budget():
    """Counted by hand: seven forms, one of them with its cells on lines of their own."""
    document, performance = seed("004")
    assert [listed(form) for form in performance.forms] == [9, 4, 3, 4, 4, 2, 2]
    assert [listed(summary) for summary in performance.summaries] == [9, 4, 3, 4, 4, 1, 1]
    assert_places(document, performance)
