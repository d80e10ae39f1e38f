"""The working paper, opened with python-docx: chapters, tables, marked words, fonts, the block to sign."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import docx
from docx.oxml.ns import qn
from lxml import etree

from assistant.decisions import Decision, Review, Status, document_key
from assistant.findings import Report
from assistant.reports import render_file

from .hostile import TEXTS, hostile  # type: ignore[import-not-found]


def opened(report: Report, review: Review | None = None):  # type: ignore[no-untyped-def]
    return docx.Document(io.BytesIO(render_file(report, "docx", review)))


def everything(document) -> str:  # type: ignore[no-untyped-def]
    return "\n".join(node.text or "" for node in document.element.body.iter(qn("w:t")))


def test_chapters_and_what_they_hold(report: Report) -> None:
    document = opened(report)
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == [
        "一、核查结果", "二、核查范围", "三、疑点一览", "四、疑点明细", "五、已排除的疑点", "六、未核查的内容与说明", "七、审核意见",
    ]  # fmt: skip
    text = everything(document)
    for part in (
        "缺公开04",
        "文件为空，请换成完整的文件",
        "1,235.46；",
        "数字台账：共 4 个数字",
        "签字：",
        "《部门决算管理办法》第十条",
    ):
        assert part in text
    listed = next(table for table in document.tables if len(table.columns) == 6)
    assert [row.cells[0].text for row in listed.rows] == ["序号", "1", "2", "3"]
    assert [row.cells[4].text for row in listed.rows] == ["严重程度", "错误", "警告", "提示"]


def test_the_cell_in_question_is_shaded_in_its_row(report: Report) -> None:
    audit = report.audits[0]
    first = audit.findings[0]
    found = first.model_copy(update={"evidence": (first.evidence[1],)})
    document = opened(replace(report, audits=(replace(audit, findings=(found,)),)))
    grid = next(table for table in document.tables if table.rows[0].cells[0].text == "项目")
    shades = [
        (cell.text, shade.get(qn("w:fill"))) for cell in grid.rows[1].cells for shade in cell._tc.iter(qn("w:shd"))
    ]
    assert shades == [("合计", "FFF0B8"), ("234", "FFC9C2")]  # of cells at one place, as here, the last


def test_chinese_fonts_and_page_numbers(report: Report) -> None:
    document = opened(report)
    for style, font in (("Normal", "宋体"), ("Heading 1", "黑体"), ("HechaBody", "仿宋")):
        fonts = document.styles[style].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == font
        assert fonts.get(qn("w:eastAsiaTheme")) is None
    footer = etree.tostring(document.sections[0].footer._element).decode()
    assert " PAGE " in footer
    assert " NUMPAGES " in footer


def test_dismissed_findings_have_their_own_chapter(report: Report) -> None:
    audit = report.audits[0]
    identity = audit.findings[1].id
    decision = Decision(
        finding=identity, status=Status.DISMISSED, reason="口径不同", reviewer="李四", time="2024-05-06T00:00:00Z"
    )
    document = opened(report, Review({document_key(audit.document): {identity: decision}}))
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert ["1", "T101 的合计不等于分项之和", "口径不同", "李四", "2024-05-06"] in rows
    assert not [p for p in document.paragraphs if p.text.startswith("1. [错误]")]


def test_hostile_text_is_only_text(report: Report) -> None:
    made, review = hostile(report)
    for chosen in (None, review):
        data = render_file(made, "docx", chosen)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                if name.endswith((".xml", ".rels")):
                    etree.fromstring(archive.read(name))
            assert not [name for name in archive.namelist() if "embeddings" in name or "vba" in name.lower()]
        document = docx.Document(io.BytesIO(data))
        text = everything(document)
        assert TEXTS[0] in text
        assert TEXTS[5] in text
        assert {node.tag for node in document.element.body.iter("{*}script", "{*}img", "{*}hyperlink")} == set()
        codes = {node.text.strip() for node in document.element.body.iter(qn("w:instrText"))}
        assert codes == set()


def test_too_many_details_are_cut_and_it_is_said(report: Report, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    from assistant.reports import as_docx

    monkeypatch.setattr(as_docx, "MOST_DETAILS", 2)
    text = everything(opened(report))
    assert "只列出最严重的 2 项的明细；其余 1 项" in text
