"""Files written whole or not at all: a full disk, a crash or a power cut leaves the old file, never half a new one."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path


def write_whole(path: str | Path, data: bytes) -> None:
    """Write ``data`` to a temporary file beside ``path``, flush it to the disk, and rename it. Raises ``OSError``.

    The permissions and, where allowed, the owner of a file that is replaced stay; a link stays and its target is replaced. What is no
    ordinary file (a pipe, a device) is written to as it is.
    """
    target = os.path.realpath(path)
    try:
        before = os.stat(target)
    except FileNotFoundError:
        before = None
    if before is not None and not stat.S_ISREG(before.st_mode):
        with open(target, "wb") as file:
            file.write(data)
        return
    number, temporary = tempfile.mkstemp(prefix=".hecha-", suffix=".tmp", dir=os.path.dirname(target))
    try:
        with open(number, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(number)
        _give_permissions(temporary, before)
        os.replace(temporary, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def _give_permissions(path: str, before: os.stat_result | None) -> None:
    """Those of the file that is replaced, or those that a new file gets here: temporary files are for this user alone."""
    if before is None:
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(path, 0o666 & ~mask)
        return
    if hasattr(os, "chown"):
        with suppress(OSError):
            os.chown(path, before.st_uid, before.st_gid)
    os.chmod(path, stat.S_IMODE(before.st_mode))
