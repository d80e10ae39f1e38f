"""段首年度: a sentence that begins with an earlier year and tells an amount, in a section about the report's year."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.checks.base import Check, Parameters
from assistant.checks.prose import collected
from assistant.checks.years import FAR, report_year, told_of
from assistant.document import Document, Kind
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.passages import Passage, Place, passages
from assistant.rules import Rule

MANY = 4
"""Sentences that begin with the report's year for each that does not, where no heading says the year."""

_OPENS = re.compile(
    r"(?:^|(?<=[。\n]))(?P<before>[^,，。;；:：\d]{0,6}\d{0,2}[、.．]?[^,，。;；:：\d]{0,26}?)(?P<year>20\d\d)\s?年度?,?"
    r"(?P<noun>[^,，。;；\d]{0,32}?(?:收入|支出|预算|决算|经费|总计|合计|拨款|采购|金额|费用|服务费)[^,，。;；\d]{0,10})\s?\d[\d,.]*\s?万?元"
)
_OTHER = re.compile(
    r"下达|批复|拨付|收到|欠|尾款|跨年|年末|年底|结转|以来|立项|签订|中标|投资|合同|上级|追加|历年|近|前|自|从|截|至|原|曾|上年|去年|往年"
)
_PAST = re.compile(r"上年|上一年|去年|历年|往年|回顾|以前年度|结转")
_NOT_OURS = re.compile(r"工作|成效|职责|职能|概况|机构|名词|背景|沿革")
_ENDED = re.compile(r"执行|决算|实际|完成|调整")
_AGAINST = re.compile(r"[比较与同和]\s*$")
_TO_LAST = re.compile(r"[与比较同]上年")


@dataclass(frozen=True, slots=True)
class _Opening:
    """The year that a sentence with an amount begins with; ``clear``: nothing near it says that an earlier one is meant."""

    year: int
    place: Place
    clear: bool
    headed: bool


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Collect the sentences with a year one to three years back that nothing near them explains."""
    document, year = facts.document, report_year(facts, known_kind=True)
    found = list(_openings(document, year))
    count = Counter(opening.year for opening in found)
    lines = told_of(facts, year)
    wrong = [
        opening.place
        for opening in found
        if opening.clear
        and 0 < year - opening.year <= FAR
        and (opening.headed or count[year] >= MANY * count[opening.year])
        and opening.place.span.line not in lines
    ]
    if wrong and count[year] >= len(wrong):
        yield collected(rule, "段首的年度", wrong, expected=f"{year}年", detail=f"报告年度为 {year} 年")
    elif found:
        yield Outcome(rule.code, Verdict.AGREE, "段首的年度")


def _openings(document: Document, year: int) -> Iterator[_Opening]:
    above = ""
    for passage in passages(document, "paragraph"):
        titles = _titles_above(document, passage)
        for match in _OPENS.finditer(passage.text) if not _NOT_OURS.search("".join(titles[-1:])) else ():
            if _AGAINST.search(match["before"]):
                continue  # 比2023年预算增加 1 万元: what is compared with
            place = Place(passage, match.start("year"), match.end("noun"))
            clear = _is_clear(passage.text, match, document.kind, titles, above)
            headed = any(str(year) in title for title in titles)
            yield _Opening(int(match["year"]), place, clear, headed)
        above = passage.text


def _titles_above(document: Document, passage: Passage) -> list[str]:
    """The heading of a passage and those it stands under, the nearest last."""
    titles: list[str] = []
    index = passage.section - 1 if passage.section else None
    while index is not None and len(titles) < 6:
        titles.insert(0, document.sections[index].title)
        index = document.sections[index].parent
    return titles


def _is_clear(text: str, match: re.Match[str], kind: Kind, titles: list[str], above: str) -> bool:
    """Whether the paragraph, its headings and the line above leave no other year than the report's."""
    stated = match["year"]
    plain = _TO_LAST.sub("", text)
    later = any(int(other) > int(stated) for other in re.findall(r"20\d\d(?=\s?年)", text))
    lead = above if len(above) < 40 else ""
    looks_back = _PAST.search("".join(titles[-1:])) or any(stated in title for title in titles) or stated in lead
    planned = "预算" in match["noun"] or any("预算" in title and re.search(r"20\d\d", title) for title in titles[1:])
    sentence = text[match.start() :].split("。")[0]
    ended = kind is Kind.BUDGET and (_ENDED.search(sentence) or "执行" in "".join(titles[-1:]) or not planned)
    return not (
        later
        or looks_back
        or ended
        or _PAST.search(plain)
        or _PAST.search(lead)
        or _OTHER.search(match["before"] + match["noun"])
    )


CHECK = Check("opening_year", Parameters, run)
