"""Headings and paragraphs of a text: numbering decides what a heading is, whatever heading marks say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.document import Paragraph, Section, Segment, Span
from assistant.text import clean, normalise

_MARKUP = re.compile(r"^[\s#>*\-]*")
_LEVELS = (
    (1, re.compile(r"第[一二三四五六七八九十\d]{1,3}[部章]分?")),
    (2, re.compile(r"[一二三四五六七八九十]{1,3}\s*[、.．]")),
    (3, re.compile(r"[(（]\s*[一二三四五六七八九十]{1,3}\s*[)）]\s*[、.．]?")),
    (4, re.compile(r"\d{1,2}\s*[、.．](?!\s*\d)")),
    (5, re.compile(r"[(（]\s*\d{1,2}\s*[)）]\s*[、.．]?")),
    (6, re.compile(r"[①-⑳㉑-㉟]")),
)
_ENDS = "。！？；：:;!?"
_HEADING_LENGTH = 45
_NUMBER_LENGTH = 40
_SUBJECT_OPEN = re.compile(r"\([类款]\)[^项]*$")
_SUBJECT_REST = re.compile(r"\s*[^。;:\d]{0,30}\(项\)")
_AMOUNT = re.compile(r"\d\s*(?:亿元|万元|元)\s*[,，;；]")
"""An amount and a comma: (二)教育支出 116.40 万元，占支 is an item broken by the width of its lines."""

_BRACKETED = re.compile(r"(?<=[。；])[(（][^()（）]*[)）]$")
"""A remark in brackets after the sentence: 其他支出 0 元。（无）"""

_PAGE = re.compile(
    r"[\s\-—–_·~]*+(?:\d{1,4}(?:\s*/\s*\d{1,4})?|第?\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?)[\s\-—–_·~]*"
)
"""The number of a page on a line of its own."""


def numbering(text: str) -> tuple[int, str]:
    """The depth (1–6) and the printed number that a line begins with; 0 and nothing where it has none."""
    return _numbering(text.lstrip()[: 2 * _NUMBER_LENGTH])


@lru_cache(maxsize=8_192)
def _numbering(text: str) -> tuple[int, str]:
    """Many rules ask for the numbers of the same lines."""
    start = len(_MARKUP.match(text)[0])  # type: ignore[index]  # the pattern matches any text
    body = normalise(text[start : start + _NUMBER_LENGTH])
    for level, pattern in _LEVELS:
        match = pattern.match(body)
        if match:
            return level, match[0].strip()
    return 0, ""


def is_heading(text: str) -> bool:
    """Whether a line is a heading: numbered (第一部分 … ①) or marked, short, and no sentence."""
    content = clean(text)
    level, _ = numbering(text)
    marked = text.lstrip().startswith("#")
    if not content or len(content) > _HEADING_LENGTH or content[-1] in "。；;，,、" or "。" in content:
        return False
    if _AMOUNT.search(content):
        return False
    return (level > 0 and content[-1] not in "：:") or (marked and content[-1] not in "：:")


def read_sections(lines: Sequence[str], skip: set[int]) -> tuple[tuple[Section, ...], tuple[Paragraph, ...]]:
    """Headings and paragraphs of the narrative; ``skip`` are the line numbers that belong to tables."""
    sections: list[Section] = []
    paragraphs: list[Paragraph] = []
    pending: list[int] = []

    def flush() -> None:
        paragraph = _paragraph(lines, pending, len(sections))
        if paragraph.segments:  # a line of nothing but a mark (-) says nothing
            paragraphs.append(paragraph)
        pending.clear()

    gap = False
    for number, line in enumerate((*lines, ""), start=1):
        if number > len(lines) or number in skip:
            flush()
            continue
        if not clean(line) or (pending and _PAGE.fullmatch(line) and _open(lines[pending[-1] - 1])):
            gap = True
            continue
        if (
            is_heading(line)
            and not _goes_on(line, lines[number : number + 1])
            and not (pending and not gap and _open(lines[pending[-1] - 1]))
        ):
            flush()
            sections.append(_section(line, number, sections))
        elif pending and _joins(lines[pending[-1] - 1], line, gap):
            pending.append(number)
        else:
            flush()
            pending.append(number)
        gap = False
    return tuple(sections), tuple(paragraphs)


def _goes_on(text: str, below: Sequence[str]) -> bool:
    """Whether a numbered line is the first half of a subject, …（类）…（款）行政 / 运行（项）。…, broken by its width."""
    return bool(_SUBJECT_OPEN.search(normalise(text))) and any(_SUBJECT_REST.match(normalise(line)) for line in below)


def _open(text: str) -> bool:
    content = _BRACKETED.sub("", clean(text))
    return bool(content) and content[-1] not in _ENDS


def _joins(above: str, line: str, gap: bool) -> bool:
    """Whether a line goes on the paragraph above: that one does not end, and this one does not begin anew."""
    if numbering(line)[0] or line.lstrip().startswith(("#", "- ")):
        return False
    content = clean(above)
    if _BRACKETED.sub("", content)[-1:] in _ENDS:
        return False
    return not gap or content[-1:] in "，、,（(" or len(content) >= 16


def _section(line: str, number: int, sections: Sequence[Section]) -> Section:
    level, printed = numbering(line)
    level = level or 2
    parent = next((i for i in range(len(sections) - 1, -1, -1) if sections[i].level < level), None)
    start = len(_MARKUP.match(line)[0])  # type: ignore[index]  # the pattern matches any text
    return Section(clean(line[start:]), printed, level, Span(number, start, len(line.rstrip())), parent)


def _paragraph(lines: Sequence[str], numbers: Sequence[int], section: int) -> Paragraph:
    segments: list[Segment] = []
    parts: list[str] = []
    offset = 0
    for start, text, number in _stretches(lines, numbers):
        segments.append(Segment(offset, len(text), number, start))
        parts.append(text)
        offset += len(text)
    return Paragraph("".join(parts), tuple(segments), section)


def _stretches(lines: Sequence[str], numbers: Sequence[int]) -> Iterator[tuple[int, str, int]]:
    for position, number in enumerate(numbers):
        line = lines[number - 1]
        start = len(_MARKUP.match(line)[0]) if position == 0 else len(line) - len(line.lstrip())  # type: ignore[index]
        text = line[start:].rstrip()
        if text:
            yield start, text, number
