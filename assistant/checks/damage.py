"""Signs that a sum fails because of the conversion, not of the author: garbled, lost, slipped amounts; rates among amounts.

Each sign is structural (it needs no particular document) and turns a failure into 无法判断, never into a pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import islice

from assistant.document import Cell, CellState, Column, Document, Row, Side, Table
from assistant.facts import is_garbled
from assistant.quantities import ZERO

_RATIO = re.compile(
    r"%|％|‰|比例|比率|占比|比重|幅度|增幅|降幅|(?:增长|增减|增加|减少|下降|执行|完成|变动)率|完成预算|单价|±"
)
GARBLED = "有金额单元格未能读出，可能是转换损伤"
LOST = "有科目行的金额不全，可能在转换中丢失或错栏"
SLIPPED = "该栏金额与其他栏错行，可能是转换损伤"
MISREAD = "该表多数行都不符合这一关系，栏目可能错位或识别有误"
MISALIGNED = "两表多数科目都不相符，口径可能不同，或栏目识别有误"
CUT_OFF = "表格止于文件末尾，可能没有收全"
MISSING = "差额正好是其他表中同一上级的一个科目，该行可能在转换中丢失"


def is_ratio(column: Column) -> bool:
    """Whether a column holds rates or prices, which do not add up."""
    return _RATIO.search(column.label) is not None


def garbled(cells: Iterable[Cell]) -> bool:
    """Whether a cell where an amount belongs holds digits that could not be read as one number."""
    return any(is_garbled(cell) for cell in cells)


def amounts_lost(rows: Iterable[Row], position: int) -> bool:
    """Whether a row without an amount here is plainly incomplete: it shows one amount at most, or parts without a total."""
    for row in rows:
        if row.cells[position].state is not CellState.BLANK or len(row.cells) < 3:
            continue
        if sum(1 for cell in row.cells if cell.figure is not None) < 2 or position == 0:
            return True
    return False


def row_missing(tables: Iterable[Table], side: Side, children: Sequence[Row], gap: Decimal) -> bool:
    """Whether another table lists sisters of ``children`` which are not listed here and whose amounts are just the gap."""
    length, above = len(children[0].code), children[0].code[:-2] if len(children[0].code) > 3 else ""
    here = {row.code for row in side.rows}
    for other in (other for table in tables for other in table.sides):
        absent = [row for row in other.rows if len(row.code) == length and row.code.startswith(above)]
        absent = [row for row in absent if row.code not in here]
        for column in zip(*(row.cells for row in absent), strict=True):
            values = [_value(cell) for cell in column]
            if gap in values or gap == sum(values):
                return True
    return False


def ends_file(document: Document, table: Table) -> bool:
    """Whether a report breaks off with a table, so that the table's end may be lost; an extract of one table does not."""
    long = len(document.lines) > 100
    return long and not any(line.strip() for line in islice(document.lines, table.span.last_line, None))


def slipped_columns(side: Side) -> frozenset[int]:
    """Columns out of step: rows add up (first column = all others) only after moving that column up or down."""
    rows, width = side.rows, len(side.columns)
    if width < 3 or len(rows) < 6:
        return frozenset()
    grid = [[_value(cell) for cell in row.cells] for row in rows]
    base = sum(1 for i in range(len(rows)) if _adds_up(grid, i, 0, 0))
    if base * 10 > len(rows) * 6:
        return frozenset()
    best, where = base + 3, frozenset[int]()
    for position in range(width):
        for by in (1, -1, 2, -2):
            fixed = sum(1 for i in range(len(rows)) if _adds_up(grid, i, position, by))
            if fixed > best and fixed * 10 >= len(rows) * 7:
                best, where = fixed, frozenset({position})
    return where


def _adds_up(grid: Sequence[Sequence[Decimal]], i: int, position: int, by: int) -> bool:
    if not 0 <= i + by < len(grid):
        return False
    values = list(grid[i])
    values[position] = grid[i + by][position]
    return abs(values[0] - sum(values[1:])) <= Decimal("0.03")


def _value(cell: Cell) -> Decimal:
    return cell.figure.value if cell.figure is not None else ZERO


def why_in_doubt(
    tables: Iterable[Table], side: Side, children: Sequence[Row], position: int, gap: Decimal, slipped: frozenset[int]
) -> str:
    """Why a sum of ``children`` in a column that fails by ``gap`` may be damage; empty where nothing speaks for it."""
    if garbled(row.cells[position] for row in children):
        return GARBLED
    if position in slipped:
        return SLIPPED
    if gap > 0 and amounts_lost(children, position):
        return LOST
    return MISSING if gap > 0 and row_missing(tables, side, children, gap) else ""
