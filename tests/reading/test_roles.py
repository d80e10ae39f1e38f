"""Roles and columns by structure: titles as provinces print them, headers of three rows, lists down the page, two years side by side."""

from __future__ import annotations

import pytest

from assistant.audit import audit_document
from assistant.document import Kind
from assistant.reading import read_bytes
from assistant.reading.columns import set_aside
from assistant.reading.header import take_apart
from assistant.reading.roles import plain_title, role_named
from assistant.rules import load_rulebook

BOOK = load_rulebook(select=["T"])


def document(kind: str, table: str, form: str = "tab"):
    if form == "pipe":
        table = "\n".join(f"| {line.replace(chr(9), ' | ')} |" if "\t" in line else line for line in table.split("\n"))
    return read_bytes(f"青禾市粮食局2024年{kind}\n第二部分 2024年{kind}表\n{table}".encode(), "报告.txt")


def keys(doc) -> dict[str, str]:
    side = doc.tables[0].sides[0]
    row = next(row for row in side.rows if any(cell.figure for cell in row.cells))
    return {column.key: cell.text for column, cell in zip(side.columns, row.cells, strict=True) if column.key}


def errors(doc) -> list[str]:
    return [finding.rule for finding in audit_document(doc, BOOK).findings if finding.severity == "error"]


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("财政拨款安排的“三公”经费支出决算表", "公开09"),
        ("本级一般公共预算“三公”经费支出决算表", "公开09"),
        ("青禾市资金项目管理中心2024年度收入决算表", "公开02"),
        ("2024年度部门支出决算表（汇总）", "公开03"),
        ("项目支出决算表", "决算项目支出表"),
        ("一般公共预算财政拨款支出决算明细表", "决算一般公共支出明细表"),
        ("财政拨款支出决算明细表", "决算财政拨款支出明细表"),
    ],
)
def test_titles_of_final_accounts(title, role):
    assert role_named(title, Kind.FINAL_ACCOUNTS) == role


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("财政拨款支出预算表（功能科目）", "预算财政拨款支出表"),
        ("财政拨款基本支出预算表（经济科目）", "预算财政拨款基本支出表"),
        ("一般公共预算支出预算表（功能科目）", "预算一般公共支出表"),
        ("一般公共预算机关运行经费支出预算表", "预算机关运行经费表"),
        ("政府基金预算财政拨款支出表", "预算政府性基金支出表"),
        ("青禾市粮食局政府采购预算表", "预算政府采购表"),
    ],
)
def test_titles_of_budgets(title, role):
    assert role_named(title, Kind.BUDGET) == role


def test_what_no_title_says_is_left_out():
    assert plain_title("2024年度财政拨款安排的支出决算情况表（功能科目）（单位）") == plain_title("财政拨款支出决算表")


THREE = """财政拨款“三公”经费支出决算表
单位：万元
合计\t\t因公出国（境）费\t\t公务用车购置及运行维护费\t\t\t\t\t\t公务接待费\t
\t\t\t\t小计\t\t公务用车购置费\t\t公务用车运行维护费\t\t\t
预算数\t决算数\t预算数\t决算数\t预算数\t决算数\t预算数\t决算数\t预算数\t决算数\t预算数\t决算数
7.20\t6.40\t0.00\t0.00\t6.00\t5.80\t1.00\t0.90\t5.00\t4.90\t1.20\t0.60
"""
DOWN = """财政拨款“三公”经费支出决算表
单位：万元
项目\t预算数\t决算数
“三公”经费支出合计\t7.20\t6.40
1.因公出国（境）费\t0.00\t0.00
2.公务用车购置及运行维护费\t6.00\t5.80
（1）公务用车购置费\t1.00\t0.90
（2）公务用车运行维护费\t5.00\t4.90
3.公务接待费\t1.20\t0.60
"""
ACROSS = """“三公”经费及会议费、培训费支出决算表
公开08表\t单位：万元
项目\t“三公”经费\t\t\t\t\t\t会议费\t培训费
\t小计\t因公出国（境）费用\t公务接待费\t公务用车购置及运行维护费\t\t\t\t
\t\t\t\t小计\t购置\t运行维护费\t\t
预算数\t7.20\t0.00\t1.20\t6.00\t1.00\t5.00\t3.00\t4.00
决算数\t6.40\t0.00\t0.60\t5.80\t0.90\t4.90\t1.85\t4.32
"""
WANTED = {
    "预算合计": "7.20", "决算合计": "6.40", "预算公务用车小计": "6.00", "决算公务用车小计": "5.80", "预算公务用车购置费": "1.00",
    "决算公务用车购置费": "0.90", "预算公务用车运行费": "5.00", "决算公务用车运行费": "4.90", "预算公务接待费": "1.20", "决算公务接待费": "0.60",
}  # fmt: skip


@pytest.mark.parametrize("form", ["tab", "pipe"])
@pytest.mark.parametrize(
    "table", [THREE, DOWN, ACROSS], ids=["three rows of header", "down the page", "rows of budget and accounts"]
)
def test_three_public_expenses_in_any_shape(table, form):
    doc = document("部门决算", table, form)
    assert doc.tables[0].role == "公开09"
    assert keys(doc).items() >= WANTED.items()
    assert not errors(doc)
    for right, wrong in (("5.80", "3.80"), ("4.90", "4.20"), ("6.40", "8.40")):
        assert "T107" in errors(document("部门决算", table.replace(right, wrong), form)), (right, wrong)


def test_three_public_expenses_by_subject():
    table = """“三公”经费财政拨款支出决算表
单位：万元
科目编码\t科目名称\t合计\t因公出国（境）费\t公务用车购置及运行费\t\t\t公务接待费
\t\t\t\t小计\t公务用车购置费\t公务用车运行费\t
\t合计\t61.00\t3.00\t49.00\t\t49.00\t9.00
204\t公共安全支出\t61.00\t3.00\t49.00\t\t49.00\t9.00
20404\t检察\t61.00\t3.00\t49.00\t\t49.00\t9.00
2040401\t行政运行\t43.00\t3.00\t38.00\t\t38.00\t2.00
2040402\t一般行政管理事务\t18.00\t\t11.00\t\t11.00\t7.00
"""
    doc = document("部门决算", table)
    assert doc.tables[0].role == "公开09"
    assert keys(doc)["决算公务接待费"] == "9.00"
    assert not errors(doc)
    assert errors(document("部门决算", table.replace("18.00", "13.00")))


def test_income_and_spending_in_one_list():
    table = """收入支出决算批复表
单位：万元
项目\t金额
一、年初结转和结余\t61.90
其中：基本支出结转\t45.00
项目支出结转和结余\t16.90
二、本年收入\t300.00
收入总计\t361.90
三、本年支出\t290.00
四、年末结转和结余\t71.90
支出总计\t361.90
"""
    doc = document("部门决算", table)
    assert [side.name for side in doc.tables[0].sides] == ["收入", "支出"]
    assert not errors(doc)
    assert errors(document("部门决算", table.replace("290.00", "295.00")))


TWO_YEARS = [
    "项目\t2023年预算数\t2024年预算数\t增减额\t增减%\n合计\t7.40\t24.90\t17.50\t236.49\n1.因公出国（境）费\t0.00\t0.00\t0.00\t\n"
    "2.公务接待费\t2.60\t2.10\t-0.50\t-19.23\n3.公务用车购置及运行维护费\t4.80\t22.80\t18.00\t375.00\n"
    "其中：公务用车运行费\t4.80\t4.80\t0.00\t0.00\n公务用车购置费\t0.00\t18.00\t18.00\t\n",
    "2023年预算数-合计\t因公出国（境）费\t公务用车购置及运行费\t\t\t公务接待费\t2024年预算数-合计\t因公出国（境）费\t公务用车购置及运行费\t\t\t公务接待费\n"
    "\t\t小计\t购置费\t运行费\t\t\t\t小计\t购置费\t运行费\t\n7.40\t0.00\t4.80\t0.00\t4.80\t2.60\t24.90\t0.00\t22.80\t18.00\t4.80\t2.10\n",
]  # fmt: skip


@pytest.mark.parametrize("table", TWO_YEARS, ids=["down", "across"])
def test_of_two_years_the_last_is_the_table_s_own(table):
    doc = document("部门预算", "一般公共预算“三公”经费支出预算表\n单位：万元\n" + table)
    assert keys(doc).items() >= {"三公合计": "24.90", "公务接待费": "2.10", "公务用车购置费": "18.00"}.items()
    assert not errors(doc)
    assert errors(
        document("部门预算", "一般公共预算“三公”经费支出预算表\n单位：万元\n" + table.replace("22.80", "12.80"))
    )


def test_columns_are_named_under_a_word_that_all_share():
    header = "科目编码\t科目名称\t本年收入合计\t财政拨款收入\t事业收入\t其他收入\n\t\t决算数\t决算数\t决算数\t决算数\n"
    rows = "\t合计\t90.00\t70.00\t15.00\t5.00\n205\t教育支出\t90.00\t70.00\t15.00\t5.00\n"
    doc = document("部门决算", "收入决算表\n单位：万元\n" + header + rows)
    assert keys(doc) == {"本年收入合计": "90.00", "财政拨款收入": "70.00", "事业收入": "15.00", "其他收入": "5.00"}


def test_whole_numbers_are_rows():
    table = "“三公”经费决算表\n单位：万元\n项目\t预算数\t决算数\n合计\t470\t439\n因公出国（境）费\t0\t0\n公务用车购置及运行费\t412\t398\n公务接待费\t58\t41\n"
    assert keys(document("部门决算", table))["决算公务接待费"] == "41"


def test_nothing_is_set_aside_where_only_one_year_is_told():
    doc = document("部门预算", "支出预算表\n单位：万元\n科目\t2024年预算数\n合计\t10.00\n教育支出\t10.00\n")
    header = take_apart((*doc.tables[0].header, *doc.tables[0].body))
    assert set_aside([1], header.headings) == {}


@pytest.mark.parametrize("name", ["款项合计", "总计", "合 计", "支出合计", "科目合计"])
def test_a_total_may_have_any_name(name):
    table = f"支出决算表\n单位：万元\n科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n201\t一般公共服务支出\t50.00\t30.00\t20.00\n20103\t政府办公厅（室）及相关机构事务\t50.00\t30.00\t20.00\n\t{name}\t50.00\t30.00\t20.00\n"
    doc = document("部门决算", table)
    assert doc.tables[0].sides[0].rows[-1].key == "合计"
    assert not errors(doc)
    assert "T111" in errors(document("部门决算", table.replace(f"{name}\t50.00\t30", f"{name}\t52.00\t32")))


@pytest.mark.parametrize("form", ["tab", "pipe"])
def test_three_public_accounts_alone_by_subject(form):
    table = "财政拨款“三公”经费支出决算表\n单位：万元\n科目编码\t科目名称\t决算数\t\t\t\t\t\n\t\t合计\t因公出国（境）费\t公务用车购置及运行维护费\t\t\t公务接待费\n\t\t\t\t小计\t公务用车购置费\t公务用车运行维护费\t\n\t合计\t30.00\t7.00\t12.00\t0.00\t12.00\t11.00\n201\t一般公共服务支出\t30.00\t7.00\t12.00\t0.00\t12.00\t11.00\n".replace(
        "\t\n\t\t合计", "\n\t\t合计"
    )
    doc = document("部门决算", table, form)
    assert doc.tables[0].role == "公开09"
    assert keys(doc)["决算公务用车小计"] == "12.00"
