"""单位: an amount that is exactly ten thousand times too large or too small for what it belongs to (元 for 万元)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.checks.base import Check, Parameters
from assistant.checks.difference import amount_of
from assistant.checks.told import name_of, same_subject, statements, told, usable, value
from assistant.claims import Comparison, Figure, Statement
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.quantities import UNITS, format_number
from assistant.rules import Rule

FACTORS = tuple(Decimal(10) ** power for power in (4, 8, -4, -8))


class UnitSlipParameters(Parameters):
    """No parameters."""


def slip_factor(stated: Decimal, wanted: Decimal, slack: Decimal) -> Decimal | None:
    """The power of ten thousand by which ``stated`` misses ``wanted`` (within ``slack`` of ``wanted``), if it does."""
    if not stated or not wanted:
        return None
    return next((factor for factor in FACTORS if abs(stated * factor - wanted) <= slack), None)


def run(facts: Facts, rule: Rule, _: UnitSlipParameters) -> Iterator[Outcome]:
    """Changes against the difference of two amounts; parts against the share they are said to be."""
    before: list[Statement] = []
    for statement in statements(facts):
        now = amount_of(statement)
        for comparison in statement.comparisons:
            prior, change = comparison.prior, comparison.change
            if now and prior and change and usable(now, prior, change):
                wanted = abs(value(now) - value(prior))
                yield from _judge(rule, statement, change, wanted, _step(change, now, prior), (now, prior))
            elif (now := now or same_subject(facts, statement)) and (implied := _implied(comparison, now)):
                yield from _judge(rule, statement, *implied)
        for share in statement.shares[:1]:
            part = statement.amount
            wholes = [s.amount for s in before[-8:] if s.amount and usable(s.amount) and s.section == statement.section]
            if part and wholes and usable(part, share) and share.mention.quantity.value:
                for whole in wholes:
                    percent = share.mention.quantity
                    wanted = value(whole) * percent.value / 100
                    yield from _judge(rule, statement, part, wanted, value(whole) * percent.ulp() / 100, (share, whole))
        before.append(statement)


def _implied(comparison: Comparison, now: Figure) -> tuple[Figure, Decimal, Decimal, tuple[Figure, ...]] | None:
    """The change, and what it must be by its rate: 3,015 万元，比上年增加 1,158 亿元，增长 62.4%."""
    change, rate, way = comparison.change, comparison.rate, comparison.change_way
    if change is None or rate is None or not way or comparison.prior is not None or not usable(change, rate, now):
        return None
    percent, step = abs(rate.mention.quantity.value), rate.mention.quantity.ulp()
    base = 100 + (percent if way == "up" else -percent)
    if base <= 0 or percent < step * 10:
        return None
    wanted = value(now) * percent / base
    return change, wanted, wanted * step * 100 / (percent * base) + _step(now), (now, rate)


def _step(*figures: Figure) -> Decimal:
    """The worth of the last printed digits of several amounts together, in 元, in their largest unit."""
    return sum(
        (f.mention.quantity.ulp() * (f.mention.unit.factor if f.mention.unit else 1) for f in figures), Decimal(0)
    )


def _judge(
    rule: Rule, statement: Statement, figure: Figure, wanted: Decimal, slack: Decimal, others: tuple[Figure, ...]
) -> Iterator[Outcome]:
    factor = slip_factor(value(figure), wanted, slack)
    if factor is None or wanted < slack * 4 or figure.mention.unit is None:
        return
    right = next((u.name for u in UNITS.values() if u.factor == figure.mention.unit.factor * factor), "")
    if right:
        shown = format_number(figure.mention.quantity.value, figure.mention.quantity.decimals) + right
        calculation = (
            f"{figure.text} 与 {'、'.join(other.text for other in others)} 相差 {max(factor, 1 / factor):,f} 倍"
        )
        yield told(
            rule, Verdict.DISAGREE, name_of(statement), (figure, *others), expected=shown, calculation=calculation
        )


CHECK = Check("unit_slip", UnitSlipParameters, run)
