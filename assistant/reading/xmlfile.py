"""XML out of files that others made: no entities, no network, no huge trees."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from lxml import etree

from assistant.reading.archive import Archive
from assistant.reading.errors import UnreadableError

MOST_XML: Final = 40_000_000
"""One part of a Word or Excel file, in bytes: more than a thousand pages of text."""
MOST_ROWS: Final = 200_000_000
"""A part that is read element by element, in bytes."""

_DECLARES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_STRICT: Final = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)


def parse_xml(data: bytes) -> etree._Element:
    """The root of an XML file. Raises ``UnreadableError`` where it is damaged, nested too deep, or declares entities."""
    _refuse_declarations(data)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _damaged(error) from error


def iterate(archive: Archive, name: str, *tags: str) -> Iterator[etree._Element]:
    """The elements with these local names of a large part, one after the other; each is emptied when the next is asked for."""
    data = archive.read(name, MOST_ROWS)
    _refuse_declarations(data)
    events = etree.iterparse(
        io.BytesIO(data),
        events=("end",),
        tag=[f"{{*}}{tag}" for tag in tags],
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
    )
    try:
        for _, element in events:
            yield element
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
    except etree.XMLSyntaxError as error:
        raise _damaged(error) from error


def _refuse_declarations(data: bytes) -> None:
    probe = data if b"\0" not in data[:200] else data.replace(b"\0", b"")
    if _DECLARES.search(probe):
        raise UnreadableError("文件里有文档类型或实体声明，正常的报告文件没有；为安全起见没有读取，请另存后再核查")


def _damaged(error: etree.XMLSyntaxError) -> UnreadableError:
    deep = "depth" in str(error) or "huge" in str(error).lower()
    what = "内容嵌套过深" if deep else "内容损坏或不完整"
    return UnreadableError(f"文件{what}，无法读取；请用 Office 或 WPS 打开后另存一份再核查")


def read_part(archive: Archive, name: str) -> etree._Element:
    """The root of one part of a Word or Excel file; the strict variant of the format reads like the usual one."""
    data = archive.read(name, MOST_XML)
    if b"purl.oclc.org" in data[:4000]:
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
    return parse_xml(data)


def relations(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """The relations of a part by id: the last word of the type, and the target's name in the archive (none outside it)."""
    folder, _, name = part.rpartition("/")
    listed = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
    if listed not in archive:
        return {}
    found: dict[str, tuple[str, str]] = {}
    for relation in read_part(archive, listed):
        if not isinstance(relation.tag, str) or relation.get("TargetMode") == "External":
            continue
        target = relation.get("Target", "")
        found[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], _joined(folder, target))
    return found


def _joined(folder: str, target: str) -> str:
    steps = [] if target.startswith("/") else folder.split("/")
    for step in target.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(step for step in steps if step)


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for comments and the like."""
    tag = element.tag
    return _bare(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=4096)
def _bare(tag: str) -> str:
    return tag.rpartition("}")[2]


def attribute(element: etree._Element, name: str) -> str:
    """An attribute by its local name, whatever namespace it has; empty if there is none."""
    for key, value in element.attrib.items():
        if _bare(str(key)) == name:
            return str(value)
    return ""


def child(element: etree._Element, *names: str) -> etree._Element | None:
    """The descendant found by going down through children with these local names."""
    found: etree._Element | None = element
    for name in names:
        if found is None:
            return None
        found = next((each for each in found if local(each) == name), None)
    return found


def inside(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """The children of the descendant found by going down through ``names``; none if there is no such descendant."""
    found = child(element, *names)
    if found is not None:
        yield from found
