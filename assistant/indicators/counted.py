"""Numbers of projects that the account of 绩效管理 states: in all, by step (编报, 跟踪, 自评) and by grade."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.document import Paragraph
from assistant.indicators.model import Part
from assistant.indicators.stated import number_of
from assistant.indicators.words import plain_text

_COUNT = re.compile(
    r"项目(?:支出)?\s*(?:共计?|合计|总计)?\s*(?P<a>\d{1,4})\s*个|(?<![\d.])(?P<b>\d{1,4})\s*个\s*(?P<level>[一二]级)?\s*(?:预算|重点|部门)?项目(?!名称)"
)
_MONEY = re.compile(
    r"(?P<gap>[^。；;\d个]{0,30}?)(?:资金|金额|预算|拨款)[^。；;\d个]{0,10}?(?P<n>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[亿万]?元)"
)
_GRADES = r"[“\"'‘]?(?P<{0}>优秀?|良好?|中|合格|不合格|差|较差)[”\"'’]?"
_GRADE = re.compile(
    _GRADES.format("grade")
    + r"\s*(?:等次|等级|的)*\s*(?:的)?项目\s*(?P<n>\d{1,4})\s*个|(?:(?<=[为、，,：:])|(?<=[为、，,：:]\s))"
    + _GRADES.format("grade2")
    + r"\s*(?:等次|等级)?\s*的?\s*(?P<n2>\d{1,4})\s*个"
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
    graded = {match.start(_number(match)) for match in _GRADE.finditer(text)}
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
    text = plain_text(paragraph.text)
    for match in _GRADE.finditer(text):
        span = match.span(_number(match))
        part = Part(paragraph.text[slice(*span)], paragraph.span(*span))
        yield Grade(match["grade"] or match["grade2"], int(text[slice(*span)]), part)


def _number(match: re.Match[str]) -> str:
    return "n" if match["n"] else "n2"


@dataclass(frozen=True, slots=True)
class NamedProjects:
    """Projects that a sentence names one after the other with their number (对甲、乙、丙3个项目; 3个项目，分别为甲、乙、丙).

    ``fewest`` and ``most`` are how many names these are: 和 may join two of them, or stand inside one.
    """

    part: Part
    number: int
    names: tuple[str, ...]
    fewest: int
    most: int


_BEFORE = re.compile(
    r"(?:组织对|对|将|选取|开展)(?P<list>[^，,。；;：:对]{4,200}?)\s*(?P<n>\d{1,3}|[二两三四五六七八九十])\s*个\s*(?:重点|专项|预算|部门|一级|二级)?项目"
)
_AFTER = re.compile(
    r"(?<![\d.])(?P<n>\d{1,3}|[二两三四五六七八九十])\s*个\s*(?:重点|专项|预算|部门|一级|二级)?项目[^。；;：:]{0,24}?(?:分别(?:为|是)|具体(?:为|是|包括)|包括|即)\s*[:：]?(?P<list>[^。；;：:]{4,300})"
)
_BRACKETED = re.compile(
    r"(?:(?:重点|专项|预算|部门|一级|二级)?项目\s*(?:共计?|合计)?\s*(?P<n>\d{1,3}|[二两三四五六七八九十])\s*个|(?<![\d.])(?P<m>\d{1,3})\s*个\s*(?:重点|专项|预算|部门|一级|二级)?项目)\s*[（(](?P<list>[^（）()\d：:]{4,300})[）)]"
)
_ASIDE = re.compile(r"[（(][^（）()]*[）)]|《|》|[“”\"]")
_ENDS = re.compile(r"[，,].*$", re.DOTALL)
_OPEN = re.compile(r"等\s*$|等项目|其他|以及等")
_JOINED = re.compile(r"(?<=项目|经费|资金|补助|工程)(?:和|与|及|以及)")
_NO_NAME = re.compile(r"部门|单位|所属|年度|本级|批次|20\d\d")


def named_projects(paragraph: Paragraph) -> Iterator[NamedProjects]:
    """The projects that a sentence names and counts; a list that stays open (等) counts nothing."""
    text = plain_text(paragraph.text)
    for pattern in (_BEFORE, _AFTER, _BRACKETED):
        for match in pattern.finditer(text):
            told = _ASIDE.sub("", match["list"])
            told = _ENDS.sub("", told) if pattern is _AFTER else told
            group = "n" if match["n"] else "m"
            number = number_of(match[group])
            if _OPEN.search(told) or "、" not in told or number is None or _NO_NAME.search(told.split("、")[0]):
                continue
            names = [name for name in re.split("、", _JOINED.sub("、", told)) if name.strip()]
            most = sum(1 + len(re.findall(r"[和与及]", name)) for name in names)
            span = match.span(group)
            part = Part(paragraph.text[slice(*span)], paragraph.span(*span))
            yield NamedProjects(part, number, tuple(names), len(names), most)
