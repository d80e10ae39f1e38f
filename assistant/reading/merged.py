"""Rows in which merged cells were written as one: “合计” over code and name leaves the amounts one column to the left of all others.

Text and Markdown have no merged cells. Where a row has just as many cells too few as its table has columns of codes and names,
and what follows its first cell stands over, or is, amounts, the cells are put back into their columns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from assistant.document import Cell, CellState, Span
from assistant.reading.grid import RawRow
from assistant.terms import column_words, same_words, total_names
from assistant.text import squeeze

FEWEST = 3
"""Rows with amounts that show how wide a table is, and where its names end."""


def unmerged(rows: Sequence[RawRow]) -> list[RawRow]:
    """The rows with every amount, and every word over one, in its own column."""
    whole = [row for row in rows if any(_is_amount(cell) for cell in row)]
    if len(whole) < FEWEST or any("指标" in cell.text for row in rows for cell in row):
        return list(rows)  # forms have rows of many kinds
    width = Counter(len(row) for row in whole).most_common(1)[0][0]
    lead = _lead([row for row in whole if len(row) == width])
    return [_put_back(row, width, lead) for row in rows] if 1 < lead < width else list(rows)


def _is_amount(cell: Cell) -> bool:
    return cell.figure is not None and (cell.figure.decimals > 0 or "," in cell.text)


def _lead(rows: Sequence[RawRow]) -> int:
    """How many columns of codes and names stand before the amounts."""
    for j in range(len(rows[0])):
        filled = [row[j] for row in rows if row[j].state is not CellState.BLANK]
        if sum(1 for cell in filled if _is_amount(cell) or cell.state is CellState.DASH) * 2 > len(filled):
            return j
    return 0


def _put_back(row: RawRow, width: int, lead: int) -> RawRow:
    filled = max((j + 1 for j, cell in enumerate(row) if cell.state is not CellState.BLANK), default=0)
    length = len(row) if len(row) < width else filled
    names = length - (width - lead)
    if not 0 < names < lead or row[0].state is not CellState.TEXT:
        return row
    if any(map(_is_amount, row)) and squeeze(row[0].text) not in total_names():
        return row  # an item has all its cells
    if any(_is_amount(cell) for cell in row[:names]) or not _are_amounts(row[names:length]):
        return row
    if len(row) == width and any(cell.state is CellState.BLANK for cell in row[names:lead]):
        return row  # only its last amounts are blank
    at = row[0].span
    blank = Cell("", Span(at.line, at.end, at.end), CellState.BLANK)
    return (row[0], *[blank] * (lead - names), *row[1:length])


def _are_amounts(cells: Sequence[Cell]) -> bool:
    """Whether cells are amounts (one of them at least), or words and numbers over amounts."""
    if any(_is_amount(cell) for cell in cells):
        return all(cell.state is not CellState.TEXT for cell in cells)
    filled = [cell for cell in cells if cell.state is not CellState.BLANK]
    return len(filled) * 2 > len(cells) and all(cell.figure is not None or _over_amounts(cell) for cell in filled)


def _over_amounts(cell: Cell) -> bool:
    text = squeeze(cell.text)
    return _is_amount(cell) or same_words().get(text, text) in column_words()
