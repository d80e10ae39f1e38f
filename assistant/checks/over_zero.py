"""零基数: a rate of growth over a year in which there was nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.checks.base import Check, Parameters
from assistant.checks.told import figure_evidence, name_of, same_subject, statements, told, usable, value
from assistant.claims import Comparison, Figure, Statement
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.rules import Rule

_FULL = 100
"""What is wrongly written of a rise from nothing."""

_PLAIN = 3
"""An amount of fewer units of its last digit says nothing: what was rounded away may be as much."""

_HIGHEST = 1000
"""A higher rate may be over a base that is only rounded to zero."""


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """All places as one outcome: they have one cause. Without any, each comparison that has a base agrees."""
    found: list[tuple[Statement, Figure, tuple[Figure, ...]]] = []
    for statement in statements(facts):
        for comparison in statement.comparisons:
            rate = comparison.rate
            if rate is None or not usable(rate) or comparison.rate_way == "down":
                continue
            based = _over_zero(facts, statement, comparison, rate) or _prior_zero(facts, statement, comparison, rate)
            if based and rate.mention.quantity.value != _FULL and comparison.change in based:
                yield _outcome(rule, statement, rate, based, "")  # not the usual slip: told for itself
            elif based:
                found.append((statement, rate, based))
            elif _over_zero(facts, statement, comparison, rate) is not None:
                yield told(rule, Verdict.AGREE, name_of(statement), (rate,))
    if found:
        first, rate, based = found[0]
        several = f"；同类表述共 {len(found)} 处" if len(found) > 1 else ""
        outcome = _outcome(rule, first, rate, based, several)
        more = [figure_evidence(other, name_of(statement)) for statement, other, _ in found[1:]]
        yield replace(outcome, evidence=(*outcome.evidence, *more))


def _outcome(rule: Rule, statement: Statement, rate: Figure, based: tuple[Figure, ...], several: str) -> Outcome:
    zero = f"增加额 {based[0].text} 就是本年数额，上年为零" if value(based[0]) else f"上年数为 {based[0].text}"
    return told(
        rule, Verdict.DISAGREE, name_of(statement), (rate, *based), expected="不计算增长率", calculation=zero + several
    )


def _over_zero(facts: Facts, statement: Statement, comparison: Comparison, rate: Figure) -> tuple[Figure, ...] | None:
    """The figures that show the base to be zero; none where it is not; ``None`` where it cannot be told."""
    change, now, prior = comparison.change, statement.amount or same_subject(facts, statement), comparison.prior
    if change is None or now is None or not usable(change, now) or comparison.change_way != "up":
        return None
    if not rate.mention.quantity.value:
        return ()
    if prior is not None and (not usable(prior) or value(prior)):
        return ()
    return (change, now) if value(change) == value(now) > 0 and _sure(now, rate) else ()


def _sure(now: Figure, rate: Figure) -> bool:
    """Whether a base that was rounded to zero (one unit of the last digit at most) would give a far higher rate."""
    units = abs(now.mention.quantity.value) / now.mention.quantity.ulp()
    return units >= _PLAIN and 2 * abs(rate.mention.quantity.value) <= (units - 1) * 100


def _prior_zero(facts: Facts, statement: Statement, comparison: Comparison, rate: Figure) -> tuple[Figure, ...]:
    """The earlier amount, printed as zero in the comparison or of the year before in the same section, and the amount."""
    now, prior = statement.amount, comparison.prior
    if now is None or not usable(now) or value(now) <= 0 or not _sure(now, rate):
        return ()
    if comparison.rate_way != "up" or not 0 < rate.mention.quantity.value <= _HIGHEST:
        return ()
    if prior is None:
        prior = _told_before(facts, statement, comparison)
    return (prior, now) if prior is not None and usable(prior) and not value(prior) else ()


def _told_before(facts: Facts, statement: Statement, comparison: Comparison) -> Figure | None:
    """What the section tells of the same subject for the year before, if it tells one amount of it."""
    year = statement.year or facts.document.year
    last_year = comparison.base[:1] in ("上", "去") or comparison.base.startswith(str((year or 0) - 1))
    if year is None or not statement.subject or not last_year or "预算" in comparison.base or statement.budgets:
        return None
    told_ = [
        other.amount
        for other in statements(facts)
        if other.amount is not None and not other.budgets and other.subject == statement.subject
        and other.section == statement.section and other.year == year - 1 and other.role == statement.role
    ]  # fmt: skip
    return told_[0] if len(told_) == 1 else None


CHECK = Check("over_zero", Parameters, run)
