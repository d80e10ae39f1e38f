"""Figures that a line's or a page's end cuts in two never make an error."""

from __future__ import annotations

import pytest

from assistant.audit import audit_document
from assistant.reading import read_bytes
from assistant.rules import load_rulebook

HEAD = "某县粮食局2023年度部门决算\n\n第三部分 2023年度部门决算情况说明\n\n二、支出决算情况说明\n\n"
TEXT = (
    "2023年度支出合计 1,000.00 万元。其中：基本支出 400.00 万元，占本年支出 40%；项目支出 600.00 万元，占本年支出 60%。"
)
WRONG = TEXT.replace("400.00", "4400.00")


def errors(text: str) -> list[str]:
    audit = audit_document(read_bytes((HEAD + text + "\n").encode(), "report.txt"), load_rulebook())
    return [finding.rule for finding in audit.findings if finding.severity == "error"]


def test_the_text_as_it_was():
    assert errors(TEXT) == []
    assert errors(WRONG)


@pytest.mark.parametrize(
    "between", ["\n", "\n\n", "\n\n12\n\n", "\n\n— 12 —\n\n", "\n\n- 12 -\n\n", "\n\n第 3 页 共 9 页\n\n"]
)
@pytest.mark.parametrize("at", range(9, len(TEXT), 3))
def test_a_page_may_end_anywhere(between, at):
    assert errors(TEXT[:at] + between + TEXT[at:]) == []


@pytest.mark.parametrize("at", range(9, len(TEXT), 3))
def test_the_head_of_the_next_page_may_follow(at):
    assert errors(TEXT[:at] + "\n\n12\n\n某县粮食局部门公开资料\n\n" + TEXT[at:]) == []


def test_the_number_of_a_page_does_not_part_a_paragraph():
    assert errors(WRONG.replace("占本年支出 40%", "占本年\n\n— 12 —\n\n支出 40%"))
