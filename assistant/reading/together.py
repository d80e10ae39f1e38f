"""Several files that are the parts of one disclosure (说明.docx + 公开表.xlsx) read as one document."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from assistant.document import Origin, Problem
from assistant.reading.archive import Archive
from assistant.reading.errors import UnreadableError
from assistant.reading.formats import SUFFIXES, kind_of, source_of
from assistant.reading.grid import Block, blocks
from assistant.reading.metadata import Metadata, read_metadata
from assistant.reading.packages import read_package
from assistant.reading.sandbox import Limits, confined
from assistant.reading.source import Source

MOST_PARTS: Final = 60
APART: Final = 20
"""Empty lines between two files: nothing runs from one to the next."""

_SHEETS: Final = (".xlsx", ".xlsm", ".xls", ".et", ".ods")


@dataclass(frozen=True, slots=True)
class Part:
    """One file of several: its name as shown, and its content."""

    name: str
    data: bytes


def read_parts_of(paths: Sequence[str], limits: Limits) -> tuple[Source, str]:
    """The lines of several files in the given order, and a digest of their contents. Raises ``UnreadableError``."""
    from assistant.reading import read_file

    parts = []
    for path in paths:
        try:
            parts.append(Part(os.path.basename(path), read_file(path)))
        except UnreadableError as error:
            raise UnreadableError(f"{os.path.basename(path)}：{error}") from error
    digest = hashlib.sha256(b"".join(hashlib.sha256(part.data).digest() for part in parts)).hexdigest()
    if all(kind_of(part.data) == "text" for part in parts):
        return joined(read_parts(parts)), digest
    return confined([(part.name, part.data) for part in parts], limits), digest


def read_archive(archive: Archive, path: str) -> Source:
    """The files in an archive as one document. Raises ``UnreadableError`` where they are not the parts of one disclosure."""
    names = [name for name in archive.names if _is_part(name)]
    if not names:
        raise UnreadableError("压缩包里没有可以核查的文件（Word、Excel、PDF、网页或文本）；请确认是否选错了文件")
    if len(names) > MOST_PARTS:
        raise UnreadableError(f"压缩包里有 {len(names)} 个文件，不像一份公开报告；请解压后核查其中的文件夹")
    names.sort(key=lambda name: (name.lower().endswith(_SHEETS), name))
    found = read_parts([Part(_short(name), archive.read(name)) for name in names], lenient=len(names) > 1)
    _refuse_several(found)
    return joined(found)


def read_parts(parts: Iterable[Part], *, lenient: bool = False) -> list[tuple[str, Source]]:
    """Each file's lines. Raises ``UnreadableError``; if ``lenient`` a file that cannot be read becomes a problem."""
    found: list[tuple[str, Source]] = []
    troubles: list[str] = []
    for part in parts:
        try:
            nested = part.data.startswith(b"PK")
            source = read_package(part.data, part.name, nested=True) if nested else source_of(part.data, part.name)
            found.append((part.name, source))
        except UnreadableError as error:
            troubles.append(f"{part.name}：{error}")
    if troubles and (not lenient or not found):
        raise UnreadableError(troubles[0])
    if troubles:
        name, source = found[0]
        more = tuple(Problem(f"没有读取 {text}") for text in troubles)
        found[0] = (name, replace(source, problems=source.problems + more))
    return found


def joined(parts: Sequence[tuple[str, Source]]) -> Source:
    """The lines of several files one after the other; every place names its file."""
    if len(parts) == 1:
        return parts[0][1]
    lines: list[str] = []
    origins: list[tuple[Origin, ...]] = []
    found: list[Block] = []
    problems: list[Problem] = list(_differences(parts))
    unread: list[tuple[int, int]] = []
    bounds: list[tuple[str, int, int]] = []
    for name, source in parts:
        if lines:
            lines += [""] * APART
            origins += [()] * APART
        base = len(lines)
        grids = source.blocks if source.blocks is not None else tuple(blocks(source.lines))
        found += [_moved(block, base) for block in grids]
        unread += [(first + base, last + base) for first, last in source.unread]
        lines += source.lines
        bounds.append((name, base + 1, len(lines)))
        origins += _named(name, source)
        problems += [
            replace(each, message=f"{name}：{each.message}", line=each.line + base if each.line else None)
            for each in source.problems
        ]
    exact = all(source.exact for _, source in parts)
    title = next((source.title for _, source in parts if source.title), "")
    return Source(
        tuple(lines),
        tuple(found),
        tuple(origins),
        tuple(problems),
        exact,
        tuple(unread),
        title,
        tuple(bounds),
        tuple(each for _, source in parts for each in source.furniture),
    )


def _named(name: str, source: Source) -> list[tuple[Origin, ...]]:
    if not source.origins:
        return [
            (Origin(0, len(line), anchor=f"{name} 第{number}行"),) if line.strip() else ()
            for number, line in enumerate(source.lines, start=1)
        ]
    return [
        tuple(replace(each, anchor=f"{name} {each.anchor}".strip()) for each in of_line) for of_line in source.origins
    ]


def _moved(block: Block, by: int) -> Block:
    rows = tuple(
        tuple(replace(cell, span=replace(cell.span, line=cell.span.line + by)) for cell in row) for row in block.rows
    )
    return Block(block.first + by, block.last + by, rows)


def _differences(parts: Sequence[tuple[str, Source]]) -> Iterable[Problem]:
    years = {data.year for _, data in _told(parts) if data.year is not None}
    if len(years) > 1:
        yield Problem(
            f"这些文件的年度不同（{'、'.join(map(str, sorted(years)))}），不像一份报告的各部分；请确认是否选错了文件"
        )


def _told(parts: Sequence[tuple[str, Source]]) -> list[tuple[str, Metadata]]:
    return [(name, read_metadata(source.lines)) for name, source in parts]


def _refuse_several(parts: Sequence[tuple[str, Source]]) -> None:
    """An archive of many reports must not be read as one: figures of other bodies would contradict each other."""
    told = [(name, data) for name, data in _told(parts) if data.organisation or data.year]
    bodies = {data.organisation for name, data in told if data.organisation and not name.lower().endswith(_SHEETS)}
    years = {data.year for _, data in told if data.year}
    apart = [a for a in bodies for b in bodies if a < b and a not in b and b not in a]
    if apart or len(years) > 1:
        names = "、".join(name for name, _ in parts[:3])
        raise UnreadableError(
            f"压缩包里不止一份报告（{names}{'等' if len(parts) > 3 else ''}）；请解压后核查所在文件夹，"
            "或用 hecha check --together 指定同一份报告的文件"
        )


def _is_part(name: str) -> bool:
    base = name.replace("\\", "/").rpartition("/")[2]
    hidden = base.startswith((".", "~$")) or "__MACOSX/" in name
    return not hidden and base.lower().endswith((*SUFFIXES, ".zip"))


def _short(name: str) -> str:
    return name.replace("\\", "/").rpartition("/")[2]
