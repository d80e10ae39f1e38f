"""单位缺失: a rate of change without its percent sign, an amount without its unit, where the others have them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.base import Check, Parameters
from assistant.checks.prose import collected
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.passages import Joined, Place, joined
from assistant.rules import Rule

_RATE = re.compile(
    r"(?:增长|下降|降低|增幅|降幅|上升)(?:率|幅度|了|为|约)?\s*(\d{1,4}\.\d{1,2}|\d{1,3})(?=\s*(?:,(?!\d)|[。;)])|\s*$)",
    re.MULTILINE,
)
_CHANGE = re.compile(r"(?:增加|减少|上升|压减|调减|调增)(?:了|额|额为)?\s*\d[\d,]*(?:\.\d+)?\s*(?:万|亿)?元\s*[,(]\s*$")
_AMOUNT = re.compile(
    r"(?:(?:支出|收入)(?:决算|预算)|决算数|预算数|年初预算|全年预算|支出合计|收入合计|收支总计|支出总计|收入总计)(?:数)?为\s*(\d[\d,]*\.\d{1,2})(?=\s*(?:,(?!\d)|[。;]))"
)
_SHARE = re.compile(r"\d\s*(?:亿元|万元|元)\s*,占(?:比)?\s*(\d{1,2}\.\d{1,2})(?=\s*[,。;])")
_SHARED = re.compile(r",占(?:比)?\s*\d{1,3}(?:\.\d+)?\s*%")
OVER = 3
"""Lines above a table that may be its caption."""

FEWEST_SHARES = 3
"""Shares with a percent sign in the same paragraph, of which one without is the odd one out."""

_UNITED = re.compile(r"\d\s*(?:万元|亿元|元)")
_IN_UNITS = re.compile(r"单位\s*:\s*(?:亿元|万元|元)")


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Collect figures right before a mark of punctuation; a text that states its unit once is passed over."""
    prose = joined(facts.document, "paragraph")
    rates: list[Place] = []
    amounts: list[Place] = []
    for match in _RATE.finditer(prose.text):
        before = prose.text[max(0, match.start() - 40) : match.start()]
        if _CHANGE.search(before) and (place := prose.place(match.start(), match.end(1))):
            rates.append(place)
    for match in _SHARE.finditer(prose.text):
        place = prose.place(match.start(1), match.end(1))
        if place and len(_SHARED.findall(place.passage.text)) >= FEWEST_SHARES:
            rates.append(place)
    if not _unit_told_once(facts, prose):
        for match in _AMOUNT.finditer(prose.text):
            if place := prose.place(match.start(), match.end(1)):
                amounts.append(place)
    if len(amounts) * 4 > len(_UNITED.findall(prose.text)):
        amounts = []  # the text gives its amounts without units throughout: a style, not an omission
    rates = [
        place for place in rates if not place.passage.broken(place.start, min(place.end + 1, len(place.passage.text)))
    ]
    if rates:
        yield collected(rule, "增减或所占比例", rates, detail="数字后面没有“%”")
    if amounts:
        yield collected(rule, "金额", amounts, detail="数字后面没有金额单位")
    if not rates and not amounts:
        yield Outcome(rule.code, Verdict.AGREE, "计量单位")


def _unit_told_once(facts: Facts, prose: Joined) -> bool:
    """Whether the narrative states its unit for all amounts; what stands over a table is said of the table."""
    tables = [table.span.line for table in facts.document.tables]
    told = (prose.place(*match.span()) for match in _IN_UNITS.finditer(prose.text))
    return any(place and not any(0 <= line - place.span.line <= OVER for line in tables) for place in told)


CHECK = Check("bare_figure", Parameters, run)
