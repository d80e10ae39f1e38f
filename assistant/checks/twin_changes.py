"""同额同变动: one amount told twice with the same change, once as a rise and once as a fall."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal

from assistant.checks.base import Check, Parameters
from assistant.checks.difference import WAYS, amount_of
from assistant.checks.told import name_of, statements, told, usable, value
from assistant.claims import Comparison, Figure, Statement
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.rules import Rule

FEWEST = 4
"""Digits that the amount and its change must have together with their signs left out: fewer may meet by chance."""


SEVERAL = 2
"""Times that a rate must be told with a change to be the right one."""


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Group comparisons by the amount and the size of its change."""
    groups: dict[tuple[Decimal, Decimal], list[tuple[Statement, Comparison]]] = defaultdict(list)
    for statement in statements(facts):
        now = amount_of(statement)
        for comparison in statement.comparisons:
            change = comparison.change
            if (
                now is None
                or change is None
                or not comparison.change_way
                or not usable(now, change)
                or not value(change)
            ):
                continue
            if all(len(f.mention.quantity.value.normalize().as_tuple().digits) >= FEWEST for f in (now, change)):
                groups[value(now), value(change)].append((statement, comparison))
    for group in groups.values():
        (first, one), *rest = group
        for other, two in rest:
            if one.change is None or two.change is None or other is first:
                continue  # one amount against two bases
            same = one.change_way == two.change_way
            yield told(
                rule, Verdict.AGREE if same else Verdict.DISAGREE, name_of(other), (two.change, one.change),
                stated=f"{WAYS[two.change_way]}{two.change.text}", expected=f"{WAYS[one.change_way]}{one.change.text}",
                calculation=f"{name_of(first)}同为此数，写作{WAYS[one.change_way]}{one.change.text}",
            )  # fmt: skip


def run_rates(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """One change told several times with the same rate, and once with a rate that is a digit off."""
    groups: dict[tuple[Decimal, str], list[tuple[Statement, Figure]]] = defaultdict(list)
    for statement in statements(facts):
        for comparison in statement.comparisons:
            change, rate = comparison.change, comparison.rate
            if change is None or rate is None or not usable(change, rate):
                continue
            if len(change.mention.quantity.value.normalize().as_tuple().digits) >= FEWEST:
                groups[abs(value(change)), comparison.change_way].append((statement, rate))
    sure = {place for o in facts.outcomes if o.verdict is Verdict.AGREE for place in o.figures[:1]}
    for group in groups.values():
        (usual, often), *_rest = Counter(rate.mention.quantity.value for _, rate in group).most_common(1)
        for statement, rate in group:
            odd = (
                rate.mention.quantity.value != usual
                and often >= SEVERAL
                and (rate.span.line, rate.span.start) not in sure
            )
            if odd and _digit_off(rate.mention.quantity.value, usual):
                right = next(other for _, other in group if other.mention.quantity.value == usual)
                yield told(
                    rule, Verdict.DISAGREE, name_of(statement), (rate, right), expected=right.text,
                    calculation=f"另有 {often} 处写作 {right.text}",
                )  # fmt: skip


def _digit_off(one: Decimal, other: Decimal) -> bool:
    a, b = str(one), str(other)
    return len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1


CHECK = Check("twin_changes", Parameters, run)
RATES = Check("twin_rates", Parameters, run_rates)
