"""A page to read in a dialog: the help of a pane, a rule, what was checked."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from tui.screens.dialog import Dialog
from tui.texts import Block
from tui.widgets.lines import Lines


class Reading(Dialog[None]):
    """A title over a text that can be scrolled."""

    def __init__(self, title: str, blocks: Sequence[Block]) -> None:
        super().__init__()
        self._title = title
        self._blocks = blocks

    def compose(self) -> ComposeResult:
        """Title and text."""
        with Vertical(classes="box tall"):
            yield Static(f"{self._title}　（Esc 返回）", classes="pane-title", markup=False)
            yield Lines()

    def on_mount(self) -> None:
        """Fill the text."""
        lines = self.query_one(Lines)
        lines.show(self._blocks)
        lines.focus()
