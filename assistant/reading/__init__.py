"""Reading files into documents. ``read`` is the one way in."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from assistant.document import Document, Problem
from assistant.reading.copies import without_copies
from assistant.reading.decode import MAX_BYTES, most_bytes
from assistant.reading.errors import UnreadableError
from assistant.reading.formats import SUFFIXES, kind_of, source_of
from assistant.reading.grid import blocks
from assistant.reading.metadata import read_metadata
from assistant.reading.repeated import once
from assistant.reading.sandbox import DEFAULT, Limits, confined
from assistant.reading.sections import read_sections
from assistant.reading.source import Source
from assistant.reading.tables import read_tables, uncut

__all__ = [
    "DEFAULT",
    "SUFFIXES",
    "Limits",
    "UnreadableError",
    "build_document",
    "read",
    "read_bytes",
    "read_file",
    "read_together",
]

_DISCLOSURE = re.compile(r"决算|预算|公开\d\d表|三公[”\"]?经费")
SPOKEN = 4
"""Amounts under a title that says 决算 or 预算, whose text need not say so again."""
_EVALUATION = re.compile(r"绩效目标|绩效评价|绩效自评|自评表|绩效指标|三级指标")
_MONEY = re.compile(r"万元|单位[:：]\s*元|\d元|收入|支出")


def read(path: str, limits: Limits = DEFAULT) -> Document:
    """Read one file. Raises ``UnreadableError`` with one clear line for anything that cannot be audited."""
    return read_bytes(read_file(path), path, limits)


def read_file(path: str) -> bytes:
    """The content of a file. Raises ``UnreadableError`` for one that is missing, no ordinary file, or far too large."""
    file = Path(path)
    try:
        if os.path.isdir(path):
            raise UnreadableError("这是文件夹；请指定其中的文件")
        if not os.path.isfile(path):
            raise UnreadableError("没有这个文件，或不是普通文件；请检查路径")
        size = file.stat().st_size
        most = MAX_BYTES
        if size > most:
            with file.open("rb") as opened:
                most = most_bytes(opened.read(8))
        if size > most:
            raise UnreadableError(
                f"文件有 {size // 1_000_000} MB，超过 {most // 1_000_000} MB 的上限，不像是一份公开报告；请拆分后再核查"
            )
        return file.read_bytes()
    except OSError as error:
        raise UnreadableError(f"无法读取（{error.strerror or type(error).__name__}）；请检查文件权限") from error


def read_bytes(data: bytes, path: str, limits: Limits = DEFAULT) -> Document:
    """Read the content of a file in whatever format it is: what is no plain text within ``limits``. Raises ``UnreadableError``."""
    source = source_of(data, path) if kind_of(data) == "text" else confined([(path, data)], limits)
    return build_document(source, path, hashlib.sha256(data).hexdigest())


def read_together(paths: Sequence[str], limits: Limits = DEFAULT) -> Document:
    """Read several files as the parts of one document, in the given order. Raises ``UnreadableError``."""
    from assistant.reading.together import read_parts_of

    if len(paths) == 1:
        return read(paths[0], limits)
    source, sha256 = read_parts_of(paths, limits)
    return build_document(source, " + ".join(paths), sha256)


def build_document(source: Source, path: str, sha256: str) -> Document:
    """Understand the lines that a reader delivered. Raises ``UnreadableError`` for what is no disclosure report."""
    source, twice = once(source)
    lines = source.lines
    metadata = read_metadata(lines, source.title)
    found = list(blocks(lines) if source.blocks is None else source.blocks)
    _refuse_other("\n".join(lines), tables=bool(found))
    tables, problems = read_tables(lines, found, metadata.kind)
    if source.exact:
        tables = [uncut(table) for table in tables]
    tables, copies = without_copies(tables)
    problems += [
        Problem(f"{copy.name}列示了两次，其他核对只用前一处，两处之间另作比较", copy.span.line) for copy, _ in copies
    ]
    problems += [*source.problems, *twice]
    if not any(table.role for table in tables):
        problems.append(Problem("未识别到任何决算表或预算表，表格类检查均未运行；如果表格另行公开，请一并提供"))
    if metadata.year is None:
        problems.append(Problem("未能确定报告年度，与年度有关的检查未运行"))
    occupied = {line for block in found for line in range(block.first, block.last + 1)}
    occupied |= {note.span.line for table in tables for note in table.notes}
    occupied |= {line for first, last in source.unread for line in range(first, last + 1)}
    sections, paragraphs = read_sections(lines, occupied)
    document = Document(
        path=path,
        sha256=sha256,
        title=metadata.title,
        organisation=metadata.organisation,
        year=metadata.year,
        kind=metadata.kind,
        lines=lines,
        sections=sections,
        paragraphs=paragraphs,
        tables=tuple(tables),
        problems=tuple(problems),
        copies=copies,
        origins=source.origins,
        furniture=source.furniture,
    )
    if not source.origins:
        return document
    return replace(
        document, tables=tuple(replace(table, span=document.located(table.span)) for table in document.tables)
    )


def _refuse_other(text: str, *, tables: bool) -> None:
    """Refuse a file that says nothing of 决算 and 预算, or gives no amounts. Raises ``UnreadableError``."""
    head = next((line for line in text.splitlines() if line.strip()), "")
    said = len(_DISCLOSURE.findall(text)) + (len(_MONEY.findall(text)) >= SPOKEN if _DISCLOSURE.search(head) else 0)
    forms = (tables or _MONEY.search(text) is not None) and len(_EVALUATION.findall(text)) > 1
    if said < 2 and not forms:  # a file of 自评表 alone, or an evaluation report, may hardly say 预算
        raise UnreadableError("没有找到决算或预算的内容，不是部门决算、部门预算公开文件；请确认是否选错了文件")
    if not tables and not forms and not _MONEY.search(text):
        raise UnreadableError("文中没有任何金额，无从核查；表格如果另行公开或只是图片，请一并提供")
