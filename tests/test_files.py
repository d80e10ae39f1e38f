"""Files are written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from assistant.files import write_whole
from assistant.reports.streams import OutputError, check_target, write_file

posix = pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")


def test_nothing_is_left_beside_and_the_new_content_is_there(tmp_path: Path) -> None:
    target = tmp_path / "结果.json"
    for data in (b"old", b"new and longer", b""):
        write_whole(target, data)
        assert target.read_bytes() == data
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("step", ["fsync", "replace", "chmod"])
def test_the_old_file_stays_where_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    target = tmp_path / "结果.json"
    target.write_bytes(b"old")
    monkeypatch.setattr(f"assistant.files.os.{step}", full)
    with pytest.raises(OutputError, match="磁盘已满"):
        write_file(str(target), b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


@posix
def test_permissions_stay(tmp_path: Path) -> None:
    target = tmp_path / "a"
    write_whole(target, b"1")
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(target.stat().st_mode) == 0o666 & ~mask
    target.chmod(0o640)
    write_whole(target, b"2")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


@posix
def test_a_link_stays_a_link_and_a_pipe_a_pipe(tmp_path: Path) -> None:
    target, link = tmp_path / "a", tmp_path / "b"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    write_whole(os.devnull, b"new")
    assert not os.path.isfile(os.devnull)


def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    target = str(tmp_path / ("长" * 300))
    check_target(target, ())
    with pytest.raises(OutputError):
        write_file(target, b"x")
    with pytest.raises(OutputError):
        check_target(str(tmp_path / ("长" * 3000) / "x"), ())
