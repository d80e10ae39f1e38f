"""Pages that are pictures: text by optical character recognition, ruling lines from the picture itself.

Needs the extra ``ocr``; its models lie within its packages, nothing is fetched. What is recognised carries its confidence.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from assistant.reading.pdf.chars import Char, Frame
from assistant.reading.pdf.strokes import Stroke

DPI = 300
MAX_PIXELS = 26_000_000
MAX_SCANNED = 80
"""So many pages are recognised (some seconds each); what lies beyond is said to be unread."""

_INK = 150
_LEVEL, _UPRIGHT = 60, 50
_THICK = 14
_BLANK_EDGE = 0.12
_SURE = 99


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was recognised on a page, in the space of ``frame``."""

    frame: Frame
    chars: list[Char]
    level: list[Stroke]
    upright: list[Stroke]


def available() -> bool:
    """Whether the extra is installed."""
    return _engine() is not None


@cache
def _engine() -> Any:
    try:
        import cv2  # noqa: F401
        from rapidocr import RapidOCR
    except ImportError:
        return None
    return RapidOCR(params={"Global.log_level": "critical"})


def recognise(page: Any, frame: Frame) -> Recognised:
    """Read a page that is a picture."""
    import numpy as np

    width, height = page.get_size()
    scale = DPI / 72
    scale = min(scale, (MAX_PIXELS / max(width * height, 1)) ** 0.5)
    picture = page.render(scale=scale, rev_byteorder=True).to_numpy()
    red = np.ascontiguousarray(picture[:, :, 0] if picture.ndim == 3 else picture)  # seals are white in the red channel
    turn, found = 0, _read(red)
    if _lies(found):
        options = [(90, np.ascontiguousarray(np.rot90(red, -1))), (270, np.ascontiguousarray(np.rot90(red, 1)))]
        read = [(turn, image, _read(image)) for turn, image in options]
        turn, red, found = max(read, key=lambda option: _merit(option[2]))
    frame = replace(frame, turn=(frame.shown + turn) % 360)
    chars = [char for text, score, box in found for char in _chars(text, score, box, scale)]
    level, upright = _lines(red, scale)
    return Recognised(frame, chars, level, upright)


Word = tuple[str, Any, Any]


def _read(image: Any) -> list[Word]:
    """The recognised characters (or words) with their confidence (0–1) and their four corners, in pixels."""
    import cv2

    result = _engine()(cv2.cvtColor(image, cv2.COLOR_GRAY2RGB), return_word_box=True, return_single_char_box=True)
    return [word for line in result.word_results or () for word in line if word[0]]


def _lies(found: list[Word]) -> bool:
    """Whether the text seems to run upwards or downwards: its lines are columns of characters one over the other."""
    rising = level = 0
    for (_, _, one), (_, _, two) in itertools.pairwise(found):
        dx, dy = abs(two[0][0] - one[0][0]), abs(two[0][1] - one[0][1])
        rising += dy > 2 * dx
        level += dx > 2 * dy
    return rising > 2 * level


def _merit(found: list[Word]) -> Any:
    return sum(score * len(text) for text, score, _ in found) / max(len(found), 1) * len(found)


def _chars(text: str, score: Any, box: Any, scale: Any) -> Iterator[Char]:
    xs, ys = [point[0] for point in box], [point[1] for point in box]
    left, right, top, bottom = min(xs) / scale, max(xs) / scale, min(ys) / scale, max(ys) / scale
    edge = (bottom - top) * _BLANK_EDGE
    sure = min(int(score * 100), _SURE)
    step = (right - left) / len(text)
    for n, char in enumerate(text):
        if not char.isspace():
            yield Char(char, left + n * step, top + edge, left + (n + 1) * step, bottom - edge, sure)


def _lines(image: Any, scale: Any) -> tuple[list[Stroke], list[Stroke]]:
    """The ruling lines: long thin runs of ink."""
    import cv2

    ink = cv2.threshold(image, _INK, 255, cv2.THRESH_BINARY_INV)[1]
    level = [
        Stroke((y + high / 2) / scale, x / scale, (x + wide) / scale)
        for x, y, wide, high in _runs(ink, (_LEVEL, 1), (1, 3))
        if high <= _THICK
    ]
    upright = [
        Stroke((x + wide / 2) / scale, y / scale, (y + high) / scale)
        for x, y, wide, high in _runs(ink, (1, _UPRIGHT), (3, 1))
        if wide <= _THICK
    ]
    return level, upright


def _runs(ink: Any, length: tuple[int, int], slack: tuple[int, int]) -> Iterator[tuple[Any, Any, Any, Any]]:
    """Boxes of the runs of ink at least ``length`` long; ``slack`` bridges the steps of a line that is not quite level."""
    import cv2

    thick = cv2.dilate(ink, cv2.getStructuringElement(cv2.MORPH_RECT, slack))
    kept = cv2.morphologyEx(thick, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, length))
    _, _, stats, _ = cv2.connectedComponentsWithStats(kept, connectivity=8)
    for x, y, wide, high, _ in stats[1:].tolist():
        yield x, y, wide, high
