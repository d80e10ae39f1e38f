"""The text of a document as one stream: headings and paragraphs in their order, and where the tables stand between."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.document import Document, Paragraph, Section, Segment
from assistant.indicators.words import plain_text
from assistant.text import squeeze


@dataclass(frozen=True, slots=True)
class Unit:
    """A heading or a paragraph. ``index`` counts the paragraphs (of a heading: the next one), ``level`` is a heading's depth.

    ``title`` is a heading's text without blanks.
    """

    paragraph: Paragraph
    index: int
    level: int = 0
    title: str = ""

    @property
    def line(self) -> int:
        """The line in which it begins."""
        return self.paragraph.segments[0].line

    @property
    def is_heading(self) -> bool:
        """Whether this is a heading."""
        return self.level > 0


_OPEN = re.compile(r"(?:目\s*标|指\s*标)\s*值[^。；;]*[,，]\s*$")
_GOES_ON = re.compile(r"^\s*(?:20\d\d年)?(?:全年|年末)?(?:实际|完成)")
_NEXT_PROJECT = re.compile(r"》\s*(?=[^《》。；;]{2,60}?绩效(?:自评|评价)?综述\s*[:：])")


def units(document: Document) -> list[Unit]:
    """All headings and paragraphs by line; what a page break tore apart inside an indicator is put together again."""
    return list(_joined(_all(document)))


def _joined(found: list[Unit]) -> list[Unit]:
    result: list[Unit] = []
    for whole in found:
        for unit in _parted(whole):
            before = result[-1] if result else None
            if (
                before is not None
                and _GOES_ON.match(unit.paragraph.text)
                and _OPEN.search(plain_text(before.paragraph.text))
            ):
                joined = _append(before.paragraph, unit.paragraph)
                result[-1] = Unit(joined, before.index, before.level, before.title)
            else:
                result.append(unit)
    return result


def _append(first: Paragraph, second: Paragraph) -> Paragraph:
    length = len(first.text)
    moved = tuple(Segment(s.offset + length, s.length, s.line, s.start) for s in second.segments)
    return Paragraph(first.text + second.text, first.segments + moved, first.section)


def _parted(unit: Unit) -> Iterator[Unit]:
    """A paragraph that ran on from a list of attachments into the next project is taken apart."""
    paragraph, begin = unit.paragraph, 0
    if not unit.is_heading:
        for match in _NEXT_PROJECT.finditer(paragraph.text):
            yield Unit(_slice(paragraph, begin, match.end()), unit.index)
            begin = match.end()
    yield unit if not begin else Unit(_slice(paragraph, begin, len(paragraph.text)), unit.index)


def _slice(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    segments = []
    for segment in paragraph.segments:
        first, last = max(segment.offset, start), min(segment.offset + segment.length, end)
        if first < last:
            segments.append(Segment(first - start, last - first, segment.line, segment.start + first - segment.offset))
    return Paragraph(paragraph.text[start:end], tuple(segments), paragraph.section)


def _all(document: Document) -> list[Unit]:
    found = [
        Unit(paragraph, index)
        for index, paragraph in enumerate(document.paragraphs)
        if paragraph.segments and paragraph.text
    ]
    first = {paragraph.section: index for index, paragraph in reversed(list(enumerate(document.paragraphs)))}
    following = len(document.paragraphs)
    headings = []
    for number in range(len(document.sections), 0, -1):
        section = document.sections[number - 1]
        following = first.get(number, following)
        heading = _heading(document, section, number)
        if heading is not None:
            headings.append(Unit(heading, following, section.level, squeeze(section.title)))
    return sorted([*headings, *found], key=lambda unit: (unit.line, unit.paragraph.segments[0].start))


def _heading(document: Document, section: Section, number: int) -> Paragraph | None:
    span = section.span
    if not 0 < span.line <= len(document.lines):
        return None
    line = document.lines[span.line - 1]
    text = line[span.start : span.end if span.end and not span.end_line else None]
    if not text.strip():
        return None
    return Paragraph(text, (Segment(0, len(text), span.line, span.start),), number)


def enclosing(document: Document, section: int) -> Iterator[Section]:
    """The headings over a paragraph, innermost first."""
    at: int | None = section - 1
    while at is not None and 0 <= at < len(document.sections):
        yield document.sections[at]
        at = document.sections[at].parent
