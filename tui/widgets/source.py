"""The full text of a document with line numbers; lines with findings are marked in the margin."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from assistant.findings import SEVERITIES
from tui.texts import Block, Mark
from tui.widgets.filterbar import Search
from tui.widgets.lines import Lines

if TYPE_CHECKING:
    from assistant.findings import Audit


class SourceText(Lines):
    """The lines of the file."""

    NAME = "原文"
    HELP = (
        "读入的全文，左边是行号；行号前的竖条表示该行有疑点（颜色同级别），│ 是表格的分栏。"
        "按 / 查找文字或输入“:行号”跳到该行，n、N 到下一处、上一处；} 和 { 到下一个、上一个有疑点的行。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "find(1)", "下一处", show=True),
        Binding("N", "find(-1)", "上一处", show=False),
        Binding("}", "troubled(1)", "下一疑点行", show=True),
        Binding("{", "troubled(-1)", "上一疑点行", show=False),
    ]

    def action_find(self, step: int) -> None:
        """Go to the next or the previous place of the search."""
        pane = self.parent
        if isinstance(pane, SourcePane):
            pane.find(step)

    def action_troubled(self, step: int) -> None:
        """Go to the next or the previous line with a finding."""
        pane = self.parent
        if isinstance(pane, SourcePane):
            pane.troubled(step)


class SourcePane(Vertical):
    """The text, and the search under it."""

    def __init__(self) -> None:
        super().__init__()
        self._audit: Audit | None = None
        self._line = 1
        self._mark: tuple[int, int, int] | None = None
        self._severities: dict[int, str] = {}
        self._query = ""

    def compose(self) -> ComposeResult:
        """Search and text."""
        yield Search(placeholder="/ 查找文字，或 :行号", id="source-search", compact=True)
        yield SourceText(id="source-text")

    def show(self, audit: Audit, line: int | None = None, start: int = 0, end: int = 0) -> None:
        """Show a document, from a line on if one is given, with ``start:end`` in it marked."""
        if audit is self._audit and line is None:
            return
        if audit is not self._audit:
            self._mark, self._line = None, 1
            self._severities = {}
            for severity in reversed(SEVERITIES):
                for finding in audit.findings:
                    if finding.severity == severity:
                        for evidence in finding.evidence[:2]:
                            if evidence.line is not None:
                                self._severities[evidence.line] = severity
        self._audit = audit
        if line is not None:
            self._line = line
            self._mark = (line, start, end)
        self._draw(start)

    def focus_search(self) -> None:
        """Let the user type what to look for."""
        self.query_one(Search).focus()

    def find(self, step: int) -> None:
        """Go to the next or the previous line that holds what was typed."""
        if self._audit is None or not self._query:
            return
        lines = self._audit.document.lines
        count = len(lines)
        for distance in range(1, count + 1):
            number = (self._line - 1 + step * distance) % count
            at = lines[number].lower().find(self._query.lower())
            if at >= 0:
                self.show(self._audit, number + 1, at, at + len(self._query))
                return
        self.notify(f"没有找到“{self._query}”", markup=False)

    def troubled(self, step: int) -> None:
        """Go to the next or the previous line with a finding."""
        numbers = sorted(self._severities, reverse=step < 0)
        if self._audit is None or not numbers:
            return
        line = next((n for n in numbers if (n - self._line) * step > 0), numbers[0])
        self.show(self._audit, line, 0, len(self._audit.document.lines[line - 1]))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()

    @on(Search.Left)
    def _search(self, event: Search.Left) -> None:
        event.stop()
        text = self.query_one(Search).value.strip()
        self.query_one(SourceText).focus()
        if self._audit is None or not text:
            self._query = ""
            return
        if text[0] in ":：" and text[1:].isdecimal():
            count = len(self._audit.document.lines)
            self.show(self._audit, max(1, min(int(text[1:]), count)))
            return
        self._query = text
        self._line -= 1  # what stands in this very line counts
        self.find(1)

    def _draw(self, start: int) -> None:
        assert self._audit is not None
        lines = self._audit.document.lines
        size = len(str(len(lines)))
        blocks = []
        for number, text in enumerate(lines, 1):
            marks: tuple[Mark, ...] = ()
            if self._mark is not None and self._mark[0] == number:
                _, low, high = self._mark
                marks = ((low, high if high > low else max(len(text), 1), "mark"),)
            severity = self._severities.get(number)
            bar = "▌" if severity else " "
            blocks.append(Block(text, marks, f"{bar}{number:>{size}} ", " " * (size + 2), lead_paint=severity or "dim"))
        self.query_one(SourceText).show(blocks, (self._line - 1, start))
