"""The screen while the audit runs: how far it has come, and the way to call it off."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Button, Footer, ProgressBar, Static

from tui.auditing import AuditFailedError, Auditor
from tui.messages import AuditFinished, AuditProgress
from tui.texts import safe

if TYPE_CHECKING:
    from collections.abc import Callable


class AuditingScreen(Screen[None]):
    """Progress of one run. Ends with the message ``AuditFinished`` to the app."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "cancel", "取消核查")]

    def __init__(self, auditor: Auditor, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._auditor = auditor
        self._clock = clock
        self._start = clock()
        self._last = ""

    def compose(self) -> ComposeResult:
        """What is going on, the bar, and the button."""
        with Vertical(id="auditing"):
            yield Static("正在核查……", id="auditing-what", markup=False)
            yield ProgressBar(total=None, show_eta=False, id="auditing-bar")
            yield Static("", id="auditing-where", markup=False)
            yield Button("取消", id="cancel", compact=True)
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Start."""
        self.set_interval(0.5, self._tick)
        self._run()

    def on_unmount(self) -> None:
        """Nothing goes on without the screen."""
        self._auditor.cancel()

    @work(thread=True, exclusive=True, group="audit", description="audit")
    def _run(self) -> None:
        def told(done: int, total: int, path: str) -> None:
            self.post_message(AuditProgress(done, total, path))

        try:
            finished = AuditFinished(self._auditor.run(told))
        except AuditFailedError as error:
            finished = AuditFinished(None, str(error))
        if not self._auditor.cancelled:
            self.app.post_message(finished)

    def on_audit_progress(self, event: AuditProgress) -> None:
        """Move the bar."""
        self.query_one(ProgressBar).update(total=event.total, progress=event.done)
        self._last = f"已核查 {event.done}/{event.total}　{safe(os.path.basename(event.path))}"
        self._tick()

    def _tick(self) -> None:
        seconds = int(self._clock() - self._start)
        self.query_one("#auditing-where", Static).update(f"{self._last or '正在读取文件'}　用时 {seconds} 秒")

    def on_button_pressed(self) -> None:
        """The button calls off."""
        self.action_cancel()

    def action_cancel(self) -> None:
        """Call the audit off and leave."""
        self._auditor.cancel()
        self.app.post_message(AuditFinished(None, "已取消核查，没有结果。"))
