"""年度未更新: a heading about this report, or a statement that there was nothing, with an earlier year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from assistant.checks.base import Check, Parameters
from assistant.checks.prose import collected
from assistant.checks.years import FAR, report_year
from assistant.document import Kind
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.passages import Place, joined
from assistant.rules import Rule
from assistant.text import squeeze

_NOTHING = re.compile(
    r"(20\d\d)\s*年度?(?:部门预算|单位预算|预算|本部门|本单位|我部门|我单位|我局)?(?:均|都)?(?:没有|未(?:安排|发生|使用|编制|购置|涉及|产生)|无)"
    r"(?=[^。\n]{2,60}(?:[。;]|$))",
    re.MULTILINE,
)
_ZERO = re.compile(
    r"(20\d\d)\s*年度?(?:[^\d。,;\n]{2,30}?(?<!增加)(?<!减少)(?<!增长)\s?0(?:\.0+)?\s?万元|(?:部门|单位)?预算(?:未)?安排购置)"
)
_EARLIER = re.compile(r"执行|决算|实际|完成")
_BEGINS = re.compile(
    r"(?:^|[\n。:)、.])\s*(?:本部门|本单位|我部门|我单位|[我本](?:局|委|办|院|校|中心|厅|站|所))?\s*$|[为是系属](?:全额|行政|事业|参公|公益|财政)[^,。;\n]{0,14}单位,\s*$"
)
_COMPARED = re.compile(r"上年|去年|因此|主要原因|原因是|由于")
_HEADING = {
    Kind.FINAL_ACCOUNTS: re.compile(
        r"(20\d\d)\s*年度?(?:部门|单位)?(?:决算(?:报?表|情况|收支)|(?:收入|支出|收入支出|财政拨款)[^\n]{0,20}决算[^\n]{0,6}表)"
    ),
    Kind.BUDGET: re.compile(
        r"(20\d\d)\s*年度?(?:部门|单位)?预算(?:报?表|情况说明|收支(?!执行)|安排情况|编制(?:情况|说明))"
    ),
}

_EVALUATED = re.compile(
    r"(?:组织对|经评价,?|开展了?)\s*(20\d\d)\s*年度?(?!\s*(?:及|和|、|至|-|—))(?=[^。;,\n]{0,40}(?:绩效自评|绩效评价|项目支出))"
    r"|(20\d\d)\s*年度?(?=预算绩效管理(?:工作)?(?:开展|情况))"
    r"|(?:^|(?<=。))[^\S\n]*(20\d\d)\s*年度?(?=(?:部门|单位)?决算中反映|[^\d。;,\n]{2,30}(?:项目|经费)(?:年初|全年)预算数为)",
    re.MULTILINE,
)
NAMES = {"headings": "标题中的年度", "nothing": "说明“无”的年度", "evaluation": "绩效自评的年度"}


class IdleYearParameters(Parameters):
    """``look_at``: the report's headings, statements of nothing, or what its evaluation (绩效自评) is of."""

    look_at: Literal["headings", "nothing", "evaluation"]


def run(facts: Facts, rule: Rule, parameters: IdleYearParameters) -> Iterator[Outcome]:
    """Collect the places with a year one to three before the report's, where it cannot be meant."""
    year = report_year(facts, known_kind=True)
    if parameters.look_at == "nothing":
        found = _nothing(facts)
    else:
        found = _headings(facts) if parameters.look_at == "headings" else _evaluation(facts)
    wrong = [place for stated, place in found if 0 < year - stated <= FAR]
    if wrong:
        yield collected(rule, NAMES[parameters.look_at], wrong, expected=f"{year}年", detail=f"报告年度为 {year} 年")
    elif any(stated == year for stated, _ in found):
        yield Outcome(rule.code, Verdict.AGREE, "年度")


def _headings(facts: Facts) -> list[tuple[int, Place]]:
    prose = joined(facts.document, "heading")
    matches = _HEADING[facts.document.kind].finditer(prose.text)
    return [(int(m[1]), place) for m in matches if (place := prose.place(m.start(), m.end()))]


def _evaluation(facts: Facts) -> list[tuple[int, Place]]:
    prose = joined(facts.document, "paragraph")
    matches = _EVALUATED.finditer(prose.text)
    return [(int(next(filter(None, m.groups()))), place) for m in matches if (place := prose.place(m.start(), m.end()))]


def _nothing(facts: Facts) -> list[tuple[int, Place]]:
    """Statements that begin a sentence (after the body's own name at most) and compare with no other year."""
    prose = joined(facts.document, "paragraph", "note")
    found = []
    budget = facts.document.kind is Kind.BUDGET
    own = tuple(name for name in re.split(r"[()]", squeeze(facts.document.organisation)) if len(name) >= 4)
    for match in (*_NOTHING.finditer(prose.text), *_ZERO.finditer(prose.text)):
        before = prose.text[max(0, match.start() - 40) : match.start()]
        line = prose.text[prose.text.rfind("\n", 0, match.start()) + 1 :].split("\n", 1)[0]
        begins = _BEGINS.search(before) or (bool(own) and re.sub(r"\s", "", before).endswith(own))
        sentence = prose.text[match.end(1) :].split("\n", 1)[0].split("。", 1)[0]
        if (
            not begins
            or re.search(r"20\d\d\s*年", sentence)
            or (int(match[1]) != facts.document.year and f"{facts.document.year}年" in line.replace(" ", ""))
            or _COMPARED.search(line.replace("与上年", ""))
        ):
            continue  # in the midst of a sentence; two years are compared; the year explains another figure
        place = prose.place(match.start(), match.end())
        if place is not None and not (budget and _EARLIER.search(line)) and not _headed(facts, place, match[1]):
            found.append((int(match[1]), place))
    return found


def _headed(facts: Facts, place: Place, year: str) -> bool:
    """Whether the heading above a place says that its section is about the year."""
    sections = facts.document.sections[: place.passage.section] if place.passage.kind == "paragraph" else ()
    return any(year in section.title for section in sections[-1:])


CHECK = Check("idle_year", IdleYearParameters, run)
