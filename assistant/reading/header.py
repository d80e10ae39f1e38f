"""The header of a raw grid: where it ends, what it says over each column, and what each column holds."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from assistant.document import Cell, CellState
from assistant.reading.grid import RawRow
from assistant.reading.merged import unmerged
from assistant.terms import column_words, total_names
from assistant.terms import row_words as known_rows
from assistant.text import has_cjk, squeeze

MAX_HEADER_ROWS = 12
_CODE = re.compile(r"[1-5]\d{2}(?:\d{2}){0,2}")
_SPLIT_CODE = re.compile(r"\d{2,3}")
_LEADING_CODE = re.compile(r"^[1-5]\d{2}(?:\d{2}){0,2}(?=[^\d.,，\s年]|\s)")
_LISTED = re.compile(r"^[（(]?[一二三四五六七八九十廿]{1,3}[)）、]")
_CLASS = re.compile(r"[1-5]\d{2}")
_LEVEL = re.compile(r"\d{2}")
_REMARK = re.compile(r"[（()）]")
_NUMBER_LABELS = frozenset(
    {"栏次", "类", "款", "项", "类款项", "类款", "款项", "合计", "项目", "科目编码", "行次", "栏", "次"}
)
_CODE_HEADER = re.compile(r"编码|代码|^类$|^款$|^项$|类款|款项|功能分?科?目编")
_LABEL_HEADER = re.compile(r"项目$|名称|科目$|指标|内容|事项")


class Holds(StrEnum):
    """What a column of a grid holds."""

    CODE = "code"
    TEXT = "text"
    ORDINAL = "ordinal"
    AMOUNT = "amount"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over one column: its own words top to bottom, the words of the cells that span it, its 栏次, and all words in order."""

    own: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    number: int | None = None
    path: tuple[str, ...] = ()

    @property
    def leaf(self) -> str:
        """The lowest own word."""
        return self.own[-1] if self.own else ""

    @property
    def label(self) -> str:
        """The heading as a reader would cite it."""
        return "/".join(self.path[-2:] if len(self.own) < 2 else self.own) if self.own else ""


@dataclass(frozen=True, slots=True)
class Header:
    """A grid taken apart: header rows, body rows, and per column its heading and what it holds."""

    rows: tuple[RawRow, ...]
    body: tuple[RawRow, ...]
    headings: tuple[Heading, ...]
    holds: tuple[Holds, ...]
    numbered: bool = field(default=False)

    @property
    def words(self) -> str:
        """All words of the header, for recognising the table."""
        return "|".join(squeeze(cell.text) for row in self.rows for cell in row if cell.state is CellState.TEXT)


def take_apart(rows: Sequence[RawRow]) -> Header:
    """Find header and body of a grid. A body may be empty (an empty table)."""
    rows = unmerged([row for row in rows if any(cell.state is not CellState.BLANK for cell in row)])
    end, number_row = _header_end(rows)
    header, body = tuple(rows[:end]), tuple(rows[end:])
    repeated = {row_words(row) for row in header}
    body = tuple(row for row in body if row_words(row) not in repeated or any(c.figure for c in row))
    width = max((len(row) for row in rows), default=0)
    numbers = column_numbers(rows[number_row]) if number_row is not None else {}
    words = [row for i, row in enumerate(header) if i != number_row]
    headings = tuple(_heading(words, j, numbers.get(j)) for j in range(width))
    holds = _holds(body, headings)
    moved = _moved_left(headings, holds)
    if moved:
        headings = _moved_back(headings, holds.index(Holds.AMOUNT), moved)
        holds = _holds(body, headings)
    return Header(header, body, headings, holds, bool(numbers))


def _moved_left(headings: Sequence[Heading], holds: Sequence[Holds]) -> int:
    """By how many columns the words of a header that lacks cells of the body stand too far left; 0 where they do not.

    Columns of codes and names then stand under words that name amounts, and as many columns at the right have no words.
    """
    if Holds.AMOUNT not in holds:
        return 0
    first = holds.index(Holds.AMOUNT)
    known = [heading.leaf in column_words() for heading in headings[:first]]
    by = next((n for n, named in enumerate(reversed(known)) if not named), 0)
    worded = max((j for j, heading in enumerate(headings) if heading.own), default=0)
    return by if by < len(headings) - worded and Holds.TEXT in holds[first - by : first] else 0


def _moved_back(headings: Sequence[Heading], first: int, by: int) -> tuple[Heading, ...]:
    """The words over the amounts moved right; the columns that they leave have none, the 栏次 stay where they are."""
    words = [*headings[: first - by], *(Heading() for _ in range(by)), *headings[first - by : len(headings) - by]]
    return tuple(replace(word, number=heading.number) for word, heading in zip(words, headings, strict=True))


def row_words(row: RawRow) -> str:
    """All that a row says, for telling whether two rows are the same."""
    return "|".join(squeeze(cell.text) for cell in row).strip("|")


def column_numbers(row: RawRow) -> dict[int, int]:
    """The 栏次 row: columns numbered 1, 2, 3 … from left to right; empty if the row is none."""
    found: dict[int, int] = {}
    words: set[str] = set()
    for j, cell in enumerate(row):
        text = squeeze(cell.text)
        match = re.fullmatch(r"(\d{1,2})(?:=[\d+\-()+]+)?", text)
        if match:
            found[j] = int(match[1])
        elif text and cell.state is CellState.TEXT:
            words.add(text)
    values = list(found.values())
    named = any("栏" in word for word in words)
    if not values or values != list(range(1, len(values) + 1)) or (len(values) < 3 and not named):
        return {}
    return found if all(word in _NUMBER_LABELS or "栏次" in word or "类款项" in word for word in words) else {}


def _header_end(rows: Sequence[RawRow]) -> tuple[int, int | None]:
    for i, row in enumerate(rows[:MAX_HEADER_ROWS]):
        if column_numbers(row):
            return i + 1, i
        if is_data_row(row):
            return i, None
    if any(is_data_row(row) for row in rows[MAX_HEADER_ROWS:]):
        return 0, None  # no header that we can find: nothing will be keyed, and the table says so
    return len(rows), None


def is_data_row(row: RawRow) -> bool:
    """Whether a row holds data: an amount, a subject code, a numbered item, a known row, or a lone total."""
    filled = [cell for cell in row if cell.state is not CellState.BLANK]
    if not filled:
        return False
    if _is_coded(filled) or _is_known(row):
        return True
    first = squeeze(filled[0].text)
    if _LISTED.match(first) or _LEADING_CODE.match(first):
        return True
    if first.isdigit() and any(_LISTED.match(squeeze(cell.text)) for cell in filled[1:]):
        return True  # 行次 of an empty left side, then an item of the right one
    if any(_is_amount(cell) for cell in filled):
        return True
    if _CODE.fullmatch(first) and len(filled) > 1 and filled[1].state is CellState.TEXT:
        return True
    if _whole_amounts(filled) or _named_amounts(filled):
        return True
    return first in total_names() and len(filled) == 1 and row.index(filled[0]) <= 3


def _is_coded(filled: Sequence[Cell]) -> bool:
    """Whether a row begins with a subject code that is parted over columns (303 | 05 | 生活补助): a header never does."""
    texts = [squeeze(cell.text) for cell in filled[:4]]
    if not _CLASS.fullmatch(texts[0]):
        return False
    rest = next((text for text in texts[1:] if not _LEVEL.fullmatch(text)), "")
    return has_cjk(rest)


def _is_known(row: RawRow) -> bool:
    """Whether all words of a row are names of known rows (结余分配), each with a cell for its amount to the right."""
    empty = (CellState.BLANK, CellState.DASH)
    named = [j for j, cell in enumerate(row) if cell.state not in empty]
    alone = bool(named) and all(j + 1 < len(row) and row[j + 1].state in empty for j in named)
    return alone and all(_REMARK.sub("", squeeze(row[j].text)) in known_rows() for j in named)


def _whole_amounts(filled: Sequence[Cell]) -> bool:
    """Whether a row holds nothing but whole numbers that are neither 栏次 (they rise one by one) nor years (79 0 75 50 25 4)."""
    values = [cell.figure.value for cell in filled if cell.figure is not None]
    if len(values) < max(len(filled), 4):
        return False
    rising = all(a < b for a, b in itertools.pairwise(values))
    return not rising and not all(1900 < value < 2100 for value in values)


def _named_amounts(filled: Sequence[Cell]) -> bool:
    """Whether a row is a name and whole numbers (公务接待费 58 41): no years and no 栏次, which a header may show."""
    values = [cell.figure.value for cell in filled[1:] if cell.figure is not None]
    if not values or len(values) < len(filled) - 1 or not has_cjk(filled[0].text) or "次" in filled[0].text:
        return False
    return values != list(range(1, len(values) + 1)) and not any(1900 < value < 2100 for value in values)


def _is_amount(cell: Cell) -> bool:
    figure = cell.figure
    if figure is None:
        return False
    return figure.decimals > 0 or "," in cell.text or "，" in cell.text or abs(figure.value) >= 10_000_000


def _heading(rows: Sequence[RawRow], j: int, number: int | None) -> Heading:
    """The words over a column, top to bottom: those of its own cells, and those of cells to the left that reach over it.

    A cell reaches to the next one with words, and never beyond the cell above it: what stands under its neighbour is not its own.
    """
    own: list[str] = []
    parents: list[str] = []
    path: list[str] = []
    group = 0
    for row in rows:
        at = next((k for k in range(j, group - 1, -1) if _word(row, k)), None)
        if at is None:
            continue
        word, group = _word(row, at), at
        if word not in path:
            path.append(word)
            (own if at == j else parents).append(word)
    return Heading(tuple(own), tuple(parents), number, tuple(path))


def _word(row: RawRow, j: int) -> str:
    if j >= len(row) or row[j].state is not CellState.TEXT:
        return ""
    return squeeze(row[j].text)


def _holds(body: Sequence[RawRow], headings: Sequence[Heading]) -> tuple[Holds, ...]:
    columns: list[list[Cell]] = [[] for _ in headings]
    for row in body:
        for column, cell in zip(columns, row, strict=False):
            if cell.state is not CellState.BLANK:
                column.append(cell)
    result: list[Holds] = []
    for j, cells in enumerate(columns):
        before = next((holds for holds in reversed(result) if holds is not Holds.NOTHING), None)
        result.append(_kind(cells, headings[j], before) if cells else _kind_of_heading(headings[j]))
    return tuple(result)


def _kind(cells: list[Cell], heading: Heading, before: Holds | None) -> Holds:
    telling = [cell for cell in cells if cell.state is not CellState.DASH]
    if not telling:
        return Holds.AMOUNT  # nothing but dashes (or ruled lines read as 一): a column of amounts that are nought
    texts = [squeeze(cell.text) for cell in telling]
    words = sum(1 for text in texts if has_cjk(text))
    figures = [text for text in texts if text[:1].isdigit()]
    header = "".join((*heading.parents, *heading.own))
    if before is None and heading.leaf.endswith("代码") and all(text.isdigit() for text in texts):
        return Holds.CODE  # of units (单位代码), numbered over like the amounts
    if heading.number is not None and words * 2 < len(texts):
        return Holds.AMOUNT
    if figures and words < len(texts):
        codes = sum(1 for text in texts if _CODE.fullmatch(text))
        pieces = sum(1 for text in texts if _SPLIT_CODE.fullmatch(text))
        named = _CODE_HEADER.search(header) is not None
        if (
            codes * 10 >= len(figures) * 7
            and before in (None, Holds.CODE, Holds.AMOUNT, Holds.TEXT)
            and (named or (codes >= 2 and _hierarchical(texts)))
        ):
            return Holds.CODE
        if before in (None, Holds.CODE) and pieces * 10 >= len(figures) * 7 and named:
            return Holds.CODE
        if "行次" in header or "序号" in header or (before is Holds.TEXT and _counts_up(texts)):
            return Holds.ORDINAL
    if words * 2 >= len(texts):
        return Holds.TEXT
    return Holds.AMOUNT if figures or len(telling) < len(cells) else Holds.TEXT


def _hierarchical(texts: list[str]) -> bool:
    """Whether the column shows 类 with a 款 or 项 of its own: what integers that happen to have 3 digits never do."""
    codes = {text for text in texts if _CODE.fullmatch(text)}
    return any(len(code) > 3 and code[:3] in codes for code in codes)


def _counts_up(texts: list[str]) -> bool:
    numbers = [int(text) for text in texts if text.isdecimal() and len(text) <= 3]
    steps = sum(1 for a, b in itertools.pairwise(numbers) if b - a == 1)
    return len(numbers) >= 3 and len(numbers) * 10 >= len(texts) * 8 and steps * 10 >= (len(numbers) - 1) * 8


def _kind_of_heading(heading: Heading) -> Holds:
    own = "".join(heading.own)
    if not own and heading.number is None:
        return Holds.NOTHING
    if heading.number is not None:
        return Holds.AMOUNT
    if _CODE_HEADER.search(own):
        return Holds.CODE
    if "行次" in own or own == "序号":
        return Holds.ORDINAL
    if _LABEL_HEADER.search(own):
        return Holds.TEXT
    return Holds.AMOUNT
