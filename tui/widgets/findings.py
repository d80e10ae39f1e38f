"""The list of findings: one line each, with the decision; some or all of them can be selected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from assistant.findings import SEVERITY_NAMES
from tui.filters import SORTS
from tui.texts import Piece
from tui.widgets.grid import Column, Grid

if TYPE_CHECKING:
    from tui.session import Item, Session

_STATUS = {"确认": "good", "排除": "dim", "待核": "warning"}
_STATES = {"新增": "warning", "仍在": "dim", "已改": "good"}
_WIDE = 100


class FindingTable(Grid):
    """The findings that the filter takes, in the chosen order."""

    EMPTY = "没有疑点。按 i 查看核查了什么、什么没有核查。"
    NAME = "疑点清单"
    HELP = (
        "每行一条疑点：级别、规则、位置、一句话说明、处理结果；有上一次核查时还有变化（新增、仍在）。"
        "空格选中多条后，确认、排除、待核、备注对选中的全部生效；没有选中时对光标所在的一条生效。"
        "点列标题或按 o 排序，按 f 或点上方的条件筛选，按 / 输入文字查找（多个词用空格分开）。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "select", "选中", show=False),
        Binding("a", "select_all", "全选/全不选", show=False),
        Binding("o", "sort", "排序", show=False),
        Binding("O", "reverse", "倒序", show=False),
    ]

    @dataclass
    class SortWanted(Message):
        """Another order is wanted; an empty ``key`` asks for the next column, or the other direction."""

        key: str
        reverse: bool = False

    def __init__(self, session: Session, *, id: str) -> None:
        super().__init__(id=id)
        self._session = session
        self.items: Sequence[Item] = ()
        self.selected: set[Item] = set()
        self.sort = "severity"
        self.reverse = False
        self.empty = self.EMPTY

    def show(self, items: Sequence[Item], keep: Item | None = None) -> None:
        """List findings; the cursor stays on ``keep`` where it is still listed."""
        row = next((number for number, item in enumerate(items) if item is keep), min(self.cursor, len(items) - 1))
        self.items = items
        self.selected &= set(items)
        self.fill(len(items), self._row, cursor=max(row, 0), columns=self._columns())

    def current(self) -> Item | None:
        """The finding under the cursor."""
        return self.items[self.cursor] if self.cursor < len(self.items) else None

    def chosen(self) -> list[Item]:
        """The selected findings in the order of the list; without a selection the one under the cursor."""
        if self.selected:
            return [item for item in self.items if item in self.selected]
        current = self.current()
        return [current] if current else []

    def on_resize(self, event: object) -> None:
        """The columns depend on the room."""
        self.columns = self._columns()

    def _columns(self) -> tuple[Column, ...]:
        wide = self.room >= _WIDE
        columns = [
            Column("mark", "", 1),
            Column("severity", self._title("severity"), 5),
            Column("rule", self._title("rule"), 5),
            Column("place", self._title("place"), 20 if wide else 14),
            Column("message", self._title("message"), 16, stretches=True),
            Column("decision", self._title("decision"), 7),
        ]
        if any(comparison is not None for comparison in self._session.comparisons):
            columns.append(Column("state", "变化", 6))
        if wide and len(self._session.audits) > 1:
            columns.append(Column("document", "文件", 16))
        return tuple(columns)

    def _title(self, key: str) -> str:
        arrow = ("↓" if self.reverse else "↑") if key == self.sort else ""
        return SORTS[key] + arrow

    def _row(self, number: int) -> tuple[Piece, ...]:
        item = self.items[number]
        severity = item.finding.severity
        row: list[Piece] = []
        for column in self.columns:
            if column.key == "mark":
                row.append(("*" if item in self.selected else " ", "strong"))
            elif column.key == "severity":
                row.append((SEVERITY_NAMES[severity], severity))
            elif column.key == "rule":
                row.append((item.finding.rule, ""))
            elif column.key == "place":
                row.append((item.place, "dim"))
            elif column.key == "message":
                paint = "dim" if item.status == "排除" else ""
                row.append((item.summary, f"{paint} chosen" if item in self.selected else paint))
            elif column.key == "decision":
                row.append((item.status, _STATUS.get(item.status, "")))
            elif column.key == "state":
                row.append((item.state, _STATES.get(item.state[:2], "")))
            else:
                row.append((self._session.names[item.document], "dim"))
        return tuple(row)

    def action_select(self) -> None:
        """Select the finding under the cursor, or no longer, and go on to the next."""
        item = self.current()
        if item is not None:
            self.selected ^= {item}
            self.post_message(self.Selected())
            self.cursor += 1
            self.redraw()

    def action_select_all(self) -> None:
        """Select all that are listed, or none."""
        everything = set(self.items)
        self.selected = set() if self.selected == everything else everything
        self.post_message(self.Selected())
        self.redraw()

    class Selected(Message):
        """The selection changed."""

    def action_sort(self) -> None:
        """Sort by the next column."""
        keys = list(SORTS)
        self.post_message(self.SortWanted(keys[(keys.index(self.sort) + 1) % len(keys)]))

    def action_reverse(self) -> None:
        """Turn the order round."""
        self.post_message(self.SortWanted(self.sort, not self.reverse))

    def on_grid_heading_clicked(self, event: Grid.HeadingClicked) -> None:
        """Sort by the column that was clicked; by the same one again in the other direction."""
        if event.key in SORTS:
            event.stop()
            self.post_message(self.SortWanted(event.key, event.key == self.sort and not self.reverse))
