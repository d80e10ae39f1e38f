"""A wrong unit is told as one, whatever arithmetic fails because of it."""

from __future__ import annotations

import pytest

from assistant.audit import audit_document
from assistant.reading import read_bytes
from assistant.rules import load_rulebook

BOOK = load_rulebook()
HEAD = "某县粮食局2023年度部门决算\n\n一、支出决算情况说明\n\n"


def first_of(*paragraphs: str):
    text = HEAD + "\n\n".join(paragraphs) + "\n"
    found = audit_document(read_bytes(text.encode("utf-8"), "例.txt"), BOOK).findings
    return next((finding for finding in found if finding.severity == "error"), None)


@pytest.mark.parametrize(
    ("told", "wrong", "right"),
    [
        (
            "2023年度支出合计 3,432.77 万元。其中：基本支出 2,432.77 万元；项目支出 1,000.00 元。",
            "1,000.00 元",
            "1,000.00万元",
        ),
        ("机关运行经费 61.82 万元，比上年 63.97 万元减少 2.15 元，下降 3.36%。", "2.15 元", "2.15万元"),
        ("机关运行经费 61.82 万元，比上年 63.97 元减少 2.15 万元，下降 3.36%。", "63.97 元", "63.97万元"),
        ("公务接待费年初预算 4.50 元，支出决算 3.86 万元，完成年初预算的 85.8%。", "4.50 元", "4.50万元"),
    ],
)
def test_the_unit_is_told_first(told, wrong, right):
    finding = first_of("2023年度收入合计 3,432.77 万元。", told)
    assert (finding.rule, finding.category, finding.stated, finding.expected) == ("W804", "unit", wrong, right)


def test_other_units_that_agree_are_nothing():
    told = "公务接待费年初预算 4.50 万元，支出决算 38,610.00 元，完成年初预算的 85.8%。"
    assert first_of("2023年度收入合计 3,432.77 万元。", told) is None
