"""The performance indicators (绩效指标) of a document: what was planned, what was reached, what was scored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from assistant.indicators import Place, read_performance
from tui.messages import PlaceWanted
from tui.texts import Piece, safe
from tui.widgets.grid import Column, Grid

if TYPE_CHECKING:
    from assistant.findings import Audit
    from assistant.indicators import Indicator, Performance

_PLACES = {Place.NARRATIVE: "正文", Place.SUMMARY: "摘要", Place.FORM: "自评表"}


class IndicatorTable(Grid):
    """The indicators."""

    NAME = "绩效指标"
    HELP = "读出的绩效指标：出处、项目、分类、名称、目标值、实际完成值、权重与得分。回车跳到原文。"
    COLUMNS = (
        Column("line", "行", 5, right=True),
        Column("place", "出处", 6),
        Column("kind", "分类", 10),
        Column("name", "指标", 20, stretches=True),
        Column("target", "目标值", 14),
        Column("actual", "实际值", 14),
        Column("weight", "分值", 5, right=True),
        Column("score", "得分", 5, right=True),
        Column("project", "项目", 22),
    )


class IndicatorsPane(Vertical):
    """The indicators of the current document."""

    def __init__(self) -> None:
        super().__init__()
        self._audit: Audit | None = None
        self._rows: list[Indicator] = []

    def compose(self) -> ComposeResult:
        """A line of totals over the table."""
        yield Static("", classes="pane-title", markup=False)
        yield IndicatorTable(IndicatorTable.COLUMNS, id="indicator-table")

    def show(self, audit: Audit) -> None:
        """Show a document: what it says of its performance is read when it is first asked for."""
        if audit is not self._audit:
            self._audit = audit
            self.query_one(Static).update("正在读取绩效指标……")
            self.query_one(IndicatorTable).fill(0, lambda _: ())
            self._read(audit)

    @work(thread=True, exclusive=True, group="indicators", description="read")
    def _read(self, audit: Audit) -> None:
        performance = read_performance(audit.document)
        if self.is_attached:
            self.app.call_from_thread(self._fill, audit, performance)

    def _fill(self, audit: Audit, performance: Performance) -> None:
        if audit is not self._audit:
            return
        self._rows = list(performance.indicators)
        forms = len(performance.forms)
        self.query_one(Static).update(
            f"绩效指标 {len(self._rows)} 处　自评表 {forms} 张　项目 {len(performance.projects)} 个"
            if self._rows or forms
            else "没有读出绩效指标：报告没有绩效内容，或写法未能识别。"
        )
        self.query_one(IndicatorTable).fill(len(self._rows), self._row)

    def _row(self, number: int) -> tuple[Piece, ...]:
        each = self._rows[number]
        return (
            (str(each.title.span.line), "dim"),
            (_PLACES[each.place], "dim"),
            (safe(f"{each.level1} {each.level2}".strip()), "dim"),
            (safe(each.name), ""),
            (safe(each.target.shown) if each.target else "—", ""),
            (safe(each.actual.shown) if each.actual else "—", ""),
            (safe(each.weight.text) if each.weight else "", "dim"),
            (safe(each.score.text) if each.score else "", ""),
            (safe(each.project), "dim"),
        )

    @on(Grid.Chosen)
    def _open(self, event: Grid.Chosen) -> None:
        event.stop()
        span = self._rows[event.row].title.span
        self.post_message(PlaceWanted(span.line, span.start, span.end))
