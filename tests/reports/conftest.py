"""A small report with every kind of thing in it, and text that tries to do harm."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.document import Cell, CellState, Column, Document, Kind, Note, Problem, Row, Side, Span, Table
from assistant.findings import Audit, Entry, Evidence, Finding, NotRun, Report, Unread, Verdict
from assistant.quantities import UNITS, Quantity
from assistant.rules import Example, Reference, Rule, Rulebook

NASTY = '=HYPERLINK("http://x","点")|<b>\x1b[31m红\x1b]0;标题\x07\x1b[0m'


def cell(text: str, line: int, state: CellState = CellState.NUMBER, *, cut: bool = False) -> Cell:
    figure = None
    if state is CellState.NUMBER:
        digits = text.replace(",", "")
        figure = Quantity(Decimal(digits), len(digits.partition(".")[2]))
    return Cell(text, Span(line, 2, 2 + len(text)), state, figure, cut)


@pytest.fixture
def table() -> Table:
    columns = (Column(2, "合计", "合计"), Column(3, "基本支出"), Column(4, "项目 支出"))
    rows = (
        Row(
            "合计",
            (cell("1,234.50", 12), cell("1,000.5", 12, cut=True), cell("234", 12)),
            Span(12),
            key="合计",
        ),
        Row(
            "行政运行",
            (cell("-0.96", 13), cell("", 13, CellState.BLANK), cell("——", 13, CellState.DASH)),
            Span(13),
            code="2010301",
            code_derived=True,
            part_of=True,
        ),
        Row(
            "机关服务",
            (cell("见附\x1b[31m注", 14, CellState.TEXT), cell("0.00", 14)),
            Span(14),
            code="2010303",
        ),
    )
    return Table(
        index=0,
        role="公开05",
        title="一般公共预算财政拨款支出决算表",
        span=Span(10, end_line=18),
        unit=UNITS["万元"],
        sides=(Side("", columns, rows),),
        notes=(Note("注：本表反映支出。", Span(18)),),
        header=((cell("科目", 10, CellState.TEXT),) * 5,),
        body=((cell("", 12, CellState.BLANK),) * 5,) * 3,
    )


@pytest.fixture
def document(table: Table) -> Document:
    problems = (Problem("此行无法识别", 40), Problem("此行无法识别", 44))
    return Document(
        "in/甲|局.txt",
        "ab" * 32,
        "2023年度甲局部门决算",
        "甲局",
        2023,
        Kind.FINAL_ACCOUNTS,
        ("行",),
        (),
        (),
        (table,),
        problems,
    )


def finding(severity: str, rule: str, text: str = "1,234.50") -> Finding:
    claim = Evidence(role="claim", line=52, end_line=53, start=0, end=7, text=text)
    place = Evidence(
        role="table",
        line=12,
        end_line=12,
        start=2,
        end=10,
        text="1,000.5",
        table="公开05",
        row="2010301 行政运行",
        column="小计",
    )
    return Finding(
        id=f"{rule}-abc",
        rule=rule,
        category="table_formula",
        severity=severity,
        title=f"{rule} 的合计不等于分项之和",
        message="合计 1,234.50 万元，分项之和 1,235.46 万元，两者相差 0.96 万元。",
        stated=text,
        expected="1,235.46",
        calculation="1,000.50 + 234.00 + 0.96 = 1,235.46；1,234.50 − 1,235.46 = -0.96",
        evidence=(claim, place),
        suggestion="请核对后更正。",
        basis="《部门决算管理办法》第十条",
    )


@pytest.fixture
def audit(document: Document) -> Audit:
    ledger = (
        Entry("1,234.50", "公开05“合计”合计", 12, 2, Verdict.DISAGREE, "与分项之和不符", ("T101",)),
        Entry("1,000.5", "公开05“合计”基本支出", 12, 12, Verdict.TAIL, "相差 0.01"),
        Entry("234", "公开05“合计”项目支出", 12, 22, Verdict.AGREE, ""),
        Entry("9.99", "公开05“其他”合计", 9, 0, Verdict.NO_BASIS, "没有可比的数"),
    )
    return Audit(
        document,
        (finding("info", "T103"), finding("error", "T101", NASTY), finding("warning", "T102")),
        ledger,
        ("T101", "T102", "T103"),
        (
            NotRun("N301", "正文叙述中的数字尚未核查"),
            NotRun("N302", "正文叙述中的数字尚未核查"),
            NotRun("T201", "缺公开04"),
        ),
        document.problems,
    )


@pytest.fixture
def report(audit: Audit) -> Report:
    return Report((audit,), (Unread("in/坏.txt", "文件为空，请换成完整的文件"),), "1.25")


@pytest.fixture
def rule() -> Rule:
    document = "| 合计 | 3 |\n```\n| 甲 | 1 |\n"
    return Rule(
        code="T101",
        name="合计不等于分项之和",
        summary="合计应等于各分项之和。",
        category="table_formula",
        severity="error",
        status="preview",
        check="formula",
        kinds=("final_accounts",),
        parameters={
            "column": "小计",
            "strict": True,
            "parts": ["基本支出", "项目支出"],
            "ties": [{"left": "a"}],
        },
        reference=(Reference(title="《部门决算管理办法》", clause="第十条", note="财库〔2021〕36号"),),
        message="{subject}应为{expected}",
        suggestion="请核对",
        limits="单元格有缺损时",
        examples=(Example(name="不符", verdict=Verdict.DISAGREE, document=document, note="少 2"),),
        valid_from=2019,
    )


@pytest.fixture
def rulebook(rule: Rule) -> Rulebook:
    other = rule.model_copy(update={"code": "N301", "name": "表文|不符", "examples": ()})
    return Rulebook((other, rule))
