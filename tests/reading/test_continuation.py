"""Tables that run on: over page heads and numbers, with and without their header, with half rows, in moved columns; and what is no continuation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.audit import audit_document
from assistant.findings import Verdict
from assistant.reading import read_bytes
from assistant.rules import load_rulebook

BOOK = load_rulebook(select=["T"])
HEAD = "青禾市粮食局2023年度部门决算\n第二部分 2023年度部门决算表\n"
TITLE = "支出决算表\n单位：万元\n"
HEADER = ["科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出"]
ROWS = [
    "合计\t\t131.00\t90.00\t41.00",
    "201\t一般公共服务支出\t110.00\t80.00\t30.00",
    "20103\t政府办公厅（室）及相关机构事务\t110.00\t80.00\t30.00",
    "2010301\t行政运行\t80.00\t80.00\t",
    "2010302\t一般行政管理事务\t30.00\t\t30.00",
    "208\t社会保障和就业支出\t21.00\t10.00\t11.00",
    "20805\t行政事业单位养老支出\t21.00\t10.00\t11.00",
    "2080505\t机关事业单位基本养老保险缴费支出\t21.00\t10.00\t11.00",
]  # fmt: skip


def document(body: str):
    return read_bytes((HEAD + body).encode("utf-8"), "报告.txt")


def lines(rows: list[str], form: str) -> str:
    if form == "tab":
        return "\n".join(rows) + "\n"
    return "\n".join("| " + row.replace("\t", " | ") + " |" for row in rows) + "\n"


def errors(doc) -> list[str]:
    return [finding.title for finding in audit_document(doc, BOOK).findings if finding.severity == "error"]


BETWEEN = {
    "blank": "\n",
    "number": "\n- 7 -\n\n",
    "number in words": "\n第 7 页 共 20 页\n",
    "title again": "\n支出决算表\n单位：万元\n",
    "said to go on": "\n支出决算表（续）\n单位：万元\n",
    "page head": "\n青禾市粮食局2023年度部门决算\n",
}


@pytest.mark.parametrize("form", ["tab", "pipe"])
@pytest.mark.parametrize("repeated", [True, False])
@pytest.mark.parametrize("between", BETWEEN, ids=str)
def test_a_table_goes_on_after_a_page(between, repeated, form):
    for at in range(1, len(ROWS)):
        second = [*(HEADER if repeated else ()), *ROWS[at:]]
        doc = document(TITLE + lines([*HEADER, *ROWS[:at]], form) + BETWEEN[between] + lines(second, form))
        assert [(table.role, table.doubt) for table in doc.tables] == [("公开03", "")], at
        assert len(doc.tables[0].sides[0].rows) == len(ROWS), at
        assert not errors(doc)


@given(at=st.integers(1, len(ROWS) - 1), wrong=st.integers(2, len(ROWS) - 1))
def test_a_wrong_figure_is_found_over_the_break(at, wrong):
    rows = [row.replace("\t21.00", "\t27.00") if i == wrong and "21.00" in row else row for i, row in enumerate(ROWS)]
    rows = [row.replace("\t80.00\t80.00", "\t86.00\t80.00") if i == wrong else row for i, row in enumerate(rows)]
    doc = document(TITLE + lines([*HEADER, *rows[:at]], "tab") + "\n- 3 -\n\n" + lines(rows[at:], "tab"))
    assert bool(errors(doc)) == (rows != ROWS)


def test_words_end_a_table():
    doc = document(TITLE + lines([*HEADER, *ROWS], "tab") + "\n以上为全部支出。\n\n" + lines(ROWS[3:5], "tab"))
    assert len(doc.tables) == 2
    assert len(doc.tables[0].sides[0].rows) == len(ROWS)


def test_a_note_ends_a_table():
    doc = document(TITLE + lines([*HEADER, *ROWS], "tab") + "注：本表反映各项支出。\n" + lines(ROWS[3:5], "tab"))
    assert len(doc.tables) == 2


ECONOMIC = "一般公共预算财政拨款基本支出决算表\n单位：万元\n"
GROUPS = [
    "经济分类科目编码\t\t科目名称\t决算数\t经济分类科目编码\t\t科目名称\t决算数",
    "类\t款\t\t\t类\t款\t\t",
    "301\t\t工资福利支出\t60.00\t302\t\t商品和服务支出\t30.00",
    "301\t01\t基本工资\t60.00\t302\t01\t办公费\t20.00",
    "303\t\t对个人和家庭的补助\t5.00\t302\t02\t印刷费\t",
    "303\t05\t生活补助\t\t302\t26\t劳务费\t",
    "303\t07\t医疗费补助\t5.00\t302\t28\t工会经费\t10.00",
    "人员经费合计\t\t\t65.00\t公用经费合计\t\t\t30.00",
]


@pytest.mark.parametrize("at", range(3, len(GROUPS)))
def test_a_piece_may_begin_with_a_row_without_amounts(at):
    doc = document(ECONOMIC + lines(GROUPS[:at], "tab") + "\n- 9 -\n\n" + lines(GROUPS[at:], "tab"))
    assert [table.role for table in doc.tables] == ["公开06"]
    assert not errors(doc)
    assert {row.code for row in doc.tables[0].sides[0].rows if row.code} >= {"30305", "30226", "30228"}


def test_the_halves_of_a_name_are_put_together():
    first = [*HEADER, *ROWS[:5], "208\t社会保障和"]
    second = ["\t就业支出\t21.00\t10.00\t11.00", *ROWS[6:]]
    doc = document(TITLE + lines(first, "tab") + "\n\n" + lines(second, "tab"))
    assert [row.label for row in doc.tables[0].sides[0].rows][5] == "社会保障和就业支出"
    assert not errors(doc)


def test_a_known_row_is_no_header():
    rows = ["一、财政拨款收入\t50.00\t一、一般公共服务支出\t48.00", "本年收入合计\t50.00\t本年支出合计\t48.00"]
    rest = [
        "使用非财政拨款结余\t\t结余分配\t",
        "年初结转和结余\t1.00\t年末结转和结余\t3.00",
        "总计\t51.00\t总计\t51.00",
    ]
    head = "收入支出决算总表\n单位：万元\n收入\t\t支出\t\n项目\t决算数\t项目\t决算数\n"
    doc = document(head + lines(rows, "tab") + "\n- 2 -\n\n" + lines(rest, "tab"))
    assert [table.role for table in doc.tables] == ["公开01"]
    assert len(doc.tables[0].side("支出").rows) == 5
    assert not errors(doc)


def test_columns_may_have_moved_by_an_empty_one():
    head = "青禾市粮食局2023年部门预算\n政府采购支出预算表\n单位：万元\n"
    header = "采购品目大类\t专项名称\t采购物品名称\t采购组织形式\t总计\n"
    first = "合计\t\t\t\t50.00\n一、货物A\t\t\t\t20.00\n\t办公设备购置\t\t\t20.00\n\t\t打印机\t分散采购\t20.00\n二、服务C\t\t\t\t30.00\n"
    second = "\t\t物业管理\t\t\t30.00\t\n\t\t\t保洁服务\t分散采购\t30.00\t\n"
    doc = read_bytes((head + header + first + "\n" + second).encode(), "预算.txt")
    assert len(doc.tables) == 1
    assert [row.cells[0].text for row in doc.tables[0].sides[0].rows][-2:] == ["30.00", "30.00"]
    assert not errors(doc)


def test_a_piece_that_fits_nowhere_makes_the_table_doubtful():
    stray = ["2080505\t11.00\t机关事业单位基本养老保险缴费支出\t21.00\t费用\t10.00\t9.00"]
    doc = document(TITLE + lines([*HEADER, *ROWS[:6]], "tab") + "\n\n" + lines(stray, "tab"))
    assert [bool(table.doubt) for table in doc.tables] == [True, True]
    assert any("续页" in problem.message for problem in doc.problems)
    assert not errors(doc)


def test_a_doubtful_table_accuses_nobody():
    wrong = [row.replace("131.00", "135.00") for row in ROWS[:6]]
    doc = document(
        TITLE + lines([*HEADER, *wrong], "tab") + "\n\n" + lines(["20805\t1.00\t养老\t2.00\t3\t4.00"], "tab")
    )
    audit = audit_document(doc, BOOK)
    assert not [finding for finding in audit.findings if finding.severity != "info"]
    assert any(entry.verdict is Verdict.UNCLEAR for entry in audit.ledger)


def test_a_table_of_its_own_does_not_go_on_another():
    other = "机构人员情况\n类别\t编制数\t实有数\n行政\t20\t18\n事业\t5\t5\n"
    doc = document(TITLE + lines([*HEADER, *ROWS], "tab") + "\n" + other)
    assert len(doc.tables) == 2
    assert not doc.tables[0].doubt
