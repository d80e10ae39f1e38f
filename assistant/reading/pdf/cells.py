"""The text in ruled grids: characters to cells to rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from assistant.document import Box
from assistant.reading.pdf.chars import Char, Frame
from assistant.reading.pdf.lattice import Lattice
from assistant.reading.pdf.lines import TextLine, piece_of, rows_of, text_line
from assistant.reading.source import Piece

_WHOLE = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,6})?%?")
_DECIMAL = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d{2,6}%?")
_TORN = re.compile(r"[\d.,]+")
_CJK = re.compile(r"[㐀-鿿]")
_TIGHT = 0.25
_CUT = 0.15

Place = tuple[int, int]


@dataclass(slots=True)
class Grid:
    """A table of a page: ``xs`` are the left edges of its columns and the right edge of the last, ``rows`` the texts in them.

    ``last_of_page`` and ``first_of_page`` say that nothing but page numbers and the like stands under or over it. ``lines``
    are the lines of one that is too small to be a table by itself; ``ragged``, that its columns are not known.
    """

    xs: list[float]
    rows: list[list[Piece]]
    box: Box
    page: int
    open_top: bool = False
    open_bottom: bool = False
    lines: tuple[TextLine, ...] = ()
    ragged: bool = False
    first_of_page: bool = field(default=False)
    last_of_page: bool = field(default=False)


def grids_of(
    chars: Sequence[Char], sideways: Sequence[Char], found: Sequence[Lattice], frame: Frame, page: int
) -> tuple[list[Grid], list[Char], list[Char]]:
    """The grids with their text, the characters that stand in none, and those of ``sideways`` that stand in none."""
    inner = sorted(found, key=lambda lattice: (lattice.box[2] - lattice.box[0]) * (lattice.box[3] - lattice.box[1]))
    boxes = [lattice.box for lattice in inner]
    contents: list[dict[Place, list[Char]]] = [{} for _ in inner]
    homes: list[tuple[int, Place] | None] = []
    rest: list[Char] = []
    if not inner:
        return [], list(chars), list(sideways)
    nested = any(a is not b and _within(a, b) for a in boxes for b in boxes)
    home: tuple[int, Place] | None = None
    left = top = right = bottom = -1.0  # the elementary cell of the character before: mostly that of the next one too
    for _, start, upper, end, lower, _ in chars:
        x, y = (start + end) / 2, (upper + lower) / 2
        if nested or not (left < x < right and top < y < bottom):
            home = None
            left = right = -1.0
            for k, box in enumerate(boxes):
                if box[0] <= x <= box[2] and box[1] <= y <= box[3]:
                    place = inner[k].find(x, y)
                    if place is not None:
                        home = (k, place)
                        left, top, right, bottom = inner[k].around(x, y)
                    break
        homes.append(home)
    _mend(chars, homes)
    for i in range(1, len(homes)):  # what runs out over the outer edge of a table belongs to the cell it begins in
        if homes[i] is None and homes[i - 1] is not None and _touch(chars[i - 1], chars[i]):
            homes[i] = homes[i - 1]
    for char, home in zip(chars, homes, strict=True):
        if home is None:
            rest.append(char)
        else:
            contents[home[0]].setdefault(home[1], []).append(char)
    turned, outside = _turned(sideways, inner)
    result: list[Grid] = []
    for k, lattice in enumerate(inner):
        if not contents[k]:
            outside += [char for part in turned.get(k, {}).values() for char in part]
            continue
        grid = _grid(lattice, contents[k], turned.get(k, {}), frame, page)
        if grid is None:  # a frame around text
            for part in contents[k].values():
                rest += part
            outside += [char for part in turned.get(k, {}).values() for char in part]
        else:
            result.append(grid)
    return sorted(result, key=lambda grid: (grid.box[1], grid.box[0])), rest, outside


def _within(inner: Box, outer: Box) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


def _turned(
    sideways: Iterable[Char], found: Sequence[Lattice]
) -> tuple[dict[int, dict[Place, list[Char]]], list[Char]]:
    """Characters that run upwards or downwards in narrow heads, by cell, in the order of the file; and those in no cell."""
    result: dict[int, dict[Place, list[Char]]] = {}
    outside: list[Char] = []
    for char in sideways:
        x, y = (char.left + char.right) / 2, (char.top + char.bottom) / 2
        for k, lattice in enumerate(found):
            place = lattice.find(x, y)
            if place is not None:
                result.setdefault(k, {}).setdefault(place, []).append(char)
                break
        else:
            outside.append(char)
    return result, outside


def _mend(chars: Sequence[Char], homes: list[tuple[int, Place] | None]) -> None:
    """Text that is wider than its cell reaches into the next one: give it back, where that is certain."""
    for i in range(1, len(chars)):
        here, before = homes[i], homes[i - 1]
        if (
            here == before
            or here is None
            or before is None
            or here[0] != before[0]
            or not _touch(chars[i - 1], chars[i])
        ):
            continue
        start = i - 1
        while start and homes[start - 1] == before and _touch(chars[start - 1], chars[start]):
            start -= 1
        end = i + 1
        while end < len(chars) and homes[end] == here and _touch(chars[end - 1], chars[end]):
            end += 1
        _settle(chars, homes, start, i, end)


def _settle(chars: Sequence[Char], homes: list[tuple[int, Place] | None], start: int, middle: int, end: int) -> None:
    """A run ``start:end`` that changes its cell at ``middle``."""
    first = "".join(char.text for char in chars[start:middle])
    second = "".join(char.text for char in chars[middle:end])
    left, right = homes[middle - 1], homes[middle]
    digits_left = re.search(r"[\d.,-]+$", first)
    digits_right = re.match(r"[\d.,-]+%?", second)
    if digits_left and digits_right:
        joined = digits_left[0] + digits_right[0]
        if _DECIMAL.fullmatch(joined) and not (
            _DECIMAL.fullmatch(digits_left[0]) and _WHOLE.fullmatch(digits_right[0])
        ):
            if len(digits_right[0]) == len(second):  # a figure set to the right edge of its cell
                homes[middle - len(digits_left[0]) : middle] = [right] * len(digits_left[0])
            elif len(digits_left[0]) == len(first):
                homes[middle : middle + len(digits_right[0])] = [left] * len(digits_right[0])
        return
    if not (_CJK.search(first) and _CJK.search(second)):
        return
    alone = sum(1 for home in homes if home == right) == end - middle
    if alone and len(first) > len(second) and _straddles(chars[middle - 1], chars[middle]):
        homes[middle:end] = [left] * (end - middle)


def _straddles(before: Char, after: Char) -> bool:
    """Whether the two stand so close that no border can have been set between them on purpose."""
    return after.left - before.right <= 0.02 * (after.bottom - after.top)


def _touch(before: Char, after: Char) -> bool:
    high = before.bottom - before.top
    return abs(before.top - after.top) <= 0.3 * high and -0.5 * high < after.left - before.right <= _TIGHT * high


def _grid(
    lattice: Lattice, cells: dict[Place, list[Char]], turned: dict[Place, list[Char]], frame: Frame, page: int
) -> Grid | None:
    rows, columns = len(lattice.ys) - 1, len(lattice.xs) - 1
    if columns < 2:
        return None
    lines: dict[Place, list[TextLine]] = {
        place: [text_line(row, page) for row in rows_of(part)] for place, part in cells.items()
    }
    for place, part in turned.items():
        lines.setdefault(place, []).append(_column_line(part, page))
    table: list[list[Piece]] = []
    for i in range(rows):
        height = lattice.ys[i + 1] - lattice.ys[i]
        starts = {j: lines[i, j] for j in range(columns) if (i, j) in lines}
        if not starts and height < 4:
            continue  # the gap of a double line
        for filled in _split(starts):
            table.append([cell_piece(filled[j], frame) if j in filled else Piece("") for j in range(columns)])
    ems = sorted(line.em for part in lines.values() for line in part)
    narrow = max(ems[len(ems) // 2], 4)  # no sign would fit in: the gap of a double line, a frame around the table
    keep = [
        j for j in range(columns) if lattice.xs[j + 1] - lattice.xs[j] >= narrow or any(row[j].text for row in table)
    ]
    xs = [lattice.xs[j] for j in keep] + [lattice.xs[keep[-1] + 1]] if keep else []
    table = [[row[j] for j in keep] for row in table]
    if len(keep) < 2 or not table:
        return None
    loose = tuple(line for part in lines.values() for line in part) if len(cells) < 3 or columns * rows < 4 else ()
    return Grid(xs, table, lattice.box, page, lattice.open_top, lattice.open_bottom, loose)


def _column_line(chars: list[Char], page: int) -> TextLine:
    left, top = min(c.left for c in chars), min(c.top for c in chars)
    right, bottom = max(c.right for c in chars), max(c.bottom for c in chars)
    return TextLine("".join(c.text for c in chars), left, top, right, bottom, right - left, (), page)


def _split(starts: dict[int, list[TextLine]]) -> list[dict[int, list[TextLine]]]:
    """One ruled row that holds several rows of text (no lines between them): apart where figures and labels pair off."""
    figures = [
        lines for lines in starts.values() if len(lines) > 1 and all(_DECIMAL.fullmatch(line.text) for line in lines)
    ]
    if not figures or len(starts) < 2:
        return [starts]
    if any(
        _TORN.fullmatch(line.text) and not _WHOLE.fullmatch(line.text) for lines in starts.values() for line in lines
    ):
        return [starts]  # a figure that runs over two lines: so may the label
    levels = max(figures, key=len)
    parts: list[dict[int, list[TextLine]]] = [{} for _ in levels]
    for j, lines in starts.items():
        for line in lines:
            near = [k for k, level in enumerate(levels) if abs(level.middle - line.middle) < 0.5 * line.em]
            if len(near) != 1 or j in parts[near[0]]:
                return [starts]
            parts[near[0]][j] = [line]
    return parts


def cell_piece(lines: Sequence[TextLine], frame: Frame) -> Piece:
    """The text of a cell. Figures one under the other stay apart; a figure that runs over two lines is one."""
    ordered = sorted(lines, key=lambda line: line.top)
    piece = piece_of(ordered, {line.page: frame for line in ordered})
    if len(ordered) > 1 and all(_DECIMAL.fullmatch(line.text) for line in ordered):
        text, origins, position = [], [], 0
        for line, origin in zip(ordered, piece.origins, strict=True):
            text.append(line.text)
            origins.append(origin.moved(position - origin.start))
            position += len(line.text) + 1
        return Piece(" ".join(text), tuple(origins))
    return piece
