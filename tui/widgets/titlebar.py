"""The line on top: what is reviewed, and how far the review has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.widgets import Static

from assistant.findings import SEVERITY_NAMES
from tui.filters import FIXED
from tui.texts import fit

if TYPE_CHECKING:
    from tui.session import Session


class TitleBar(Static):
    """Document, counts, progress of the review, changes since the last run."""

    def __init__(self, session: Session, *, id: str) -> None:
        super().__init__("", id=id, markup=False)
        self._session = session
        self._document = 0
        self._selected = 0
        self._counts: list[str] = []

    def show(self, document: int | None = None, selected: int | None = None) -> None:
        """Show the present state; nothing is counted anew."""
        self._document = self._document if document is None else document
        self._selected = self._selected if selected is None else selected
        parts = [*self._counts, f"选中 {self._selected}"] if self._selected else self._counts
        right = " │ ".join(parts) + " "
        names = self._session.names
        name = names[self._document] if names else ""
        if len(names) > 1:
            name = f"[{self._document + 1}/{len(names)}] {name}"
        room = max(self.size.width, 20) - cell_len(right) - 1
        left = f" 核查助手 {name}" if room > 24 else f" {name}"
        self.update(fit(left, max(room, 0)) + " " + right, layout=False)

    def count(self) -> None:
        """Count again, and show."""
        session = self._session
        listed = [item for item in session.items if item.state != FIXED]
        counts = [
            f"{name}{sum(item.finding.severity == key for item in listed)}" for key, name in SEVERITY_NAMES.items()
        ]
        done, total = session.progress()
        parts = [" ".join(counts), f"已复核 {done}/{total}"]
        if any(session.comparisons):
            new = sum(item.state == "新增" for item in listed)
            fixed = len(session.items) - len(listed)
            parts.append(f"新增{new} 仍在{sum(item.state.startswith('仍在') for item in listed)} 已改正{fixed}")
        self._counts = parts
        self.show()

    def on_mount(self) -> None:
        """Count."""
        self.count()

    def on_resize(self) -> None:
        """Fit again."""
        self.show()
