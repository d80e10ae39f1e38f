"""Ruling lines, pictures and unseen text of a page, from its objects."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from assistant.document import Box
from assistant.reading.pdf.chars import Frame

MAX_OBJECTS = 30_000
MAX_POINTS = 60_000
MAX_DEPTH = 6
THICK = 3
"""A filled rectangle up to this many points thin is a line."""

_SHORT = 2
_WHITE = 250
_CURVES = 40
_LOOKED_AT = 20


class Stroke(NamedTuple):
    """A level or upright line: at ``at`` (y or x) from ``start`` to ``end``."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class PageArt:
    """What a page has beside its text.

    ``pictures`` is the part of the page that pictures cover; ``drawn`` says that much is drawn in curves, as text turned to outlines is;
    ``invisible``, that there is text which is not shown; ``complete``, that everything was looked at.
    """

    level: list[Stroke] = field(default_factory=list)
    upright: list[Stroke] = field(default_factory=list)
    pictures: float = 0
    curves: int = 0
    invisible: bool = False
    complete: bool = True
    _points: int = 0

    @property
    def drawn(self) -> bool:
        """Whether the page holds many curved outlines."""
        return self.curves > _CURVES


Matrix = tuple[float, float, float, float, float, float]
_UNITY: Matrix = (1, 0, 0, 1, 0, 0)


def page_art(page: Any, frame: Frame) -> PageArt:
    """Look through all objects of a page, also those within forms."""
    art = PageArt()
    reader = _Reader(frame, art)
    count = pdfium.FPDFPage_CountObjects(page)
    art.complete = count <= MAX_OBJECTS
    get = pdfium.FPDFPage_GetObject
    reader.read((get(page, i) for i in range(min(count, MAX_OBJECTS))), _UNITY, 0)
    return art


class _Reader:
    """Walks through objects with the buffers that PDFium writes into."""

    def __init__(self, frame: Frame, art: PageArt) -> None:
        self.frame = frame
        self.art = art
        self.box = [ctypes.c_float() for _ in range(4)]
        self.box_to = [ctypes.byref(value) for value in self.box]
        self.colour = [ctypes.c_uint() for _ in range(4)]
        self.colour_to = [ctypes.byref(value) for value in self.colour]
        self.fill, self.stroke = ctypes.c_int(), ctypes.c_int()
        self.fill_to, self.stroke_to = ctypes.byref(self.fill), ctypes.byref(self.stroke)
        self.x, self.y = ctypes.c_float(), ctypes.c_float()
        self.x_to, self.y_to = ctypes.byref(self.x), ctypes.byref(self.y)
        self.matrix = pdfium.FS_MATRIX()
        self.matrix_to = ctypes.byref(self.matrix)

    def read(self, items: Iterator[Any], outer: Matrix, depth: int) -> None:
        kind_of, mode_of = pdfium.FPDFPageObj_GetType, pdfium.FPDFTextObj_GetTextRenderMode
        text = pdfium.FPDF_PAGEOBJ_TEXT
        for n, item in enumerate(items):
            kind = kind_of(item)
            if kind == text:
                if (n < _LOOKED_AT or not n % _LOOKED_AT) and mode_of(item) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE:
                    self.art.invisible = True
            elif kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._path(item, outer)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self._picture(item, outer)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
                count = pdfium.FPDFFormObj_CountObjects(item)
                inner = _multiply(self._matrix(item), outer)
                self.art.complete = self.art.complete and count <= MAX_OBJECTS
                get = pdfium.FPDFFormObj_GetObject
                self.read((get(item, i) for i in range(min(count, MAX_OBJECTS))), inner, depth + 1)

    def _matrix(self, item: Any) -> Matrix:
        if not pdfium.FPDFPageObj_GetMatrix(item, self.matrix_to):
            return _UNITY
        m = self.matrix
        return (m.a, m.b, m.c, m.d, m.e, m.f)

    def _bounds(self, item: Any, outer: Matrix) -> Box | None:
        if not pdfium.FPDFPageObj_GetBounds(item, *self.box_to):
            return None
        left, bottom, right, top = (value.value for value in self.box)
        if outer is not _UNITY:
            points = [_apply(outer, x, y) for x, y in ((left, bottom), (right, top), (left, top), (right, bottom))]
            xs, ys = zip(*points, strict=True)
            left, bottom, right, top = min(xs), min(ys), max(xs), max(ys)
        return self.frame.place((left, bottom, right, top))

    def _picture(self, item: Any, outer: Matrix) -> None:
        box = self._bounds(item, outer)
        if box is not None:
            width = max(min(box[2], self.frame.width) - max(box[0], 0), 0)
            height = max(min(box[3], self.frame.height) - max(box[1], 0), 0)
            self.art.pictures += width * height / max(self.frame.width * self.frame.height, 1)

    def _path(self, item: Any, outer: Matrix) -> None:
        box = self._bounds(item, outer)
        if box is None:
            return
        left, top, right, bottom = box
        wide, high = right - left, bottom - top
        if wide < _SHORT and high < _SHORT:
            return
        count = pdfium.FPDFPath_CountSegments(item)
        simple = count <= 5
        if simple and (wide <= THICK or high <= THICK):
            if self._seen(item):
                self._line(left, top, right, bottom)
            return
        if not pdfium.FPDFPath_GetDrawMode(item, self.fill_to, self.stroke_to):
            return
        if simple and not self.stroke.value:
            return  # a shaded area
        if self._seen(item):
            self._outline(item, count, outer, stroked=bool(self.stroke.value))

    def _seen(self, item: Any) -> bool:
        """Whether the path is drawn in another colour than white."""
        if not pdfium.FPDFPath_GetDrawMode(item, self.fill_to, self.stroke_to):
            return False
        for drawn, colour_of in (
            (self.stroke.value, pdfium.FPDFPageObj_GetStrokeColor),
            (self.fill.value, pdfium.FPDFPageObj_GetFillColor),
        ):
            if drawn and colour_of(item, *self.colour_to):
                red, green, blue, opaque = (value.value for value in self.colour)
                if opaque > 8 and min(red, green, blue) < _WHITE:
                    return True
        return False

    def _line(self, left: float, top: float, right: float, bottom: float) -> None:
        if right - left >= bottom - top:
            self.art.level.append(Stroke((top + bottom) / 2, left, right))
        else:
            self.art.upright.append(Stroke((left + right) / 2, top, bottom))

    def _outline(self, item: Any, count: int, outer: Matrix, *, stroked: bool) -> None:
        """The straight pieces of a path; of one that is only filled, the thin rectangles in it."""
        self.art._points += count
        if self.art._points > MAX_POINTS:
            self.art.complete = False
            return
        matrix = _multiply(self._matrix(item), outer)
        run: list[tuple[float, float]] = []
        runs = [run]
        for i in range(count):
            segment = pdfium.FPDFPath_GetPathSegment(item, i)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
                self.art.curves += 1
                run = []
                runs.append(run)
                continue
            pdfium.FPDFPathSegment_GetPoint(segment, self.x_to, self.y_to)
            x, y = _apply(matrix, self.x.value, self.y.value)
            left, top, _, _ = self.frame.place((x, y, x, y))
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                run = []
                runs.append(run)
            run.append((left, top))
            if pdfium.FPDFPathSegment_GetClose(segment):
                run.append(run[0])
        for run in runs:
            self._pieces(run, stroked=stroked)

    def _pieces(self, run: list[tuple[float, float]], *, stroked: bool) -> None:
        if len(run) < 2:
            return
        xs, ys = [x for x, _ in run], [y for _, y in run]
        left, top, right, bottom = min(xs), min(ys), max(xs), max(ys)
        if right - left <= THICK or bottom - top <= THICK:
            if max(right - left, bottom - top) >= _SHORT:
                self._line(left, top, right, bottom)
        elif stroked:
            for (x, y), (u, v) in itertools.pairwise(run):
                if (abs(x - u) <= 1) != (abs(y - v) <= 1):
                    self._line(min(x, u), min(y, v), max(x, u), max(y, v))


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _multiply(first: Matrix, second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    x, y = _apply(second, e, f)
    p, q, r, s, _, _ = second
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, x, y)
