"""Characters to lines of text, with the places of their characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from assistant.document import Box, Origin
from assistant.reading.pdf.chars import Char, Frame
from assistant.reading.source import Piece

_DIGITS = frozenset("0123456789.,，．０１２３４５６７８９%％-")
_LATIN = re.compile(r"[A-Za-z]")
_JOINT = re.compile(r"[A-Za-z]$")

_LEFT = itemgetter(1)

WORD_GAP = 0.22
FIGURE_GAP = 0.45
BLANK_GAP = 0.7
WIDE_GAP = 1.6


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text: ``edges`` are the left edges of its characters and the right edge of the last; ``em`` its size.

    ``sure`` is how far its least certain character can be trusted, of 100.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    em: float
    edges: tuple[float, ...]
    page: int = 0
    sure: int = 100

    @property
    def middle(self) -> float:
        """The height of its middle on the page."""
        return (self.top + self.bottom) / 2

    def part(self, start: int, end: int) -> TextLine:
        """The characters ``start:end`` as a line of their own."""
        edges = self.edges[start : end + 1]
        return TextLine(
            self.text[start:end], edges[0], self.top, edges[-1], self.bottom, self.em, edges, self.page, self.sure
        )


def rows_of(chars: Iterable[Char]) -> list[list[Char]]:
    """The characters sorted into lines, top to bottom, each from left to right, double prints left out."""
    chars = list(chars)
    if len(chars) < 2 or _level(chars):
        return [_once(sorted(chars, key=_LEFT))] if chars else []
    rows: list[list[Char]] = []
    middle = size = 0.0
    for char in sorted(chars, key=lambda c: c.top + c.bottom):
        centre, high = (char.top + char.bottom) / 2, char.bottom - char.top
        if rows and abs(centre - middle) <= min(size, high) * 0.5:
            row = rows[-1]
            row.append(char)
            middle += (centre - middle) / len(row)
            size = max(size, high)
        else:
            rows.append([char])
            middle, size = centre, high
    return [_once(sorted(row, key=_LEFT)) for row in rows]


def _level(chars: list[Char]) -> bool:
    """Whether all characters stand on one line beyond doubt."""
    tops, bottoms = [char[2] for char in chars], [char[4] for char in chars]
    return max(tops) + max(bottoms) - min(tops) - min(bottoms) < (bottoms[0] - tops[0]) * 0.5


def _once(row: list[Char]) -> list[Char]:
    """A row without characters that are printed twice on nearly the same spot to look bold."""
    kept = row[:1]
    before = row[0]
    for char in row[1:]:
        if char[1] - before[1] < 0.3 * (char[3] - char[1]):
            if before[0] == char[0]:
                continue
            if before[0] in _DIGITS and char[0] in _DIGITS:  # one figure printed over another: neither can be told
                kept[-1], char = kept[-1]._replace(sure=0), char._replace(sure=0)
        kept.append(char)
        before = char
    return kept


def text_lines(chars: Iterable[Char], page: int) -> list[TextLine]:
    """The lines of text that characters make."""
    return [text_line(row, page) for row in rows_of(chars)]


def text_line(row: Sequence[Char], page: int) -> TextLine:
    """One line; gaps between characters become blanks where they are wider than setting explains."""
    parts: list[str] = []
    edges: list[float] = []
    before, left, top, right, bottom, _ = row[0]
    right, high = left, bottom - top
    least = WORD_GAP * high
    highest, lowest = top, bottom
    for text, left, top, end, bottom, _ in row:
        if left - right > least:
            em = bottom - top
            count = _blanks(before, text, (left - right) / em if em else 0)
            if count:
                parts.append(" " * count)
                edges += [right] * count
        if top < highest:
            highest = top
        if bottom > lowest:
            lowest = bottom
        parts.append(text)
        edges.append(left)
        right = end if end > left else left
        before = text
    edges.append(right)
    high = max(char[4] - char[2] for char in row)
    sure = min([char[5] for char in row])
    return TextLine("".join(parts), row[0].left, highest, right, lowest, high, tuple(edges), page, sure)


def _blanks(before: str, after: str, gap: float) -> int:
    if before in _DIGITS and after in _DIGITS:
        needed = FIGURE_GAP
    elif before.isascii() and after.isascii() and (before.isalpha() or after.isalpha()):
        needed = WORD_GAP
    else:
        needed = BLANK_GAP
    return 0 if gap <= needed else 1 if gap <= WIDE_GAP else 2


def glue(above: str, below: str) -> str:
    """What comes between the end of a line and the next line of the same paragraph or cell: nothing, but for Latin words."""
    return " " if _JOINT.search(above) and _LATIN.match(below) else ""


def piece_of(lines: Sequence[TextLine], frames: Mapping[int, Frame]) -> Piece:
    """Lines that belong together as one text, each with its place; ``frames`` are those of their pages."""
    texts: list[str] = []
    origins: list[Origin] = []
    position = 0
    for line in lines:
        between = glue(texts[-1], line.text) if texts else ""
        position += len(between)
        texts += [between, line.text]
        origins.append(origin_of(line, position, frames[line.page]))
        position += len(line.text)
    return Piece("".join(texts), tuple(origins))


def origin_of(line: TextLine, position: int, frame: Frame) -> Origin:
    """The place of a line that stands at ``position`` of a longer text."""
    box: Box = (line.left, line.top, line.right, line.bottom)
    edges = line.edges
    if frame.turn != frame.shown:
        box, edges = frame.display(box), ()
    return Origin(position, position + len(line.text), line.page, box, edges=edges, sure=line.sure)
