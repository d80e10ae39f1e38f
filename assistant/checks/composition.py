"""构成: the parts told under 其中 must add up to their whole, for lists whose members leave nothing out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.checks.base import Check, Parameters
from assistant.checks.families import Family, belongs
from assistant.checks.told import money, name_of, statements, told, usable, value
from assistant.claims import Statement
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.language.plain import narrowed
from assistant.quantities import ZERO, Interval, format_number
from assistant.rules import Rule

REACH = 8
"""How many statements back the whole of a list may stand (lists by another key may lie between)."""


class CompositionParameters(Parameters):
    """The families of lists that are known to be complete."""

    families: tuple[Family, ...]


def run(facts: Facts, rule: Rule, parameters: CompositionParameters) -> Iterator[Outcome]:
    """Find runs of statements that belong to one family under a whole, and add them up."""
    told_all = [s for s in statements(facts) if s.amount is not None]
    for family in parameters.families:
        at = 0
        while at < len(told_all):
            run_ = _run(told_all, at, family)
            if len(run_) >= 2:
                whole = _whole(told_all, at, family)
                if whole is not None:
                    outcome = _sum(facts, rule, family, whole, run_, told_all)
                    if outcome is not None:
                        yield outcome
            at += max(len(run_), 1)


def _run(given: Sequence[Statement], at: int, family: Family) -> list[Statement]:
    """Statements in a row that belong to the family, each member once, in one section."""
    run_: list[Statement] = []
    for statement in given[at:]:
        if not belongs(statement, family) or statement.section[:2] != given[at].section[:2]:
            break
        repeated = any(other.subject == statement.subject for other in run_)
        if (repeated and family.members != ("经济",)) or statement.budgets:
            break
        if family.members == ("经济",) and (statement.paragraph, statement.sentence) != (
            given[at].paragraph,
            given[at].sentence,
        ):
            break
        if run_ and statement.paragraph > run_[-1].paragraph + 1:
            break
        run_.append(statement)
    return run_


def _whole(given: Sequence[Statement], at: int, family: Family) -> Statement | None:
    """The nearest amount before a list that is no part of a list itself and has the words of the family's whole."""
    first = given[at]
    for whole in reversed(given[max(0, at - REACH) : at]):
        if whole.section[:2] != first.section[:2] or whole.paragraph < first.paragraph - 1:
            return None
        nested = whole.among and (whole is not given[at - 1] or whole.subject not in family.whole)
        if nested or belongs(whole, family):
            continue
        return whole if any(word in whole.subject for word in family.whole) else None
    return None


def _sum(
    facts: Facts, rule: Rule, family: Family, whole: Statement, parts: Sequence[Statement], near: Sequence[Statement]
) -> Outcome | None:
    figures = [part.amount for part in parts if part.amount is not None]
    if whole.amount is None or not usable(whole.amount, *figures):
        return None
    total = Interval(ZERO, ZERO)
    for figure in figures:
        total += money(figure)
    exact, stated, unit = sum(map(value, figures), Decimal(0)), value(whole.amount), whole.amount.mention.unit
    verdict = Verdict.DISAGREE
    if exact == stated:
        verdict = Verdict.AGREE
    elif total.meets(money(whole.amount)):
        verdict = Verdict.TAIL
    elif exact < stated and len(parts) < (family.full or len(family.members)):
        verdict = Verdict.UNCLEAR  # a part that is zero or told elsewhere may be missing from the list
    elif any(narrowed(facts.document, part) for part in parts) or _explained(whole, parts, near, abs(exact - stated)):
        verdict = Verdict.UNCLEAR
    shown = format_number(exact / unit.factor if unit else exact) + (unit.name if unit else "")
    return told(
        rule, verdict, name_of(whole), (whole.amount, *figures), expected=shown,
        calculation="＋".join(figure.text for figure in figures) + f" ＝ {shown}，与 {whole.amount.text} 相差 "
        + format_number(abs(exact - stated) / unit.factor if unit else abs(exact - stated)) + (unit.name if unit else ""),
    )  # fmt: skip


def _explained(whole: Statement, parts: Sequence[Statement], near: Sequence[Statement], gap: Decimal) -> bool:
    """Whether one other amount of the passage is the gap (结转下年, a part told inside a part), or years are mixed."""
    if len({s.year for s in (whole, *parts) if s.year}) > 1:
        return True
    for other in near:
        inside = whole.paragraph <= other.paragraph <= parts[-1].paragraph and other.section == whole.section
        if not inside or other is whole or not other.amount or not whole.amount:
            continue
        alike = other.amount.mention.unit == whole.amount.mention.unit  # else the gap is a slip of the unit
        if alike and money(other.amount).low <= gap <= money(other.amount).high:
            return True
    return False


CHECK = Check("composition", CompositionParameters, run)
