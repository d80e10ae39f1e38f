"""Files shared out among processes: the same results in the same order, and one that dies loses only its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time

from assistant.findings import Unread
from assistant.parallel import LOST, shared_out


def _size(path: str) -> Unread:
    return Unread(path, str(os.getpid()))


HERE = int(os.environ.setdefault("HECHA_TEST_PROCESS", str(os.getpid())))


def _dies(path: str) -> Unread:
    if os.getpid() == HERE:
        time.sleep(0.05)  # so that another process begins with the first files
    elif path == "1":
        os._exit(1)
    return Unread(path, "ok")


def test_results_come_in_the_order_of_the_files_and_both_processes_work():
    files = [str(number) for number in range(200)]
    told: list[tuple[int, int]] = []
    results = shared_out(_size, files, 2, lambda done, total, path: told.append((done, total)))
    assert [result.path for result in results] == files
    assert told == [(number, 200) for number in range(1, 201)]
    assert {result.message for result in results} >= {str(os.getpid())}


def test_a_process_that_dies_loses_only_the_file_that_killed_it():
    files = [str(number) for number in range(12)]
    results = shared_out(_dies, files, 2)
    assert [result.path for result in results] == files
    assert [result.path for result in results if result.message != "ok"] == ["1"]
    assert results[1].message == LOST


def test_spacy_comes_without_its_command_line_and_keeps_it_for_whoever_asks():
    code = (
        "import sys; from assistant.language.lean import import_spacy; import_spacy(); import_spacy(); import spacy\n"
        "assert not {'spacy.cli', 'requests', 'httpx', 'weasel'} & {*sys.modules}\n"
        "assert 'location' in spacy.info(silent=True)\n"
        "import spacy.cli\nassert callable(spacy.cli.download)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
