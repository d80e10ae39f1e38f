"""Bytes to lines of text: encodings, limits, and what is no text at all."""

from __future__ import annotations

from assistant.reading.errors import UnreadableError

MAX_BYTES = 20_000_000
"""A disclosure report in text is 20 KB to 2 MB; ten times that is no report."""

MAX_PACKED = 120_000_000
"""A PDF, Word file or archive with photographs and scans."""

MAX_LINE = 200_000

_SIGNATURES = {
    b"%PDF": "这是 PDF 文件",
    b"PK\x03\x04": "这是压缩包或 Office 文件（docx、xlsx、zip）",
    b"\xd0\xcf\x11\xe0": "这是旧版 Office 文件（doc、xls）",
    b"\x89PNG": "这是图片",
    b"\xff\xd8\xff": "这是图片",
    b"GIF8": "这是图片",
    b"Rar!": "这是压缩包",
    b"7z\xbc\xaf": "这是压缩包",
    b"\x1f\x8b": "这是压缩包",
    b"{\\rtf": "这是 RTF 文件",
}


def most_bytes(head: bytes) -> int:
    """How large a file may be that begins with these bytes."""
    return MAX_PACKED if head.startswith((b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")) else MAX_BYTES


def decode(data: bytes) -> tuple[str, bool]:
    """The text of ``data`` and whether its last character was cut off.

    UTF-8 (with or without a mark), UTF-16 with a mark, GB18030. Raises ``UnreadableError`` for anything else.
    """
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise UnreadableError("文件是空的，没有可核查的内容；请确认导出或下载是否完整")
    for signature, what in _SIGNATURES.items():
        if data.startswith(signature):
            raise UnreadableError(f"{what}，不是文本；请先转换为 UTF-8 文本（.txt 或 .md）再核查")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16"), False
        except UnicodeDecodeError:
            raise UnreadableError("文件标明为 UTF-16 编码，但内容不完整；请重新导出") from None
    if b"\0" in data:
        raise UnreadableError("文件含有二进制内容，不是文本；请确认文件类型，或转换为 UTF-8 文本再核查")
    data = data.removeprefix(b"\xef\xbb\xbf")  # by hand: "utf-8-sig" counts its errors from behind the mark
    try:
        return data.decode("utf-8"), False
    except UnicodeDecodeError as error:
        if error.end >= len(data) - 1 and error.start > len(data) - 4 and error.start > 0:
            return data[: error.start].decode("utf-8"), True
    try:
        return data.decode("gb18030"), False
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 4 and error.start > 0:
            return data[: error.start].decode("gb18030"), True
    raise UnreadableError("无法识别文字编码（已尝试 UTF-8、UTF-16、GB18030）；请另存为 UTF-8 文本再核查")


def split_lines(text: str) -> tuple[str, ...]:
    """The lines of ``text`` as an editor numbers them: only CR, LF, CRLF and form feeds end a line.

    Raises ``UnreadableError`` where the content is plainly no text (control characters, endless lines).
    """
    sample = text[:100_000]
    controls = sum(1 for char in sample if char < " " and char not in "\t\r\n\f\v\x1b")
    if controls > 20 and controls * 100 > len(sample):
        raise UnreadableError("文件含有大量控制字符，不像是文本；请确认文件类型")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines and not lines[-1]:
        lines.pop()
    if any(len(line) > MAX_LINE for line in lines):
        raise UnreadableError(f"文件中有超过 {MAX_LINE:,} 个字符的行，不是正常的报告文本；请重新转换")
    return tuple(lines)
