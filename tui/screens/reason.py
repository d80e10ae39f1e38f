"""The dialogs that ask for words: why a finding is dismissed, a note, the reviewer's name."""

from __future__ import annotations

from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, OptionList, Static

from tui.screens.dialog import Dialog

REASONS: Final = (
    "口径不同，两处数字不可比",
    "转换造成的断字、缺位或错列，原件无误",
    "四舍五入形成的差额",
    "已向编报单位核实，原文无误",
    "工具读取有误",
)


class ReasonDialog(Dialog[tuple[str, str]]):
    """Why findings are dismissed (needed), and a note (may be empty)."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "reasons", "常用理由", show=False),
        Binding("ctrl+s", "save", "确定", show=False),
    ]

    def __init__(self, count: int, title: str) -> None:
        super().__init__()
        self._count = count
        self._title = title

    def compose(self) -> ComposeResult:
        """The fields, common reasons to take over, and the buttons."""
        what = f"排除选中的 {self._count} 条疑点" if self._count > 1 else "排除疑点"
        with Vertical(classes="box"):
            yield Static(what, classes="pane-title", markup=False)
            if self._count == 1:
                yield Static(self._title, classes="subject", markup=False)
            yield Input(placeholder="理由（必填，可按 ↓ 选用常用理由）", id="reason", compact=True)
            yield OptionList(*REASONS, markup=False, compact=True)
            yield Input(placeholder="备注（可不填）", id="note", compact=True)
            yield Static("", classes="trouble", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("确定", variant="primary", id="ok", compact=True)
                yield Button("返回", id="back", compact=True)

    def action_reasons(self) -> None:
        """Go from the field to the common reasons."""
        self.query_one(OptionList).focus()

    @on(OptionList.OptionSelected)
    def _taken(self, event: OptionList.OptionSelected) -> None:
        field = self.query_one("#reason", Input)
        field.value = REASONS[event.option_index]
        field.cursor_position = len(field.value)
        field.focus()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_save()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "ok":
            self.action_save()
        else:
            self.action_close()

    def action_save(self) -> None:
        """Answer, if there is a reason."""
        reason = self.query_one("#reason", Input).value.strip()
        if not reason:
            self.query_one(".trouble", Static).update("请写明排除的理由。")
            self.query_one("#reason", Input).focus()
            return
        self.dismiss((reason, self.query_one("#note", Input).value.strip()))


class TextDialog(Dialog[str]):
    """One line of text: a note, a name."""

    def __init__(self, title: str, value: str = "", hint: str = "") -> None:
        super().__init__()
        self._title, self._value, self._hint = title, value, hint

    def compose(self) -> ComposeResult:
        """Title and field."""
        with Vertical(classes="box"):
            yield Static(f"{self._title}　（回车确定，Esc 返回）", classes="pane-title", markup=False)
            yield Input(self._value, placeholder=self._hint, compact=True)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip())
