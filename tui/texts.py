"""Text for a terminal: made safe character for character, and fitted to columns as the terminal counts them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from rich.cells import cell_len, set_cell_size

from assistant.reports.layout import wrap

Mark = tuple[int, int, str]
"""A stretch of a text, and the name of the paint it is shown in."""
Piece = tuple[str, str]
"""A text and the name of its paint (empty: plain)."""


class _Safe(dict[int, str]):
    """What a character is shown as. Nothing that steers a terminal or joins its neighbours is passed on."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        category = unicodedata.category(char)
        shown = " " if category in ("Cc", "Cf", "Zl", "Zp") else char
        if category in ("Cs", "Co", "Cn"):  # halves of characters, private and unknown ones
            shown = "\ufffd"
        elif 0xFE00 <= code <= 0xFE0F:  # signs that change the width of the character before them
            shown = " "
        self[code] = shown
        return shown


_SAFE: Final = _Safe({9: "│"})


def safe(text: str) -> str:
    """``text`` of the same length without anything that could steer the terminal; tabs become bars."""
    return text.translate(_SAFE)


def fit(text: str, columns: int, *, right: bool = False) -> str:
    """``text`` in exactly ``columns`` columns: cut with … or filled with blanks."""
    size = cell_len(text)
    if size > columns:
        return set_cell_size(set_cell_size(text, max(columns - 1, 0)).rstrip(" ") + "…"[:columns], columns)
    blanks = " " * (columns - size)
    return blanks + text if right else text + blanks


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph to show: its text, the marks in it, what leads its first line and its other lines."""

    text: str
    marks: tuple[Mark, ...] = ()
    first: str = ""
    rest: str = ""
    paint: str = ""
    lead_paint: str = "dim"

    def lines(self, columns: int) -> Iterator[tuple[Piece, ...]]:
        """The lines of at most ``columns``, broken where Chinese text may be; a number is never split."""
        room = max(columns - max(cell_len(self.first), cell_len(self.rest)), 8)
        text = safe(self.text)
        offset = 0
        for number, line in enumerate([text] if cell_len(text) <= room else wrap(text, room)):
            lead = self.rest if number else self.first
            pieces: list[Piece] = [(lead, self.lead_paint)] if lead else []
            pieces += self._pieces(line, offset)
            yield tuple(pieces)
            offset += len(line)

    def line_of(self, offset: int, columns: int) -> int:
        """The number of the line, among those of the block, in which a character stands."""
        end = 0
        count = 0
        for count, pieces in enumerate(self.lines(columns)):
            end += sum(len(text) for text, _ in pieces) - (len(self.rest if count else self.first))
            if offset < end:
                return count
        return count

    def _pieces(self, line: str, offset: int) -> Iterator[Piece]:
        end = offset + len(line)
        cuts = {offset, end}
        for start, stop, _ in self.marks:
            cuts |= {cut for cut in (start, stop) if offset < cut < end}
        edges = sorted(cuts)
        for start, stop in pairwise(edges):
            paint = next((name for low, high, name in self.marks if low <= start and stop <= high), self.paint)
            yield line[start - offset : stop - offset], paint
