"""Tables without ruling lines: rows of text and aligned amounts, parted by the white that runs through all of them.

Only what cannot well be anything else is taken for a table; its text is marked as less than certain (``SURE``), so that no
error rests on it. What is like a table but cannot be parted into columns is kept apart from the narrative and not judged.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from assistant.reading.pdf.cells import Grid, cell_piece
from assistant.reading.pdf.chars import Frame
from assistant.reading.pdf.lines import TextLine
from assistant.reading.pdf.paragraphs import is_label
from assistant.reading.pdf.strokes import Stroke
from assistant.reading.preamble import is_title
from assistant.reading.source import Piece

SURE = 96
"""How far the columns of such a table are trusted, of 100: enough for a warning, not for an error."""

LEAST_ROWS = 4
_GAP = 1.4
_RIVER = 0.5
_OVER = 0.3
_FAR = 2.6
_BAND = 6
_PRESSED = 0.8
_SHORT = 6
_OVER_ROWS = 8
_HEADER = 5
_FRAGMENT = 24
_WRAPPED, _OF_PITCH = 1.4, 0.72
_SAME_ENDS = 4
_ALONE = 3
_FEW_ROWS = 16
_AMOUNT = re.compile(r"-?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d{1,6})|-?\d{1,3}(?:[,，]\d{3})+")
_NOTHING = re.compile(r"[-－—–]{1,3}|0")
_LABELLED = re.compile(r"(?<=[一-鿿）)])(?=-?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d{2}$)")
_SENTENCE = re.compile(r"[。；;]|[，,][^\d]")

Row = list[TextLine]


def borderless(
    lines: Sequence[TextLine], rules: Sequence[Stroke], frame: Frame, page: int
) -> tuple[list[Grid], list[TextLine]]:
    """The tables found in lines of text, and the lines that belong to none.

    ``rules`` are level lines that belong to no ruled grid: between two of them stands a row, however many lines it has.
    """
    grids, lines = _between_rules(lines, rules, frame, page)
    ordered = sorted(lines, key=lambda line: line.middle)
    rows = [_parts(line) for line in ordered]
    rest: list[TextLine] = []
    i = 0
    while i < len(rows):
        end = _run(rows, i)
        columns = table = None
        if end - i >= LEAST_ROWS:
            header = _header(rest, rows[i])
            table = [*header, *_clustered(rows[i:end])]
            columns = _columns(table)
        if columns is None or table is None:
            end = max(_loose_run(rows, i), end if table is not None else i)
            if end == i:
                rest.append(ordered[i])
                i += 1
                continue
            table = [*(header if table is not None else _header(rest, rows[i])), *rows[i:end]]
        grids.append(_ragged(table, frame, page) if columns is None else _grid(table, columns, frame, page))
        i = end
    if _remains(rest):
        rest = [replace(line, sure=0) for line in rest]
    return grids, rest


def _between_rules(
    lines: Sequence[TextLine], rules: Sequence[Stroke], frame: Frame, page: int
) -> tuple[list[Grid], list[TextLine]]:
    """Tables whose rows are parted by level lines of the same length, without upright ones."""
    grids: list[Grid] = []
    rest = list(lines)
    for start, end, levels in _stacks(rules):
        inside = [line for line in rest if levels[0] < line.middle < levels[-1] and start - line.em < line.left < end]
        bands: list[list[TextLine]] = [[] for _ in levels[1:]]
        for line in inside:
            bands[bisect_right(levels, line.middle) - 1].append(line)
        rows: list[Row] = []
        for band in bands:
            cut = [_parts(line) for line in sorted(band, key=lambda line: line.middle)]
            one = sum(1 for row in cut if _is_data(row)) < 2
            rows += (
                [[piece for row in cut for part in row for piece in _amount_apart(part)]]
                if one and cut
                else _clustered(cut)
            )
        tight = all(b - a < _BAND * rows[0][0].em for a, b in itertools.pairwise(levels)) if rows else False
        columns = _columns(rows, 1 if tight else LEAST_ROWS - 1)
        if columns is not None:
            grids.append(replace(_grid(rows, columns, frame, page), box=(start, levels[0], end, levels[-1])))
            rest = [line for line in rest if line not in inside]
    return grids, rest


def _stacks(rules: Sequence[Stroke]) -> list[tuple[float, float, list[float]]]:
    """Level lines of the same ends, one under the other: where they begin and end, and their heights."""
    stacks: list[tuple[float, float, list[float]]] = []
    for at, start, end in sorted(rules):
        for left, right, levels in stacks:
            if abs(start - left) <= _SAME_ENDS and abs(end - right) <= _SAME_ENDS:
                levels.append(at)
                break
        else:
            stacks.append((start, end, [at]))
    return [stack for stack in stacks if len(stack[2]) > 2]


def _clustered(lines: Sequence[Row]) -> list[Row]:
    """Lines to rows: a line without amounts that stands closer to one with amounts than rows do is a piece of its cells."""
    data = [row[0].middle for row in lines if _is_data(row)]
    steps = sorted(b - a for a, b in itertools.pairwise(data))
    near = max((row[0].em for row in lines), default=0) * _WRAPPED
    if steps:
        near = min(near, steps[len(steps) // 2] * _OF_PITCH)
    rows: list[Row] = []
    centre: float | None = None  # of the row's line with amounts
    last = 0.0
    for i, row in enumerate(lines):
        middle = row[0].middle
        if _is_data(row):
            joins = bool(rows) and centre is None and middle - last <= near
            centre = middle
        else:
            following = next((r[0].middle for r in lines[i + 1 : i + 3] if _is_data(r)), None)
            anchor = last if centre is None else centre
            joins = bool(rows) and middle - anchor <= near
            if joins and centre is not None and following is not None and following - middle < middle - centre:
                joins = False  # nearer to the next row
            if not joins:
                centre = None
        if joins:
            rows[-1] = [*rows[-1], *row]
        else:
            rows.append(list(row))
        last = middle
    return [[piece for part in row for piece in _amount_apart(part)] for row in rows]


def _amount_apart(part: TextLine) -> Row:
    """A name that is so long that it touches the amount behind it is two parts."""
    match = _LABELLED.search(part.text)
    return [part] if match is None else [part.part(0, match.start()), part.part(match.start(), len(part.text))]


def _remains(lines: Sequence[TextLine]) -> bool:
    """Whether rows of a table are left among the lines: then no sentence of the page can be relied on."""
    counts = [
        sum(1 for part in _parts(line) for word in part.text.split() if _AMOUNT.fullmatch(word)) for line in lines
    ]
    alone = [count for count, line in zip(counts, lines, strict=True) if count and _has_amounts(_parts(line))]
    return len(alone) >= LEAST_ROWS or sum(1 for count in alone if count > 1) >= LEAST_ROWS - 2


def _parts(line: TextLine) -> Row:
    """The line cut where the white is wide."""
    cuts = [
        (match.start(), match.end())
        for match in re.finditer(r" +", line.text)
        if line.edges[match.end()] - line.edges[match.start()] >= _GAP * line.em
    ]
    bounds = [0, *(position for cut in cuts for position in cut), len(line.text)]
    return [line.part(start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=True) if end > start]


def _is_data(row: Row) -> bool:
    values = sum(1 for part in row if _AMOUNT.fullmatch(part.text))
    nothing = sum(1 for part in row if _NOTHING.fullmatch(part.text))
    return len(row) > 1 and (values > 0 or nothing > 1 or (nothing > 0 and nothing * 2 >= len(row)))


def _run(rows: Sequence[Row], start: int) -> int:
    """Where the run of table rows ends that begins at ``start``: amounts, or words that stand in the columns of the rows before."""
    if not _is_data(rows[start]):
        return start
    end = start + 1
    lefts, rights = [part.left for part in rows[start]], [part.right for part in rows[start]]
    widest = _FAR * rows[start][0].em
    for i in range(start + 1, len(rows)):
        line, above = rows[i][0], rows[i - 1][0]
        if line.top - above.bottom > widest or any(_SENTENCE.search(part.text) for part in rows[i]):
            break
        if not _is_data(rows[i]):
            if is_label(line.text) or is_title(line.text) or any(len(part.text) > _FRAGMENT for part in rows[i]):
                break
            fits = all(
                any(abs(part.left - left) < part.em for left in lefts)
                or any(abs(part.right - right) < part.em for right in rights)
                for part in rows[i]
            )
            if not fits or (len(rows[i]) == 1 and i - end >= _ALONE):
                break
        if _is_data(rows[i]) or len(rows[i]) > 1 or line.top - above.bottom < line.em:
            end = i + 1
        lefts += [part.left for part in rows[i]]
        rights += [part.right for part in rows[i]]
    return end


def _loose_run(rows: Sequence[Row], start: int) -> int:
    """Where a run ends that looks like a table (amounts, fragments, no sentences) whose columns cannot be told."""
    if not _has_amounts(rows[start]):
        return start
    end, count = start + 1, 1
    for i in range(start + 1, len(rows)):
        line, above = rows[i][0], rows[i - 1][0]
        prose = any("。" in part.text or len(part.text) > _FRAGMENT for part in rows[i])
        heading = is_title(line.text) or is_label(line.text)
        if prose or heading or line.top - above.bottom > _FAR * line.em or i - end > 5:
            break
        if _has_amounts(rows[i]):
            end, count = i + 1, count + 1
    return end if count >= LEAST_ROWS - 1 else start


def _has_amounts(row: Row) -> bool:
    """Whether a part of the row is nothing but amounts."""
    return any(all(_AMOUNT.fullmatch(word) for word in part.text.split()) for part in row)


def _columns(rows: Sequence[Row], least: int = LEAST_ROWS - 1) -> list[float] | None:
    """The edges of the columns: the middles of the white that runs through all rows. ``None`` where it is not certain.

    ``least``: so many rows with amounts must there be, and so many amounts under each other.
    """
    data = [row for row in rows if _is_data(row)]
    if len(data) < least:
        return None
    em = max(row[0].em for row in data)
    columns = _rivers(data, em)
    for row in reversed([row for row in rows if not _is_data(row)]):
        columns = _with_blank(row, columns, em)
    if len(columns) < 3:
        return None
    for row in data:  # every part in a column of its own, but for words that run over into the next
        places = [_under(part, columns, em) for part in row]
        if any(
            not place or (len(place) > 1 and any(char.isdigit() for char in part.text[-3:]))
            for part, place in zip(row, places, strict=True)
        ):
            return None
    aligned = 0
    for left, right in columns:
        amounts = [p for row in data for p in row if _AMOUNT.fullmatch(p.text) and left <= p.left and p.right <= right]
        rights, middles = [p.right for p in amounts], [p.left + p.right for p in amounts]
        if len(amounts) >= least and (_near(rights, em) or _near(middles, 2 * em)):
            aligned += 1
    if not aligned:
        return None
    return [columns[0][0], *((a[1] + b[0]) / 2 for a, b in itertools.pairwise(columns)), columns[-1][1]]


def _with_blank(row: Row, columns: list[tuple[float, float]], em: float) -> list[tuple[float, float]]:
    """The columns, and those that are blank throughout: in a row of heads, a word by itself in the white between columns."""
    over = {j for part in row for j in _under(part, columns, em)}
    if len(over) * 2 < len(columns):
        return columns
    alone = [
        (part.left, part.right)
        for part in row
        if not any(part.left - em < right and left < part.right + em for left, right in columns)
    ]
    return sorted([*columns, *alone])


def _rivers(data: Sequence[Row], em: float) -> list[tuple[float, float]]:
    """Where the columns of rows stand: what parts cover, but for few that run over into the next column."""
    few = len(data) // _FEW_ROWS
    amounts = _amount_columns(data, em)
    parts = [
        part
        for row in data
        for part in row
        if _AMOUNT.fullmatch(part.text) or not any(left < part.right - em and part.left < left for left in amounts)
    ]
    ends = sorted(end for part in parts for end in ((part.left, 1), (part.right, -1)))
    columns: list[tuple[float, float]] = []
    count = 0
    start: float | None = None
    for x, step in ends:
        count += step
        if start is None and count > few:
            start = x
        elif start is not None and count <= few:
            if columns and start - columns[-1][1] < _RIVER * em:
                columns[-1] = (columns[-1][0], x)
            else:
                columns.append((start, x))
            start = None
    return columns


def _amount_columns(data: Sequence[Row], em: float) -> list[float]:
    """Where columns of amounts that share their right edge begin."""
    amounts = sorted((part.right, part.left) for row in data for part in row if _AMOUNT.fullmatch(part.text))
    lefts: list[float] = []
    bundle: list[tuple[float, float]] = []
    for right, left in [*amounts, (1e9, 0.0)]:
        if bundle and right - bundle[-1][0] > em / 2:
            if len(bundle) >= LEAST_ROWS - 1:
                lefts.append(min(start for _, start in bundle))
            bundle = []
        bundle.append((right, left))
    return lefts


def _under(part: TextLine, columns: Sequence[tuple[float, float]], em: float) -> list[int]:
    """The columns over which a part stands."""
    return [
        j
        for j, (left, right) in enumerate(columns)
        if min(part.right, right) - max(part.left, left)
        > min(_OVER * em, (right - left) / 2, (part.right - part.left) / 2)
    ]


def _near(values: list[float], em: float) -> bool:
    return max(values) - min(values) <= em


def _place(part: TextLine, edges: Sequence[float]) -> int:
    """The column of a part: that of its middle, or the first of those that it spans."""
    inner = list(edges[1:-1])
    spanned = _under(part, list(itertools.pairwise(edges)), 2 * part.em)
    if len(spanned) > 1 and not _AMOUNT.fullmatch(part.text):
        return spanned[0]
    return bisect_right(inner, (part.left + part.right) / 2)


def _header(rest: list[TextLine], below: Row) -> list[Row]:
    """The rows that stand over the first row as its header, taken off the end of ``rest``; a row may have several lines."""
    header: list[Row] = []
    while rest and len(header) < _HEADER:
        first = len(rest) - 1
        while first and rest[first].middle - rest[first - 1].middle <= _WRAPPED * rest[first].em:
            first -= 1
        row = [part for line in rest[first:] for part in _parts(line)]
        alone = len(row) == 1 and " " not in row[0].text
        if not _heads(row, (header or [below])[0]) or (alone and not (header and len(row[0].text) <= _SHORT)):
            break
        header.insert(0, row)
        del rest[first:]
    return header


def _heads(row: Row, below: Row) -> bool:
    """Whether a row stands over another as its header."""
    distance = min(part.top for part in below) - max(part.bottom for part in row)
    if distance > (_OVER_ROWS if len(row) > 1 else _FAR) * row[0].em:
        return False
    return all(
        len(part.text) <= _FRAGMENT and not _SENTENCE.search(part.text) and not is_label(part.text) for part in row
    )


def _grid(rows: Sequence[Row], edges: list[float], frame: Frame, page: int) -> Grid:
    table = []
    begun = False
    for row in rows:
        cells: list[list[TextLine]] = [[] for _ in edges[1:]]
        for part in row:
            for piece in _words(part, edges):
                cells[_place(piece, edges)].append(replace(piece, sure=min(piece.sure, SURE)))
        begun = begun or _is_data(row)
        for level in [cells] if begun else _levels(cells):
            table.append([cell_piece(cell, frame) if cell else Piece("") for cell in level])
    box = (edges[0], min(p.top for p in rows[0]), edges[-1], max(p.bottom for p in rows[-1]))
    return Grid(edges, table, box, page)


def _words(part: TextLine, edges: Sequence[float]) -> Row:
    """A part cut where its words stand in different columns: at blanks, and where a sign begins before the last one ends."""
    if len(_under(part, list(itertools.pairwise(edges)), 2 * part.em)) < 2:
        return [part]
    steps = [b - a for a, b in itertools.pairwise(part.edges)]
    full = sorted(steps)[len(steps) // 2]
    cuts = [
        i
        for i in range(1, len(part.text))
        if part.text[i] == " "
        or part.text[i - 1] == " "
        or (steps[i - 1] < _PRESSED * full and not part.text[i - 1 : i + 1].isascii())
    ]
    pieces = [part.part(a, b) for a, b in itertools.pairwise([0, *cuts, len(part.text)])]
    words = [piece for piece in pieces if piece.text.strip()]
    places = [_place(word, edges) for word in words]
    return words if len(set(places)) == len(words) else [part]


def _levels(cells: list[list[TextLine]]) -> list[list[list[TextLine]]]:
    """A row of a header whose cells reach over several rows: apart by height, where words stand one over the other."""
    stacks = []
    for cell in cells:
        stack: list[list[TextLine]] = []
        for line in sorted(cell, key=lambda line: line.middle):
            if stack and line.middle - stack[-1][-1].middle <= _WRAPPED * line.em:
                stack[-1].append(line)
            else:
                stack.append([line])
        stacks.append(stack)
    deepest = max(stacks, key=len)
    if len(deepest) < 2:
        return [cells]
    heights = [sum(line.middle for line in lines) / len(lines) for lines in deepest]
    levels: list[list[list[TextLine]]] = [[[] for _ in cells] for _ in heights]
    for j, stack in enumerate(stacks):
        for lines in stack:
            middle = sum(line.middle for line in lines) / len(lines)
            levels[min(range(len(heights)), key=lambda k: abs(heights[k] - middle))][j] += lines
    return levels


def _ragged(rows: Sequence[Row], frame: Frame, page: int) -> Grid:
    """A table whose columns cannot be told: kept out of the narrative, and nothing in it is judged."""
    width = max(len(row) for row in rows)
    table = [
        [*(cell_piece([replace(part, sure=0)], frame) for part in row), *[Piece("")] * (width - len(row))]
        for row in rows
    ]
    left, right = min(row[0].left for row in rows), max(row[-1].right for row in rows)
    xs = [left + (right - left) * n / width for n in range(width + 1)]
    return Grid(xs, table, (left, rows[0][0].top, right, rows[-1][0].bottom), page, ragged=True)
