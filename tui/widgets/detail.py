"""Both ends of the contradiction over each other, and under them the arithmetic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical

from tui.ends import End, ends_of
from tui.filters import FIXED
from tui.widgets.end import EndView
from tui.widgets.reasons import Reasons

if TYPE_CHECKING:
    from tui.session import Item, Session

_NUMBERS = "①②③④⑤⑥⑦⑧⑨⑩"


class Detail(Vertical):
    """The evidence of one finding. The first place stays; the others take turns beside it."""

    def __init__(self, session: Session, *, id: str) -> None:
        super().__init__(id=id)
        self._session = session
        self._item: Item | None = None
        self._ends: list[End] = []
        self._second = 1

    def compose(self) -> ComposeResult:
        """Two places and the words."""
        yield EndView(id="first-end")
        yield EndView(id="second-end")
        yield Reasons(id="reasons")

    def show(self, item: Item | None) -> None:
        """Show a finding."""
        changed = item is not self._item
        self._item = item
        self.query_one(Reasons).show_item(item, self._session.history(item) if item else [])
        if not changed:
            return
        self._second = 1
        self._ends = []
        if item is not None:
            document = self._session.audits[item.document].document
            self._ends = ends_of(document, item.finding, old=item.state == FIXED)
        self._show_ends()

    def turn(self, step: int) -> bool:
        """Show the next or the previous of the other places. False if there are no more than two."""
        others = len(self._ends) - 1
        if others < 2:
            return False
        self._second = (self._second - 1 + step) % others + 1
        self._show_ends()
        return True

    def place(self) -> tuple[int, int, int] | None:
        """Line, start and end of the place under the eye: of the pane with the focus, else of the first."""
        focused = self.screen.focused
        chosen = 0
        if focused is not None and focused.parent is not None and focused.parent.id == "second-end":
            chosen = self._second
        if self._item is None or self._item.state == FIXED or chosen >= len(self._ends):
            return None
        line = self._ends[chosen].line
        for evidence in self._item.finding.evidence:
            if evidence.line == line:
                same = evidence.end_line in (None, evidence.line)
                return (line, evidence.start, evidence.end if same else evidence.start + 1)
        return (line, 0, 0) if line else None

    def _show_ends(self) -> None:
        views = self.query(EndView)
        total = len(self._ends)
        for view, number in zip(views, (0, self._second), strict=True):
            if number < total:
                mark = _NUMBERS[number] if number < len(_NUMBERS) else f"({number + 1})"
                more = f"{mark}/{total} 按 ] 换" if number and total > 2 else mark
                view.show(self._ends[number], more)
            else:
                view.show(None)
