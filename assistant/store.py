"""Runs and the reviewers' decisions, kept in one SQLite file in the user's data folder, never beside an input.

Decisions are an append-only log: an undo is one more line. Several processes may have the file open; each change is
one transaction, so that a process that is killed leaves either all of it or nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
import os
import sqlite3
import threading
import uuid
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Self

from pydantic import TypeAdapter

from assistant.comparison import Comparison, compare
from assistant.decisions import Decision, Review, Status, document_key, status_of
from assistant.findings import Audit, Finding, Report
from assistant.storefile import StoreError, connect, default_path, existing_store, trouble

__all__ = [
    "Decision", "Event", "Review", "Snapshot", "Status", "Store", "StoreError", "Undone", "default_path",
    "document_key", "existing_store",
]  # fmt: skip

_FINDINGS: Final = TypeAdapter(tuple[Finding, ...])


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One document as it was in one recorded run."""

    path: str
    sha256: str
    time: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the log: ``decision`` is None where a decision was withdrawn; ``undone`` lines no longer hold."""

    finding: str
    decision: Decision | None
    time: str
    undone: bool


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo took back."""

    document: str
    findings: tuple[str, ...]


class Store:
    """An open store. One may be used from several threads; ``undo`` takes back only what this object did."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.path = path
        self._connection = connection
        self._lock = threading.RLock()
        self._session = uuid.uuid4().hex

    @classmethod
    def open(cls, path: str | Path | None = None, *, readonly: bool = False) -> Self:
        """Open the store, made if it is not there yet unless ``readonly``. Raises ``StoreError``."""
        file = Path(path) if path else default_path()
        return cls(connect(file, readonly=readonly), file)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; nothing is lost without it."""
        with self._lock:
            self._connection.close()

    def changes(self) -> int:
        """A number that changes when another process changed the store."""
        with self._reading() as connection:
            return int(connection.execute("PRAGMA data_version").fetchone()[0])

    def record(self, report: Report) -> int:
        """Keep the findings of a run; returns its number."""
        with self._writing() as connection:
            run = _insert(connection, "INSERT INTO runs (time) VALUES (?)", _now())
            for audit in report.audits:
                document, key = audit.document, document_key(audit.document)
                connection.execute(
                    "INSERT INTO documents (key, title, organisation, year, kind) VALUES (?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET title = excluded.title,"
                    " organisation = excluded.organisation, year = excluded.year, kind = excluded.kind",
                    _clean(key, document.title, document.organisation, document.year, document.kind.value),
                )
                connection.execute(
                    "INSERT INTO results (run, document, path, sha256, payload) VALUES (?, ?, ?, ?, ?)",
                    _clean(run, key, os.path.abspath(document.path), document.sha256, _keep(connection, audit)),
                )
        return run

    def decide(
        self,
        document: str,
        findings: Sequence[str],
        status: Status | str | None,
        reason: str = "",
        note: str = "",
        reviewer: str = "",
    ) -> None:
        """Decide on one or more findings of a document (its key), as one action; None withdraws their decisions.

        Raises ``ValueError`` for an unknown status or a dismissal without a reason, ``StoreError`` if it cannot be kept.
        """
        chosen = Status(status) if status is not None else None
        if chosen is Status.DISMISSED and not reason.strip():
            raise ValueError("排除疑点要写明理由")
        if not findings:
            return
        with self._writing() as connection:
            action = _insert(connection, "INSERT INTO actions (session, time) VALUES (?, ?)", self._session, _now())
            connection.execute("INSERT OR IGNORE INTO documents (key) VALUES (?)", _clean(document))
            connection.executemany(
                "INSERT INTO decisions (action, document, finding, status, reason, note, reviewer) VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    _clean(action, document, each, chosen, reason.strip(), note.strip(), reviewer.strip())
                    for each in findings
                ],
            )

    def undo(self) -> Undone | None:
        """Take back this session's last action that still holds; None if there is none. Others' actions stay."""
        with self._writing() as connection:
            found = connection.execute(
                "SELECT max(id) FROM actions WHERE session = ? AND undoes IS NULL"
                " AND id NOT IN (SELECT undoes FROM actions WHERE undoes IS NOT NULL)",
                (self._session,),
            ).fetchone()[0]
            if found is None:
                return None
            _insert(
                connection, "INSERT INTO actions (session, time, undoes) VALUES (?, ?, ?)", self._session, _now(), found
            )
            rows = connection.execute("SELECT document, finding FROM decisions WHERE action = ?", (found,)).fetchall()
        return Undone(rows[0][0], tuple(row[1] for row in rows))

    def decisions(self, document: str) -> dict[str, Decision]:
        """The decisions in force for a document (its key), by finding id."""
        result: dict[str, Decision] = {}
        for event in self.history(document):
            if event.undone:
                continue
            if event.decision is None:
                result.pop(event.finding, None)
            else:
                result[event.finding] = event.decision
        return result

    def history(self, document: str, finding: str | None = None) -> tuple[Event, ...]:
        """Everything that was ever decided for a document (its key), or for one finding of it, oldest first."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT d.finding, d.status, d.reason, d.note, d.reviewer, a.time, u.id FROM decisions d"
                " JOIN actions a ON a.id = d.action LEFT JOIN actions u ON u.undoes = a.id"
                " WHERE d.document = ? AND (? IS NULL OR d.finding = ?) ORDER BY d.id",
                _clean(document, finding, finding),
            ).fetchall()
        events = []
        for identity, status, reason, note, reviewer, time, undone in rows:
            decision = None
            if status is not None:
                decision = Decision(
                    finding=identity, status=status_of(status), reason=reason, note=note, reviewer=reviewer, time=time
                )
            events.append(Event(identity, decision, time, undone is not None))
        return tuple(events)

    def review(self, report: Report) -> Review:
        """The decisions in force for all documents of a report, as the exports take them."""
        keys = {document_key(audit.document) for audit in report.audits}
        return Review({key: found for key in sorted(keys) if (found := self.decisions(key))})

    def previous(self, audit: Audit) -> Snapshot | None:
        """The last state with another content of the same document in an earlier run; None if there is none.

        In each run the file under the same path is taken. A run without one (a draft under another name) counts if it
        had a single file of that key; of several it cannot be known which it was.
        """
        document = audit.document
        key, path = document_key(document), os.path.abspath(document.path)
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT r.run, r.path, r.sha256, u.time, r.payload FROM results r JOIN runs u ON u.id = r.run"
                " WHERE r.document = ?1 AND r.run < coalesce((SELECT max(run) FROM results WHERE document = ?1"
                " AND sha256 = ?2 AND path = ?3), 9223372036854775807) ORDER BY r.id DESC",
                _clean(key, document.sha256, path),
            ).fetchall()
            for _, group in itertools.groupby(rows, key=lambda row: row[0]):
                run = list(group)
                chosen = [row for row in run if row[1] == path] or run
                if any(row[2] == document.sha256 for row in chosen):
                    continue
                if len(chosen) > 1:
                    return None
                _, before, sha256, time, payload = chosen[0]
                data = connection.execute("SELECT data FROM payloads WHERE digest = ?", (payload,)).fetchone()[0]
                try:
                    findings = _FINDINGS.validate_json(zlib.decompress(data))
                except ValueError:  # of a later version, with kinds of findings that are unknown here
                    return None
                return Snapshot(before, sha256, time, findings)
        return None

    def compare(self, audit: Audit) -> Comparison | None:
        """New, remaining and fixed against ``previous``; None if the document was not recorded with another content."""
        before = self.previous(audit)
        if before is None:
            return None
        left_out = {finding.rule for finding in before.findings} - set(audit.rules_run)
        return compare(before.findings, audit.findings, not_run=left_out)

    @contextlib.contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                yield self._connection
            except sqlite3.Error as error:
                raise trouble(self.path, error) from error

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._reading() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise


def _insert(connection: sqlite3.Connection, statement: str, *values: object) -> int:
    row = connection.execute(statement, values).lastrowid
    assert row is not None
    return row


def _keep(connection: sqlite3.Connection, audit: Audit) -> str:
    """Store the findings once, however often they are recorded; returns their digest."""
    members = [finding.model_dump(mode="json") for finding in audit.findings]
    data = json.dumps(members, ensure_ascii=False).encode("utf-8", "replace")  # half a character is no text
    digest = hashlib.sha256(data).hexdigest()
    connection.execute("INSERT OR IGNORE INTO payloads (digest, data) VALUES (?, ?)", (digest, zlib.compress(data, 6)))
    return digest


def _clean(*values: object) -> tuple[object, ...]:
    """Values that SQLite takes: halves of characters, which are no text, become the replacement character."""
    return tuple(
        value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value for value in values
    )


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
