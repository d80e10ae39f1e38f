"""Lines to raw grids: where tables stand in a text file, and their cells with places.

A table is a run of lines with tabs, or of Markdown pipe lines. Nothing is understood here yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.document import Cell, CellState, Span
from assistant.quantities import parse_number
from assistant.text import clean, has_cjk

RawRow = tuple[Cell, ...]

_PLAIN = re.compile(r"-?(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,15})(?:\.\d{1,2})?")
"""What most figures look like: nothing to repair."""

_DIGIT = re.compile(r"[\dOolI|]")
_DASH = re.compile(r"[-—–－/／一]{1,3}")
_RULE = re.compile(r"[\s:|-]++")
_STRAY = re.compile(r"^[¥￥;:；：'‘’\"“”~^·•|]+|[;:；：'‘’\"“”~^·•|]+$")
_LOOKALIKES = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1"})
_LIKE_NUMBER = re.compile(r"[-(]?[\dOolI|][\dOolI|,]*\.[\dOolI|]{1,2}\)?")
_DECIMAL_COMMA = re.compile(r"(-?(?:\d{1,3}(?:,\d{3})*|\d+)),(\d{2})")
_GROUPING_DOTS = re.compile(r"(-?\d{1,3}(?:\.\d{3})+)(\.\d{2})")
_FOOTNOTE = re.compile(r"(?<=\d)[²³¹⁰-⁹₀-₉①-⑳]+$")
_TWO = re.compile(
    r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)? +-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?[\d,]+\.\d\d +\d+|.*\.\d+ +-?[\d,]+\.\d+"
)
"""Two whole amounts in one cell, or an amount of two decimals with a digit of something else behind it."""

_LOST_POINT = re.compile(r"-?[\d,]*,\d")

_MONEY_SUFFIX = re.compile(r"(?<=\d)\s*(?:万元|元)$")


@dataclass(frozen=True, slots=True)
class Block:
    """A run of table lines: rows of cells; ``first`` and ``last`` are 1-based line numbers."""

    first: int
    last: int
    rows: tuple[RawRow, ...]


def is_table_line(line: str) -> bool:
    """Whether the line is a row of a table: it has a tab between contents, or is a Markdown pipe row."""
    if "\t" in line:
        return True
    stripped = line.strip()
    return len(stripped) > 2 and stripped[0] == "|" and stripped[-1] == "|"


def _is_rule(line: str) -> bool:
    """Whether the line is a ruled one (``|---|---|``)."""
    return "---" in line and _RULE.fullmatch(line.strip()) is not None


def make_cell(text: str, line: int, start: int) -> Cell:
    """Read one cell: its exact text without outer blanks, its place, its state and figure."""
    lead = len(text) - len(text.lstrip())
    exact = text.strip()
    span = Span(line, start + lead, start + lead + len(exact))
    content = clean(exact)
    if not content:
        return Cell(exact, span, CellState.BLANK)
    if _PLAIN.fullmatch(content):
        return Cell(exact, span, CellState.NUMBER, parse_number(content))
    if _DASH.fullmatch(content.replace(" ", "")):
        return Cell(exact, span, CellState.DASH)
    if len(content) > 2 and not _DIGIT.search(content):
        return Cell(exact, span, CellState.TEXT)
    plain = _MONEY_SUFFIX.sub("", _STRAY.sub("", _FOOTNOTE.sub("", content)))
    damaged = _TWO.fullmatch(content) if " " in content else _LOST_POINT.fullmatch(content)
    figure = None if damaged else parse_number(_repaired(content)) or parse_number(_repaired(plain))
    if figure is not None:
        return Cell(exact, span, CellState.NUMBER, figure)
    if len(content) <= 2 and not has_cjk(content) and not any(char.isdigit() for char in content):
        return Cell(exact, span, CellState.BLANK)  # a ruled line that conversion read as a letter
    return Cell(exact, span, CellState.TEXT)


def _repaired(content: str) -> str:
    """A number without the slips that leave one reading: O and l among digits, a comma for the point, points for commas."""
    text = content.replace(" ", "")
    if match := _DECIMAL_COMMA.fullmatch(text):
        return f"{match[1]}.{match[2]}"
    if match := _GROUPING_DOTS.fullmatch(text):
        return match[1].replace(".", "") + match[2]
    if _LIKE_NUMBER.fullmatch(text) and sum(char.isdigit() for char in text) * 2 >= len(text):
        return text.translate(_LOOKALIKES)
    return content


def split_row(line: str, number: int) -> RawRow:
    """The cells of one table line."""
    separator = "\t" if "\t" in line else "|"
    cells, position = [], 0
    for piece in line.split(separator):
        cells.append(make_cell(piece, number, position))
        position += len(piece) + 1
    if separator == "|":
        cells = cells[1:-1]
    return tuple(cells)


def blocks(lines: Sequence[str]) -> Iterator[Block]:
    """The runs of table lines, in order. A lone line with a tab and no figure is text, not a table."""
    run: list[int] = []
    for number, line in enumerate((*lines, ""), start=1):
        if is_table_line(line):
            run.append(number)
        elif run:
            block = _block(lines, run)
            if block is not None:
                yield block
            run = []


def _block(lines: Sequence[str], run: list[int]) -> Block | None:
    rows = tuple(split_row(lines[number - 1], number) for number in run if not _is_rule(lines[number - 1]))
    filled = sum(1 for row in rows for cell in row if cell.state is not CellState.BLANK)
    figures = any(cell.figure is not None for row in rows for cell in row)
    if filled < 3 or (len(rows) < 2 and not figures):
        return None
    return Block(run[0], run[-1], rows)
