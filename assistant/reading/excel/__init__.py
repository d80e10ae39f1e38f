"""Excel workbooks (.xlsx): every sheet as it is shown, with the place of every cell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from assistant.document import Problem
from assistant.reading.archive import Archive
from assistant.reading.errors import UnreadableError
from assistant.reading.excel.display import BUILT_IN, GENERAL, exact, shown
from assistant.reading.excel.sheets import add_sheet
from assistant.reading.source import Source, SourceBuilder
from assistant.reading.xmlfile import attribute, child, inside, iterate, local, read_part, relations

__all__ = ["read_xlsx"]

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_MOST_MERGES: Final = 5_000
_TALLEST_MERGE: Final = 500


@dataclass(slots=True)
class _Sheet:
    """One sheet while it is read: texts by row and column, and the formulas that were never calculated."""

    cells: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    zeros: bool = True
    uncalculated: int = 0


def read_xlsx(archive: Archive) -> Source:
    """The sheets of a workbook as lines and tables. Raises ``UnreadableError``."""
    main = next((target for kind, target in relations(archive, "").values() if kind == "officeDocument"), "")
    main = main if main in archive else "xl/workbook.xml"
    if main not in archive:
        raise UnreadableError("Excel 文件不完整，缺少工作簿；请重新下载或另存一份再核查")
    targets = relations(archive, main)
    parts = dict(targets.values())
    strings = _strings(archive, parts.get("sharedStrings", ""))
    formats = _formats(archive, parts.get("styles", ""))
    builder = SourceBuilder(exact=True)
    skipped: list[str] = []
    for entry in inside(read_part(archive, main), "sheets"):
        name = attribute(entry, "name")
        kind, part = targets.get(attribute(entry, "id"), ("", ""))
        if kind != "worksheet" or part not in archive:
            continue
        if attribute(entry, "state") in ("hidden", "veryHidden"):
            skipped.append(name)
            continue
        sheet = _read_sheet(archive, part, strings, formats)
        if sheet.uncalculated:
            text = f"工作表“{name}”有 {sheet.uncalculated} 个公式没有保存计算结果，按无法读取处理；请用 Excel 或 WPS 打开后另存"
            builder.problems.append(Problem(text))
        add_sheet(builder, name, sheet.cells)
    if skipped:
        builder.problems.append(Problem(f"隐藏的工作表没有读取：{'、'.join(skipped[:10])}"))
    if not builder.lines:
        raise UnreadableError("工作簿里没有内容；请确认文件是否正确，或取消隐藏工作表")
    return builder.source()


def _strings(archive: Archive, part: str) -> list[str]:
    if part not in archive:
        return []
    return [_text(item) for item in iterate(archive, part, "si")]


def _text(element: etree._Element) -> str:
    """The text of a string item, without the phonetic help that may stand beside it."""
    pieces = []
    for each in element:
        if local(each) == "t":
            pieces.append(each.text or "")
        elif local(each) == "r":
            found = child(each, "t")
            pieces.append((found.text or "") if found is not None else "")
    return "".join(pieces)


def _formats(archive: Archive, part: str) -> list[str]:
    """The number format of each cell style."""
    if part not in archive:
        return []
    root = read_part(archive, part)
    codes = dict(BUILT_IN)
    for each in inside(root, "numFmts"):
        number = attribute(each, "numFmtId")
        if _is_index(number):
            codes[int(number)] = attribute(each, "formatCode")
    numbers = [attribute(each, "numFmtId") for each in inside(root, "cellXfs")]
    return [codes.get(int(number), GENERAL) if _is_index(number) else GENERAL for number in numbers]


def _is_index(text: str) -> bool:
    """Whether an attribute is a number that may stand for a place: not superscripts, nor endless digits."""
    return text.isdecimal() and len(text) < 8


def _read_sheet(archive: Archive, part: str, strings: list[str], formats: list[str]) -> _Sheet:
    sheet = _Sheet()
    number = -1
    for element in iterate(archive, part, "row", "mergeCell", "sheetView"):
        name = local(element)
        if name == "sheetView":
            sheet.zeros = attribute(element, "showZeros") not in ("0", "false")
        elif name == "mergeCell":
            _merge(sheet, attribute(element, "ref"))
        else:
            stated = attribute(element, "r")
            number = int(stated) - 1 if _is_index(stated) else number + 1
            texts = _read_row(element, sheet, strings, formats)
            if texts:
                sheet.cells[number] = texts
    for top, left, bottom, right in sheet.merged:
        for row in range(top, min(bottom, top + _TALLEST_MERGE) + 1):
            for column in [each for each in sheet.cells.get(row, ()) if left <= each <= right]:
                if (row, column) != (top, left):
                    del sheet.cells[row][column]
    return sheet


def _read_row(row: etree._Element, sheet: _Sheet, strings: list[str], formats: list[str]) -> dict[int, str]:
    texts: dict[int, str] = {}
    column = -1
    for cell in row:
        match = _REFERENCE.fullmatch(attribute(cell, "r"))
        column = _column(match[1]) if match else column + 1
        text = _cell(cell, sheet, strings, formats)
        if text.strip():
            texts[column] = text
    return texts


def _cell(cell: etree._Element, sheet: _Sheet, strings: list[str], formats: list[str]) -> str:
    kind = attribute(cell, "t")
    if kind == "inlineStr":
        inline = child(cell, "is")
        return _text(inline) if inline is not None else ""
    found, formula = child(cell, "v"), child(cell, "f")
    value = (found.text or "") if found is not None else ""
    if not value:
        if formula is None or found is not None:
            return ""
        sheet.uncalculated += 1
        return f"={formula.text or ''}"
    if kind == "s":
        return strings[int(value)] if _is_index(value) and int(value) < len(strings) else ""
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    if kind in ("str", "e", "d"):
        return value
    number = exact(value)
    if number is None:
        return value
    if not number and not sheet.zeros:
        return ""
    style = attribute(cell, "s")
    code = formats[int(style)] if _is_index(style) and int(style) < len(formats) else GENERAL
    return shown(number, code)


def _merge(sheet: _Sheet, reference: str) -> None:
    match = re.fullmatch(rf"{_REFERENCE.pattern}:{_REFERENCE.pattern}", reference)
    if match and len(sheet.merged) < _MOST_MERGES:
        sheet.merged.append((int(match[2]) - 1, _column(match[1]), int(match[4]) - 1, _column(match[3])))


def _column(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 0x40
    return number - 1
