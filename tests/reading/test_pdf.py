"""PDF files: written here, and the real ones where they lie beside the project."""

from __future__ import annotations

import io
import itertools
import re
import time
from pathlib import Path

import pytest

from assistant.audit import audit_document
from assistant.document import Span
from assistant.doubt import doubted
from assistant.findings import Evidence, Outcome, Verdict
from assistant.reading import UnreadableError, read, read_bytes
from assistant.reading.pdf import read_pdf
from assistant.reading.pdf.furniture import page_number
from assistant.rules import load_rulebook
from tests.reading.pdf_writer import Page, pdf, written

TITLE = "某市水务局2024年度部门决算"
XS = [60.0, 130.0, 300.0, 380.0, 460.0, 540.0]
HEAD = ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]
ROWS = [
    ["", "合计", "1,234.56", "1,000.00", "234.56"],
    ["205", "教育支出", "234.56", "", "234.56"],
    ["20503", "职业教育", "234.56", "", "234.56"],
    ["208", "社会保障和就业支出", "1,000.00", "1,000.00", ""],
]


def levels(start: float, count: int, step: float = 20) -> list[float]:
    return [start + step * i for i in range(count + 1)]


def table_page(**options) -> Page:
    page = Page().text(150, 60, "支出决算表", 16).text(60, 100, "部门：某市水务局", 10).text(480, 100, "单位：万元", 10)
    return page.grid(XS, levels(120, 5), [HEAD, *ROWS], **options)


def rows_of(data: bytes) -> list[list[str]]:
    (block,) = read_pdf(data).blocks or ()
    return [[cell.text for cell in row] for row in block.rows]


def texts(data: bytes) -> list[str]:
    return [line for line in read_pdf(data).lines if line]


# Tables


@pytest.mark.parametrize("options", [{}, {"bars": True}, {"open_sides": True}, {"open_top": True}])
def test_a_ruled_table_however_its_lines_are_drawn(options):
    assert rows_of(pdf(table_page(**options))) == [HEAD, *ROWS]


def test_what_stands_over_a_table_is_a_line_each():
    source = read_pdf(pdf(table_page()))
    over = [line for line in source.lines[: source.blocks[0].first - 1] if line]
    assert over == ["支出决算表", "部门：某市水务局", "单位：万元"]


@pytest.mark.parametrize("origin", [(0, 0), (-100, 50)])
def test_boxes_count_from_the_upper_left_corner(origin):
    page = Page(origin=origin).text(60, 100, TITLE, 12).grid(XS, levels(120, 5), [HEAD, *ROWS])
    source = read_pdf(pdf(page))
    (title,) = source.origins[0]
    assert title.page == 1
    assert title.box == pytest.approx((60, 100, 60 + 11 * 12 + 4 * 6, 112), abs=1)
    assert len(title.edges) == len(TITLE) + 1


def test_a_figure_is_led_back_to_its_characters():
    page = table_page().text(84, 300, TITLE).text(84, 330, "2024年度支出合计1,234.56万元。")
    document = read_bytes(pdf(page), "x.pdf")
    number = next(i for i, line in enumerate(document.lines, 1) if line.startswith("2024年度支出"))
    start = document.lines[number - 1].index("1,234.56")
    span = document.located(Span(number, start, start + 8))
    assert span.page == 1
    assert span.box == pytest.approx((84 + 4 * 6 + 6 * 12, 330, 84 + 12 * 6 + 6 * 12, 342), abs=1.5)
    (table,) = document.tables
    cell = table.body[0][2]
    left, top, right, bottom = document.located(cell.span).box
    assert 300 <= left < right <= 380
    assert 140 <= top < bottom <= 160


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_rotated_pages(rotate):
    """The same page turned by its rotation: text that runs with the page is read, whatever the display says."""
    page = table_page()
    page.rotate = rotate
    assert rows_of(pdf(page)) == [HEAD, *ROWS]


def test_text_set_sideways_on_an_upright_page_is_read_along_its_own_direction():
    page = Page()
    for n, text in enumerate(["某市水务局2024年度部门决算", "支出合计1,234.56万元。"]):
        page.turned_text(60 + 30 * n, 700, text)
    source = read_pdf(pdf(page))
    assert [line for line in source.lines if line] == ["某市水务局2024年度部门决算", "支出合计1,234.56万元。"]
    left, top, right, bottom = source.origins[0][0].box
    assert right - left < 20 < bottom - top


def test_merged_cells_keep_their_text_in_the_first_place():
    page = Page()
    xs, ys = [60.0, 160, 260, 360], levels(100, 4)
    for y in ys:
        page.line(60, y, 360, y)
    page.line(60, 100, 60, 180).line(360, 100, 360, 180).line(160, 100, 160, 180).line(260, 120, 260, 180)
    page.bar(60.5, 119, 159.5, 121, "1 g")  # white over black stays black: white is no line, and erases none
    page.text(62, 112, "项目", 9).text(230, 103, "本年支出", 9).text(162, 123, "合计", 9).text(262, 123, "基本支出", 9)
    page.text(62, 143, "教育支出", 9).text(200, 143, "12.00", 9).text(300, 143, "12.00", 9)
    page.text(62, 163, "合计", 9).text(200, 163, "12.00", 9).text(300, 163, "12.00", 9)
    assert rows_of(pdf(page))[0] == ["项目", "本年支出", ""]
    assert xs[0] == 60


def test_wrapped_cells_and_split_figures():
    page = Page()
    page.grid(
        [60.0, 130, 190, 250], [100.0, 120, 150, 170], [["项目", "合计", "本年"], ["", "", ""], ["合计", "1.00", ""]]
    )
    page.text(62, 122, "机关事业单位", 9).text(62, 134, "基本养老保险", 9)
    page.text(140, 122, "371,514,6", 9).text(150, 134, "55.00", 9)
    page.text(200, 122, "12.00", 9).text(200, 134, "13.00", 9)
    assert rows_of(pdf(page))[1] == ["机关事业单位基本养老保险", "371,514,655.00", "12.00 13.00"]


def test_a_figure_wider_than_its_cell_is_given_back_whole():
    page = Page().grid(
        [60.0, 150, 190, 260], levels(100, 3), [["项目", "合计", "本年"], ["", "", ""], ["合计", "1.00", "2.00"]]
    )
    page.text(62, 123, "教育", 9).text(189 - 12 * 4.5, 123, "9,389,913.00", 9).text(220, 123, "5.00", 9)
    assert rows_of(pdf(page))[1] == ["教育", "9,389,913.00", "5.00"]


def test_rows_without_lines_between_them_are_parted_where_figures_and_labels_pair_off():
    page = Page().grid([60.0, 160, 260], [100.0, 120, 180], [["项目", "合计"]])
    for n, (label, figure) in enumerate([("教育支出", "1.00"), ("科学支出", "12.00"), ("合计", "13.00")]):
        page.text(62, 125 + 18 * n, label, 9).text(256 - 4.5 * len(figure), 125 + 18 * n, figure, 9)
    assert rows_of(pdf(page)) == [["项目", "合计"], ["教育支出", "1.00"], ["科学支出", "12.00"], ["合计", "13.00"]]


@pytest.mark.parametrize("repeated", [True, False])
def test_a_table_over_pages_is_one(repeated):
    first = table_page().text(290, 800, "- 1 -", 9)
    more = [["20805", "养老支出", "600.00", "600.00", ""], ["20808", "抚恤", "400.00", "400.00", ""]]
    rows = [HEAD, *more] if repeated else more
    second = Page().grid(XS, levels(60, len(rows)), rows).text(290, 800, "- 2 -", 9)
    assert rows_of(pdf(first, second)) == [HEAD, *ROWS, *more]


@pytest.mark.parametrize("moved", [0, 5])
def test_a_piece_of_labels_without_amounts_goes_on_though_its_edges_moved(moved):
    """Rows that begin a page without an amount, a blank row over them, and a frame around the piece."""
    more = [[""] * 5, ["20508", "进修及培训", "", "", ""], ["20805", "养老支出", "600.00", "600.00", ""]]
    second = Page().grid([x + moved for x in XS], levels(60, len(more)), more)
    for x in (XS[0] + moved - 6, XS[-1] + moved + 6):
        second.line(x, 60, x, 120)
    for y in (60, 120):
        second.line(XS[0] + moved - 6, y, XS[-1] + moved + 6, y)
    rows = rows_of(pdf(table_page(), second))
    assert [row for row in rows if any(row)] == [HEAD, *ROWS, *more[1:]]


def test_another_table_without_a_title_on_the_next_page_is_another():
    head = ["科目编码", "科目名称", "本年收入", "财政拨款", "其他收入"]
    second = Page().grid(XS, levels(60, 5), [head, *ROWS])
    assert len(read_pdf(pdf(table_page(), second)).blocks or ()) == 2


def test_a_page_number_right_under_the_text_of_a_short_page_is_none_of_it():
    pages = [Page().text(60, 60, "水" * 39).text(60, 700, "水" * 39).text(290, 800, f"{n}", 9) for n in (1, 2, 3)]
    short = Page().text(60, 60, "水" * 30 + "2024年度支出合计").text(290, 100, "4", 9)
    after = Page().text(60, 60, "12.00万元。").text(290, 800, "5", 9)
    assert not [line for line in texts(pdf(*pages, short, after)) if page_number(line)]


def test_another_table_on_the_next_page_is_another():
    second = Page().text(150, 60, "收入决算表", 16).grid(XS, levels(120, 5), [HEAD, *ROWS])
    assert len(read_pdf(pdf(table_page(), second)).blocks or ()) == 2


def test_a_table_without_lines_is_read_with_doubt():
    page = Page().text(200, 60, "支出决算表", 16).text(430, 90, "单位：万元", 10)
    lefts = [60, 120, 300, 380, 460]
    for n, row in enumerate([HEAD, *ROWS]):
        for j, text in enumerate(row):
            wide = sum(10 if ord(c) > 127 else 5 for c in text)
            if text:
                page.text(lefts[j] if j < 2 else lefts[j] + 50 - wide, 115 + 16 * n, text, 10)
    source = read_pdf(pdf(page))
    assert rows_of(pdf(page)) == [HEAD, *ROWS]
    assert any("没有框线" in problem.message for problem in source.problems)
    assert min(origin.sure for origins in source.origins for origin in origins) < 100


@pytest.mark.parametrize("count", [1, 4])
def test_rows_between_level_lines_are_rows_however_their_words_are_broken(count):
    rows = [[f"二〇{n}事业支出", f"{n + 1},234.56", "56.00"] for n in range(count)]
    page = Page().text(200, 60, "支出决算表", 16).text(430, 90, "单位：万元", 10)
    for n in range(count + 2):
        page.line(60, 110 + 30 * n, 500, 110 + 30 * n)
    for n, row in enumerate([["项目", "合计", "基本支出"], *rows]):
        page.text(64, 113 + 30 * n, row[0][:4], 9).text(64, 125 + 30 * n, row[0][4:], 9)
        for left, text in zip((240, 400), row[1:], strict=True):
            page.text(left + 50 - sum(9 if ord(c) > 127 else 4.5 for c in text), 119 + 30 * n, text, 9)
    assert rows_of(pdf(page)) == [["项目", "合计", "基本支出"], *rows]


# Text


def test_paragraphs_are_one_line_also_over_pages_and_page_numbers_are_in_none():
    left, long = 60, "水" * 39
    first = Page().text(84, 700, "一、支出情况说明").text(84, 720, "2024年度支出合计1,2" + "水" * 27)
    first.text(left, 740, long).text(left, 760, "水" * 35 + "增长17.").text(left, 60, TITLE + "公开")
    first.text(290, 800, "- 3 -", 9).text(60, 30, "某市水务局公开材料", 9)
    pages = [first]
    for n in range(4, 7):
        page = Page().text(60, 30, "某市水务局公开材料", 9).text(290, 800, f"- {n} -", 9)
        page.text(left, 60, "31%。" if n == 4 else "水" * 20 + "。").text(84, 80, "二、其他说明")
        pages.append(page)
    lines = texts(pdf(*pages))
    assert any(line.startswith("2024年度支出合计") and line.endswith("增长17.31%。") for line in lines)
    assert "一、支出情况说明" in lines
    assert not [line for line in lines if "公开材料" in line or re.fullmatch(r"- \d -", line)]


@pytest.mark.parametrize("text", ["3", "- 12 -", "—3—", "第3页 共40页", "3/40", "第 3 页", "iv"])
def test_page_numbers(text):
    assert page_number(text)


@pytest.mark.parametrize("text", ["12.5", "2024年度", "单位：万元", "合计", "一、"])
def test_no_page_numbers(text):
    assert not page_number(text)


def test_contents_stay_lines():
    page = Page().text(260, 60, "目录", 16)
    names = ["一、部门概况", "二、部门决算表", "三、部门决算情况说明", "四、名词解释部分内容"]
    for n, name in enumerate(names):
        page.text(60, 100 + 20 * n, f"{name}{'.' * 60}{n + 1}")
    assert len(texts(pdf(page))) == 5


def test_gaps_in_figures_close_and_blanks_between_words_stay():
    page = (
        Page()
        .text(60, 60, TITLE)
        .text(60, 90, "388.96", spacing=2)
        .text(60, 120, "目  录")
        .text(60, 150, "12.00    34.00")
    )
    lines = texts(pdf(page))
    assert "388.96" in lines
    assert "12.00  34.00" in lines


def test_what_is_printed_twice_or_not_to_be_seen_is_read_once_or_not():
    page = (
        Page()
        .text(60, 60, TITLE)
        .text(60.3, 60, TITLE)
        .text(60, 100, "看不见的文字", mode=3)
        .text(60, 900, "页外的文字")
    )
    assert texts(pdf(page)) == [TITLE]


# Nothing is lost


def test_made_up_italics_stay_in_their_sentence_and_cell():
    page = (
        table_page().text(84, 300, TITLE).text(84, 330, "2024年度支出合计").slanted(84 + 9 * 12 - 12, 330, "1,234.56")
    )
    page.text(84 + 12 * 12, 330, "万元。").slanted(302, 203, "77.00", 9)
    source = read_pdf(pdf(page))
    assert "2024年度支出合计1,234.56万元。" in source.lines
    assert "77.00" in source.blocks[0].rows[-1][2].text


def test_what_is_kept_out_of_the_text_is_named_and_its_figures_told():
    page = Page().text(60, 60, TITLE).text(60, 90, "支出合计1,234.56万元，比上年增加56.00万元。")
    page.text(60, 120, "不见的778.00", mode=3).slanted(100, 500, "内部9.31资料", 30, up=0.6)
    page.turned_text(400, 500, "竖排1,234.56")
    source = read_pdf(pdf(page))
    assert [(each.kind, each.text) for each in source.furniture] == [
        ("不显示的文字", "不见的778.00"),
        ("斜排或竖排的文字", "内部9.31资料竖排1,234.56"),
    ]
    assert [problem.message[:5] for problem in source.problems] == ["第1页有不", "第1页有斜"]
    quiet = read_pdf(pdf(Page().text(60, 60, TITLE).turned_text(400, 500, "2024")))
    assert quiet.furniture
    assert not quiet.problems


def test_figures_printed_over_each_other_are_not_judged():
    page = table_page().text(60, 300, TITLE)
    page.text(60, 330, "支出合计1,234.56万元").text(60 + 4 * 12, 330, "7,890.12")
    source = read_pdf(pdf(page))
    assert any("重叠" in problem.message for problem in source.problems)
    (doubted_line,) = [n for n, line in enumerate(source.lines) if line.startswith("支出合计")]
    assert min(origin.sure for origin in source.origins[doubted_line]) == 0


def test_page_numbers_heads_and_repeated_table_heads_are_named():
    pages = [table_page(), Page().grid(XS, levels(60, 2), [HEAD, ["20805", "养老支出", "600.00", "600.00", ""]])]
    pages += [Page().text(60, 60, "水" * 30) for _ in range(2)]
    for n, page in enumerate(pages, 1):
        page.text(290, 800, f"- {n} -", 9).text(60, 20, "某市水务局公开材料", 9)
    furniture = read_pdf(pdf(*pages)).furniture
    assert [each.page for each in furniture if each.kind == "页码"] == [1, 2, 3, 4]
    assert [each.page for each in furniture if each.kind == "页眉页脚"] == [1, 2, 3, 4]
    assert [each.text for each in furniture if each.kind == "重复的表头"] == [" ".join(HEAD)]


def test_what_is_typed_into_a_form_is_read():
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(60, 700, "2024 total in all of the year")
    canvas.acroForm.textfield(name="total", value="1234.56", x=60, y=600, width=200, height=20)
    canvas.save()
    assert any("1234.56" in line for line in read_pdf(out.getvalue()).lines)


# What cannot be read


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        read_bytes(data, "x.pdf")
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_broken_files_get_one_line():
    whole = pdf(table_page())
    assert "损坏" in refused(b"%PDF-1.7\n" + b"rubbish" * 50)
    assert "损坏" in refused(whole[:300])
    assert refused(written([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"]))


def test_a_truncated_file_says_so():
    whole = pdf(table_page().text(60, 300, TITLE))
    try:
        source = read_pdf(whole[: whole.rindex(b"startxref")])
    except UnreadableError:
        return
    assert any("截断" in problem.message for problem in source.problems)


def test_encrypted_files_are_named():
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(table_page()))))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert "加密" in refused(out.getvalue())


def test_too_many_pages_are_refused_at_once():
    start = time.perf_counter()
    assert "2000 页" in refused(pdf(*[Page().text(60, 60, "决算") for _ in range(2000)]))
    assert time.perf_counter() - start < 5


def test_a_page_of_countless_lines_is_no_table_and_costs_no_time():
    drawing = Page().text(60, 60, TITLE).text(60, 90, "2024年度支出合计1,234.56万元。")
    drawing.raw("\n".join(f"0 {n / 40:.2f} m 595 {n / 40:.2f} l S" for n in range(33_000)))
    fine = table_page()
    start = time.perf_counter()
    source = read_pdf(pdf(drawing, fine))
    assert time.perf_counter() - start < 8
    assert len(source.blocks or ()) == 1
    assert any("过多" in problem.message for problem in source.problems)


def test_scans_without_recognition_are_a_problem_with_advice(monkeypatch):
    monkeypatch.setattr("assistant.reading.pdf.reader.available", lambda: False)
    assert "扫描" in refused(pdf(Page(), Page(), images=True))
    mixed = pdf(*[table_page().text(60, 300, TITLE)]).replace(b"", b"")
    assert read_bytes(mixed, "x.pdf").tables
    assert "hecha[ocr]" in refused(pdf(Page(), images=True))


# Recognised text


def test_no_error_rests_on_recognised_text():
    page = table_page().text(60, 300, TITLE).text(60, 330, "看不见的文字层", mode=3)
    document = read_bytes(pdf(page), "x.pdf")
    outcome = Outcome(
        "N401", Verdict.DISAGREE, "x", evidence=(Evidence(role="claim", line=1, end_line=1, start=0, end=3, text=""),)
    )
    assert doubted(document, [outcome], {"N401": "error"}) == [outcome]
    for sure, verdict, severity in ((97, Verdict.DISAGREE, "warning"), (60, Verdict.UNCLEAR, None)):
        origins = tuple(tuple(_sure(origin, sure) for origin in line) for line in document.origins)
        (lowered,) = doubted(_with(document, origins), [outcome], {"N401": "error"})
        assert (lowered.verdict, lowered.severity) == (verdict, severity)


def _sure(origin, sure):
    from dataclasses import replace

    return replace(origin, sure=sure)


def _with(document, origins):
    from dataclasses import replace

    return replace(document, origins=origins)


def test_an_invisible_layer_under_a_picture_is_never_trusted():
    page = Page()
    for n in range(4):
        page.text(60, 60 + 20 * n, TITLE + "支出合计12.00万元。", mode=3)
    source = read_pdf(pdf(page, images=True))
    assert all(origin.sure == 0 for origins in source.origins for origin in origins)
    assert any("自带的识别结果" in problem.message for problem in source.problems)


# The real reports

REPORTS = Path(__file__).parents[3] / "shared" / "reports"
PATHS = sorted(REPORTS.glob("*.pdf"))
real = pytest.mark.skipif(not PATHS, reason="the real reports do not lie beside the project")


@pytest.fixture(scope="module")
def documents():
    return {path.name: read(str(path)) for path in PATHS}


@real
def test_every_table_of_the_reports_is_read_with_its_shape(documents):
    for name, document in documents.items():
        for table in document.tables:
            widths = {len(row) for row in (*table.header, *table.body)}
            assert len(widths) == 1, (name, table.title)
            garbled = [c.text for row in table.body for c in row if re.fullmatch(r"[\d.,\s]+", c.text) and not c.figure]
            assert not [text for text in garbled if text.strip()], (name, table.title)


@real
def test_no_page_number_or_header_stands_in_a_paragraph(documents):
    for name, document in documents.items():
        for paragraph in document.paragraphs:
            assert not page_number(paragraph.text), name
            assert not re.search(r"[-—]\s*\d{1,3}\s*[-—]$", paragraph.text), name


@real
def test_sentences_are_whole(documents):
    for name, document in documents.items():
        torn = [
            (a.text[-10:], b.text[:10])
            for a, b in itertools.pairwise(document.paragraphs)
            if re.search(r"[\d,，]$", a.text) and re.match(r"[\d万%.]", b.text) and len(a.text) > 30
        ]
        assert not torn, name


@real
def test_totals_tie_and_errors_of_tables_are_true(documents):
    """What is told as an error of a table was judged by hand to be one."""
    rulebook = load_rulebook(select=["T"])
    judged = REPORTS.parent / "labels" / "judged.tsv"
    lines = judged.read_text(encoding="utf-8").splitlines() if judged.is_file() else []
    true = [line.split("\t") for line in lines if "\tTRUE\t" in line]
    for name, document in documents.items():
        for finding in audit_document(document, rulebook).findings:
            known = [line for line in true if line[0].endswith(name) and line[1] == finding.rule]
            if finding.severity == "error":
                assert [line for line in known if finding.title.startswith(line[4][:20])], (name, finding.title)
