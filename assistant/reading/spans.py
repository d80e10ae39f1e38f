"""Cells that span rows and columns, put into a plain grid: the text in the first place, the others empty."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from assistant.reading.source import Piece

MOST_COLUMNS: Final = 130
MOST_ROWS: Final = 5_000


class Spanning(NamedTuple):
    """A cell of a row as the file lists it."""

    piece: Piece
    rows: int = 1
    columns: int = 1


def to_grid(rows: Iterable[Sequence[Spanning]]) -> list[list[Piece]]:
    """The rows of a table with every cell in its own column."""
    grid: list[list[Piece]] = []
    taken: dict[int, int] = {}  # column: the rows for which a cell from above still stands in it
    for row in rows:
        line: list[Piece] = []
        below: dict[int, int] = {}
        for cell in row:
            while taken.get(len(line), 0):
                line.append(Piece(""))
            start, width = len(line), max(min(cell.columns, MOST_COLUMNS - len(line)), 1)
            if start >= MOST_COLUMNS:
                break
            line += [cell.piece, *[Piece("")] * (width - 1)]
            if cell.rows > 1:
                below |= dict.fromkeys(range(start, start + width), min(cell.rows, MOST_ROWS) - 1)
        while taken.get(len(line), 0):
            line.append(Piece(""))
        taken = {column: left - 1 for column, left in taken.items() if left > 1} | below
        grid.append(line)
    width = max((len(line) for line in grid), default=0)
    return [[*line, *[Piece("")] * (width - len(line))] for line in grid]
