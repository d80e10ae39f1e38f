"""Pages to one flow of paragraphs and tables."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.document import CellState, Furniture
from assistant.reading.grid import RawRow, make_cell
from assistant.reading.header import Holds, row_words, take_apart
from assistant.reading.pdf.cells import Grid
from assistant.reading.pdf.chars import Frame
from assistant.reading.pdf.furniture import page_number, remove_furniture
from assistant.reading.pdf.lines import TextLine, piece_of
from assistant.reading.pdf.paragraphs import Measure, goes_on, is_label, measures_of
from assistant.reading.preamble import is_title, read_unit
from assistant.reading.sections import numbering
from assistant.reading.source import Piece, Source, SourceBuilder

_NEAR = 4
_MOVED = 12
_WIDE = 2.5
_ENDS = "。！？；：:"


@dataclass(slots=True)
class PageContent:
    """A page: its tables and its lines of text."""

    number: int
    frame: Frame
    grids: list[Grid]
    lines: list[TextLine]


@dataclass(slots=True)
class Assembly:
    """Collects pages and puts their content together."""

    pages: list[PageContent] = field(default_factory=list)
    furniture: list[Furniture] = field(default_factory=list)

    def add(self, page: PageContent) -> None:
        """Add the next page."""
        self.pages.append(page)

    def source(self) -> Source:
        """All pages as one flow."""
        self._remove_furniture()
        writer = _Writer({page.number: page.frame for page in self.pages})
        source = writer.write(self.pages)
        return replace(source, furniture=(*self.furniture, *source.furniture))

    def _remove_furniture(self) -> None:
        tops = [min((grid.box[1] for grid in page.grids), default=page.frame.height) for page in self.pages]
        bottoms = [max((grid.box[3] for grid in page.grids), default=0) for page in self.pages]
        heights = [page.frame.height for page in self.pages]
        kept = remove_furniture([page.lines for page in self.pages], heights, tops, bottoms)
        for page, lines in zip(self.pages, kept, strict=True):
            left = {id(line) for line in lines}
            for line in page.lines:
                if id(line) not in left:
                    kind = "页码" if page_number(line.text) else "页眉页脚"
                    self.furniture.append(Furniture(kind, line.text, page.number))
            page.lines = lines


class _Writer:
    """Writes pages into a ``SourceBuilder``: paragraphs and tables are held until it is clear that they end."""

    def __init__(self, frames: dict[int, Frame]) -> None:
        self.builder = SourceBuilder()
        self.frames = frames
        self.paragraph: list[TextLine] = []
        self.measure = Measure(0, 0, 0)
        self.grid: Grid | None = None
        self.ended = False

    def write(self, pages: Sequence[PageContent]) -> Source:
        texts = [[part for line in page.lines for part in apart(line)] for page in pages]
        measures = measures_of(texts, [page.frame.width for page in pages])
        for page, lines, measure in zip(pages, texts, measures, strict=True):
            items: list[tuple[float, int, TextLine | Grid]] = [
                *((line.middle, i, line) for i, line in enumerate(lines)),
                *((grid.box[1], i, grid) for i, grid in enumerate(page.grids)),
            ]
            items.sort(key=lambda item: (item[0], item[1]))
            top = min((item.middle if isinstance(item, TextLine) else item.box[1] for _, _, item in items), default=0)
            bottom = max(
                (item.middle if isinstance(item, TextLine) else item.box[3] for _, _, item in items), default=0
            )
            for _, _, item in items:
                if isinstance(item, TextLine):
                    self._line(item, measure)
                else:
                    self._grid(replace(item, first_of_page=item.box[1] <= top, last_of_page=item.box[3] >= bottom))
        self._end_paragraph()
        self._end_grid()
        return self.builder.source()

    def _line(self, line: TextLine, measure: Measure) -> None:
        self._end_grid()
        going_on = bool(self.paragraph) and goes_on(
            self.paragraph[-1], line, first=len(self.paragraph) == 1, measure=self.measure, following=measure
        )
        if not going_on:
            self._end_paragraph()
        self.paragraph.append(line)
        self.measure = measure

    def _end_paragraph(self) -> None:
        if not self.paragraph:
            return
        piece = piece_of(self.paragraph, self.frames)
        whole = len(self.paragraph) > 1 or piece.text[-1:] in _ENDS
        whole = whole or is_label(piece.text)
        if self.ended or ((whole or numbering(piece.text)[0]) and self.builder.lines and self.builder.lines[-1]):
            self.builder.line("")
        self.builder.line(piece.text, piece.origins)
        self.ended = whole
        self.paragraph = []

    def _grid(self, grid: Grid) -> None:
        self._end_paragraph()
        if self.grid is not None:
            joined = continued(self.grid, grid)
            if joined is not None:
                for row in grid.rows[: len(self.grid.rows) + len(grid.rows) - len(joined.rows)]:
                    text = " ".join(piece.text for piece in row if piece.text)
                    self.builder.furniture.append(Furniture("重复的表头", text, grid.page))
                self.grid = joined
                return
        self._end_grid()
        self.grid = grid

    def _end_grid(self) -> None:
        if self.grid is None:
            return
        lines, rows = self.grid.lines, self.grid.rows
        self.grid = None
        if not lines:
            self.builder.grid(rows)
            self.ended = False
        for line in lines:  # a frame or two around words: no table
            self._line(line, Measure(line.left, line.right, line.right - line.left))
            self._end_paragraph()


def apart(line: TextLine) -> list[TextLine]:
    """What stands at the left and at the right over a table (部门：… 单位：万元) as lines of their own."""
    gaps = [match for match in re.finditer(r" {2,}", line.text) if _gap(line, match.start(), match.end())]
    if not gaps:
        return [line]
    bounds = [0, *(position for match in gaps for position in match.span()), len(line.text)]
    parts = [line.part(start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=True)]
    return parts if any(is_label(part.text) for part in parts) else [line]


def _gap(line: TextLine, start: int, end: int) -> bool:
    return line.edges[end] - line.edges[start] > _WIDE * line.em


def continued(first: Grid, second: Grid) -> Grid | None:
    """The two as one table, where the second is surely the first going on on the next page."""
    follows = first.last_of_page and second.first_of_page and second.page == first.page + 1
    if not follows or first.ragged or second.ragged:
        return None
    edges = _united(first.xs, second.xs)
    if edges is None or _has_title(second):
        return None
    upper = _spread(first.rows, first.xs, edges)
    lower = _spread(second.rows, second.xs, edges)
    repeated = 0
    while repeated < min(len(upper), len(lower)) and _words(upper[repeated]) == _words(lower[repeated]):
        repeated += 1
    if repeated == len(lower) or not _fits(_cells(upper), _cells(lower), _cells(lower[repeated:])):
        return None
    return replace(second, xs=edges, rows=[*upper, *lower[repeated:]], open_top=first.open_top, lines=())


def _words(row: Sequence[Piece]) -> list[str]:
    return [re.sub(r"\s", "", piece.text) for piece in row]


def _fits(upper: Sequence[RawRow], lower: Sequence[RawRow], new: Sequence[RawRow]) -> bool:
    """Whether the rows can be more of the same table: amounts stand where it has amounts, and words where it has words.

    Where a table has no amounts to tell by, only rows under the same header (or under none) are more of it.
    """
    above, below = take_apart(upper), take_apart(lower)
    if not above.body:
        return True
    amounts = [j for j, holds in enumerate(above.holds) if holds is Holds.AMOUNT and above.headings[j].own]
    if len(amounts) > 0 and len(above.holds) > len(amounts):
        return not any(row[j].state is CellState.TEXT for row in new for j in amounts)
    known = {row_words(row) for row in above.rows}
    return (len(new) < len(lower) and {row_words(row) for row in below.rows} <= known) or not below.rows


def _united(first: list[float], second: list[float]) -> list[float] | None:
    """The edges of both in the first's place, where those of one are among those of the other, give or take some points."""
    few, many = sorted((first, second), key=len)
    if abs(first[0] - second[0]) > _MOVED or abs(first[-1] - second[-1]) > _MOVED:
        return None
    if len(few) == len(many):
        wide = min(b - a for xs in (few, many) for a, b in itertools.pairwise(xs))
        near = max(_NEAR, min(wide / 2, _MOVED))
        return first if all(abs(a - b) <= near for a, b in zip(few, many, strict=True)) else None
    moved = many[0] - few[0]
    if any(min(abs(edge + moved - other) for other in many) > _NEAR for edge in few):
        return None
    return many


def _spread(rows: Sequence[Sequence[Piece]], xs: Sequence[float], edges: Sequence[float]) -> list[list[Piece]]:
    if len(xs) == len(edges):
        return [list(row) for row in rows]
    moved = edges[0] - xs[0]
    places = [min(range(len(edges) - 1), key=lambda k: abs(edges[k] - x - moved)) for x in xs[:-1]]
    result = []
    for row in rows:
        spread = [Piece("")] * (len(edges) - 1)
        for place, piece in zip(places, row, strict=True):
            spread[place] = piece
        result.append(spread)
    return result


def _has_title(grid: Grid) -> bool:
    """Whether the grid begins with a heading of its own."""
    filled = next((texts for row in grid.rows if (texts := [p.text for p in row if p.text.strip()])), [])
    return any(is_label(text) or read_unit(text) is not None for text in filled) or (
        len(filled) == 1 and is_title(filled[0])
    )


def _cells(rows: Sequence[Sequence[Piece]]) -> list[RawRow]:
    return [tuple(make_cell(piece.text, 1, 0) for piece in row) for row in rows]
