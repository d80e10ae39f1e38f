"""Word files (.docx): the text that a reader sees, in its order, with the place of every paragraph and cell."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from assistant.document import Problem
from assistant.reading.archive import Archive
from assistant.reading.errors import UnreadableError
from assistant.reading.source import Source, SourceBuilder
from assistant.reading.word.numbering import read_numbering
from assistant.reading.word.runs import RunReader, hidden_styles
from assistant.reading.word.walk import Context, Walk
from assistant.reading.xmlfile import attribute, child, local, read_part, relations

__all__ = ["MAIN", "Package", "open_package", "read_docx", "walk"]

MAIN = "word/document.xml"
_NOTES: tuple[str, ...] = ("footnote", "endnote")


@dataclass(frozen=True, slots=True)
class Package:
    """A Word file taken apart: the name and tree of its main part, and the parts that the text depends on."""

    main: str
    document: etree._Element
    parts: dict[str, etree._Element]


def read_docx(archive: Archive) -> Source:
    """The lines and tables of a Word file. Raises ``UnreadableError``."""
    package = open_package(archive)
    builder = SourceBuilder(exact=True)
    walk(package, builder)
    body = child(package.document, "body")
    foreign = sum(1 for element in body.iter() if local(element) == "altChunk") if body is not None else 0
    if foreign:
        builder.problems.append(Problem(f"文件里嵌入了 {foreign} 份其他文件，其内容没有读取；请合并为正文后再核查"))
    if not any(line.strip() for line in builder.lines):
        raise UnreadableError("文件里没有文字（可能只有图片）；请提供带文字的文件，或扫描件的 PDF")
    return builder.source()


def open_package(archive: Archive) -> Package:
    """Find the parts of a Word file. Raises ``UnreadableError`` where the main part is missing or damaged."""
    main = next((target for kind, target in relations(archive, "").values() if kind == "officeDocument"), MAIN)
    if main not in archive:
        main = MAIN
    if main not in archive:
        raise UnreadableError("Word 文件不完整，缺少正文；请重新下载或另存一份再核查")
    found = dict(relations(archive, main).values())
    wanted = ("numbering", "styles", "footnotes", "endnotes")
    parts = {kind: read_part(archive, found[kind]) for kind in wanted if found.get(kind, "") in archive}
    return Package(main, read_part(archive, main), parts)


def walk(package: Package, builder: SourceBuilder) -> Walk:
    """Go through the text of a Word file, filling ``builder``; the result knows the elements of every place."""
    notes: dict[tuple[str, str], etree._Element] = {
        (kind, attribute(note, "id")): note
        for kind in _NOTES
        for note in package.parts.get(f"{kind}s", ())
        if local(note) == kind and attribute(note, "type") in ("", "normal")
    }
    styles = package.parts.get("styles")
    going = Walk(
        builder, RunReader(hidden_styles(styles)), read_numbering(package.parts.get("numbering"), styles), notes
    )
    body = child(package.document, "body")
    if body is None:
        raise UnreadableError("Word 文件没有正文；请确认文件是否完整")
    going.blocks(body, Context())
    return going
