"""国内公务接待: money was spent on receptions, but all counts that are told are those of foreign guests, and are zero."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.checks.base import Check, Parameters
from assistant.checks.prose import collected
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.passages import Place, passages
from assistant.rules import Rule

_MONEY = re.compile(r"公务接待费?(?:支出)?(?:决算)?(?:数|为)?\s?(\d[\d,]*(?:\.\d+)?)\s?万?元")
_FOREIGN = re.compile(r"外宾|外事接待|国\(境\)外")
_COUNT = re.compile(r"(?<!\d)(\d{1,9})\s?(?:个)?(?:批次|批|人次|人)")


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Look at each paragraph that tells the money of receptions and the counts of foreign guests."""
    for passage in passages(facts.document, "paragraph"):
        money = _MONEY.search(passage.text) if _FOREIGN.search(passage.text) else None
        if money is None or not Decimal(money[1].replace(",", "")):
            continue
        counts = [int(match[1]) for match in _COUNT.finditer(passage.text, money.end())]
        if not counts:
            continue
        if "国内" in passage.text or any(counts):
            yield Outcome(rule.code, Verdict.AGREE, "国内公务接待")
        else:
            place = Place(passage, money.start(), money.end())
            yield collected(rule, "国内公务接待的批次和人数", [place], expected="说明国内公务接待的批次和人数")


CHECK = Check("domestic_reception", Parameters, run)
