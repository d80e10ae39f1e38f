"""项目资金: budget and executed amount of a project in narrative, summary and form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from assistant.checks.base import Check, Parameters
from assistant.checks.evaluated import name_of, said, torn
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Verdict
from assistant.indicators.linking import Evaluated, main_money, yuan
from assistant.indicators.meeting import lost_digits
from assistant.indicators.model import Amount
from assistant.quantities import Interval, format_number
from assistant.rules import Rule

_FIELDS = (("budget", "全年预算数"), ("executed", "执行数"), ("initial", "年初预算数"))


def run_amounts(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Each amount in its later places against the first that tells it."""
    ran = False
    for project in facts.evaluated():
        for field, name in _FIELDS:
            told = list(_amounts(project, field))
            elsewhere = {yuan(amount) for other, _ in _FIELDS if other != field for amount in _amounts(project, other)}
            for later in told[1:]:
                ran = True
                yield _compare(facts, rule, f"{name_of(project)}的{name}", told[0], later, elsewhere)
        for outcome in _in_texts(facts, rule, project):
            ran = True
            yield outcome
    if not ran:
        raise NotApplicableError("没有在两处写明资金的项目")


def _in_texts(facts: Facts, rule: Rule, project: Evaluated) -> Iterator[Outcome]:
    """Budget and spending in a text of a form (goals, deviations): one that is the head's proves that the other is meant so too."""
    for form in project.forms:
        head = main_money(form)
        known = {yuan(a) for money in form.money for field, _ in _FIELDS if (a := getattr(money, field)) is not None}
        for told in form.told if head is not None else ():
            pairs = [(name, getattr(head, field), getattr(told, field)) for field, name in _FIELDS[:2]]
            given = [(name, one, other) for name, one, other in pairs if one and other and one.unit and other.unit]
            same = [_interval(one).meets(_interval(other)) for _, one, other in given]
            for (name, one, other), fits in zip(given, same, strict=True):
                if fits or (any(same) and yuan(other) not in known):
                    outcome = _compare(facts, rule, f"{name_of(project)}自评表文字中的{name}", one, other, set())
                    yield replace(outcome, severity="warning")


def _amounts(project: Evaluated, field: str) -> Iterator[Amount]:
    """The amount in each place; 年初预算 and 全年预算 are kept apart, and forms without unit are left out."""
    for group in project.groups:
        money = main_money(group)
        amount: Amount | None = getattr(money, field) if money else None
        if amount is not None and amount.unit is not None:
            yield amount


def _interval(amount: Amount) -> Interval:
    interval = amount.figure.rounded()
    return interval.scaled(amount.unit.factor) if amount.unit else interval


def _compare(
    facts: Facts, rule: Rule, subject: str, first: Amount, later: Amount, elsewhere: set[Decimal | None]
) -> Outcome:
    """``elsewhere``: the project's other amounts; one of them under this name is a column that slipped in conversion."""
    one, other = yuan(first), yuan(later)
    verdict = (
        Verdict.AGREE
        if one == other
        else Verdict.TAIL
        if _interval(first).meets(_interval(later))
        else Verdict.DISAGREE
    )
    cell = any("元" not in amount.text for amount in (first, later))  # of a form: its edge may have cut digits off
    cut = cell and lost_digits(first.figure.value, later.figure.value)
    if verdict is Verdict.DISAGREE and (
        cut or (cell and other in elsewhere) or torn(facts, first) or torn(facts, later)
    ):
        verdict = Verdict.UNCLEAR
    shown = [f"{format_number(a.figure.value)}{a.unit.name if a.unit else ''}" for a in (first, later)]
    return said(
        rule, verdict, subject, (later, first), stated=shown[1], expected=shown[0],
        calculation=f"一处为 {shown[0]}，另一处为 {shown[1]}",
    )  # fmt: skip


AMOUNTS = Check("project_amounts", Parameters, run_amounts)
