"""What every reader of a file format delivers: lines of text, the grids in them, and where each stretch stands in the file.

A reader turns its file into the lines a person would see, one line a paragraph or table row, and notes for each stretch
of a line the page and box, or the paragraph, cell or element it came from. All that follows (headings, tables, claims)
works on the lines alone, so every format is understood by the same code.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from assistant.document import Furniture, Origin, Problem
from assistant.reading.grid import Block, RawRow, make_cell
from assistant.text import flatten


@dataclass(frozen=True, slots=True)
class Piece:
    """A text with its place in the file; ``start`` of the origin counts from the beginning of the text."""

    text: str
    origins: tuple[Origin, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A file as lines. ``blocks`` are its grids (``None``: find them in the lines); ``origins`` has an entry for each line, or none at all.

    ``exact`` says that the figures come whole out of the file, so that a missing decimal is a dropped nought and no lost digit.
    """

    lines: tuple[str, ...]
    blocks: tuple[Block, ...] | None = None
    origins: tuple[tuple[Origin, ...], ...] = ()
    problems: tuple[Problem, ...] = ()
    exact: bool = False
    unread: tuple[tuple[int, int], ...] = ()
    """First and last lines of tables that could not be read: neither judged nor taken for narrative."""
    title: str = ""
    """What the file itself names as its title (a web page: the article's), where it does."""
    parts: tuple[tuple[str, int, int], ...] = ()
    """Of several files: each one's name, first and last line."""
    furniture: tuple[Furniture, ...] = ()
    """What was left out because it is no part of the report, by name."""


@dataclass(slots=True)
class SourceBuilder:
    """Collects lines and grids in reading order. Cells of a row are parted by tabs; a merged cell's text stands in its first place, the others are empty."""

    lines: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    origins: list[tuple[Origin, ...]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    exact: bool = False
    title: str = ""
    furniture: list[Furniture] = field(default_factory=list)

    def line(self, text: str, origins: Iterable[Origin] = ()) -> int:
        """Add a line of text (line breaks and tabs in it become blanks) and return its 1-based number."""
        self.lines.append(flatten(text))
        self.origins.append(tuple(origins))
        return len(self.lines)

    def grid(self, rows: Iterable[Sequence[Piece]]) -> None:
        """Add a table."""
        first = len(self.lines) + 1
        cells = [self._row(row) for row in rows]
        if cells:
            self.blocks.append(Block(first, len(self.lines), tuple(cells)))
            self.line("")

    def _row(self, row: Sequence[Piece]) -> RawRow:
        texts = [flatten(piece.text) for piece in row]
        number, position = len(self.lines) + 1, 0
        cells, origins = [], []
        for piece, text in zip(row, texts, strict=True):
            cells.append(make_cell(text, number, position))
            origins += [origin.moved(position) for origin in piece.origins]
            position += len(text) + 1
        self.line("", origins)
        self.lines[-1] = "\t".join(texts)
        return tuple(cells)

    def source(self) -> Source:
        """What was collected."""
        return Source(
            tuple(self.lines),
            tuple(self.blocks),
            tuple(self.origins),
            tuple(self.problems),
            self.exact,
            title=self.title,
            furniture=tuple(self.furniture),
        )
