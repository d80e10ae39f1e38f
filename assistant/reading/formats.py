"""Which reader reads a file: decided by its content, never by its name."""

from __future__ import annotations

from assistant.document import Problem
from assistant.reading.decode import decode, split_lines
from assistant.reading.source import Source

SUFFIXES = (".txt", ".md", ".markdown")
"""The file types that are read when a folder is given."""


def source_of(data: bytes, path: str) -> Source:
    """The lines of a file. Raises ``UnreadableError``."""
    return read_plain(data)


def read_plain(data: bytes) -> Source:
    """The lines of a text file. Raises ``UnreadableError``."""
    text, truncated = decode(data)
    lines = split_lines(text)
    problems: tuple[Problem, ...] = ()
    if truncated:
        problems = (Problem("文件末尾有半个字符，内容可能被截断；请与原件核对是否完整", len(lines)),)
    return Source(lines, problems=problems)
