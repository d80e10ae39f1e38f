"""The workbench: audits, then shows the review. ``run`` is the way in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import work
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from assistant.store import Store, StoreError
from assistant.text import has_cjk
from tui.auditing import Auditor, unread_lines
from tui.commands import Palette
from tui.messages import AuditFinished
from tui.pages import unread_page
from tui.screens.auditing import AuditingScreen
from tui.screens.reading import Reading
from tui.screens.reason import TextDialog
from tui.screens.review import ReviewScreen
from tui.session import Session
from tui.themes import DARK, LIGHT
from tui.watchdog import watch_parent

if TYPE_CHECKING:
    from assistant import Report, Rulebook


MOVES: Final = ("move", "page", "edge", "sideways", "scroll", "choose", "step", "command_palette")
"""Actions that the palette leaves out: they are done with the keys."""


class ReviewApp(App[None]):
    """The review of the findings of one run. ``report`` is given where the audit is done already."""

    CSS_PATH = "app.tcss"
    TITLE = "核查助手"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "退出", show=False, priority=True),
        Binding("ctrl+c", "help_quit", "退出", show=False, system=True),
        Binding("ctrl+p", "command_palette", "命令", show=False, priority=True),
        Binding("t", "theme", "深色/浅色", show=False),
    ]

    def __init__(
        self,
        paths: Sequence[str],
        rulebook: Rulebook,
        store: Store | None,
        reviewer: str = "",
        *,
        jobs: int | None = None,
        report: Report | None = None,
    ) -> None:
        super().__init__()
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name
        self._paths = paths
        self._rulebook = rulebook
        self._store = store
        self._jobs = jobs
        self._report = report
        self.reviewer = reviewer
        self.session: Session | None = None
        self.trouble = ""

    def on_mount(self) -> None:
        """Start with the audit, or with its result."""
        if self.is_web:
            watch_parent(self)
        if self._report is not None:
            self._open(self._report)
        else:
            self._audit()

    def _audit(self) -> None:
        self.push_screen(AuditingScreen(Auditor(self._paths, self._rulebook, self._jobs)))

    def on_audit_finished(self, event: AuditFinished) -> None:
        """Show the review, or say what went wrong."""
        if event.report is None:
            self._give_up(event.trouble)
        else:
            self._open(event.report)

    @work(thread=True, exclusive=True, group="open", description="open")  # else textual writes out the whole report
    def _open(self, report: Report) -> None:
        """Take up what the store knows; it may take a moment, so beside the screen."""
        session = Session(report, self._rulebook, self._store, self.session.reviewer if self.session else self.reviewer)
        try:
            session.open()
        except StoreError as error:
            self.call_from_thread(self._give_up, str(error))
            return
        self.call_from_thread(self._show, session)

    def _show(self, session: Session) -> None:
        if isinstance(self.screen, AuditingScreen):
            self.pop_screen()
        if not session.audits:
            if session.report.unread and self.session is None:
                self.trouble = "\n".join(unread_lines(session.report.unread))
                self.push_screen(Reading("没有可以复核的文件", unread_page(session.report)), lambda _: self.exit())
            else:
                self._give_up("没有找到可以核查的文件")
            return
        self.session = session
        if isinstance(self.screen, ReviewScreen):
            self.pop_screen()
        self.push_screen(ReviewScreen(session))

    def _give_up(self, trouble: str) -> None:
        """Leave, or go back to the review that there was before."""
        if self.session is not None:
            if isinstance(self.screen, AuditingScreen):
                self.pop_screen()
            self.notify(trouble, severity="warning", markup=False)
            return
        self.trouble = trouble
        self.exit(return_code=2)

    # actions

    def action_again(self) -> None:
        """Audit the files again: one of them was corrected."""
        if self._paths and not isinstance(self.screen, AuditingScreen):
            self._audit()

    def action_theme(self) -> None:
        """Dark to light, light to dark."""
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name

    def action_reviewer(self) -> None:
        """Ask for the name that decisions are kept under."""
        if self.session is None:
            return
        session = self.session

        def answered(name: str | None) -> None:
            if name:
                session.reviewer = name
                self.notify(f"复核人：{name}", markup=False, timeout=3)

        self.push_screen(TextDialog("复核人", session.reviewer, "姓名，记在以后的每个处理上"), answered)

    def action_help_quit(self) -> None:
        """Say how to leave: Ctrl+C copies elsewhere."""
        self.notify("按 q 退出；正在输入时按 Ctrl+Q。处理结果已保存。", markup=False)

    def action_command_palette(self) -> None:
        """All commands, to be searched."""
        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette", placeholder="查找命令……"))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The commands of the palette: the named keys of the screen, and those without a key."""
        seen: set[str] = set()
        for node, binding, enabled, _ in screen.active_bindings.values():
            if not enabled or not has_cjk(binding.description) or binding.action in seen:
                continue
            if not binding.action.startswith(MOVES):
                seen.add(binding.action)
                call = partial(self.run_action, binding.action, node)
                yield SystemCommand(binding.description, f"按键 {self.get_key_display(binding)}", call)
        yield SystemCommand("复核人", "改变记在处理上的姓名", self.action_reviewer)


def run(
    paths: Sequence[str], rulebook: Rulebook, store: Store | None, reviewer: str = "", *, jobs: int | None = None
) -> tuple[int, str]:
    """Run the workbench until it is closed; returns the exit status and what is to be said about it."""
    app = ReviewApp(paths, rulebook, store, reviewer, jobs=jobs)
    app.run()
    if app.session is None or app.trouble:
        return app.return_code or (2 if app.trouble else 0), app.trouble
    done, total = app.session.progress()
    return app.return_code or 0, f"已复核 {done}/{total} 项" + (f"，处理结果保存在 {store.path}" if store else "")
