"""The surroundings of a finding's places: paragraphs with the exact words marked, tables with the exact cells marked.

Places in one table make one grid of the rows concerned; places in one paragraph make one passage. Both ends of a
contradiction so stand beside each other, whatever file they come from.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final, TypeAlias

from assistant.reports.places import lines, place, table_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assistant.document import Document, Paragraph, Row, Segment, Side, Table
    from assistant.findings import Evidence, Finding

_AROUND: Final = 90  # characters shown on either side of marked words
_MOST_COLUMNS: Final = 8
_MOST_ROWS: Final = 24


class Mark(IntEnum):
    """How words or a cell are marked: not, as the place in question, or as one it was compared with."""

    NONE = 0
    MAIN = 1
    OTHER = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, marked or not."""

    text: str
    mark: Mark = Mark.NONE


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, or what is to be seen of it, and where it stands."""

    where: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of a table: the headings of the shown columns, and the rows with their names and cells.

    ``hidden`` counts the rows that were left out for length.
    """

    where: str
    headings: tuple[Piece, ...]
    rows: tuple[tuple[Piece, tuple[Piece, ...]], ...]
    hidden: int = 0


Scene: TypeAlias = Passage | Grid
_Cell: TypeAlias = "tuple[Table, Side, Row, int]"


class Scenes:
    """Finds the surroundings of findings in one document; the look-up tables are built once."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._segments: dict[int, list[tuple[Segment, Paragraph]]] = defaultdict(list)
        for paragraph in document.paragraphs:
            for segment in paragraph.segments:
                self._segments[segment.line].append((segment, paragraph))
        self._cells: dict[tuple[int, int], _Cell] = {}
        for table in document.tables:
            for side in table.sides:
                for row in side.rows:
                    for index, cell in enumerate(row.cells):
                        self._cells[cell.span.line, cell.span.start] = (table, side, row, index)

    def of(self, finding: Finding) -> tuple[Scene, ...]:
        """The scenes of a finding; the first holds the place in question."""
        grids: dict[tuple[int, int], list[tuple[_Cell, Mark]]] = {}
        passages: dict[int, tuple[Paragraph, Evidence, list[tuple[int, int, Mark]]]] = {}
        order: dict[tuple[str, int, int], Scene | None] = {}
        for number, evidence in enumerate(finding.evidence):
            mark = Mark.OTHER if number else Mark.MAIN
            cell = self._cells.get((evidence.line or 0, evidence.start)) if evidence.role == "table" else None
            paragraph = self._paragraph(evidence) if cell is None else None
            if cell is not None:
                key = (cell[0].index, cell[0].sides.index(cell[1]))
                grids.setdefault(key, []).append((cell, mark))
                order.setdefault(("grid", *key), None)
            elif paragraph is not None:
                found, start, end = paragraph
                passages.setdefault(id(found), (found, evidence, []))[2].append((start, end, mark))
                order.setdefault(("passage", id(found), 0), None)
            else:
                order["line", number, 0] = Passage(place(evidence), self._line(evidence, mark))
        for kind, first, second in order:
            if kind == "grid":
                order[kind, first, second] = _grid(grids[first, second])
            elif kind == "passage":
                text, evidence, marks = passages[first]
                order[kind, first, second] = Passage(_where(evidence), _cut(text.text, marks))
        return tuple(scene for scene in order.values() if scene is not None)

    def _paragraph(self, evidence: Evidence) -> tuple[Paragraph, int, int] | None:
        """The paragraph that a place is in, with its offsets there."""
        if evidence.line is None:
            return None
        for segment, paragraph in self._segments.get(evidence.line, ()):
            if segment.start <= evidence.start < segment.start + segment.length:
                start = segment.offset + evidence.start - segment.start
                last = evidence.end_line or evidence.line
                end = next(
                    (
                        each.offset + evidence.end - each.start
                        for each, other in self._segments.get(last, ())
                        if other is paragraph and each.start < evidence.end <= each.start + each.length
                    ),
                    start + len(evidence.text),
                )
                return paragraph, start, min(max(end, start), len(paragraph.text))
        return None

    def _line(self, evidence: Evidence, mark: Mark) -> tuple[Piece, ...]:
        """The line of a place outside paragraphs and amounts: a title, a heading, a note."""
        whole = self._document.lines
        if (
            evidence.line is None
            or not 0 < evidence.line <= len(whole)
            or evidence.end_line not in (None, evidence.line)
        ):
            return (Piece(evidence.text, mark),)
        text = whole[evidence.line - 1]
        if text[evidence.start : evidence.end] != evidence.text:
            return (Piece(evidence.text, mark),)
        return _cut(text, [(evidence.start, evidence.end, mark)])


def _where(evidence: Evidence) -> str:
    return evidence.anchor or lines(evidence.line, evidence.end_line, evidence.page)


def _cut(text: str, marks: Sequence[tuple[int, int, Mark]]) -> tuple[Piece, ...]:
    """The text in pieces, what is far from marked words left out."""
    pieces: list[Piece] = []
    at = 0
    for start, end, mark in sorted(marks):
        if start < at:
            continue  # inside what is marked already
        if start > at:
            pieces.append(Piece(_shorten(text[at:start], first=at == 0)))
        pieces.append(Piece(text[start:end], mark))
        at = end
    if at < len(text):
        rest = text[at:]
        pieces.append(Piece(rest if len(rest) <= _AROUND + 10 else rest[:_AROUND] + "…"))
    return tuple(pieces)


def _shorten(text: str, *, first: bool) -> str:
    if first:
        return text if len(text) <= _AROUND + 10 else "…" + text[-_AROUND:]
    return text if len(text) <= 2 * _AROUND + 10 else f"{text[:_AROUND]} … {text[-_AROUND:]}"


def _grid(found: Sequence[tuple[_Cell, Mark]]) -> Grid:
    """The rows of one side of a table in their order, with the columns in question among at most eight."""
    table, side = found[0][0][0], found[0][0][1]
    marks: dict[tuple[int, int], Mark] = {}
    rows: dict[int, Row] = {}
    for (_, _, row, index), mark in found:
        rows[id(row)] = row
        marks.setdefault((id(row), index), mark)
    columns = _columns(len(side.columns), {index for _, index in marks})
    chosen = [row for row in side.rows if id(row) in rows]
    shown = []
    for row in chosen[:_MOST_ROWS]:
        cells = tuple(
            Piece(row.cells[index].text if index < len(row.cells) else "", marks.get((id(row), index), Mark.NONE))
            for index in columns
        )
        shown.append(
            (Piece(row.name, min((mark for mark in (c.mark for c in cells) if mark), default=Mark.NONE)), cells)
        )
    marked = {index for _, index in marks}
    headings = tuple(Piece(side.columns[i].name, Mark.OTHER if i in marked else Mark.NONE) for i in columns)
    span, unit = table.span, f"，单位：{table.unit.name}" if table.unit else ""
    where = lines(span.line, span.last_line, span.page)
    name = table_name(table) + (f"（{side.name}）" if side.name else "")
    return Grid(f"{name}（{where}{unit}）" if where else name, headings, tuple(shown), len(chosen) - len(shown))


def _columns(count: int, marked: Iterable[int]) -> list[int]:
    """The marked columns, and others from the left as far as there is room."""
    chosen = sorted(marked)[:_MOST_COLUMNS]
    for index in range(count):
        if len(chosen) >= min(count, _MOST_COLUMNS):
            break
        if index not in chosen:
            chosen.append(index)
    return sorted(chosen)
