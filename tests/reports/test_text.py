"""The report for people: coverage first, findings by severity, nothing unchecked shown as clean."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from assistant.document import Document
from assistant.findings import Audit, Report, Verdict
from assistant.reports import render
from assistant.reports.coverage import conclusion
from assistant.reports.layout import Page
from assistant.reports.ledger import render_ledger
from assistant.reports.tables import render_tables
from assistant.text import width


def test_report_says_what_was_read_checked_and_found(report: Report) -> None:
    text = render(report, "text", Page(100))
    for part in (
        "2023年度甲局部门决算",
        "类型：部门决算　年度：2023 年　单位：甲局",
        "共 4 个数字；一致 1 · 尾差 1 · 不一致 1 · 无依据 1",
        "运行 3 条，没有运行 3 条",
        "没有运行 N301、N302：正文叙述中的数字尚未核查",
        "此行无法识别（第 40 行、第 44 行）",
        "① 第 52–53 行：",
        "② 公开05“2010301 行政运行”“小计”栏（第 12 行）：“1,000.5”",
        "计算过程  1,000.50 + 234.00",
        "建议      请核对后更正。",
        "依据      《部门决算管理办法》第十条",
        "未能核查的文件 1 个",
        "in/坏.txt：文件为空",
        "共核查 1 个文件；未能核查 1 个：错误 1 项，警告 1 项，提示 1 项。",
    ):
        assert part in text, part
    assert "\x1b" not in text
    assert text.index("错误 1 项\n") < text.index("警告 1 项\n") < text.index("提示 1 项\n")
    assert re.findall(r"^(\d)\. \[(..)\] (T\d+)", text, re.MULTILINE) == [
        ("1", "错误", "T101"),
        ("2", "警告", "T102"),
        ("3", "提示", "T103"),
    ]


@pytest.mark.parametrize("columns", [40, 60, 80, 120])
def test_report_keeps_to_the_width(report: Report, columns: int) -> None:
    for line in render(report, "text", Page(columns)).split("\n"):
        assert width(line) <= columns, line
        assert not line.strip().startswith(tuple("、，。；：）》”")), line


def test_colours_are_only_ours(report: Report) -> None:
    text = render(report, "text", Page(80, colours=True))
    assert set(re.findall(r"\x1b\[([0-9;]*)m", text)) <= {"0", "1", "2", "1;31", "1;33", "1;36"}
    assert "\x1b]" not in text


def test_nothing_found_is_not_nothing_wrong(audit: Audit) -> None:
    clean = replace(audit, findings=())
    assert conclusion(clean) == (
        "已核对的 3 个数字中未发现疑点；另有 1 个数字无依据或无法判断；有 3 条规则没有运行，其内容没有核查。"
    )
    assert "不能视为没有问题" in conclusion(replace(clean, rules_run=()))
    unchecked = tuple(entry for entry in audit.ledger if entry.verdict is Verdict.NO_BASIS)
    assert "不能视为没有问题" in conclusion(replace(clean, ledger=unchecked))
    assert conclusion(audit).startswith("发现 3 项疑点；")


def test_ledger_is_grouped_with_the_urgent_first(audit: Audit) -> None:
    text = render_ledger(audit, Page(100))
    assert re.findall(r"^(\S+) (\d+) 个$", text, re.MULTILINE) == [
        ("不一致", "1"),
        ("无依据", "1"),
        ("尾差", "1"),
        ("一致", "1"),
    ]
    assert "第 12 行　1,234.50　公开05“合计”合计：与分项之和不符［T101］" in text


def test_tables_show_the_grid_as_understood(document: Document) -> None:
    text = render_tables(document, Page(100))
    assert "表 1　公开05 一般公共预算财政拨款支出决算表" in text
    assert "第 10–18 行　角色：公开05　单位：万元　3 行 × 5 列" in text
    lines = text.split("\n")
    at = next(i for i, line in enumerate(lines) if "编码" in line and "项目" in line)
    head, total, part, text_row = lines[at : at + 4]
    assert "项目 支出" in head
    assert "1,000.5*" in total
    assert "2010301~" in part
    assert "└ 行政运行" in part
    assert part.rstrip().endswith("—")
    assert "见附注" in text_row
    ends = {width(row[: row.index(mark) + len(mark)]) for row, mark in ((total, "1,234.50"), (part, "-0.96"))}
    assert len(ends) == 1
    assert "  · 注：本表反映支出。（第 18 行）" in text


def test_wide_tables_are_split_on_a_terminal_and_whole_in_a_file(document: Document) -> None:
    narrow = render_tables(document, Page(45))
    assert narrow.count("行政运行") > 1
    assert all(width(line) <= 45 for line in narrow.split("\n"))
    assert render_tables(document, Page(45), whole=True).count("行政运行") == 1


def test_a_document_without_tables_says_so(document: Document) -> None:
    assert "没有识别出表格。" in render_tables(replace(document, tables=()))
