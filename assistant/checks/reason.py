"""原因: a reason that contradicts its own change; outputs claimed where no money was spent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.checks.base import Check, Parameters
from assistant.checks.evidence import stretch_evidence
from assistant.checks.told import name_of, statements, told, usable, value
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.mentions import MentionKind, find_mentions
from assistant.rules import Rule
from assistant.text import normalise

UP, DOWN = "增加|增长|上升", "减少|下降|降低"
TWICE = re.compile(
    rf"(?P<subject>[一-鿿]{{2,14}}?)(?:比|较)(?:去年|上年度?|上一年度?)(?:同期)?(?P<first>{UP}|{DOWN})的?(?:主要)?原因(?:是|为)?[:,]?\s*"
    rf"(?P=subject)(?:比|较)(?:去年|上年度?|上一年度?)(?:同期)?(?P<second>{UP}|{DOWN})"
)


_LARGER = re.compile(
    r"[^；;\d]{0,14}?(?P<all>(?:支出)?决算数?(?P<word>大于|高于|超过|多于|小于|低于|少于)(?P<base>年初|全年|调整)?预算数?)"
)

_NOT_MADE = re.compile(r"[未无没暂]|尚|计划|原定|拟|推迟|延期|终止|取消")
"""Words of outputs that are still to come."""


def run_direction(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """“A 比上年增加的原因：A 比上年减少 …”."""
    for paragraph in facts.document.paragraphs:
        if "原因" not in paragraph.text:
            continue
        for match in TWICE.finditer(normalise(paragraph.text)):
            opposed = (match["first"] in UP.split("|")) != (match["second"] in UP.split("|"))
            place = stretch_evidence(paragraph, match.start(), match.end())
            yield Outcome(
                rule.code, Verdict.DISAGREE if opposed else Verdict.AGREE, f"“{match['subject']}”",
                detail=f"先说{match['first']}，又说{match['second']}", stated=place.text, expected="前后方向一致",
                calculation=f"{match['first']} ≠ {match['second']}", evidence=(place,),
            )  # fmt: skip


def run_output(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """A project that spent nothing of its budget and yet lists what it produced."""
    for statement in statements(facts):
        spent, budgets = statement.amount, statement.budgets
        if spent is None or statement.role != "actual" or value(spent) != 0 or not any(map(value, budgets)):
            continue
        text = facts.document.paragraphs[statement.paragraph].text[spent.mention.end :]
        start = text.find("产出")
        rest = text[start : start + 160] if start >= 0 else ""
        made = [m for m in find_mentions(rest) if m.kind is MentionKind.COUNT and m.quantity.value > 0]
        if made and not _NOT_MADE.search(text[max(0, start - 2) : start] + re.split(r"[。；;]", rest)[0]):
            listed = "、".join(rest[m.start : m.end].strip() for m in made[:4])
            yield told(
                rule, Verdict.DISAGREE, name_of(statement), (spent, *budgets), expected="与产出相符的执行数",
                calculation=f"执行数 {spent.text}，产出写明 {listed}",
            )  # fmt: skip


def run_budget(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """“决算数大于（小于）预算数” against the two amounts before it."""
    for statement in statements(facts):
        paragraph = facts.document.paragraphs[statement.paragraph]
        match = _LARGER.match(normalise(paragraph.text), statement.end)
        amount, budgets = statement.amount, statement.budgets
        if match is None or amount is None or not budgets or not usable(amount, *budgets):
            continue
        named = [budget for budget in budgets if match["base"] and match["base"] in budget.lead]
        budget = named[-1] if named else budgets[0] if len(budgets) == 1 else None
        if budget is None or value(budget) == value(amount):
            continue
        real = "大于" if value(amount) > value(budget) else "小于"
        stated = "大于" if match["word"] in ("大于", "高于", "超过", "多于") else "小于"
        outcome = told(
            rule, Verdict.AGREE if real == stated else Verdict.DISAGREE, name_of(statement), (amount, budget),
            stated=match["all"], expected=f"{real}预算数", calculation=f"{amount.text} {'＞' if real == '大于' else '＜'} {budget.text}",
            more=(stretch_evidence(paragraph, match.start("all"), match.end("all")),),
        )  # fmt: skip
        yield replace(outcome, figures=())


BUDGET = Check("budget_direction", Parameters, run_budget)
DIRECTION = Check("reason_direction", Parameters, run_direction)
OUTPUT = Check("output_without_money", Parameters, run_output)
