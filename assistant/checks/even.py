"""持平: “与预算持平”, “与上年相比无变化” against the two amounts told before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.checks.base import Check, Parameters
from assistant.checks.evidence import stretch_evidence
from assistant.checks.told import money, name_of, statements, told, usable
from assistant.claims import Figure, Statement
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.rules import Rule
from assistant.text import normalise

_SAME = r"(?:持平|一致|相同|相等|无变化|没有变化|无增减|不变)"
_BUDGET = r"(?P<base>年初|全年|调整后?)?预算(?:安排)?数?"
# Right behind the figures: what stands further off may be about another subject.
_EVEN = re.compile(
    rf"[,，。\s]{{0,3}}(?P<all>(?:(?:支出)?决算数?等于{_BUDGET}|(?:(?:支出)?决算数?)?[与同和较比]{_BUDGET.replace('base', 'named')}"
    rf"(?:相比|比较)?[,，]?{_SAME}|(?P<last>(?:(?:支出)?决算数?)?[与同和较比](?:上年|去年)度?(?:同期)?(?:支出)?(?:决算)?数?(?:相比|比较)?[,，]?{_SAME})))"
)
_OTHER_BASE = re.compile(r"调整|追加|调剂|全年|统筹|四舍五入")
"""Words behind it that make the budget meant another one than the one printed."""

LOOK = 60


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Accuse where the amounts cannot round to the same; never of a budget that the words leave open."""
    for statement in statements(facts):
        amount = statement.amount
        paragraph = facts.document.paragraphs[statement.paragraph]
        text = normalise(paragraph.text)
        end = max([statement.end, *(figure.mention.end for figure in statement.figures())])
        match = _EVEN.match(text, end) if amount is not None else None
        if match is None or amount is None:
            continue
        other = _last(statement) if match["last"] else _budget(statement, match["base"] or match["named"] or "")
        if other is None or not usable(amount, other):
            continue
        verdict = Verdict.AGREE if money(amount).meets(money(other)) else Verdict.DISAGREE
        if verdict is Verdict.DISAGREE and _OTHER_BASE.search(text[match.end() : match.end() + LOOK].split("。")[0]):
            verdict = Verdict.UNCLEAR
        place = stretch_evidence(paragraph, match.start("all"), match.end("all"))
        outcome = told(
            rule, verdict, name_of(statement), (amount, other), stated=place.text.strip(), expected="与数额相符的说明",
            calculation=f"{amount.text} ≠ {other.text}" if verdict is not Verdict.AGREE else "", more=(place,),
        )  # fmt: skip
        yield replace(outcome, figures=())  # too little to confirm an amount by


def _budget(statement: Statement, base: str) -> Figure | None:
    """The one budget of the statement, not one of another name than the words give."""
    own = [budget for budget in statement.budgets if not budget.lead.startswith(("上", "去"))]
    if len(own) != 1 or len(statement.budgets) != 1 or statement.role != "actual":
        return None
    return own[0] if not base or base[:2] in own[0].lead else None


def _last(statement: Statement) -> Figure | None:
    """Last year's amount, where it is the only one told and nothing else is compared."""
    if len(statement.comparisons) != 1 or statement.budgets:
        return None
    comparison = statement.comparisons[0]
    plain = comparison.change is None and comparison.rate is None and comparison.base.startswith(("上", "去"))
    return comparison.prior if plain else None


CHECK = Check("even", Parameters, run)
