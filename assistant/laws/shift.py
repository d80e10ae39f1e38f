"""错行 (law shift): columns of a table whose amounts slipped against their labels, seen against a sister table or by their own sums.

Any table with subject codes is looked at, whatever its role. A sister is another table that lists the same subjects; of two
that disagree the one whose own sums do not hold has slipped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.document import Document, Side, Table
from assistant.findings import Key
from assistant.laws.realign import (
    FEWEST,
    FEWEST_SUMS,
    Piece,
    Sums,
    Values,
    broken_sums,
    put_back,
    realign,
    sums_of_codes,
)

_WHOLE = frozenset({"小计", "合计", "本年支出合计", "本年收入合计", "支出合计", "收入合计", "决算数", "预算数"})
"""Columns that hold the whole of a row: in tables of one body they tell the same amount under different heads."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """One column of one side of a table, row by row."""

    table: Table
    side: Side
    column: int

    @property
    def name(self) -> str:
        """The column's canonical name, one for all columns that hold the whole of a row."""
        key = self.side.columns[self.column].name
        return "合计" if key in _WHOLE or self.column == 0 else key

    @property
    def values(self) -> list[Decimal | None]:
        """The amounts, ``None`` where nothing is printed."""
        figures = [row.cells[self.column].figure for row in self.side.rows]
        return [figure.value if figure is not None else None for figure in figures]

    @property
    def labels(self) -> list[str]:
        """What names each row in other tables too."""
        return [row.code or row.key for row in self.side.rows]

    @property
    def sums(self) -> Sums:
        """Which rows should be sums of which."""
        rows = self.side.rows
        return sums_of_codes([row.code for row in rows], [row.key == "合计" and not row.code for row in rows])

    def shown_by(self, other: Amounts) -> list[Decimal | None]:
        """What ``other`` shows for the rows of this column, in this table's unit; nothing for a row it does not list exactly once."""
        counts = Counter(other.labels)
        known = {
            label: value
            for label, value in zip(other.labels, other.values, strict=True)
            if label and counts[label] == 1
        }
        mine, its = self.table.unit, other.table.unit
        if mine and its and mine != its:
            known = {label: value and value * its.factor / mine.factor for label, value in known.items()}
        return [known.get(label) for label in self.labels]


@dataclass(frozen=True, slots=True)
class Slip:
    """Columns of a table in which the same pieces slipped; ``right`` is the first column with every amount in its place.

    ``sister`` is the list that showed it, ``None`` where the table's own sums did; ``whole`` says that every column of the
    table slipped alike.
    """

    columns: tuple[Amounts, ...]
    pieces: tuple[Piece, ...]
    right: tuple[Decimal | None, ...]
    sister: Amounts | None
    whole: bool

    @property
    def first(self) -> Amounts:
        """The first of the columns."""
        return self.columns[0]

    @property
    def moved(self) -> frozenset[Key]:
        """The places of the amounts that stand in another row than their own."""
        values = self.first.values
        return self._places(i for i, right in enumerate(self.right) if values[i] != right)

    @property
    def doubted(self) -> frozenset[Key]:
        """The places of all amounts of the columns: which row the others belong to is not certain either."""
        return self._places(range(len(self.right)))

    def _places(self, rows: Iterable[int]) -> frozenset[Key]:
        cells = [self.first.side.rows[i].cells[column.column] for i in rows for column in self.columns]
        return frozenset((self.first.table.index, cell.span.line, cell.span.start) for cell in cells)


def find_slips(document: Document) -> tuple[Slip, ...]:
    """All tables of a document in which amounts slipped, each once."""
    lists = [amounts for table in document.tables for amounts in _lists(table)]
    slips: list[Slip] = []
    for table in document.tables:
        mine = [amounts for amounts in lists if amounts.table is table]
        if mine:
            slips += _slips(mine, [other for other in lists if other.table is not table])
    return tuple(slips)


def lists_subjects(side: Side) -> bool:
    """Whether a side lists enough subjects by their codes to be looked at."""
    return sum(1 for row in side.rows if row.code) >= FEWEST


def _lists(table: Table) -> Iterator[Amounts]:
    for side in table.sides:
        if lists_subjects(side):
            yield from (Amounts(table, side, column) for column in range(len(side.columns)))


def _slips(columns: Sequence[Amounts], others: Sequence[Amounts]) -> Iterator[Slip]:
    """The first column that slipped, with those that slipped alike."""
    sisters = {id(column): _sisters(column, others) for column in columns}
    found = [(column, *_moved(column, [*sisters[id(column)], *_across(column, columns)])) for column in columns]
    slipped = [item for item in found if item[1]]
    while slipped:
        first, pieces, wanted = slipped[0]
        alike = [c for c in columns if c is first or (c.side is first.side and _alike(c, pieces, sisters[id(c)]))]
        yield _slip(alike, pieces, wanted)
        slipped = [item for item in slipped if item[0] not in alike]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What speaks for other amounts than the printed ones: a sister table, or the other columns of the same row."""

    values: Values
    sister: Amounts | None
    broken: int


def _sisters(column: Amounts, others: Iterable[Amounts]) -> list[_Wanted]:
    """The same column in other tables, those that list most of the rows first."""
    found = []
    for other in others:
        if other.name == column.name:
            values = column.shown_by(other)
            if sum(1 for value in values if value) >= FEWEST:
                found.append(_Wanted(values, other, broken_sums(other.values, other.sums)))
    return sorted(found, key=lambda wanted: -sum(1 for value in wanted.values if value))


def _across(column: Amounts, columns: Sequence[Amounts]) -> Iterator[_Wanted]:
    """What the other columns of each row leave for this one, by the sums that columns may make."""
    of_side = {other.name: other for other in columns if other.side is column.side}
    for whole, parts in _row_sums(of_side):
        if column.name == whole or column.name in parts:
            names = [whole, *parts]
            broken = max(broken_sums(of_side[name].values, column.sums) for name in names if name != column.name)
            total, given = of_side[whole].values, [of_side[name].values for name in parts]
            sums = [sum((value or Decimal(0) for value in row), Decimal(0)) for row in zip(*given, strict=True)]
            if column.name == whole:
                values = [amount or None for amount in sums]
            else:
                values = [
                    (one or Decimal(0)) - amount + (own or Decimal(0)) or None
                    for one, amount, own in zip(total, sums, column.values, strict=True)
                ]
            yield _Wanted(values, None, broken)


def _row_sums(columns: Mapping[str, Amounts]) -> Iterator[tuple[str, list[str]]]:
    """The sums across a row that a table may hold, as the names of its columns."""
    nested = [name for name in ("人员经费", "公用经费") if name in columns]
    if "合计" in columns:
        others = [name for name in columns if name not in ("合计", *nested)]
        yield from (("合计", parts) for parts in (others, nested) if parts)
    if "基本支出" in columns and nested:
        yield "基本支出", nested


def _moved(column: Amounts, witnesses: Iterable[_Wanted]) -> tuple[tuple[Piece, ...], _Wanted]:
    """How a column slipped, and what shows it: a witness, or else the column's own sums."""
    values, sums = column.values, column.sums
    alone = _Wanted([None] * len(values), None, 0)
    broken = broken_sums(values, sums) if any(values) else 0
    if not broken:
        return (), alone
    for witness in witnesses:
        # Of two lists that disagree like this, the one whose own sums do not hold is the one that slipped.
        if broken > witness.broken and (pieces := realign(values, witness.values, sums)):
            return pieces, witness
    pieces = realign(values, alone.values, sums) if broken >= FEWEST_SUMS else ()
    right = put_back(values, pieces)
    lost = {i for i, value in enumerate(right) if value is None and values[i] is not None}
    after = broken_sums(right, [(total, parts) for total, parts in sums if not lost & {total, *parts}])
    return (pieces if after <= len(pieces) and after * 2 < broken else ()), alone


def _alike(column: Amounts, pieces: tuple[Piece, ...], sisters: Sequence[_Wanted]) -> bool:
    """Whether a column is explained at least as well with these pieces as it is printed; blank columns are."""
    values, sums = column.values, column.sums
    right = put_back(values, pieces)
    if broken_sums(right, sums) > broken_sums(values, sums):
        return False
    return not sisters or _equal(right, sisters[0].values) >= _equal(values, sisters[0].values)


def _equal(values: Values, wanted: Values) -> int:
    return sum(1 for one, other in zip(values, wanted, strict=True) if one and one == other)


def _slip(columns: list[Amounts], pieces: tuple[Piece, ...], wanted: _Wanted) -> Slip:
    first = columns[0]
    right = put_back(first.values, pieces)
    # What moving cannot bring back, the witness knows.
    right = [a if a is not None else b for a, b in zip(right, wanted.values, strict=True)]
    whole = len(columns) == len(first.side.columns)
    return Slip(tuple(columns), pieces, tuple(right), wanted.sister, whole)
