"""错行: amounts that slipped against their labels, found by holding a table against one that should agree with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.checks.base import Check, Parameters, ref_evidence
from assistant.document import Row, Side, Table
from assistant.facts import Facts, NotApplicableError, find_column, find_side, ref_at
from assistant.findings import Outcome, Verdict
from assistant.quantities import format_number
from assistant.rules import Rule

FEWEST = 4
"""Rows that must fall into place after moving, with at least three different amounts: fewer could be chance."""


class ShiftPair(Parameters):
    """The table to look at and the table with the same subjects to hold it against, with the column to compare."""

    table: str
    column: str
    against: str
    against_column: str


class ShiftParameters(Parameters):
    """The pairs and how many rows amounts may have slipped."""

    pairs: tuple[ShiftPair, ...]
    reach: int = 3


@dataclass(frozen=True, slots=True)
class Shift:
    """Rows ``first``…``last`` hold the amounts that belong ``by`` rows higher (negative: lower)."""

    first: int
    last: int
    by: int
    matched: int


def run(facts: Facts, rule: Rule, parameters: ShiftParameters) -> Iterator[Outcome]:
    """Look for one run of rows in each table that agrees with its counterpart only after moving it."""
    found: set[int] = set()
    alone: dict[int, tuple[Table, Side, int]] = {}
    reasons: list[str] = []
    for pair in parameters.pairs:
        try:
            table = facts.table(pair.table)
            side = find_side(table, "")
            column = find_column(table, side, pair.column)
            alone.setdefault(table.index, (table, side, column))
            against = facts.table(pair.against)
            other = find_side(against, "")
            expected_column = find_column(against, other, pair.against_column)
        except NotApplicableError as error:
            reasons.append(str(error))
            continue
        if table.index in found:
            continue
        values, wanted = _values(side, column), _expected(side, other, expected_column)
        shift = find_shift(values, wanted, parameters.reach)
        # Of two tables that disagree like this, the one whose own subject sums do not hold is the one that slipped.
        if shift is not None and broken_sums(side, values) > broken_sums(other, _values(other, expected_column)):
            found.add(table.index)
            shift = to_the_end(side, values, shift)
            yield _outcome(rule, table, side, column, shift, wanted)
    for index, (table, side, column) in alone.items():
        own = own_shift(side, _values(side, column), parameters.reach) if index not in found else None
        if own is not None:
            yield _outcome(rule, table, side, column, own, [None] * len(side.rows))
    if not alone:
        raise NotApplicableError("；".join(dict.fromkeys(reasons)))


def broken_sums(side: Side, values: list[Decimal | None]) -> int:
    """How many 类 and 款 of a list do not equal the rows below them."""
    sums: dict[str, Decimal] = {}
    for row, value in zip(side.rows, values, strict=True):
        if len(row.code) > 3 and value is not None:
            sums[row.code[:-2]] = sums.get(row.code[:-2], Decimal(0)) + value
    shown = {row.code: value for row, value in zip(side.rows, values, strict=True) if row.code and value is not None}
    # A few hundredths are rounding; what matters here is sums that are plainly others.
    return sum(1 for code, total in sums.items() if code in shown and abs(shown[code] - total) > Decimal("0.05"))


def _values(side: Side, column: int) -> list[Decimal | None]:
    return [cell.figure.value if (cell := row.cells[column]).figure is not None else None for row in side.rows]


def _expected(side: Side, other: Side, column: int) -> list[Decimal | None]:
    counts = Counter(row.code or row.key for row in other.rows)
    values = {row.code or row.key: row.cells[column].figure for row in other.rows if counts[row.code or row.key] == 1}
    figures = [values.get(row.code or row.key) if row.code or row.key else None for row in side.rows]
    return [figure.value if figure is not None else None for figure in figures]


def find_shift(values: list[Decimal | None], wanted: list[Decimal | None], reach: int) -> Shift | None:
    """The longest run of rows whose amounts match only when moved by the same number of rows; ``None`` if there is none."""
    best: Shift | None = None
    count = len(values)
    for by in [step for size in range(1, reach + 1) for step in (size, -size)]:
        hits = [
            0 <= i + by < count and values[i + by] is not None and values[i + by] == wanted[i] for i in range(count)
        ]
        start = 0
        while start < count:
            if not hits[start]:
                start += 1
                continue
            end = start
            while end + 1 < count and (
                hits[end + 1] or (end + 2 < count and wanted[end + 1] is None and hits[end + 2])
            ):
                end += 1
            rows = range(start, end + 1)
            moved = sum(1 for i in rows if hits[i])
            wrong = sum(1 for i in rows if hits[i] and values[i] != wanted[i])
            different = len({wanted[i] for i in rows if hits[i] and values[i] != wanted[i]})
            if (
                moved >= FEWEST
                and wrong >= 3
                and different >= 3
                and wrong * 2 >= moved
                and (best is None or moved > best.matched)
            ):
                best = Shift(start, end, by, moved)
            start = end + 1
    return best


def own_shift(side: Side, values: list[Decimal | None], reach: int) -> Shift | None:
    """A shift seen without any other table: nearly no subject sum holds, and nearly all do once the rest is moved."""
    before, count = broken_sums(side, values), len(values)
    if before < FEWEST or count > 500 or len({value for value in values if value}) < FEWEST:
        return None
    sums = sum(
        1 for row in side.rows if row.code and any(other.code[:-2] == row.code for other in side.rows if other.code)
    )
    if before * 2 < sums:
        return None
    for by in [step for size in range(1, reach + 1) for step in (size, -size)]:
        for first in range(min(count, 12)):
            if broken_sums(side, _moved(values, first, by)) <= 1:
                return Shift(first, count - 1 - max(by, 0), by, before)
    return None


def _moved(values: list[Decimal | None], first: int, by: int) -> list[Decimal | None]:
    count = len(values)
    return [value if i < first else values[i + by] if 0 <= i + by < count else None for i, value in enumerate(values)]


def to_the_end(side: Side, values: list[Decimal | None], shift: Shift) -> Shift:
    """Extend a shift to the last row where the subject sums then hold (but for the one that lost its last row).

    The counterpart may differ lower down for good reasons (other sources of money); the table's own sums do not.
    """
    count = len(values)
    if shift.last < count - 1 and broken_sums(side, _moved(values, shift.first, shift.by)) <= 1:
        return Shift(shift.first, count - 1 - max(shift.by, 0), shift.by, shift.matched)
    return shift


def _outcome(rule: Rule, table: Table, side: Side, column: int, shift: Shift, wanted: list[Decimal | None]) -> Outcome:
    rows = side.rows[shift.first : shift.last + 1]
    values = _values(side, column)
    expected = wanted
    wanted = [values[i + shift.by] if shift.first <= i <= shift.last else wanted[i] for i in range(len(values))]
    wrong = [i for i in range(shift.first, shift.last + 1) if values[i] != wanted[i]]
    direction = "下" if shift.by > 0 else "上"
    lines = [
        f"{_name(side.rows[i])}：表列 {_shown(side.rows[i], column)}，应为 {_number(wanted[i], table)}" for i in wrong
    ]
    ends = [ref_at(table, side, side.rows[i], column) for i in (wrong[0], wrong[-1])] if wrong else []
    affected = frozenset(row.span.line for row in side.rows[shift.first : shift.last + 1 + max(shift.by, 0)])
    reaches_end = shift.by > 0 and shift.last + shift.by == len(values) - 1
    lost = expected[len(values) - shift.by :] if reaches_end else []
    lost_text = "、".join(_number(value, table) for value in lost if value is not None)
    return Outcome(
        rule=rule.code,
        verdict=Verdict.DISAGREE,
        subject=f"{table.name}自“{_name(rows[0])}”至“{_name(rows[-1])}”",
        detail=f"金额整体{direction}移 {abs(shift.by)} 行" + (f"，末尾的 {lost_text} 丢失" if lost_text else ""),
        stated="；".join(f"{_name(side.rows[i])} {_shown(side.rows[i], column)}" for i in wrong[:3])
        + ("…" if len(wrong) > 3 else ""),
        expected="；".join(f"{_name(side.rows[i])} {_number(wanted[i], table)}" for i in wrong[:3])
        + ("…" if len(wrong) > 3 else ""),
        calculation="；".join(lines),
        evidence=tuple(ref_evidence(ref) for ref in ends),
        covers=affected,
    )


def _name(row: Row) -> str:
    return row.name


def _shown(row: Row, column: int) -> str:
    figure = row.cells[column].figure
    return format_number(figure.value, figure.decimals) if figure is not None else "空白"


def _number(value: Decimal | None, table: Table) -> str:
    return format_number(value, table.decimals) if value is not None else "空白"


CHECK = Check("shift", ShiftParameters, run)
