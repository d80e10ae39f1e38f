"""A PDF file to lines and grids in reading order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pypdfium2 as pdf
import pypdfium2.raw as pdfium

from assistant.document import Box, Furniture, Problem
from assistant.reading.errors import UnreadableError
from assistant.reading.pdf.assembly import Assembly, PageContent
from assistant.reading.pdf.bombs import refuse_bombs
from assistant.reading.pdf.borderless import borderless
from assistant.reading.pdf.cells import grids_of
from assistant.reading.pdf.chars import Char, Frame, frame_of
from assistant.reading.pdf.lattice import TOUCH, lattices, merged
from assistant.reading.pdf.lines import text_lines
from assistant.reading.pdf.scan import MAX_SCANNED, Recognised, available, recognise
from assistant.reading.pdf.strokes import PageArt, Stroke, page_art
from assistant.reading.pdf.textlayer import page_text
from assistant.reading.source import Source

MAX_PAGES = 600
"""A report has some dozens of pages; a longer file is refused before it costs time."""

MAX_TOTAL = 3_000_000
"""Characters in all; what lies beyond is not read."""

_FEW = 8
_PICTURE = 0.3
_TAIL = 2048
_NOTES = 5000
_PRINTED_NOTES = (pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_STAMP)
_FIGURE = re.compile(r"\d[\d,.]*")


@dataclass(slots=True)
class _Pages:
    """What was noticed while reading, by page number."""

    scanned: list[int] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    garbled: list[int] = field(default_factory=list)
    crowded: list[int] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)
    recognised: list[int] = field(default_factory=list)
    unruled: list[int] = field(default_factory=list)
    ragged: list[int] = field(default_factory=list)
    overprinted: list[int] = field(default_factory=list)
    unmapped: list[int] = field(default_factory=list)
    apart: list[Furniture] = field(default_factory=list)


def read_pdf(data: bytes) -> Source:
    """The lines and tables of a PDF file. Raises ``UnreadableError`` for one that is encrypted, broken, empty or too long."""
    refuse_bombs(data)
    document = _opened(data)
    try:
        count = len(document)
        if not count:
            raise UnreadableError("这个 PDF 里没有页面，可能在下载或转换时损坏；请重新获取")
        if count > MAX_PAGES:
            raise UnreadableError(
                f"这个 PDF 有 {count} 页，超过 {MAX_PAGES} 页的上限，不像是一份公开报告；请拆分后再核查"
            )
        noticed = _Pages()
        assembly = Assembly()
        total = 0
        for i in range(count):
            content, taken = _page(document, i, noticed)
            total += taken
            if content is not None:
                assembly.add(content)
            if total > MAX_TOTAL:
                noticed.crowded += range(i + 2, count + 1)
                break
    finally:
        document.close()
    if len(noticed.broken) == count:
        raise UnreadableError("这个 PDF 的页面都无法打开，文件可能已损坏；请重新下载，或由 Word、WPS 重新导出")
    if not total and not noticed.recognised:
        if noticed.scanned:
            raise UnreadableError(_scan_message(noticed.scanned, whole=True))
        raise UnreadableError("这个 PDF 里没有文字，也没有可以识别的图像；请确认文件是否正确")
    source = assembly.source()
    problems = (*_problems(noticed, data), *_unread(noticed.apart, source.lines))
    return replace(source, problems=(*problems, *source.problems), furniture=(*source.furniture, *noticed.apart))


def _opened(data: bytes) -> Any:
    try:
        return pdf.PdfDocument(data)
    except pdf.PdfiumError as error:
        code = getattr(error, "err_code", None)
        if code == pdfium.FPDF_ERR_PASSWORD:
            raise UnreadableError("这个 PDF 已加密，需要密码才能打开；请提供没有加密的版本") from error
        if code == pdfium.FPDF_ERR_SECURITY:
            raise UnreadableError("这个 PDF 使用了不支持的加密方式；请提供没有加密的版本") from error
        raise UnreadableError("这个 PDF 无法打开，内容不完整或已损坏；请重新下载，或由 Word、WPS 重新导出") from error


def _page(document: Any, index: int, noticed: _Pages) -> tuple[PageContent | None, int]:
    """The content of a page, and how many characters it has."""
    number = index + 1
    try:
        page = _flattened(document, index)
        textpage = page.get_textpage()
    except pdf.PdfiumError:
        noticed.broken.append(number)
        return None, 0
    try:
        frame = frame_of(page, textpage)
        art = page_art(page, frame)
        text = page_text(textpage, frame, art.invisible)
        chars = text.chars
        if not art.complete or not text.complete:
            noticed.crowded.append(number)
        if text.unmapped > _FEW and text.unmapped * 3 > len(chars):
            noticed.garbled.append(number)
            chars = []
        elif text.hidden:
            noticed.hidden.append(number)
            chars = [char._replace(sure=0) for char in chars]
        elif text.unmapped:
            noticed.unmapped.append(number)
        noticed.apart += _apart("不显示的文字", text.unseen, number) + _apart("页面以外的文字", text.clipped, number)
        if len(chars) <= _FEW and (art.pictures > 0.5 or (art.drawn and not chars)):
            noticed.scanned.append(number)
        elif number > 1 and art.pictures > _PICTURE and not text.hidden:
            noticed.pictures.append(number)
        if number in noticed.scanned + noticed.garbled and len(noticed.recognised) < MAX_SCANNED and available():
            read = recognise(page, frame)
            noticed.recognised.append(number)
            return _content(number, read.frame, read, read.chars, (), noticed), len(read.chars)
        return _content(number, frame, art if art.complete else None, chars, text.sideways, noticed), len(chars)
    finally:
        textpage.close()
        page.close()


def _outside(level: Sequence[Stroke], boxes: Sequence[Box]) -> list[Stroke]:
    """Level lines, pieces joined, that belong to no grid."""
    return [
        stroke
        for stroke in merged(level)
        if not any(top - TOUCH <= stroke.at <= bottom + TOUCH and left <= (stroke.start + stroke.end) / 2 <= right
                   for left, top, right, bottom in boxes)
    ]  # fmt: skip


def _flattened(document: Any, index: int) -> Any:
    """The page, with the text that stands in its forms and notes put into it as it is printed."""
    page = document[index]
    shown = False
    for i in range(min(pdfium.FPDFPage_GetAnnotCount(page), _NOTES)):
        note = pdfium.FPDFPage_GetAnnot(page, i)
        shown = shown or pdfium.FPDFAnnot_GetSubtype(note) in _PRINTED_NOTES
        pdfium.FPDFPage_CloseAnnot(note)
    if shown and pdfium.FPDFPage_Flatten(page, pdfium.FLAT_PRINT) == pdfium.FLATTEN_SUCCESS:
        page.close()
        page = document[index]
    return page


def _content(
    number: int,
    frame: Frame,
    lines: PageArt | Recognised | None,
    chars: Sequence[Char],
    sideways: Sequence[Char],
    noticed: _Pages,
) -> PageContent:
    found = lattices(lines.level, lines.upright) if lines is not None else None
    grids, rest, outside = grids_of(chars, sideways, found or (), frame, number)
    noticed.apart += _apart("斜排或竖排的文字", outside, number)
    lines_of_text = text_lines(rest, number)
    pieces = (piece for grid in grids for row in grid.rows for piece in row)
    if number not in noticed.hidden + noticed.recognised and (
        any(not line.sure for line in lines_of_text)
        or any(not origin.sure for piece in pieces for origin in piece.origins)
    ):
        noticed.overprinted.append(number)
    loose = _outside(lines.level, [grid.box for grid in grids]) if lines is not None else []
    unruled, text = borderless(lines_of_text, loose, frame, number)
    if any(not grid.ragged for grid in unruled):
        noticed.unruled.append(number)
    if any(grid.ragged for grid in unruled) or (
        any(not line.sure for line in text) and number not in noticed.hidden + noticed.overprinted
    ):
        noticed.ragged.append(number)
    return PageContent(number, frame, sorted([*grids, *unruled], key=lambda grid: grid.box[1]), text)


def _problems(noticed: _Pages, data: bytes) -> list[Problem]:
    read = set(noticed.recognised)
    scanned = [page for page in noticed.scanned if page not in read]
    garbled = [page for page in noticed.garbled if page not in read]
    found: list[tuple[list[int], str]] = [
        (noticed.broken, "无法打开，其中的内容没有读取；请检查文件是否完整"),
        (noticed.recognised, "是扫描图像，文字由识别得到，数字可能认错；据此发现的差异至多列为警告，请对照原件"),
        (scanned, _scan_message(scanned, whole=False) if scanned else ""),
        (garbled, "的文字没有编码，无法提取；请由原始文件重新导出 PDF"),
        (noticed.hidden, "是扫描图像，文字来自文件自带的识别结果，其中的数字只作参考，不据以判定差错；请对照原件"),
        (noticed.pictures, "有较大的图片，其中如有表格或文字，没有读取；请对照原件"),
        (noticed.unruled, "有没有框线的表格，栏目按对齐推断；据此发现的差异至多列为警告，请对照原件"),
        (noticed.ragged, "有没有框线的表格，栏目无法可靠推断，其中的数字和同页的文字不作判断；请对照原件"),
        (noticed.overprinted, "有数字重叠印在一处，无法分辨，不据以判断；请对照原件"),
        (noticed.unmapped, "有个别字符没有编码，未能读取，所在的文字或数字可能不完整；请对照原件"),
        (noticed.crowded, "的内容过多，只读取了一部分或没有识别表格；请对照原件"),
    ]
    problems = [Problem(f"{pages_text(pages)}{message}", page=pages[0]) for pages, message in found if pages]
    if b"%%EOF" not in data[-_TAIL:]:
        problems.append(Problem("PDF 文件的末尾不完整，可能在传输时被截断；请与原件核对页数"))
    return problems


def _apart(kind: str, chars: Sequence[Char], page: int) -> list[Furniture]:
    """What is kept out of the text of a page, under its name."""
    return [Furniture(kind, "".join(char.text for char in chars), page)] if chars else []


def _unread(apart: Sequence[Furniture], lines: Sequence[str]) -> list[Problem]:
    """What to say of text kept out that holds figures which stand nowhere else."""
    known = {figure for line in lines for figure in _FIGURE.findall(line)} if apart else set()
    kinds: dict[str, list[int]] = {}
    for each in apart:
        if each.page is not None and not known.issuperset(_FIGURE.findall(each.text)):
            kinds.setdefault(each.kind, []).append(each.page)
    return [
        Problem(f"{pages_text(pages)}有{kind}，其中的数字没有读入；请对照原件", page=pages[0])
        for kind, pages in kinds.items()
    ]


def _scan_message(pages: list[int], *, whole: bool) -> str:
    if available():
        return f"是扫描图像，超过一次识别 {MAX_SCANNED} 页的上限，没有读取；请拆分文件"
    advice = "安装识别组件后可以读取（pip install hecha[ocr]），或提供可以选中文字的 PDF"
    if whole:
        return f"这个 PDF 是扫描图像，没有文字（共 {len(pages)} 页）；{advice}"
    return f"是扫描图像，没有文字，没有读取；{advice}"


def pages_text(pages: Sequence[int]) -> str:
    """Page numbers for a message: 第3页, 第3～5、8页."""
    runs: list[list[int]] = []
    for page in sorted(set(pages)):
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return "第" + "、".join(str(run[0]) if len(run) == 1 else f"{run[0]}～{run[-1]}" for run in runs) + "页"
