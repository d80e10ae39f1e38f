"""Lists of the narrative: the statements in a row that belong to one family, and the amount they are parts of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.checks.families import Family, belongs
from assistant.checks.told import money, value
from assistant.claims import Figure, Statement
from assistant.quantities import ZERO, Interval, Unit
from assistant.terms import functional

REACH = 8
"""How many statements back the whole of a list may stand (lists by another key may lie between)."""

APART = frozenset({"三公经费", "基本支出", "公务用车"})
"""Families none of whose members lies within another."""


_SLACK = Decimal("0.05")
"""What rounding leaves of a sum of amounts in 万元, at most."""


def planned(statement: Statement) -> Statement | None:
    """A statement of nothing but one budget, as a statement of that amount: budgets are made up of budgets."""
    alone = statement.amount is None and len(statement.budgets) == 1 and not statement.executions
    if not alone or statement.budgets[0].lead.startswith(("上", "去")):
        return None
    return replace(statement, amount=statement.budgets[0], budgets=[])


def listed(given: Sequence[Statement], at: int, family: Family, families: Sequence[Family]) -> list[Statement]:
    """Statements in a row that belong to the family, each member once, in one section; what makes up a member is passed."""
    run_: list[Statement] = []
    for i in range(at, len(given)):
        statement = given[i]
        member = belongs(statement, family)
        if run_ and not member and family.name in APART and _within(statement, run_[-1], families):
            continue
        if not member or statement.section[:2] != given[at].section[:2]:
            break
        repeated = any(other.subject == statement.subject for other in run_)
        if (repeated and family.members != ("经济",)) or (statement.budgets and statement.role != "actual"):
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


def _within(statement: Statement, member: Statement, families: Sequence[Family]) -> bool:
    """Whether a statement tells a part of the member told just before (公务用车购置费 of 公务用车购置及运行费)."""
    return statement.among and any(
        belongs(statement, inner) and any(word in member.subject for word in inner.whole) for inner in families
    )


def whole_of(given: Sequence[Statement], at: int, family: Family) -> Statement | None:
    """The nearest amount before a list that is no part of a list itself and has the words of the family's whole."""
    first = given[at]
    for whole in reversed(given[max(0, at - REACH) : at]):
        if whole.section[:2] != first.section[:2] or whole.paragraph < first.paragraph - 1:
            return None
        nested = whole.among and (whole is not given[at - 1] or whole.subject not in family.whole)
        if nested or belongs(whole, family):
            continue
        other = any(word in whole.called for word in family.not_whole) or _of_its_own(whole, first, family)
        return whole if not other and any(word in whole.called for word in family.whole) else None
    return None


def _of_its_own(whole: Statement, first: Statement, family: Family) -> bool:
    """Whether a whole is one item of another list, and the list does not stand under it in its own paragraph.

    此外，基本支出 … 项目支出 … behind the items of a list by subject breaks down the money of all of them.
    """
    item = bool(functional().class_code(whole.subject)) or whole.subject in functional().codes
    return item and family.members != ("类",) and (whole.paragraph != first.paragraph or not first.among)


def odd_unit(parts: Sequence[Figure], whole: Figure) -> Figure | None:
    """The one part in another unit than its whole that, read in the unit of the whole, makes the parts add up to it."""
    unit = whole.mention.unit
    odd = [part for part in parts if part.mention.unit != unit]
    if len(odd) != 1 or len(parts) < 2 or unit is None:
        return None
    total = Interval(ZERO, ZERO)
    for part in parts:
        total += part.mention.quantity.rounded().scaled(unit.factor) if part is odd[0] else money(part)
    return odd[0] if odd[0].mention.quantity.value and total.meets(money(whole)) else None


def odd_among(figures: Sequence[Figure]) -> tuple[Figure, Unit, tuple[Figure, ...]] | None:
    """The one amount in another unit than all others, that unit, and the others, if with it the largest is the sum of the rest."""
    units = Counter(figure.mention.unit for figure in figures)
    odd = next((f for f in figures if f.mention.unit is not None and units[f.mention.unit] == 1), None)
    usual = next(
        (unit for unit, count in units.items() if unit is not None and (odd is None or unit != odd.mention.unit)), None
    )
    if odd is None or usual is None or len(units) != 2 or len(figures) < 3 or not odd.mention.quantity.value:
        return None
    *parts, whole = sorted(abs(figure.mention.quantity.value) for figure in figures)
    slack = sum((figure.mention.quantity.ulp() for figure in figures), Decimal(0)) / 2
    fits = abs(sum(parts, Decimal(0)) - whole) <= min(slack, _SLACK) and whole > 0
    return (odd, usual, tuple(figure for figure in figures if figure is not odd)) if fits else None


def wrong_first(wrong: Figure | None, figures: Sequence[Figure]) -> Sequence[Figure]:
    """The figures with the one in question first, where it is known."""
    return figures if wrong is None else (wrong, *(figure for figure in figures if figure is not wrong))


def partial(parts: Sequence[Statement], whole: Decimal) -> bool:
    """Whether each part tells its right share of the whole, and together these leave some of 100% to parts not told."""
    shares = [part.shares[0].mention.quantity.value for part in parts if part.shares and part.amount is not None]
    if len(shares) < len(parts) or sum(shares, ZERO) > 99 or whole <= 0:
        return False
    told_right = zip(parts, shares, strict=True)
    return all(p.amount is not None and abs(value(p.amount) / whole * 100 - share) <= 1 for p, share in told_right)
