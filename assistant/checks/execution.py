"""预算执行: 完成预算的 C% must be B ÷ A; a completion rate needs a base that is not zero; far deviations need a reason."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.base import Check, Parameters
from assistant.checks.told import money, name_of, statements, told, usable, value
from assistant.claims import Figure, Statement
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.recompute import compare_percent, quotient
from assistant.rules import Rule

_BASES = ("年初预算", "全年预算", "调整预算", "调整后预算")


class ExecutionParameters(Parameters):
    """No parameters."""


def run_rate(facts: Facts, rule: Rule, _: ExecutionParameters) -> Iterator[Outcome]:
    """Recompute each completion rate from its own budget and amount."""
    for statement in statements(facts):
        for rate in statement.executions:
            budget = base_of(statement, rate)
            amount = statement.amount
            if budget is None or amount is None or not usable(rate, budget, amount) or value(budget) <= 0:
                continue
            computed = quotient(money(amount), money(budget))
            if computed is None:
                continue
            percent = compare_percent(rate.mention, computed, value(amount) / value(budget) * 100)
            verdict = percent.verdict
            if verdict is Verdict.DISAGREE and _fits_another(statement, rate, budget):
                verdict = Verdict.UNCLEAR
            yield told(
                rule, verdict, name_of(statement), (rate, amount, budget), expected=percent.text,
                calculation=f"{amount.text} ÷ {budget.text} ＝ {percent.text}", severity=percent.severity,
            )  # fmt: skip


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


def run_zero(facts: Facts, rule: Rule, _: ExecutionParameters) -> Iterator[Outcome]:
    """A completion rate over a budget of zero says nothing."""
    for statement in statements(facts):
        for rate in statement.executions:
            budget = base_of(statement, rate)
            spent = statement.amount is not None and value(statement.amount) > 0
            if budget is not None and value(budget) == 0 and rate.mention.quantity.value > 0 and spent:
                figures = [figure for figure in (rate, budget, statement.amount) if figure is not None]
                yield told(
                    rule, Verdict.DISAGREE, name_of(statement), figures, expected="不计算完成率",
                    calculation=f"{rate.lead.strip()}以 {budget.text} 为基数，不能计算完成率",
                )  # fmt: skip


RATE = Check("execution_rate", ExecutionParameters, run_rate)
ZERO = Check("execution_zero", ExecutionParameters, run_zero)
