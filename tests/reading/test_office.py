"""Older office files: converted by LibreOffice where it is installed, told what to do where it is not."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from assistant.reading import UnreadableError, office, read_bytes, sandbox
from assistant.reading.formats import source_of
from tests.reading.test_xlsx import book
from tests.tools.formats import Grid, Line, to_docx

REPORT = to_docx(
    [
        Line("某县粮食局2023年度部门决算"),
        Line("2023年度收入决算120.50万元。"),
        Grid([["项目", "决算数", ""], ["", "基本", "项目"], ["支出合计", "120.50", "100.00"]]),
        Line("名词解释"),
    ]
)
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le") + bytes(100)


@pytest.mark.parametrize("data", [OLD, b"{\\rtf1 x}", b"<?xml version='1.0'?><w:wordDocument/>"])
def test_without_libreoffice_it_is_said_what_to_do(data, monkeypatch):
    monkeypatch.setattr(office, "find_office", lambda: None)
    with pytest.raises(UnreadableError, match=r"另存为 \.docx.*LibreOffice"):
        read_bytes(data, "报告.doc")


def test_a_conversion_that_fails_or_hangs(monkeypatch, tmp_path):
    false, slow = shutil.which("false"), tmp_path / "slow"
    if false is None:
        pytest.skip("no such program here")
    monkeypatch.setattr(office, "find_office", lambda: false)
    with pytest.raises(UnreadableError, match="未能转换"):
        read_bytes(OLD, "报告.doc")
    slow.write_text("#!/bin/sh\nsleep 60\n", encoding="utf-8")
    slow.chmod(0o755)
    monkeypatch.setattr(office, "find_office", lambda: str(slow))
    monkeypatch.setattr(office, "SECONDS", 1)
    sandbox.stop()
    with pytest.raises(UnreadableError, match="超过 1 秒"):
        read_bytes(OLD, "报告.doc")


@pytest.fixture(scope="module")
def old(tmp_path_factory) -> dict[str, bytes]:
    """A report and a workbook in the older formats."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("old")
    (folder / "a.docx").write_bytes(REPORT)
    (folder / "b.xlsx").write_bytes(book())
    made = {}
    for suffix, name in (("doc", "a.docx"), ("odt", "a.docx"), ("xls", "b.xlsx")):
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", suffix, "--outdir", str(folder), str(folder / name)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        made[suffix] = (folder / name).with_suffix(f".{suffix}").read_bytes()
    return made


@pytest.mark.parametrize("suffix", ["doc", "odt"])
def test_older_text_files(old, suffix):
    before = set(Path(tempfile.gettempdir()).glob("hecha-*"))
    lines = [line.strip() for line in source_of(old[suffix], f"报告.{suffix}").lines if line.strip()]
    assert lines == [line.strip() for line in source_of(REPORT, "a.docx").lines if line.strip()]
    assert set(Path(tempfile.gettempdir()).glob("hecha-*")) <= before, "nothing is left behind"


def test_older_workbooks(old):
    document = read_bytes(old["xls"], "公开表.xls")
    (table_found,) = document.tables
    assert (table_found.role, table_found.unit.name, len(table_found.notes)) == ("公开02", "万元", 1)
    values = [str(cell.figure.value) for cell in table_found.sides[0].rows[1].cells if cell.figure]
    assert values == ["12.5", "100", "20", "0.5"]
    assert not any("不公开" in line for line in document.lines)
