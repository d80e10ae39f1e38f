"""The process in which untrusted files are read: ``python -m assistant.reading.worker``, or a copy of the one that asks.

It takes pickled requests, answers with pickled replies, and ends when nobody asks any more.
"""

from __future__ import annotations

import ctypes
import faulthandler
import gc
import os
import pickle
import signal
import sys
import threading
import time
import traceback
from typing import TYPE_CHECKING, BinaryIO, Final

from assistant.reading.errors import UnreadableError

if TYPE_CHECKING:
    from assistant.reading.sandbox import Limits, Parts
    from assistant.reading.source import Source

_MEGABYTE: Final = 1 << 20
_MOMENT: Final = 0.05
"""Seconds between two looks of the watchdog."""
_MOST_LINES: Final = 300_000
_MOST_CHARACTERS: Final = 20_000_000
"""More is no report, and would only be handed on to cost time."""
_DEATH_SIGNAL: Final = 1  # PR_SET_PDEATHSIG


def serve(requests: BinaryIO, replies: BinaryIO) -> None:
    """Read what is asked for until the requests end."""
    _settle()
    base = taken()
    limit = _Limit(base)
    while True:
        try:
            parts, limits = pickle.load(requests)
        except (EOFError, pickle.UnpicklingError):
            return
        limit.set(limits)
        kind, value = _answer(parts)
        limit.lift()
        # What a file leaves behind counts against the next one: after a large one a new process is better.
        last = kind == "memory" or taken() - base > limits.megabytes * _MEGABYTE // 2
        if kind == "memory":
            return
        pickle.dump((kind, value, last), replies, protocol=5)
        replies.flush()
        del parts, value
        gc.collect()  # while the one that asked is at work on the answer


def _answer(parts: Parts) -> tuple[str, Source | tuple[str, str]]:
    from assistant.reading.formats import source_of
    from assistant.reading.together import Part, joined, read_parts

    try:
        if len(parts) == 1:
            name, data = parts[0]
            source = source_of(data, name)
        else:
            source = joined(read_parts([Part(*part) for part in parts]))
        if len(source.lines) > _MOST_LINES or sum(map(len, source.lines)) > _MOST_CHARACTERS:
            raise UnreadableError("文件的内容异常庞大，不像一份公开报告；请拆分，或确认是否选错了文件")
        return "source", source
    except UnreadableError as error:
        return "unreadable", (str(error), "")
    except RecursionError:
        return "unreadable", ("文件的嵌套过深，无法处理；请确认文件是否正常", "")
    except MemoryError:
        return "memory", ("", "")
    except BaseException as error:
        return "crash", (f"{type(error).__name__}：{error}", traceback.format_exc())


def _settle() -> None:
    """Neither keys nor the terminal reach this process, and it does not outlive the one that asks."""
    faulthandler.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    gc.freeze()
    gc.disable()


class _Limit:
    """Keeps this process from taking more memory than it may: by the kernel where that can be asked, else by looking often."""

    def __init__(self, base: int) -> None:
        self._base = base
        self._most = 0
        self._watching = False

    def set(self, limits: Limits) -> None:
        """From here on no more than this."""
        self._most = self._base + limits.megabytes * _MEGABYTE
        if not limit_by_kernel(self._most) and not self._watching:
            self._watching = True
            threading.Thread(target=self._watch, daemon=True).start()

    def lift(self) -> None:
        """The file is read."""
        self._most = 0
        limit_by_kernel(None)

    def _watch(self) -> None:
        while True:
            time.sleep(_MOMENT)
            if self._most and taken() > self._most:
                os._exit(1)


def limit_by_kernel(most: int | None) -> bool:
    """Let no more bytes of memory be taken (None: any), by this process or those that it starts; whether that is possible."""
    if sys.platform != "linux":
        return False  # others know the call and do not keep to it
    import resource

    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    soft = hard if most is None else most if hard == resource.RLIM_INFINITY else min(most, hard)
    try:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
    except (OSError, ValueError):
        return False
    return True


def taken() -> int:
    """The bytes of memory that this process takes; on systems that do not tell, the most it has ever taken."""
    if sys.platform == "linux":
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[5]) * os.sysconf("SC_PAGE_SIZE")
    if sys.platform == "win32":
        return _taken_on_windows()
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _taken_on_windows() -> int:
    counters = (
        ctypes.c_size_t * 10
    )()  # PROCESS_MEMORY_COUNTERS: two DWORDs, then sizes; the second size is the working set
    size = ctypes.sizeof(counters)
    windll = ctypes.windll  # type: ignore[attr-defined]
    windll.kernel32.GetCurrentProcess.restype = ctypes.c_void_p
    process = ctypes.c_void_p(windll.kernel32.GetCurrentProcess())
    windll.psapi.GetProcessMemoryInfo(process, ctypes.byref(counters), size)
    return int(counters[2])


if __name__ == "__main__":
    serve(os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb"))
