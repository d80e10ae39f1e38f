"""完成率为零: 完成预算的 0% where money was spent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.checks.base import Check, Parameters
from assistant.checks.told import name_of, statements, told, usable, value
from assistant.claims import Figure, Statement
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.rules import Rule

SHARE = Decimal(100)
"""The largest budget it can be of is less than so many times the amount: else 0% may be rounded."""


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Only items told without their own budget (a printed one is judged by the rule on completion rates)."""
    given = list(statements(facts))
    for at, statement in enumerate(given):
        amount = statement.amount
        if amount is None or len(statement.executions) != 1 or statement.budgets or statement.role != "actual":
            continue
        rate = statement.executions[0]
        if rate.mention.quantity.value or not usable(amount, rate) or rate.paragraph != amount.paragraph:
            continue
        if not value(amount):
            yield told(rule, Verdict.AGREE, name_of(statement), (rate, amount))
            continue
        budget = _most(given[:at], statement)
        small = budget is None or value(amount) <= 0 or budget >= value(amount) * SHARE
        yield told(
            rule, Verdict.UNCLEAR if small else Verdict.DISAGREE, name_of(statement), (rate, amount), expected="与支出数相符的完成率",
            calculation=f"支出 {amount.text}，完成率 {rate.text}",
        )  # fmt: skip


def _most(before: Sequence[Statement], statement: Statement) -> Decimal | None:
    """The budget of the total that a list begins with: printed, or by its completion rate."""
    for whole in reversed(before):
        if whole.paragraph != statement.paragraph:
            return None
        if whole.among or whole.amount is None or not usable(whole.amount):
            continue
        if whole.budgets and usable(*whole.budgets):
            return max(map(value, whole.budgets))
        rate: Figure | None = whole.executions[0] if whole.executions else None
        if rate is not None and usable(rate) and rate.mention.quantity.value > 0:
            return value(whole.amount) * 100 / rate.mention.quantity.value
    return None


CHECK = Check("completion_nothing", Parameters, run)
