"""同额同变动: one amount told twice with the same change, once as a rise and once as a fall."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from assistant.checks.base import Check, Parameters
from assistant.checks.difference import WAYS, amount_of
from assistant.checks.told import name_of, statements, told, usable, value
from assistant.claims import Comparison, Statement
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.rules import Rule

FEWEST = 4
"""Digits that the amount and its change must have together with their signs left out: fewer may meet by chance."""


class TwinParameters(Parameters):
    """No parameters."""


def run(facts: Facts, rule: Rule, _: TwinParameters) -> Iterator[Outcome]:
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


CHECK = Check("twin_changes", TwinParameters, run)
