"""Every key of the workbench, pressed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, TabbedContent

from assistant import Report
from assistant.findings import Verdict
from assistant.rules import Rulebook
from assistant.store import Store
from tui.app import ReviewApp
from tui.screens.export import ExportDialog
from tui.screens.pick import Pick
from tui.screens.reading import Reading
from tui.screens.reason import ReasonDialog, TextDialog
from tui.screens.review import ReviewScreen
from tui.themes import DARK, LIGHT
from tui.widgets.end import EndView, PlaceTable, PlaceText
from tui.widgets.filterbar import Chip
from tui.widgets.findings import FindingTable
from tui.widgets.findingspane import FindingsPane
from tui.widgets.ledger import LedgerPane, LedgerTable
from tui.widgets.source import SourcePane, SourceText
from tui.widgets.tables import TableGrid, TableList
from tui.widgets.titlebar import TitleBar

SIZE = (80, 24)


class Desk:
    """The workbench under test."""

    def __init__(self, app: ReviewApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            if self.app.workers._workers:  # a decision is being kept, a file written
                await self.settle()
        await self.pilot.pause()

    async def settle(self) -> None:
        await self.app.workers.wait_for_complete()
        await self.pilot.pause()

    async def until(self, true: Callable[[], object]) -> None:
        for _ in range(100):
            if true():
                return
            await self.pilot.pause(0.02)
        assert true()

    @property
    def review(self) -> ReviewScreen:
        return next(screen for screen in self.app.screen_stack if isinstance(screen, ReviewScreen))

    @property
    def table(self) -> FindingTable:
        return self.review.query_one(FindingTable)

    @property
    def tab(self) -> str:
        return self.review.query_one(TabbedContent).active

    def statuses(self) -> list[str]:
        return [item.status for item in self.table.items]

    def rules(self) -> list[str]:
        return [item.finding.rule for item in self.table.items]


@asynccontextmanager
async def opened(app: ReviewApp, size: tuple[int, int] = SIZE) -> AsyncIterator[Desk]:
    async with app.run_test(size=size) as pilot:
        desk = Desk(app, pilot)
        await desk.until(lambda: any(isinstance(screen, ReviewScreen) for screen in app.screen_stack))
        await desk.settle()
        yield desk


async def test_moving_and_the_evidence_follows(app: ReviewApp) -> None:
    async with opened(app) as desk:
        assert desk.rules()[:2] == ["T101", "T207"]
        await desk.press("down", "down")
        assert desk.table.current() is desk.table.items[2]
        await desk.press("j", "k", "pagedown", "pageup", "end")
        assert desk.table.cursor == 6
        await desk.press("home")
        assert desk.table.cursor == 0
        rows = [number for number, rule in enumerate(desk.rules()) if rule == "N301"]
        await desk.press(*["down"] * rows[0])
        first, second = desk.review.query(EndView)
        await desk.until(lambda: "3,467.57万元" in first.query_one(PlaceText).text)
        assert second.query_one(PlaceTable).display
        assert "合计" in second.query_one(PlaceTable).row_text(second.query_one(PlaceTable).cursor)


async def test_deciding_and_undoing(app: ReviewApp) -> None:
    async with opened(app) as desk:
        await desk.press("c")
        assert desk.statuses()[0] == "确认"
        assert desk.table.cursor == 1
        await desk.press("w", "u", "u")
        assert set(desk.statuses()) == {"待复核"}
        await desk.press("u")
        await desk.press("home", "c", "home", "delete")
        assert desk.statuses()[0] == "待复核"


async def test_dismissing_needs_a_reason(app: ReviewApp) -> None:
    async with opened(app) as desk:
        await desk.press("x")
        assert isinstance(app.screen, ReasonDialog)
        await desk.press("enter")
        assert isinstance(app.screen, ReasonDialog)
        await desk.press("down", "enter", "enter")
        assert desk.statuses()[0] == "排除"
        decision = desk.table.items[0].decision
        assert decision is not None
        assert decision.reason == "口径不同，两处数字不可比"
        await desk.press("x", "escape")
        assert desk.statuses()[1] == "待复核"
        await desk.press("x", *"ABC", "ctrl+s")
        assert desk.table.items[1].decision is not None
        assert desk.table.items[1].decision.reason == "ABC"


async def test_many_at_once(app: ReviewApp) -> None:
    async with opened(app) as desk:
        await desk.press("space", "space")
        assert len(desk.table.selected) == 2
        await desk.press("w")
        assert desk.statuses().count("待核") == 2
        assert not desk.table.selected
        await desk.press("a")
        assert len(desk.table.selected) == 7
        await desk.press("a")
        assert not desk.table.selected
        await desk.press("space", "escape")
        assert not desk.table.selected
        await desk.press("a", "c", "u")
        assert desk.statuses().count("待核") == 2


async def test_notes(app: ReviewApp) -> None:
    async with opened(app) as desk:
        await desk.press("n")
        assert isinstance(app.screen, TextDialog)
        await desk.press(*"ok", "enter")
        decision = desk.table.items[0].decision
        assert decision is not None
        assert (decision.status.value, decision.note) == ("待核", "ok")


async def test_sorting(app: ReviewApp) -> None:
    async with opened(app) as desk:
        await desk.press("o")
        assert desk.rules() == sorted(desk.rules())
        await desk.press("O")
        assert desk.rules() == sorted(desk.rules(), reverse=True)
        await desk.pilot.click(FindingTable, offset=(9, 0))
        await desk.settle()
        assert desk.rules() == sorted(desk.rules())


async def test_filters_and_search(app: ReviewApp) -> None:
    async with opened(app) as desk:
        await desk.press("f")
        assert isinstance(app.screen, Pick)
        await desk.press("down", "enter")
        assert set(desk.rules()) == {"T207", "T101", "N401", "N301"}
        await desk.press("F")
        assert len(desk.rules()) == 7
        await desk.press("/", *"n40")
        await desk.until(lambda: desk.rules() == ["N401", "N407"])
        await desk.press("enter")
        assert desk.table.has_focus
        await desk.press("/", "escape")
        await desk.until(lambda: len(desk.rules()) == 7)
        assert desk.table.has_focus
        await desk.pilot.click(Chip)
        await desk.settle()
        assert isinstance(app.screen, Pick)
        await desk.press("escape")


async def test_zoom_steps_and_turns(app: ReviewApp) -> None:
    async with opened(app) as desk:
        pane = desk.review.query_one(FindingsPane)
        await desk.press("z")
        assert pane.has_class("-zoomed")
        await desk.press(".", ".", ",")
        assert desk.table.cursor == 1
        await desk.press("escape")
        assert not pane.has_class("-zoomed")
        assert desk.table.has_focus
        await desk.press("enter", "z")
        assert not pane.has_class("-zoomed")
        row = desk.rules().index("W801")
        await desk.press("home", *["down"] * row)
        second = list(desk.review.query(EndView))[1]
        await desk.until(lambda: second.end is not None and "公开05" in second.end.title)
        await desk.press("]")
        assert second.end is not None
        assert "公开03" in second.end.title
        await desk.press("[", "[")
        assert "公开01" in second.end.title


async def test_going_to_the_text_and_searching_it(app: ReviewApp) -> None:
    async with opened(app) as desk:
        await desk.press("g")
        assert desk.tab == "source"
        text = desk.review.query_one(SourceText)
        assert text.has_focus
        pane = desk.review.query_one(SourcePane)
        line = desk.table.items[0].line
        assert pane._line == line
        await desk.press("}")
        assert pane._line > line
        await desk.press("{")
        assert pane._line == line
        await desk.press("/", *":40", "enter")
        assert pane._line == 40
        await desk.press("/", "ctrl+u", *"2023", "enter")
        first = pane._line
        await desk.press("n")
        assert pane._line > first
        await desk.press("N")
        assert pane._line == first
        await desk.press("1")
        assert desk.tab == "findings"
        assert desk.table.has_focus


async def test_tabs(app: ReviewApp) -> None:
    async with opened(app) as desk:
        await desk.press("2")
        assert desk.tab == "ledger"
        ledger = desk.review.query_one(LedgerPane)
        table = desk.review.query_one(LedgerTable)
        assert table.has_focus
        everything = table.count
        for key, verdict in zip("zxcvbn", Verdict, strict=True):
            await desk.press(key)
            assert ledger.verdict is verdict
            assert 0 < table.count < everything
            await desk.press(key)
        assert table.count == everything
        await desk.press("enter")
        assert desk.tab == "source"
        await desk.press("3")
        assert desk.review.query_one(TableList).has_focus
        await desk.press("down")
        grid = desk.review.query_one(TableGrid)
        assert grid.columns[2].title == "本年收入合计"
        await desk.press("tab")
        assert grid.has_focus
        await desk.press("right", "l", "left", "h", "enter")
        assert desk.tab == "source"
        await desk.press("4")
        assert desk.tab == "indicators"
        await desk.press("5")
        assert desk.tab == "source"


async def test_help_coverage_and_palette(app: ReviewApp) -> None:
    async with opened(app) as desk:
        await desk.press("?")
        assert isinstance(app.screen, Reading)
        text = "\n".join(block.text for block in app.screen._blocks)
        assert "疑点清单" in text
        assert "示例" in text
        await desk.press("escape", "2", "?")
        assert "数字台账" in "\n".join(block.text for block in app.screen._blocks)
        await desk.press("escape", "i")
        text = "\n".join(block.text for block in app.screen._blocks)
        assert "第 3 页疑似扫描件" in text
        assert "没有所需的表格：T103" in text
        await desk.press("escape", "1", "ctrl+p")
        assert app.screen.id == "--command-palette"
        await desk.press("escape")
        titles = {command.title for command in app.get_system_commands(desk.review)}
        assert {"确认", "排除", "导出", "复核人", "深色/浅色"} <= titles


async def test_theme_and_reviewer(app: ReviewApp) -> None:
    async with opened(app) as desk:
        await desk.press("t")
        assert app.theme == LIGHT.name
        await desk.press("t")
        assert app.theme == DARK.name
        app.action_reviewer()
        await desk.settle()
        await desk.press("ctrl+u", *"Li", "enter")
        await desk.press("c")
        decision = desk.table.items[0].decision
        assert decision is not None
        assert decision.reviewer == "Li"


async def test_documents(two: Report, rulebook: Rulebook, store: Store) -> None:
    app = ReviewApp([], rulebook, store, report=two)
    async with opened(app) as desk:
        assert len(desk.rules()) == 10
        await desk.press("d", "down", "enter")
        assert len(desk.rules()) == 3
        assert desk.review.document == 1
        assert "[2/2] table-errors.txt" in str(desk.review.query_one(TitleBar).render())
        await desk.press("3")
        assert desk.review.query_one(TableList).count > 0
        await desk.press("i")
        assert "坏文件.txt" in "\n".join(block.text for block in app.screen._blocks)


async def test_export(app: ReviewApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with opened(app) as desk:
        await desk.press("c")
        for number, suffix in enumerate((".xlsx", ".docx", ".html")):
            await desk.press("e", *["down"] * number)
            assert isinstance(app.screen, ExportDialog)
            name = Path(app.screen.query_one(Input).value).name
            assert name == "clean-核查结果" + suffix
            await desk.press("enter")
            await desk.until(lambda: isinstance(app.screen, ReviewScreen))
            assert (tmp_path / name).stat().st_size > 1000
        await desk.press("e", "enter")
        assert isinstance(app.screen, ExportDialog)
        await desk.press("enter")
        await desk.until(lambda: isinstance(app.screen, ReviewScreen))


async def test_export_never_replaces_an_input(app: ReviewApp, report: Report) -> None:
    async with opened(app) as desk:
        await desk.press("e")
        app.screen.query_one(Input).value = report.audits[0].document.path
        app.screen.query_one(OptionList).focus()
        await desk.press("enter")
        assert isinstance(app.screen, ExportDialog)


async def test_leaving(app: ReviewApp) -> None:
    async with opened(app) as desk:
        await desk.press("ctrl+c")
        assert app.is_running
        await desk.press("q")
    assert app.return_code == 0


async def test_markup_in_a_document_is_text(app: ReviewApp) -> None:
    async with opened(app) as desk:
        row = desk.rules().index("T101")
        assert "[/red]" in desk.table.row_text(row)
        await desk.press("home", *["down"] * row, "x", "escape", "n", "escape", "z", "escape")


async def test_another_size(app: ReviewApp) -> None:
    async with opened(app, (160, 50)) as desk:
        assert desk.review.has_class("-wide")
        await desk.pilot.resize_terminal(60, 16)
        await desk.settle()
        assert not desk.review.has_class("-wide")
        await desk.press("down", "2", "3", "4", "5", "1")
        assert desk.review.query_one("#search").region.width > 0
