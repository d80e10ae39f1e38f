"""自评表合计: the weights of rows = the weight of their kind, all weights = 100, all scores = 总分."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from assistant.checks.base import Check, Parameters
from assistant.checks.evaluated import name_of, nothing, part_evidence, projects, said
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.indicators.linking import Evaluated, execution
from assistant.indicators.meeting import lost_digits
from assistant.indicators.model import Form, Indicator, Points
from assistant.quantities import format_number
from assistant.rules import Rule

FULL = Decimal(100)


class SumParameters(Parameters):
    """No parameters."""


def run_form(facts: Facts, rule: Rule, _: SumParameters) -> Iterator[Outcome]:
    """Weights and scores of each form.

    Scores are added only where the weights come to 100: then no row is missing from what was read.
    """
    ran = False
    for project in projects(facts):
        for form in project.forms:
            for outcome in _form(rule, project, form):
                ran = True
                yield outcome
    if not ran:
        raise nothing("没有列出分值的自评表")


def _form(rule: Rule, project: Evaluated, form: Form) -> Iterator[Outcome]:
    weights = [i.weight for i in form.indicators]
    money, full = execution(form)
    if not weights or any(weight is None or weight.percent for weight in weights):
        return
    whole = [w for w in (*weights, full) if w is not None]
    complete = sum((weight.figure.value for weight in whole), Decimal(0)) == FULL
    yield from _kinds(rule, project, form, complete=complete)
    if not complete:
        printed = next((g.weight for g in form.groups if not g.level1 and not g.level2), None)
        if printed is not None and printed.figure.value == FULL and full is not None and _unbroken(form.indicators):
            yield replace(points_sum(rule, f"{name_of(project)}的分值合计", printed, whole), severity="warning")
        return
    yield said(rule, Verdict.AGREE, f"{name_of(project)}的分值", whole, calculation=f"{len(whole)} 项分值之和为 100")
    scores = [i.score for i in form.indicators] + ([money.score if money else None] if full else [])
    if form.total is None or any(score is None for score in scores):
        return
    given = [score for score in scores if score is not None]
    yield points_sum(rule, f"{name_of(project)}的总分", form.total, given)


def _kinds(rule: Rule, project: Evaluated, form: Form, *, complete: bool) -> Iterator[Outcome]:
    """The weight printed for a kind against its rows; too little is doubtful where all rows do not come to 100 either."""
    for group in form.groups:
        rows = [
            i.weight for i in form.indicators
            if i.weight is not None and (not group.level1 or i.level1 == group.level1) and (not group.level2 or i.level2 == group.level2)
        ]  # fmt: skip
        of_kind = [i for i in form.indicators if i.level1 == group.level1 and group.level2 in ("", i.level2)]
        if rows and _unbroken(of_kind) and (group.level1 or group.level2) and not group.weight.percent:
            name = f"{name_of(project)}{group.level2 or group.level1}指标的分值"
            less = sum((row.figure.value for row in rows), Decimal(0)) < group.weight.figure.value
            yield points_sum(rule, name, group.weight, rows, doubt=less and not complete)


def _unbroken(indicators: Sequence[Indicator]) -> bool:
    """Whether the rows follow each other, so that none between them was left unread."""
    rows = sorted(i.row for i in indicators if i.row is not None)
    return len(rows) == len(indicators) and all(b - a <= 1 for a, b in pairwise(rows))


def points_sum(rule: Rule, subject: str, whole: Points, parts: Sequence[Points], *, doubt: bool = False) -> Outcome:
    """The outcome for a printed sum of points. What a digit or a row lost in conversion explains (``doubt``) is 无法判断."""
    exact = sum((part.figure.value for part in parts), Decimal(0))
    terms = " + ".join(format_number(part.figure.value) for part in parts)
    off = whole.figure.value - exact
    fits = abs(off) <= (whole.figure.ulp() / 2 if exact != exact.to_integral() else 0)
    cut = lost_digits(whole.figure.value, exact) or any(
        lost_digits(p.figure.value, p.figure.value + off) for p in parts
    )
    given = (whole, whole, *parts)  # a wrong first part is a finding of its own, not the same as a wrong sum
    return said(
        rule, Verdict.AGREE if fits else Verdict.UNCLEAR if cut or doubt else Verdict.DISAGREE, subject, given, expected=format_number(exact),
        calculation=f"{terms} = {format_number(exact)}，表中为 {format_number(whole.figure.value)}",
        evidence=[part_evidence(part, subject, form=True) for part in given[1:]],
    )  # fmt: skip


CHECK = Check("form_sums", SumParameters, run_form)
