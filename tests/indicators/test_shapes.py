"""Forms of performance in many shapes and formats: what they tell is read the same, and a right one accuses nobody."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from form_shapes import SHAPES, WRITERS, Box, Grid, Line, Purse, Told, placed

from assistant.audit import audit_document
from assistant.findings import Finding
from assistant.indicators import Form, Indicator, Performance, read_performance
from assistant.reading import read_bytes
from assistant.rules import Rulebook, load_rulebook

LEAD = "云岭省青禾市粮食和物资储备局2023年度部门决算\n\n第三部分 2023年度部门决算情况说明\n\n十、预算绩效情况说明\n"
TITLE = "项目支出绩效自评表（2023年度）"
RULES = load_rulebook()
OURS = load_rulebook(select=["P6"])
OTHER = Told(
    project="粮情监测系统运行维护",
    money=(
        Purse("年度资金总额", "96.30", "96.30", "96.30", "100.00%"),
        Purse("其中：当年财政拨款", "96.30", "96.30", "96.30", "100.00%"),
    ),
    rate_score="10",
    lines=(
        Line("产出指标", "数量指标", "粮情监测点位数", "≥", "120", "个", "126", "40", "40"),
        Line("效益指标", "社会效益指标", "异常粮情处置率", "=", "100", "%", "100", "30", "30"),
        Line("满意度指标", "服务对象满意度指标", "库点人员满意度", "≥", "90", "%", "95", "20", "20"),
    ),
    total="100",
)
EVERY = list(itertools.product(SHAPES, WRITERS))
NO_KINDS, NO_REASON, ONE_PURSE = {"flat"}, {"flat", "paired"}, {"flat", "paired", "two_sided"}


def performance(grid: Grid, writer: str, title: str = TITLE) -> Performance:
    return read_performance(read_bytes(*WRITERS[writer](grid, title, LEAD)))


def findings(grid: Grid, writer: str, rules: Rulebook = RULES) -> list[Finding]:
    """What the audit says of a form, besides what the rest of a report would need."""
    told = audit_document(read_bytes(*WRITERS[writer](grid, TITLE, LEAD)), rules).findings
    return [finding for finding in told if finding.category != "completeness"]


def shown(indicator: Indicator, shape: str) -> tuple[str, ...]:
    """An indicator as a line would print it."""
    target, actual = indicator.target, indicator.actual
    kinds = ("", "") if shape in NO_KINDS else (indicator.level1, indicator.level2)
    reason = indicator.reason.text if indicator.reason and shape not in NO_REASON else ""
    points = [points.text.strip() if points else "" for points in (indicator.weight, indicator.score)]
    return (*kinds, indicator.name, target.shown if target else "", actual.shown if actual else "", *points, reason)


def wanted(line: Line, shape: str) -> tuple[str, ...]:
    kinds = ("", "") if shape in NO_KINDS else tuple(w.removesuffix("指标") for w in (line.level1, line.level2))
    target = line.target if line.sign == "定性" else f"{line.sign}{line.target}{line.unit}"
    reason = "" if shape in NO_REASON else line.reason
    return (*kinds, line.name, target, f"{line.actual}{line.unit}", line.weight, line.score, reason)


def as_told(form: Form, told: Told, shape: str) -> None:
    """Every indicator, every amount and the total are read as they were told."""
    assert [shown(i, shape) for i in form.indicators] == [wanted(line, shape) for line in told.lines]
    purses = told.money[:1] if shape in ONE_PURSE else told.money
    rows = [
        tuple(part.text.strip() if part else "-" for part in (m.initial, m.budget, m.executed, m.rate))
        for m in form.money
    ]
    assert rows == [(p.initial, p.budget, p.executed, p.rate) for p in purses]
    assert form.money[0].score is not None
    assert form.money[0].score.text.strip() == told.rate_score
    assert all(m.budget is None or (m.budget.unit and m.budget.unit.name == "万元") for m in form.money)
    assert form.total is not None
    assert form.total.text.strip() == told.total
    assert form.project == ("" if shape == "two_sided" else told.project)
    assert form.year == told.year


@pytest.mark.parametrize(("shape", "writer"), EVERY)
def test_every_shape_is_read_the_same(shape, writer):
    (form,) = performance(SHAPES[shape](Told()), writer).forms
    as_told(form, Told(), shape)


@pytest.mark.parametrize(("shape", "writer"), EVERY)
def test_two_forms_in_one_table_are_two(shape, writer):
    first, second = SHAPES[shape](Told()), SHAPES[shape](OTHER)
    head = [[Box(TITLE, across=max(len(placed(grid)[0]) for grid in (first, second)))]]
    one, two = performance([*head, *first, *head, *second], writer, title="附件").forms
    as_told(one, Told(), shape)
    as_told(two, OTHER, shape)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("at", range(4, 13, 2))
def test_a_page_break_inside_a_form_takes_nothing_away(shape, at):
    rows = ["\t".join(row).rstrip("\t") for row in placed(SHAPES[shape](Told()))]
    text = "\n".join([LEAD, TITLE, "", *rows[:at], "", "— 23 —", "", *rows[at:], ""])
    (form,) = read_performance(read_bytes(text.encode(), "form.txt")).forms
    assert [i.name for i in form.indicators] == [line.name for line in Told().lines]


@pytest.mark.parametrize(("shape", "writer"), EVERY)
def test_a_right_form_accuses_nobody(shape, writer):
    rules = RULES if writer == "tabs" else OURS
    assert [(f.rule, f.message) for f in findings(SHAPES[shape](RIGHT), writer, rules)] == []


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("between", [" ", "\n"])
def test_a_form_that_is_not_understood_accuses_nobody(shape, between):
    body = "\n".join(between.join(box.text for box in row if box.text) for row in SHAPES[shape](Told()))
    document = read_bytes(f"{LEAD}\n\n{TITLE}\n\n{body}\n".encode(), "form.txt")
    assert [f for f in audit_document(document, RULES).findings if f.category != "completeness"] == []


def _changed(at: int, **what: str) -> Told:
    """A right form with something else in one of its lines."""
    lines = list(RIGHT.lines)
    lines[at] = replace(lines[at], **what)
    return replace(RIGHT, lines=tuple(lines))


def _copied() -> Told:
    lines = [replace(x, actual=f"{x.sign}{x.target}") if x.sign == "≥" else x for x in RIGHT.lines]
    return replace(RIGHT, lines=tuple(lines))


RIGHT = replace(
    Told(),
    lines=tuple(replace(x, actual="96" if x.reason else x.actual, reason="", score=x.weight) for x in Told().lines),
    total="98",
)
MONEY = RIGHT.money[0]
WRONG = {
    "P604": _changed(0, score="12"),
    "P608": replace(RIGHT, total="93"),
    "P607": replace(RIGHT, money=(replace(MONEY, rate="84.00%"), *RIGHT.money[1:])),
    "P603": _changed(0, actual="4"),
    "P625": replace(_changed(1, score=""), total="88"),
    "P626": _copied(),
    "P627": _changed(1, actual="100%", unit="扇"),
    "P624": replace(RIGHT, money=(MONEY, replace(RIGHT.money[1], executed="112.00"), *RIGHT.money[2:])),
    "P629": replace(RIGHT, money=(replace(MONEY, executed="97.50", rate="60.00%"),), rate_score="10", total="100"),
}
LESS = {"flat": {"P608", "P624"}, "paired": {"P624"}, "two_sided": {"P624"}}
"""What a shape does not print: its total stands apart from rows, it has no rows of sources."""


@pytest.mark.parametrize("rule", WRONG)
@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_wrong_is_told_in_every_shape(shape, rule):
    if rule in LESS.get(shape, ()):
        pytest.skip("the shape does not print it")
    told = WRONG[rule]
    if rule == "P627" and shape not in ("signs_apart", "flat"):
        told = _changed(1, actual="100", unit="%")
        told = replace(
            told,
            lines=tuple(replace(x, target="24扇", unit="") if x.name == "更换密封门窗数" else x for x in told.lines),
        )
        told = replace(
            told, lines=tuple(replace(x, actual="100%") if x.name == "更换密封门窗数" else x for x in told.lines)
        )
    turn = (list(SHAPES).index(shape) + list(WRONG).index(rule)) % len(WRITERS)
    for writer in ("pipes", list(WRITERS)[turn]):
        assert rule in {finding.rule for finding in findings(SHAPES[shape](told), writer, OURS)}, writer


@pytest.mark.parametrize("shape", SHAPES)
def test_the_year_of_a_form_is_the_reports(shape):
    for writer in ("tabs", "html", "docx"):
        data, name = WRITERS[writer](SHAPES[shape](RIGHT), "项目支出绩效自评表（2022年度）", LEAD)
        told = audit_document(read_bytes(data, name), OURS).findings
        assert "P628" in {finding.rule for finding in told}, writer
