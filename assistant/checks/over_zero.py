"""零基数: a rate of growth over a year in which there was nothing."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.checks.base import Check, Parameters
from assistant.checks.told import figure_evidence, name_of, statements, told, usable, value
from assistant.claims import Comparison, Figure, Statement
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.rules import Rule

_PLAIN = 100
"""An amount of so many units of its last digit leaves nothing for the year before when all of it is the increase."""


class OverZeroParameters(Parameters):
    """No parameters."""


def run(facts: Facts, rule: Rule, _: OverZeroParameters) -> Iterator[Outcome]:
    """All places as one outcome: they have one cause. Without any, each comparison that has a base agrees."""
    found: list[tuple[Statement, Figure, tuple[Figure, ...]]] = []
    for statement in statements(facts):
        for comparison in statement.comparisons:
            rate = comparison.rate
            if rate is None or not usable(rate) or comparison.rate_way == "down":
                continue
            based = _over_zero(statement, comparison, rate)
            if based:
                found.append((statement, rate, based))
            elif based is not None:
                yield told(rule, Verdict.AGREE, name_of(statement), (rate,))
    if found:
        first, rate, based = found[0]
        several = f"；同类表述共 {len(found)} 处" if len(found) > 1 else ""
        yield told(
            rule, Verdict.DISAGREE, name_of(first), (rate, *based), expected="不计算增长率",
            calculation=f"增加额 {based[0].text} 就是本年数额，上年为零{several}",
            more=[figure_evidence(other, name_of(statement)) for statement, other, _ in found[1:]],
        )  # fmt: skip


def _over_zero(statement: Statement, comparison: Comparison, rate: Figure) -> tuple[Figure, ...] | None:
    """The figures that show the base to be zero; none where it is not; ``None`` where it cannot be told."""
    change, now, prior = comparison.change, statement.amount, comparison.prior
    if change is None or now is None or not usable(change, now) or comparison.change_way != "up":
        return None
    if rate.mention.quantity.value != Decimal(100):
        return ()
    if prior is not None and (not usable(prior) or value(prior)):
        return ()
    sure = abs(now.mention.quantity.value) >= _PLAIN * now.mention.quantity.ulp()
    return (change, now) if value(change) == value(now) > 0 and sure else ()


CHECK = Check("over_zero", OverZeroParameters, run)
