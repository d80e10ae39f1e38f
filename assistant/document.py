"""The document model: what a disclosure report says and where it says it. Frozen, no input or output.

Every paragraph and cell keeps the exact text and its place. Lines are 1-based, offsets are characters in that line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from assistant.quantities import Quantity, Unit

_YEAR = re.compile(r"^20\d\d年度?(?:部门|单位)?")


class Kind(StrEnum):
    """What a document is: 部门决算, 部门预算, or some other disclosure."""

    FINAL_ACCOUNTS = "final_accounts"
    BUDGET = "budget"
    OTHER = "other"


Box = tuple[float, float, float, float]
"""Left, top, right, bottom on a page, in points from its upper left corner."""


@dataclass(frozen=True, slots=True)
class Span:
    """A place in the file: from ``start`` in ``line`` to ``end`` in ``end_line`` (0: the same line)."""

    line: int
    start: int = 0
    end: int = 0
    end_line: int = 0
    page: int | None = None
    box: Box | None = None
    anchor: str = ""

    @property
    def last_line(self) -> int:
        """The line in which the span ends."""
        return self.end_line or self.line


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the stretch ``start:end`` of a line came from in a file that is no plain text.

    ``page`` (1-based) and ``box`` for pages; ``anchor`` names a place in words (“第12段”, “表3第4行第2列”, “收入!C7”).
    ``edges`` are the left edges of the characters and the right edge of the last, where the reader knows them. ``sure`` is
    how far the characters can be trusted, of 100: less only where they were recognised in a picture, or where the columns
    of a table without ruling lines were inferred.
    """

    start: int
    end: int
    page: int | None = None
    box: Box | None = None
    anchor: str = ""
    edges: tuple[float, ...] = ()
    sure: int = 100

    def moved(self, by: int) -> Origin:
        """The same origin for a text that stands ``by`` characters further right."""
        return Origin(self.start + by, self.end + by, self.page, self.box, self.anchor, self.edges, self.sure)

    def part(self, start: int, end: int) -> Box | None:
        """The box of the characters ``start:end`` of the line, as far as they belong to this stretch."""
        if self.box is None or len(self.edges) != self.end - self.start + 1:
            return self.box
        first, last = max(start, self.start) - self.start, min(end, self.end) - self.start
        return (self.edges[first], self.box[1], self.edges[max(last, first + 1)], self.box[3])


class CellState(StrEnum):
    """What a cell holds. Blank, a dash and 0.00 are three different things."""

    BLANK = "blank"
    DASH = "dash"
    NUMBER = "number"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its exact ``text``, its place, and the figure in it where there is one.

    ``cut`` says that the figure shows fewer decimals than its table does, so that its last digits may be missing.
    """

    text: str
    span: Span
    state: CellState
    figure: Quantity | None = None
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of amounts: the position in the source grid, what its header says, and its canonical ``key`` if known.

    ``number`` is the 栏次 printed over it.
    """

    index: int
    label: str
    key: str = ""
    number: int | None = None

    @property
    def name(self) -> str:
        """The name to show: the canonical one where known, else the printed one."""
        return self.key or self.label or f"第{self.index + 1}列"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of one side of a table; ``cells`` stand in the order of the side's columns.

    ``code`` is the 科目编码 (derived where the print is damaged: then ``code_derived``), ``ordinal`` the 行次, ``key``
    the canonical name where the row is a known one. ``part_of`` is True for rows that repeat a share of a row above (其中).
    """

    label: str
    cells: tuple[Cell, ...]
    span: Span
    code: str = ""
    code_derived: bool = False
    ordinal: int | None = None
    key: str = ""
    part_of: bool = False

    @property
    def name(self) -> str:
        """Code and label as a reader would cite the row; empty where the table has no row names (a single row)."""
        printed = self.label if self.code_derived and self.label else f"{self.code} {self.label}".strip()
        return printed or (f"第{self.ordinal}行" if self.ordinal else "")


@dataclass(frozen=True, slots=True)
class Side:
    """One list of rows under one set of columns: a plain table has one, 公开01 and 公开04 have two (收入, 支出)."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def column(self, key: str) -> int | None:
        """The position of the column with this canonical key."""
        return next((i for i, column in enumerate(self.columns) if column.key == key), None)

    def row(self, key: str) -> Row | None:
        """The first row with this canonical key."""
        return next((row for row in self.rows if row.key == key), None)


@dataclass(frozen=True, slots=True)
class Note:
    """A line of text under a table: 注, formulas, or the statement that the table is empty."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Table:
    """A table as understood. ``role`` is empty where it is none of the known ones.

    ``doubt`` says why it may not have been read as it was printed (a piece is missing, figures stand in no column): then it
    confirms, but accuses nobody.
    """

    index: int
    role: str
    title: str
    span: Span
    unit: Unit | None
    sides: tuple[Side, ...]
    notes: tuple[Note, ...]
    header: tuple[tuple[Cell, ...], ...]
    body: tuple[tuple[Cell, ...], ...]
    mark: str = ""
    decimals: int = 2
    unit_assumed: bool = False
    title_span: Span | None = None
    doubt: str = ""

    @property
    def name(self) -> str:
        """The name to show in messages: role and title, or the title alone."""
        short = _YEAR.sub("", self.title) or "未命名表格"
        return f"{self.role}《{short}》" if self.role.startswith("公开") else f"《{short}》"

    @property
    def columns(self) -> int:
        """The number of physical columns."""
        return max((len(row) for row in (*self.header, *self.body)), default=0)

    def side(self, name: str = "") -> Side | None:
        """The side with this name; without a name the only side."""
        if not name:
            return self.sides[0] if self.sides else None
        return next((side for side in self.sides if side.name == name), None)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a paragraph's text: ``offset`` in the paragraph, and where it stands in the file."""

    offset: int
    length: int
    line: int
    start: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the narrative, joined across line and page breaks; ``segments`` lead every character home."""

    text: str
    segments: tuple[Segment, ...]
    section: int = 0

    def span(self, start: int, end: int) -> Span:
        """The place of ``text[start:end]`` in the file. Raises ``IndexError`` outside the text."""
        if not 0 <= start <= end <= len(self.text) or not self.text:
            raise IndexError(f"{start}:{end} outside a paragraph of {len(self.text)} characters")
        first = self._segment(start)
        last = self._segment(max(end - 1, start))
        return Span(
            first.line,
            first.start + start - first.offset,
            last.start + end - last.offset,
            last.line if last.line != first.line else 0,
        )

    def _segment(self, offset: int) -> Segment:
        return self.segments[bisect_right(self.segments, offset, key=lambda segment: segment.offset) - 1]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its depth: 1 for 第一部分, 2 for 一、, 3 for （一）, 4 for 1., 5 for （1）, 6 for ①."""

    title: str
    number: str
    level: int
    span: Span
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about our reading of the file (never about the document's truth)."""

    message: str
    line: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Furniture:
    """Text of the file that is no part of the report, named by what it is: ``kind`` is 页码, 页眉页脚, 重复表头 …"""

    kind: str
    text: str
    page: int | None = None


@dataclass(frozen=True)
class Document:
    """A disclosure report as read."""

    path: str
    sha256: str
    title: str
    organisation: str
    year: int | None
    kind: Kind
    lines: tuple[str, ...]
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...]
    problems: tuple[Problem, ...] = field(default=())
    copies: tuple[tuple[Table, Table], ...] = field(default=(), repr=False)
    """Tables that are printed a second time, each with the one of ``tables`` that it repeats."""
    origins: tuple[tuple[Origin, ...], ...] = field(default=(), repr=False)
    furniture: tuple[Furniture, ...] = field(default=(), repr=False)

    def text_at(self, span: Span) -> str:
        """The exact words at a span; what stands over several lines is put together."""
        first, last = span.line, span.last_line
        if first == last:
            return self.lines[first - 1][span.start : span.end]
        return "".join(
            (self.lines[first - 1][span.start :], *self.lines[first : last - 1], self.lines[last - 1][: span.end])
        )

    def located(self, span: Span) -> Span:
        """The span with its page, box and anchor in the original file, where the reader knows them.

        A span over several boxes on one page gets the box around them; one that runs over pages, that of its first page.
        """
        found: list[tuple[Origin, Box | None]] = []
        for line in range(span.line, span.last_line + 1):
            if 0 < line <= len(self.origins):
                start = span.start if line == span.line else 0
                end = span.end if line == span.last_line else len(self.lines[line - 1])
                inside = [o for o in self.origins[line - 1] if o.start < max(end, start + 1) and start < o.end]
                found += [(origin, origin.part(start, end)) for origin in inside]
        if not found:
            return span
        page = found[0][0].page
        boxes = [box for origin, box in found if box is not None and origin.page == page]
        around = None
        if boxes:
            left, top, right, bottom = zip(*boxes, strict=True)
            around = (round(min(left), 2), round(min(top), 2), round(max(right), 2), round(max(bottom), 2))
        return replace(span, page=page, box=around, anchor=found[0][0].anchor)

    def sure(self, span: Span) -> int:
        """How far the text of a span can be trusted, of 100: less only where it was recognised in a picture."""
        sure = 100
        for line in range(span.line, min(span.last_line, len(self.origins)) + 1):
            start = span.start if line == span.line else 0
            end = span.end if line == span.last_line else len(self.lines[line - 1])
            inside = [o.sure for o in self.origins[line - 1] if o.start < max(end, start + 1) and start < o.end]
            sure = min(sure, *inside) if inside else sure
        return sure

    @cached_property
    def recognised(self) -> bool:
        """Whether any of the text was recognised in a picture."""
        return any(origin.sure < 100 for origins in self.origins for origin in origins)

    def placed(self, problem: Problem) -> Problem:
        """The problem with its place in the original file instead of the line of the text that was read from it."""
        if problem.line is None or not 0 < problem.line <= len(self.origins):
            return problem
        span = self.located(Span(problem.line, 0, len(self.lines[problem.line - 1])))
        if not span.anchor and span.page is None:
            return problem
        message = f"{span.anchor}：{problem.message}" if span.anchor else problem.message
        return Problem(message, None, span.page if problem.page is None else problem.page)

    @cached_property
    def roles(self) -> dict[str, Table]:
        """The tables by role; of a role that occurs more than once, the last."""
        return {table.role: table for table in self.tables if table.role}
