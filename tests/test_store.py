"""The store: what is kept, what is recognised again, and that nothing is lost when processes die or meet."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.decisions import Review
from assistant.document import Document, Kind
from assistant.findings import Audit, Finding, Report
from assistant.store import Status, Store, StoreError, default_path, document_key, existing_store

ROOT = Path(__file__).parents[1]


def finding(identity: str, stated: str = "1", text: str = "不符") -> Finding:
    return Finding(
        id=identity, rule="T101", category="table_formula", severity="error", title=f"合计{text}：{identity[:6]}",
        message=text, stated=stated, expected="2", calculation="1 ≠ 2", evidence=(), suggestion="", basis="",
    )  # fmt: skip


def audit(
    *ids: str, sha: str = "a", path: str = "甲.txt", organisation: str = "甲局", year: int | None = 2023
) -> Audit:
    document = Document(path, sha * 64, "甲局决算", organisation, year, Kind.FINAL_ACCOUNTS, (), (), (), ())
    return Audit(document, tuple(finding(each) for each in ids), (), ("T101",), (), ())


def report(*audits: Audit) -> Report:
    return Report(audits)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "数据" / "decisions.sqlite"


KEY = document_key(audit().document)


def test_where_it_lies(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HECHA_STORE", str(tmp_path / "x.sqlite"))
    assert default_path() == tmp_path / "x.sqlite"
    monkeypatch.delenv("HECHA_STORE")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    assert default_path() == tmp_path / "hecha" / "decisions.sqlite"
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    assert default_path() == tmp_path / "local" / "hecha" / "decisions.sqlite"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert default_path().parts[-4:] == ("Library", "Application Support", "hecha", "decisions.sqlite")


def test_decisions_are_kept_and_replaced(file: Path) -> None:
    with Store.open(file) as store:
        store.decide(KEY, ["T101-a", "T101-b"], "确认", note="已电话核实", reviewer="张")
        store.decide(KEY, ["T101-b"], Status.DISMISSED, "口径不同", reviewer="李")
    with Store.open(file) as store:
        found = store.decisions(KEY)
        assert {each: decision.status.value for each, decision in found.items()} == {"T101-a": "确认", "T101-b": "排除"}
        assert found["T101-b"].remark == "口径不同"
        assert found["T101-b"].reviewer == "李"
        assert len(found["T101-b"].time) == len("2024-01-01T00:00:00Z")
        assert store.decisions("别的") == {}
        assert [event.finding for event in store.history(KEY)] == ["T101-a", "T101-b", "T101-b"]
        assert len(store.history(KEY, "T101-a")) == 1


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_it_is_for_its_user_alone(file: Path) -> None:
    Store.open(file).close()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_dismissal_needs_a_reason_and_a_status_must_exist(file: Path) -> None:
    with Store.open(file) as store:
        with pytest.raises(ValueError, match="理由"):
            store.decide(KEY, ["T101-a"], "排除", "  ")
        with pytest.raises(ValueError, match="也许"):
            store.decide(KEY, ["T101-a"], "也许")
        store.decide(KEY, [], "确认")
        assert store.decisions(KEY) == {}
        assert store.undo() is None


def test_undo_goes_back_step_by_step_and_stays_in_the_log(file: Path) -> None:
    with Store.open(file) as store:
        store.decide(KEY, ["a", "b"], "待核")
        store.decide(KEY, ["b"], "确认")
        undone = store.undo()
        assert undone is not None
        assert (undone.document, undone.findings) == (KEY, ("b",))
        assert store.decisions(KEY)["b"].status is Status.PENDING
        store.undo()
        assert store.decisions(KEY) == {}
        assert store.undo() is None
        assert [event.undone for event in store.history(KEY)] == [True, True, True]
        store.decide(KEY, ["a"], None)
        store.decide(KEY, ["a"], "确认")
        store.decide(KEY, ["a"], None)
        assert store.decisions(KEY) == {}
        store.undo()
        assert store.decisions(KEY)["a"].status is Status.CONFIRMED


def test_undo_leaves_the_decisions_of_others(file: Path) -> None:
    with Store.open(file) as mine, Store.open(file) as yours:
        before = mine.changes()
        mine.decide(KEY, ["a"], "确认", reviewer="我")
        yours.decide(KEY, ["a"], "待核", reviewer="你")
        assert mine.changes() != before
        mine.undo()
        assert mine.decisions(KEY)["a"].reviewer == "你"
        assert mine.undo() is None


def test_a_corrected_draft_is_the_same_document(file: Path) -> None:
    first = audit("T101-a", "T101-b", sha="a", path="初稿.txt")
    second = audit("T101-b", "T101-c", sha="b", path="二稿.txt", organisation="甲 局")
    assert document_key(first.document) == document_key(second.document)
    with Store.open(file) as store:
        assert store.compare(first) is None
        store.record(report(first))
        assert store.compare(first) is None
        store.decide(KEY, ["T101-b"], "排除", "口径不同")
        for _ in range(2):
            found = store.compare(second)
            assert found is not None
            assert [each.id for each in found.new] == ["T101-c"]
            assert [each.id for each in found.fixed] == ["T101-a"]
            assert [pair.new.id for pair in found.remaining] == ["T101-b"]
            store.record(report(second))
            store.record(report(second))
        assert store.review(report(second)).dismissed(second.document, second.findings[0])
        snapshot = store.previous(second)
        assert snapshot is not None
        assert Path(snapshot.path).name == "初稿.txt"


def test_where_body_or_year_is_unknown_the_path_tells() -> None:
    nameless = audit(organisation="", path="甲.txt").document
    assert document_key(nameless) == f"path|{Path('甲.txt').absolute()}"
    assert document_key(nameless) != document_key(replace(nameless, path="乙.txt"))
    other = replace(audit().document, kind=Kind.OTHER)
    assert document_key(other) != document_key(replace(other, title="绩效评价"))


def test_files_with_one_key_are_compared_with_themselves(file: Path) -> None:
    with Store.open(file) as store:
        store.record(report(audit("T101-a", sha="a", path="甲.txt"), audit("T101-b", sha="b", path="乙.txt")))
        assert store.compare(audit("T101-a", sha="a", path="甲.txt")) is None
        changed = store.compare(audit(sha="c", path="乙.txt"))
        assert changed is not None
        assert [each.id for each in changed.fixed] == ["T101-b"]
        assert store.compare(audit(sha="c", path="丙.txt")) is None  # which of the two it was cannot be known


def test_a_rule_left_out_fixes_nothing(file: Path) -> None:
    with Store.open(file) as store:
        store.record(report(audit("T101-a", sha="a")))
        found = store.compare(replace(audit(sha="b"), rules_run=()))
        assert found is not None
        assert not found.fixed
        assert [each.id for each in found.unchecked] == ["T101-a"]


def test_half_characters_and_hostile_text_are_kept_harmlessly(file: Path) -> None:
    bad = "'; DROP TABLE decisions; --\udc80\x00<b>"
    hostile = replace(audit(sha="a"), findings=(finding("T101-a", bad, bad),))
    with Store.open(file) as store:
        store.record(report(hostile))
        store.decide(KEY, ["T101-a"], "排除", bad, bad, bad)
        assert "DROP TABLE" in store.decisions(KEY)["T101-a"].reason
        snapshot = store.previous(audit(sha="b"))
        assert snapshot is not None
        assert "DROP TABLE" in snapshot.findings[0].stated


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.sqlite"
    connection = sqlite3.connect(foreign)
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    before = foreign.read_bytes()
    with pytest.raises(StoreError, match="其他程序"):
        Store.open(foreign)
    assert foreign.read_bytes() == before
    text = tmp_path / "text.sqlite"
    text.write_text("这不是数据库" * 100, encoding="utf-8")
    with pytest.raises(StoreError, match="不是复核记录或已损坏"):
        Store.open(text)


def test_a_later_version_is_refused(file: Path) -> None:
    Store.open(file).close()
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    with pytest.raises(StoreError, match="更新版本"):
        Store.open(file)


def test_an_earlier_version_is_brought_up_to_date(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from assistant import storefile

    with Store.open(file) as store:
        store.decide(KEY, ["a"], "确认")
    monkeypatch.setattr(storefile, "_MIGRATIONS", (*storefile._MIGRATIONS, "ALTER TABLE runs ADD COLUMN x TEXT;"))
    with Store.open(file, readonly=True) as store:
        assert store.decisions(KEY)["a"].status is Status.CONFIRMED
    connection = sqlite3.connect(file)
    assert connection.execute("PRAGMA user_version").fetchone() == (2,)
    assert connection.execute("SELECT x FROM runs").fetchall() == []
    connection.close()


def test_reading_makes_no_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HECHA_STORE", str(file))
    assert existing_store() is None
    with pytest.raises(StoreError, match="没有这个"):
        existing_store(file)
    with pytest.raises(StoreError, match="无法打开"):
        Store.open(file, readonly=True)
    assert not file.parent.exists()
    Store.open(file).close()
    assert existing_store() == file
    with Store.open(file, readonly=True) as store, pytest.raises(StoreError, match="写入权限"):
        store.decide(KEY, ["a"], "确认")


def test_an_empty_review_changes_nothing() -> None:
    found = audit("T101-a")
    assert not Review()
    assert Review().severities(report(found)) == {"error": 1, "warning": 0, "info": 0}
    assert Review().status(found.document, found.findings[0]) == "待复核"


_WRITER = """
import sys
from assistant.store import Store
store = Store.open(sys.argv[1])
for number in range(int(sys.argv[3])):
    store.decide("k", [f"{sys.argv[2]}-{number}-{part}" for part in range(3)], "确认", reviewer=sys.argv[2])
    print(number, flush=True)
"""
_HALF = """
import sys, time
from assistant.store import Store
store = Store.open(sys.argv[1])
store.decide("k", ["whole"], "确认")
with store._writing() as connection:
    connection.execute("INSERT INTO actions (session, time) VALUES ('x', 'y')")
    connection.executemany(
        "INSERT INTO decisions (action, document, finding, status, reason, note, reviewer)"
        " VALUES (last_insert_rowid(), 'k', ?, '确认', '', '', '')", [(f"half-{n}" * 50,) for n in range(5000)][:1])
    connection.execute("PRAGMA cache_size = 1")
    print("half", flush=True)
    time.sleep(60)
"""


def run(script: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


@pytest.mark.skipif(os.name == "nt", reason="kill -9")
def test_a_writer_killed_in_the_middle_leaves_nothing_half(file: Path) -> None:
    process = run(_HALF, file)
    assert process.stdout is not None
    assert process.stdout.readline() == "half\n"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    start = time.monotonic()
    with Store.open(file) as store:
        assert list(store.decisions("k")) == ["whole"]
        store.decide("k", ["after"], "确认")
        assert sorted(store.decisions("k")) == ["after", "whole"]
    assert time.monotonic() - start < 5
    connection = sqlite3.connect(file)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


@pytest.mark.skipif(os.name == "nt", reason="kill -9")
def test_what_a_killed_writer_said_it_kept_is_kept(file: Path) -> None:
    process = run(_WRITER, file, "w", 100_000)
    assert process.stdout is not None
    for _ in range(40):
        told = int(process.stdout.readline())
    os.kill(process.pid, signal.SIGKILL)
    told = max([told, *(int(line) for line in process.stdout.read().splitlines() if line.isdigit())])
    process.wait()
    with Store.open(file) as store:
        found = store.decisions("k")
    assert len(found) % 3 == 0
    assert len(found) >= 3 * (told + 1)


def test_two_who_write_at_once_lose_nothing(file: Path) -> None:
    processes = [run(_WRITER, file, name, 60) for name in ("甲", "乙")]  # both make the file at once, too
    for process in processes:
        output, _ = process.communicate(timeout=120)
        assert process.returncode == 0
        assert len(output.splitlines()) == 60
    with Store.open(file) as store:
        assert len(store.decisions("k")) == 2 * 60 * 3


def test_threads_may_share_one_store(file: Path) -> None:
    with Store.open(file) as store:
        threads = [
            threading.Thread(target=lambda n=n: [store.decide("k", [f"{n}-{i}"], "确认") for i in range(30)])
            for n in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(store.decisions("k")) == 120


def test_a_status_and_a_column_of_a_later_version_are_taken_as_they_are(file: Path) -> None:
    with Store.open(file) as store:
        store.record(report(audit("x", "y")))
        store.decide(KEY, ["x"], "确认")
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE decisions SET status = '移交'")
        for table in ("documents", "runs", "results", "actions", "decisions", "payloads"):
            connection.execute(f"ALTER TABLE {table} ADD COLUMN later TEXT DEFAULT 'x'")
    connection.close()
    with Store.open(file) as store:
        assert store.decisions(KEY)["x"].status == "移交"
        known = store.review(report(audit("x")))
        assert known.status(audit().document, finding("x")) == "移交"
        assert not known.dismissed(audit().document, finding("x"))
        store.record(report(audit("x", sha="b")))
        store.decide(KEY, ["y"], "排除", "重复")
        assert store.decisions(KEY)["y"].status is Status.DISMISSED
        with pytest.raises(ValueError, match="移交"):
            store.decide(KEY, ["x"], "移交")


def test_findings_of_a_later_version_are_no_earlier_state(file: Path) -> None:
    with Store.open(file) as store:
        store.record(report(audit("x")))
        with sqlite3.connect(file) as connection:
            connection.execute("UPDATE payloads SET data = ?", (zlib.compress(b'[{"category": "unheard_of"}]'),))
        connection.close()
        assert store.previous(audit("x", sha="b")) is None


def test_a_full_disk_keeps_what_was_there(file: Path) -> None:
    with Store.open(file) as store:
        store.decide(KEY, ["x"], "确认")
        store._connection.execute(
            f"PRAGMA max_page_count = {store._connection.execute('PRAGMA page_count').fetchone()[0]}"
        )
        with pytest.raises(StoreError, match="磁盘已满"):
            store.record(report(*(audit(f"{n}" * 3000, organisation=f"{n}局") for n in range(300))))
        assert set(store.decisions(KEY)) == {"x"}
    with Store.open(file) as store:
        assert set(store.decisions(KEY)) == {"x"}


def test_a_folder_that_cannot_be_written_to_can_be_read_from(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(file) as store:
        store.decide(KEY, ["x"], "确认")
    before = file.read_bytes()
    monkeypatch.setattr("assistant.storefile.os.access", lambda *_: False)
    with Store.open(file, readonly=True) as store:
        assert set(store.decisions(KEY)) == {"x"}
        assert sorted(each.name for each in file.parent.iterdir()) == [file.name]
    assert file.read_bytes() == before
