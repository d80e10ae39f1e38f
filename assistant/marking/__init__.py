"""Marked copies: the reviewer's own file with every finding written where it stands, and nothing else changed."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.document import Document
from assistant.findings import Finding
from assistant.marking.model import AUTHOR, Marked, MarkingError

__all__ = ["AUTHOR", "Marked", "MarkingError", "mark"]


def mark(data: bytes, document: Document, findings: Sequence[Finding]) -> Marked:
    """The file ``data``, which was read as ``document``, with a comment for each finding. Raises ``MarkingError``."""
    if data.startswith(b"PK\x03\x04"):
        from assistant.marking.word import mark_docx

        return mark_docx(data, document, findings)
    if b"%PDF-" in data[:1024]:
        from assistant.marking.pdf import mark_pdf

        return mark_pdf(data, document, findings)
    if data.startswith((b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        raise MarkingError("旧版文件不能直接批注；请用 Word 或 WPS 另存为 .docx 后再批注")
    raise MarkingError("文本和网页没有批注的位置；请改用 Word（.docx）或 PDF 文件，或用 hecha check 输出核查结果")
