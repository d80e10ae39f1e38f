"""Older office files: what they are, and their conversion by LibreOffice where it is installed.

The conversion runs on this machine with a profile of its own that neither runs macros nor follows links.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from assistant.reading.archive import Archive
from assistant.reading.decode import MAX_PACKED
from assistant.reading.errors import UnreadableError
from assistant.reading.source import Source
from assistant.reading.worker import limit_by_kernel

SECONDS: Final = 50
"""A report converts in one to five seconds; the first start of LibreOffice on a slow machine takes longer."""

_MOST_CELLS: Final = 500_000

_LOCKED: Final = "文件设有打开密码，无法读取；请去掉密码后再核查"
_STREAMS: Final = (
    ("EncryptedPackage", "locked"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
)
_SETTINGS: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"""


def read_old(data: bytes) -> Source:
    """The lines of an office file of an older kind (.doc, .wps, .rtf, .xls, .et). Raises ``UnreadableError``."""
    if data.startswith(b"{\\rtf"):
        return _converted(data, "rtf", "RTF 文件")
    if not data.startswith(b"\xd0\xcf\x11\xe0"):
        flat = b"office:spreadsheet" in data[:4000]
        return _converted(data, "xml", "XML 格式的 Excel 文件" if flat else "XML 格式的 Word 文件", sheet=flat)
    kind = _kind(data)
    if kind == "locked":
        raise UnreadableError(_LOCKED)
    if kind == "doc":
        return _converted(data, "doc", "旧版 Word 文件（.doc、.wps）")
    if kind == "xls":
        from assistant.reading.excel.old import read_old_workbook

        return read_old_workbook(data)
    if kind == "ppt":
        raise UnreadableError("这是演示文稿，不是公开报告的正文或表格；请改用 Word、Excel 或 PDF 文件")
    raise UnreadableError("旧版 Office 文件不完整或类型不明；请用 Word 或 WPS 打开后另存为 .docx 或 .xlsx 再核查")


def read_open_document(archive: Archive, data: bytes) -> Source:
    """The lines of an OpenDocument file. Raises ``UnreadableError``."""
    kind = archive.read("mimetype", 1000)
    if b"spreadsheet" in kind:
        _refuse_repeated(archive)
        from assistant.reading.excel.old import read_old_workbook

        return read_old_workbook(data)
    if b"text" in kind:
        return _converted(data, "odt", "OpenDocument 文本（.odt）")
    raise UnreadableError("这种 OpenDocument 文件不是正文或表格；请改用 Word、Excel 或 PDF 文件")


def _refuse_repeated(archive: Archive) -> None:
    """Refuse rows and cells with content that repeat many thousand times: they would be laid out one by one."""
    from assistant.reading.xmlfile import attribute, iterate, local

    many = 0
    for element in iterate(archive, "content.xml", "table-row"):
        cells = [(_times(attribute(each, "number-columns-repeated")), each) for each in element]
        told = sum(times for times, cell in cells if any(local(each) == "p" for each in cell))
        many += told * _times(attribute(element, "number-rows-repeated"))
        if many > _MOST_CELLS:
            raise UnreadableError(
                "表格中有内容重复几十万次，不是正常的报告文件；请用 Excel 或 WPS 打开后另存为 .xlsx 再核查"
            )


def _times(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 1


def find_office() -> str | None:
    """The program of LibreOffice, if it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def _kind(data: bytes) -> str:
    """What a compound file holds: of the streams that tell, the one that its directory names first."""
    places = {}
    for name, kind in _STREAMS:
        place = data.find(name.encode("utf-16-le") + b"\0\0")
        if place >= 0:
            places[place] = kind
    if "locked" in places.values():
        return "locked"
    return places[min(places)] if places else ""


def _converted(data: bytes, suffix: str, what: str, *, sheet: bool = False) -> Source:
    from assistant.reading.packages import read_package

    target = "xlsx" if sheet else "docx"
    program = find_office()
    if program is None:
        raise UnreadableError(f"这是{what}；请用 Word 或 WPS 另存为 .{target}，或安装 LibreOffice 后直接核查")
    return read_package(convert(program, data, suffix, target, what), f"转换.{target}", nested=True)


def convert(program: str, data: bytes, suffix: str, target: str, what: str) -> bytes:
    """The file in another format, by LibreOffice in a folder that is removed afterwards. Raises ``UnreadableError``."""
    with tempfile.TemporaryDirectory(prefix="hecha-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        profile, result = folder / "profile", folder / "out" / f"input.{target}"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        source = folder / f"input.{suffix}"
        source.write_bytes(data)
        command = [
            program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nodefault",
            "--nolockcheck", "--convert-to", target, "--outdir", str(result.parent), str(source),
        ]  # fmt: skip
        _run(command, folder, what)
        if not result.is_file() or result.stat().st_size > MAX_PACKED:
            raise UnreadableError(
                f"这是{what}，LibreOffice 未能转换（可能已损坏或设有密码）；请用 Word 或 WPS 另存为 .{target} 再核查"
            )
        return result.read_bytes()


def _run(command: list[str], folder: Path, what: str) -> None:
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(
            command, cwd=folder, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=os.name != "nt",
            preexec_fn=_unlimited if sys.platform == "linux" else None,
        )  # fmt: skip
    except OSError as error:
        raise UnreadableError(f"这是{what}，LibreOffice 无法启动；请用 Word 或 WPS 另存为新格式再核查") from error
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        raise UnreadableError(
            f"这是{what}，LibreOffice 转换超过 {SECONDS} 秒；请用 Word 或 WPS 另存为新格式再核查"
        ) from None
    finally:
        if process.poll() is None:
            _end(process)


def _unlimited() -> None:
    """The limit of memory is for this program's own reading: LibreOffice needs more, and has its own time."""
    limit_by_kernel(None)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program and the processes that it started."""
    if os.name == "nt":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
