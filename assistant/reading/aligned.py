"""Tables in plain text whose columns are parted by runs of blanks, as ``pdftotext -layout`` and copying from a page give them.

A figure in a wrong column is worse than no table: what does not fall into columns without any doubt is told as a problem,
kept out of the narrative, and not judged. What is read is marked as less than certain, so that no error rests on it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from assistant.document import Origin, Problem
from assistant.reading.grid import Block, RawRow, make_cell
from assistant.reading.preamble import heads_table, is_note
from assistant.text import normalise, width

SURE = 96
"""How far the columns of such a table are trusted, of 100: enough for a warning, not for an error."""

LEAST_ROWS = 3
_MOST_LINES = 20_000
_MOST_ROWS = 2_000
_BLANKS = 4
_DRIFT = 3
_HEADER = 12
_FOLLOWING = 20
_LABEL = 32
_GAP = re.compile(r"[ \u3000\u00a0]{2,}")
_AMOUNT = re.compile(r"[-－]?(?:\d{1,3}(?:[,，]\d{3})+(?:\.\d{1,6})?|\d+\.\d{1,6})")
_NUMBER = re.compile(r"[-－—]{1,3}|[-－]?\d[\d,，]*(?:\.\d{1,6})?")
_CODE = re.compile(r"\d{1,7}")
_RUN_ON = re.compile(r"(?<=\d) (?=[一-鿿（(-]|\d)")
_SENTENCE = re.compile(r"[。；;…]|[，,](?!\d)|\.{4}|·{3}")
_LISTED = re.compile(r"[一二三四五六七八九十]{1,3}、")
_PAGE = re.compile(r"[-—\s第]*\d{1,4}[-—\s页]*")


class _DoubtError(Exception):
    """Why the columns of a block cannot be told."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of a line between wide blanks: its text, its characters and the positions it takes."""

    text: str
    start: int
    end: int
    left: int
    right: int

    @property
    def amount(self) -> bool:
        return _AMOUNT.fullmatch(self.text) is not None


_Row = tuple[int, list[_Part]]
_Measure = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Aligned:
    """What was found in a text: tables, the lines (first, last) of those that could not be read, and why."""

    blocks: tuple[Block, ...] = ()
    unread: tuple[tuple[int, int], ...] = ()
    problems: tuple[Problem, ...] = ()

    def origins(self, lines: Sequence[str]) -> tuple[tuple[Origin, ...], ...]:
        """How sure each line of the text is; nothing where there are no such tables."""
        inside = {number for block in self.blocks for number in range(block.first, block.last + 1)}
        if not inside:
            return ()
        return tuple(
            (Origin(0, len(line), sure=SURE if number in inside else 100),)
            for number, line in enumerate(lines, start=1)
        )


def read_aligned(lines: Sequence[str]) -> Aligned:
    """The tables of a text without tabs and pipes."""
    if len(lines) > _MOST_LINES:
        return Aligned()
    blocks: list[Block] = []
    unread: list[tuple[int, int]] = []
    problems: list[Problem] = []
    for region in _regions(lines):
        try:
            found = _read(lines, region)
            if _goes_on(lines, region[-1]):
                raise _DoubtError("表格中间夹有别的文字，前后接不上")
            blocks += found
        except _DoubtError as error:
            first, last = region[0], region[-1]
            unread.append((first, last))
            problems.append(
                Problem(f"此处用空格对齐的表格（第 {first}—{last} 行）没有读取：{error}；请提供原文件", first)
            )
    return Aligned(tuple(blocks), tuple(unread), tuple(problems))


def _regions(lines: Sequence[str]) -> Iterator[list[int]]:
    """The numbers of the lines of each stretch that looks like a table: amounts set apart, and no sentence."""
    run: list[int] = []
    blanks = 0
    for number, line in enumerate((*lines, "。"), start=1):
        text = line.strip()
        if not text:
            blanks += 1
        elif _PAGE.fullmatch(text):
            continue
        elif blanks > _BLANKS or _ends(text):
            yield from _trimmed(lines, run)
            run, blanks = ([] if _ends(text) else [number]), 0
        else:
            run.append(number)
            blanks = 0
    yield from _trimmed(lines, run)


def _ends(text: str) -> bool:
    """Whether a line is none of a table: a sentence, a title or unit over it, a note under it."""
    texts = [part.text for part in _parts(text, len)]
    long = any(len(each) > _LABEL for each in texts)
    return long or _SENTENCE.search(text) is not None or _borders(texts)


def _borders(texts: Sequence[str]) -> bool:
    """Whether a table can begin after, or must end before, a line: a title, a unit, a note."""
    return (
        heads_table(texts)
        or (len(texts) == 1 and is_note(texts[0]))
        or re.match(r"[注说]\s*明?[:：]", texts[0]) is not None
    )


def _goes_on(lines: Sequence[str], last: int) -> bool:
    """Whether more amounts follow before the next title or note: then the table does not end here."""
    for line in lines[last : last + _FOLLOWING]:
        parts = _parts(line, len)
        if parts and _borders([part.text for part in parts]):
            return False
        if len(parts) > 1 and any(part.amount for part in parts):
            return True
    return False


def _trimmed(lines: Sequence[str], run: list[int]) -> Iterator[list[int]]:
    rows = [(number, _parts(lines[number - 1], len)) for number in run]
    data = [i for i, (_, parts) in enumerate(rows) if len(parts) > 1 and any(part.amount for part in parts)]
    if len(data) < LEAST_ROWS:
        return
    last = data[-1]
    while last + 1 < len(rows) and run[last + 1] == run[last] + 1 and _is_fragment(rows[last + 1][1]):
        last += 1
    first = max(0, data[0] - _HEADER)
    for i in range(first, data[0]):
        parts = rows[i][1]
        if len(parts) == 1 and (_LISTED.match(parts[0].text) and i + 1 < data[0] and len(rows[i + 1][1]) == 1):
            first = i + 1
    yield run[first : last + 1]


def _is_fragment(parts: Sequence[_Part]) -> bool:
    return len(parts) == 1 and not parts[0].amount and not _LISTED.match(parts[0].text) and len(parts[0].text) < 12


def _parts(line: str, measure: _Measure) -> list[_Part]:
    """The line cut at wide blanks, and where an amount and what follows have but one blank between them."""
    bounds: list[tuple[int, int]] = []
    body = line.rstrip()
    start = len(line) - len(line.lstrip())
    for gap in (*_GAP.finditer(body, start), None):
        end = gap.start() if gap else len(body)
        if end > start:
            bounds += _run_on(line, start, end)
        start = gap.end() if gap else end
    places = list(accumulate((0 if char == "\f" else measure(char) for char in body), initial=0))
    parts: list[_Part] = []
    for start, end in bounds:
        text = line[start:end]
        if parts and text == "计" and parts[-1].text in {"合", "总", "小"}:  # 合    计 is one word
            begun = parts.pop().start
            text, start = line[begun:end], begun
        parts.append(_Part(normalise(text), start, end, places[start], places[end]))
    return parts


def _run_on(line: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for cut in _RUN_ON.finditer(line, start, end):
        if _AMOUNT.fullmatch(line[start : cut.start()]):
            yield start, cut.start()
            start = cut.end()
    yield start, end


def _read(lines: Sequence[str], region: Sequence[int]) -> list[Block]:
    """The tables of a stretch, one for each page. Raises ``_DoubtError``."""
    if len(region) > _MOST_ROWS:
        raise _DoubtError("行数太多")
    found: list[list[Block]] = []
    doubt: _DoubtError | None = None
    for measure in (len, width):
        try:
            found.append(_pages(lines, region, measure))
        except _DoubtError as error:
            doubt = doubt or error
    if not found:
        raise doubt or _DoubtError("列位置不一致")
    if len(found) > 1 and _texts(found[0]) != _texts(found[1]):
        raise _DoubtError("数字属于哪一列有两种可能")
    return found[0]


def _texts(blocks: Sequence[Block]) -> list[list[str]]:
    return [[cell.text for cell in row] for block in blocks for row in block.rows]


def _pages(lines: Sequence[str], region: Sequence[int], measure: _Measure) -> list[Block]:
    pages: list[list[_Row]] = [[]]
    for before, number in zip((region[0], *region), region, strict=False):
        if any("\f" in lines[i - 1] for i in range(before + 1, number + 1)):
            pages.append([])
        pages[-1].append((number, _parts(lines[number - 1], measure)))
    blocks: list[Block] = []
    for rows in pages:
        if not rows:
            continue
        header, grid = _grid(lines, rows)
        if not header and not blocks:
            raise _DoubtError("没有表头")
        if blocks and not header and len(grid[0]) != len(blocks[-1].rows[0]):
            raise _DoubtError("换页后各列的位置改变，对应不上")
        blocks.append(Block(rows[0][0], rows[-1][0], tuple(grid)))
    return blocks


def _grid(lines: Sequence[str], rows: Sequence[_Row]) -> tuple[int, list[RawRow]]:
    """How many rows the header has, and all rows in columns. Raises ``_DoubtError``."""
    depth = next((i for i, (_, parts) in enumerate(rows) if _is_body(parts)), len(rows))
    header, body = rows[:depth], rows[depth:]
    bands = _bands(body)
    placed = [_place(parts, bands) for _, parts in body]
    kinds = _kinds(placed, len(bands))
    if "text" not in kinds or "figure" not in kinds:
        raise _DoubtError("分不出项目列和金额列")
    body_rows = _whole_labels(body, placed, kinds)
    columns, heads = _headed(header, bands, kinds) if header else (list(range(len(bands))), [])
    wide = len(bands) + len(columns) - len([c for c in columns if c >= 0])
    position = {band: at for at, band in enumerate(columns) if band >= 0}
    grid: list[RawRow] = []
    for (number, _), cells in zip(header, heads, strict=True):
        grid.append(_cells(lines, number, cells, wide))
    for number, by_band in body_rows:
        grid.append(_cells(lines, number, {position[band]: part for band, part in by_band.items()}, wide))
    return len(header), grid


def _cells(lines: Sequence[str], number: int, cells: dict[int, _Part], wide: int) -> RawRow:
    line = lines[number - 1]
    row = []
    for column in range(wide):
        part = cells.get(column)
        row.append(make_cell(line[part.start : part.end], number, part.start) if part else make_cell("", number, 0))
    return tuple(row)


def _is_body(parts: Sequence[_Part]) -> bool:
    first = parts[0].text
    return any(part.amount for part in parts) or (
        len(parts) > 1 and (_LISTED.match(first) is not None or (len(first) > 2 and _CODE.fullmatch(first) is not None))
    )


def _bands(body: Sequence[_Row]) -> list[tuple[int, int]]:
    """The columns: what lies between the white that runs through all rows."""
    bands: list[tuple[int, int]] = []
    for left, right in sorted((part.left, part.right) for _, parts in body for part in parts):
        if bands and left <= bands[-1][1]:
            bands[-1] = (bands[-1][0], max(right, bands[-1][1]))
        else:
            bands.append((left, right))
    return bands


def _place(parts: Sequence[_Part], bands: Sequence[tuple[int, int]]) -> dict[int, _Part]:
    found: dict[int, _Part] = {}
    for part in parts:
        band = next(i for i, (left, right) in enumerate(bands) if left <= part.left and part.right <= right)
        if band in found:
            raise _DoubtError("列与列之间没有贯穿各行的空白")
        found[band] = part
    return found


def _kinds(placed: Sequence[dict[int, _Part]], count: int) -> list[str]:
    """What each column holds: figures, codes or words. Raises ``_DoubtError`` where they are mixed or out of line."""
    kinds = []
    for band in range(count):
        parts = [cells[band] for cells in placed if band in cells]
        if any(part.amount for part in parts):
            if not all(_NUMBER.fullmatch(part.text) for part in parts):
                raise _DoubtError("同一列里既有金额又有文字")
            widest = max(part.right - part.left for part in parts)
            if max(p.right for p in parts) - min(p.left for p in parts) > widest + _DRIFT:
                raise _DoubtError("同一列的金额没有对齐")
            kinds.append("figure")
        else:
            codes = sum(1 for part in parts if _CODE.fullmatch(part.text))
            kinds.append("code" if codes == len(parts) else "text")
            if 0 < codes < len(parts):
                raise _DoubtError("科目编码与名称没有分开")
    if ("text", "text") in pairwise(kinds):
        raise _DoubtError("项目名称分成两列，可能是合并的类别")
    return kinds


def _whole_labels(
    body: Sequence[_Row], placed: Sequence[dict[int, _Part]], kinds: Sequence[str]
) -> list[tuple[int, dict[int, _Part]]]:
    """The rows, none of which may lack its label or be a piece of one. Raises ``_DoubtError``."""
    coded = "code" in kinds
    rows: list[tuple[int, dict[int, _Part]]] = []
    for (number, _), cells in zip(body, placed, strict=True):
        figures = [band for band in cells if kinds[band] == "figure"]
        for band in figures:
            start = band
            while start and kinds[start - 1] == "figure":
                start -= 1
            names = [i for i in range(start) if kinds[i] == "text"]
            if not names or names[-1] not in cells:
                raise _DoubtError("有金额的行没有项目名称，可能是名称折行")
        if not figures and coded and not any(kinds[band] == "code" for band in cells):
            raise _DoubtError("项目名称折行，不能确定属于哪一行")
        rows.append((number, cells))
    return rows


def _headed(
    header: Sequence[_Row], bands: Sequence[tuple[int, int]], kinds: Sequence[str]
) -> tuple[list[int], list[dict[int, _Part]]]:
    """The columns in order (a band, or -1 where there is only a header) and the header cells by column. Raises ``_DoubtError``."""
    extents = [(left, right, band) for band, (left, right) in enumerate(bands)]
    leaves: dict[int, list[_Part]] = {}
    owners: list[list[tuple[_Part, int]]] = []
    empty = -1
    if len(header) == 1 and len(header[0][1]) == len(bands):  # one word for each column: their order is enough
        parts = header[0][1]
        return list(range(len(bands))), [dict(enumerate(parts))]
    for _, parts in reversed(header):
        row: list[tuple[_Part, int]] = []
        for part in parts:
            over = [e for e in extents if e[0] < part.right and part.left < e[1]]
            group = not over and len(parts) < 3 and bool(leaves) and len(extents) > 2
            if group:
                over = [min(extents, key=lambda e: abs(e[0] + e[1] - part.left - part.right))]
            if not over:
                over = [(part.left, part.right, empty)]
                extents = sorted([*extents, over[0]])
                empty -= 1
            owner = over[0][2]
            if any(other == owner for _, other in row):
                raise _DoubtError("表头与各列对应不上")
            row.append((part, owner))
            if len(over) == 1 and not group:  # words over several columns name none of them
                leaves.setdefault(owner, []).append(part)
        owners.append(row)
    _certain(extents, leaves, kinds)
    order = [owner for _, _, owner in extents]
    cells = [{order.index(owner): part for part, owner in row} for row in reversed(owners)]
    return [max(owner, -1) for owner in order], cells


def _certain(extents: Sequence[tuple[int, int, int]], leaves: dict[int, list[_Part]], kinds: Sequence[str]) -> None:
    """Each column of figures stands under words of its own and far from those of others. Raises ``_DoubtError``."""
    middles = {owner: parts[0].left + parts[0].right for owner, parts in leaves.items()}
    side: list[str] = []
    for left, right, owner in extents:
        kind = kinds[owner] if owner >= 0 else "figure"
        if kind != "figure":
            side = []
            continue
        if owner not in leaves:
            raise _DoubtError("有一列金额上方没有表头")
        words = re.sub(r"\s", "", "".join(part.text for part in reversed(leaves[owner])))
        if words in side:
            raise _DoubtError("表头有几列同名，分不清")
        side.append(words)
        away = abs(middles[owner] - left - right)
        if any(abs(middle - left - right) < 2 * away for other, middle in middles.items() if other != owner):
            raise _DoubtError("金额偏离表头，不能确定属于哪一列")
    for one, other in pairwise(extents):
        if other[0] < one[1]:
            raise _DoubtError("表头与各列交错")
