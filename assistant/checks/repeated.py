"""前后一致: figures that are told of the same thing in two places with the same value confirm each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.checks.base import Check, Parameters
from assistant.checks.told import name_of, statements, told, usable, value
from assistant.claims import Figure, Statement
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.rules import Rule

FEWEST_DIGITS = 3
"""Digits that a value must show to be told again by more than chance."""

_BASE = re.compile(r"年初预算|全年预算|调整预算|年度预算")
_PROJECT = re.compile(r"^[\d、.．（）()\s]*|(?:项目|专项)?(?:支出)?$")


class RepeatedParameters(Parameters):
    """The subjects of which two different amounts for the same year are a contradiction."""

    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Told:
    statement: Statement
    figure: Figure
    labels: frozenset[str]
    kind: str


def run(facts: Facts, rule: Rule, parameters: RepeatedParameters) -> Iterator[Outcome]:
    """Group figures by kind and value; those of one thing told in two sentences confirm each other."""
    wrong = {o.figures[0] for o in facts.outcomes if o.verdict is Verdict.DISAGREE and o.figures}
    groups: dict[tuple[str, Decimal], list[_Told]] = defaultdict(list)
    for item in _figures(facts):
        if (item.figure.span.line, item.figure.span.start) not in wrong:
            groups[(item.kind, value(item.figure))].append(item)
    for group in groups.values():
        for item in group:
            other = next((o for o in group if _elsewhere(item, o) and _same(item.labels, o.labels)), None)
            if other is not None:
                yield told(rule, Verdict.AGREE, name_of(item.statement), (item.figure, other.figure))
    yield from _contradictions(facts, rule, parameters)


def _figures(facts: Facts) -> Iterator[_Told]:
    for statement in statements(facts):
        labels = frozenset(
            _PROJECT.sub("", label) for label in (statement.subject, statement.opening) if len(label) >= 4
        )
        if statement.amount is not None and _telling(statement.amount):
            yield _Told(statement, statement.amount, labels, "money")
        for budget in filter(_telling, statement.budgets):
            base = _BASE.search(budget.lead)
            yield _Told(statement, budget, frozenset({base[0]}) if base else labels, "budget" if base else "money")
        for comparison in statement.comparisons:
            for figure, kind in ((comparison.change, "change"), (comparison.rate, "rate")):
                if figure is not None and _telling(figure):
                    yield _Told(statement, figure, frozenset({statement.subject}), kind)


def _telling(figure: Figure) -> bool:
    return usable(figure) and len(figure.mention.quantity.value.as_tuple().digits) >= FEWEST_DIGITS


def _elsewhere(one: _Told, other: _Told) -> bool:
    return (one.statement.paragraph, one.statement.sentence) != (other.statement.paragraph, other.statement.sentence)


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    return any(a and b and (a == b or (min(len(a), len(b)) >= 4 and (a in b or b in a))) for a in one for b in other)


def _contradictions(facts: Facts, rule: Rule, parameters: RepeatedParameters) -> Iterator[Outcome]:
    """Two amounts for one of the subjects that a report tells only one of."""
    first: dict[str, Statement] = {}
    for statement in statements(facts):
        known = statement.subject in parameters.subjects and statement.role == "amount" and not statement.among
        year = statement.year is None or statement.year == facts.document.year
        if not known or not year or statement.amount is None or not usable(statement.amount):
            continue
        other = first.setdefault(statement.subject, statement)
        if other.amount is not None and not other.amount.mention.interval().meets(statement.amount.mention.interval()):
            yield told(
                rule, Verdict.DISAGREE, name_of(statement), (statement.amount, other.amount), expected=other.amount.text,
                calculation=f"一处为 {other.amount.text}，另一处为 {statement.amount.text}",
            )  # fmt: skip


CHECK = Check("repeated", RepeatedParameters, run)
