"""合同期限: a contract that had ended years before the report's year and is still given as a task of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.base import Check, Parameters
from assistant.checks.prose import collected
from assistant.checks.years import report_year
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.passages import joined
from assistant.rules import Rule

_PERIOD = re.compile(
    r"(?:合同|协议|租赁|租期|服务)[^。;\n]{0,10}(?:期限?|有效期)[^。;\d\n]{0,8}(?:\d{1,2}\s*年[(,:为]{0,2})?[^。;\d\n]{0,4}"
    r"(20\d\d)\s*年?(?:\d{1,2}月)?(?:\d{1,2}日)?\s*(?:[-—–~～至到]|起至){1,2}\s*(20\d\d)\s*年?"
)
YEARS = 2
"""A contract that ended the year before may still be paid for; one that ended earlier should not be in the plan."""


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Collect the contracts whose last year lies ``YEARS`` or more before the report's year."""
    year = report_year(facts)
    prose = joined(facts.document, "paragraph", "cell")
    wrong, right = [], False
    for match in _PERIOD.finditer(prose.text):
        place = prose.place(match.start(), match.end())
        if place is None or int(match[2]) < int(match[1]):
            continue
        if int(match[2]) <= year - YEARS:
            wrong.append(place)
        else:
            right = True
    if wrong:
        yield collected(rule, "合同期限", wrong, detail=f"报告年度为 {year} 年")
    elif right:
        yield Outcome(rule.code, Verdict.AGREE, "合同期限")


CHECK = Check("expired", Parameters, run)
