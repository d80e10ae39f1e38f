"""Lists that show their levels: by the column in which a name stands (类别 | 项目 | 品名), or by codes that grow longer."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.document import Cell, CellState, Row, Side, Table
from assistant.facts import ref_at
from assistant.findings import Ref
from assistant.laws.realign import Sums
from assistant.reading.sides import bare_label
from assistant.terms import total_names
from assistant.text import squeeze

_SUBTOTAL = re.compile(r"小\s*计$")
_Names = list[tuple[int, Cell]]


@dataclass(frozen=True, slots=True)
class Line:
    """An amount with the level of its row (-1: the total; the greater, the further in). ``plain``: the row says so itself."""

    level: int
    ref: Ref
    plain: bool


def nested_lines(table: Table, side: Side, position: int) -> list[Line]:
    """The amounts of a column with their levels; rows that show none, or repeat a share of another (其中), are left out."""
    raws = {raw[0].span.line: raw for raw in table.body}
    first = min(column.index for column in side.columns)
    found = []
    for row in side.rows:
        raw = raws.get(row.span.line)
        if raw is not None and not row.part_of and row.cells[position].figure is not None:
            names = [
                (i, cell) for i, cell in enumerate(raw[:first]) if cell.state in (CellState.TEXT, CellState.NUMBER)
            ]
            if names:
                found.append((names, ref_at(table, side, row, position)))
    coded = all(_is_total(ref.row) or _code(names) for names, ref in found)
    return [_line(names, ref, coded=coded) for names, ref in found]


def _line(names: _Names, ref: Ref, *, coded: bool) -> Line:
    """Codes of bodies grow longer with each level (04, 016, 01601); else the column tells in which the name stands."""
    if _is_total(ref.row):
        return Line(-1, ref, plain=True)
    if coded:
        return Line(len(_code(names)), ref, plain=True)
    subtotal = _SUBTOTAL.search(squeeze(names[-1][1].text)) is not None
    return Line(names[0][0] if subtotal else names[-1][0], ref, subtotal)


def _is_total(row: Row) -> bool:
    return row.key == "合计" or bare_label(row.label) in total_names()


def _code(names: _Names) -> str:
    text = squeeze(names[0][1].text)
    return text if text.isdigit() and len(text) > 1 else ""


def sums_of(lines: list[Line]) -> Sums:
    """Each row that has rows below it, with the rows that it sums (as positions)."""
    sums: Sums = []
    for i, line in enumerate(lines):
        below = []
        for j in range(i + 1, len(lines)):
            if lines[j].level <= line.level:
                break
            below.append(j)
        top = min((lines[j].level for j in below), default=0)
        if below and lines[below[0]].level == top:
            sums.append((i, [j for j in below if lines[j].level == top]))
    return sums
