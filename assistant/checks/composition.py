"""构成: the parts told under 其中 must add up to their whole, for lists whose members leave nothing out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.checks.base import Check, Parameters
from assistant.checks.families import Family
from assistant.checks.lists import APART, listed, odd_unit, partial, planned, whole_of, wrong_first
from assistant.checks.told import money, name_of, statements, told, usable, value
from assistant.claims import Statement
from assistant.document import Kind
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.language.plain import narrowed
from assistant.quantities import ZERO, Interval, format_number
from assistant.rules import Rule
from assistant.text import normalise


class CompositionParameters(Parameters):
    """The families of lists that are known to be complete."""

    families: tuple[Family, ...]


def run(facts: Facts, rule: Rule, parameters: CompositionParameters) -> Iterator[Outcome]:
    """Find runs of statements that belong to one family under a whole, and add them up."""
    told_ = [statement for statement in statements(facts) if not _contained(facts, statement)]
    amounts = [s for s in told_ if s.amount is not None]
    budgets = [s for s in map(planned, told_) if s is not None]
    if facts.document.kind is Kind.BUDGET:  # every amount is a budget, whether the sentence says so or not
        amounts = [s for s in (planned(s) or s for s in told_) if s.amount is not None]
        budgets = []
    for family in parameters.families:
        for given in (amounts, budgets):
            yield from _lists(facts, rule, family, given, parameters.families)


def _contained(facts: Facts, statement: Statement) -> bool:
    """Whether a statement stands in a bracket that begins with 含 (含上年结转 5 万元): no part of the list around it."""
    text = normalise(facts.document.paragraphs[statement.paragraph].text)
    inside = text[text.rfind("(", 0, statement.start) + 1 : statement.start]
    return inside.lstrip().startswith("含") and ")" not in inside


def _lists(
    facts: Facts, rule: Rule, family: Family, given: Sequence[Statement], families: Sequence[Family]
) -> Iterator[Outcome]:
    at = 0
    while at < len(given):
        run_ = listed(given, at, family, families)
        if len(run_) >= 2:
            whole = whole_of(given, at, family)
            outcome = _sum(facts, rule, family, whole, run_, given) if whole is not None else None
            if outcome is not None:
                yield outcome
        at += max(len(run_), 1)


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
    verdict, odd = Verdict.DISAGREE, odd_unit(figures, whole.amount)
    if any(part.budgets for part in parts) and whole.role != "actual":
        verdict = Verdict.UNCLEAR  # spent amounts, but a planned whole
    elif exact == stated:
        verdict = Verdict.AGREE
    elif total.meets(money(whole.amount)):
        verdict = Verdict.TAIL
    elif exact < stated and not odd and len(parts) < (family.full or len(family.members)):
        verdict = Verdict.UNCLEAR  # a part that is zero or told elsewhere may be missing from the list
    elif exact < stated and partial(parts, stated):
        verdict = Verdict.UNCLEAR  # the shares told say themselves that the list does not make up the whole
    elif not odd and (
        any(narrowed(facts.document, part, whole) for part in parts)
        or _explained(
            whole, parts, [s for s in near if not (_all_apart(family, parts) and s in parts)], abs(exact - stated)
        )
    ):
        verdict = Verdict.UNCLEAR
    shown = format_number(exact / unit.factor if unit else exact) + (unit.name if unit else "")
    return told(
        rule, verdict, f"“{whole.called}”" if whole.subject else name_of(whole), wrong_first(odd, (whole.amount, *figures)),
        stated=whole.amount.text, expected=shown,
        calculation="＋".join(figure.text for figure in figures) + f" ＝ {shown}，与 {whole.amount.text} 相差 "
        + format_number(abs(exact - stated) / unit.factor if unit else abs(exact - stated)) + (unit.name if unit else ""),
        detail=f"其中 {odd.text} 的单位疑有误" if odd and verdict is Verdict.DISAGREE else "",
    )  # fmt: skip


def _all_apart(family: Family, parts: Sequence[Statement]) -> bool:
    """Whether the list tells all of a family of which no member is within another: none of them then explains a gap."""
    return 0 < family.full == len(parts) and family.name in APART


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
