"""Ruling lines to grids: lines that touch make a table; what lies between them are its cells.

Nothing is known here of the text. A cell that lacks the line to its neighbour is one cell with it, as long as the whole
is a rectangle. Sides that are left open (tables without outer upright lines, tables cut by the end of a page) are closed.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.document import Box
from assistant.reading.pdf.strokes import Stroke

SAME = 2.0
"""Lines nearer than this (points) are one line."""

TOUCH = 3.0
"""Ends that miss a line by no more than this touch it; gaps up to this do not break a dashed line."""

SOLID = 1.5
"""Gaps up to this do not break a line made of longer pieces."""

MAX_LINES = 1500

_HALF = 0.5
_DASH = 8


@dataclass(slots=True)
class Lattice:
    """A grid of ruled cells: ``xs`` and ``ys`` are the positions of its lines, ``first`` leads each elementary cell to its cell.

    ``first[row][column]`` is the (row, column) of the upper left elementary cell that it is merged with. ``open_top`` and
    ``open_bottom`` say that the grid has no line there.
    """

    xs: list[float]
    ys: list[float]
    first: list[list[tuple[int, int]]]
    open_top: bool = False
    open_bottom: bool = False

    @property
    def box(self) -> Box:
        """The outer box."""
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def find(self, x: float, y: float) -> tuple[int, int] | None:
        """The cell in which a point lies."""
        if not (self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]):
            return None
        row, column = self._at(x, y)
        return self.first[row][column]

    def around(self, x: float, y: float) -> Box:
        """The elementary cell around a point within the grid."""
        row, column = self._at(x, y)
        return (self.xs[column], self.ys[row], self.xs[column + 1], self.ys[row + 1])

    def _at(self, x: float, y: float) -> tuple[int, int]:
        return min(bisect_right(self.ys, y) - 1, len(self.ys) - 2), min(bisect_right(self.xs, x) - 1, len(self.xs) - 2)


def lattices(level: Sequence[Stroke], upright: Sequence[Stroke]) -> list[Lattice] | None:
    """The grids that ruling lines make, from top to bottom; ``None`` for a drawing with too many lines to be a table."""
    across, down = merged(level), merged(upright)
    if len(across) > MAX_LINES or len(down) > MAX_LINES:
        return None
    found = []
    for some_across, some_down in _groups(across, down):
        lattice = _lattice(some_across, some_down)
        if lattice is not None:
            found.append(lattice)
    return sorted(found, key=lambda lattice: (lattice.ys[0], lattice.xs[0]))


def merged(strokes: Iterable[Stroke]) -> list[Stroke]:
    """Pieces on one line joined; lines that lie side by side within ``SAME`` made one."""
    result: list[Stroke] = []
    bundle: list[Stroke] = []
    for stroke in [*sorted(strokes), None]:
        if bundle and (stroke is None or stroke.at - bundle[-1].at > SAME or stroke.at - bundle[0].at > 2 * SAME):
            result += _joined(bundle)
            bundle = []
        if stroke is not None:
            bundle.append(stroke)
    return [stroke for stroke in result if stroke.end - stroke.start > TOUCH]


def _joined(bundle: list[Stroke]) -> list[Stroke]:
    at = bundle[len(bundle) // 2].at
    bundle.sort(key=lambda stroke: stroke.start)
    start, end = bundle[0].start, bundle[0].end
    pieces = []
    for stroke in bundle[1:]:
        short = min(stroke.end - stroke.start, end - start) < _DASH
        if stroke.start - end > (TOUCH if short else SOLID):
            pieces.append(Stroke(at, start, end))
            start, end = stroke.start, stroke.end
        else:
            end = max(end, stroke.end)
    return [*pieces, Stroke(at, start, end)]


def _groups(across: list[Stroke], down: list[Stroke]) -> list[tuple[list[Stroke], list[Stroke]]]:
    """The lines that touch one another, directly or over others."""
    parent = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    base = len(across)
    for j, (x, top, bottom) in enumerate(down):
        mine = root(base + j)
        for i, (y, left, right) in enumerate(across):
            if left - TOUCH <= x <= right + TOUCH and top - TOUCH <= y <= bottom + TOUCH:
                other = root(i)
                if other != mine:
                    parent[other] = mine
    groups: dict[int, tuple[list[Stroke], list[Stroke]]] = {}
    for i, stroke in enumerate(across):
        groups.setdefault(root(i), ([], []))[0].append(stroke)
    for j, stroke in enumerate(down):
        groups.setdefault(root(base + j), ([], []))[1].append(stroke)
    return [group for group in groups.values() if group[0] and group[1]]


def _lattice(across: list[Stroke], down: list[Stroke]) -> Lattice | None:
    top, bottom = _open_end(down, across, first=True), _open_end(down, across, first=False)
    left, right = _open_end(across, down, first=True), _open_end(across, down, first=False)
    across = across + [stroke for stroke in (top, bottom) if stroke is not None]
    down = down + [stroke for stroke in (left, right) if stroke is not None]
    xs, ys = _positions(down), _positions(across)
    if len(xs) < 2 or len(ys) < 2 or (len(xs) < 3 and len(ys) < 3):
        return None
    walls = _covered(down, xs, ys)  # walls[j][i]: an upright line at xs[j] along row i
    floors = _covered(across, ys, xs)  # floors[i][j]: a level line at ys[i] along column j
    first = _cells(len(ys) - 1, len(xs) - 1, walls, floors)
    if len({cell for row in first for cell in row}) < 2:
        return None
    return Lattice(xs, ys, first, top is not None, bottom is not None)


def _open_end(along: list[Stroke], closing: list[Stroke], *, first: bool) -> Stroke | None:
    """The line that is missing where at least two lines end together beyond the last line across them."""
    ends = [stroke.start if first else stroke.end for stroke in along]
    outer = min(ends) if first else max(ends)
    if any(abs(stroke.at - outer) <= TOUCH for stroke in closing):
        return None
    reaching = [stroke.at for stroke, end in zip(along, ends, strict=True) if abs(end - outer) <= TOUCH]
    if len(reaching) < 2 or max(reaching) - min(reaching) <= TOUCH:
        return None
    return Stroke(outer, min(reaching), max(reaching))


def _positions(strokes: list[Stroke]) -> list[float]:
    result: list[float] = []
    for at in sorted(stroke.at for stroke in strokes):
        if not result or at - result[-1] > SAME:
            result.append(at)
    return result


def _covered(strokes: list[Stroke], positions: list[float], others: list[float]) -> list[list[bool]]:
    """For each line position, which stretches between the ``others`` a stroke covers (their middle, at least)."""
    middles = [(a + b) * _HALF for a, b in itertools.pairwise(others)]
    table = [[False] * len(middles) for _ in positions]
    for at, start, end in strokes:
        row = table[min(range(len(positions)), key=lambda i: abs(positions[i] - at))]
        for k, middle in enumerate(middles):
            if start <= middle <= end:
                row[k] = True
    return table


def _cells(rows: int, columns: int, walls: list[list[bool]], floors: list[list[bool]]) -> list[list[tuple[int, int]]]:
    """Elementary cells without a line between them are one; what is no rectangle is merged along its rows only."""
    label = [[-1] * columns for _ in range(rows)]
    parts: list[list[tuple[int, int]]] = []
    for i in range(rows):
        for j in range(columns):
            if label[i][j] >= 0:
                continue
            label[i][j] = len(parts)
            part, queue = [], [(i, j)]
            while queue:
                a, b = queue.pop()
                part.append((a, b))
                for c, d, shut in (
                    (a, b + 1, walls[b + 1][a]), (a, b - 1, walls[b][a]),
                    (a + 1, b, floors[a + 1][b]), (a - 1, b, floors[a][b]),
                ):  # fmt: skip
                    if not shut and 0 <= c < rows and 0 <= d < columns and label[c][d] < 0:
                        label[c][d] = len(parts)
                        queue.append((c, d))
            parts.append(part)
    first = [[(0, 0)] * columns for _ in range(rows)]
    for part in parts:
        top, bottom = min(a for a, _ in part), max(a for a, _ in part)
        left, right = min(b for _, b in part), max(b for _, b in part)
        whole = len(part) == (bottom - top + 1) * (right - left + 1)
        for a, b in part:
            first[a][b] = (top, left) if whole else (a, b)
        if not whole:
            for a, b in sorted(part):
                if b and (a, b - 1) in part and not walls[b][a]:
                    first[a][b] = first[a][b - 1]
    return first
