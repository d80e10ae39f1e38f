"""Tables without ruling lines: rows of text and aligned amounts, parted by the white that runs through all of them.

Only what cannot well be anything else is taken for a table; its text is marked as less than certain (``SURE``), so that no
error rests on it. What is like a table but cannot be parted into columns is kept apart from the narrative and not judged.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.reading.pdf.cells import Grid, cell_piece
from assistant.reading.pdf.chars import Frame
from assistant.reading.pdf.lines import TextLine
from assistant.reading.pdf.paragraphs import is_label
from assistant.reading.preamble import is_title
from assistant.reading.source import Piece

SURE = 96
"""How far the columns of such a table are trusted, of 100: enough for a warning, not for an error."""

LEAST_ROWS = 4
_GAP = 1.4
_RIVER = 0.5
_FAR = 2.6
_HEADER = 5
_FRAGMENT = 24
_AMOUNT = re.compile(r"-?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d{1,6})|-?\d{1,3}(?:[,，]\d{3})+")
_SENTENCE = re.compile(r"[。；;]|[，,][^\d]")

Row = list[TextLine]


def borderless(lines: Sequence[TextLine], frame: Frame, page: int) -> tuple[list[Grid], list[TextLine]]:
    """The tables found in lines of text, and the lines that belong to none."""
    ordered = sorted(lines, key=lambda line: line.middle)
    rows = [_parts(line) for line in ordered]
    grids: list[Grid] = []
    rest: list[TextLine] = []
    i = 0
    while i < len(rows):
        end = _run(rows, i)
        columns = _columns(rows[i:end]) if end - i >= LEAST_ROWS else None
        if columns is None:
            end = _loose_run(rows, i)
            if end == i:
                rest.append(ordered[i])
                i += 1
                continue
        header: list[Row] = []
        while rest and len(header) < _HEADER and _heads(rest[-1], (header or [rows[i]])[0]):
            header.insert(0, _parts(rest.pop()))
        taken = [*header, *rows[i:end]]
        grids.append(_ragged(taken, frame, page) if columns is None else _grid(taken, columns, frame, page))
        i = end
    if _remains(rest):
        rest = [replace(line, sure=0) for line in rest]
    return grids, rest


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
    return len(row) > 1 and any(_AMOUNT.fullmatch(part.text) for part in row)


def _run(rows: Sequence[Row], start: int) -> int:
    """Where the run of table rows ends that begins at ``start``: amounts, or labels alone between amounts."""
    if not _is_data(rows[start]):
        return start
    end = start + 1
    for i in range(start + 1, len(rows)):
        line, above = rows[i][0], rows[i - 1][0]
        if line.top - above.bottom > _FAR * line.em or any(_SENTENCE.search(part.text) for part in rows[i]):
            break
        if _is_data(rows[i]):
            end = i + 1
        elif is_label(line.text) or is_title(line.text) or len(line.text) > 24 or i - end >= 2:
            break
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


def _columns(rows: Sequence[Row]) -> list[float] | None:
    """The edges of the columns: the middles of the white that runs through all rows. ``None`` where it is not certain."""
    data = [row for row in rows if _is_data(row)]
    em = max(row[0].em for row in data)
    spans = sorted((part.left, part.right) for row in rows for part in row)
    edges = [spans[0][0]]
    reach = spans[0][1]
    for left, right in spans[1:]:
        if left - reach >= _RIVER * em:
            edges.append((left + reach) / 2)
        reach = max(reach, right)
    edges.append(reach)
    if len(data) < LEAST_ROWS - 1 or len(edges) < 3:
        return None
    for row in rows:  # every part in a column of its own
        places = [_place(part, edges) for part in row]
        if len(set(places)) < len(places):
            return None
    aligned = 0
    for j in range(len(edges) - 1):
        amounts = [p for row in data for p in row if _place(p, edges) == j and _AMOUNT.fullmatch(p.text)]
        rights, middles = [p.right for p in amounts], [p.left + p.right for p in amounts]
        if len(amounts) >= LEAST_ROWS - 1 and (_near(rights, em) or _near(middles, 2 * em)):
            aligned += 1
    return edges if aligned else None


def _near(values: list[float], em: float) -> bool:
    return max(values) - min(values) <= em


def _place(part: TextLine, edges: Sequence[float]) -> int:
    middle = (part.left + part.right) / 2
    return max(0, sum(1 for edge in edges[:-1] if edge <= middle) - 1)


def _heads(line: TextLine, below: Row) -> bool:
    """Whether a line stands over the rows as their header."""
    if below[0].top - line.bottom > _FAR * line.em or _SENTENCE.search(line.text):
        return False
    parts = _parts(line)
    if is_label(line.text) or (is_title(line.text) and len(parts) == 1) or any(is_label(part.text) for part in parts):
        return False
    return len(parts) > 1 and all(len(part.text) <= 16 for part in parts)


def _grid(rows: Sequence[Row], edges: list[float], frame: Frame, page: int) -> Grid:
    table = []
    for row in rows:
        cells: list[list[TextLine]] = [[] for _ in edges[1:]]
        for part in row:
            cells[_place(part, edges)].append(replace(part, sure=min(part.sure, SURE)))
        table.append([cell_piece(cell, frame) if cell else Piece("") for cell in cells])
    box = (edges[0], rows[0][0].top, edges[-1], rows[-1][0].bottom)
    return Grid(edges, table, box, page)


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
