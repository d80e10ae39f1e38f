"""The body of a Word file in reading order: paragraphs to lines, tables to grids, text boxes and notes where they hang.

Places are named as a reader would count them: 第12段 (a line after a forced break: 第12段第2行), 表3第4行第2列.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from assistant.document import Origin
from assistant.reading.rows import lay_out, separate
from assistant.reading.source import Piece, SourceBuilder
from assistant.reading.word.numbering import Numbering
from assistant.reading.word.runs import Bit, RunReader, alternative
from assistant.reading.xmlfile import attribute, child, local

MOST_COLUMNS: Final = 130
_OPENED: Final = frozenset({"ins", "moveTo", "smartTag", "customXml", "sdtContent"})
_CLOSED_LABEL: Final = frozenset("、，．）)】]》")


@dataclass(slots=True)
class Context:
    """A stretch of content that counts its own paragraphs and tables: the body, a text box, a cell."""

    prefix: str = ""
    paragraphs: int = 0
    tables: int = 0
    carried: list[Bit] = field(default_factory=list)


@dataclass(slots=True)
class Walk:
    """Goes through a document once; ``places`` leads from the name of every place to the text pieces there."""

    builder: SourceBuilder
    runs: RunReader
    numbering: Numbering
    notes: dict[tuple[str, str], etree._Element] = field(default_factory=dict)
    places: dict[str, list[Bit]] = field(default_factory=dict)

    def blocks(self, parent: etree._Element, context: Context) -> None:
        """Everything in ``parent``, in order."""
        for element in children(parent):
            if local(element) == "p":
                self._paragraph(element, context)
            elif local(element) == "tbl":
                self._table(element, context)
        if context.carried:
            self._lines(context.carried, context)
            context.carried = []

    def _paragraph(self, paragraph: etree._Element, context: Context) -> None:
        inline = self.runs.read(paragraph)
        counted = inline.bits or not inline.open_end  # a paragraph deleted with its end is no longer there
        label = self._label(paragraph) if counted and not context.carried else []
        bits = [*context.carried, *(label if inline.bits else ()), *inline.bits]
        context.carried = []
        if inline.open_end:
            context.carried = bits
        else:
            self._lines(bits, context, self.numbering.outline(paragraph))
        where = f"{context.prefix}第{max(context.paragraphs, 1)}段"
        for number, box in enumerate(inline.boxes, start=1):
            self.blocks(box, Context(f"{where}文本框{number if number > 1 else ''}"))
        for key in inline.notes:
            self._note(key, where)

    def _label(self, paragraph: etree._Element) -> list[Bit]:
        label = self.numbering.label(paragraph)
        if not label:
            return []
        return [Bit(label if label[-1] in _CLOSED_LABEL else label + " ")]

    def _note(self, key: tuple[str, str], where: str) -> None:
        note = self.notes.pop(key, None)
        if note is not None:
            self.blocks(note, Context(f"{where}{'脚注' if key[0] == 'footnote' else '尾注'}"))

    def _lines(self, bits: list[Bit], context: Context, outline: int = 0) -> None:
        if not any(bit.text.strip() for bit in bits if bit.node is not None or len(bits) > 1):
            return
        context.paragraphs += 1
        anchor = f"{context.prefix}第{context.paragraphs}段"
        count = 0
        for line in _split(bits):
            text = "".join(bit.text for bit in line)
            if text.strip():
                count += 1
                name = anchor if count == 1 else f"{anchor}第{count}行"
                self.places[name] = line
                mark = f"{'#' * outline} " if outline else ""
                self.builder.line(mark + text, (Origin(len(mark), len(mark) + len(text), anchor=name),))
        separate(self.builder)

    def _table(self, table: etree._Element, context: Context) -> None:
        rows = [row for row in children(table) if local(row) == "tr" and not _deleted(row, "trPr")]
        cells = [[cell for cell in children(row) if local(cell) == "tc"] for row in rows]
        if all(len(row) < 2 for row in cells):  # a frame around text
            for row in cells:
                for cell in row:
                    self.blocks(cell, context)
            return
        context.tables += 1
        name = f"{context.prefix}表{context.tables}"
        inner: list[tuple[str, etree._Element]] = []
        grid = [
            self._row(row, of_row, f"{name}第{number}行", inner)
            for number, (row, of_row) in enumerate(zip(rows, cells, strict=True), start=1)
        ]
        width = max((len(row) for row in grid), default=0)
        lay_out(self.builder, [[*row, *[Piece("")] * (width - len(row))] for row in grid])
        contexts: dict[str, Context] = {}
        for where, element in inner:
            inside = contexts.setdefault(where, Context(f"{where}内"))
            if local(element) == "tbl":
                self._table(element, inside)
            else:
                self.blocks(element, inside)

    def _row(
        self,
        row: etree._Element,
        cells: list[etree._Element],
        name: str,
        inner: list[tuple[str, etree._Element]],
    ) -> list[Piece]:
        before = child(row, "trPr", "gridBefore")
        result = [Piece("")] * min(_count(before), MOST_COLUMNS)
        for cell in cells:
            where = f"{name}第{len(result) + 1}列"
            properties = child(cell, "tcPr")
            span = max(_count(child(properties, "gridSpan") if properties is not None else None), 1)
            if _deleted(cell, "tcPr"):
                continue
            result.append(Piece("") if _is_merged(properties) else self._cell(cell, where, inner))
            result += [Piece("")] * min(span - 1, max(MOST_COLUMNS - len(result), 0))
        return result[:MOST_COLUMNS]

    def _cell(self, cell: etree._Element, where: str, inner: list[tuple[str, etree._Element]]) -> Piece:
        bits: list[Bit] = []
        for element in children(cell):
            if local(element) == "tbl":
                inner.append((where, element))
            elif local(element) == "p":
                inline = self.runs.read(element)
                shown = [*self._label(element), *inline.bits]
                if bits and shown:
                    bits.append(Bit("\n"))
                bits += shown
                inner += [(where, box) for box in inline.boxes]
                inner += [(where, note) for key in inline.notes if (note := self.notes.pop(key, None)) is not None]
        text = "".join(bit.text for bit in bits)
        if not text.strip():
            return Piece("")
        self.places[where] = bits
        return Piece(text, (Origin(0, len(text), anchor=where),))


def children(parent: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs, tables, rows or cells in ``parent``: content controls opened, accepted changes kept, deleted ones not."""
    for element in parent:
        name = local(element)
        if name in ("p", "tbl", "tr", "tc"):
            yield element
        elif name == "sdt":
            content = child(element, "sdtContent")
            if content is not None:
                yield from children(content)
        elif name in _OPENED:
            yield from children(element)
        elif name == "AlternateContent":
            chosen = alternative(element)
            if chosen is not None:
                yield from children(chosen)


def _split(bits: list[Bit]) -> Iterator[list[Bit]]:
    line: list[Bit] = []
    for bit in bits:
        if bit.text == "\n":
            yield line
            line = []
        else:
            line.append(bit)
    yield line


def _deleted(element: etree._Element, properties: str) -> bool:
    found = child(element, properties)
    return found is not None and any(local(each) in ("del", "cellDel") for each in found)


def _is_merged(properties: etree._Element | None) -> bool:
    """Whether a cell goes on one above it or to its left: its text stands there."""
    for each in properties if properties is not None else ():
        if local(each) in ("vMerge", "hMerge") and attribute(each, "val") in ("", "continue"):
            return True
    return False


def _count(element: etree._Element | None) -> int:
    text = attribute(element, "val") if element is not None else ""
    return min(int(text), MOST_COLUMNS) if text.isascii() and text.isdigit() and len(text) < 9 else 0
