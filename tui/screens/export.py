"""Writing the findings to a file: format, place, and what came of it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, OptionList, Static

from assistant.reports import FORMATS, render_file
from assistant.reports.streams import OutputError, check_target, refuse_input, write_file
from tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from tui.session import Session

_FIRST: Final = ("xlsx", "docx", "html")
_SUFFIXES: Final = {"text": "txt"}


def formats() -> list[str]:
    """The forms a report can be written in, those for people first."""
    return [*_FIRST, *(name for name in FORMATS if name not in _FIRST)]


def suffix(form: str) -> str:
    """The suffix of a file of this form."""
    return "." + _SUFFIXES.get(form, form)


class ExportDialog(Dialog[str]):
    """The result is the path of the file that was written."""

    def __init__(self, session: Session, folder: Path) -> None:
        super().__init__()
        self._session = session
        self._folder = folder
        self._confirmed = ""

    def compose(self) -> ComposeResult:
        """Formats, path, buttons."""
        with Vertical(classes="box wide"):
            yield Static("导出　（↑↓ 选格式，Tab 到文件名，回车导出，Esc 返回）", classes="pane-title", markup=False)
            yield OptionList(*(f"{name:<6} {FORMATS[name]}" for name in formats()), markup=False, compact=True)
            yield Static("文件：", markup=False)
            yield Input(id="path", compact=True)
            yield Static("", classes="trouble", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("导出", variant="primary", id="ok", compact=True)
                yield Button("返回", id="back", compact=True)

    def on_mount(self) -> None:
        """Offer an Excel file named after the document."""
        self.query_one(Input).value = str(self._folder / (self._stem() + ".xlsx"))
        listed = self.query_one(OptionList)
        listed.highlighted = 0
        listed.focus()

    def _stem(self) -> str:
        names = self._session.names
        if len(names) != 1:
            return "核查结果"
        return Path(names[0]).stem + "-核查结果"

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        field = self.query_one(Input)
        path = Path(field.value) if field.value else self._folder / self._stem()
        known = {suffix(name) for name in FORMATS}
        stem = path.with_suffix("") if path.suffix in known else path
        field.value = f"{stem}{suffix(formats()[event.option_index])}"

    @on(OptionList.OptionSelected)
    @on(Input.Submitted)
    def _submitted(self) -> None:
        self._write()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "ok":
            self._write()
        else:
            self.action_close()

    def _write(self) -> None:
        target = os.path.expanduser(self.query_one(Input).value.strip())
        if not target:
            self._say("请填写文件名。")
            return
        inputs = [audit.document.path for audit in self._session.audits]
        try:
            check_target(target, inputs)
            refuse_input(target, inputs)
        except OutputError as error:
            self._say(str(error))
            return
        if os.path.exists(target) and self._confirmed != target:
            self._confirmed = target
            self._say("文件已存在，再按一次回车覆盖；或改一个文件名。")
            return
        form = formats()[self.query_one(OptionList).highlighted or 0]
        self._say("正在导出……")
        self._deliver(form, target)

    @work(thread=True, exclusive=True, group="export", description="export")
    def _deliver(self, form: str, target: str) -> None:
        try:
            write_file(target, render_file(self._session.report, form, self._session.review()))
        except Exception as error:
            self.app.call_from_thread(self._say, str(error))
        else:
            self.app.call_from_thread(self.dismiss, target)

    def _say(self, text: str) -> None:
        self.query_one(".trouble", Static).update(text)
