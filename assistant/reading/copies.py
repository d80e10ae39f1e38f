"""Tables that a report prints twice (in the text and in its annex, in the 说明 and in the 公开表): one is used, the other is held against it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.document import Cell, Column, Row, Table
from assistant.quantities import Quantity
from assistant.text import squeeze

FEWEST = 3
"""Different amounts other than nought that two tables must share before one can be a copy of the other."""

SHARE = Decimal("0.7")
"""How much of what two tables both list must be equal, and how much of the larger one the other must list."""

Place = tuple[str, str, int, str]
"""Side, row, which of the rows of that name, column."""

Filled = tuple[Row, Column, Cell]


def without_copies(tables: Sequence[Table]) -> tuple[list[Table], tuple[tuple[Table, Table], ...]]:
    """The tables without those that repeat an earlier one, and each such copy with the table it repeats.

    Tables of one name that mostly differ are no copies: they are those of several bodies.
    """
    kept: list[Table] = []
    copies: list[tuple[Table, Table]] = []
    for table in tables:
        name = table.role or squeeze(table.title)
        same = [other for other in kept if name and name == (other.role or squeeze(other.title))]
        original = next((other for other in same if repeats(table, other)), None)
        if original is None:
            kept.append(table)
        else:
            copies.append((table, original))
    return kept, tuple(copies)


def repeats(one: Table, other: Table) -> bool:
    """Whether two tables list the same rows with, but for a few slips, the same amounts."""
    mine, its = dict(amounts(one)), dict(amounts(other))
    both = mine.keys() & its.keys()
    equal = [place for place in both if _worth(one, mine[place]) == _worth(other, its[place])]
    telling = {_worth(one, mine[place]) for place in equal} - {Decimal(0)}
    larger = max(len(mine), len(its))
    return len(telling) >= FEWEST and len(both) >= larger * SHARE and len(equal) >= len(both) * SHARE


def amounts(table: Table) -> Iterator[tuple[Place, Filled]]:
    """The amounts of a table by the names of their row and column."""
    for side in table.sides:
        seen: Counter[str] = Counter()
        for row in side.rows:
            name = row.code or row.key or squeeze(row.label)
            seen[name] += 1
            for column, cell in zip(side.columns, row.cells, strict=True):
                if cell.figure is not None:
                    yield (side.name, name, seen[name], column.name), (row, column, cell)


def _worth(table: Table, filled: Filled) -> Decimal:
    """An amount in 元, or as printed where the table names no unit."""
    figure = filled[2].figure
    assert isinstance(figure, Quantity)
    return figure.value * (table.unit.factor if table.unit else 1)
