"""The conditions over the list: what is chosen by, and the search."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, Static

from assistant.findings import SEVERITY_NAMES
from tui.filters import CHOICES, Filter
from tui.messages import FilterChanged
from tui.texts import fit

if TYPE_CHECKING:
    from tui.session import Session

WAIT: Final = 0.2
"""Seconds without a key before the list is searched."""


class Chip(Static):
    """One condition; a click offers its values."""

    @dataclass
    class Clicked(Message):
        """The values of a condition are wanted."""

        name: str

    def __init__(self, field: str) -> None:
        super().__init__("", markup=False, classes="chip")
        self.field = field

    def on_click(self, _: events.Click) -> None:
        """Ask for the values."""
        self.post_message(self.Clicked(self.field))


class Search(Input):
    """The search field. Enter and the arrows lead back to the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave(True)", "清除并返回", show=True),
        Binding("enter,down", "leave(False)", "返回清单", show=True),
    ]

    @dataclass
    class Left(Message):
        """The focus goes back to the list."""

    def action_leave(self, clear: bool) -> None:
        """Go back to the list, without the search if ``clear``."""
        if clear:
            self.value = ""
        self.post_message(self.Left())


class FilterBar(Horizontal):
    """Conditions and search in one line."""

    def __init__(self, session: Session, *, id: str) -> None:
        super().__init__(id=id)
        self._session = session
        self.chosen = Filter()
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """A chip for each condition that can make a difference, and the search."""
        for name in CHOICES:
            if (name == "document" and len(self._session.audits) < 2) or (
                name == "state" and not any(self._session.comparisons)
            ):
                continue
            yield Chip(name)
        yield Search(placeholder="/ 查找", id="search", compact=True)

    def on_mount(self) -> None:
        """Show the conditions."""
        self._label()

    def set(self, **changes: Any) -> None:
        """Change some conditions."""
        self.chosen = replace(self.chosen, **changes)
        self._label()
        self.post_message(FilterChanged(self.chosen))

    def clear(self) -> None:
        """Take all conditions away."""
        search = self.query_one(Search)
        with search.prevent(Input.Changed):
            search.value = ""
        self.chosen = Filter()
        self._label()
        self.post_message(FilterChanged(self.chosen))

    def _label(self) -> None:
        for chip in self.query(Chip):
            value = getattr(self.chosen, chip.field)
            text = "全部"
            if chip.field == "document":
                text = fit(self._session.names[value], 12).rstrip() if value >= 0 else text
            elif value:
                text = SEVERITY_NAMES.get(value, value)
            chip.update(f"{CHOICES[chip.field]}:{text}")
            chip.set_class(text != "全部", "-on")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self._timer is not None:
            self._timer.stop()
        text = event.value
        self._timer = self.set_timer(WAIT, lambda: self.set(text=text))
