"""Cells of a sheet to lines and grids; common to all spreadsheet formats."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, TypeAlias

from assistant.document import Origin, Problem
from assistant.reading.preamble import is_title
from assistant.reading.rows import filled, lay_out, separate
from assistant.reading.source import Piece, SourceBuilder

MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 130
APART: Final = 15
"""Empty lines between two sheets: no table runs from one to the next."""

Cells: TypeAlias = Mapping[int, Mapping[int, str]]
"""Row to column to text, both counted from 0."""

_UNNAMED = re.compile(r"(?:sheet|工作表|表)\s*\d*(?:\s*\(\d+\))?", re.IGNORECASE)


def add_sheet(builder: SourceBuilder, name: str, cells: Cells) -> None:
    """Add one sheet: its name where it does not print a title itself, then its rows."""
    numbers = sorted(row for row, texts in cells.items() if any(text.strip() for text in texts.values()))
    if len(numbers) > MOST_ROWS:
        builder.problems.append(Problem(f"工作表“{name}”超过 {MOST_ROWS:,} 行，其余行没有读取；请确认是否为公开表"))
        numbers = numbers[:MOST_ROWS]
    widest = max((max(cells[row]) + 1 for row in numbers), default=0)
    if widest > MOST_COLUMNS:
        builder.problems.append(Problem(f"工作表“{name}”超过 {MOST_COLUMNS} 列，其余列没有读取；请确认是否为公开表"))
    width = min(widest, MOST_COLUMNS)
    rows: list[list[Piece]] = []
    for number in numbers:
        rows.append([_piece(name, number, column, cells[number].get(column, "")) for column in range(width)])
    rows = [row for row in rows if filled(row)]
    if not rows:
        return
    if builder.lines:
        builder.lines += [""] * APART
        builder.origins += [()] * APART
    titled = any(len(found := filled(row)) == 1 and is_title(found[0].text) for row in rows[:6])
    if not titled and not _UNNAMED.fullmatch(name.strip()):
        builder.line(name, (Origin(0, len(name), anchor=name),))
        separate(builder)
    lay_out(builder, rows)


def letters(column: int) -> str:
    """The name of a column counted from 0: A, B … Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(0x41 + rest) + name
    return name


def _piece(sheet: str, row: int, column: int, text: str) -> Piece:
    if not text.strip():
        return Piece("")
    return Piece(text, (Origin(0, len(text), anchor=f"{sheet}!{letters(column)}{row + 1}"),))
