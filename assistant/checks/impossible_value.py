"""不可能的数值: a share of more than the whole, a negative number of things."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.checks.base import Check, Parameters
from assistant.checks.prose import collected
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.passages import Place, joined
from assistant.rules import Rule

_SHARE = re.compile(
    r"占(?P<of>[^,。;%\d\n]{0,24}?)(?:的比例|的比重|比重|比例|比)?[为是约达]?(?:到)?的?\s*(?P<share>\d{2,5}(?:\.\d+)?)\s*%"
)
_NO_WHOLE = re.compile(
    r"增|减|提高|下降|完成|执行|预算|计划|目标|任务|指标|上年|去年|上一年|年初|标准|同期|定额|限额|编制|GDP|生产总值|负债|库存|用|比上"
)
_COUNT = re.compile(
    r"(?:(?<=[为是计有量置待])|(?<=[为是计有量置待]\s))-\s?(\d+(?:\.\d+)?)\s*(辆|人次|人(?!均)|批次|个团组|团组|台[(]|名|家|户)"
)
_CHANGE = re.compile(r"增|减|差|变|净|较|比|±|[+/]\s*$|[(]\s*$|[一二三四五六七八九十\d]\s*$")


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Shares of a whole above 100%, and counts below zero that no word makes a change."""
    prose = joined(facts.document, "paragraph")
    shares: list[Place] = []
    counts: list[Place] = []
    seen = False
    for match in _SHARE.finditer(prose.text):
        seen = True
        if Decimal(match["share"]) <= 100 or _NO_WHOLE.search(match["of"]):
            continue
        place = prose.place(match.start(), match.end())
        if place and not place.passage.broken(place.start, place.end):
            shares.append(place)
    for match in _COUNT.finditer(prose.text):
        place = prose.place(match.start(), match.end())
        if place and not _CHANGE.search(prose.text[max(0, match.start() - 6) : match.start()]):
            counts.append(place)
    if shares:
        yield collected(rule, "占比", shares, expected="不大于 100%")
    if counts:
        yield collected(rule, "数量", counts, expected="不小于 0")
    if seen and not shares and not counts:
        yield Outcome(rule.code, Verdict.AGREE, "占比与数量")


CHECK = Check("impossible_value", Parameters, run)
