"""Files shared out among processes: the one that calls works too."""

from __future__ import annotations

import gc
import itertools
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from assistant.findings import Audit, Unread

Progress = Callable[[int, int, str], None]
"""Told after each file: how many are done, of how many, and its path."""

Work = Callable[[str], Audit | Unread]
Results = list[Audit | Unread | None]

LOST = "核查此文件的进程意外结束（可能是内存不足），此文件没有核查；请单独核查此文件，或减小 --jobs"
AHEAD = 2
"""Files given to each process at a time: one to work on and one that waits."""

_work: list[Work] = []


def one_by_one(work: Work, files: Sequence[str], _: int = 1, progress: Progress | None = None) -> Results:
    """The result for each file, in the order of the files; None for those that Ctrl+C left undone."""
    results: Results = []
    try:
        for file in files:
            results.append(work(file))
            if progress is not None:
                progress(len(results), len(files), file)
    except KeyboardInterrupt:
        pass
    return results + [None] * (len(files) - len(results))


def shared_out(work: Work, files: Sequence[str], jobs: int, progress: Progress | None = None) -> Results:
    """The result for each file, in the order of the files; None for those that Ctrl+C left undone.

    What other processes find has to be packed and unpacked, what this one finds has not: so this one takes files too. Where a
    process dies, the files that were given to it are audited one by one, each in a process of its own.
    """
    fork = sys.platform == "linux" and threading.active_count() == 1
    if fork:
        _prepare()

    def processes(count: int, *, fork: bool) -> ProcessPoolExecutor:
        context = get_context("fork" if fork else "spawn")
        return ProcessPoolExecutor(count, mp_context=context, initializer=_begin, initargs=(work,))

    results: dict[int, Audit | Unread] = {}
    others: dict[int, Future[Audit | Unread]] = {}
    waiting = iter(range(len(files)))
    lock = threading.Lock()
    told = itertools.count(1)

    def tell(path: str) -> None:
        if progress is not None:
            progress(next(told), len(files), path)

    def feed(pool: ProcessPoolExecutor) -> None:
        """Give the pool one file more; each that it finishes makes it ask for the next."""
        with lock:
            i = next(waiting, None)
            if i is None:
                return
            try:
                others[i] = pool.submit(_next, files[i])
            except BrokenProcessPool as error:
                others[i] = Future()
                others[i].set_exception(error)
                return
            except RuntimeError:  # the run was interrupted: the pool takes no more
                return
        others[i].add_done_callback(lambda _: feed(pool))

    with processes(min(jobs, len(files)) - 1, fork=fork) as pool:
        try:
            for _ in range(AHEAD * (jobs - 1)):
                feed(pool)
            while True:
                with lock:
                    own = next(waiting, None)
                if own is None:
                    break
                results[own] = work(files[own])
                tell(files[own])
            for i, future in list(others.items()):
                try:
                    results[i] = future.result()
                except BrokenProcessPool:
                    results[i] = _alone(processes(1, fork=False), files[i])
                tell(files[i])
        except KeyboardInterrupt:
            results |= _finished(others)
            _stop(pool)
    return [results.get(i) for i in range(len(files))]


def _finished(others: dict[int, Future[Audit | Unread]]) -> dict[int, Audit | Unread]:
    """What other processes have delivered by now."""
    done = [(i, future) for i, future in list(others.items()) if future.done() and not future.cancelled()]
    return {i: future.result() for i, future in done if future.exception() is None}


def _stop(pool: ProcessPoolExecutor) -> None:
    """End the processes of a pool in the midst of their work."""
    running = list((pool._processes or {}).values())  # there is no public way to them before Python 3.14
    pool.shutdown(wait=False, cancel_futures=True)
    for process in running:
        process.kill()


def _prepare() -> None:
    """Load here what every audit needs, so that the processes that are forked have it already."""
    from assistant.language.lean import import_spacy

    import_spacy()
    from assistant.language.pipeline import claim_patterns
    from assistant.language.tokenizer import segmenter

    claim_patterns()
    segmenter()
    gc.freeze()  # what is here by now stays: collecting it again and again would copy every page of it


def _alone(process: ProcessPoolExecutor, file: str) -> Audit | Unread:
    with process:
        try:
            return process.submit(_next, file).result()
        except BrokenProcessPool:
            return Unread(file, LOST)


def _begin(work: Work) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C goes to every process; the one that calls tells the others
    _work[:] = [work]


def _next(path: str) -> Audit | Unread:
    return _work[0](path)
