"""Bytes to text: every encoding says the same, and what is no report is refused with one clear line."""

from __future__ import annotations

import gzip
import io
import os
import subprocess
import sys
import threading
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.audit import audit_document
from assistant.reading import UnreadableError, read, read_bytes
from assistant.reading.decode import MAX_BYTES, MAX_LINE, decode, split_lines
from assistant.rules import load_rulebook

REPORT = """某县粮食局2023年度部门决算
收入决算表
公开02表
单位：万元
功能分类科目编码\t科目名称\t本年收入合计\t财政拨款收入\t事业收入\t其他收入
\t合计\t120.50\t100.00\t20.00\t0.50
222\t粮油物资储备支出\t12.50\t100.00\t20.00\t0.50

一、收入决算情况说明
2023年度收入合计120.50万元。
"""
DUMPLINGS = """韭菜鸡蛋饺子
面粉500克，韭菜300克，鸡蛋4个，盐少许。
一、和面
面粉加水揉成光滑的面团，醒30分钟。
二、包
擀皮，包馅，煮熟即可。
"""
BOOK = load_rulebook()


def refusal(give, limit: int = 10) -> str:
    """The message of the refusal; one line of Chinese with an advice, given in bounded time."""
    start = time.perf_counter()
    with pytest.raises(UnreadableError) as caught:
        give()
    assert time.perf_counter() - start < limit
    message = str(caught.value)
    assert "\n" not in message
    assert any("\u4e00" <= char <= "\u9fff" for char in message)
    assert any(word in message for word in ("请", "改用")), "says what to do"
    return message


def refused_bytes(data: bytes) -> str:
    return refusal(lambda: read_bytes(data, "报告.txt"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_the_same_report_gives_the_same_findings_in_every_encoding(encoding, newline):
    document = read_bytes(REPORT.replace("\n", newline).encode(encoding), "报告.txt")
    plain = read_bytes(REPORT.encode("utf-8"), "报告.txt")
    assert document.lines == plain.lines
    assert document.problems == plain.problems
    findings = audit_document(document, BOOK).findings
    assert findings == audit_document(plain, BOOK).findings
    assert any(finding.rule == "T101" for finding in findings)


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
def test_utf_16_with_either_mark(order):
    mark = "\ufeff".encode(order)
    assert decode(mark + REPORT.encode(order)) == (REPORT, False)


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \n\t\r\n", b"\0\0\0", "\ufeff".encode("utf-8") + b"\n"])
def test_an_empty_file(data):
    assert "空" in refused_bytes(data)


@pytest.mark.parametrize("data", ["\u3000\n\u3000".encode(), b"\f\f\f", "\ufeff".encode("utf-16"), b"1", "决".encode()])
def test_next_to_nothing(data):
    refused_bytes(data)


def office() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", REPORT)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.7\n" + REPORT.encode(), "PDF"),
        (office(), "损坏"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "图片"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "图片"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "Office"),
        (gzip.compress(REPORT.encode()), "压缩包"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(100), "压缩包"),
        (b"Rar!\x1a\x07" + bytes(100), "压缩包"),
        (REPORT.encode() + b"\0\0" + bytes(range(256)), "二进制"),
        (REPORT.encode("utf-16-le"), "二进制"),
        (REPORT.encode("utf-16")[:-1], "UTF-16"),
        (b"\xff\xfe" + b"\x00\xd8" * 40, "UTF-16"),
        (bytes(range(1, 32)) * 50 + REPORT.encode(), "控制字符"),
    ],
)
def test_other_kinds_of_file_are_named(data, word):
    assert word in refused_bytes(data)


def test_utf_32_is_no_text_for_us():
    refused_bytes(REPORT.encode("utf-32"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("lost", [1, 2])
def test_a_file_cut_in_its_last_character_is_read_and_says_so(encoding, lost):
    whole = (REPORT + "本年无其他事项说明").encode(encoding)
    size = 2 if encoding == "gb18030" else 3
    if lost >= size:
        pytest.skip("the whole character is gone: nobody can tell")
    document = read_bytes(whole[:-lost], "报告.txt")
    assert document.lines == (*REPORT.splitlines(), "本年无其他事项说")
    assert any("截断" in problem.message and problem.line == len(document.lines) for problem in document.problems)
    assert not any("截断" in problem.message for problem in read_bytes(whole, "报告.txt").problems)


@pytest.mark.parametrize("lost", [1, 2, 3])
def test_a_cut_four_byte_character(lost):
    text, cut = decode((REPORT + "𠮷").encode()[:-lost])
    assert (text, cut) == (REPORT, True)
    text, cut = decode((REPORT + "𠮷").encode("gb18030")[:-lost])
    assert text.startswith(REPORT)


def test_a_lone_surrogate_never_gets_through():
    for place in (0, 40, len(REPORT)):
        data = REPORT[:place].encode() + "\ud800".encode("utf-8", "surrogatepass") + REPORT[place:].encode()
        with suppress(UnreadableError):
            document = read_bytes(data, "报告.txt")
            assert not any("\ud800" <= char <= "\udfff" for line in document.lines for char in line)


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data):
    with suppress(UnreadableError):
        text, cut = decode(data)
        text.encode("utf-8")
        assert not cut or data


@given(st.text("甲\r\n\f\v\x85\u2028a", max_size=30))
def test_lines_are_those_of_an_editor(text):
    lines = split_lines(text)
    assert all("\r" not in line and "\n" not in line for line in lines)
    rejoined = "\n".join(lines)
    assert rejoined == text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")


def test_the_longest_line_is_read_and_a_longer_one_refused():
    assert read_bytes((REPORT + "长" * MAX_LINE).encode(), "报告.txt").lines[-1] == "长" * MAX_LINE
    assert "200,000" in refused_bytes((REPORT + "长" * (MAX_LINE + 1)).encode())


@pytest.mark.parametrize(
    "text",
    [DUMPLINGS, DUMPLINGS * 200, "{}", "print('hello')\n" * 50, "a,b,c\n1,2,3\n", "决算\n", "lorem ipsum " * 1000],
)
def test_what_is_no_disclosure_is_refused(text):
    assert "公开文件" in refused_bytes(text.encode())


def test_dumplings_in_a_table_are_no_disclosure_either():
    assert "公开文件" in refused_bytes("配料\t用量\n面粉\t500.00\n韭菜\t300.00\n预算\t20元\n".encode())


# Files that are not ordinary


def refused_file(path: Path, limit: int = 10) -> str:
    return refusal(lambda: read(str(path)), limit)


def test_a_directory_and_a_missing_file(tmp_path):
    assert "文件夹" in refused_file(tmp_path)
    assert "没有这个文件" in refused_file(tmp_path / "没有.txt")
    refused_file(tmp_path / "没有" / "没有.txt")
    refused_file(tmp_path / ("长" * 300))
    refused_file(tmp_path / "a\0b")


def test_a_huge_file_is_not_read(tmp_path):
    path = tmp_path / "大.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES * 5000)
    assert "MB" in refused_file(path, limit=2)


def test_a_file_of_just_the_limit_is_looked_at(tmp_path):
    path = tmp_path / "大.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES)
    assert "空" in refused_file(path)


def test_links(tmp_path):
    real = tmp_path / "真.txt"
    real.write_text(REPORT, encoding="utf-8")
    (tmp_path / "link.txt").symlink_to(real)
    assert read(str(tmp_path / "link.txt")).year == 2023
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    refused_file(tmp_path / "loop.txt")
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "gone.txt")
    refused_file(tmp_path / "dangling.txt")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_named_pipe_is_refused_and_never_waited_for(tmp_path):
    pipe = tmp_path / "管道.txt"
    os.mkfifo(pipe)
    messages: list[str] = []

    def look() -> None:
        try:
            read(str(pipe))
        except UnreadableError as error:
            messages.append(str(error))

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    thread.join(5)
    assert not thread.is_alive(), "reading hangs on a pipe"
    assert "普通文件" in messages[0]


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device here")
def test_a_device_is_refused():
    refused_file(Path("/dev/zero"))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path):
    path = tmp_path / "密.txt"
    path.write_text(REPORT, encoding="utf-8")
    path.chmod(0)
    assert "权限" in refused_file(path)


def test_a_file_that_the_system_will_not_give(tmp_path, monkeypatch):
    """What root cannot show: the system refuses the bytes."""
    path = tmp_path / "密.txt"
    path.write_text(REPORT, encoding="utf-8")

    def denied(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", denied)
    assert "权限" in refused_file(path)


def test_a_text_file_needs_none_of_the_libraries_of_other_formats(tmp_path):
    path = tmp_path / "报告.txt"
    path.write_text(REPORT, encoding="utf-8")
    heavy = "{'lxml', 'pypdf', 'pypdfium2', 'python_calamine', 'docx', 'openpyxl', 'rapidocr'}"
    code = f"import sys\nfrom assistant.reading import read\nread({str(path)!r})\nsys.exit(','.join({heavy} & {{*sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == ""
