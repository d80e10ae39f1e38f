"""Comments in a Word file, each around the exact words; every other part of the file stays as it is, byte for byte.

A comment begins and ends between two runs, so a run that holds more than the words is split: both halves keep its
properties, and the text stays the same.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Final

from lxml import etree

from assistant.document import Document
from assistant.findings import Finding
from assistant.marking.model import AUTHOR, INITIALS, Marked, MarkingError, comment_lines, places
from assistant.reading.archive import Archive
from assistant.reading.errors import UnreadableError
from assistant.reading.source import SourceBuilder
from assistant.reading.word import Package, open_package, walk
from assistant.reading.word.runs import Bit
from assistant.reading.xmlfile import attribute, local, parse_xml, relations

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_KIND: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_CONTENT: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_CONTENT_TYPES: Final = "[Content_Types].xml"
_ELSEWHERE = re.compile(r"文本框\d*第|脚注第|尾注第")


def mark_docx(data: bytes, document: Document, findings: Sequence[Finding]) -> Marked:
    """The Word file with a comment for each finding. Raises ``MarkingError``."""
    try:
        archive = Archive(data)
        if any(name.startswith("xl/") for name in archive.names):
            raise MarkingError("Excel 表格暂不能批注；请用 hecha check 输出核查结果（-o 核查结果.xlsx）")
        package = open_package(archive)
        if b"purl.oclc.org/ooxml" in archive.read(package.main)[:4000]:
            raise MarkingError("这是“严格 Open XML”格式的文件，不能批注；请用 Word 另存为普通的 .docx 后再批注")
        marker = _Marker(walk(package, SourceBuilder()).places, _Comments(archive, package))
    except UnreadableError as error:
        raise MarkingError(f"只能批注 Word（.docx）和 PDF 文件：{error}") from error
    placed = sum(marker.add(document, finding) for finding in findings)
    return Marked(_rewritten(data, marker.comments.parts(package)), placed, len(findings) - placed)


@dataclass(slots=True)
class _Marker:
    """Puts comments around words; ``texts`` leads from the name of every place to its pieces of text."""

    texts: dict[str, list[Bit]]
    comments: _Comments

    def add(self, document: Document, finding: Finding) -> bool:
        """Add the comment of one finding; whether it stands at its place (else it stands at the beginning)."""
        number = self.comments.add(comment_lines(finding))
        for stretches in places(document, finding):
            anchor, start, end = stretches[0].origin.anchor, stretches[0].start, stretches[-1].end
            if stretches[-1].origin is not stretches[0].origin:
                end = stretches[0].origin.end - stretches[0].origin.start
            host = _ELSEWHERE.split(anchor)[0]
            if host != anchor:  # Word takes no comments in text boxes and notes: the paragraph they hang on has it
                start, end = 0, 0
            if self._mark(host, start, end, number):
                return True
        first = next((name for name, bits in self.texts.items() if any(bit.node is not None for bit in bits)), "")
        self._mark(first, 0, 0, number)
        return False

    def _mark(self, anchor: str, start: int, end: int, number: int) -> bool:
        """Comment the characters ``start:end`` of a place, or all of it (0, 0)."""
        bits = self.texts.get(anchor, [])
        if end:
            _cut(bits, start)
            _cut(bits, end)
        nodes, position = [], 0
        for bit in bits:
            if bit.node is not None and bit.text and (not end or start <= position < end):
                nodes.append(bit.node)
            position += len(bit.text)
        if not nodes:
            return self._mark(anchor, 0, 0, number) if end and bits else False
        first, last = _alone(nodes[0], after=False), _alone(nodes[-1], after=True)
        first.addprevious(_element("commentRangeStart", number))
        ending = _element("commentRangeEnd", number)
        last.addnext(ending)
        run = etree.Element(f"{{{W}}}r")
        run.append(_element("commentReference", number))
        ending.addnext(run)
        return True


def _element(name: str, number: int) -> etree._Element:
    element = etree.Element(f"{{{W}}}{name}")
    element.set(f"{{{W}}}id", str(number))
    return element


def _cut(bits: list[Bit], offset: int) -> None:
    """Make a piece of text end at ``offset``: the ``w:t`` that runs over it becomes two in the same run."""
    position = 0
    for i, bit in enumerate(bits):
        inside = offset - position
        if 0 < inside < len(bit.text):
            if bit.node is not None:
                rest = deepcopy(bit.node)
                bit.node.text, rest.text, rest.tail = bit.text[:inside], bit.text[inside:], None
                for each in (bit.node, rest):
                    each.set(_SPACE, "preserve")
                bit.node.addnext(rest)
                bits[i : i + 1] = [Bit(bit.text[:inside], bit.node), Bit(bit.text[inside:], rest)]
            return
        position += len(bit.text)


def _alone(node: etree._Element, *, after: bool) -> etree._Element:
    """The run of a ``w:t``, split so that it begins with it (or, ``after``, ends with it)."""
    run = node.getparent()
    if run is None:
        raise MarkingError("文件的文字结构不正常，不能批注；请用 Word 另存一份再批注")
    outer = next((each for each in run.iterancestors() if local(each) == "ruby"), None)
    if outer is not None:
        parent = outer.getparent()
        return parent if parent is not None else run
    content = [each for each in run if local(each) != "rPr"]
    place = content.index(node) + (1 if after else 0)
    if place in (0, len(content)):
        return run
    rest = etree.Element(run.tag)
    for name, value in run.attrib.items():
        rest.set(name, value)
    properties = next((each for each in run if local(each) == "rPr"), None)
    if properties is not None:
        rest.append(deepcopy(properties))
    run.addnext(rest)
    for each in content[place:]:
        rest.append(each)
    return run if after else rest


class _Comments:
    """The comments part of a file, its own comments kept, and the parts that must name it."""

    def __init__(self, archive: Archive, package: Package) -> None:
        self._archive = archive
        folder, _, name = package.main.rpartition("/")
        self._relations = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
        known = next((part for kind, part in relations(archive, package.main).values() if kind == "comments"), "")
        self.is_new = known not in archive
        number = next(n for n in range(1, 1000) if f"{folder}/comments{n if n > 1 else ''}.xml" not in archive)
        self._target = f"comments{number if number > 1 else ''}.xml"
        self.part = f"{folder}/{self._target}".strip("/") if self.is_new else known
        self.root = etree.Element(f"{{{W}}}comments", nsmap={"w": W}) if self.is_new else _parsed(archive, known)
        used = [attribute(each, "id") for each in [*self.root, *package.document.iter(f"{{{W}}}commentReference")]]
        self._next = max((int(each) for each in used if each.isdecimal() and len(each) < 10), default=-1) + 1

    def add(self, lines: Sequence[str]) -> int:
        """Add a comment, a paragraph for each line; its number."""
        number, self._next = self._next, self._next + 1
        comment = etree.SubElement(self.root, f"{{{W}}}comment")
        for name, value in (("id", str(number)), ("author", AUTHOR), ("initials", INITIALS)):
            comment.set(f"{{{W}}}{name}", value)
        for line in lines:
            run = etree.SubElement(etree.SubElement(comment, f"{{{W}}}p"), f"{{{W}}}r")
            text = etree.SubElement(run, f"{{{W}}}t")
            text.set(_SPACE, "preserve")
            text.text = line
        return number

    def parts(self, package: Package) -> dict[str, bytes]:
        """The parts of the file that change, with their new content."""
        parts = {package.main: _bytes(package.document), self.part: _bytes(self.root)}
        if self.is_new:
            listed = self._relations in self._archive
            root = (
                _parsed(self._archive, self._relations) if listed else etree.Element(f"{{{_RELATIONS}}}Relationships")
            )
            used = {each.get("Id") for each in root}
            name = next(f"rIdHecha{n}" for n in range(1, len(used) + 2) if f"rIdHecha{n}" not in used)
            etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", Id=name, Type=_KIND, Target=self._target)
            types = _parsed(self._archive, _CONTENT_TYPES)
            etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{self.part}", ContentType=_CONTENT)
            parts |= {self._relations: _bytes(root), _CONTENT_TYPES: _bytes(types)}
        return parts


def _parsed(archive: Archive, name: str) -> etree._Element:
    return parse_xml(archive.read(name))


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)


def _rewritten(data: bytes, parts: dict[str, bytes]) -> bytes:
    """The archive with some parts replaced or added."""
    left = dict(parts)
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info, left.pop(info.filename) if info.filename in left else old.read(info))
        for name, content in left.items():
            info = zipfile.ZipInfo(name)  # dated 1980, as office programs do: the same input gives the same bytes
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, content)
    return buffer.getvalue()
