"""The passages of a document: paragraphs, headings, notes and cells in plain forms, each with its way home.

They are made once for the document of the audit that runs, for a dozen checks ask for them in turn.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Literal, TypeVar, cast

from assistant.document import CellState, Document, Paragraph, Span
from assistant.text import normalise

T = TypeVar("T")
Kind = Literal["paragraph", "heading", "note", "cell"]

_LONGEST = 6000
_WORDS = re.compile(r"[一-鿿]{2}|[X×_]{2}|\d{5}")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, heading, note or cell: its text in plain forms (``normalise``: positions hold) and its way home.

    ``section`` is the number of headings that stand before it.
    """

    kind: Kind
    text: str
    exact: str
    section: int
    source: Paragraph | Span

    def span(self, start: int, end: int) -> Span:
        """The place of ``text[start:end]`` in the file."""
        if isinstance(self.source, Paragraph):
            return self.source.span(start, end)
        if self.source.end_line or self.source.end - self.source.start != len(self.exact):
            return self.source  # a cell over several lines, or cleaned on reading: the whole is the place
        first = self.source
        return Span(first.line, first.start + start, first.start + end, page=first.page, box=first.box)

    def broken(self, start: int, end: int) -> bool:
        """Whether a stretch runs over a line's end: conversion may have put something in or left something out there."""
        span = self.span(start, end)
        return span.last_line != span.line


def once(document: Document, name: str, build: Callable[[], T]) -> T:
    """What ``build`` makes of the document, made only once where two rules use it."""
    other = _of(document).other
    if name not in other:
        other[name] = build()
    return cast(T, other[name])


def passages(document: Document, *kinds: Kind) -> Iterator[Passage]:
    """The passages of the kinds (all where none is given), kind by kind in the order of the file."""
    wanted = kinds or ("paragraph", "heading", "note", "cell")
    return (passage for passage in _of(document).passages if passage.kind in wanted)


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a passage that something is to be said of."""

    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        """The exact words."""
        return self.passage.exact[self.start : self.end]

    @property
    def span(self) -> Span:
        """Where they stand in the file."""
        return self.passage.span(self.start, self.end)

    @property
    def shown(self) -> str:
        """The exact words of ``span``: all of a passage whose inner places are not known."""
        return self.passage.exact if self.span is self.passage.source else self.text


@dataclass(frozen=True, slots=True)
class Joined:
    """Passages one after the other, a line each, so that a pattern is looked for once and not once for each."""

    passages: tuple[Passage, ...]
    starts: tuple[int, ...]
    text: str
    exact: str

    def place(self, start: int, end: int) -> Place | None:
        """The place of a stretch of the joined text, ``None`` where it does not lie within one passage."""
        index = bisect_right(self.starts, start) - 1
        passage, first = self.passages[index], self.starts[index]
        return Place(passage, start - first, end - first) if end - first <= len(passage.text) else None


def joined(document: Document, *kinds: Kind) -> Joined:
    """The passages of the kinds (all where none is given) as one text."""
    kept = _of(document).joined
    if kinds not in kept:
        found = tuple(passages(document, *kinds))
        starts = accumulate((len(passage.text) + 1 for passage in found), initial=0)
        lines = "\n".join(passage.text for passage in found)
        kept[kinds] = Joined(found, tuple(starts), lines, "\n".join(passage.exact for passage in found))
    return kept[kinds]


@dataclass(slots=True)
class _Kept:
    """What was made of the document of the audit that runs."""

    document: Document
    passages: tuple[Passage, ...]
    lines: tuple[str, ...]
    joined: dict[tuple[Kind, ...], Joined]
    other: dict[str, Any]


_kept: list[_Kept] = []


def _of(document: Document) -> _Kept:
    if not _kept or _kept[0].document is not document:
        lines = tuple(normalise("\n".join(document.lines)).split("\n"))
        _kept[:] = [_Kept(document, tuple(_read(document)), lines, {}, {})]
    return _kept[0]


def plain_lines(document: Document) -> tuple[str, ...]:
    """The lines of the file in plain forms."""
    return _of(document).lines


def _read(document: Document) -> Iterator[Passage]:
    for paragraph in document.paragraphs:
        if len(paragraph.text) <= _LONGEST:
            yield Passage("paragraph", normalise(paragraph.text), paragraph.text, paragraph.section, paragraph)
    for number, section in enumerate(document.sections):
        yield from _lined(document, "heading", section.span, section.title, number)
    for table in document.tables:
        for note in table.notes:
            yield from _lined(document, "note", note.span, note.text, 0)
        for row in (*table.header, *table.body):
            for cell in row:
                if cell.state is CellState.TEXT and _WORDS.search(cell.text):
                    yield Passage("cell", normalise(cell.text), cell.text, 0, cell.span)


def _lined(document: Document, kind: Kind, span: Span, text: str, section: int) -> Iterator[Passage]:
    """A heading or note with the exact text of its line, where the place leads to it."""
    if 0 < span.line <= len(document.lines) and not span.end_line:
        text = document.lines[span.line - 1][span.start : span.end] or text
    yield Passage(kind, normalise(text), text, section, span)
