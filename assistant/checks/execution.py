"""预算执行: 完成预算的 C% must be B ÷ A; a completion rate needs a base that is not zero; far deviations need a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.amounts import strictly
from assistant.checks.base import Check, Parameters
from assistant.checks.told import money, name_of, statements, told, usable, value
from assistant.claims import Figure, Statement
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.recompute import compare_percent, quotient
from assistant.rules import Rule
from assistant.text import normalise

_NOT_PLANNED = re.compile(
    r"年初(?:未|没有|没)(?:安排|编列|编制|列入?)[^,。;、]{0,6}预算|年初无[^,。;、]{0,6}预算|(?:未|没有)(?:安排|编列)年初预算"
)
"""Words of an item that had no budget when the year began."""

_BASES = ("年初预算", "全年预算", "调整预算", "调整后预算")


def run_rate(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Recompute each completion rate from its own budget and amount."""
    for statement in statements(facts):
        for rate in statement.executions:
            budget = base_of(statement, rate)
            amount = statement.amount
            if budget is None and not statement.budgets and (outcome := _beyond(rule, statement, rate)) is not None:
                yield outcome
            if budget is None or amount is None or not usable(rate, budget, amount) or value(budget) <= 0:
                continue
            computed = quotient(money(amount), money(budget))
            if computed is None:
                continue
            percent = compare_percent(rate.mention, computed, value(amount) / value(budget) * 100)
            verdict = percent.verdict
            severity = percent.severity
            if verdict is not Verdict.DISAGREE and (exact := strictly(amount, budget)) is not None:
                computed = quotient(*exact)
                strict = (
                    compare_percent(rate.mention, computed, value(amount) / value(budget) * 100) if computed else None
                )
                if strict is not None and strict.severity == "error":
                    verdict, severity, percent = Verdict.DISAGREE, "warning", strict
            if verdict is Verdict.DISAGREE and _fits_another(statement, rate, budget):
                verdict = Verdict.UNCLEAR
            yield told(
                rule, verdict, name_of(statement), (rate, amount, budget), expected=percent.text,
                calculation=f"{amount.text} ÷ {budget.text} ＝ {percent.text}", severity=severity,
            )  # fmt: skip


def _beyond(rule: Rule, statement: Statement, rate: Figure) -> Outcome | None:
    """A completion rate against what the amount goes beyond its budget, where the budget itself is not told.

    完成年初预算的 100%，决算数大于预算数 55.93 万元.
    """
    amount = statement.amount
    for comparison in statement.comparisons:
        change, named = comparison.change, next((base for base in _BASES if base in comparison.base), "")
        against = comparison.base.endswith(("预算", "预算数")) and comparison.base[:1] not in "上去2"
        if not against or (named and named not in rate.lead) or amount is None or change is None:
            continue
        if not usable(amount, rate, change) or not comparison.change_way or comparison.prior is not None:
            continue
        up = comparison.change_way == "up"
        base = money(amount) + (-money(change) if up else money(change))
        exact = value(amount) - value(change) if up else value(amount) + value(change)
        computed = quotient(money(amount), base) if exact > 0 else None
        if computed is not None:
            percent = compare_percent(rate.mention, computed, value(amount) / exact * 100)
            shown = f"{amount.text} ÷ ({amount.text}{'－' if up else '＋'}{change.text}) ＝ {percent.text}"
            return told(
                rule, percent.verdict, name_of(statement), (rate, amount, change), expected=percent.text,
                calculation=shown, severity=percent.severity if named else "warning",
            )  # fmt: skip
    return None


def base_of(statement: Statement, rate: Figure) -> Figure | None:
    """The budget that a completion rate names (年初预算, 全年预算, …), else the only one there is."""
    named = next((base for base in _BASES if base in rate.lead), "")
    fitting = [budget for budget in statement.budgets if named and named in budget.lead]
    if fitting:
        return fitting[-1]
    if named and any(base in budget.lead for budget in statement.budgets for base in _BASES):
        return None
    if not named and "执行率" in rate.lead:  # 预算执行率 is by the form's own definition over 全年预算数 (A)
        fitting = [budget for budget in statement.budgets if "全年预算" in budget.lead or "调整" in budget.lead]
        if fitting:
            return fitting[-1]
    return statement.budgets[-1] if len(statement.budgets) == 1 else None


def _fits_another(statement: Statement, rate: Figure, budget: Figure) -> bool:
    for other in statement.budgets:
        if other is not budget and statement.amount is not None and value(other) > 0:
            computed = quotient(money(statement.amount), money(other))
            if computed and compare_percent(rate.mention, computed, computed.low).verdict is not Verdict.DISAGREE:
                return True
    return False


def _unplanned(facts: Facts, statement: Statement, rate: Figure) -> bool:
    """Whether the words of the sentence say that there was no budget at the beginning of the year, which the rate is of."""
    text = normalise(facts.document.paragraphs[statement.paragraph].text)[: rate.mention.start]
    clause = re.split(r"[。;]", text)[-1]
    return "年初" in rate.lead and len(statement.executions) == 1 and _NOT_PLANNED.search(clause) is not None


def run_zero(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """A completion rate over a budget of zero, or over none at all, says nothing."""
    for statement in statements(facts):
        for rate in statement.executions:
            amount = statement.amount
            if not statement.budgets and amount is not None and usable(rate, amount) and value(amount) > 0:
                if _unplanned(facts, statement, rate) and rate.mention.quantity.value > 0:
                    yield told(
                        rule, Verdict.DISAGREE, name_of(statement), (rate, amount), expected="不计算完成率",
                        calculation="写明年初未安排预算，没有可以计算完成率的基数",
                    )  # fmt: skip
                continue
            budget = base_of(statement, rate)
            spent = statement.amount is not None and value(statement.amount) > 0
            if budget is not None and value(budget) == 0 and rate.mention.quantity.value > 0 and spent:
                figures = [figure for figure in (rate, budget, statement.amount) if figure is not None]
                yield told(
                    rule, Verdict.DISAGREE, name_of(statement), figures, expected="不计算完成率",
                    calculation=f"{rate.lead.strip()}以 {budget.text} 为基数，不能计算完成率",
                )  # fmt: skip


RATE = Check("execution_rate", Parameters, run_rate)
ZERO = Check("execution_zero", Parameters, run_zero)
