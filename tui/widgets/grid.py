"""A table of any length: only the lines on the screen are drawn, and wide characters never break its columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from tui.texts import Piece, fit
from tui.widgets.painted import Painted

Row = Sequence[Piece]
Source = Callable[[int], Row]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``width`` in terminal columns; of one that ``stretches`` at least, for it takes what room is left."""

    key: str
    title: str
    width: int
    right: bool = False
    stretches: bool = False
    paint: str = ""


class Grid(Painted):
    """Rows with a cursor under a heading that stays. ``frozen`` columns stay when the others are scrolled sideways."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "上一行", show=False),
        Binding("down,j", "move(1)", "下一行", show=False),
        Binding("pageup", "page(-1)", "上一页", show=False),
        Binding("pagedown", "page(1)", "下一页", show=False),
        Binding("home", "edge(0)", "第一行", show=False),
        Binding("end", "edge(1)", "最后一行", show=False),
        Binding("left,h", "sideways(-1)", "左移", show=False),
        Binding("right,l", "sideways(1)", "右移", show=False),
        Binding("enter", "choose", "打开", show=False),
    ]

    SHY: ClassVar[bool] = False
    """Whether the cursor shows only while the keys go here."""

    cursor: reactive[int] = reactive(0)

    @dataclass
    class Moved(Message):
        """The cursor is on another row."""

        grid: Grid
        row: int

    @dataclass
    class Chosen(Message):
        """A row was chosen with Enter or a double click."""

        grid: Grid
        row: int

    @dataclass
    class HeadingClicked(Message):
        """The heading of a column was clicked."""

        grid: Grid
        key: str

    def __init__(self, columns: Sequence[Column] = (), *, frozen: int = 0, id: str | None = None) -> None:
        super().__init__(id=id)
        self.columns: tuple[Column, ...] = tuple(columns)
        self.frozen = frozen
        self.count = 0
        self.empty = ""
        self._source: Source = lambda _: ()

    # what is shown

    def fill(self, count: int, source: Source, *, cursor: int = 0, columns: Sequence[Column] | None = None) -> None:
        """Show ``count`` rows; ``source`` gives the pieces of one row, one for each column, when it is drawn."""
        if columns is not None:
            self.columns = tuple(columns)
        self.count, self._source = count, source
        self._measure()
        self.set_reactive(Grid.cursor, max(0, min(cursor, count - 1)))
        self._show_row(self.cursor)
        self.refresh()

    def redraw(self) -> None:
        """Draw again what is on the screen: the source says something else."""
        self.refresh()

    def row_text(self, row: int) -> str:
        """The text of a row, as a screen reader or a test would want it."""
        return " ".join(text for text, _ in self._source(row))

    # layout

    def widths(self) -> list[int]:
        """The widths of the columns at the present size."""
        widths = [column.width for column in self.columns]
        spare = self.room - sum(widths) - len(widths)
        growing = [number for number, column in enumerate(self.columns) if column.stretches]
        if growing and spare > 0:
            widths[growing[-1]] += spare
        return widths

    def _measure(self) -> None:
        total = sum(self.widths()) + len(self.columns)
        self.virtual_size = Size(max(total, self.room) if total > self.room else self.room, self.count + 1)

    def on_resize(self, _: events.Resize) -> None:
        """Measure the columns again, and keep the cursor on the screen."""
        self._measure()
        self._show_row(self.cursor)

    @property
    def page_rows(self) -> int:
        """The number of rows that fit under the heading."""
        return max(self.scrollable_content_region.height - 1, 1)

    def _show_row(self, row: int, *, context: int = 0) -> None:
        top, rows = round(self.scroll_y), self.page_rows
        wanted = top
        if row - context < top:
            wanted = max(row - context, 0)
        elif row + context >= top + rows:
            wanted = row + context - rows + 1
        if wanted != top or self.scroll_y > max(self.count - rows, 0):
            self.scroll_to(y=wanted, animate=False, immediate=True, force=True)

    def show_cell(self, row: int, column: int) -> None:
        """Bring a cell into view, with some rows around it."""
        self._show_row(row, context=max((self.page_rows - 1) // 2, 0))
        widths = self.widths()
        held = sum(widths[: self.frozen]) + self.frozen
        left = sum(widths[:column]) + column - held
        right = left + widths[column] if column < len(widths) else left
        room = self.room - held
        x = round(self.scroll_x)
        if column >= self.frozen and (left < x or right > x + room):
            self.scroll_to(x=max(right - room + 1, 0), animate=False, immediate=True, force=True)

    # drawing

    def render_line(self, y: int) -> Strip:
        """One line of the screen: the heading, or a row."""
        room = self.room
        base = self.base
        if y == 0:
            pieces = [
                (column.title, "header" + (f" {column.paint}" if column.paint else "")) for column in self.columns
            ]
            return self._line(pieces, base + self.paint("header"))
        row = y - 1 + round(self.scroll_y)
        if row >= self.count:
            note = f" {self.empty}" if not self.count and y == 2 else ""
            return self.strip([(note, "dim")], room, base)
        if row == self.cursor and (self.has_focus or not self.SHY):
            base += self.paint("cursor")
        return self._line(self._source(row), base)

    def _line(self, row: Row, base: Style) -> Strip:
        held: list[Piece] = []
        moving: list[Piece] = []
        for number, (column, width, (text, paint)) in enumerate(zip(self.columns, self.widths(), row, strict=False)):
            target = held if number < self.frozen else moving
            target.append((fit(text, width, right=column.right), paint))
            target.append((" ", ""))
        left = Strip(self.segments(held, base))
        x = round(self.scroll_x)
        rest = Strip(self.segments(moving, base)).crop(x, x + max(self.room - left.cell_length, 0))
        return Strip([*left, *rest]).adjust_cell_length(self.room, base)

    # moving

    def validate_cursor(self, row: int) -> int:
        """Keep the cursor on a row that exists."""
        return max(0, min(row, self.count - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Tell that the cursor moved."""
        if old != new and self.is_mounted:
            top = round(self.scroll_y)
            self._show_row(new)
            if round(self.scroll_y) == top:
                self.refresh(*(Region(0, row - top + 1, self.size.width, 1) for row in (old, new)))
            else:
                self.refresh()
            self.post_message(self.Moved(self, new))

    def action_move(self, step: int) -> None:
        """Move the cursor by some rows."""
        self.cursor += step

    def action_page(self, step: int) -> None:
        """Move the cursor by a page."""
        self.cursor += step * self.page_rows

    def action_edge(self, last: int) -> None:
        """Move the cursor to the first or the last row."""
        self.cursor = self.count - 1 if last else 0

    def action_sideways(self, step: int) -> None:
        """Scroll sideways."""
        self.scroll_to(x=self.scroll_x + step * 8, animate=False, immediate=True)

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        if self.count:
            self.post_message(self.Chosen(self, self.cursor))

    def on_focus(self) -> None:
        """The cursor shows whether the keys go here."""
        self.refresh()

    def on_blur(self) -> None:
        """The cursor shows whether the keys go here."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the row that was clicked; a double click chooses it."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        if offset.y == 0:
            column = self._column_at(offset.x)
            if column is not None:
                self.post_message(self.HeadingClicked(self, column))
            return
        row = offset.y - 1 + round(self.scroll_y)
        if row < self.count:
            self.cursor = row
            if event.chain == 2:
                self.action_choose()

    def _column_at(self, x: int) -> str | None:
        at = 0
        for number, (column, width) in enumerate(zip(self.columns, self.widths(), strict=True)):
            place = x if number < self.frozen else x + round(self.scroll_x)
            at += width + 1
            if place < at:
                return column.key
        return None
