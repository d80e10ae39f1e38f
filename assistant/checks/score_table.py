"""得分汇总表: rows → 综合, score ÷ full → rate, and the overall score told in the text."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.checks.base import Check, Parameters
from assistant.checks.evaluated import name_of, said
from assistant.checks.points import points_sum
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Verdict
from assistant.indicators.linking import Evaluated
from assistant.indicators.meeting import lost_digits
from assistant.indicators.model import Points, ScoreRow, Summary
from assistant.quantities import format_number
from assistant.rules import Rule


def run_table(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """The table of scores: Σ rows = 综合; score ÷ full = rate; 综合 = the overall score told in the text."""
    ran = False
    for project in facts.evaluated():
        for summary in project.summaries:
            for outcome in _table(rule, project, summary):
                ran = True
                yield outcome
    if not ran:
        raise NotApplicableError("没有识别到得分汇总表")


def _table(rule: Rule, project: Evaluated, summary: Summary) -> Iterator[Outcome]:
    rows = [row for row in summary.scores if row.kind != "合计"]
    total = next((row for row in summary.scores if row.kind == "合计"), None)
    name = f"{name_of(project)}得分汇总表"
    read = total is not None and len(rows) > 1 and all(row.kind and row.full and row.score for row in rows)
    if total is not None and read and total.full is not None and total.score is not None:
        fulls = [row.full for row in rows if row.full]
        missing = sum((full.figure.value for full in fulls), Decimal(0)) < total.full.figure.value  # a row left unread
        whole = points_sum(rule, f"{name}的分值", total.full, fulls, doubt=missing)
        yield whole
        if whole.verdict is Verdict.AGREE:
            yield points_sum(rule, f"{name}的得分", total.score, [row.score for row in rows if row.score])
            yield from (_rate(rule, name, row) for row in summary.scores if row.full and row.score and row.rate)
    if summary.score is not None and total is not None and total.score is not None:
        same = _same(summary.score, total.score)
        cut = lost_digits(summary.score.figure.value, total.score.figure.value)
        yield said(
            rule, Verdict.AGREE if same else Verdict.UNCLEAR if cut else Verdict.DISAGREE, f"{name_of(project)}的总分", (summary.score, total.score),
            expected=total.score.text, calculation=f"文中为 {summary.score.text}，得分汇总表为 {total.score.text}",
        )  # fmt: skip


def _same(one: Points, other: Points) -> bool:
    """Equal, or one printed with fewer decimals (98.1 and 98.07); a whole number is exact."""
    first, second = one.figure, other.figure
    step = max(first.ulp(), second.ulp()) if min(first.decimals, second.decimals) else Decimal(0)
    return abs(first.value - second.value) <= step / 2


def _rate(rule: Rule, name: str, row: ScoreRow) -> Outcome:
    assert row.full is not None
    assert row.score is not None
    assert row.rate is not None
    exact = row.score.figure.value / row.full.figure.value * 100 if row.full.figure.value else Decimal(0)
    step = row.rate.figure.ulp()
    fits = abs(row.rate.figure.value - exact) <= step if row.full.figure.value else True
    needed = row.full.figure.value * row.rate.figure.value / 100
    cut = lost_digits(row.score.figure.value, needed) or lost_digits(row.rate.figure.value, exact.quantize(step))
    return said(
        rule, Verdict.AGREE if fits else Verdict.UNCLEAR if cut else Verdict.DISAGREE, f"{name}“{row.label.text.strip()}”的得分率",
        (row.rate, row.score, row.full), expected=f"{format_number(exact.quantize(step))}%",
        calculation=f"{row.score.text} ÷ {row.full.text} = {format_number(exact.quantize(Decimal('0.001') if step < 1 else Decimal('0.1')))}%",
    )  # fmt: skip


CHECK = Check("score_table", Parameters, run_table)
