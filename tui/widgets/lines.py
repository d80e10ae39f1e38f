"""Paragraphs with marks, broken where Chinese text may be broken. Built as far as the eye is: long texts cost little."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from tui.texts import Block, Piece
from tui.widgets.painted import Painted


class Lines(Painted):
    """A scrolling text. The block ``goal`` and the character in it are kept in view when the size changes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "scroll_up", "上移", show=False),
        Binding("down,j", "scroll_down", "下移", show=False),
        Binding("pageup", "page_up", "上一页", show=False),
        Binding("pagedown", "page_down", "下一页", show=False),
        Binding("home", "scroll_home", "开头", show=False),
        Binding("end", "scroll_end", "末尾", show=False),
    ]

    @dataclass
    class Broken(Message):
        """The text was broken into so many lines."""

        count: int

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.blocks: tuple[Block, ...] = ()
        self._lines: list[tuple[Piece, ...]] = []
        self._first: list[int] = []
        self._goal: tuple[int, int] | None = None
        self._columns = 0

    def show(self, blocks: Sequence[Block], goal: tuple[int, int] | None = None) -> None:
        """Show paragraphs; ``goal`` is the number of a block and a character in it to be brought into view."""
        self.blocks = tuple(blocks)
        self._goal = goal
        self._break()
        self._reach()

    @property
    def text(self) -> str:
        """What is shown, without marks."""
        return "\n".join(block.text for block in self.blocks)

    def reach(self, block: int, offset: int = 0) -> None:
        """Bring a character into view."""
        self._goal = (block, offset)
        self._reach()

    def _break(self) -> None:
        self._columns = self.room
        self._lines, self._first = [], []
        for block in self.blocks:
            self._first.append(len(self._lines))
            self._lines.extend(block.lines(self._columns))
        self.virtual_size = Size(self.room, len(self._lines))
        self.refresh()
        self.post_message(self.Broken(len(self._lines)))

    def _reach(self) -> None:
        line = 0
        if self._goal is not None and self._goal[0] < len(self.blocks):
            number, offset = self._goal
            line = self._first[number] + self.blocks[number].line_of(offset, self._columns)
        height = self.scrollable_content_region.height
        self.scroll_to(
            y=max(line - max(height // 2 - 1, 0), 0) if line >= height else 0, animate=False, immediate=True, force=True
        )

    def on_resize(self, _: events.Resize) -> None:
        """Break the lines again."""
        if self.room != self._columns:
            self._break()
        if self._goal is not None:
            self._reach()

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        number = y + round(self.scroll_y)
        pieces = self._lines[number] if number < len(self._lines) else ()
        return self.strip(pieces, self.room)
