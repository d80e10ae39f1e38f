"""Evidence for what stands in the file: amounts of tables, stretches of text."""

from __future__ import annotations

from typing import Literal

from assistant.document import Document, Paragraph, Span
from assistant.findings import Evidence, Ref


def ref_evidence(ref: Ref) -> Evidence:
    """The evidence for an amount in a table."""
    return Evidence(
        role="table",
        line=ref.cell.span.line,
        end_line=ref.cell.span.last_line,
        start=ref.cell.span.start,
        end=ref.cell.span.end,
        page=ref.cell.span.page,
        box=ref.cell.span.box,
        text=ref.cell.text,
        table=ref.table.role or ref.table.title,
        row=ref.row.name,
        column=ref.column.name,
    )


def text_evidence(
    span: Span, text: str, table: str = "", *, role: Literal["context", "reason"] = "context"
) -> Evidence:
    """The evidence for a stretch of text: a note, a heading, a header cell."""
    return Evidence(
        role=role, line=span.line, end_line=span.last_line, start=span.start, end=span.end, page=span.page,
        box=span.box, text=text, table=table,
    )  # fmt: skip


def place_evidence(document: Document, span: Span, table: str = "") -> Evidence:
    """The evidence for the exact words at a place of the file."""
    return text_evidence(span, document.text_at(span), table)


def stretch_evidence(
    paragraph: Paragraph, start: int, end: int, *, role: Literal["context", "reason"] = "context"
) -> Evidence:
    """The evidence for a stretch of a paragraph."""
    return text_evidence(paragraph.span(start, end), paragraph.text[start:end], role=role)
