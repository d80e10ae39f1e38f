"""The screen of the review: five tabs over one report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Footer, TabbedContent, TabPane

from tui.messages import DecisionsChanged, DocumentChanged, ItemShown, PlaceWanted
from tui.pages import coverage_page, help_page
from tui.screens.export import ExportDialog
from tui.screens.pick import Pick
from tui.screens.reading import Reading
from tui.widgets.findingspane import FindingsPane
from tui.widgets.indicators import IndicatorsPane
from tui.widgets.ledger import LedgerPane
from tui.widgets.painted import Painted
from tui.widgets.source import SourcePane
from tui.widgets.tables import TablesPane
from tui.widgets.titlebar import TitleBar

if TYPE_CHECKING:
    from tui.session import Session

WIDE: Final = 110
"""The columns from which list and evidence stand beside each other."""


class ReviewScreen(Screen[None]):
    """Findings, ledger, tables, indicators, text of the documents of one run."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("?,？", "help", "帮助"),
        Binding("e", "export", "导出"),
        Binding("1", "tab('findings')", "疑点", show=False),
        Binding("2", "tab('ledger')", "台账", show=False),
        Binding("3", "tab('tables')", "表格", show=False),
        Binding("4", "tab('indicators')", "指标", show=False),
        Binding("5", "tab('source')", "原文", show=False),
        Binding("d", "document", "文件", show=False),
        Binding("i", "coverage", "核查范围", show=False),
        Binding("/,、", "search", "查找", show=False),
        Binding("r", "app.again", "重新核查", show=False),
        Binding("q", "app.quit", "退出"),
    ]
    AUTO_FOCUS = "#finding-table"
    TABS: ClassVar = {"findings": "疑点", "ledger": "台账", "tables": "表格", "indicators": "指标", "source": "原文"}

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.document = 0

    def compose(self) -> ComposeResult:
        """The line on top, the tabs, the keys."""
        yield TitleBar(self._session, id="title-bar")
        panes: dict[str, Widget] = {
            "findings": FindingsPane(self._session), "ledger": LedgerPane(), "tables": TablesPane(),
            "indicators": IndicatorsPane(), "source": SourcePane(),
        }  # fmt: skip
        with TabbedContent(initial="findings"):
            for number, (name, pane) in enumerate(panes.items(), 1):
                with TabPane(f"{number} {self.TABS[name]}", id=name):
                    yield pane
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Look now and then whether a colleague decided something."""
        self.set_interval(3, self._look)
        if self._session.report.unread:
            count = len(self._session.report.unread)
            self.notify(f"有 {count} 个文件没有核查，按 i 查看原因。", severity="warning", markup=False)

    def on_resize(self) -> None:
        """Beside each other where there is room, else over each other."""
        self.set_class(self.size.width >= WIDE, "-wide")

    # tabs and documents

    @on(TabbedContent.TabActivated)
    def _activated(self) -> None:
        self._fill()
        target = self._tabs.active_pane
        if target is not None and not isinstance(self.focused, Painted):
            self._focus_first(target)

    @property
    def _tabs(self) -> TabbedContent:
        return self.query_one(TabbedContent)

    def action_tab(self, name: str) -> None:
        """Show a tab."""
        if self._tabs.active != name:
            self.set_focus(None)
            self._tabs.active = name
        else:
            self._focus_first(self._tabs.get_pane(name))

    @staticmethod
    def _focus_first(pane: Widget) -> None:
        for widget in pane.query(Painted):
            widget.focus()
            return

    def _fill(self) -> None:
        """Show the current document in the tab that is open."""
        if not self._session.audits:
            return
        audit = self._session.audits[self.document]
        name = self._tabs.active
        if name == "ledger":
            pane = self.query_one(LedgerPane)
            if self._shown.get(name) != self.document:
                pane.show(audit)
        elif name == "tables":
            if self._shown.get(name) != self.document:
                self.query_one(TablesPane).show(audit)
        elif name == "indicators":
            self.query_one(IndicatorsPane).show(audit)
        elif name == "source":
            self.query_one(SourcePane).show(audit)
        self._shown[name] = self.document

    @property
    def _shown(self) -> dict[str, int]:
        """Which document each tab shows."""
        if not hasattr(self, "_shown_documents"):
            self._shown_documents: dict[str, int] = {}
        return self._shown_documents

    def action_document(self) -> None:
        """Choose the current document."""
        names = self._session.names
        if len(names) < 2:
            self.notify("本次只核查了一个文件。", markup=False)
            return
        counts = [len(audit.findings) for audit in self._session.audits]
        values: list[tuple[str | None, str]] = [
            (str(number), f"{name}　疑点 {counts[number]}") for number, name in enumerate(names)
        ]
        self.app.push_screen(Pick("文件", values, str(self.document)), self._take_document)

    def _take_document(self, value: str | None) -> None:
        if value is not None:
            self.query_one(FindingsPane).choose_document(int(value))
            self._set_document(int(value))
            self._fill()

    def _set_document(self, number: int) -> None:
        if number != self.document:
            self.document = number
            self.query_one(TitleBar).show(document=number)

    def on_document_changed(self, event: DocumentChanged) -> None:
        """The findings are of another document now."""
        self._set_document(event.number)

    def on_item_shown(self, event: ItemShown) -> None:
        """The other tabs follow the finding."""
        if event.item is not None:
            self._set_document(event.item.document)
        self.query_one(TitleBar).show(selected=self.query_one(FindingsPane).selected_count)

    def on_place_wanted(self, event: PlaceWanted) -> None:
        """Show a line in the full text."""
        audit = self._session.audits[self.document]
        self.query_one(SourcePane).show(audit, event.line, event.start, event.end)
        self._shown["source"] = self.document
        self.action_tab("source")

    # decisions of others

    def _look(self) -> None:
        if self._session.changed_elsewhere():
            self._session.reload()
            self.query_one(FindingsPane).refresh_items()
            self.query_one(TitleBar).count()

    def on_decisions_changed(self, _: DecisionsChanged) -> None:
        """Count again."""
        self.query_one(TitleBar).count()
        self.query_one(TitleBar).show(selected=self.query_one(FindingsPane).selected_count)

    # dialogs

    def action_search(self) -> None:
        """Search in the tab that is open."""
        if self._tabs.active == "source":
            self.query_one(SourcePane).focus_search()
        else:
            self.action_tab("findings")
            self.query_one(FindingsPane).focus_search()

    def action_export(self) -> None:
        """Write the findings to a file."""
        self.app.push_screen(ExportDialog(self._session, Path.cwd()), self._exported)

    def _exported(self, path: str | None) -> None:
        if path:
            self.notify(f"已导出：{path}", timeout=8, markup=False)

    def action_coverage(self) -> None:
        """What was checked and what was not."""
        if self._session.audits:
            blocks = coverage_page(self._session.audits[self.document], self._session.report)
            self.app.push_screen(Reading("核查范围", blocks))

    def action_help(self) -> None:
        """The help of the pane that has the focus, and the rule of the finding."""
        pane: Widget | None = self.focused
        while pane is not None and not (isinstance(pane, Painted) and pane.HELP):
            pane = pane.parent if isinstance(pane.parent, Widget) else None
        name, text = (pane.NAME, pane.HELP) if isinstance(pane, Painted) else ("", "")
        reviewing = self._tabs.active == "findings"
        item = self.query_one(FindingsPane).current() if reviewing else None
        rule = self._session.rule(item.finding.rule) if item else None
        self.app.push_screen(Reading("帮助", help_page(name, text, rule, reviewing=reviewing)))
