"""Nothing is lost: every digit of a file ends in a paragraph, a heading, a table, furniture that is named, or a problem."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.document import Document
from assistant.reading import UnreadableError, read_bytes
from assistant.reading.decode import decode
from tests.reading.pdf_writer import Page, pdf

SHARED = Path(__file__).parents[3] / "shared"
HEAD = ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]
Report = tuple[list[str], list[list[str]], list[str]]


def digits(texts: Iterator[str] | list[str] | tuple[str, ...]) -> Counter[str]:
    return Counter(char for text in texts for char in text if char.isdigit())


def lost_on_the_way_in(document: Document, texts: list[str]) -> Counter[str]:
    """The digits of the file's own texts that stand in no line and in nothing that was named as left out."""
    left_out = digits([each.text for each in document.furniture])
    return digits(texts) - digits(document.lines) - left_out


def lines_without_a_place(document: Document) -> list[str]:
    """Lines with digits that no paragraph, heading or table holds, and of which no problem speaks."""
    held = {segment.line for paragraph in document.paragraphs for segment in paragraph.segments}
    held |= {section.span.line for section in document.sections}
    held |= {problem.line for problem in document.problems if problem.line is not None}
    for table in (*document.tables, *(copy for copy, _ in document.copies)):
        held |= set(range(table.span.line, table.span.last_line + 1))
        held |= {note.span.line for note in table.notes}
        held |= {table.title_span.line} if table.title_span is not None else set()
    return [line for n, line in enumerate(document.lines, 1) if n not in held and re.search(r"\d", line)]


# Reports made here, in all formats


def amounts() -> st.SearchStrategy[str]:
    return st.decimals(0, 99_999, places=2).map(lambda value: f"{value:,.2f}")


def reports() -> st.SearchStrategy[Report]:
    sentence = st.builds(
        "{}年度{}支出{}万元，比上年增加{}万元，完成预算的{}%。".format,
        st.integers(2019, 2026), st.sampled_from(["培训费", "本年", "项目", "公务接待费"]), amounts(), amounts(), st.integers(1, 300),
    )  # fmt: skip
    row = st.tuples(
        st.sampled_from(["205", "20503", "2050302", "208", "20805"]),
        st.sampled_from(["教育支出", "职业教育", "养老支出", "抚恤"]),
        amounts(), st.one_of(st.just(""), amounts()), st.one_of(st.just(""), amounts()),
    ).map(list)  # fmt: skip
    return st.tuples(
        st.lists(sentence, min_size=1, max_size=4),
        st.lists(row, min_size=2, max_size=12),
        st.lists(sentence, min_size=0, max_size=3),
    )


def as_text(report: Report) -> bytes:
    before, rows, after = report
    table = ["支出决算表", "单位：万元", *("\t".join(row) for row in [HEAD, *rows])]
    return "\n".join(["某市水务局2024年度部门决算", *before, *table, "", *after]).encode()


def as_markdown(report: Report) -> bytes:
    before, rows, after = report
    table = [f"| {' | '.join(row)} |" for row in [HEAD, ["---"] * 5, *rows]]
    parts = ["# 某市水务局2024年度部门决算", *before, "支出决算表", "单位：万元", "\n".join(table), *after]
    return "\n\n".join(parts).encode()


def as_html(report: Report) -> bytes:
    before, rows, after = report
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in [HEAD, *rows])
    text = ["某市水务局2024年度部门决算", *before, "支出决算表", "单位：万元"]
    body = "".join(f"<p>{line}</p>" for line in text) + f"<table>{table}</table>"
    return f"<html><body>{body}{''.join(f'<p>{line}</p>' for line in after)}</body></html>".encode()


def as_docx(report: Report) -> bytes:
    docx = pytest.importorskip("docx")
    before, rows, after = report
    document = docx.Document()
    for line in ["某市水务局2024年度部门决算", *before, "支出决算表", "单位：万元"]:
        document.add_paragraph(line)
    table = document.add_table(rows=0, cols=5)
    for row in [HEAD, *rows]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    for line in after:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_xlsx(report: Report) -> bytes:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    before, rows, after = report
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    lines = [[line] for line in ["某市水务局2024年度部门决算", *before, "支出决算表", "单位：万元"]]
    for i, row in enumerate([*lines, HEAD, *rows, [""], *([line] for line in after)]):
        for j, text in enumerate(row):
            sheet.write_string(i, j, text)
    book.close()
    return out.getvalue()


def as_ods(report: Report) -> bytes:
    opendocument = pytest.importorskip("odf.opendocument")
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    before, rows, after = report
    document = opendocument.OpenDocumentSpreadsheet()
    table = Table(name="决算")
    lines = [[line] for line in ["某市水务局2024年度部门决算", *before, "支出决算表", "单位：万元"]]
    for row in [*lines, HEAD, *rows, [""], *([line] for line in after)]:
        line = TableRow()
        for text in row:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=text))
            line.addElement(cell)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_pdf(report: Report) -> bytes:
    before, rows, after = report
    xs, half = [60.0, 130.0, 300.0, 380.0, 460.0, 540.0], len(rows) // 2
    first = Page().text(150, 60, "某市水务局2024年度部门决算", 16).text(60, 20, "某市水务局公开材料2024", 9)
    for n, line in enumerate(before):
        first.text(60, 100 + 24 * n, line, 10)
    first.text(200, 220, "支出决算表", 14).text(480, 250, "单位：万元", 10)
    first.grid(xs, [270 + 20.0 * i for i in range(half + 2)], [HEAD, *rows[:half]])
    second = Page().grid(xs, [60 + 20.0 * i for i in range(len(rows) - half + 1)], rows[half:])
    for n, line in enumerate(after):
        second.text(60, 400 + 24 * n, line, 10)
    for n, page in enumerate((first, second), 1):
        page.text(290, 800, f"第{n}页", 9)
    return pdf(first, second)


@pytest.mark.parametrize(
    ("made", "name"),
    [(as_text, "x.txt"), (as_markdown, "x.md"), (as_html, "x.html"), (as_docx, "x.docx"), (as_xlsx, "x.xlsx"),
     (as_ods, "x.ods"), (as_pdf, "x.pdf")],
)  # fmt: skip
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(report=reports())
def test_every_digit_of_a_report_is_accounted_for(made: Callable[[Report], bytes], name: str, report: Report):
    before, rows, after = report
    document = read_bytes(made(report), name)
    texts = ["2024", *before, *after, *("".join(row) for row in rows)]
    assert not lost_on_the_way_in(document, texts)
    assert not lines_without_a_place(document)
    cells = {cell.text for table in document.tables for row in (*table.header, *table.body) for cell in row}
    assert {cell for row in rows for cell in row if cell} <= cells


# The documents beside the project


def files() -> list[Path]:
    folders = ("reports", "seeds", "texts", "cases")
    return sorted(path for folder in folders for path in (SHARED / folder).rglob("*.*") if path.is_file())


def texts_of(data: bytes, name: str) -> list[str]:
    """The file's own text, where another than our reader can tell it."""
    if name.endswith(".pdf"):
        opened = pypdfium2.PdfDocument(data)
        return [page.get_textpage().get_text_range() for page in opened]
    return [decode(data)[0]] if name.endswith((".txt", ".md")) else []


@pytest.mark.skipif(not files(), reason="the real documents do not lie beside the project")
def test_no_digit_of_the_documents_is_lost():
    lost = {}
    for path in files():
        data = path.read_bytes()
        try:
            document = read_bytes(data, path.name)
        except UnreadableError:
            continue
        repeated = any("出现了两次" in problem.message for problem in document.problems)
        gone = Counter() if repeated else lost_on_the_way_in(document, texts_of(data, path.name))
        if gone or lines_without_a_place(document):
            lost[path.name] = (sum(gone.values()), len(lines_without_a_place(document)))
    assert not lost
