"""Rows of a table in a file to grids and lines: what people put into a table's first and last rows is no row of it.

Tables copied from a spreadsheet carry their title, unit and notes in rows of their own; a sheet may hold several tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from assistant.reading.preamble import heads_table, is_note, is_title
from assistant.reading.source import Piece, SourceBuilder

Row: TypeAlias = Sequence[Piece]

_LEADING = 6
_LONG = 60
_REMARK = re.compile(r"\s*(?:[（(][^（）()]*[)）]\s*)*$")
"""What may stand behind a title in brackets: （功能科目）, (公开)."""


def lay_out(builder: SourceBuilder, rows: Sequence[Row]) -> None:
    """Add the rows of a table: headings over it and notes under it become lines, a title between rows begins a new table."""
    for part in _parts(rows):
        first, last = _body(part)
        for row in part[:first]:
            _lines(builder, row)
        if first < last:
            separate(builder)
            builder.grid(part[first:last])
        for row in part[last:]:
            _lines(builder, row)
    separate(builder)


def separate(builder: SourceBuilder) -> None:
    """End a paragraph: an empty line, unless there is one already."""
    if builder.lines and builder.lines[-1].strip():
        builder.line("")


def filled(row: Row) -> list[Piece]:
    """The pieces of a row that say something."""
    return [piece for piece in row if piece.text.strip()]


def _parts(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    begin, seen = 0, False
    for number, row in enumerate(rows):
        pieces = filled(row)
        if seen and len(pieces) == 1 and is_title(pieces[0].text) and _REMARK.sub("", pieces[0].text).endswith("表"):
            yield rows[begin:number]
            begin, seen = number, False
        seen = seen or len(pieces) > 2
    yield rows[begin:]


def _body(rows: Sequence[Row]) -> tuple[int, int]:
    """Where the table itself begins and ends among its rows."""
    first, last = 0, len(rows)
    for row in rows[:_LEADING]:
        if not heads_table([piece.text for piece in filled(row)]):
            break
        first += 1
    while last > first:
        pieces = filled(rows[last - 1])
        if len(pieces) > 1 or (pieces and not _is_remark(pieces[0].text)):
            break
        last -= 1
    if all(len(filled(row)) < 2 for row in rows[first:last]):
        return len(rows), len(rows)  # a frame around text
    return first, last


def _lines(builder: SourceBuilder, row: Row) -> None:
    for piece in filled(row):
        separate(builder)
        builder.line(piece.text, piece.origins)


def _is_remark(text: str) -> bool:
    return is_note(text) or (len(text) > _LONG and text.rstrip().endswith("。"))
