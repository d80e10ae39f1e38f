"""The tab of the findings: conditions, list, evidence, and the keys to decide."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.timer import Timer
from textual.worker import get_current_worker

from assistant.decisions import Status
from assistant.store import StoreError
from tui.filters import CHOICES, choose, options
from tui.messages import DecisionsChanged, FilterChanged, ItemShown, PlaceWanted
from tui.screens.pick import Pick
from tui.screens.reason import ReasonDialog, TextDialog
from tui.widgets.detail import Detail
from tui.widgets.filterbar import Chip, FilterBar, Search
from tui.widgets.findings import FindingTable
from tui.widgets.grid import Grid
from tui.widgets.painted import Painted

if TYPE_CHECKING:
    from tui.session import Item, Session


WAIT: Final = 0.06
"""Seconds that the cursor must rest before the evidence follows."""


class FindingsPane(Container):
    """List and evidence; every decision is made here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "decide('确认')", "确认"),
        Binding("x", "dismiss", "排除"),
        Binding("w", "decide('待核')", "待核"),
        Binding("n", "note", "备注", show=False),
        Binding("delete,backspace", "withdraw", "清除处理", show=False),
        Binding("u", "undo", "撤销"),
        Binding("f", "filter", "筛选"),
        Binding("F", "clear", "取消筛选", show=False),
        Binding("/,、", "search", "查找"),
        Binding("z", "zoom", "放大"),
        Binding("escape", "back", "返回", show=False),
        Binding(".,。", "step(1)", "下一条", show=False),
        Binding("comma,，", "step(-1)", "上一条", show=False),
        Binding("],】", "turn(1)", "换一处", show=False),
        Binding("[,【", "turn(-1)", "换一处", show=False),
        Binding("g", "go", "看原文"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Conditions over list and evidence."""
        yield FilterBar(self._session, id="filter-bar")
        yield FindingTable(self._session, id="finding-table")
        yield Detail(self._session, id="detail")

    def on_mount(self) -> None:
        """List everything."""
        self.refresh_items()

    # the list

    @property
    def _table(self) -> FindingTable:
        return self.query_one(FindingTable)

    @property
    def _bar(self) -> FilterBar:
        return self.query_one(FilterBar)

    @property
    def selected_count(self) -> int:
        """How many findings are selected."""
        return len(self._table.selected)

    def current(self) -> Item | None:
        """The finding under the cursor."""
        return self._table.current()

    def refresh_items(self) -> None:
        """Choose and order again; the cursor stays on its finding."""
        table = self._table
        chosen = self._bar.chosen
        table.empty = "没有符合条件的疑点，按 F 取消条件。" if chosen.active else type(table).EMPTY
        table.show(choose(self._session.items, chosen, table.sort, reverse=table.reverse), self.current())
        self._show_current()

    def choose_document(self, number: int) -> None:
        """List the findings of one document only."""
        self._bar.set(document=number)

    def focus_search(self) -> None:
        """Let the user type what to look for."""
        self.query_one(Search).focus()

    def _show_current(self) -> None:
        item = self.current()
        self.query_one(Detail).show(item)
        self.post_message(ItemShown(item))

    def on_grid_moved(self, event: Grid.Moved) -> None:
        """Show the finding under the cursor."""
        event.stop()
        if isinstance(event.grid, FindingTable):
            if self._timer is not None:
                self._timer.stop()
            self._timer = self.set_timer(WAIT, self._show_current)

    def on_grid_chosen(self, event: Grid.Chosen) -> None:
        """Enlarge the evidence; in the evidence, go to the full text."""
        event.stop()
        if isinstance(event.grid, FindingTable):
            self.action_zoom()
        else:
            self.action_go()

    @on(FindingTable.Selected)
    def _selected(self) -> None:
        self.post_message(DecisionsChanged())

    @on(FindingTable.SortWanted)
    def _sort(self, event: FindingTable.SortWanted) -> None:
        self._table.sort, self._table.reverse = event.key, event.reverse
        self.refresh_items()

    @on(FilterChanged)
    def _filtered(self) -> None:
        self.refresh_items()

    @on(Search.Left)
    def _left(self) -> None:
        self._table.focus()

    @on(Chip.Clicked)
    def _chip(self, event: Chip.Clicked) -> None:
        values: list[tuple[str | None, str]] = [*options(event.name, self._session.names, self._session.items)]
        current = str(getattr(self._bar.chosen, event.name))
        self.app.push_screen(Pick(CHOICES[event.name], values, current), lambda value: self._choose(event.name, value))

    def action_filter(self) -> None:
        """Offer all conditions in one list."""
        values: list[tuple[str | None, str]] = []
        for chip in self._bar.query(Chip):
            values.append((None, f"── {CHOICES[chip.field]}"))
            found = options(chip.field, self._session.names, self._session.items)
            values += [(f"{chip.field}={value}", f"  {text}") for value, text in found]
        self.app.push_screen(Pick("筛选", values), self._choose_any)

    def _choose_any(self, answer: str | None) -> None:
        if answer:
            name, _, value = answer.partition("=")
            self._choose(name, value)

    def _choose(self, name: str, value: str | None) -> None:
        if value is not None:
            self._bar.set(**{name: int(value) if name == "document" else value})

    def action_clear(self) -> None:
        """Take all conditions away."""
        self._bar.clear()

    def action_search(self) -> None:
        """Search as you type."""
        self.focus_search()

    # the evidence

    def action_zoom(self) -> None:
        """Give the evidence the whole screen, or take it back."""
        zoomed = not self.has_class("-zoomed")
        self.set_class(zoomed, "-zoomed")
        if zoomed:
            shown = (pane for pane in self.query_one(Detail).query(Painted) if pane.display and pane.parent_shown)
            next(shown).focus()
        else:
            self._table.focus()

    def action_back(self) -> None:
        """Back to the list; there, drop the selection."""
        if self.has_class("-zoomed"):
            self.action_zoom()
        elif not self._table.has_focus:
            self._table.focus()
        elif self._table.selected:
            self._table.selected.clear()
            self._table.redraw()
            self.post_message(DecisionsChanged())

    def action_step(self, step: int) -> None:
        """Go to the next or the previous finding."""
        self._table.cursor += step

    def action_turn(self, step: int) -> None:
        """Show another of the places."""
        if not self.query_one(Detail).turn(step):
            self.notify("这条疑点没有更多的出处。", markup=False, timeout=2)

    def action_go(self) -> None:
        """Show the place in the full text."""
        place = self.query_one(Detail).place()
        if place is None:
            self.notify("没有可以跳转的位置。", markup=False, timeout=2)
        else:
            self.post_message(PlaceWanted(*place))

    # decisions

    def action_decide(self, status: str) -> None:
        """Decide on the chosen findings."""
        chosen = self._table.chosen()
        self._do(lambda: self._session.decide(chosen, Status(status)), status, advance=len(chosen) == 1)

    def action_dismiss(self) -> None:
        """Dismiss the chosen findings, with a reason."""
        chosen = self._table.chosen()
        if not chosen:
            return

        def answered(answer: tuple[str, str] | None) -> None:
            if answer is not None:
                reason, note = answer
                work = lambda: self._session.decide(chosen, Status.DISMISSED, reason, note or None)  # noqa: E731
                self._do(work, "排除", advance=len(chosen) == 1)

        self.app.push_screen(ReasonDialog(len(chosen), chosen[0].summary), answered)

    def action_note(self) -> None:
        """Write a note on the chosen findings."""
        chosen = self._table.chosen()
        if not chosen:
            return
        value = chosen[0].decision.note if len(chosen) == 1 and chosen[0].decision else ""
        title = f"备注（{len(chosen)} 条）" if len(chosen) > 1 else "备注"

        def answered(answer: str | None) -> None:
            if answer is not None:
                self._do(lambda: self._session.annotate(chosen, answer), "备注")

        self.app.push_screen(TextDialog(title, value, "尚未处理的疑点同时记为待核"), answered)

    def action_withdraw(self) -> None:
        """Take the decisions on the chosen findings away."""
        chosen = [item for item in self._table.chosen() if item.decision]
        self._do(lambda: self._session.decide(chosen, None, note=""), "清除处理")

    def action_undo(self) -> None:
        """Take the last action back."""
        self._do(self._session.undo, "撤销")

    @work(thread=True, group="decisions", description="decide")
    def _do(self, work: Callable[[], int], what: str, *, advance: bool = False) -> None:
        """Touch the store beside the screen: another program may hold it for seconds."""
        try:
            count = work()
        except (StoreError, ValueError) as error:
            self.app.call_from_thread(self.notify, str(error), severity="error", markup=False)
            return
        if not get_current_worker().is_cancelled:
            self.app.call_from_thread(self._done, count, what, advance)

    def _done(self, count: int, what: str, advance: bool) -> None:
        if not count:
            self.notify("没有可以撤销的处理。" if what == "撤销" else "没有可以处理的疑点。", markup=False, timeout=2)
            return
        table = self._table
        before = table.current()
        after = table.items[table.cursor + 1] if advance and table.cursor + 1 < len(table.items) else None
        if what in ("确认", "排除", "待核"):
            table.selected.clear()
        self.refresh_items()
        if after is not None and table.current() is before and after in table.items:
            table.cursor = table.items.index(after)
        if count > 1 or what in ("撤销", "备注", "清除处理"):
            self.notify(f"{what} {count} 条", markup=False, timeout=2)
        self.post_message(DecisionsChanged())
