"""Headings by their numbers, paragraphs across breaks, and every character traceable to its line."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.document import Paragraph, Segment
from assistant.reading.sections import is_heading, numbering, read_sections


def structure(*lines: str, skip: set[int] | None = None):
    return read_sections(lines, skip or set())


def traced(lines, paragraph) -> bool:
    """Whether every character of a paragraph stands where its span says."""
    for i, char in enumerate(paragraph.text):
        span = paragraph.span(i, i + 1)
        if span.end_line or span.end != span.start + 1 or lines[span.line - 1][span.start : span.end] != char:
            return False
    return True


@pytest.mark.parametrize(
    ("line", "level", "number"),
    [
        ("第一部分 部门概况", 1, "第一部分"),
        ("第二部分部门决算表", 1, "第二部分"),
        ("第三章 说明", 1, "第三章"),
        ("一、主要职责", 2, "一、"),
        ("十二、其他", 2, "十二、"),
        ("（一）收入", 3, "(一)"),
        ("( 二 ) 支出", 3, "( 二 )"),
        ("1.基本支出", 4, "1."),
        ("12、项目支出", 4, "12、"),
        ("１．基本支出", 4, "1."),
        ("（1）工资", 5, "(1)"),
        ("①在职", 6, "①"),
        ("2023年度收入", 0, ""),
        ("12.50万元", 0, ""),
        ("收入", 0, ""),
        ("", 0, ""),
    ],
)
@pytest.mark.parametrize("mark", ["", "# ", "##### ", "**", "- ", "  "])
def test_the_number_decides_the_level_whatever_the_marks_say(line, level, number, mark):
    assert numbering(mark + line) == (level, number)


def test_levels_make_a_tree():
    sections, _ = structure(
        "###### 第一部分 概况", "# 一、职责", "(一) 甲", "### 1. 子", "## （二）乙", "#### 第二部分 表"
    )
    assert [section.level for section in sections] == [1, 2, 3, 4, 3, 1]
    assert [section.parent for section in sections] == [None, 0, 1, 2, 1, None]
    assert all(
        parent is None or sections[parent].level < section.level for section in sections for parent in [section.parent]
    )


@pytest.mark.parametrize(
    "line",
    [
        "一、本年收入合计120.50万元，比上年增加。",
        "一、主要原因是：",
        "一、" + "长" * 60,
        "",
        "普通的一行文字",
        "一、收入，",
    ],
)
def test_what_is_no_heading(line):
    assert not is_heading(line)


def test_a_marked_line_without_a_number_is_a_heading():
    assert is_heading("## 名词解释")
    assert not is_heading("## 2023年度决算收入合计120.50万元。")


@pytest.mark.parametrize(
    ("lines", "texts"),
    [
        (("本年收入合计", "120.50万元，完成预算。"), ["本年收入合计120.50万元，完成预算。"]),
        (("2023年度收入合计120.", "50万元。"), ["2023年度收入合计120.50万元。"]),
        (("第一句。", "第二句。"), ["第一句。", "第二句。"]),
        (
            ("一句话被分页断开的正文内容还没有", "", "", "写完就到了下一页。"),
            ["一句话被分页断开的正文内容还没有写完就到了下一页。"],
        ),
        (("短", "", "另一段。"), ["短", "另一段。"]),
        (("前一段没有句号", "- 列表项"), ["前一段没有句号", "- 列表项".lstrip("- ")]),
        (("  缩进的一段，", "　　继续。"), ["缩进的一段，继续。"]),
        (
            ("4.其他支出 0 元。（主要是无，其中：设备购置费 0 万元）", "", "增减的原因：预算比上年减少 8 万元"),
            ["4.其他支出 0 元。（主要是无，其中：设备购置费 0 万元）", "增减的原因：预算比上年减少 8 万元"],
        ),
    ],
)
def test_paragraphs_across_breaks(lines, texts):
    _, paragraphs = structure(*lines)
    assert [paragraph.text for paragraph in paragraphs] == texts
    assert all(traced(lines, paragraph) for paragraph in paragraphs)


def test_table_lines_end_a_paragraph_and_belong_to_none():
    lines = ("前文没有写完", "甲\t1.00", "乙\t2.00", "后文。")
    _, paragraphs = structure(*lines, skip={2, 3})
    assert [paragraph.text for paragraph in paragraphs] == ["前文没有写完", "后文。"]


def test_paragraphs_know_their_section():
    sections, paragraphs = structure("开头。", "一、甲", "甲的话。", "二、乙", "乙的话。")
    assert [section.title for section in sections] == ["一、甲", "二、乙"]
    assert [paragraph.section for paragraph in paragraphs] == [0, 1, 2]


def test_a_span_over_a_break_names_both_lines():
    _, (paragraph,) = structure("2023年度收入合计120.", "  50万元。")
    at = paragraph.text.index("120.50")
    span = paragraph.span(at, at + 6)
    assert (span.line, span.start, span.last_line, span.end) == (1, 10, 2, 4)


@pytest.mark.parametrize(("start", "end"), [(-1, 1), (0, 4), (2, 1), (5, 6)])
def test_a_span_outside_the_text_is_an_error(start, end):
    with pytest.raises(IndexError):
        Paragraph("三个字", (Segment(0, 3, 1, 0),)).span(start, end)


LINE = st.text("甲乙，。；1２.0 　#-（一）、①\t第部分", max_size=30)


@given(st.lists(LINE, max_size=12), st.sets(st.integers(1, 12), max_size=4))
def test_every_character_maps_back_and_nothing_is_lost(lines, skip):
    sections, paragraphs = read_sections(lines, skip)
    assert all(traced(lines, paragraph) for paragraph in paragraphs)
    for section in sections:
        assert 1 <= section.span.line <= len(lines)
        assert section.span.line not in skip
    taken = {section.span.line for section in sections}
    taken |= {segment.line for paragraph in paragraphs for segment in paragraph.segments}
    for number, line in enumerate(lines, start=1):
        page = re.fullmatch(r"[\s\-]*\d{1,4}[\s\-]*", line)  # the number of a page is no text
        if number not in skip and not page and any(char in line for char in "甲乙12２0"):
            assert number in taken


def test_every_character_of_every_document_maps_back(document):
    assert document.paragraphs
    for paragraph in document.paragraphs:
        assert traced(document.lines, paragraph)


def test_every_heading_of_every_document_stands_where_it_says(document):
    for section in document.sections:
        printed = document.lines[section.span.line - 1][section.span.start : section.span.end]
        assert printed.strip()
        assert section.parent is None or document.sections[section.parent].level < section.level
