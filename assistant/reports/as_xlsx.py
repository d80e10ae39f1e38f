"""The report as an Excel workbook: summary with a chart, list of findings, ledger, what was not checked.

Every text is written as a constant string with the mark that keeps it one when the cell is edited; figures are numbers.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

from assistant.decisions import KNOWN, UNDECIDED, Review, Status
from assistant.findings import CATEGORY_NAMES, SEVERITIES, SEVERITY_NAMES, Verdict
from assistant.reports import version
from assistant.reports.columns import COLUMNS, rows
from assistant.reports.coverage import conclusion, remarks
from assistant.reports.layout import markable
from assistant.reports.ledger import ORDER
from assistant.reports.places import KIND_NAMES, lines
from assistant.text import width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assistant.findings import Entry, Report

MOST_ENTRIES: Final = 200_000  # of the ledger; a sheet holds 1,048,576 rows
_LONGEST: Final = 32_000  # characters; a cell holds 32,767
_TALLEST: Final = 220  # points: a long row must not fill the screen
_FIGURE = re.compile(r"([-+−]?(?:\d+|\d{1,3}(?:[,，]\d{3})+)(?:\.\d+)?)(%|万元|亿元|千元|元|个百分点)?")
_UNITS: Final = {"万元": '"万元"', "亿元": '"亿元"', "千元": '"千元"', "元": '"元"', "个百分点": '"个百分点"'}
_WIDTHS: Final = (6, 16, 7, 11, 38, 26, 20, 15, 34, 20, 9, 9, 16, 9, 11, 8, 17, 24, 30)
_HEADER: Final = {
    "bold": True, "bg_color": "#1F4E79", "font_color": "#FFFFFF", "border": 1, "border_color": "#8A99A8",
    "align": "center", "valign": "vcenter", "text_wrap": True,
}  # fmt: skip
_TINTS: Final = {"错误": "#FADBD8", "警告": "#FDEBD0", "提示": "#D6EAF8"}


def render_xlsx(report: Report, review: Review | None = None) -> bytes:
    """The workbook as the bytes of a file."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(buffer, options)
    workbook.set_properties({"title": "核查结果", "author": "核查助手", "comments": f"核查助手 {version()} 生成"})
    book = _Book(workbook)
    review = review or Review()
    _summary(book, report, review)
    _findings(book, report, review)
    _ledger(book, report)
    _unchecked(book, report)
    workbook.close()
    return buffer.getvalue()


class _Book:
    """The workbook with its formats, made once for each look."""

    def __init__(self, workbook: Any) -> None:
        self.workbook = workbook
        self._formats: dict[tuple[tuple[str, object], ...], Any] = {}

    def format(self, **look: object) -> Any:
        base: dict[str, object] = {"font_name": "宋体", "font_size": 10, "valign": "top"}
        key = tuple(sorted((base | look).items(), key=str))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(dict(key))
        return self._formats[key]

    def sheet(self, name: str, widths: Sequence[int], *, landscape: bool = True) -> Any:
        sheet = self.workbook.add_worksheet(name)
        for index, wide in enumerate(widths):
            sheet.set_column(index, index, wide)
        if landscape:
            sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L核查助手&C第 &P 页 共 &N 页&R{name}")
        return sheet

    def string(self, sheet: Any, row: int, column: int, value: str, **look: object) -> None:
        """A constant text. The mark keeps it a text even when somebody edits the cell."""
        shown = markable(value)
        if not shown:
            sheet.write_blank(row, column, None, self.format(**look))
            return
        if len(shown) > _LONGEST:
            shown = shown[:_LONGEST] + "…（过长，已截断）"
        if not (shown[0].isalnum() or shown[0] in "（《“〔①"):
            look["quote_prefix"] = True
        sheet.write_string(row, column, shown, self.format(**look))

    def value(self, sheet: Any, row: int, column: int, value: str, **look: object) -> None:
        """A number where the whole text is one figure, with its unit in the format; else a constant text."""
        figure = _number(value)
        if figure is None:
            self.string(sheet, row, column, value, **look)
        else:
            sheet.write_number(row, column, figure[0], self.format(num_format=figure[1], align="right", **look))

    def header(self, sheet: Any, row: int, names: Iterable[str]) -> None:
        for column, name in enumerate(names):
            sheet.write_string(row, column, name, self.format(**_HEADER))


def _number(value: str) -> tuple[Decimal, str] | None:
    match = _FIGURE.fullmatch(value.strip())
    if match is None:
        return None
    digits = match[1].replace(",", "").replace("，", "").replace("−", "-").lstrip("+")
    bare = digits.lstrip("-")
    if len(bare.replace(".", "")) > 15 or (len(bare) > 1 and bare[0] == "0" and bare[1] != "."):
        return None  # more digits than a cell can hold, or a code
    try:
        number = Decimal(digits)
    except InvalidOperation:
        return None
    places = len(digits.partition(".")[2])
    zeros = "." + "0" * places if places else ""
    if match[2] == "%":
        return number / 100, f"0{zeros}%"
    return number, ("#,##0" if "," in match[1] or "，" in match[1] or match[2] else "0") + zeros + _UNITS.get(
        match[2], ""
    )


def _summary(book: _Book, report: Report, review: Review) -> None:
    sheet = book.sheet("汇总", (30, *[9] * 10))
    book.string(sheet, 0, 0, "核查结果汇总", bold=True, font_size=16)
    sheet.set_default_row(16)
    sheet.set_row(0, 26)
    book.string(sheet, 1, 0, f"核查助手 {version()}　生成日期 {date.today().isoformat()}　疑点供人工复核，以原件为准")
    counts: Counter[tuple[str, str]] = Counter()
    for audit in report.audits:
        for finding in review.counting(audit):
            counts[finding.category, finding.severity] += 1
    categories = Counter({name: 0 for name, _ in counts})
    for (name, _), count in counts.items():
        categories[name] += count
    first = 3
    book.header(sheet, first, ("问题类别", *(SEVERITY_NAMES[name] for name in SEVERITIES), "合计"))
    row = first
    for row, (name, total) in enumerate(categories.most_common(), first + 1):
        book.string(sheet, row, 0, CATEGORY_NAMES[name], border=1)
        for column, severity in enumerate(SEVERITIES, 1):
            sheet.write_number(row, column, counts[name, severity], book.format(border=1))
        sheet.write_number(row, 4, total, book.format(border=1))
    last = row
    row += 1
    severities = review.severities(report)
    book.string(sheet, row, 0, "合计", bold=True, border=1)
    for column, number in enumerate((*severities.values(), sum(severities.values())), 1):
        sheet.write_number(row, column, number, book.format(bold=True, border=1))
    row += 2
    book.header(sheet, row, ("处理状态", "条数"))
    states = Counter(review.status(audit.document, f) for audit in report.audits for f in audit.findings)
    for name in (UNDECIDED, *(status.value for status in Status), *([KNOWN] if states[KNOWN] else [])):
        row += 1
        book.string(sheet, row, 0, name, border=1)
        sheet.write_number(row, 1, states[name], book.format(border=1))
    if last > first:
        _chart(book, sheet, first, last)
    _documents(book, sheet, max(row + 2, first + 18), report, review)


def _chart(book: _Book, sheet: Any, first: int, last: int) -> None:
    chart = book.workbook.add_chart({"type": "bar", "subtype": "stacked"})
    for column, colour in zip((1, 2, 3), ("#B3261E", "#D99A2B", "#7FA7C4"), strict=True):
        chart.add_series(
            {
                "name": ["汇总", first, column],
                "categories": ["汇总", first + 1, 0, last, 0],
                "values": ["汇总", first + 1, column, last, column],
                "fill": {"color": colour},
                "gap": 60,
            }
        )
    chart.set_title({"name": "各类疑点数", "name_font": {"size": 12}})
    chart.set_legend({"position": "bottom"})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"min": 0, "num_format": "0", "major_gridlines": {"visible": True, "line": {"color": "#D5DCE3"}}})
    chart.set_size({"width": 640, "height": 330})
    sheet.insert_chart(first - 1, 5, chart, {"x_offset": 20, "y_offset": 4})


def _documents(book: _Book, sheet: Any, row: int, report: Report, review: Review) -> None:
    names = ("单位", "年度", *(SEVERITY_NAMES[name] for name in SEVERITIES), *(verdict.value for verdict in Verdict))
    book.string(sheet, row, 0, "各文件的疑点数与数字台账", bold=True, font_size=12)
    book.header(sheet, row + 1, (*names, "文件", "结论"))
    sheet.set_column(len(names), len(names) + 1, 38)
    row += 1
    for audit in report.audits:
        row += 1
        document, found, ledger = audit.document, Counter(f.severity for f in review.counting(audit)), audit.counts()
        sheet.set_row(row, 48)
        book.string(sheet, row, 0, document.organisation or "（未识别）", border=1, text_wrap=True)
        book.value(sheet, row, 1, str(document.year or ""), border=1)
        numbers = [found[name] for name in SEVERITIES] + [ledger[verdict.value] for verdict in Verdict]
        for column, number in enumerate(numbers, 2):
            sheet.write_number(row, column, number, book.format(border=1, num_format="#,##0"))
        book.string(sheet, row, len(names), f"{document.path}（{KIND_NAMES[document.kind]}）", border=1, text_wrap=True)
        book.string(sheet, row, len(names) + 1, conclusion(audit, review), border=1, text_wrap=True)
    for unread in report.unread:
        row += 1
        sheet.set_row(row, 48)
        book.string(sheet, row, 0, "未能核查", border=1, font_color="#B3261E")
        book.string(sheet, row, len(names), unread.path, border=1, text_wrap=True)
        book.string(sheet, row, len(names) + 1, unread.message, border=1, text_wrap=True)


def _findings(book: _Book, report: Report, review: Review) -> None:
    sheet = book.sheet("疑点清单", _WIDTHS)
    book.header(sheet, 0, COLUMNS)
    sheet.set_row(0, 24)
    numeric = {COLUMNS.index(name) for name in ("序号", "年度", "应为")}
    level, state = COLUMNS.index("严重程度"), COLUMNS.index("处理状态")
    last = 0
    for last, cells in enumerate(rows(report, review), 1):
        sheet.set_row(last, _height(cells))
        for column, cell in enumerate(cells):
            look: dict[str, object] = {"text_wrap": True, "border": 1, "border_color": "#B8C2CC"}
            if column == level:
                look |= {"bg_color": _TINTS[cell], "align": "center"}
            (book.value if column in numeric else book.string)(sheet, last, column, cell, **look)
    if not last:
        book.string(sheet, 1, 0, "没有疑点；是否核查完整，请看“未核查与说明”", italic=True)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(last, 1), len(COLUMNS) - 1)
    sheet.repeat_rows(0)
    sheet.print_area(0, 0, max(last, 1), COLUMNS.index("日期"))
    sheet.set_header("&C&14疑点清单")
    if last:
        choices = [UNDECIDED, *(status.value for status in Status)]
        sheet.data_validation(1, state, last, state, {"validate": "list", "source": choices, "error_type": "warning"})
    sheet.ignore_errors({"number_stored_as_text": f"A1:S{last + 1}"})


def _height(cells: Sequence[str]) -> int:
    """The points that the tallest cell of a row needs, within bounds: readers that do not measure would show one line."""
    needed = 1
    for cell, wide in zip(cells, _WIDTHS, strict=True):
        needed = max(needed, sum(-(-(width(part) + 1) // wide) or 1 for part in cell.split("\n")))
    return min(needed * 14 + 4, _TALLEST)


def _ledger(book: _Book, report: Report) -> None:
    sheet = book.sheet("数字台账", (24, 7, 14, 14, 48, 11, 40, 18))
    book.header(sheet, 0, ("单位", "年度", "位置", "数字", "项目", "结论", "理由", "规则"))
    entries = [(audit, entry) for audit in report.audits for entry in audit.ledger]
    cut = len(entries) > MOST_ENTRIES
    if cut:
        rank = {verdict: number for number, verdict in enumerate(ORDER)}
        entries.sort(key=lambda item: rank[item[1].verdict])
        entries = entries[:MOST_ENTRIES]
    tints = {Verdict.DISAGREE: "#FADBD8", Verdict.UNCLEAR: "#FDEBD0"}
    for row, (audit, entry) in enumerate(entries, 1):
        book.string(sheet, row, 0, audit.document.organisation)
        book.value(sheet, row, 1, str(audit.document.year or ""))
        book.string(sheet, row, 2, _place(entry))
        book.value(sheet, row, 3, entry.text)
        book.string(sheet, row, 4, entry.where)
        tint = tints.get(entry.verdict)
        book.string(sheet, row, 5, entry.verdict.value, **({"bg_color": tint} if tint else {}))
        book.string(sheet, row, 6, entry.why)
        book.string(sheet, row, 7, "、".join(entry.rules))
    if cut:
        text = f"数字过多，只列出 {MOST_ENTRIES:,} 个，先列不一致、无法判断和无依据的；全部见 hecha ledger"
        book.string(sheet, len(entries) + 1, 0, text, bold=True)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(entries), 1), 7)
    sheet.repeat_rows(0)


def _place(entry: Entry) -> str:
    return lines(entry.line)


def _unchecked(book: _Book, report: Report) -> None:
    sheet = book.sheet("未核查与说明", (26, 7, 16, 90, 50))
    book.header(sheet, 0, ("单位", "年度", "类别", "内容", "文件"))
    row = 0
    for row, (document, kind, text) in enumerate(remarks(report), 1):
        look: dict[str, object] = {"text_wrap": True, "border": 1, "border_color": "#B8C2CC"}
        book.string(sheet, row, 0, document.organisation if document else "", **look)
        book.value(sheet, row, 1, str(document.year or "") if document else "", **look)
        book.string(sheet, row, 2, kind, **look)
        book.string(sheet, row, 3, text, **look)
        book.string(sheet, row, 4, document.path if document else "", **look)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(row, 1), 4)
    sheet.repeat_rows(0)
