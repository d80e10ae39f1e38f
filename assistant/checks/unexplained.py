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

_WHY = re.compile(r"原因|由于|因为|(?<![起基])因(?![公素此而])|主要[是系为](?!用于)|受[^，。；]{1,20}影响|所致|导致|使得|追加|据实|按实|暂未|尚未|未能")
"""What an explanation may begin with or hold."""

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
                or any(map(_REVIEW.search, (*statement.section, statement.opening)))
                or not usable(rate)
                or statement.amount is None
                or not statement.budgets
            ):
                continue
            explained = (
                statement.reason
                or _told_later(facts, statement)
                or _told_with_whole(facts, statement)
                or _told_with_parts(facts, statement)
            )
            verdict = Verdict.AGREE if explained else Verdict.DISAGREE
            yield replace(
                told(
                    rule, verdict, name_of(statement), (rate,), expected="说明主要原因",
                    calculation=f"与 100% 相差 {abs(rate.mention.quantity.value - 100)} 个百分点，"
                    f"不少于规则设定的 {parameters.deviation} 个百分点",
                ),
                figures=(),  # whether a reason is there says nothing about the figure
            )  # fmt: skip


def _told_later(facts: Facts, statement: Statement) -> bool:
    """Whether the paragraph, or the one after it, still gives a reason."""
    near = facts.document.paragraphs[statement.paragraph : statement.paragraph + 2]
    texts = [near[0].text[statement.end :], *(paragraph.text[:60] for paragraph in near[1:])]
    return any(_WHY.search(text) for text in texts)


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
