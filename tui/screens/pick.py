"""Picking one of several values from a list."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.screens.dialog import Dialog


class Pick(Dialog[str]):
    """A list of values (value, what to show); a value None is a heading."""

    def __init__(self, title: str, values: Sequence[tuple[str | None, str]], current: str | None = None) -> None:
        super().__init__()
        self._title = title
        self._values = values
        self._current = current

    def compose(self) -> ComposeResult:
        """Title and list."""
        with Vertical(classes="box"):
            yield Static(f"{self._title}　（回车选定，Esc 返回）", classes="pane-title", markup=False)
            options = [Option(text, disabled=value is None) for value, text in self._values]
            yield OptionList(*options, markup=False, compact=True)

    def on_mount(self) -> None:
        """Start at the present value."""
        listed = self.query_one(OptionList)
        usable = [number for number, (value, _) in enumerate(self._values) if value is not None]
        listed.highlighted = next(
            (n for n in usable if self._values[n][0] == self._current), usable[0] if usable else None
        )
        listed.focus()

    @on(OptionList.OptionSelected)
    def _picked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._values[event.option_index][0])
