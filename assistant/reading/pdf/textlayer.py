"""The text layer of a page: its visible characters in the order of the file, each with a box that can be trusted."""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from assistant.document import Box
from assistant.reading.pdf.chars import Baseline, Char, Frame

MAX_CHARS = 60_000
"""No page of a report has more characters; what lies beyond is not read."""

_SKEW = 0.1
_SOFT_HYPHENS = frozenset("\ufffe\x02")
_UNMAPPED = frozenset("\0\ufffd")
_SPECIAL = (
    frozenset("".join(map(chr, range(33))) + "\x7f\u00a0\u2002\u2003\u2009\u200b\u202f\u3000\ufeff")
    | _SOFT_HYPHENS
    | _UNMAPPED
)
"""Blanks (gaps show them), signs that no one sees, and what has no known meaning."""

_INVISIBLE = 3
_NEXT, _UNEVEN = 0.3, 0.15

_ABOVE, _BELOW = 0.88, 0.12
"""How much of a font's size stands over and under the base line."""


@dataclass(frozen=True, slots=True)
class PageText:
    """The visible characters of a page; ``sideways`` run in another direction than most; ``unmapped`` have no known meaning.

    ``unseen`` are not shown, ``clipped`` lie beyond the page or the part of it within which they would be shown.
    ``hidden`` says that the text is an invisible layer under a picture: another program's recognition; ``uneven``, that
    characters side by side had boxes of unlike height.
    """

    chars: list[Char]
    sideways: list[Char]
    unmapped: int = 0
    hidden: bool = False
    complete: bool = True
    uneven: bool = False
    unseen: tuple[Char, ...] = ()
    clipped: tuple[Char, ...] = ()

    def inside(self, frame: Frame) -> bool:
        """Whether all characters stand on the page, give or take half of one."""
        if not self.chars:
            return True
        _, lefts, tops, rights, bottoms, _ = zip(*self.chars, strict=True)
        inside = min(rights) >= 0 <= min(bottoms) and max(lefts) <= frame.width and max(tops) <= frame.height
        return bool(inside)


def page_text(textpage: Any, frame: Frame, invisible: bool) -> PageText:
    """The characters of a page in the order of the file, blanks left out. ``invisible``: the page has unseen text."""
    text = _read(textpage, frame, invisible)
    if text.uneven:
        text = _read(textpage, frame, invisible, measure=_Measure())
    if text.inside(frame):
        return text
    # Text runs off the page (a cell printed over two pages): what is clipped away on this one belongs to another.
    return _read(textpage, frame, invisible, clips=ClipBoxes(frame), measure=_Measure() if text.uneven else None)


class _Measure:
    """Boxes from base line and font size, for fonts that do not tell how high they are (there each box fits its sign)."""

    def __init__(self) -> None:
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.origin = (ctypes.byref(self.x), ctypes.byref(self.y))
        self.matrix = pdfium.FS_MATRIX()
        self.matrix_to = ctypes.byref(self.matrix)

    def box(self, textpage: Any, i: int, loose: Any) -> Box:
        """The box in the page's own space."""
        own = (loose.left, loose.bottom, loose.right, loose.top)
        size = pdfium.FPDFText_GetFontSize(textpage, i)
        if not (
            pdfium.FPDFText_GetCharOrigin(textpage, i, *self.origin)
            and pdfium.FPDFText_GetMatrix(textpage, i, self.matrix_to)
        ):
            return own
        m, x, y = self.matrix, self.x.value, self.y.value
        along, up = math.hypot(m.a, m.b), math.hypot(m.c, m.d)
        em = size * up
        if em < 1 or not along:
            return own
        dx, dy, ux, uy = m.a / along, m.b / along, m.c / up, m.d / up
        corners = ((own[0], own[1]), (own[0], own[3]), (own[2], own[1]), (own[2], own[3]))
        advance = max(max((px - x) * dx + (py - y) * dy for px, py in corners), em / 5)
        xs = [
            x - _BELOW * em * ux,
            x + _ABOVE * em * ux,
            x + advance * dx - _BELOW * em * ux,
            x + advance * dx + _ABOVE * em * ux,
        ]
        ys = [
            y - _BELOW * em * uy,
            y + _ABOVE * em * uy,
            y + advance * dy - _BELOW * em * uy,
            y + advance * dy + _ABOVE * em * uy,
        ]
        return (min(xs), min(ys), max(xs), max(ys))


class ClipBoxes:
    """The part of the page within which text is shown: asked of the first character of each run."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.box: Box = (0, 0, frame.width, frame.height)

    def begin(self, textpage: Any, i: int) -> None:
        """Take over the clip of the run that begins with a character."""
        self.box = self._clip(pdfium.FPDFText_GetTextObject(textpage, i))

    def shows(self, char: Char) -> bool:
        """Whether the middle of a character lies within the page and its run's clip."""
        left, top, right, bottom = self.box
        return left <= (char.left + char.right) / 2 <= right and top <= (char.top + char.bottom) / 2 <= bottom

    def _clip(self, item: Any) -> Box:
        left, top, right, bottom = 0.0, 0.0, self.frame.width, self.frame.height
        clip = pdfium.FPDFPageObj_GetClipPath(item) if item else None
        x, y = ctypes.c_float(), ctypes.c_float()
        for path in range(min(pdfium.FPDFClipPath_CountPaths(clip), 20) if clip else 0):
            points = []
            for n in range(min(pdfium.FPDFClipPath_CountPathSegments(clip, path), 200)):
                segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, n)
                if pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
                    points.append(self.frame.place((x.value, y.value, x.value, y.value))[:2])
            if points:
                xs, ys = zip(*points, strict=True)
                left, top = max(left, min(xs)), max(top, min(ys))
                right, bottom = min(right, max(xs)), min(bottom, max(ys))
        return (left, top, right, bottom)


def _read(
    textpage: Any, frame: Frame, invisible: bool, *, clips: ClipBoxes | None = None, measure: _Measure | None = None
) -> PageText:
    count = min(pdfium.FPDFText_CountChars(textpage), MAX_CHARS)
    texts = _texts(textpage, count)
    box = pdfium.FS_RECTF()
    pointer = ctypes.byref(box)
    chars: list[Char] = []
    sideways: list[Char] = []
    unseen: list[Char] = []
    clipped: list[Char] = []
    unmapped = 0
    uneven = measure is not None
    upright, turn = frame.turn == 0, frame.turn
    matrix = Baseline()
    x0, y1 = frame.left, frame.top
    last_right = 0.0
    last_top: float | None = None
    level = True
    loose, angle_of = pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_GetCharAngle
    for i, text in enumerate(texts):
        if text in _SPECIAL:
            if text in _UNMAPPED:
                unmapped += 1
            if text not in _SOFT_HYPHENS:
                continue
            text = "-"
        if not loose(textpage, i, pointer):
            continue
        if measure is not None:
            left, top, right, bottom = frame.place(measure.box(textpage, i, box))
        elif upright:
            left, top, right, bottom = box.left - x0, y1 - box.top, box.right - x0, y1 - box.bottom
        else:
            left, top, right, bottom = frame.place((box.left, box.bottom, box.right, box.top))
        char = Char(text, left, top, right, bottom)
        if last_top is None or abs(top - last_top) > 1 or abs(left - last_right) > bottom - top:
            level = is_level(angle_of(textpage, i), turn) or is_level(matrix.angle(textpage, i), turn)
            high = bottom - top
            if (
                last_top is not None
                and abs(left - last_right) < _NEXT * high
                and _UNEVEN * high < abs(top - last_top) < high
            ):
                uneven = True
            if clips is not None:
                clips.begin(textpage, i)
        last_right, last_top = right, top
        if clips is not None and not clips.shows(char):
            clipped.append(char)
            continue
        if invisible and _is_invisible(textpage, i):
            unseen.append(char)
        elif level:
            chars.append(char)
        else:
            sideways.append(char)
    hidden = not chars and len(unseen) > 8
    complete = count == pdfium.FPDFText_CountChars(textpage)
    if hidden:
        chars, unseen = unseen, chars
    return PageText(chars, sideways, unmapped, hidden, complete, uneven, tuple(unseen), tuple(clipped))


def _texts(textpage: Any, count: int) -> str | list[str]:
    """The characters; at one go where they are one unit each, else one after the other."""
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(textpage, 0, count, buffer)
    if written == count + 1:
        text = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
        if len(text) == count:
            return text
    codes = (pdfium.FPDFText_GetUnicode(textpage, i) for i in range(count))
    return [
        chr(code) if code < 0xD800 or 0xDFFF < code < 0x110000 else "\ufffd" for code in codes
    ]  # no half characters


def is_level(angle: float, turn: int) -> bool:
    """Whether text at this angle runs from left to right in the space of reading."""
    off = (angle + math.radians(turn)) % (2 * math.pi)
    return bool(min(off, 2 * math.pi - off) < _SKEW)


def _is_invisible(textpage: Any, i: int) -> bool:
    item = pdfium.FPDFText_GetTextObject(textpage, i)
    return bool(item) and pdfium.FPDFTextObj_GetTextRenderMode(item) == _INVISIBLE
