"""单位: an amount that is exactly ten thousand times too large or too small for what it belongs to (元 for 万元)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.checks.amounts import factor_of, step_of, usual_unit
from assistant.checks.base import Check, Parameters
from assistant.checks.difference import amount_of
from assistant.checks.execution import base_of
from assistant.checks.lists import odd_among
from assistant.checks.plain_list import with_wholes
from assistant.checks.told import name_of, same_subject, statements, told, usable, value
from assistant.claims import Comparison, Figure, Statement
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.quantities import UNITS, Unit, format_number
from assistant.rules import Rule
from assistant.slips import slip_factor


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Changes against the difference of two amounts; amounts against shares and rates; parts against their sum."""
    before: list[Statement] = []
    usual = usual_unit(facts)
    for statement in statements(facts):
        now = amount_of(statement)
        for comparison in statement.comparisons:
            prior, change = comparison.prior, comparison.change
            if now and prior and change and usable(now, prior, change):
                if odd := odd_among((change, now, prior)):
                    yield _outcome(rule, statement, *odd)
            elif (now := now or same_subject(facts, statement)) and (implied := _implied(comparison, now)):
                yield from _judge(rule, statement, usual, *implied)
        for share in statement.shares[:1]:
            part = statement.amount
            wholes = [s.amount for s in before[-8:] if s.amount and usable(s.amount) and s.section == statement.section]
            if part and wholes and usable(part, share) and share.mention.quantity.value:
                for whole in wholes:
                    percent = share.mention.quantity
                    wanted, slack = value(whole) * percent.value / 100, value(whole) * percent.ulp() / 100
                    yield from _judge(rule, statement, usual, part, wanted, slack, (share, whole))
        for rate in statement.executions[:1]:
            yield from _completed(rule, statement, usual, rate)
        before.append(statement)
    yield from _sums(facts, rule, before)


def _sums(facts: Facts, rule: Rule, given: list[Statement]) -> Iterator[Outcome]:
    """Sums that failed, and lists of which nothing is known, that hold with one part in the unit of the others."""
    told_of = {f.key: s for s in given for f in s.figures()}
    places = {(f.span.line, f.span.start): f for f in facts.claims().figures}
    failed = (o.figures for o in facts.outcomes if o.verdict is Verdict.DISAGREE and o.rule[:2] == "N4")
    sums = [
        [places[place] for place in figures] for figures in failed if len(figures) > 2 and places.keys() >= set(figures)
    ]
    seen: set[tuple[int, int]] = set()
    for figures in (*sums, *map(list, with_wholes(given))):
        odd = odd_among(figures) if usable(*figures) else None
        if odd is not None and odd[0].key in told_of and odd[0].key not in seen:
            seen.add(odd[0].key)
            yield _outcome(rule, told_of[odd[0].key], *odd)


def _completed(rule: Rule, statement: Statement, usual: Unit | None, rate: Figure) -> Iterator[Outcome]:
    """The amount spent, against its budget and the completion rate."""
    budget, spent = base_of(statement, rate), statement.amount
    if budget is not None and spent is not None and usable(rate, budget, spent) and rate.mention.quantity.value:
        percent = rate.mention.quantity
        slack = value(budget) * percent.ulp() / 100 + step_of(budget)
        wanted = value(budget) * percent.value / 100
        yield from _judge(rule, statement, usual, spent, wanted, slack, (rate, budget))


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
    return change, wanted, wanted * step * 100 / (percent * base) + step_of(now), (now, rate)


def _judge(
    rule: Rule,
    statement: Statement,
    usual: Unit | None,
    figure: Figure,
    wanted: Decimal,
    slack: Decimal,
    others: tuple[Figure, ...],
) -> Iterator[Outcome]:
    factor = slip_factor(value(figure), wanted, slack)
    if factor is None or abs(wanted) < slack * 4 or figure.mention.unit is None:
        return
    slipped = [other for other in others if other.mention.unit not in (None, figure.mention.unit)]
    if figure.mention.unit == usual and len(slipped) == 1:  # the other one is told in an unusual unit
        others = (figure, *(other for other in others if other is not slipped[0]))
        figure, factor = slipped[0], 1 / factor
    right = next((u for u in UNITS.values() if u.factor == factor_of(figure) * factor), None)
    if right is not None:
        yield _outcome(rule, statement, figure, right, others)


def _outcome(rule: Rule, statement: Statement, figure: Figure, right: Unit, others: tuple[Figure, ...]) -> Outcome:
    factor = right.factor / factor_of(figure)
    return told(
        rule, Verdict.DISAGREE, name_of(statement), (figure, *others),
        expected=format_number(figure.mention.quantity.value, figure.mention.quantity.decimals) + right.name,
        calculation=f"{figure.text} 与 {'、'.join(other.text for other in others)} 相差 {max(factor, 1 / factor):,f} 倍",
    )  # fmt: skip


CHECK = Check("unit_slip", Parameters, run)
