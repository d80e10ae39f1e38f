"""Blocks of a Word document as markup: paragraphs, headings and tables, with Chinese fonts and escaped text.

Building markup is a hundred times quicker than building objects, and a working paper can have thousands of cells.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.reports.layout import markable

_SPACE: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PAGE_WIDTH: Final = 9070  # twentieths of a point between the margins of an A4 page


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with one look; ``shade`` is a colour in hexadecimal."""

    text: str
    bold: bool = False
    shade: str = ""
    colour: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of a table: its runs, its shade, and how it is aligned (left, center, right)."""

    runs: tuple[Run, ...]
    shade: str = ""
    align: str = "left"


def box(text: str, *, bold: bool = False, shade: str = "", align: str = "left") -> Box:
    """A cell with one run."""
    return Box((Run(text, bold=bold),), shade, align)


def safe(text: str) -> str:
    """``text`` as it may stand in markup, whatever it holds."""
    return html.escape(markable(text), quote=True)


def runs(items: Iterable[Run]) -> str:
    """The markup of some runs; line breaks in the text are kept."""
    parts = []
    for item in items:
        look = "<w:b/>" if item.bold else ""
        look += f'<w:color w:val="{item.colour}"/>' if item.colour else ""
        look += f'<w:sz w:val="{item.size}"/><w:szCs w:val="{item.size}"/>' if item.size else ""
        look += f'<w:shd w:val="clear" w:color="auto" w:fill="{item.shade}"/>' if item.shade else ""
        body = "<w:br/>".join(f'<w:t xml:space="preserve">{part}</w:t>' for part in safe(item.text).split("\n"))
        parts.append(f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{body}</w:r>")
    return "".join(parts)


def paragraph(items: Iterable[Run] | str, style: str = "", align: str = "", *, keep: bool = False) -> str:
    """A paragraph in a style; ``keep`` keeps it on one page with the next."""
    look = f'<w:pStyle w:val="{style}"/>' if style else ""
    look += "<w:keepNext/>" if keep else ""
    look += f'<w:jc w:val="{align}"/>' if align else ""
    content = runs((Run(items),) if isinstance(items, str) else items)
    return f"<w:p>{f'<w:pPr>{look}</w:pPr>' if look else ''}{content}</w:p>"


def table(rows: Sequence[Sequence[Box]], widths: Sequence[int], *, header: bool = True, height: int = 0) -> str:
    """A ruled table as wide as the page; ``widths`` are shares, ``height`` the least height of a row.

    A header row is repeated on every page; no row is broken across pages unless it is long.
    """
    whole = sum(widths)
    real = [PAGE_WIDTH * wide // whole for wide in widths]
    grid = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in real)
    lines = []
    for number, row in enumerate(rows):
        look = "<w:cantSplit/>" if sum(len(run.text) for cell in row for run in cell.runs) < 900 else ""
        look += f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
        look += "<w:tblHeader/>" if header and not number else ""
        cells = "".join(_cell(cell, wide) for cell, wide in zip(row, real, strict=True))
        lines.append(f"<w:tr>{f'<w:trPr>{look}</w:trPr>' if look else ''}{cells}</w:tr>")
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(real)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"
    )


def _cell(cell: Box, wide: int) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.shade}"/>' if cell.shade else ""
    align = "" if cell.align == "left" else cell.align
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{shade}<w:vAlign w:val="center"/></w:tcPr>'
        f"{paragraph(cell.runs, 'HechaCell', align)}</w:tc>"
    )


def page_field(code: str) -> str:
    """A field such as the number of the page."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def whole(blocks: Iterable[str]) -> str:
    """Some blocks under one root, to be parsed at once."""
    return f'<w:body xmlns:w="{_SPACE}">{"".join(blocks)}</w:body>'
