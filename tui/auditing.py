"""Auditing in another process, so that the screen stays alive whatever the audit does."""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant import Report, Rulebook
from assistant.findings import Unread
from tui.worker import Task

Progress = Callable[[int, int, str], None]
_MOST_JOBS = 4


class AuditFailedError(Exception):
    """The audit did not come to its end; the message is one Chinese line."""


class Auditor:
    """One run of the audit. ``cancel`` may be called from any thread."""

    def __init__(self, paths: Sequence[str], rulebook: Rulebook, jobs: int | None = None) -> None:
        self._task = Task(tuple(paths), rulebook, jobs or _jobs(paths))
        self._process: subprocess.Popen[bytes] | None = None
        self._cancelled = threading.Event()

    @property
    def cancelled(self) -> bool:
        """Whether the run was called off."""
        return self._cancelled.is_set()

    def run(self, progress: Progress) -> Report:
        """Audit; blocks until done. Raises ``AuditFailedError`` when the process died or was called off."""
        # -P: nothing that lies in the folder of the reports may be imported.
        command = [sys.executable, "-P", "-m", "tui.worker"]
        environment = child_environment()
        pipe = subprocess.PIPE
        process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=environment)
        self._process = process
        try:
            if self.cancelled:
                raise AuditFailedError("已取消")
            return self._talk(process, progress)
        finally:
            self._stop(process)

    def cancel(self) -> None:
        """Call the run off."""
        self._cancelled.set()
        if self._process is not None:
            threading.Thread(target=self._stop, args=(self._process,), daemon=True).start()

    def _talk(self, process: subprocess.Popen[bytes], progress: Progress) -> Report:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            pickle.dump(self._task, process.stdin, protocol=5)
            process.stdin.flush()
            while True:
                message = pickle.load(process.stdout)
                if len(message) > 1:
                    progress(*message)
                elif isinstance(message[0], Report):
                    return message[0]
                else:
                    raise AuditFailedError(f"核查没有完成：{message[0]}")
        except (EOFError, OSError, ValueError, pickle.UnpicklingError) as error:
            why = "已取消" if self.cancelled else "核查进程意外结束（可能是内存不足），请减少一次核查的文件后重试"
            raise AuditFailedError(why) from error

    @staticmethod
    def _stop(process: subprocess.Popen[bytes]) -> None:
        """Closing its input tells the process to end, together with the processes that it started."""
        with contextlib.suppress(OSError):
            if process.stdin is not None:
                process.stdin.close()
        try:
            process.wait(2)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def child_environment() -> dict[str, str]:
    """The environment of a Python that is to find this very program, which may be a checkout that is not installed."""
    environment = dict(os.environ)
    root = Path(__file__).resolve().parents[1]
    if (root / "pyproject.toml").exists():
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, (str(root), environment.get("PYTHONPATH"))))
    return environment


def _jobs(paths: Sequence[str]) -> int:
    """Several processes pay only for many files: each takes seconds to start."""
    many = len(paths) > _MOST_JOBS or any(os.path.isdir(path) for path in paths)
    return min(_MOST_JOBS, os.cpu_count() or 1) if many else 1


def unread_lines(unread: Sequence[Unread]) -> list[str]:
    """One line for each file that could not be audited."""
    return [f"{os.path.basename(each.path) or each.path}：{each.message}" for each in unread]
