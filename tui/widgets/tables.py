"""The tables of a document as they were understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from assistant.reports.places import lines, table_name
from tui.messages import PlaceWanted
from tui.tablemodel import TableModel, model_of, verdict_paints
from tui.texts import Piece, safe
from tui.widgets.grid import Column, Grid

if TYPE_CHECKING:
    from assistant.document import Table
    from assistant.findings import Audit


class TableList(Grid):
    """The list of tables."""

    NAME = "表格清单"
    HELP = "识别出的表格：位置、角色、名称、单位、行列数。移动光标，另一边显示该表读出的内容；回车跳到原文。"
    COLUMNS = (
        Column("line", "行", 5, right=True),
        Column("name", "表格", 20, stretches=True),
        Column("unit", "单位", 6),
        Column("size", "行×列", 7, right=True),
    )


class TableGrid(Grid):
    """One table."""

    NAME = "表格内容"
    HELP = (
        "该表读出的内容，供与原件对照：红色是勾稽不符的数字，黄色是无法判断的数字；"
        "数字后的 * 表示小数位比同表少，末位可能在转换中丢失；— 是原文的横线。左右键滚动，回车跳到原文。"
    )


class TablesPane(Vertical):
    """The list, and the table under its cursor."""

    def __init__(self) -> None:
        super().__init__()
        self._audit: Audit | None = None
        self._model: TableModel | None = None

    def compose(self) -> ComposeResult:
        """List and table."""
        yield TableList(TableList.COLUMNS, id="table-list")
        with Vertical(id="table-side"):
            yield Static("", classes="pane-title", markup=False)
            yield TableGrid(frozen=2, id="table-grid")

    def show(self, audit: Audit, line: int | None = None) -> None:
        """Show the tables of a document; the cursor on the one that has ``line``."""
        self._audit = audit
        tables = audit.document.tables
        row = next((n for n, table in enumerate(tables) if line and table.span.line <= line <= table.span.last_line), 0)
        listed = self.query_one(TableList)
        listed.empty = "没有识别出表格。"
        listed.fill(len(tables), lambda number: self._listed(tables[number]), cursor=row)
        self._show_table(row)

    @on(Grid.Moved)
    def _moved(self, event: Grid.Moved) -> None:
        event.stop()
        if isinstance(event.grid, TableList):
            self._show_table(event.row)

    @on(Grid.Chosen)
    def _open(self, event: Grid.Chosen) -> None:
        event.stop()
        if self._audit is None:
            return
        if isinstance(event.grid, TableList):
            self.post_message(PlaceWanted(self._audit.document.tables[event.row].span.line))
        elif self._model is not None:
            self.post_message(PlaceWanted(self._model.lines[event.row]))

    @staticmethod
    def _listed(table: Table) -> tuple[Piece, ...]:
        known = "" if table.sides else "dim"
        unit = table.unit.name + ("?" if table.unit_assumed else "") if table.unit else "—"
        return (
            (str(table.span.line), "dim"),
            (safe(table_name(table)), known),
            (unit, ""),
            (f"{len(table.body)}×{table.columns}", "dim"),
        )

    def _show_table(self, row: int) -> None:
        assert self._audit is not None
        tables = self._audit.document.tables
        grid, title = self.query_one(TableGrid), self.query_one("#table-side Static", Static)
        if row >= len(tables):
            title.update("")
            grid.fill(0, lambda _: ())
            return
        table = tables[row]
        model = self._model = model_of(table)
        paints = verdict_paints(model, {(each.line, each.start): each.verdict for each in self._audit.ledger})
        where = lines(table.span.line, table.span.last_line, table.span.page)
        kind = "" if any(side.rows for side in table.sides) else "　没有识别出金额行，按原样列出"
        title.update(safe(f"{table_name(table)}　{where}{kind}"), layout=False)
        grid.fill(len(model.rows), lambda at: model.pieces(at, paints), columns=model.columns)
        grid.scroll_to(x=0, y=0, animate=False, immediate=True)
