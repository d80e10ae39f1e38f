"""The audit in its own process: progress, cancelling, files that cannot be read, a process that dies."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from textual.pilot import Pilot

from assistant import Report
from assistant.decisions import Status
from assistant.rules import Rulebook
from assistant.store import Store
from tui.app import ReviewApp
from tui.auditing import AuditFailedError, Auditor
from tui.screens.auditing import AuditingScreen
from tui.screens.reading import Reading
from tui.screens.review import ReviewScreen

SAMPLES = Path(__file__).resolve().parents[2] / "corpora" / "samples" / "hubei-final"


def test_progress_and_result(rulebook: Rulebook, tmp_path: Path) -> None:
    for name in ("clean.txt", "table-errors.txt"):
        shutil.copy(SAMPLES / name, tmp_path)
    (tmp_path / "empty.txt").write_text("")
    told: list[tuple[int, int, str]] = []
    report = Auditor([str(tmp_path)], rulebook, jobs=1).run(lambda *step: told.append(step))
    assert isinstance(report, Report)
    assert [step[:2] for step in told] == [(1, 3), (2, 3), (3, 3)]
    assert len(report.audits) == 2
    assert len(report.unread) == 1


def test_cancelling(rulebook: Rulebook) -> None:
    auditor = Auditor([str(SAMPLES)] * 40, rulebook, jobs=1)
    threading.Timer(1, auditor.cancel).start()
    start = time.monotonic()
    with pytest.raises(AuditFailedError, match="已取消"):
        auditor.run(lambda *_: None)
    assert time.monotonic() - start < 8
    assert auditor.cancelled


def test_a_process_that_dies(rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    real = subprocess.Popen

    def broken(command: list[str], **settings: object) -> object:
        return real([sys.executable, "-c", "import sys; sys.stdin.read(10)"], **settings)

    monkeypatch.setattr(subprocess, "Popen", broken)
    with pytest.raises(AuditFailedError, match="意外结束"):
        Auditor([str(SAMPLES / "clean.txt")], rulebook).run(lambda *_: None)


async def test_from_files_to_the_review(rulebook: Rulebook, store: Store) -> None:
    app = ReviewApp([str(SAMPLES / "table-errors.txt")], rulebook, store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, AuditingScreen)
        await app.workers.wait_for_complete()
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen)
        assert app.session is not None
        assert app.session.items


async def test_cancelling_on_the_screen(rulebook: Rulebook, store: Store) -> None:
    app = ReviewApp([str(SAMPLES)], rulebook, store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("escape")
    assert app.session is None


async def test_again_after_a_correction(rulebook: Rulebook, store: Store, tmp_path: Path) -> None:
    """The walk of a compiler: audit, confirm, correct the file, audit again; then cancel a third run."""
    path = tmp_path / "报告.txt"
    shutil.copy(SAMPLES / "narrative-errors.txt", path)
    app = ReviewApp([str(path)], rulebook, store, "张审计")

    async def reviewed(pilot: Pilot[None], before: object) -> None:
        for _ in range(400):
            if app.session is not before and isinstance(app.screen, ReviewScreen):
                return
            await pilot.pause(0.05)
        raise AssertionError("没有打开复核界面")

    async with app.run_test(size=(80, 24)) as pilot:
        await reviewed(pilot, None)
        first = app.session
        assert first is not None
        by_rule = {item.finding.rule: item for item in first.items}
        first.decide([by_rule["N401"]], Status.CONFIRMED)
        path.write_text(path.read_text("utf-8").replace("增长8.2%", "增长6.8%", 1), "utf-8")
        await pilot.press("r")
        await reviewed(pilot, first)
        second = app.session
        assert second is not None
        states = {item.finding.rule: item.state for item in second.items}
        assert states.pop("N401") == "已改正"
        assert set(states.values()) == {"仍在"}
        await pilot.press("r")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause(0.2)
        assert isinstance(app.screen, ReviewScreen)
        assert app.session is second
        await pilot.press("q")


async def test_nothing_to_review(rulebook: Rulebook, store: Store, tmp_path: Path) -> None:
    empty = tmp_path / "空.txt"
    empty.write_text("")
    app = ReviewApp([str(empty)], rulebook, store)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, Reading)
        await pilot.press("escape")
    assert "空.txt" in app.trouble
