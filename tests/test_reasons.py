"""Where stated reasons stand, what they explain, and whether a statement is explained."""

from __future__ import annotations

import pytest

from assistant.facts import Facts
from assistant.reading import read_bytes

HEAD = "某县粮食局2023年度部门决算\n\n一、支出决算情况说明\n\n"


def facts_of(text: str) -> Facts:
    return Facts(read_bytes((HEAD + text).encode(), "例.txt"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("支出合计 90.00 万元，比上年减少 10.00 万元，下降 10%，主要原因是粮库改造项目完工。", [("粮库改造项目完工", "", {"down"})]),
        (
            "支出合计 90.00 万元，比上年减少 10.00 万元，主要原因：一是人员减少；二是项目压减，导致支出比上年减少。其中：基本支出 50.00 万元。",
            [("一是人员减少;二是项目压减,导致支出比上年减少", "", {"down"})],
        ),
        ("收入合计 120.00 万元，比上年增加 20.00 万元。其中：事业收入 5.00 万元。增加的原因是补助增加。", [("补助增加", "up", {"up"})]),
        ("支出合计 90.00 万元，比上年减少 10.00 万元，主要用于粮食储备。", []),
        (
            "公务接待费支出 3.00 万元，比上年减少 1.00 万元，原因是批次减少；公务用车运行费支出 6.00 万元，比上年增加 1.00 万元，原因是油价上涨。",
            [("批次减少", "", {"down"}), ("油价上涨", "", {"up"})],
        ),
    ],
)  # fmt: skip
def test_reasons_and_what_they_explain(text, expected):
    found = facts_of(text).explanations().every
    assert [(r.text, r.way, {move.way for move in r.moves}) for r in found] == expected


@pytest.mark.parametrize(
    ("text", "explained"),
    [
        ("支出合计 90.00 万元，比上年减少 10.00 万元，下降 10%。", False),
        ("支出合计 90.00 万元，比上年减少 10.00 万元，下降 10%，主要是粮库改造项目完工。", True),
        ("支出合计 90.00 万元，比上年减少 10.00 万元，粮库改造项目本年不再安排。", True),
        ("支出合计 90.00 万元，受粮价影响，比上年减少 10.00 万元。", True),
        ("支出合计 90.00 万元，比上年减少 10.00 万元。其中：基本支出 50.00 万元，项目支出 40.00 万元。支出减少的主要原因是项目完工。", True),
        ("支出合计 90.00 万元，比上年减少 10.00 万元。\n\n减少的主要原因是粮库改造项目完工。", True),
        ("支出合计 90.00 万元，比上年减少 10.00 万元；公务接待费支出 3.00 万元，比上年减少 1.00 万元，原因是批次减少。", False),
    ],
)  # fmt: skip
def test_whether_a_statement_is_explained(text, explained):
    facts = facts_of(text)
    assert facts.explanations().explains(facts.explanations().statements[0]) is explained
