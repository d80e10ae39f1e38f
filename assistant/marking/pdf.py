"""Highlights with notes in a PDF file, added behind its unchanged bytes: pages and their contents stay what they are."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from assistant.document import Box, Document
from assistant.findings import Finding, Severity
from assistant.marking.model import AUTHOR, Marked, MarkingError, Stretch, comment_lines, places

if TYPE_CHECKING:
    from pypdf import PageObject, PdfWriter

_COLOURS: Final[dict[Severity, str]] = {"error": "ffb3b3", "warning": "ffe08a", "info": "bfe3ff"}
_PRINTED: Final = 4
_NOTE: Final = 18


def mark_pdf(data: bytes, document: Document, findings: Sequence[Finding]) -> Marked:
    """The PDF with a highlight for each line of each finding's first place, the first with a note. Raises ``MarkingError``."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.errors import PyPdfError

    try:
        if PdfReader(io.BytesIO(data)).is_encrypted:
            raise MarkingError("此 PDF 设有密码或编辑限制，不能批注；请去掉限制后再批注")
        writer = PdfWriter(io.BytesIO(data), incremental=True)
        placed = sum(_add(writer, document, finding) for finding in findings)
        buffer = io.BytesIO()
        writer.write(buffer)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError) as error:
        raise MarkingError("此 PDF 的内部结构不规范，不能批注；请用阅读器另存（打印）为新的 PDF 后再批注") from error
    return Marked(buffer.getvalue(), placed, len(findings) - placed)


def _add(writer: PdfWriter, document: Document, finding: Finding) -> bool:
    """Add one finding; whether it stands at its place (else it is a note on the first page)."""
    text = "\n".join(comment_lines(finding))
    for stretches in places(document, finding):
        boxes = [(stretch.origin.page, box) for stretch in stretches if (box := _box(stretch)) is not None]
        for number, (page, box) in enumerate(boxes):
            if page is not None and 0 < page <= len(writer.pages):
                _highlight(writer, page, box, finding, text if number == 0 else "")
        if boxes:
            return True
    _note(writer, finding, text)
    return False


def _box(stretch: Stretch) -> Box | None:
    origin = stretch.origin
    return origin.part(origin.start + stretch.start, origin.start + stretch.end)


def _highlight(writer: PdfWriter, number: int, box: Box, finding: Finding, text: str) -> None:
    from pypdf.annotations import Highlight
    from pypdf.generic import ArrayObject, FloatObject

    page = writer.pages[number - 1]
    left, bottom, right, top = own_box(page, box)
    corners = (left, top, right, top, left, bottom, right, bottom)
    mark = Highlight(
        rect=(left, bottom, right, top),
        quad_points=ArrayObject([FloatObject(round(each, 2)) for each in corners]),
        highlight_color=_COLOURS[finding.severity],
        printing=True,
    )
    _describe(mark, finding, text)
    writer.add_annotation(page, mark)


def _note(writer: PdfWriter, finding: Finding, text: str) -> None:
    from pypdf.annotations import Text

    page = writer.pages[0]
    count = len(page.annotations or ())
    left, bottom, right, top = own_box(page, (_NOTE, _NOTE * (count % 40 + 1), 2 * _NOTE, _NOTE * (count % 40 + 2)))
    note = Text(rect=(left, bottom, right, top), text=text)
    _describe(note, finding, text)
    writer.add_annotation(page, note)


def _describe(mark: Any, finding: Finding, text: str) -> None:
    from pypdf.generic import NameObject, NumberObject, TextStringObject

    mark[NameObject("/T")] = TextStringObject(AUTHOR)
    mark[NameObject("/Subj")] = TextStringObject(finding.rule)
    mark[NameObject("/F")] = NumberObject(_PRINTED)
    if text:
        mark[NameObject("/Contents")] = TextStringObject(text)


def own_box(page: PageObject, box: Box) -> Box:
    """A box of the page as it is displayed (from its upper left corner) in the page's own space: left, bottom, right, top."""
    left, bottom, right, top = _visible(page)
    a, b, c, d = box
    turn = (page.rotation or 0) % 360
    if turn == 90:
        return (b + left, a + bottom, d + left, c + bottom)
    if turn == 180:
        return (right - c, b + bottom, right - a, d + bottom)
    if turn == 270:
        return (right - d, top - c, right - b, top - a)
    return (a + left, top - d, c + left, top - b)


def _visible(page: PageObject) -> Box:
    media, crop = page.mediabox, page.cropbox
    inner = (
        max(media.left, crop.left), max(media.bottom, crop.bottom), min(media.right, crop.right), min(media.top, crop.top)
    )  # fmt: skip
    if inner[0] < inner[2] and inner[1] < inner[3]:
        return inner
    return (media.left, media.bottom, media.right, media.top)
