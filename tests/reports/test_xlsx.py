"""The workbook, opened with openpyxl: sheets, numbers that are numbers, texts that stay texts."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from lxml import etree

from assistant.decisions import Decision, Review, Status, document_key
from assistant.findings import Report
from assistant.reports import render_file
from assistant.reports.columns import COLUMNS

from .hostile import hostile  # type: ignore[import-not-found]


def book(report: Report, review: Review | None = None) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(render_file(report, "xlsx", review)))


def test_sheets_headers_and_what_readers_need(report: Report) -> None:
    found = book(report)
    assert found.sheetnames == ["汇总", "疑点清单", "数字台账", "未核查与说明"]
    listed = found["疑点清单"]
    assert tuple(cell.value for cell in listed[1]) == COLUMNS
    assert listed.max_row == 4
    assert listed.freeze_panes == "B2"
    assert listed.auto_filter.ref == "A1:S4"
    assert listed.page_setup.orientation == "landscape"
    assert listed.print_title_rows == "$1:$1"
    assert len(found["汇总"]._charts) == 1
    assert [found["数字台账"].cell(row, 4).value for row in (2, 3, 4)] == [1234.5, 1000.5, 234]
    assert [found["数字台账"].cell(2, 4).number_format, found["数字台账"].cell(4, 4).number_format] == ["#,##0.00", "0"]


def test_numbers_are_numbers_and_codes_are_not(report: Report) -> None:
    from assistant.reports.as_xlsx import _number

    assert [str((_number(text) or (None,))[0]) for text in ("1,234.50", "-0.96", "12.5%", "3,456.78万元")] == [
        "1234.50",
        "-0.96",
        "0.125",
        "3456.78",
    ]
    for text in ("0201", "2010301 行政运行", "1,23", "", "—", "1234567890123456", "=1", "1.2.3", "约 3"):
        assert _number(text) is None, text
    listed = book(report)["疑点清单"]
    row = {name: listed.cell(2, number) for number, name in enumerate(COLUMNS, 1)}
    assert (row["序号"].value, row["年度"].value, row["应为"].value) == (1, 2023, 1235.46)
    assert row["应为"].data_type == "n"


def test_coverage_and_what_was_not_checked_are_there(report: Report) -> None:
    sheet = book(report)["未核查与说明"]
    texts = [sheet.cell(row, 4).value for row in range(2, sheet.max_row + 1)]
    assert "没有运行 T201：缺公开04" in texts
    assert any("数字台账：共 4 个数字" in text for text in texts)
    assert any("文件为空" in text for text in texts)


def test_decisions_fill_the_reviewers_columns(report: Report) -> None:
    audit = report.audits[0]
    decision = Decision(
        finding=audit.findings[0].id,
        status=Status.CONFIRMED,
        note="退回更正",
        reviewer="张三",
        time="2024-05-06T07:08:09Z",
    )
    review = Review({document_key(audit.document): {decision.finding: decision}})
    listed = book(report, review)["疑点清单"]
    assert [listed.cell(2, column).value for column in range(12, 16)] == ["确认", "退回更正", "张三", "2024-05-06"]
    assert [listed.cell(3, column).value for column in range(12, 16)] == ["待复核", None, None, None]


def test_no_cell_is_a_formula_a_link_or_an_error(report: Report) -> None:
    data = render_file(*hostile_arguments(report))
    found = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in found:
        for cells in sheet.iter_rows():
            for cell in cells:
                assert cell.data_type in ("s", "n"), (sheet.title, cell.coordinate, cell.value)
                assert cell.hyperlink is None
                if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@")):
                    assert cell.quotePrefix, (sheet.title, cell.coordinate)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                root = etree.fromstring(archive.read(name))
                assert not root.findall(".//{*}f")
        assert not [name for name in archive.namelist() if "externalLink" in name or "vba" in name.lower()]


def hostile_arguments(report: Report) -> tuple[Report, str, Review]:
    made, review = hostile(report)
    return made, "xlsx", review


def test_no_findings_is_said(report: Report) -> None:
    listed = book(Report(()))["疑点清单"]
    assert "没有疑点" in str(listed.cell(2, 1).value)


def test_a_ledger_that_is_too_long_keeps_what_needs_a_person(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    from assistant.reports import as_xlsx

    monkeypatch.setattr(as_xlsx, "MOST_ENTRIES", 2)
    sheet = book(report)["数字台账"]
    assert [sheet.cell(row, 6).value for row in (2, 3)] == ["不一致", "无依据"]
    assert "只列出 2 个" in str(sheet.cell(4, 1).value)
