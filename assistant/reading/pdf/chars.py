"""Characters of a PDF page with their boxes, in the page as one reads it.

PDFium gives characters in the page's own space (origin at the lower left, before rotation). ``Frame`` turns that space
to the reading one: origin at the upper left, text running from left to right, whatever the page's rotation says.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from assistant.document import Box

_SAMPLE = 40
_SKEW = 0.1


class Char(NamedTuple):
    """A character and its box: from its origin to the next one's, as high as its font.

    ``sure`` is how far it can be trusted, of 100: less than 100 only where it was recognised in a picture.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    sure: int = 100


class Baseline:
    """The direction in which text runs. PDFium's own angle is that of a sign's stem: slanted signs would stand sideways."""

    def __init__(self) -> None:
        self.matrix = pdfium.FS_MATRIX()
        self.matrix_to = ctypes.byref(self.matrix)

    def angle(self, textpage: Any, i: int) -> float:
        """The angle of a character's base line, clockwise in radians."""
        if not pdfium.FPDFText_GetMatrix(textpage, i, self.matrix_to):
            return 0
        return -math.atan2(self.matrix.b, self.matrix.a)


@dataclass(frozen=True, slots=True)
class Frame:
    """How a page's own space turns to the space of reading.

    ``left`` … ``top`` is the visible part of the page, ``shown`` the clockwise rotation with which it is displayed, ``turn``
    the one with which its text runs from left to right.
    """

    left: float
    bottom: float
    right: float
    top: float
    shown: int
    turn: int

    def place(self, box: Box, turn: int | None = None) -> Box:
        """A box of the page's own space (left, bottom, right, top) in the space of reading."""
        left, bottom, right, top = box
        turn = self.turn if turn is None else turn
        if turn == 90:
            return (bottom - self.bottom, left - self.left, top - self.bottom, right - self.left)
        if turn == 180:
            return (self.right - right, bottom - self.bottom, self.right - left, top - self.bottom)
        if turn == 270:
            return (self.top - top, self.right - right, self.top - bottom, self.right - left)
        return (left - self.left, self.top - top, right - self.left, self.top - bottom)

    def display(self, box: Box) -> Box:
        """A box of the space of reading on the page as it is displayed."""
        if self.turn == self.shown:
            return box
        left, top, right, bottom = box
        own = {
            0: (left + self.left, self.top - bottom, right + self.left, self.top - top),
            90: (top + self.left, left + self.bottom, bottom + self.left, right + self.bottom),
            180: (self.right - right, top + self.bottom, self.right - left, bottom + self.bottom),
            270: (self.right - bottom, self.top - right, self.right - top, self.top - left),
        }[self.turn]
        return self.place(own, self.shown)

    @property
    def width(self) -> float:
        """The width of the page as it is read."""
        return self.top - self.bottom if self.turn in (90, 270) else self.right - self.left

    @property
    def height(self) -> float:
        """The height of the page as it is read."""
        return self.right - self.left if self.turn in (90, 270) else self.top - self.bottom


def frame_of(page: Any, textpage: Any) -> Frame:
    """The frame of a page: its visible box, its rotation and the direction of most of its text."""
    left, bottom, right, top = page.get_mediabox()
    crop = page.get_cropbox()
    inner = (max(left, crop[0]), max(bottom, crop[1]), min(right, crop[2]), min(top, crop[3]))
    if inner[0] < inner[2] and inner[1] < inner[3]:
        left, bottom, right, top = inner
    shown = page.get_rotation()
    count = pdfium.FPDFText_CountChars(textpage)
    quarters: Counter[int] = Counter()
    baseline = Baseline()
    for i in range(0, count, max(count // _SAMPLE, 1)):
        if pdfium.FPDFText_GetUnicode(textpage, i) > 32:
            angle = baseline.angle(textpage, i)
            quarter = round(angle * 2 / math.pi)
            if abs(angle - quarter * math.pi / 2) < _SKEW:
                quarters[quarter % 4] += 1
    turn = (-quarters.most_common(1)[0][0] * 90) % 360 if quarters else shown
    return Frame(left, bottom, right, top, shown, turn)
