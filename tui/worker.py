"""The process in which audits run: ``python -m tui.worker``, started by ``tui.auditing``.

It takes a pickled task on its standard input, answers with pickled messages on its standard output, and ends when the
input is closed: whoever started it is gone, or does not want the result any more.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import sys
import threading
from dataclasses import dataclass
from typing import BinaryIO

from assistant import Rulebook, audit_paths


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be audited with which rules, in how many processes."""

    paths: tuple[str, ...]
    rulebook: Rulebook
    jobs: int = 1


def main() -> None:
    """Run one task. Whatever the libraries print goes nowhere: it would spoil the screen."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    task: Task = pickle.load(requests)
    threading.Thread(target=_end_with_parent, args=(requests,), daemon=True).start()

    def send(*message: object) -> None:
        pickle.dump(message, replies, protocol=5)
        replies.flush()

    try:
        report = audit_paths(
            task.paths, task.rulebook, jobs=task.jobs, progress=lambda done, total, path: send(done, total, path)
        )
        send(report)
    except BrokenPipeError:
        sys.exit(1)
    except Exception as error:
        send(f"{type(error).__name__}: {error}")


def _end_with_parent(requests: BinaryIO) -> None:
    requests.read()
    for child in multiprocessing.active_children():
        child.kill()
    os._exit(1)


if __name__ == "__main__":
    main()
