"""CSV and Markdown: the columns that auditors know, and no way for a document's text to act."""

from __future__ import annotations

import csv
import io
import re

from hypothesis import given
from hypothesis import strategies as st

from assistant.findings import Report
from assistant.reports import render
from assistant.reports.as_csv import guard
from assistant.reports.as_markdown import escape
from assistant.reports.columns import COLUMNS

DANGEROUS = "=+-@\t\r\n＝＋－＠"


@given(st.text(st.sampled_from(DANGEROUS + " \u3000\ufeff\u200b\x000.,9%e'\"A；\x1b")) | st.text())
def test_no_cell_is_a_formula(text: str) -> None:
    cell = guard(text)
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL).writerow([cell])
    [[read]] = csv.reader(io.StringIO(written.getvalue(), newline=""))
    assert read == cell
    if not re.fullmatch(r"[-+]?[0-9][0-9,]*(\.[0-9]+)?%?", cell):
        assert not cell.lstrip(" \u3000\ufeff\u200b\u00a0").startswith(tuple(DANGEROUS))


def test_plain_numbers_stay_numbers() -> None:
    for number in ("-0.96", "+3", "-1,234,567.80", "-12.5%", "0.00"):
        assert guard(number) == number
    for formula in ("-1+1", "=1", "-0.96万元", "－0.96", "@SUM(1)", "+1;2", "-1,23", "\t=1", " =1", "-"):
        assert guard(formula).startswith("'")


def test_csv_has_the_columns_and_one_row_for_each_finding(report: Report) -> None:
    header, *rows = csv.reader(io.StringIO(render(report, "csv"), newline=""))
    assert tuple(header) == COLUMNS
    assert "、".join(header[:15]) == (
        "序号、单位、年度、问题类别、问题描述、位置、原文、应为、计算过程、依据、"
        "严重程度、处理状态、处理意见、复核人、日期"
    )
    assert [row[0] for row in rows] == ["1", "2", "3", *[""] * (len(rows) - 3)]
    notes = [(row[3], row[4]) for row in rows[3:]]
    assert ("未核查", "没有运行 T201：缺公开04") in notes
    assert ("未能核查的文件", "in/坏.txt：文件为空，请换成完整的文件") in notes
    record = dict(zip(header, rows[1], strict=True))
    assert record["位置"] == "(1) 第 52–53 行\n(2) 公开05“2010301 行政运行”“小计”栏（第 12 行）"
    assert record["原文"].startswith("(1) =HYPERLINK")
    assert "\x1b" not in record["原文"]
    assert (record["单位"], record["年度"], record["严重程度"], record["规则"]) == (
        "甲局",
        "2023",
        "错误",
        "T101",
    )
    assert record["文件"] == "in/甲|局.txt"


@given(st.text())
def test_markdown_cells_hold_no_markup(text: str) -> None:
    shown = escape(text)
    assert "\n" not in shown
    assert not re.search(r"(?<!\\)(?:\\\\)*[|`\[\]]", shown)
    assert not re.search(r"<(?!br>)", shown)


def test_markdown_table_has_equal_rows(report: Report) -> None:
    text = render(report, "md")
    rows = [line for line in text.split("\n") if line.startswith("|")]
    assert len(rows) == 5
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {len(COLUMNS) + 1}
    assert "## 未能核查的文件" in text
    assert "N301、N302：正文叙述中的数字尚未核查" in text
