"""One end of a contradiction: a paragraph with the words marked, or a table with the cell and its headings marked."""

from __future__ import annotations

from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from tui.ends import End, TableEnd
from tui.tablemodel import mark_paints, model_of
from tui.widgets.grid import Grid
from tui.widgets.lines import Lines


class PlaceText(Lines):
    """The paragraph."""

    NAME = "出处（正文）"
    HELP = "疑点所在的整段正文，涉及的文字已标出：反色的是疑点数据，加底色的是与它矛盾的数据。按 g 可在全文中查看。"


class PlaceTable(Grid):
    """The table."""

    SHY = True
    NAME = "出处（表格）"
    HELP = (
        "疑点涉及的表格，已滚动到有关的单元格：单元格、行名和栏名均已标出。方向键可以上下左右查看，按 g 在全文中查看。"
    )


class EndView(Vertical):
    """A line that says where, over the paragraph or the table."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.end: End | None = None

    def compose(self) -> ComposeResult:
        """The heading, and both forms of which one is shown."""
        yield Static("", classes="pane-title", markup=False)
        yield PlaceText()
        yield PlaceTable(frozen=2)

    def show(self, end: End | None, number: str = "") -> None:
        """Show an end, or nothing."""
        self.end = end
        self.display = end is not None
        if end is None:
            return
        self.query_one(Static).update(f"{number} {end.title}", layout=False)
        text, table = self.query_one(PlaceText), self.query_one(PlaceTable)
        is_table = isinstance(end, TableEnd)
        text.display, table.display = not is_table, is_table
        self.set_class(is_table, "-table")
        self.set_class(not is_table, "-text")
        if isinstance(end, TableEnd):
            self.styles.clear_rule("height")
            self._show_table(table, end)
        else:
            text.show([end.block()], (0, end.goal))

    def on_lines_broken(self, event: Lines.Broken) -> None:
        """A short paragraph takes no more room than it needs; the rest is for the other place."""
        event.stop()
        if not isinstance(self.end, TableEnd):
            self.styles.height = event.count + 2

    def _show_table(self, grid: PlaceTable, end: TableEnd) -> None:
        model = model_of(end.table)
        marks = [(at, paint) for *place, paint in end.places for at in model.within(*place)]
        paints = mark_paints(model, marks)
        named = {column for (_, column), _ in marks}
        columns = [
            replace(column, paint="heading") if number in named and number else column
            for number, column in enumerate(model.columns)
        ]
        row, column = marks[0][0] if marks else (0, 0)
        grid.fill(len(model.rows), lambda at: model.pieces(at, paints), cursor=row, columns=columns)
        grid.call_after_refresh(grid.show_cell, row, column)
