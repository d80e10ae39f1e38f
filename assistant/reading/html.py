"""Web pages: the text that a browser shows, data tables as grids; tables that only arrange a page are opened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from assistant.document import Origin
from assistant.reading.decode import decode
from assistant.reading.errors import UnreadableError
from assistant.reading.rows import lay_out, separate
from assistant.reading.source import Piece, Source, SourceBuilder
from assistant.reading.spans import MOST_ROWS, Spanning, to_grid

DEEPEST: Final = 250
LONG_CELL: Final = 1_500
"""A cell with more text than this holds a page, not a datum."""

_SKIPPED: Final = frozenset(
    {
        "script", "style", "head", "noscript", "template", "iframe", "object", "embed", "select", "button", "input",
        "textarea", "nav", "footer", "aside", "svg", "canvas",
    }
)  # fmt: skip
_BLOCKS: Final = frozenset(
    {
        "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "section", "article", "main",
        "header", "pre", "blockquote", "center", "hr", "figure", "figcaption", "address", "fieldset", "form", "body",
        "tr", "td", "th", "thead", "tbody", "tfoot", "caption", "table",
    }
)  # fmt: skip
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w\-]+)", re.IGNORECASE)
_CHINESE: Final = frozenset({"gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_LONG_TAG = re.compile(r"<[A-Za-z!?/][^<>]{4000,}+")
_MOST_ATTRIBUTES: Final = 2_000
"""The parser looks at all attributes of a tag for each of them."""
_UNMARKED = re.compile(r"list-style[^;]*none", re.IGNORECASE)
_TITLE_METAS: Final = ("articletitle", "og:title")
"""Where a page's head names the article; the first is the standard of government web sites (国办发〔2019〕19号)."""
_TITLE_MARK = re.compile(
    r"(?:^|[\s_-])(?:article|arti|news|content|info|doc|detail|xxgk|main)?[_-]?(?:title|tit|bt)(?:[\s_-]|$)",
    re.IGNORECASE,
)
_TELLS = re.compile(r"决算|预算|三公|绩效|收支")
LONG_TITLE: Final = 80
_WHITE = re.compile(r"[ \t\r\n\f]+")
_BROKEN = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef])[ \t]*[\r\n]+[ \t\r\n]*(?=[\u2e80-\u9fff\uff00-\uffef])")


def read_html(data: bytes) -> Source:
    """The lines and tables of a web page. Raises ``UnreadableError``."""
    text = _text(data)
    if any(len(tag[0].split()) > _MOST_ATTRIBUTES for tag in _LONG_TAG.finditer(text)):
        raise UnreadableError("网页的一个标记里有上千个属性，不是正常的页面；请用浏览器打开后另存为文本或 PDF 再核查")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError("网页内容损坏或不完整，无法读取；请重新保存网页再核查") from error
    if root is None:
        raise UnreadableError("网页里没有文字；请确认保存的是报告正文的页面")
    page = _Page(SourceBuilder(exact=True, title=_article_title(root)))
    page.walk(root, 0)
    page.flush()
    if "excessive depth" in str(parser.error_log).lower():
        raise _too_deep()
    if not any(line.strip() for line in page.builder.lines):
        raise UnreadableError("网页里没有文字；请确认保存的是报告正文的页面")
    return page.builder.source()


def read_web_archive(data: bytes) -> Source:
    """The page in a web archive (.mht, also saved as .doc). Raises ``UnreadableError``."""
    from email import message_from_bytes

    for part in message_from_bytes(data).walk():
        content = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(content, bytes):
            return read_html(content)
    raise UnreadableError("网页存档里没有网页；请用浏览器打开原网页另存为 .html 再核查")


def _article_title(root: etree._Element) -> str:
    """What the page names as its article's title: the meta data that government sites carry, an element for titles, a heading.

    The title of the window comes last: it often names the column of the site. Only one that tells what kind of document this is
    will do; empty where none does.
    """
    metas = [
        meta.get("content") or ""
        for name in _TITLE_METAS
        for meta in root.iter("meta")
        if (meta.get("name") or meta.get("property") or "").lower() == name
    ]
    marked = [_shown(each) for each in root.iter("h1", "h2", "div", "p", "span", "td") if _marks_title(each)]
    window = [re.split(r"[_|]|\s-{1,2}\s?", _shown(each))[0] for each in root.iter("title")]
    for text in (*metas, *marked, *window):
        plain = _folded(text)
        if _TELLS.search(plain) and len(plain) <= LONG_TITLE:
            return plain
    return ""


def _marks_title(element: etree._Element) -> bool:
    if _name(element) in ("h1", "h2"):
        return True
    return _TITLE_MARK.search(f"{element.get('class') or ''} {element.get('id') or ''}") is not None


def _text(data: bytes) -> str:
    found = _CHARSET.search(data[:4096])
    if found and found[1].decode("ascii", "replace").lower() in _CHINESE:
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError:
            pass  # the page is not in the encoding that it states
    return decode(data)[0]


def _too_deep() -> UnreadableError:
    return UnreadableError("网页的嵌套过深，不是正常的页面；请用浏览器打开后另存为文本或 PDF 再核查")


@dataclass(slots=True)
class _Page:
    """Goes through a page; ``text`` is the line that is being collected."""

    builder: SourceBuilder
    text: list[str] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0
    heading: int = 0
    items: dict[etree._Element, int] = field(default_factory=dict)

    def walk(self, element: etree._Element, depth: int) -> None:
        """What an element shows, in order."""
        if depth > DEEPEST:
            raise _too_deep()
        name = _name(element)
        if name in _SKIPPED or _is_hidden(element):
            return
        if name == "table" and _holds_data(element):
            self.flush()
            self._table(element)
            return
        if name == "br":
            self._end_line()
        block = name in _BLOCKS
        if block:
            self.flush()
        if name in _HEADINGS:
            self.heading = int(name[1])
        if name == "li":
            self.text.append(self._number(element))
        self._add(element.text, name)
        for each in element:
            if isinstance(each.tag, str):
                self.walk(each, depth + 1)
            self._add(each.tail, name)
        if block:
            self.flush()
        if name in _HEADINGS:
            self.heading = 0

    def flush(self) -> None:
        """End a paragraph."""
        self._end_line()
        separate(self.builder)

    def _add(self, text: str | None, name: str) -> None:
        if not text:
            return
        if name == "pre":
            for number, line in enumerate(text.split("\n")):
                if number:
                    self._end_line()
                self.text.append(line)
        else:
            self.text.append(text)

    def _end_line(self) -> None:
        text = _folded("".join(self.text))
        self.text.clear()
        if text.strip():
            self.paragraphs += 1
            mark = f"{'#' * self.heading} " if self.heading else ""
            anchor = f"第{self.paragraphs}段"
            self.builder.line(mark + text, (Origin(len(mark), len(mark) + len(text), anchor=anchor),))

    def _table(self, table: etree._Element) -> None:
        self.tables += 1
        rows = []
        for cells in _rows(table):
            rows.append([_spanning(cell) for cell in cells if not _is_hidden(cell)])
        caption = next((each for each in table if _name(each) == "caption"), None)
        if caption is not None:
            self.text.append(_shown(caption))
            self.flush()
        lay_out(self.builder, [self._placed(row, number) for number, row in enumerate(to_grid(rows), start=1)])

    def _number(self, item: etree._Element) -> str:
        """The number that a browser prints before an item of a numbered list."""
        parent = item.getparent()
        if parent is None or _name(parent) != "ol" or _UNMARKED.search(parent.get("style") or ""):
            return ""
        count = self.items.get(parent, _span(parent, "start") - 1) + 1
        self.items[parent] = count
        return f"{count}. "

    def _placed(self, row: list[Piece], number: int) -> list[Piece]:
        return [
            Piece(piece.text, (Origin(0, len(piece.text), anchor=f"表{self.tables}第{number}行第{column}列"),))
            if piece.text.strip()
            else Piece("")
            for column, piece in enumerate(row, start=1)
        ]


def _spanning(cell: etree._Element) -> Spanning:
    return Spanning(Piece(_shown(cell)), _span(cell, "rowspan") or MOST_ROWS, max(_span(cell, "colspan"), 1))


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition(":")[2].lower() if isinstance(tag, str) else ""


def _is_hidden(element: etree._Element) -> bool:
    return element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "") is not None


def _holds_data(table: etree._Element) -> bool:
    """Whether a table holds data: no table in it, no cell that holds a page, rows with more than one cell."""
    if next((each for each in table.iterdescendants("table")), None) is not None:
        return False
    several = False
    for cells in _rows(table):
        texts = ["".join(map(str, cell.itertext())) for cell in cells]
        if any(len(text) > LONG_CELL for text in texts):
            return False
        several = several or sum(1 for text in texts if text.strip()) > 1
    return several


def _rows(table: etree._Element) -> Iterator[list[etree._Element]]:
    for each in table:
        if _name(each) == "tr":
            yield [cell for cell in each if _name(cell) in ("td", "th")]
        elif _name(each) in ("thead", "tbody", "tfoot"):
            yield from _rows(each)


def _shown(cell: etree._Element) -> str:
    """The text of a cell on one line."""
    pieces: list[str] = []

    def collect(element: etree._Element, depth: int) -> None:
        name = _name(element)
        if depth > DEEPEST:
            raise _too_deep()
        if name in _SKIPPED or _is_hidden(element):
            return
        if name == "br" or (name in _BLOCKS and pieces):
            pieces.append(" ")
        pieces.append(element.text or "")
        for each in element:
            if isinstance(each.tag, str):
                collect(each, depth + 1)
            pieces.append(each.tail or "")

    pieces.append(cell.text or "")
    for each in cell:
        if isinstance(each.tag, str):
            collect(each, 0)
        pieces.append(each.tail or "")
    return _folded("".join(pieces)).strip()


def _folded(text: str) -> str:
    """Blanks as a browser shows them: one for many, and none for a line break between two Chinese characters."""
    return _WHITE.sub(" ", _BROKEN.sub("", text)).strip(" ")


def _span(element: etree._Element, name: str) -> int:
    text = (element.get(name) or "1").strip()
    return min(int(text), MOST_ROWS) if text.isascii() and text.isdigit() and len(text) < 9 else 1
