"""What continues what: whether a grid is the next piece of the table above it, and how its rows stand under that table's columns.

Works on grids alone, so that the pieces of every format are joined by the same reasons. A piece belongs to the table before it
unless something says otherwise: words between, a title or a header of its own, columns that do not fit.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from assistant.document import Cell, CellState, Span
from assistant.reading.grid import RawRow
from assistant.reading.header import Header, Holds, column_numbers, is_data_row, take_apart
from assistant.reading.preamble import heads_table, is_note, is_title, strip_title
from assistant.terms import column_words, economic, functional, row_words, same_words, total_names
from assistant.text import has_cjk, squeeze

NEAR = 14
"""How many lines with text may lie between the parts of a table that runs over a page."""

_CONTINUED = re.compile(r"[(（]?续表?[)）]?\d?$")
_PAGE = re.compile(r"[-—–_·~第共页/\s\d]{1,16}")
_HEADING = re.compile(r"编码|代码|科目|项目|名称|栏次|行次|序号|合计|小计|金额|预算|决算|收入|支出|拨款|经费|单位")
_CODE = re.compile(r"[1-5]\d{2}(?:\d{2}){0,2}|\d{2}")
_MOST_COLUMNS = 40
_NO_FIT = -1000
_BEGINNING = 40
"""The lines in which a file's own title is looked for."""


@dataclass(frozen=True, slots=True)
class Joined:
    """The rows of a piece in the columns of the table before it."""

    rows: tuple[RawRow, ...]


class Page:
    """The lines of a file, looked at for what is printed on every page."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines

    def parted(self, last: int, first: int, title: str) -> bool:
        """Whether words between two pieces (after line ``last``, before line ``first``) end the table ``title``."""
        said = 0
        for number in range(last + 1, first):
            text = squeeze(self.lines[number - 1])
            if not text or _PAGE.fullmatch(text):
                continue
            said += 1
            if said > NEAR or not self._furniture(text, title):
                return True
        return False

    def at(self, number: int) -> str:
        """What a line says; nothing for number 0."""
        return squeeze(self.lines[number - 1]) if number else ""

    def heads(self, text: str) -> bool:
        """Whether a line is the head of the pages: the file begins with it, or it comes again and again; tables have other titles."""
        if not text or text.endswith("表"):
            return False
        return text in self._first or self._times[text] > 2

    @cached_property
    def _first(self) -> list[str]:
        texts = (squeeze(line) for line in self.lines[:_BEGINNING])
        return [text for text in texts if text][:3]

    def _furniture(self, text: str, title: str) -> bool:
        if is_note(text):
            return False
        if self.heads(text):
            return True
        if heads_table([text]):
            return not is_title(text) or same_title(strip_title(text), title)
        return bool(_CONTINUED.fullmatch(text)) or (len(text) <= NEAR * 4 and self._times[text] > 1)

    @cached_property
    def _times(self) -> Counter[str]:
        return Counter(squeeze(line) for line in self.lines if 0 < len(line) <= NEAR * 6)


def same_title(one: str, other: str) -> bool:
    """Whether two titles are one, whether or not 续表 is said."""
    return _CONTINUED.sub("", one) == _CONTINUED.sub("", other)


def continued(header: Header, more: Header) -> Joined | None:
    """The rows of a piece under the header of the table before it; ``None`` if they do not stand under it."""
    rows = _without_header(header, more)
    if rows is None:
        return None
    if not rows:
        return Joined(())
    places = _places(header, rows)
    if places is None:
        return None
    width = len(header.headings)
    return Joined(tuple(_moved(row, places, width) for row in rows))


def _said(row: RawRow) -> str:
    return "".join(squeeze(cell.text) for cell in row)


def _without_header(header: Header, more: Header) -> tuple[RawRow, ...] | None:
    """The rows of a piece without the header that it repeats; ``None`` where it has one of its own."""
    known = {_said(row) for row in header.rows}
    words = {squeeze(cell.text) for row in header.rows for cell in row}
    own: list[RawRow] = []
    for row in more.rows:
        if own or not (_said(row) in known or _repeats(row, words)):
            own.append(row)
    if any(_is_heading(row) for row in own):
        return None
    return (*own, *more.body)


def _repeats(row: RawRow, words: set[str]) -> bool:
    """Whether all that a row says stands in the header, and it is no row of amounts."""
    texts = [squeeze(cell.text) for cell in row if cell.state is not CellState.BLANK]
    return bool(texts) and not is_data_row(row) and all(text in words for text in texts)


def _is_heading(row: RawRow) -> bool:
    """Whether a row of words is a header: columns are named in it. The rest of a broken name, or an item without amount, names none."""
    if column_numbers(row):
        return True
    texts = [squeeze(cell.text) for cell in row if cell.state is CellState.TEXT]
    named = [text for text in texts if same_words().get(text, text) in column_words() or _HEADING.search(text)]
    return len(texts) > 1 and len(named) * 2 > len(texts)


def _places(header: Header, rows: Sequence[RawRow]) -> dict[int, int] | None:
    """For each column of a piece that holds anything the column of the table under which it stands; ``None`` if that is not certain."""
    width = max(len(row) for row in rows)
    if width > _MOST_COLUMNS or len(header.headings) > _MOST_COLUMNS:
        return None
    columns = [[row[k] for row in rows if k < len(row) and row[k].state is not CellState.BLANK] for k in range(width)]
    used = [k for k, cells in enumerate(columns) if cells]
    fits = {k: [_fit(header, j, columns[k]) for j in range(len(header.headings))] for k in used}
    if width == len(header.headings) and all(fits[k][k] > _NO_FIT for k in used):
        return {k: k for k in used}
    return _best(header, used, fits, width)


def _best(header: Header, used: Sequence[int], fits: dict[int, list[int]], width: int) -> dict[int, int] | None:
    """The best order-preserving placing of columns; none where two equally good ones put an amount under different columns."""
    shift = {j - k for k, j in itertools.product(range(width), range(len(header.headings)))}
    ways: list[tuple[int, dict[int, int]]] = []
    for by in sorted(shift, key=abs):  # the whole piece moved by so many columns
        moved = {k: k + by for k in used}
        if all(0 <= j < len(header.headings) and fits[k][j] > _NO_FIT for k, j in moved.items()):
            ways.append((sum(fits[k][j] for k, j in moved.items()) + 1, moved))
    free = _in_order(used, fits, len(header.headings))
    if free is not None:
        ways.append((sum(fits[k][j] for k, j in free.items()), free))
    if not ways:
        return None
    ways.sort(key=lambda way: -way[0])
    amounts = [
        {k: j for k, j in way.items() if header.holds[j] is Holds.AMOUNT}
        for score, way in ways
        if score >= ways[0][0] - 1
    ]
    return ways[0][1] if all(other == amounts[0] for other in amounts) else None


def _in_order(used: Sequence[int], fits: dict[int, list[int]], width: int) -> dict[int, int] | None:
    """The placing in order with the best sum of fits (dynamic programming over columns)."""
    best: list[list[tuple[int, tuple[int, ...]]]] = [[(0, ())] * (width + 1)]
    for k in used:
        row: list[tuple[int, tuple[int, ...]]] = [(_NO_FIT * 100, ())]
        for j in range(width):
            score, way = best[-1][j]
            row.append(max(row[j], (score + fits[k][j], (*way, j)), key=lambda found: found[0]))
        best.append(row)
    score, way = best[-1][-1]
    return dict(zip(used, way, strict=True)) if score > _NO_FIT and len(way) == len(used) else None


def _fit(header: Header, j: int, cells: Sequence[Cell]) -> int:
    """How well cells stand under a column of a table."""
    holds = header.holds[j]
    telling = [cell for cell in cells if cell.state is not CellState.DASH]
    if not telling:
        return 1 if holds is Holds.AMOUNT else 0
    words = sum(1 for cell in telling if has_cjk(cell.text))
    codes = sum(1 for cell in telling if _CODE.fullmatch(squeeze(cell.text)))
    amounts = len(telling) - words - codes
    if holds is Holds.CODE:  # the name of a total reaches over the codes
        return _NO_FIT if amounts * 4 > len(telling) else 3 if codes else 0
    if holds is Holds.TEXT:
        return 2 + 2 * _shares(header, j, telling) if words * 2 > len(telling) else _NO_FIT
    if words * 2 > len(telling):
        return 0 if holds is Holds.NOTHING else _NO_FIT
    if holds is Holds.ORDINAL:
        return 1 if all(cell.text.strip().isdigit() for cell in telling) else _NO_FIT
    return 3 if amounts else 0


def _shares(header: Header, j: int, cells: Sequence[Cell]) -> bool:
    above = {squeeze(row[j].text) for row in header.body if j < len(row)}
    return any(squeeze(cell.text) in above for cell in cells)


def _moved(row: RawRow, places: dict[int, int], width: int) -> RawRow:
    if len(row) == width and all(k == j for k, j in places.items()):
        return row
    line, end = row[-1].span.line, row[-1].span.end
    cells = [Cell("", Span(line, end, end), CellState.BLANK)] * width
    for k, j in places.items():
        if k < len(row):
            cells[j] = row[k]
    return tuple(cells)


def whole_rows(above: Sequence[RawRow], below: Sequence[RawRow], holds: Sequence[Holds]) -> tuple[RawRow, ...]:
    """The rows of two pieces, the halves of a row that the break has parted put together."""
    if above and below and _is_rest(above[-1], below[0], holds):
        return (*above[:-1], _together(above[-1], below[0]), *below[1:])
    return (*above, *below)


def _is_rest(first: RawRow, second: RawRow, holds: Sequence[Holds]) -> bool:
    """Whether a row is nothing but the rest of the name in the row above it, or that row's amounts under the rest of its name."""
    filled = [j for j, cell in enumerate(second) if cell.state is not CellState.BLANK]
    names = [j for j in filled if j < len(holds) and holds[j] is Holds.TEXT]
    if not names or any(j < len(holds) and holds[j] in (Holds.CODE, Holds.ORDINAL) for j in filled):
        return False
    amounts = [j for j in filled if j not in names]
    if any(j < len(first) and first[j].state is not CellState.BLANK for j in amounts):
        return False
    for j in names:
        if j >= len(first) or not has_cjk(first[j].text) or is_data_row((second[j],)):
            return False
        start, rest = squeeze(first[j].text), squeeze(second[j].text)
        if not _one_name(start, rest):
            return False
    return True


def _one_name(start: str, rest: str) -> bool:
    """Whether two words are the halves of one name: a known one, or one that a bracket holds together."""
    bare = re.sub(r"^\d+", "", start)
    if start in total_names() or rest in total_names() or rest in row_words():
        return False
    if bare + rest in _names():
        return True
    opened = start.count("（") + start.count("(") - start.count("）") - start.count(")")
    closed = rest.count("）") + rest.count(")") - rest.count("（") - rest.count("(")
    return opened > 0 and closed > 0


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    """The names of subjects and known rows."""
    return frozenset((*functional().codes, *economic().codes, *row_words()))


def _together(first: RawRow, second: RawRow) -> RawRow:
    cells = []
    for j, cell in enumerate(first):
        rest = second[j] if j < len(second) else None
        if rest is None or rest.state is CellState.BLANK:
            cells.append(cell)
        elif cell.state is CellState.BLANK:
            cells.append(rest)
        else:
            cells.append(replace(cell, text=cell.text + rest.text))
    return tuple(cells)


def extended(header: Header, rows: Sequence[RawRow], *, anew: bool) -> Header:
    """The header with more rows in its body; ``anew``: what its columns hold is looked at again."""
    body = whole_rows(header.body, rows, header.holds)
    if not anew:
        return replace(header, body=body)
    joined = take_apart((*header.rows, *body))
    return joined if joined.rows == header.rows else replace(header, body=body)
