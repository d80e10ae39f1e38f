"""The places that a finding is about: paragraphs with the exact words marked, tables with the cells marked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.reports.places import table_name
from tui.texts import Block, Mark, safe

if TYPE_CHECKING:
    from assistant.document import Document, Paragraph, Table
    from assistant.findings import Evidence, Finding

STATED = "mark"
OTHER = "mark2"


@dataclass(slots=True)
class TextEnd:
    """A paragraph; ``goal`` is the character to bring into view."""

    where: str
    text: str
    marks: list[Mark] = field(default_factory=list)
    line: int = 0

    @property
    def title(self) -> str:
        """Where it stands."""
        return self.where

    @property
    def goal(self) -> int:
        """The first marked character."""
        return min((mark[0] for mark in self.marks), default=0)

    def block(self) -> Block:
        """The paragraph to show."""
        return Block(self.text, tuple(self.marks))


@dataclass(slots=True)
class TableEnd:
    """A table and the places in it: line, last line, start, end, paint."""

    table: Table
    places: list[tuple[int, int, int, int, str]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    @property
    def line(self) -> int:
        """The line of the first place."""
        return self.places[0][0] if self.places else self.table.span.line

    @property
    def title(self) -> str:
        """The table, and the row and column of the first place."""
        page = f"（原件第{self.table.span.page}页）" if self.table.span.page else ""
        return safe(" ".join((table_name(self.table) + page, *self.names[:1])))


End = TextEnd | TableEnd


def ends_of(document: Document, finding: Finding, *, old: bool = False) -> list[End]:
    """The ends of a contradiction in the order of the evidence. Of an ``old`` state of the document only the words are known."""
    found: dict[object, End] = {}
    for number, evidence in enumerate(finding.evidence):
        paint = STATED if number == 0 else OTHER
        if old or evidence.line is None:
            _quote(found, evidence, paint, "上次的稿件" if old else "原文")
            continue
        table = _table_at(document, evidence.line)
        if table is not None:
            end = found.setdefault(("table", table.index), TableEnd(table))
            assert isinstance(end, TableEnd)
            last = evidence.end_line or evidence.line
            end.places.append((evidence.line, last, evidence.start, evidence.end, paint))
            end.names.append(" · ".join(filter(None, (evidence.row, evidence.column))))
        else:
            _tell(found, document, evidence, paint)
    return list(found.values())


def _quote(found: dict[object, End], evidence: Evidence, paint: str, where: str) -> None:
    end = found.setdefault("quotes", TextEnd(where, ""))
    assert isinstance(end, TextEnd)
    lead = f"第{evidence.line}行 " if evidence.line is not None else f"第{evidence.page}页 " if evidence.page else ""
    lead += " · ".join(filter(None, (evidence.table, evidence.row, evidence.column)))
    start = len(end.text) + len(lead) + 1
    text = " ".join(evidence.text.split())
    end.text += f"{lead}：{text}；"
    end.marks.append((start, start + len(text), paint))


def _tell(found: dict[object, End], document: Document, evidence: Evidence, paint: str) -> None:
    assert evidence.line is not None
    paragraph = _paragraph_at(document, evidence.line, evidence.start)
    if paragraph is None:
        end = found.setdefault(("line", evidence.line), _line_end(document, evidence.line))
        assert isinstance(end, TextEnd)
        end.marks.append((evidence.start, max(evidence.end, evidence.start + 1), paint))
        return
    first, last = paragraph.segments[0].line, paragraph.segments[-1].line
    where = f"正文 第{first}行" if first == last else f"正文 第{first}–{last}行"
    where += (
        f"（原件第{evidence.page}页）" if evidence.page else f"（原件{evidence.anchor}）" if evidence.anchor else ""
    )
    end = found.setdefault(
        ("text", first, paragraph.segments[0].start), TextEnd(where, paragraph.text, line=evidence.line)
    )
    assert isinstance(end, TextEnd)
    start = offset_in(paragraph, evidence.line, evidence.start)
    stop = offset_in(paragraph, evidence.end_line or evidence.line, evidence.end)
    end.marks.append((start, max(stop, start + 1), paint))


def _line_end(document: Document, line: int) -> TextEnd:
    text = document.lines[line - 1] if 0 < line <= len(document.lines) else ""
    return TextEnd(f"第{line}行", text, line=line)


def _table_at(document: Document, line: int) -> Table | None:
    """The table whose rows take the line (its notes do not count)."""
    return next((table for table in document.tables if table.span.line <= line <= table.span.last_line), None)


def _paragraph_at(document: Document, line: int, start: int) -> Paragraph | None:
    best: Paragraph | None = None
    for paragraph in document.paragraphs:
        if any(part.line == line for part in paragraph.segments):
            if any(
                part.line == line and part.start <= start <= part.start + part.length for part in paragraph.segments
            ):
                return paragraph
            best = best or paragraph
    return best


def offset_in(paragraph: Paragraph, line: int, start: int) -> int:
    """The character of a paragraph that stands at a place in the file."""
    for part in paragraph.segments:
        if part.line == line and part.start <= start <= part.start + part.length:
            return part.offset + start - part.start
    return next((part.offset for part in paragraph.segments if part.line == line), 0)
