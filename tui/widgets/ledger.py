"""The ledger (台账): every figure of a document with its verdict and why, and how much of it was checked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from assistant.findings import Verdict
from tui.messages import PlaceWanted
from tui.texts import Piece, safe
from tui.widgets.coverage import KEYS, Coverage, VerdictChip
from tui.widgets.grid import Column, Grid

if TYPE_CHECKING:
    from assistant.findings import Audit, Entry

_PAINTS = {
    Verdict.AGREE: "good", Verdict.TAIL: "good", Verdict.DISAGREE: "error", Verdict.NO_BASIS: "warning",
    Verdict.UNCLEAR: "warning", Verdict.NOT_CHECKED: "dim",
}  # fmt: skip


class LedgerTable(Grid):
    """The figures."""

    NAME = "数字台账"
    HELP = (
        "报告中的每个数字及其结论：一致、尾差、不一致、无依据（没有可以核对的勾稽关系）、无法判断（读取有疑问）、"
        "非核对项（日期、文号、序号）。上方的色条是各种结论所占的比例；点其中一种或按它前面的字母只看这一种，再按一次看全部。"
        "回车跳到原文。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"verdict('{verdict.value}')", verdict.value, show=False) for verdict, key in KEYS.items()),
    ]
    COLUMNS = (
        Column("line", "行", 6, right=True),
        Column("figure", "数字", 14, right=True),
        Column("verdict", "结论", 8),
        Column("where", "所在", 16, stretches=True),
        Column("why", "理由", 22),
        Column("rules", "规则", 5),
    )

    def on_resize(self, event: events.Resize) -> None:
        """Where there is room, reasons and rules are shown whole."""
        wide = {"why": 40, "rules": 24} if self.room > 130 else {}
        self.columns = tuple(replace(each, width=wide.get(each.key, each.width)) for each in self.COLUMNS)

    def action_verdict(self, verdict: str) -> None:
        """Ask for one verdict."""
        self.post_message(VerdictChip.Clicked(Verdict(verdict)))


class LedgerPane(Vertical):
    """Coverage and figures of the current document."""

    def __init__(self) -> None:
        super().__init__()
        self._audit: Audit | None = None
        self._entries: list[Entry] = []
        self.verdict: Verdict | None = None

    def compose(self) -> ComposeResult:
        """The bar over the table."""
        yield Coverage(id="coverage")
        yield LedgerTable(LedgerTable.COLUMNS, id="ledger-table")

    def show(self, audit: Audit) -> None:
        """Show a document."""
        self._audit = audit
        self._fill()

    @on(VerdictChip.Clicked)
    def _choose(self, event: VerdictChip.Clicked) -> None:
        event.stop()
        self.verdict = None if self.verdict is event.verdict else event.verdict
        self._fill()

    @on(Grid.Chosen)
    def _open(self, event: Grid.Chosen) -> None:
        event.stop()
        entry = self._entries[event.row]
        self.post_message(PlaceWanted(entry.line, entry.start, entry.start + len(entry.text)))

    def _fill(self) -> None:
        if self._audit is None:
            return
        self.query_one(Coverage).show(self._audit.counts(), self.verdict)
        self._entries = [each for each in self._audit.ledger if self.verdict in (None, each.verdict)]
        table = self.query_one(LedgerTable)
        table.empty = "没有这种结论的数字。" if self.verdict else "报告中没有数字。"
        table.fill(len(self._entries), self._row)

    def _where(self, entry: Entry) -> str:
        """The cell, or the words before the figure."""
        if entry.where != "正文" or self._audit is None:
            return safe(entry.where)
        line = self._audit.document.lines[entry.line - 1]
        before = line[max(entry.start - 12, 0) : entry.start].strip()
        return safe(f"正文 …{before}" if before else "正文")

    def _row(self, number: int) -> tuple[Piece, ...]:
        entry = self._entries[number]
        return (
            (str(entry.line), "dim"),
            (safe(entry.text), ""),
            (entry.verdict.value, _PAINTS[entry.verdict]),
            (self._where(entry), ""),
            (entry.why, "dim"),
            ("、".join(dict.fromkeys(entry.rules)), "dim"),
        )
