"""项目: the money of all projects told in the evaluation against the sum over them; one project under two names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from rapidfuzz import fuzz

from assistant.checks.base import Check, Parameters
from assistant.checks.told import figure_evidence, money, name_of, statements, told, usable, value
from assistant.claims import Statement
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Verdict
from assistant.quantities import ZERO, Interval, format_number
from assistant.rules import Rule

_COUNT = re.compile(r"项目\s*(\d{1,3})\s*个|(\d{1,3})\s*个(?:一级|二级)?项目")
_PROJECT = re.compile(r"(?:项目|经费|费)$")
_OFFICIAL = re.compile(r"公务用车|公务接待|出国|三公|机关运行|人员经费|公用经费")
"""Items of every report: 公务用车购置及运行费 and 公务用车运行费 are two of them, and equal where nothing was bought."""
LIKE = (55, 93)
"""Names less alike than the first are two projects; more alike than the second, one with a slip of conversion."""

FEWEST_DIGITS = 4


def _reviewed(facts: Facts) -> list[Statement]:
    """The projects of the evaluation: those with a budget and what was spent of it, each told once in a row."""
    found: list[Statement] = []
    for statement in statements(facts):
        told_both = statement.budgets and statement.amount is not None and statement.role == "actual"
        if told_both and _names_project(facts, statement) and all(s.opening != statement.opening for s in found):
            found.append(statement)
    return found


def _names_project(facts: Facts, statement: Statement) -> bool:
    """Whether the sentence names a project, or the line above announces one (…项目绩效自评综述：)."""
    above = facts.document.paragraphs[statement.paragraph - 1].text.strip() if statement.paragraph else ""
    return statement.opening.endswith("项目") or above.endswith(("综述：", "综述:"))


def run_sum(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """“共涉及项目 N 个，资金 X” must be the sum of the budgets or of the amounts spent, if N projects are told."""
    projects = _reviewed(facts)
    ran = False
    for statement in statements(facts):
        text = facts.document.paragraphs[statement.paragraph].text
        match = _COUNT.search(text, 0, statement.start)
        whole = statement.amount
        if match is None or whole is None or not usable(whole) or "资金" not in text[match.end() : statement.start]:
            continue
        given = [p for p in projects if p.paragraph >= statement.paragraph]
        if int(match[1] or match[2]) != len(given) or not given:
            continue
        ran = True
        yield _sum(rule, statement, given)
    if not ran:
        raise NotApplicableError("没有逐个说明的项目可供汇总")


def _sum(rule: Rule, statement: Statement, given: list[Statement]) -> Outcome:
    whole = statement.amount
    assert whole is not None
    budgets = [project.budgets[-1] for project in given]
    spent = [project.amount for project in given if project.amount is not None]
    sums, verdict = [], Verdict.DISAGREE
    for figures in (budgets, spent):
        total = Interval(ZERO, ZERO)
        for figure in figures:
            total += money(figure)
        exact = sum((value(figure) for figure in figures), Decimal(0))
        sums.append(exact / 10_000)
        if total.meets(money(whole)):
            verdict = Verdict.AGREE
    shown = [format_number(total) + "万元" for total in sums]
    return told(
        rule, verdict, name_of(statement), (whole,), expected="或".join(dict.fromkeys(shown)),
        calculation=f"{len(given)} 个项目的预算数之和为 {shown[0]}，执行数之和为 {shown[1]}",
        more=[figure_evidence(figure, p.opening) for figure, p in zip(budgets, given, strict=True)],
    )  # fmt: skip


def run_names(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Two names alike with the same amount, told in two places, are one project under two names."""
    by_value: dict[Decimal, list[Statement]] = defaultdict(list)
    for statement in statements(facts):
        figure = statement.amount
        digits = len(figure.mention.quantity.value.as_tuple().digits) if figure else 0
        if figure is not None and digits >= FEWEST_DIGITS and _PROJECT.search(statement.opening) and usable(figure):
            by_value[value(figure)].append(statement)
    for group in by_value.values():
        first = group[0]
        for other in group[1:]:
            names = [re.sub(r"^[\d、.．（）()\s]+|项目$", "", s.opening) for s in (first, other)]
            inside = names[0] in names[1] or names[1] in names[0] or all(_OFFICIAL.search(name) for name in names)
            if inside or not LIKE[0] <= fuzz.ratio(*names) < LIKE[1] or first.amount is None or other.amount is None:
                continue
            outcome = told(
                rule, Verdict.DISAGREE, f"“{names[1]}”", (other.amount, first.amount), stated=names[1], expected=names[0],
                calculation=f"两处数额同为 {other.amount.text}，名称分别为“{names[0]}”“{names[1]}”",
            )  # fmt: skip
            yield replace(outcome, figures=())  # the amount is right; the name is in question


SUM = Check("projects_sum", Parameters, run_sum)
NAMES = Check("project_names", Parameters, run_names)
