"""Numbers of projects that the account of 绩效管理 states: in all, by step (编报, 跟踪, 自评) and by grade."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.document import Paragraph
from assistant.indicators.model import Part
from assistant.indicators.words import plain_text

_COUNT = re.compile(
    r"项目(?:支出)?\s*(?:共计?|合计|总计)?\s*(?P<a>\d{1,4})\s*个|(?<![\d.])(?P<b>\d{1,4})\s*个\s*(?P<level>[一二]级)?\s*(?:预算|重点|部门)?项目(?!名称)"
)
_MONEY = re.compile(
    r"(?P<gap>[^。；;\d个]{0,30}?)(?:资金|金额|预算|拨款)[^。；;\d个]{0,10}?(?P<n>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[亿万]?元)"
)
_GRADE = re.compile(
    r"[“\"'‘]?(?P<grade>优秀?|良好?|中|合格|不合格|差|较差)[”\"'’]?\s*(?:等次|等级|的)*\s*(?:的)?项目\s*(?P<n>\d{1,4})\s*个"
)
_ALL = re.compile(r"(?:反映|公开|公布)[^。；;]{0,8}(?:所有|全部|各|\d)[^。；;]{0,14}(?:项目|自评)")
_SHARE = re.compile(r"其中|基金|国有|一般公共|上年|上级|自有|专户")
"""The amount may be of some of the projects only."""

_FACTORS = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
_STEP = re.compile(r"编报|跟踪|监控|自评|评价")


@dataclass(frozen=True, slots=True)
class CountedProjects:
    """A number of projects: where it stands, what it is of (编报, 跟踪, 自评), and the money told with it, in 元."""

    part: Part
    number: int
    step: str
    graded: bool
    money: Decimal | None
    all: bool
    at: int


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade (优, 良 …), how many projects have it, and where that stands."""

    name: str
    number: int
    part: Part


def counted(paragraph: Paragraph, at: int) -> Iterator[CountedProjects]:
    """The numbers of projects that a paragraph states, those by grade apart; ``at`` is its place among the paragraphs."""
    text = plain_text(paragraph.text)
    graded = {match.start("n") for match in _GRADE.finditer(text)}
    for match in _COUNT.finditer(text):
        group = "a" if match["a"] else "b"
        start, end = match.span(group)
        if start in graded:
            continue
        before = re.split(r"[。；;，,]", text[:start])[-1]
        steps = _STEP.findall(before)
        money = _MONEY.match(text, match.end())
        if money and ("涉及" not in money["gap"] or _SHARE.search(money[0])):
            money = None
        value = Decimal(money["n"].replace(",", "")) * _FACTORS[money["unit"]] if money else None
        sentence = text[text.rfind("。", 0, start) + 1 : match.end() + 12]
        part = Part(paragraph.text[start:end], paragraph.span(start, end))
        yield CountedProjects(
            part,
            int(match[group]),
            steps[-1] if steps else "",
            bool(match["level"]),
            value,
            _ALL.search(sentence) is not None,
            at,
        )


def grades(paragraph: Paragraph) -> Iterator[Grade]:
    """The numbers of projects by grade (绩效评级为“优”的项目7个)."""
    for match in _GRADE.finditer(plain_text(paragraph.text)):
        part = Part(paragraph.text[slice(*match.span("n"))], paragraph.span(*match.span("n")))
        yield Grade(match["grade"], int(match["n"]), part)
