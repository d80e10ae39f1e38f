"""Which reader reads a file: decided by its content, never by its name.

The readers are imported only when a file needs them: a text file needs none of their libraries.
"""

from __future__ import annotations

from assistant.document import Problem
from assistant.reading.decode import decode, split_lines
from assistant.reading.grid import blocks
from assistant.reading.source import Source

SUFFIXES = (
    ".txt", ".md", ".markdown", ".pdf", ".docx", ".docm", ".xlsx", ".xlsm", ".xls", ".html", ".htm",
    ".zip", ".doc", ".wps", ".et", ".rtf", ".odt", ".ods", ".ofd",
)  # fmt: skip
"""The file types that are read when a folder is given."""


def kind_of(data: bytes) -> str:
    """What a file is by its content: package, office, pdf, html, archive (of a web page), or else text."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "package"
    if data.startswith((b"\xd0\xcf\x11\xe0", b"{\\rtf")) or _is_flat_office(data):
        return "office"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if _is_html(data):
        return "html"
    if data[:200].lstrip().startswith((b"MIME-Version:", b"From: <Saved by")):
        return "archive"
    return "text"


def source_of(data: bytes, path: str) -> Source:
    """The lines of a file, read in this process. Raises ``UnreadableError``."""
    kind = kind_of(data)
    if kind == "package":
        from assistant.reading.packages import read_package

        return read_package(data, path)
    if kind == "office":
        from assistant.reading.office import read_old

        return read_old(data)
    if kind == "pdf":
        from assistant.reading.pdf import read_pdf

        return read_pdf(data)
    if kind == "html":
        from assistant.reading.html import read_html

        return read_html(data)
    if kind == "archive":
        from assistant.reading.html import read_web_archive

        return read_web_archive(data)
    return read_plain(data)


def read_plain(data: bytes) -> Source:
    """The lines of a text file. Raises ``UnreadableError``."""
    text, truncated = decode(data)
    lines = split_lines(text)
    problems: tuple[Problem, ...] = ()
    if truncated:
        problems = (Problem("文件末尾有半个字符，内容可能被截断；请与原件核对是否完整", len(lines)),)
    found = tuple(blocks(lines))
    if found:
        return Source(lines, found, problems=problems)
    from assistant.reading.aligned import read_aligned

    aligned = read_aligned(lines)
    problems += aligned.problems
    return Source(lines, aligned.blocks, aligned.origins(lines), problems, unread=aligned.unread)


def _is_flat_office(data: bytes) -> bool:
    """Whether this is an Office file in one piece of XML."""
    head = data[:4000]
    return head.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<?xml") and any(
        sign in head for sign in (b"<w:wordDocument", b"<pkg:package", b"urn:schemas-microsoft-com:office:spreadsheet")
    )


def _is_html(data: bytes) -> bool:
    """Whether a text begins as a web page does (a page saved as .doc or .xls too)."""
    head = data[:2000]
    if b"\0" in head[:200]:
        head = head.replace(b"\0", b"")
    head = head.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").lstrip().lower()
    while head.startswith((b"<!--", b"<?xml")):
        ending = b"-->" if head.startswith(b"<!--") else b"?>"
        head = head.partition(ending)[2].lstrip()
    return head.startswith(
        (b"<!doctype html", b"<html", b"<head", b"<body", b"<meta", b"<div", b"<table", b"<title", b"<style")
    )
