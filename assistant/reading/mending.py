"""Numbers that conversion split over two cells (“1,2” and “34.56”), put together again where that is certain.

A row with one cell more than the others, or a piece that is no whole number by itself (“1,” · “.56” · “1,2”), shows that a number
was split. Where only an amount of another form than nearly all others hints at it, the pieces are marked as unreadable.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.document import Cell, CellState
from assistant.quantities import parse_number
from assistant.reading.grid import Block, RawRow

_PIECE = re.compile(r"-?\d[\d,]*(?:\.\d*)?")
_BROKEN_HEAD = re.compile(r".*[,.]|-?\d{1,3}(?:,\d{3})*,\d{1,2}")
_BROKEN_TAIL = re.compile(r"[,.].*|0\d.*|\d{1,2},\d{1,2}(?:,.*)?")
_DECIMAL_COMMA = re.compile(r"-?\d{1,3}(?:,\d{3})*,\d{2}")
_LEAST = 8
"""Amounts of one form that a block must show before one of another form looks like a piece."""


@dataclass(frozen=True, slots=True)
class _Form:
    """How the amounts of a block are printed: their decimals (0: with grouping commas), and the columns that show them."""

    decimals: int
    whole: re.Pattern[str]
    columns: frozenset[int]
    sure: bool


def mended(block: Block) -> Block:
    """The block with split numbers joined or, where they might be split, made unreadable."""
    form = _form(block.rows)
    if form is None:
        return block
    if form.decimals == 3 and form.sure:
        block = replace(block, rows=tuple(tuple(_pointed(cell) for cell in row) for row in block.rows))
    width = Counter(len(row) for row in block.rows).most_common(1)[0][0]
    rows = tuple(_mended(row, form, longer=len(row) == width + 1) for row in block.rows)
    return block if all(new is old for new, old in zip(rows, block.rows, strict=True)) else replace(block, rows=rows)


def _form(rows: Sequence[RawRow]) -> _Form | None:
    shown: Counter[int] = Counter()
    for row in rows:
        shown.update(cell.figure.decimals for cell in row if cell.figure is not None and _is_amount(cell.text))
    if not shown:
        return None
    decimals, usual = shown.most_common(1)[0]
    if usual < _LEAST or usual * 2 < shown.total():
        return None
    columns = _columns(rows, decimals)
    sure = usual * 10 >= shown.total() * 9
    fraction = rf"-?(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,20}})\.\d{{{decimals}}}" if decimals else r"-?\d{1,3}(?:,\d{3})+"
    return _Form(decimals, re.compile(fraction), columns, sure)


def _is_amount(text: str) -> bool:
    return "." in text or "," in text


def _columns(rows: Sequence[RawRow], decimals: int) -> frozenset[int]:
    """The columns that show amounts of this form, and nothing else but few."""
    shown: Counter[int] = Counter()
    exact: Counter[int] = Counter()
    for row in rows:
        for i, cell in enumerate(row):
            if cell.figure is not None and cell.figure.value:
                shown[i] += 1
                exact[i] += cell.figure.decimals == decimals and _is_amount(cell.text)
    return frozenset(i for i, count in shown.items() if exact[i] * 2 >= count)


def _mended(row: RawRow, form: _Form, *, longer: bool) -> RawRow:
    beside = [i for i in range(len(row) - 1) if i in form.columns or row[i + 1].text[:1] in (".", ",")]
    pairs = [i for i in beside if _could_be_one(row[i], row[i + 1], form)]
    broken = [i for i in pairs if _broken(row[i].text, row[i + 1].text, form)]
    chosen = broken or pairs
    if len(chosen) != 1:
        return row
    mistaken = bool(broken) and _DECIMAL_COMMA.fullmatch(row[chosen[0]].text) is not None
    if mistaken and form.whole.fullmatch(
        row[chosen[0] + 1].text
    ):  # “1,23” “4.56”: also two amounts, one with a comma for its point
        return tuple(_unreadable(cell) if i in (chosen[0], chosen[0] + 1) else cell for i, cell in enumerate(row))
    if not broken and not longer:
        doubtful = {chosen[0], chosen[0] + 1} if form.sure else set()
        return tuple(_unreadable(cell) if i in doubtful else cell for i, cell in enumerate(row)) if doubtful else row
    at = chosen[0]
    first, second = row[at], row[at + 1]
    text = first.text + second.text
    whole = Cell(text, replace(first.span, end=second.span.end), CellState.NUMBER, parse_number(text))
    rest = row[at + 2 :] if longer else (Cell("", second.span, CellState.BLANK), *row[at + 2 :])
    return (*row[:at], whole, *rest)


def _pointed(cell: Cell) -> Cell:
    """The cell; unreadable where its one comma may be the point: 5,940 among amounts like 5.940."""
    return _unreadable(cell) if re.fullmatch(r"-?\d{1,3},\d{3}", cell.text) else cell


def _unreadable(cell: Cell) -> Cell:
    return replace(cell, state=CellState.TEXT, figure=None)


def _could_be_one(first: Cell, second: Cell, form: _Form) -> bool:
    if not first.text or not second.text or first.span.line != second.span.line:
        return False
    if first.text == "0" and second.text[0] not in ".,":
        return False
    return _PIECE.fullmatch(first.text) is not None and form.whole.fullmatch(first.text + second.text) is not None


def _broken(first: str, second: str, form: _Form) -> bool:
    """Whether one of the two is no whole number, or the second can only be the last decimals of the first."""
    last = "." in first and len(second) == form.decimals - len(first.partition(".")[2])
    return last or _BROKEN_HEAD.fullmatch(first) is not None or _BROKEN_TAIL.fullmatch(second) is not None
