"""自评表合计: the weights of rows = the weight of their kind, all weights = 100, all scores = 总分."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from assistant.checks.base import Check, Parameters
from assistant.checks.evaluated import name_of, said
from assistant.checks.points import points_sum, points_within
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Verdict
from assistant.indicators.linking import Evaluated, execution
from assistant.indicators.model import Form, Indicator, Points
from assistant.rules import Rule

FULL = Decimal(100)


def run_form(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Weights and scores of each form.

    Scores are added only where the weights come to 100: then no row is missing from what was read.
    """
    ran = False
    for project in facts.evaluated():
        for form in project.forms:
            for outcome in _form(rule, project, form):
                ran = True
                yield outcome
    if not ran:
        raise NotApplicableError("没有列出分值的自评表")


def _form(rule: Rule, project: Evaluated, form: Form) -> Iterator[Outcome]:
    weights = _weights(form)
    money, full = execution(form)
    if not weights or any(weight is None or weight.percent for weight in weights):
        return
    whole = [w for w in (*weights, full) if w is not None]
    complete = sum((weight.figure.value for weight in whole), Decimal(0)) == FULL
    lent = any(i.weight is None for i in form.indicators)
    if not lent:
        yield from _kinds(rule, project, form, complete=complete)
    if not complete:
        printed = next(_over_all(form), None)
        over = next((w for w in _over_all(form) if full and w.figure.value + full.figure.value == FULL), None)
        full_marks = printed is not None and printed.figure.value == FULL and full is not None
        if printed is not None and full_marks and not lent and _unbroken(form.indicators):
            yield replace(points_sum(rule, f"{name_of(project)}的分值合计", printed, whole), severity="warning")
        elif over is not None and not lent and _unbroken(form.indicators):
            of_rows = [weight for weight in weights if weight is not None]
            yield replace(points_sum(rule, f"{name_of(project)}各项指标的分值", over, of_rows), severity="warning")
        return
    yield said(rule, Verdict.AGREE, f"{name_of(project)}的分值", whole, calculation=f"{len(whole)} 项分值之和为 100")
    rows = sum((w.figure.value for w in weights if w is not None), Decimal(0))
    for printed in _over_all(form):
        if printed.figure.value > FULL / 2 and printed.figure.value not in (FULL, rows):
            yield replace(points_sum(rule, f"{name_of(project)}的分值合计", printed, whole), severity="warning")
    scores = [i.score for i in form.indicators] + ([money.score if money else None] if full else [])
    given = [score for score in scores if score is not None]
    if form.total is not None and len(given) == len(scores) and _capped(form, given) == form.total.figure.value:
        yield said(
            rule, Verdict.AGREE, f"{name_of(project)}的总分", (form.total,)
        )  # the score above its weight is told
    elif form.total is not None and len(given) == len(scores):
        yield points_sum(rule, f"{name_of(project)}的总分", form.total, given)
    elif form.total is not None and 2 * len(given) > len(scores):
        unread = [w for w, score in zip([*weights, full], scores, strict=False) if score is None and w is not None]
        yield points_within(rule, f"{name_of(project)}的总分", form.total, given, unread)


def _capped(form: Form, given: Sequence[Points]) -> Decimal:
    """The sum of the scores, each with its weight at most."""
    over = sum(
        (
            max(i.score.figure.value - i.weight.figure.value, Decimal(0))
            for i in form.indicators
            if i.score and i.weight
        ),
        Decimal(0),
    )
    return sum((score.figure.value for score in given), Decimal(0)) - over


def _over_all(form: Form) -> Iterator[Points]:
    """The weights in the row of the total, and over all indicators (绩效指标（90分）)."""
    yield from (g.weight for g in form.groups if not g.level1 and not g.level2 and not g.weight.percent)


def _weights(form: Form) -> list[Points | None]:
    """The weight of each row; of one that conversion took it from, its score, which must then bring the sum to 100."""
    lacking = [i for i in form.indicators if i.weight is None]
    return [i.weight or (i.score if len(lacking) == 1 else None) for i in form.indicators]


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


CHECK = Check("form_sums", Parameters, run_form)
