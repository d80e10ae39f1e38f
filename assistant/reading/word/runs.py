"""What a paragraph of a Word file shows: tracked changes as accepted, results of fields, no hidden text.

A ``Bit`` keeps the element that its text stands in, so that a marked copy can put a comment on the very words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from lxml import etree

from assistant.reading.xmlfile import attribute, child, local

DROPPED: Final = frozenset(
    {"del", "moveFrom", "pPr", "rPr", "instrText", "delText", "delInstrText", "commentReference"}
)
_OPENED: Final = frozenset({"ins", "moveTo", "hyperlink", "smartTag", "customXml", "dir", "bdo", "sdtContent"})
_PAGES: Final = frozenset({"PAGEREF", "PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION"})
_SYMBOLS: Final = {
    0xB3: "≥", 0xA3: "≤", 0xB9: "≠", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB0: "°", 0xA5: "∞", 0xBB: "≈", 0xE5: "∑",
}  # fmt: skip
_BOXES: Final = {0xFE: "☑", 0x52: "☑", 0xFD: "☒", 0xA8: "□", 0x6F: "□", 0xA3: "□", 0xFC: "√"}


class Bit(NamedTuple):
    """A piece of shown text and the ``w:t`` that holds it (none for numbers, tabs, line breaks)."""

    text: str
    node: etree._Element | None = None


@dataclass(slots=True)
class Inline:
    """A paragraph taken apart: its text, the text boxes and the notes that hang on it, and whether its end was deleted."""

    bits: list[Bit] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    open_end: bool = False


@dataclass(slots=True)
class _Field:
    code: str = ""
    shows: bool = False


@dataclass(slots=True)
class RunReader:
    """Reads paragraphs one after the other: a field (a table of contents) may run over many of them."""

    hidden: frozenset[str] = frozenset()
    _fields: list[_Field] = field(default_factory=list)

    def read(self, paragraph: etree._Element) -> Inline:
        """What a ``w:p`` shows."""
        inline = Inline()
        mark = child(paragraph, "pPr", "rPr")
        inline.open_end = mark is not None and any(local(each) in ("del", "moveFrom") for each in mark)
        self._walk(paragraph, inline)
        self._fields = [each for each in self._fields if each.shows]  # one that never showed anything has no end
        return inline

    def _walk(self, parent: etree._Element, inline: Inline) -> None:
        for element in parent:
            name = local(element)
            if name in DROPPED:
                continue
            if name == "r":
                self._run(element, inline)
            elif name in _OPENED:
                self._walk(element, inline)
            elif name == "sdt":
                self._walk_in(child(element, "sdtContent"), inline)
            elif name == "AlternateContent":
                self._walk_in(alternative(element), inline)
            elif name == "fldSimple":
                if _instruction(attribute(element, "instr")) not in _PAGES:
                    self._walk(element, inline)
            elif name in ("oMath", "oMathPara"):
                inline.bits += [Bit(each.text or "") for each in element.iter() if local(each) == "t"]

    def _walk_in(self, element: etree._Element | None, inline: Inline) -> None:
        if element is not None:
            self._walk(element, inline)

    def _run(self, run: etree._Element, inline: Inline) -> None:
        if self._is_hidden(run):
            return
        for element in run:
            self._piece(element, inline)

    def _piece(self, element: etree._Element, inline: Inline) -> None:
        name = local(element)
        if name == "fldChar":
            self._field(attribute(element, "fldCharType"))
        elif name == "instrText" and self._fields and not self._fields[-1].shows:
            self._fields[-1].code += element.text or ""
        elif name in ("AlternateContent", "drawing", "pict", "object"):
            inline.boxes += text_boxes(element)
        elif name in ("footnoteReference", "endnoteReference"):
            inline.notes.append((name.removesuffix("Reference"), attribute(element, "id")))
        elif not self._shown():
            return
        elif name == "t":
            inline.bits.append(Bit(element.text or "", element))
        elif name in ("br", "cr"):
            inline.bits.append(Bit("\n"))
        elif name in ("tab", "ptab"):
            inline.bits.append(Bit("\t"))
        elif name == "noBreakHyphen":
            inline.bits.append(Bit("-"))
        elif name == "sym":
            inline.bits.append(Bit(_symbol(element)))
        elif name == "ruby":
            self._walk_in(child(element, "rubyBase"), inline)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].shows = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _shown(self) -> bool:
        return all(each.shows and _instruction(each.code) not in _PAGES for each in self._fields)

    def _is_hidden(self, run: etree._Element) -> bool:
        properties = child(run, "rPr")
        if properties is None:
            return False
        for each in properties:
            name = local(each)
            if name in ("vanish", "specVanish"):
                return attribute(each, "val") not in ("0", "false", "off")
            if name == "rStyle" and attribute(each, "val") in self.hidden:
                return True
        return False


def hidden_styles(styles: etree._Element | None) -> frozenset[str]:
    """The character styles whose text is not shown."""
    found = set()
    for style in styles if styles is not None else ():
        vanish = child(style, "rPr", "vanish")
        if (
            attribute(style, "type") == "character"
            and vanish is not None
            and attribute(vanish, "val") not in ("0", "false")
        ):
            found.add(attribute(style, "styleId"))
    return frozenset(found)


def alternative(element: etree._Element) -> etree._Element | None:
    """The one variant of an ``mc:AlternateContent`` that is shown: the first choice, else the fallback."""
    choice = child(element, "Choice")
    return choice if choice is not None and len(choice) else child(element, "Fallback")


def text_boxes(element: etree._Element) -> Iterator[etree._Element]:
    """The contents of the text boxes in a drawing, each once although the file keeps them for old programs again."""
    name = local(element)
    if name == "txbxContent":
        yield element
    elif name == "AlternateContent":
        chosen = alternative(element)
        if chosen is not None:
            yield from text_boxes(chosen)
    else:
        for each in element:
            yield from text_boxes(each)


def _instruction(code: str) -> str:
    words = code.split(maxsplit=1)
    return words[0].upper() if words else ""


def _symbol(element: etree._Element) -> str:
    code = attribute(element, "char")
    try:
        point = int(code, 16) & 0xFF
    except ValueError:
        return ""
    signs = _BOXES if "wingdings" in attribute(element, "font").lower() else _SYMBOLS
    return signs.get(point, "")
