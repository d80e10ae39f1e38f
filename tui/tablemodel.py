"""A table of a report as columns and rows of a grid, with the places of its cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Final

from rich.cells import cell_len

from assistant.document import Cell, CellState, Span, Table
from assistant.findings import Verdict
from assistant.text import clean
from tui.texts import Piece, safe
from tui.widgets.grid import Column

Place = tuple[int, int]
"""Line and offset of a cell."""

_LABEL: Final = 34
_AMOUNT: Final = 22
_MOST_ROWS: Final = 6
_VERDICTS: Final = {Verdict.DISAGREE: "error", Verdict.UNCLEAR: "warning"}


@dataclass(frozen=True, slots=True)
class Square:
    """One field of the grid: what it shows, where that stands, whether it names its row."""

    text: str = ""
    span: Span | None = None
    label: bool = False

    @property
    def place(self) -> Place | None:
        """Line and offset."""
        return (self.span.line, self.span.start) if self.span else None


@dataclass(frozen=True, slots=True)
class TableModel:
    """The grid of a table. ``labels`` gives for each column the one that names its rows."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Square, ...], ...]
    labels: tuple[int, ...]
    lines: tuple[int, ...]
    where: Mapping[Place, tuple[int, int]] = field(default_factory=dict)

    def pieces(self, row: int, paints: Mapping[tuple[int, int], str]) -> tuple[Piece, ...]:
        """One row with the paints of its fields."""
        squares = self.rows[row]
        return tuple(
            (square.text, paints.get((row, number), "dim" if number == 0 else ""))
            for number, square in enumerate(squares)
        )

    def within(self, line: int, last: int, start: int, end: int) -> list[tuple[int, int]]:
        """The fields that a place in the file touches."""
        if last > line:
            if sum(line <= on <= last for on in self.lines) > _MOST_ROWS:
                return []  # about the table as a whole: marking everything would mark nothing
            return [at for (on, _), at in self.where.items() if line <= on <= last]
        exact = self.where.get((line, start))
        if exact is not None:
            return [exact]
        found = []
        for (on, _), (row, column) in self.where.items():
            span = self.rows[row][column].span
            if on == line and span is not None and span.start < end and start < max(span.end, span.start + 1):
                found.append((row, column))
        return found


def model_of(table: Table) -> TableModel:
    """The table as understood (its sides beside each other where they share lines), else as printed."""
    if any(side.rows for side in table.sides):
        return _understood(table)
    return _printed(table)


def _understood(table: Table) -> TableModel:
    parts = [_side(table, number) for number in range(len(table.sides))]
    beside = len(parts) > 1 and all(len({row[0] for row in rows}) == len(rows) for _, rows in parts)
    titles: list[tuple[str, bool]] = []
    labels: list[int] = [0]
    lines: list[tuple[int, list[Square]]] = []
    if beside:
        for heads, rows in parts:
            first = len(titles) + 1
            titles += heads
            labels += [first] * len(heads)
            known = dict(rows)
            before = dict(lines)
            order = sorted(before.keys() | known.keys())
            left, right = [Square()] * (first - 1), [Square()] * len(heads)
            lines = [(line, [*before.get(line, left), *known.get(line, right)]) for line in order]
    else:
        titles = max((heads for heads, _ in parts), key=len)
        count = len(titles)
        labels += [1] * count
        lines = [(line, [*row, *[Square()] * (count - len(row))]) for _, rows in parts for line, row in rows]
    return _grid(titles, labels, lines)


def _side(table: Table, number: int) -> tuple[list[tuple[str, bool]], list[tuple[int, list[Square]]]]:
    side = table.sides[number]
    heads = [(f"{side.name}项目" if side.name else "项目", False)]
    heads += [(column.name, True) for column in side.columns]
    rows: list[tuple[int, list[Square]]] = []
    for row in side.rows:
        name = ("└ " if row.part_of else "") + (row.name or row.label)
        squares = [Square(_shown(name), Span(row.span.line, row.span.start, row.span.start), label=True)]
        squares += [Square(_amount(cell), cell.span) for cell in row.cells]
        rows.append((row.span.line, squares))
    return heads, rows


def _printed(table: Table) -> TableModel:
    last = table.header[-1] if table.header else ()
    count = table.columns
    titles = []
    for number in range(count):
        above = [cells[number].text for cells in table.header if number < len(cells)] if table.header else []
        words = [_shown(text) for text in above if text.strip()]
        titles.append((words[-1] if words else "", False))
    body = table.body if last or table.body else ()
    lines = []
    for cells in body:
        squares = [Square(_shown(cell.text), cell.span, label=number == 0) for number, cell in enumerate(cells)]
        line = cells[0].span.line if cells else 0
        lines.append((line, [*squares, *[Square()] * (count - len(squares))]))
    return _grid(titles, [0, *[1] * count], lines)


def _grid(
    titles: Sequence[tuple[str, bool]], labels: Sequence[int], lines: Sequence[tuple[int, list[Square]]]
) -> TableModel:
    columns = [Column("line", "行", max((len(str(line)) for line, _ in lines), default=2), right=True)]
    texts = zip_longest(*([square.text for square in squares] for _, squares in lines), fillvalue="")
    for number, ((title, right), column) in enumerate(zip_longest(titles, texts, fillvalue=("", False)), 1):
        head = _shown(str(title))
        widest = max((cell_len(text) for text in column if isinstance(text, str)), default=0)
        limit = _AMOUNT if right else _LABEL
        columns.append(
            Column(str(number), head, min(max(widest, min(cell_len(head), 16), 4), limit), right=bool(right))
        )
    rows = tuple((Square(str(line)), *squares) for line, squares in lines)
    where = {
        square.place: (row, number)
        for row, squares in enumerate(rows)
        for number, square in enumerate(squares)
        if square.place is not None and not square.label
    }
    for row, squares in enumerate(rows):
        for number, square in enumerate(squares):
            if square.place is not None:
                where.setdefault(square.place, (row, number))
    return TableModel(tuple(columns), rows, tuple(labels), tuple(line for line, _ in lines), where)


def verdict_paints(model: TableModel, verdicts: Mapping[Place, Verdict]) -> dict[tuple[int, int], str]:
    """The paints of the fields whose figures do not agree, or could not be judged."""
    return {at: _VERDICTS[verdicts[place]] for place, at in model.where.items() if verdicts.get(place) in _VERDICTS}


def mark_paints(model: TableModel, marks: Iterable[tuple[tuple[int, int], str]]) -> dict[tuple[int, int], str]:
    """The paints of marked fields and of the fields that name their rows."""
    paints: dict[tuple[int, int], str] = {}
    for (row, column), paint in marks:
        paints.setdefault((row, column), paint)
        paints.setdefault((row, model.labels[column] if column < len(model.labels) else 0), "heading")
    return paints


def _shown(text: str) -> str:
    return safe(clean(text))


def _amount(cell: Cell) -> str:
    if cell.state is CellState.DASH:
        return "—"
    return _shown(cell.text) + ("*" if cell.cut else "")
