"""预算执行率: the rate that a form prints for each row of money, and the points for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.checks.base import Check, Parameters
from assistant.checks.evaluated import name_of, part_evidence, said
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Verdict
from assistant.indicators.linking import execution
from assistant.indicators.meeting import lost_digits
from assistant.indicators.model import Amount, Form, Money, Points
from assistant.quantities import format_number
from assistant.rules import Rule
from assistant.text import normalise

_BLANK = re.compile(r"[\s\\]+")
_BY_RATE = re.compile(r"(?:(?<!\d)\d+(?:\.\d+)?分?|权重|分值|满分)[×xX*·](?:预算)?执行率")


def run_rate(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Executed ÷ budget = rate, in each row; a spreadsheet's 0.97 is 97%."""
    ran = False
    for project in facts.evaluated():
        for form in project.forms:
            for money in form.money:
                if money.budget and money.executed and money.rate and money.budget.figure.value:
                    ran = True
                    yield _rate(
                        rule, f"{name_of(project)}{money.label}的执行率", money.budget, money.executed, money.rate
                    )
    if not ran:
        raise NotApplicableError("没有列出执行率的自评表")


def _share(rate: Points, exact: Decimal) -> Decimal:
    """The printed rate in percent: 0.97 without a sign, where 97% is near, is 97."""
    value = rate.figure.value
    return value * 100 if not rate.percent and value <= 2 and abs(value * 100 - exact) < abs(value - exact) else value


def _rate(rule: Rule, subject: str, budget: Amount, executed: Amount, rate: Points) -> Outcome:
    exact = executed.figure.value / budget.figure.value * 100
    share = _share(rate, exact)
    step = rate.figure.ulp() * (100 if share != rate.figure.value else 1)
    verdict = Verdict.AGREE if abs(share - exact) <= step else Verdict.DISAGREE
    needs = (budget.figure.value * share / 100, executed.figure.value * 100 / share) if share else ()
    short = [lost_digits(share, exact.quantize(Decimal(1).scaleb(-rate.figure.decimals)))]
    short += [lost_digits(a.figure.value, _near(a, need)) for a, need in zip((executed, budget), needs, strict=False)]
    verdict = Verdict.UNCLEAR if verdict is Verdict.DISAGREE and any(short) else verdict
    told = format_number(exact.quantize(Decimal("0.01")))
    return said(
        rule, verdict, subject, (rate, executed, budget), expected=f"{told}%",
        calculation=f"{executed.text.strip()} ÷ {budget.text.strip()} = {told}%",
        evidence=[part_evidence(part, subject, form=True) for part in (rate, executed, budget)],
    )  # fmt: skip


def _near(amount: Amount, needed: Decimal) -> Decimal:
    """The needed amount with the decimals that are printed."""
    return needed.quantize(Decimal(1).scaleb(-amount.figure.decimals))


def run_score(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Where the form prints 分值×执行率: the points for it, at most the full ones."""
    ran = False
    for project in facts.evaluated():
        for form in project.forms:
            if not _prints_rule(facts, form):
                continue
            money, weight = execution(form)
            if money and weight and money.score and money.budget and money.executed and money.budget.figure.value:
                ran = True
                yield _score(rule, f"{name_of(project)}的执行率得分", money, money.score, weight)
    if not ran:
        raise NotApplicableError("没有印出执行率计分方法的自评表")


def _prints_rule(facts: Facts, form: Form) -> bool:
    """Whether the form says that the points are 分值×执行率."""
    return _BY_RATE.search(_BLANK.sub("", normalise(_printed(facts, form)))) is not None


def _printed(facts: Facts, form: Form) -> str:
    """All that the form's table and notes print."""
    table = next((t for t in facts.document.tables if t.index == form.table), None)
    cells = [cell.text for row in (*table.header, *table.body) for cell in row] if table else []
    return "".join([*cells, *(part.text for part in form.rules)])


def _score(rule: Rule, subject: str, money: Money, score: Points, weight: Points) -> Outcome:
    assert money.budget is not None
    assert money.executed is not None
    share = min(Decimal(1), money.executed.figure.value / money.budget.figure.value)
    exact = weight.figure.value * share
    step = max(score.figure.ulp(), Decimal("0.01")) if score.figure.decimals else Decimal(1)
    fits = abs(score.figure.value - exact) <= step
    cut = lost_digits(score.figure.value, exact) or (
        share and lost_digits(weight.figure.value, score.figure.value / share)
    )
    verdict = Verdict.AGREE if fits else Verdict.UNCLEAR if cut else Verdict.DISAGREE
    told = format_number(exact.quantize(Decimal("0.01")))
    return said(
        rule, verdict, subject, (score, weight, money.executed, money.budget), expected=told,
        calculation=f"{format_number(weight.figure.value)} × {money.executed.text.strip()} ÷ {money.budget.text.strip()} = {told}（不超过满分）",
        evidence=[part_evidence(p, subject, form=True) for p in (score, weight, money.executed, money.budget)],
    )  # fmt: skip


class IdleParameters(Parameters):
    """``rate``: an execution rate (%) below which full points for it need a rule of their own."""

    rate: Decimal = Decimal(80)


def run_idle(facts: Facts, rule: Rule, parameters: IdleParameters) -> Iterator[Outcome]:
    """Points for the execution of the budget where little or nothing of it was spent."""
    ran = False
    for project, form in [(p, f) for p in facts.evaluated() for f in p.forms]:
        money, full = execution(form)
        if _prints_rule(facts, form) or not (
            money and full and money.score and money.budget and money.executed and money.budget.figure.value
        ):
            continue
        ran = True
        rate = money.executed.figure.value / money.budget.figure.value * 100
        score = money.score.figure.value
        wrong = (rate < parameters.rate and score >= full.figure.value) or (
            not money.executed.figure.value and score > 0
        )
        told = f"{format_number(rate.quantize(Decimal('0.01')))}%"
        yield said(
            rule, Verdict.DISAGREE if wrong else Verdict.AGREE, f"{name_of(project)}的执行率得分", (money.score, full, money.executed, money.budget),
            expected=f"低于 {format_number(full.figure.value)}",
            calculation=f"预算数 {money.budget.text.strip()}，执行数 {money.executed.text.strip()}，执行率 {told}，满分 {format_number(full.figure.value)}，得分 {format_number(score)}",
            evidence=[part_evidence(p, name_of(project), form=True) for p in (money.score, full, money.executed, money.budget)],
        )  # fmt: skip
    if not ran:
        raise NotApplicableError("没有列出执行率得分的自评表")


RATE = Check("form_rate", Parameters, run_rate)
SCORE = Check("form_rate_score", Parameters, run_score)
IDLE = Check("form_rate_full_score", IdleParameters, run_idle)
