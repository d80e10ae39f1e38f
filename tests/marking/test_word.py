"""Marked Word files: a comment around the exact words of each finding, and nothing else changed."""

from __future__ import annotations

import io
import zipfile
from copy import deepcopy

import docx
import pytest
from lxml import etree

from assistant.audit import audit_document
from assistant.cli import main
from assistant.findings import Evidence, Finding
from assistant.marking import MarkingError, mark
from assistant.reading import read_bytes
from assistant.reading.formats import source_of
from assistant.resources import corpora_dir
from assistant.rules import load_rulebook
from tests.reading import office
from tests.reading.office import cell, paragraph, run, table
from tests.tools.formats import read_sample, to_docx

W = f"{{{office.W}}}"
SAMPLE = corpora_dir() / "samples" / "yuan-tables" / "table-errors.txt"


def finding(document, words: str, skip: int = 0) -> Finding:
    """A finding about some words of a document."""
    places = [(n, line.index(words)) for n, line in enumerate(document.lines, 1) if words in line]
    line, start = places[skip]
    evidence = Evidence(role="claim", line=line, end_line=line, start=start, end=start + len(words), text=words)
    return Finding(
        id=f"N301-{words}{skip}", rule="N301", category="other", severity="error", title=f"关于{words}", message="不符。\x01",
        stated="1", expected="2", calculation="1 ≠ 2", evidence=(evidence,), suggestion="请核对。", basis="依据",
    )  # fmt: skip


HEAD = paragraph("某县粮食局2023年度部门决算") + paragraph("2023年度收入决算120.50万元。")


def commented(data: bytes) -> list[tuple[str, str]]:
    """The commented words and the first line of the comment, in the order of the text."""
    document = docx.Document(io.BytesIO(data))
    titles = {comment.comment_id: comment.paragraphs[0].text for comment in document.comments}
    found = []
    for start in document.element.body.iter(f"{W}commentRangeStart"):
        number, words, inside = start.get(f"{W}id"), "", False
        for element in document.element.body.iter():
            if element is start:
                inside = True
            elif element.tag == f"{W}commentRangeEnd" and element.get(f"{W}id") == number:
                break
            elif inside and element.tag == f"{W}t":
                words += element.text or ""
        found.append((words, titles[int(number)]))
    return found


def bare(data: bytes) -> bytes:
    """The body without comment marks, neighbouring runs of the same look joined: what the reader sees, as XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        root = etree.fromstring(file.read("word/document.xml"))
    for element in list(root.iter(f"{W}commentRangeStart", f"{W}commentRangeEnd")):
        element.getparent().remove(element)
    for element in list(root.iter(f"{W}commentReference")):
        element.getparent().getparent().remove(element.getparent())
    for element in root.iter(f"{W}t"):
        element.attrib.pop("{http://www.w3.org/XML/1998/namespace}space", None)
    for element in list(root.iter(f"{W}r")):
        before = element.getprevious()
        if before is None or before.tag != element.tag or dict(before.attrib) != dict(element.attrib):
            continue
        looks = [
            etree.tostring(deepcopy(each.find(f"{W}rPr"))) if each.find(f"{W}rPr") is not None else b""
            for each in (before, element)
        ]
        if looks[0] == looks[1]:
            for each in [each for each in element if each.tag != f"{W}rPr"]:
                before.append(each)
            element.getparent().remove(element)
            element = before
    for element in root.iter(f"{W}r"):
        texts = element.findall(f"{W}t")
        for first, second in zip(texts[::-1][1:], texts[::-1], strict=False):
            if first.getnext() is second:
                first.text = (first.text or "") + (second.text or "")
                element.remove(second)
    return etree.tostring(root, method="c14n")


def unchanged(before: bytes, after: bytes) -> None:
    assert bare(before) == bare(after)
    assert source_of(before, "a").lines == source_of(after, "a").lines
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(io.BytesIO(after)) as new:
        touched = {"word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
        for name in old.namelist():
            if name not in touched:
                assert old.read(name) == new.read(name)
        assert set(new.namelist()) - set(old.namelist()) <= {"word/comments.xml"}


def marked(body: str, *words: str, **parts: str) -> tuple[bytes, list[tuple[str, str]]]:
    data = office.docx(HEAD + body, **parts)
    document = read_bytes(data, "a.docx")
    result = mark(data, document, [finding(document, each) for each in words])
    unchanged(data, result.data)
    assert (result.placed, result.unplaced) == (len(words), 0)
    return result.data, commented(result.data)


def test_the_comment_stands_around_the_exact_words():
    data, found = marked("", "120.50万元")
    assert found == [("120.50万元", "【错误】关于120.50万元")]
    comment = next(iter(docx.Document(io.BytesIO(data)).comments))
    assert comment.author == "核查助手"
    assert [each.text for each in comment.paragraphs] == [
        "【错误】关于120.50万元", "不符。", "计算过程：1 ≠ 2", "建议：请核对。", "依据：依据", "编号：N301-120.50万元0",
    ]  # fmt: skip


def test_runs_are_split_and_joined_over_formats():
    body = paragraph(
        run("支出合", "<w:b/>") + run("计3") + "<w:r><w:t>,</w:t><w:tab/><w:t>456</w:t></w:r>" + run("万元")
    )
    assert marked(body, "合计3,", "456万")[1] == [("合计3,", "【错误】关于合计3,"), ("456万", "【错误】关于456万")]


def test_several_comments_on_the_same_words():
    data = office.docx(HEAD)
    document = read_bytes(data, "a.docx")
    result = mark(
        data, document, [finding(document, "120.50"), finding(document, "收入决算120.50万元"), finding(document, "0.5")]
    )
    unchanged(data, result.data)
    assert sorted(words for words, _ in commented(result.data)) == ["0.5", "120.50", "收入决算120.50万元"]


def test_words_in_cells_links_insertions_and_controls():
    body = table(
        [cell(paragraph("甲")), cell(paragraph("1,234.50") + paragraph("其中基本"))], ["乙", "2.00"]
    ) + paragraph(
        f"<w:hyperlink>{run('看链接处')}</w:hyperlink><w:ins w:id='9'>{run('新增内容')}</w:ins><w:sdt><w:sdtContent>{run('控件内容')}</w:sdtContent></w:sdt>"
    )
    found = marked(body, "1,234.50", "基本", "链接", "增内", "件内")[1]
    assert [words for words, _ in found] == ["1,234.50", "基本", "链接", "增内", "件内"]


def test_an_automatic_number_and_a_second_line():
    numbering = "<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
    body = paragraph(run("首行") + "<w:r><w:br/></w:r>" + run("次行文字"), "<w:numPr><w:numId w:val='1'/></w:numPr>")
    assert [words for words, _ in marked(body, "1. 首", "行文", numbering=numbering)[1]] == ["首", "行文"]


def test_a_text_box_is_commented_at_its_paragraph():
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{paragraph('框内有误')}</w:txbxContent></v:textbox></w:pict></w:r>"
    assert [words for words, _ in marked(paragraph(run("所在段落") + box), "有误")[1]] == ["所在段落"]


def test_comments_that_were_there_stay():
    first = mark(data := office.docx(HEAD), read_bytes(data, "a"), [finding(read_bytes(data, "a"), "120.50")]).data
    document = read_bytes(first, "a.docx")
    second = mark(first, document, [finding(document, "收入")]).data
    assert [words for words, _ in commented(second)] == ["收入", "120.50"]
    unchanged(data, second)


def test_a_finding_without_a_place_stands_at_the_beginning():
    data = office.docx(HEAD)
    document = read_bytes(data, "a.docx")
    lost = finding(document, "收入").model_copy(update={"evidence": ()})
    result = mark(data, document, [lost])
    assert (result.placed, result.unplaced) == (0, 1)
    assert commented(result.data)[0][0] == "某县粮食局2023年度部门决算"


def test_a_real_report():
    data = to_docx(read_sample(SAMPLE.read_text(encoding="utf-8")))
    document = read_bytes(data, "a.docx")
    findings = audit_document(document, load_rulebook()).findings
    result = mark(data, document, findings)
    unchanged(data, result.data)
    first = {(f.evidence[0].text, f.title) for f in findings}
    assert {
        (words, title.removeprefix("【错误】").removeprefix("【警告】").removeprefix("【提示】"))
        for words, title in commented(result.data)
    } == first
    assert mark(data, document, findings).data == result.data, "the same input gives the same bytes"
    before, after = docx.Document(io.BytesIO(data)), docx.Document(io.BytesIO(result.data))
    assert [p.text for p in before.paragraphs] == [p.text for p in after.paragraphs]


@pytest.mark.parametrize("kind", ["text", "html", "old", "xlsx"])
def test_other_formats_are_refused_with_what_to_do(kind):
    document = read_bytes("某局2023年度部门决算\n决算收入1万元\n".encode(), "a.txt")
    sheet = office.xlsx({"表": "<sheetData/>"})
    data = {"text": b"abc", "html": b"<html>", "old": b"\xd0\xcf\x11\xe0", "xlsx": sheet}[kind]
    with pytest.raises(MarkingError, match="请"):
        mark(data, document, [])


def test_the_command(tmp_path, capsys):
    source, out = tmp_path / "报告.docx", tmp_path / "批注.docx"
    source.write_bytes(to_docx(read_sample(SAMPLE.read_text(encoding="utf-8"))))
    before = source.read_bytes()
    assert main(["annotate", str(source), "-o", str(out)]) == 0
    assert "条批注" in capsys.readouterr().err
    assert commented(out.read_bytes())
    assert main(["annotate", str(source), "-o", str(source)]) == 2
    assert "覆盖输入文件" in capsys.readouterr().err
    assert source.read_bytes() == before
    text = tmp_path / "a.txt"
    text.write_text("某局2023年度部门决算\n决算收入1万元\n", encoding="utf-8")
    assert main(["annotate", str(text), "-o", str(tmp_path / "b.docx")]) == 2
    assert "请改用 Word" in capsys.readouterr().err
    assert not (tmp_path / "b.docx").exists()
