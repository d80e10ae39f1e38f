"""Excel workbooks: every cell as the sheet shows it, exact, with its address."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
import xlsxwriter

from assistant.reading import UnreadableError, read_bytes
from assistant.reading.excel.display import exact, shown
from assistant.reading.excel.sheets import letters
from assistant.reading.formats import source_of
from tests.reading.office import xlsx

ACCOUNTING = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        ("12345.6", "#,##0.00", "12,345.60"),
        ("12345.6", "General", "12345.6"),
        ("0.30000000000000004", "General", "0.3"),
        ("12345.678912", "General", "12345.68"),
        ("1.005", "0.00", "1.01"),
        ("-0.001", "0.00", "0.00"),
        ("0", ACCOUNTING, "-"),
        ("-1234.5", ACCOUNTING, "-1,234.50"),
        ("-3.456", "#,##0.00_);[Red]\\(#,##0.00\\)", "(3.46)"),
        ("0", "#,##0.00;-#,##0.00;;@", ""),
        ("0", "#,###", ""),
        ("0.95886", "0.00%", "95.89%"),
        ("388961234", "0!.0000", "38896.1234"),
        ("388961234", "0\\.0,", "38896.1"),
        ("388961234", "#,##0.00,", "388,961.23"),
        ("12", '0.00"万元"', "12.00万元"),
        ("5", "[>=100]0.0;0.00", "5.00"),
        ("100", "0.##", "100"),
        ("7", "00000", "00007"),
        ("45291", 'yyyy"年"m"月"d"日"', "2023年12月31日"),
        ("45291", "[$-804]yyyy/m/d", "2023-12-31"),
        ("201", "@", "201"),
        ("5", "#,##0.00;" * 200, "5.00"),
    ],
)
def test_a_number_as_its_cell_shows_it(value, code, text):
    assert shown(exact(value), code) == text


def test_what_is_no_number():
    assert exact("nan") is None
    assert exact("1e999") is None
    assert exact("abc") is None
    assert exact("1.10") == Decimal("1.1")


def test_addresses():
    assert [letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def book(zeros: bool = True) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as made:
        money = made.add_format({"num_format": "#,##0.00"})
        page = made.add_worksheet("公开02")
        if not zeros:
            page.hide_zero()
        page.merge_range("A1:F1", "2023年度收入决算表")
        page.write("F2", "公开02表")
        page.write("A3", "部门：某县粮食局")
        page.write("D3", "2023年度")
        page.write("F3", "金额单位：万元")
        page.merge_range("A4:B4", "项目")
        for column, text in enumerate(["本年收入合计", "财政拨款收入", "事业收入", "其他收入"], start=2):
            page.merge_range(3, column, 4, column, text)
        page.write_row("A5", ["功能分类科目编码", "科目名称"])
        page.write_row("A6", ["", "合计"])
        page.write_row("C6", [120.5, 100.1 + 0.2 - 0.3, 20, 0.5], money)
        page.write_row("A7", ["222", "粮油物资储备支出"])
        page.write_row("C7", [12.5, 100, 20, 0.5], money)
        page.write_row("C8", [0, 0, 0, 0], money)
        page.write("A9", "注：本表反映部门本年度取得的各项收入情况。")
        made.add_worksheet("备查").hide()
        made.worksheets()[1].write("A1", "不公开")
    return buffer.getvalue()


def test_a_sheet_is_a_table_with_its_title_unit_and_note():
    document = read_bytes(book(), "公开表.xlsx")
    (table,) = document.tables
    assert (table.role, table.title, table.unit.name, len(table.notes)) == ("公开02", "2023年度收入决算表", "万元", 1)
    assert (document.year, document.organisation) == (2023, "某县粮食局")
    (side,) = table.sides
    assert [cell.text for cell in side.rows[0].cells] == ["120.50", "100.00", "20.00", "0.50"]
    assert document.located(side.rows[1].cells[0].span).anchor == "公开02!C7"
    assert any("备查" in problem.message for problem in document.problems)
    assert not any("不公开" in line for line in document.lines)


def test_noughts_that_the_sheet_does_not_show_are_blank():
    assert any("0.00\t0.00" in line for line in source_of(book(), "a").lines)
    assert not any("0.00\t0.00" in line for line in source_of(book(zeros=False), "a").lines)


def test_the_same_findings_in_text_and_sheet():
    from assistant.audit import audit_document
    from assistant.rules import load_rulebook

    audit = audit_document(read_bytes(book(), "公开表.xlsx"), load_rulebook(select=["T101"]))
    assert [(f.stated, f.expected) for f in audit.findings] == [("12.50万元", "120.50万元")]
    assert audit.findings[0].evidence[0].anchor == "公开02!C7"


def rows(*texts: str) -> str:
    return f"<sheetData>{''.join(f'<row>{text}</row>' for text in texts)}</sheetData>"


def test_strings_errors_formulas_and_merged_cells():
    strings = "<si><t>甲</t></si><si><r><t>乙</t></r><r><t>丙</t></r><rPh><t>注音</t></rPh></si>"
    content = rows(
        '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>99</v></c>',
        '<c t="inlineStr"><is><t>丁</t></is></c><c t="e"><v>#DIV/0!</v></c><c><f>SUM(A1:A2)</f></c><c><f>1+1</f><v>2</v></c>',
        '<c r="A3" t="str"><v>戊</v></c><c r="B3"><v>9</v></c><c r="D3" t="b"><v>1</v></c>',
    )
    source = source_of(
        xlsx({"表": content + '<mergeCells><mergeCell ref="A3:B3"/></mergeCells>'}, strings=strings), "a"
    )
    assert [line for line in source.lines if line] == ["甲\t乙丙\t\t", "丁\t#DIV/0!\t=SUM(A1:A2)\t2", "戊\t\t\tTRUE"]
    assert any("公式没有保存计算结果" in problem.message for problem in source.problems)


def test_two_tables_on_a_sheet_and_two_sheets_stay_apart():
    head = ["科目编码", "科目名称", "合计"]

    def table(title: str, code: str) -> list[list[object]]:
        return [
            [title],
            ["单位：万元"],
            head,
            ["", "合计", "1.00"],
            [code, "某支出", "1.00"],
            [code + "01", "某事务", "1.00"],
        ]

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as made:
        page = made.add_worksheet("一")
        for number, row in enumerate(
            [*table("2023年收入决算表", "201"), [], *table("2023年支出决算表（功能科目）", "202")]
        ):
            page.write_row(number, 0, row)
        page = made.add_worksheet("二")
        for number, row in enumerate(table("2023年度项目决算表", "203")[2:]):
            page.write_row(number, 0, row)
    document = read_bytes(buffer.getvalue(), "a.xlsx")
    assert [table.title for table in document.tables] == ["2023年收入决算表", "2023年支出决算表(功能科目)", ""]


def test_a_workbook_that_holds_nothing():
    with pytest.raises(UnreadableError, match="没有内容"):
        source_of(xlsx({"表": "<sheetData/>"}), "a")
    with pytest.raises(UnreadableError, match="没有内容"):
        source_of(xlsx({"表": rows('<c t="str"><v>甲</v></c>')}, hidden=("表",)), "a")


def test_very_wide_and_far_away_cells():
    content = '<sheetData><row r="1"><c r="A1" t="str"><v>甲</v></c><c r="XFD1" t="str"><v>乙</v></c></row><row r="1048576"><c r="A1048576" t="str"><v>丙</v></c></row></sheetData>'
    merged = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    source = source_of(xlsx({"表": content + merged}), "a")
    assert len(source.lines) < 10
    assert any("列" in problem.message for problem in source_of(xlsx({"表": content}), "a").problems)
