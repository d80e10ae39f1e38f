"""How each screen looks, at two sizes. After a wanted change: ``pytest tests/tui/test_snapshots.py --snapshot-update``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from assistant import Report
from assistant.rules import Rulebook
from assistant.store import Store
from tui.app import ReviewApp
from tui.auditing import Auditor
from tui.messages import AuditProgress
from tui.screens.auditing import AuditingScreen
from tui.screens.review import ReviewScreen

Compare = Callable[..., bool]
SIZES = [(80, 24), (160, 50)]
SCREENS = {
    "findings": "down down",
    "evidence": "down down z",
    "ledger": "2 v down",
    "tables": "3 down",
    "indicators": "4",
    "source": "g",
}
DIALOGS = {
    "help": "question_mark",
    "reason": "x",
    "filter": "f",
    "coverage": "i",
    "decided": "c c x down enter enter space w",
}


def pressing(keys: str) -> Callable[[Pilot[None]], Awaitable[None]]:
    """Open the review, press keys, wait until all is drawn."""

    async def run(pilot: Pilot[None]) -> None:
        app = pilot.app
        for _ in range(200):
            if isinstance(app.screen, ReviewScreen):
                break
            await pilot.pause(0.02)
        for field in app.screen.query(Input):
            field.cursor_blink = False
        for key in keys.split():
            await pilot.press(key)
            await app.workers.wait_for_complete()
            await pilot.pause()
            for field in app.screen.query(Input):
                field.cursor_blink = False
        await still(pilot)

    return run


async def still(pilot: Pilot[Any]) -> None:
    """Wait until nothing moves any more, however busy the machine is."""
    before = ""
    for _ in range(50):
        await pilot.pause(0.15)
        now = pilot.app.export_screenshot()
        if now == before:
            return
        before = now


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "160x50"])
@pytest.mark.parametrize("name", SCREENS)
def test_screens(snap_compare: Compare, app: ReviewApp, name: str, size: tuple[int, int]) -> None:
    assert snap_compare(app, terminal_size=size, run_before=pressing(SCREENS[name]))


@pytest.mark.parametrize("name", DIALOGS)
def test_dialogs(snap_compare: Compare, app: ReviewApp, name: str) -> None:
    assert snap_compare(app, terminal_size=SIZES[0], run_before=pressing(DIALOGS[name]))


def test_light(snap_compare: Compare, app: ReviewApp) -> None:
    assert snap_compare(app, terminal_size=SIZES[0], run_before=pressing("t"))


def test_two_documents(snap_compare: Compare, two: Report, rulebook: Rulebook, store: Store) -> None:
    app = ReviewApp([], rulebook, store, report=two)
    app.notify = lambda *_, **__: None  # type: ignore[method-assign]  # it would go away at some moment
    assert snap_compare(app, terminal_size=SIZES[1], run_before=pressing("d escape end"))


def test_auditing(snap_compare: Compare, rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AuditingScreen, "_run", lambda *_: None)
    app = ReviewApp(["报告.txt"], rulebook, None)
    monkeypatch.setattr(app, "_audit", lambda: app.push_screen(AuditingScreen(Auditor([], rulebook), clock=lambda: 12)))

    async def run(pilot: Pilot[Any]) -> None:
        await pilot.pause()
        pilot.app.screen.post_message(AuditProgress(3, 8, "某局2023年度部门决算.txt"))
        await still(pilot)

    assert snap_compare(app, terminal_size=SIZES[0], run_before=run)
