"""缺少原因: a completion rate far from 100% without a word on why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from assistant.checks.base import Check, Parameters
from assistant.checks.told import name_of, statements, told, usable, value
from assistant.claims import Statement
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.rules import Rule
from assistant.text import normalise

_WHY = re.compile(
    r"原因|由于|因为|(?<!起)因(?![公素此而])|主要[是系为](?!用于)|受[^，。；]{1,20}影响|所致|导致|使得|追加|据实|暂未|尚未|未能"
)
"""What an explanation may begin with or hold."""

_CLAUSE = re.compile(r"(?!其中|主要|用于|与|比|较|同比|按|具体|支出决算|决算|预算)[^\d%()]{6,}(?<!具体如下)(?<!用于)")
"""A clause that may be a reason without saying so (申报人数少于预计)."""

_REVIEW = re.compile(r"绩效|自评|评价")
"""Headings of evaluations: what projects fell short of is explained under their own headings there."""


class ReasonParameters(Parameters):
    """From how many percentage points of deviation on a reason must be given."""

    deviation: Decimal = Decimal(10)


def run_reason(facts: Facts, rule: Rule, parameters: ReasonParameters) -> Iterator[Outcome]:
    """A completion rate far from 100% needs its reason; a part of a whole is explained with the whole."""
    for statement in statements(facts):
        for rate in statement.executions[:1]:
            far = abs(rate.mention.quantity.value - 100) >= parameters.deviation
            zero = (
                statement.amount is not None and value(statement.amount) == 0 and not any(map(value, statement.budgets))
            )
            if (
                not far
                or zero
                or statement.among
                or _REVIEW.search("".join(statement.section) + _text(facts, statement)[: statement.start])
                or "得分" in _text(facts, statement)
                or not usable(rate)
                or statement.amount is None
                or not statement.budgets
            ):
                continue
            explained = statement.reason or _told_later(facts, statement) or _told_with_whole(facts, statement)
            parts = not explained and _told_with_parts(facts, statement)
            yield replace(
                told(
                    rule, Verdict.AGREE if explained else Verdict.DISAGREE, name_of(statement), (rate,),
                    expected="说明主要原因", severity="info" if parts else None,
                    detail="其下各科目已分别说明原因，总额未作概括说明" if parts else "",
                    calculation=f"与 100% 相差 {abs(rate.mention.quantity.value - 100)} 个百分点，"
                    f"不少于规则设定的 {parameters.deviation} 个百分点",
                ),
                figures=(),  # whether a reason is there says nothing about the figure
            )  # fmt: skip


def _text(facts: Facts, statement: Statement) -> str:
    return normalise(facts.document.paragraphs[statement.paragraph].text)


def _told_later(facts: Facts, statement: Statement) -> bool:
    """Whether the paragraph, or the one after it, still gives a reason: its words, or a clause that tells no amount."""
    rest = _text(facts, statement)[statement.end :]
    near = facts.document.paragraphs[statement.paragraph + 1 : statement.paragraph + 2]
    if any(_WHY.search(text) for text in (rest, *(normalise(paragraph.text[:60]) for paragraph in near))):
        return True
    own = re.split(r"\([类款项]\)|\d\s*[.、](?!\d)", rest)[0]
    return any(_CLAUSE.fullmatch(clause.strip()) for clause in re.split(r"[，,。；;:]", own))


def _told_with_parts(facts: Facts, statement: Statement) -> bool:
    """Whether a total's items, told below it in the same section, have reasons of their own."""
    return len(statement.path) < 3 and any(
        other.reason and other.executions and other.section == statement.section and len(other.path) >= 3
        for other in statements(facts)
        if other.paragraph >= statement.paragraph and other is not statement
    )


def _told_with_whole(facts: Facts, statement: Statement) -> bool:
    """Whether the passage on 三公经费 gives a reason for the whole of it: then its items need none of their own."""
    if not any("三公" in heading for heading in statement.section):
        return False
    return any("三公" in "".join(other.path) and other.reason for other in statements(facts))


CHECK = Check("execution_reason", ReasonParameters, run_reason)
