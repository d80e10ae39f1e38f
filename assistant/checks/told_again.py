"""科目数额前后不同: “X（项）A 万元，主要用于…。年初预算…，支出决算 B 万元” tells one amount twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from assistant.checks.base import Check, Parameters
from assistant.checks.told import money, name_of, statements, told, usable
from assistant.claims import Statement
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.rules import Rule
from assistant.text import normalise

_NAMED = re.compile(r"[(]项[)]\s*[\"'”’“」』]?\s*$")
"""The amount stands right behind the name of the subject."""

_USE = re.compile(r"^[,，;；。]?\s*(?:主要)?(?:是)?(?:用于|反映)")
"""The amount is the sentence's own: what follows says what the money was for."""

_OTHER = re.compile(r"结转|追加|调整|上年|其中|本级|所属|下属|包括|中央|省级|市级|剔除|扣除|不含|基本支出|项目支出")
"""Words that may make one of the two another amount."""


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Two statements in a row of one paragraph: the first the bare amount, the second the amount spent."""
    for first, second in pairwise(statements(facts)):
        one, other = first.amount, second.amount
        if one is None or other is None or not usable(one, other) or not _pair(first, second):
            continue
        text = normalise(facts.document.paragraphs[first.paragraph].text)
        between = text[one.mention.end : other.mention.start]
        if not _NAMED.search(text[: one.mention.start]) or not _USE.match(between) or "(项)" in between:
            continue
        verdict = Verdict.AGREE if money(one).meets(money(other)) else Verdict.DISAGREE
        if verdict is Verdict.DISAGREE:
            # In some reports the first amount is the budget; a second amount of the purpose may stand between.
            budgets = [budget for budget in second.budgets if money(budget).meets(money(one))]
            if budgets or _OTHER.search(between):
                verdict = Verdict.UNCLEAR
        yield told(
            rule, verdict, name_of(first), (one, other), expected=other.text,
            calculation=f"一处为 {one.text}，同一段的支出决算为 {other.text}" if verdict is not Verdict.AGREE else "",
        )  # fmt: skip


def _pair(first: Statement, second: Statement) -> bool:
    bare = first.role == "amount" and not (first.budgets or first.comparisons or first.shares or first.executions)
    near = second.paragraph == first.paragraph and first.sentence < second.sentence <= first.sentence + 2
    same = bool(first.subject) and first.subject == second.subject
    year = first.year is None or second.year is None or first.year == second.year
    return bare and near and same and year and second.role == "actual" and not (first.among or second.among)


CHECK = Check("told_again", Parameters, run)
