"""A folder of files: what happens to one of them is never the others' trouble."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assistant.audit import audit_paths, audit_together
from assistant.findings import Unread
from assistant.parallel import one_by_one, shared_out
from assistant.reading import read
from assistant.rules import load_rulebook

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "corpora" / "samples" / "hubei-final"
RULES = load_rulebook(select=["T1"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_bytes((SAMPLES / "clean.txt").read_bytes())
    return tmp_path


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_exception_is_told_of_its_file_alone(folder: Path, monkeypatch: pytest.MonkeyPatch, jobs: int) -> None:
    def reads(path: str, limits):
        if path.endswith("1.txt"):
            raise {1: ZeroDivisionError, 2: MemoryError}[jobs]("x" * 500)
        return read(path, limits)

    monkeypatch.setattr("assistant.audit.read", reads)
    report = audit_paths([str(folder)], RULES, jobs=jobs)
    assert [os.path.basename(audit.document.path) for audit in report.audits] == ["0.txt", "2.txt"]
    (unread,) = report.unread
    assert "请" in unread.message
    assert "\n" not in unread.message
    assert len(unread.message) < 400
    assert ("ZeroDivisionError" in unread.trace) is (jobs == 1)


def test_a_bug_in_a_check_is_its_documents_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from assistant.checks import CHECKS

    def breaks(*_):
        raise IndexError("tuple index out of range")

    rule = RULES.rules[0]
    monkeypatch.setitem(
        CHECKS,
        rule.check,
        type("Broken", (), {"parameters": CHECKS[rule.check].parameters, "run": staticmethod(breaks)}),
    )
    report = audit_together([str(folder / "0.txt")], RULES)
    assert rule.code in report.unread[0].message
    assert "反馈" in report.unread[0].message
    assert "IndexError" in report.unread[0].trace


def test_paths_that_no_system_takes() -> None:
    paths = ["长" * 5_000 + ".txt", "a\0b.txt", "/".join(["层"] * 3000)]
    report = audit_paths(paths, RULES)
    assert [each.path for each in report.unread] == paths


def test_hidden_folders_are_left_out(folder: Path) -> None:
    for name in (".git", ".cache/inner"):
        (folder / name).mkdir(parents=True)
        (folder / name / "x.txt").write_text("决算", encoding="utf-8")
    (folder / "下级").mkdir()
    (folder / "0.txt").rename(folder / "下级" / "0.txt")
    report = audit_paths([str(folder)], RULES)
    assert sorted(os.path.relpath(each.document.path, folder) for each in report.audits) == [
        "1.txt",
        "2.txt",
        "下级/0.txt",
    ]
    assert report.unread == ()


def _stops(path: str) -> Unread:
    if path == "5" and os.getpid() == HERE:
        raise KeyboardInterrupt
    time.sleep(0.02)
    return Unread(path, "ok")


HERE = int(os.environ.setdefault("HECHA_TEST_PROCESS", str(os.getpid())))


def test_ctrl_c_keeps_what_is_finished() -> None:
    files = [str(number) for number in range(9)]
    results = one_by_one(_stops, files)
    assert [result.path if result else None for result in results] == [*files[:5], None, None, None, None]


def _first_here(path: str) -> Unread:
    if os.getpid() == HERE:
        time.sleep(0.3)
        raise KeyboardInterrupt
    time.sleep(0 if path < "3" else 30)
    return Unread(path, "ok")


def test_ctrl_c_ends_the_other_processes() -> None:
    start = time.monotonic()
    results = shared_out(_first_here, [str(number) for number in range(9)], 3)
    assert time.monotonic() - start < 20
    assert len(results) == 9
    assert results[-1] is None
    assert all(result is None or result.message == "ok" for result in results)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_at_the_command_line(tmp_path: Path, jobs: str) -> None:
    text = (SAMPLES / "clean.txt").read_bytes()
    for number in range(150):
        (tmp_path / f"{number:03}.txt").write_bytes(text)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [
        sys.executable,
        "-m",
        "assistant",
        "check",
        "--no-store",
        "--format",
        "csv",
        "--jobs",
        jobs,
        str(tmp_path),
    ]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, stdout=pipe, stderr=pipe, env=environment, start_new_session=True)
    time.sleep(6)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in err.decode()
    assert "已中断：还有" in err.decode()
    assert "核查结论" in out.decode()
