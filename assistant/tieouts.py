"""Judging a tie-out (勾稽): exact values first, then the intervals that the printed digits stand for.

一致: the values are equal. 尾差: not equal, but the intervals meet (figures are rounded one by one). 无法判断: they meet
only if a figure that shows fewer digits than its table does was cut off by conversion. 不一致: nothing explains it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from assistant.findings import Ref, Term, Tie, Verdict
from assistant.quantities import HALF, ZERO, Interval, Quantity, Unit, format_number


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on a tie, the difference (left less right, in ``unit``) and the figures that may be cut off."""

    verdict: Verdict
    difference: Decimal
    unit: Unit | None
    decimals: int
    generous: bool = False
    cut: tuple[Ref, ...] = ()


def figure_of(ref: Ref) -> Quantity:
    """The figure of a reference. Raises ``ValueError`` where the cell shows none."""
    if ref.cell.figure is None:
        raise ValueError(f"no figure at {ref.name}")
    return ref.cell.figure


def common_unit(tie: Tie) -> tuple[Unit | None, bool]:
    """The unit to compare in, and whether the terms can be compared at all."""
    units = {term.ref.table.unit for term in tie.terms}
    tables = {term.ref.table.index for term in tie.terms}
    unit = tie.left[0].ref.table.unit
    if len(units) == 1:
        return unit, unit is not None or len(tables) == 1
    return unit, None not in units


def judge(tie: Tie) -> Judgement:
    """Judge a tie whose terms all show figures."""
    unit, comparable = common_unit(tie)
    decimals = max(_decimals(term.ref, unit) for term in tie.terms)
    if not comparable:
        return Judgement(Verdict.UNCLEAR, ZERO, unit, decimals)
    scale = {term.ref.key: _scale(term.ref, unit) for term in tie.terms}
    signed = [(term, 1) for term in tie.left] + [(term, -1) for term in tie.right]
    difference = sum((figure_of(t.ref).value * t.sign * side * scale[t.ref.key] for t, side in signed), ZERO)
    slack, unit_in_last_place = _slack(tie, scale)
    if tie.relation == "<=":
        holds = difference <= slack
    elif tie.relation == ">=":
        holds = difference >= -slack
    else:
        holds = abs(difference) <= slack
    if holds:
        exact = difference == 0 or tie.relation != "="
        count = len(tie.terms)
        # The error of a sum of n rounded figures has a standard deviation of sqrt(n/12) units in the last place.
        usual = unit_in_last_place * (1 + 2 * (Decimal(count) / 12).sqrt())
        verdict = Verdict.AGREE if exact else Verdict.TAIL
        return Judgement(verdict, difference, unit, decimals, generous=not exact and abs(difference) > usual)
    cut = tuple(term.ref for term in tie.terms if term.ref.cell.cut)
    if cut and any(_meets_as_prefix(signed, scale, tie, dots) for dots in _points_lost(cut)):
        return Judgement(Verdict.UNCLEAR, difference, unit, decimals, cut=cut)
    return Judgement(Verdict.DISAGREE, difference, unit, decimals)


def _decimals(ref: Ref, unit: Unit | None) -> int:
    """The decimals that a table's figures have when written in ``unit``: 2 in 万元 are none in 元."""
    own = ref.table.unit
    shift = unit.factor.adjusted() - own.factor.adjusted() if unit and own else 0
    return max(max(ref.table.decimals, figure_of(ref).decimals) + shift, 0)


def _scale(ref: Ref, unit: Unit | None) -> Decimal:
    table_unit = ref.table.unit
    return table_unit.factor / unit.factor if unit and table_unit else Decimal(1)


def _slack(tie: Tie, scale: dict[tuple[int, int, int], Decimal]) -> tuple[Decimal, Decimal]:
    """Half a last digit for every figure that is not zero, and once for all zeros together; and one last digit."""
    slack, zero, step = ZERO, ZERO, ZERO
    for term in tie.terms:
        figure = figure_of(term.ref)
        ulp = figure.ulp(max(figure.decimals, term.ref.table.decimals)) * scale[term.ref.key]
        step = max(step, ulp)
        if figure.value:
            slack += ulp * HALF
        elif figure.decimals:
            zero = max(zero, ulp * HALF)
    return slack + zero, step


def _points_lost(cut: tuple[Ref, ...]) -> Iterator[frozenset[tuple[int, int, int]]]:
    """Which figures may have lost their decimal point: none, or any of the first few that print none and are long enough."""
    whole = [ref.key for ref in cut if not figure_of(ref).decimals and abs(figure_of(ref).value) >= 100][:4]
    for count in range(len(whole) + 1):
        yield from (frozenset(keys) for keys in combinations(whole, count))


def _meets_as_prefix(
    signed: list[tuple[Term, int]],
    scale: dict[tuple[int, int, int], Decimal],
    tie: Tie,
    dots: frozenset[tuple[int, int, int]],
) -> bool:
    total = Interval(ZERO, ZERO)
    for term, side in signed:
        figure = figure_of(term.ref)
        interval = figure.rounded(term.ref.table.decimals)
        if term.ref.key in dots:
            interval = Quantity(figure.value.scaleb(-term.ref.table.decimals), term.ref.table.decimals).rounded()
        elif term.ref.cell.cut:
            prefix = figure.prefix()
            interval = Interval(min(interval.low, prefix.low), max(interval.high, prefix.high))
        interval = interval.scaled(scale[term.ref.key])
        total += interval if term.sign * side > 0 else -interval
    if tie.relation == "=":
        return total.low <= 0 <= total.high
    return total.low <= 0 if tie.relation == "<=" else total.high >= 0


def show(ref: Ref) -> str:
    """A figure as printed by us: grouping commas, its own decimals, its table's unit."""
    figure = figure_of(ref)
    return format_number(figure.value, figure.decimals)


def unit_name(unit: Unit | None) -> str:
    """The name of a unit for messages; nothing where the table prints none."""
    return unit.name if unit else ""


def amount(value: Decimal, judgement: Judgement) -> str:
    """A computed amount with the decimals and the unit of the comparison."""
    return format_number(value, judgement.decimals) + unit_name(judgement.unit)


def side_text(terms: tuple[Term, ...]) -> str:
    """One side of a tie written out: ``1.00＋2.00－0.50``."""
    parts = []
    for i, term in enumerate(terms):
        text = show(term.ref)
        sign = "－" if term.sign < 0 else "＋" if i else ""
        parts.append(sign + (f"({text})" if text.startswith("-") and i else text))
    return "".join(parts)


def side_value(terms: tuple[Term, ...], unit: Unit | None) -> Decimal:
    """The exact value of one side in ``unit``."""
    return sum((figure_of(term.ref).value * term.sign * _scale(term.ref, unit) for term in terms), ZERO)


def calculation(tie: Tie, judgement: Judgement) -> str:
    """The arithmetic of a tie as text, with the difference."""
    left, right = side_value(tie.left, judgement.unit), side_value(tie.right, judgement.unit)
    relation = {"=": "≠" if judgement.difference else "＝", "<=": "＞" if judgement.difference > 0 else "≤"}.get(
        tie.relation, "＜" if judgement.difference < 0 else "≥"
    )
    left_text, right_text = _side(tie.left, left, judgement), _side(tie.right, right, judgement)
    gap = f"，相差 {amount(abs(judgement.difference), judgement)}" if judgement.difference else ""
    return f"{left_text} {relation} {right_text}{gap}"


def _side(terms: tuple[Term, ...], value: Decimal, judgement: Judgement) -> str:
    if len(terms) == 1 and terms[0].sign > 0 and terms[0].ref.table.unit == judgement.unit:
        return show(terms[0].ref)
    units = {term.ref.table.unit for term in terms}
    own = unit_name(next(iter(units))) if len(units) == 1 and judgement.unit not in units else ""
    return f"{side_text(terms)}{own}＝{amount(value, judgement)}"
