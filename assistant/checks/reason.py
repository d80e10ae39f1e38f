"""原因: a reason that contradicts its own change; outputs claimed where no money was spent."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.base import Check, Parameters, text_evidence
from assistant.checks.told import name_of, statements, told, value
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.mentions import MentionKind, find_mentions
from assistant.rules import Rule
from assistant.text import normalise

UP, DOWN = "增加|增长|上升", "减少|下降|降低"
_TWICE = re.compile(
    rf"(?P<subject>[一-鿿]{{2,14}}?)(?:比|较)(?:去年|上年度?|上一年度?)(?:同期)?(?P<first>{UP}|{DOWN})的?(?:主要)?原因(?:是|为)?[:,]?\s*"
    rf"(?P=subject)(?:比|较)(?:去年|上年度?|上一年度?)(?:同期)?(?P<second>{UP}|{DOWN})"
)


class ReasonParameters(Parameters):
    """No parameters."""


def run_direction(facts: Facts, rule: Rule, _: ReasonParameters) -> Iterator[Outcome]:
    """“A 比上年增加的原因：A 比上年减少 …”."""
    for paragraph in facts.document.paragraphs:
        for match in _TWICE.finditer(normalise(paragraph.text)):
            opposed = (match["first"] in UP.split("|")) != (match["second"] in UP.split("|"))
            span = paragraph.span(match.start(), match.end())
            text = paragraph.text[match.start() : match.end()]
            yield Outcome(
                rule.code, Verdict.DISAGREE if opposed else Verdict.AGREE, f"“{match['subject']}”",
                detail=f"先说{match['first']}，又说{match['second']}", stated=text, expected="前后方向一致",
                calculation=f"{match['first']} ≠ {match['second']}", evidence=(text_evidence(span, text),),
            )  # fmt: skip


def run_output(facts: Facts, rule: Rule, _: ReasonParameters) -> Iterator[Outcome]:
    """A project that spent nothing of its budget and yet lists what it produced."""
    for statement in statements(facts):
        spent, budgets = statement.amount, statement.budgets
        if spent is None or statement.role != "actual" or value(spent) != 0 or not any(map(value, budgets)):
            continue
        text = facts.document.paragraphs[statement.paragraph].text[spent.mention.end :]
        start = text.find("产出")
        rest = text[start : start + 160] if start >= 0 else ""
        made = [m for m in find_mentions(rest) if m.kind is MentionKind.COUNT and m.quantity.value > 0]
        if made:
            listed = "、".join(rest[m.start : m.end].strip() for m in made[:4])
            yield told(
                rule, Verdict.DISAGREE, name_of(statement), (spent, *budgets), expected="与产出相符的执行数",
                calculation=f"执行数 {spent.text}，产出写明 {listed}",
            )  # fmt: skip


DIRECTION = Check("reason_direction", ReasonParameters, run_direction)
OUTPUT = Check("output_without_money", ReasonParameters, run_output)
