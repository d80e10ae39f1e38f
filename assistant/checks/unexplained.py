"""缺少原因: a completion rate far from 100% without a word on why, or one that alone among its like has none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from assistant.checks.base import Check, Parameters
from assistant.checks.told import name_of, statements, told, usable, value
from assistant.claims import Figure, Statement
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.rules import Rule
from assistant.text import normalise

_REVIEW = re.compile(r"绩效|自评|评价")
"""Headings of evaluations: what projects fell short of is explained under their own headings there."""


class ReasonParameters(Parameters):
    """From how many percentage points of deviation on a reason must be given, and what makes it a custom of the document.

    A smaller deviation (of ``least``) needs its reason where at least ``custom`` others are explained, one of them smaller
    still, and nearly all of its size are.
    """

    deviation: Decimal = Decimal(10)
    least: Decimal = Decimal(5)
    custom: int = 3


def run_reason(facts: Facts, rule: Rule, parameters: ReasonParameters) -> Iterator[Outcome]:
    """A completion rate far from 100% needs its reason; a part of a whole is explained with the whole."""
    reasons = facts.explanations()
    rates = [(s, rate, abs(rate.mention.quantity.value - 100)) for s, rate in _rates(facts)]
    why = {id(s): reasons.explains(s) or _told_with_whole(facts, s) for s, _, _ in rates}
    given = [off for s, _, off in rates if off and why[id(s)]]
    for statement, rate, off in rates:
        silent = [o for s, _, o in rates if o >= off and not why[id(s)]]
        custom = (
            len(given) >= parameters.custom
            and any(0 < other <= off for other in given)
            and len(silent) * 4 <= sum(other >= off for other in given)
        )
        parts = not why[id(statement)] and (_told_with_parts(facts, statement) or reasons.parts(statement))
        if off < parameters.deviation and (off < parameters.least or parts or not custom):
            continue
        far = f"不少于规则设定的 {parameters.deviation} 个百分点"
        yield replace(
            told(
                rule, Verdict.AGREE if why[id(statement)] else Verdict.DISAGREE, name_of(statement), (rate,),
                expected="说明主要原因", severity="info" if parts else None,
                detail="其下各项已分别说明原因，总额未作概括说明" if parts else "",
                calculation=f"与 100% 相差 {off} 个百分点，"
                + (far if off >= parameters.deviation else "同一文件中相差更小的也说明了原因"),
            ),
            figures=(),  # whether a reason is there says nothing about the figure
        )  # fmt: skip


def _rates(facts: Facts) -> Iterator[tuple[Statement, Figure]]:
    """The completion rates that may need a reason: not of 0 of 0, not of parts, not in evaluations of projects."""
    for statement in statements(facts):
        for rate in statement.executions[:1]:
            amount = statement.amount
            if amount is None or statement.among or not usable(rate):
                continue
            text = normalise(facts.document.paragraphs[statement.paragraph].text)
            if not statement.budgets and "(项)" not in text[: statement.start][-20:]:
                continue  # a rate without its budget: of a subject only
            zero = value(amount) == 0 and not any(map(value, statement.budgets))
            if zero or "得分" in text or _REVIEW.search("".join(statement.section) + text[: statement.start]):
                continue
            yield statement, rate


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
