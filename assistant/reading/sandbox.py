"""Untrusted files are read in a process of its own, within limits of memory and time.

A PDF of a few KB can ask for all the memory there is, and the libraries that read PDF, Office files and web pages are made in C: whatever
a file does to them ends that process, and the file is told of in one line. The process is started for the first such file and
kept for the next ones.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from assistant.reading.errors import UnreadableError
from assistant.reading.source import Source

Parts = Sequence[tuple[str, bytes]]
"""The names and contents of the files to read as one: mostly a single one."""

_RECOGNITION: Final = 600
"""Seconds more that a PDF may take where recognition of scanned pages is installed."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take: memory beyond what the program itself needs, in MB, and seconds."""

    megabytes: int = 1024
    seconds: int = 60


DEFAULT: Final = Limits()


class ReadingCrashError(Exception):
    """A bug that a file met in the process that read it; a note carries the traceback."""


class Reader:
    """The process that reads. Not for several threads at once."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        # A process may be copied only while it has no other threads; elsewhere a new one is started.
        forks = sys.platform == "linux" and threading.active_count() == 1
        self._process: subprocess.Popen[bytes] | None
        self._pid, self._process, self._requests, self._replies = _forked() if forks else _started()

    def read(self, parts: Parts, limits: Limits) -> Source:
        """The lines of the files. Raises ``UnreadableError``, ``ReadingCrashError``; the process may be gone then (``alive``)."""
        late = threading.Event()

        def end() -> None:
            late.set()
            self._kill()

        timer = threading.Timer(_seconds(parts, limits), end)
        timer.start()
        try:
            pickle.dump((tuple(parts), limits), self._requests, protocol=5)
            self._requests.flush()
            with no_collection():
                kind, value, last = pickle.load(self._replies)
        except (EOFError, OSError, pickle.UnpicklingError):
            self.close()
            raise UnreadableError(
                f"读取超过 {limits.seconds} 秒仍未完成，没有核查；请检查文件是否正常，确实需要时用 --timeout 提高上限"
                if late.is_set()
                else f"读取时需要的内存超过 {limits.megabytes} MB，或读取组件因文件内容异常而中止，没有核查；"
                "请重新导出文件，确实需要时用 --memory 提高上限"
            ) from None
        except BaseException:  # Ctrl+C in the midst of an answer
            self.close()
            raise
        finally:
            timer.cancel()
            timer.join()
        if last:
            self.close()
        return _result(kind, value)

    @property
    def alive(self) -> bool:
        """Whether the process can read another file."""
        return not self._requests.closed

    def close(self) -> None:
        """End the process."""
        self._kill()
        for stream in (self._requests, self._replies):
            with contextlib.suppress(OSError):
                stream.close()
        if self._process is not None:
            self._process.wait()
        else:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(self._pid, 0)

    def _kill(self) -> None:
        with contextlib.suppress(OSError):
            if self._process is not None:
                self._process.kill()
            else:
                os.kill(self._pid, signal.SIGKILL)


_readers: list[Reader] = []
_lock = threading.Lock()


def confined(parts: Parts, limits: Limits) -> Source:
    """The lines of the files, read in the process that is kept for it. Raises ``UnreadableError``, ``ReadingCrashError``."""
    with _lock:
        if not _readers or _readers[0].owner != os.getpid() or not _readers[0].alive:
            _readers[:] = [Reader()]
        return _readers[0].read(parts, limits)


def stop() -> None:
    """End the process that is kept; the next file gets a new one."""
    with _lock:
        for reader in _readers:
            if reader.owner == os.getpid() and reader.alive:
                reader.close()
        _readers.clear()


@contextlib.contextmanager
def no_collection() -> Iterator[None]:
    """Without the cycle collector: an answer is many thousand small objects, none of them a cycle."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def _seconds(parts: Parts, limits: Limits) -> int:
    from assistant.reading.pdf.scan import available

    scans = any(data.startswith(b"%PDF") for _, data in parts) and available()
    return limits.seconds + (_RECOGNITION if scans else 0)


def _result(kind: str, value: object) -> Source:
    if isinstance(value, Source):
        return value
    assert isinstance(value, tuple)
    message, trace = value
    if kind == "unreadable":
        raise UnreadableError(message)
    error = ReadingCrashError(message)
    error.add_note(trace)
    raise error


def _forked() -> tuple[int, None, BinaryIO, BinaryIO]:
    from assistant.reading.worker import serve

    request, requests = os.pipe()
    replies, reply = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(requests)
            os.close(replies)
            serve(os.fdopen(request, "rb"), os.fdopen(reply, "wb"))
        finally:
            os._exit(1)
    os.close(request)
    os.close(reply)
    return pid, None, os.fdopen(requests, "wb"), os.fdopen(replies, "rb")


def _started() -> tuple[int, subprocess.Popen[bytes], BinaryIO, BinaryIO]:
    root = str(Path(__file__).resolve().parents[2])
    environment = dict(os.environ)
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (root, environment.get("PYTHONPATH"))))
    # -P: nothing that lies in the folder of the reports may be imported.
    command = [sys.executable, "-P", "-m", "assistant.reading.worker"]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=environment)
    assert process.stdin is not None
    assert process.stdout is not None
    return process.pid, process, process.stdin, process.stdout  # type: ignore[return-value]
