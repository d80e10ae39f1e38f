"""The file that the store lives in: where it lies, its schema and migrations, and what can be wrong with it."""

from __future__ import annotations

import errno
import os
import sqlite3
import sys
from pathlib import Path
from typing import Final

_APPLICATION: Final = 0x68656368  # "hech" in the header of the file: no other program's database is ever touched
_BUSY_SECONDS: Final = 15
# One script for each version of the schema; a file is brought up to date when it is opened.
_MIGRATIONS: Final = (
    """
    CREATE TABLE documents (
        key TEXT PRIMARY KEY, title TEXT NOT NULL DEFAULT '', organisation TEXT NOT NULL DEFAULT '',
        year INTEGER, kind TEXT NOT NULL DEFAULT ''
    ) WITHOUT ROWID;
    CREATE TABLE runs (id INTEGER PRIMARY KEY AUTOINCREMENT, time TEXT NOT NULL);
    CREATE TABLE payloads (digest TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;
    CREATE TABLE results (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        run INTEGER NOT NULL REFERENCES runs(id), document TEXT NOT NULL REFERENCES documents(key),
        path TEXT NOT NULL, sha256 TEXT NOT NULL, payload TEXT NOT NULL REFERENCES payloads(digest)
    );
    CREATE INDEX results_document ON results(document, id);
    CREATE TABLE actions (
        id INTEGER PRIMARY KEY AUTOINCREMENT, session TEXT NOT NULL, time TEXT NOT NULL,
        undoes INTEGER UNIQUE REFERENCES actions(id)
    );
    CREATE TABLE decisions (
        id INTEGER PRIMARY KEY AUTOINCREMENT, action INTEGER NOT NULL REFERENCES actions(id),
        document TEXT NOT NULL REFERENCES documents(key), finding TEXT NOT NULL,
        status TEXT, reason TEXT NOT NULL, note TEXT NOT NULL, reviewer TEXT NOT NULL
    );
    CREATE INDEX decisions_finding ON decisions(document, finding, id);
    """,
)


class StoreError(Exception):
    """The store cannot be used; the message is one Chinese line with the file, what is wrong and what to do."""


def default_path() -> Path:
    """The store of this user: ``HECHA_STORE``, else ``hecha/decisions.sqlite`` in the data folder of the system."""
    chosen = os.environ.get("HECHA_STORE")
    if chosen:
        return Path(chosen)
    if sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        folder = Path.home() / "Library" / "Application Support"
    else:
        folder = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return folder / "hecha" / "decisions.sqlite"


def is_database(path: str | Path) -> bool:
    """Whether a file is an SQLite database, by its first bytes."""
    try:
        with open(path, "rb") as file:
            return file.read(16) == b"SQLite format 3\0"
    except OSError:
        return False


def existing_store(path: str | Path | None = None) -> Path | None:
    """The store to read from if there is one. Raises ``StoreError`` if a file was named that does not exist."""
    file = Path(path) if path else default_path()
    if file.is_file():
        return file
    if path:
        raise StoreError(f"{file}：没有这个复核记录文件，请检查 --store")
    return None


def connect(file: Path, *, readonly: bool) -> sqlite3.Connection:
    """Open the file, brought to the newest schema; it is made if it is not there unless ``readonly``. Raises ``StoreError``."""
    try:
        if not readonly:
            _prepare(file)
        connection = _connect(file, readonly=readonly)
        try:
            if _check(connection, file) < len(_MIGRATIONS):
                if readonly:
                    connection.close()
                    connection = _connect(file, readonly=False)
                _migrate(connection, file)
        except BaseException:
            connection.close()
            raise
    except (sqlite3.Error, OSError) as error:
        raise trouble(file, error) from error
    return connection


def _prepare(file: Path) -> None:
    """Make folder and file, for this user alone: the store quotes drafts."""
    if not file.parent.is_dir():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))


def _connect(file: Path, *, readonly: bool) -> sqlite3.Connection:
    address = f"{file.absolute().as_uri()}?mode={'ro' if readonly else 'rw'}"
    log = file.with_name(f"{file.name}-wal")
    if readonly and not os.access(file.parent, os.W_OK) and not (log.exists() and log.stat().st_size):
        address += "&immutable=1"  # nothing can be written beside the file, not even what readers share
    connection = sqlite3.connect(
        address, uri=True, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def _check(connection: sqlite3.Connection, file: Path) -> int:
    """The version of the schema. Raises ``StoreError`` for another program's database or a later version."""
    application = int(connection.execute("PRAGMA application_id").fetchone()[0])
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if application != _APPLICATION and not (empty and version == 0):
        raise StoreError(f"{file}：这是其他程序的数据库，不是复核记录；请用 --store 另选一个文件")
    if version > len(_MIGRATIONS):
        raise StoreError(f"{file}：由更新版本的 hecha 建立，本版本不能使用；请升级，或用 --store 另选一个文件")
    return version


def _migrate(connection: sqlite3.Connection, file: Path) -> None:
    # A file on another computer cannot have a write-ahead log: its readers would have to share memory.
    if not str(file.absolute()).startswith(("\\\\", "//")):
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")  # of two that open a new file at once, the second finds it made
    try:
        version = _check(connection, file)
        for number, script in enumerate(_MIGRATIONS[version:], version + 1):
            for statement in filter(str.strip, script.split(";")):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute(f"PRAGMA application_id = {_APPLICATION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def trouble(file: Path, error: Exception) -> StoreError:
    """What is wrong, in the words of the user."""
    text = str(error)
    if "locked" in text or "busy" in text:
        return StoreError(f"{file}：正被其他程序占用，请稍后再试")
    if "not a database" in text or "malformed" in text:
        return StoreError(f"{file}：不是复核记录或已损坏，请换回备份，或用 --store 另选一个文件")
    if "full" in text or getattr(error, "errno", 0) == errno.ENOSPC:
        return StoreError(f"{file}：磁盘已满，这次的处理没有保存（以前的都在）；请腾出空间后重试")
    if isinstance(error, PermissionError) or "readonly" in text or "unable to open" in text:
        return StoreError(f"{file}：无法打开或没有写入权限，请检查文件夹，或用 --store 另选一个文件")
    return StoreError(f"{file}：复核记录无法使用（{text}）")
