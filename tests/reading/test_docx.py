"""Word files: what a reader sees is what is read, in order, and every place can be named."""

from __future__ import annotations

import pytest

from assistant.document import Span
from assistant.reading import read_bytes
from assistant.reading.formats import source_of
from assistant.reading.word.numbering import print_number
from tests.reading.office import cell, docx, paragraph, run, table

HEAD = paragraph("某县粮食局2023年度部门决算") + paragraph("2023年度收入决算120.50万元。")


def lines(body: str, **parts: str) -> list[str]:
    return [line for line in source_of(docx(body, **parts), "a.docx").lines if line.strip()]


def test_paragraphs_are_lines_with_their_places():
    source = source_of(
        docx(paragraph("甲") + paragraph("") + paragraph(run("乙") + "<w:r><w:br/></w:r>" + run("丙"))), "a"
    )
    assert source.lines == ("甲", "", "乙", "丙", "")
    assert [origin.anchor for of_line in source.origins for origin in of_line] == ["第1段", "第2段", "第2段第2行"]


def test_tracked_changes_are_accepted():
    body = paragraph(
        run("收入")
        + f"<w:ins w:id='1'>{run('合计')}</w:ins><w:del w:id='2'><w:r><w:delText>总计</w:delText></w:r></w:del>"
        f"<w:moveFrom w:id='3'>{run('移走')}</w:moveFrom><w:moveTo w:id='4'>{run('移来')}</w:moveTo>"
    )
    assert lines(body) == ["收入合计移来"]


def test_a_deleted_paragraph_end_joins_two_paragraphs():
    gone = "<w:rPr><w:del w:id='1'/></w:rPr>"
    assert lines(paragraph("增加162.", gone) + paragraph("84万元。")) == ["增加162.84万元。"]
    removed = "<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr><w:del w:id='2'><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>"
    assert lines(removed + paragraph("新")) == ["新"]


def test_a_deleted_row_is_gone():
    body = table(("甲", "1.00"), ("乙", "2.00")).replace("<w:tr>", "<w:tr><w:trPr><w:del w:id='1'/></w:trPr>", 1)
    assert lines(body) == ["乙\t2.00"]


def test_fields_show_their_result_and_no_page_numbers():
    def part(kind: str) -> str:
        return f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>"

    code = "<w:r><w:instrText>{}</w:instrText></w:r>"
    entry = (
        run("一、概况") + part("begin") + code.format(" PAGEREF _T1 \\h ") + part("separate") + run("12") + part("end")
    )
    contents = part("begin") + code.format('TOC \\o "1-3"') + part("separate") + entry
    simple = (
        '<w:fldSimple w:instr=" DATE ">'
        + run("2023年")
        + '</w:fldSimple><w:fldSimple w:instr="PAGE">'
        + run("7")
        + "</w:fldSimple>"
    )
    assert lines(paragraph(contents) + paragraph(entry + part("end")) + paragraph(simple)) == [
        "一、概况",
        "一、概况",
        "2023年",
    ]
    open_field = paragraph(part("begin") + code.format("PAGEREF x"))
    assert lines(open_field + paragraph("后文")) == ["后文"], "a field without an end hides nothing after its paragraph"


def test_hidden_text_and_comments_are_not_read():
    body = paragraph(
        run("见")
        + run("密", "<w:vanish/>")
        + run("否", "<w:vanish w:val='0'/>")
        + "<w:r><w:commentReference w:id='1'/></w:r>"
    )
    assert lines(body) == ["见否"]
    style = "<w:style w:type='character' w:styleId='h'><w:rPr><w:vanish/></w:rPr></w:style>"
    assert lines(paragraph(run("见") + run("密", "<w:rStyle w:val='h'/>")), styles=style) == ["见"]


def test_text_boxes_are_read_once():
    box = f"<w:txbxContent>{paragraph('框内')}</w:txbxContent>"
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    source = source_of(docx(paragraph(run("框外") + both)), "a")
    assert [line for line in source.lines if line] == ["框外", "框内"]
    assert source.origins[2][0].anchor == "第1段文本框第1段"


def test_content_controls_links_and_formulas_are_kept():
    body = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('控件')}</w:sdtContent></w:sdt>" + paragraph(
        f"<w:hyperlink>{run('链接')}</w:hyperlink><w:sdt><w:sdtContent>{run('内')}</w:sdtContent></w:sdt>"
        "<m:oMath><m:r><m:t>≥90%</m:t></m:r></m:oMath>"
    )
    assert lines(body) == ["控件", "链接内≥90%"]


def test_footnotes_stand_after_their_paragraph_and_touch_no_figure():
    note = f"<w:footnote w:id='2'>{paragraph('含上年结转')}</w:footnote><w:footnote w:type='separator' w:id='0'>{paragraph('x')}</w:footnote>"
    body = paragraph(run("收入120.50") + "<w:r><w:footnoteReference w:id='2'/></w:r>" + run("万元"))
    assert lines(body, footnotes=note) == ["收入120.50万元", "含上年结转"]


def test_merged_cells_keep_their_text_in_the_first_place():
    body = table(
        [cell("项目", "<w:vMerge w:val='restart'/>"), cell("本年支出", "<w:gridSpan w:val='2'/>")],
        [cell("", "<w:vMerge/>"), "基本支出", "项目支出"],
        ["合计", "1.00", "2.00"],
    )
    assert lines(body) == ["项目\t本年支出\t", "\t基本支出\t项目支出", "合计\t1.00\t2.00"]


def test_rows_that_begin_later_and_short_rows_are_filled_up():
    body = table(["甲", "乙", "丙"], ["1.00"]).replace(
        '<w:tr><w:tc><w:tcPr></w:tcPr><w:p><w:r><w:t xml:space="preserve">1.00',
        "<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr><w:tc><w:tcPr></w:tcPr><w:p><w:r><w:t xml:space=\"preserve\">1.00",
    )
    assert lines(body) == ["甲\t乙\t丙", "\t1.00\t"]


def test_nested_tables_and_frames():
    inner = table(["子", "1.00"], ["丑", "2.00"])
    source = source_of(docx(table(["外", cell(paragraph("见内表") + inner + "<w:p/>")], ["甲", "3.00"])), "a")
    assert [line for line in source.lines if line] == ["外\t见内表", "甲\t3.00", "子\t1.00", "丑\t2.00"]
    assert source.origins[3][0].anchor == "表1第1行第2列内表1第1行第1列"
    assert lines(table([cell(paragraph("正文") + table(["甲", "1.00"], ["乙", "2.00"]))])) == [
        "正文",
        "甲\t1.00",
        "乙\t2.00",
    ]


def test_titles_units_and_notes_in_rows_of_the_table_become_lines():
    wide = "<w:gridSpan w:val='6'/>"
    body = HEAD + table(
        [cell("收入决算表", wide)],
        [cell("公开02表", wide)],
        [cell("部门：某县粮食局", "<w:gridSpan w:val='4'/>"), cell("金额单位：万元", "<w:gridSpan w:val='2'/>")],
        ["功能分类科目编码", "科目名称", "本年收入合计", "财政拨款收入", "事业收入", "其他收入"],
        ["", "合计", "120.50", "100.00", "20.00", "0.50"],
        ["222", "粮油物资储备支出", "120.50", "100.00", "20.00", "0.50"],
        [cell("注：本表反映部门本年度取得的各项收入情况。", wide)],
    )
    document = read_bytes(docx(body), "a.docx")
    (found,) = document.tables
    assert (found.role, found.unit.name, len(found.body), len(found.notes)) == ("公开02", "万元", 2, 1)
    assert document.organisation == "某县粮食局"
    figure = found.sides[0].rows[1].cells[0]
    assert document.located(figure.span).anchor == "表1第6行第3列"


LEVELS = "".join(
    f"<w:lvl w:ilvl='{n}'><w:start w:val='1'/><w:numFmt w:val='{form}'/><w:lvlText w:val='{text}'/></w:lvl>"
    for n, (form, text) in enumerate(
        [
            ("chineseCountingThousand", "%1、"),
            ("chineseCounting", "（%2）"),
            ("decimal", "%3."),
            ("decimalEnclosedCircle", "%4"),
            ("bullet", ""),
        ]
    )
)
NUMBERING = (
    f"<w:abstractNum w:abstractNumId='0'>{LEVELS}</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
    "<w:num w:numId='2'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='2'><w:startOverride w:val='5'/></w:lvlOverride></w:num>"
)


def numbered(text: str, level: int, number: int = 1) -> str:
    return paragraph(text, f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{number}'/></w:numPr>")


def test_automatic_numbers_are_shown_as_printed():
    body = "".join(
        numbered(text, level)
        for text, level in [("甲", 0), ("乙", 1), ("丙", 1), ("丁", 2), ("戊", 3), ("己", 4), ("庚", 0), ("辛", 1)]
    )
    assert lines(body, numbering=NUMBERING) == [
        "一、甲",
        "（一）乙",
        "（二）丙",
        "1. 丁",
        "① 戊",
        "己",
        "二、庚",
        "（一）辛",
    ]
    assert lines(numbered("甲", 2, 2) + numbered("乙", 2, 2), numbering=NUMBERING) == ["5. 甲", "6. 乙"]


def test_numbers_that_come_from_a_style_and_headings():
    styles = (
        "<w:style w:type='paragraph' w:styleId='B'><w:pPr><w:numPr><w:ilvl w:val='1'/><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
        "<w:style w:type='paragraph' w:styleId='C'><w:basedOn w:val='B'/></w:style>"
        "<w:style w:type='paragraph' w:styleId='H'><w:pPr><w:outlineLvl w:val='1'/></w:pPr></w:style>"
    )
    body = (
        paragraph("甲", "<w:pStyle w:val='C'/>")
        + paragraph("收支情况", "<w:pStyle w:val='H'/>")
        + paragraph("乙", "<w:pStyle w:val='C'/>")
    )
    assert lines(body, numbering=NUMBERING, styles=styles) == ["（一）甲", "## 收支情况", "（二）乙"]
    loop = "<w:style w:type='paragraph' w:styleId='A'><w:basedOn w:val='A'/></w:style>"
    assert lines(paragraph("甲", "<w:pStyle w:val='A'/>"), styles=loop) == ["甲"]


def test_numbers_in_cells():
    order = paragraph("", "<w:numPr><w:ilvl w:val='2'/><w:numId w:val='1'/></w:numPr>").replace(run(""), "")
    body = table([cell(order), "甲", "1.00"], [cell(order), "乙", "2.00"])
    assert lines(body, numbering=NUMBERING) == ["1. \t甲\t1.00", "2. \t乙\t2.00"]


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        (10, "chineseCounting", "十"), (11, "chineseCounting", "十一"), (20, "japaneseCounting", "二十"),
        (105, "chineseCounting", "一百零五"), (12, "ideographDigital", "一二"), (3, "ideographTraditional", "丙"),
        (21, "decimalEnclosedCircle", "21"), (4, "lowerRoman", "iv"), (28, "upperLetter", "BB"), (7, "decimalZero", "07"),
        (3, "decimalFullWidth", "３"), (2, "chineseLegalSimplified", "贰"), (5, "decimalEnclosedParen", "⑸"),
    ],
)  # fmt: skip
def test_forms_of_numbers(number, form, text):
    assert print_number(number, form) == text


def test_figures_of_a_word_file_have_lost_no_digits():
    rows = [
        ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
        ["", "合计", "30.6", "10.25", "20.35"],
        ["201", "甲", "30.60", "10.25", "20.35"],
    ]
    document = read_bytes(docx(HEAD + paragraph("支出决算表") + paragraph("单位：万元") + table(*rows)), "a.docx")
    assert not [c for t in document.tables for s in t.sides for r in s.rows for c in r.cells if c.cut]


def test_places_lead_home():
    document = read_bytes(docx(HEAD), "a.docx")
    line = document.lines.index("2023年度收入决算120.50万元。") + 1
    assert document.located(Span(line, 8, 14)).anchor == "第2段"
