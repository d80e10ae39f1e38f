"""增减额: amount − prior = change where both are printed; direction words that agree."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.amounts import strictly
from assistant.checks.base import Check, Parameters
from assistant.checks.told import absolute, money, name_of, statements, told, usable, value
from assistant.claims import Comparison, Figure, Statement
from assistant.facts import Facts
from assistant.findings import Outcome, Severity, Verdict
from assistant.quantities import format_number
from assistant.rules import Rule

_OWN_BUDGET = frozenset(
    {"预算", "预算数", "年初预算", "年初预算数", "全年预算", "全年预算数", "调整预算", "调整预算数"}
)
WAYS = {"up": "增加", "down": "减少"}


def amount_of(statement: Statement) -> Figure | None:
    """The amount a statement is about; a budget report calls it 预算."""
    if statement.amount is not None:
        return statement.amount
    return statement.budgets[-1] if len(statement.budgets) == 1 else None


def prior_of(statement: Statement, comparison: Comparison) -> Figure | None:
    """The amount compared with: the one printed, or the statement's own budget (预算 52 万元，支出 30 万元，较预算减少 …)."""
    if comparison.prior is not None:
        return comparison.prior
    own = statement.amount is not None and len(statement.budgets) == 1 and comparison.base in _OWN_BUDGET
    return statement.budgets[0] if own and not statement.budgets[0].lead.startswith(("上", "去")) else None


def run_difference(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """The printed change must be the difference of the two printed amounts."""
    for statement in statements(facts):
        for comparison in statement.comparisons:
            now, prior, change = amount_of(statement), prior_of(statement, comparison), comparison.change
            if now is None or prior is None or change is None or not usable(now, prior, change):
                continue
            computed = absolute(money(now) + -money(prior))
            exact = abs(value(now) - value(prior))
            unit = change.mention.unit
            shown = format_number(exact / unit.factor if unit else exact, change.mention.quantity.decimals)
            fits = computed.meets(absolute(money(change)))
            verdict: Verdict = Verdict.DISAGREE
            severity: Severity | None = None
            if fits:
                verdict = Verdict.AGREE if exact == abs(value(change)) else Verdict.TAIL
                strict = strictly(now, prior)
                if strict and not absolute(strict[0] + -strict[1]).meets(absolute(money(change))):
                    verdict, severity = Verdict.DISAGREE, "warning"
            yield told(
                rule, verdict, name_of(statement), (change, now, prior),
                expected=shown + (unit.name if unit else ""),
                calculation=f"|{now.text}－{prior.text}| ＝ {shown}{unit.name if unit else ''}", severity=severity,
            )  # fmt: skip


def run_direction(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Change word, rate word and the two amounts must point the same way."""
    for statement in statements(facts):
        for comparison in statement.comparisons:
            outcome = _direction(rule, statement, comparison)
            if outcome is not None:
                yield outcome


def _direction(rule: Rule, statement: Statement, comparison: Comparison) -> Outcome | None:
    change, rate, now, prior = comparison.change, comparison.rate, amount_of(statement), prior_of(statement, comparison)
    way = comparison.change_way or comparison.rate_way
    told_figures = [figure for figure in (change, rate) if figure is not None and figure.mention.quantity.value != 0]
    if not way or not told_figures:
        return None
    if change and rate and {comparison.change_way, comparison.rate_way} == {"up", "down"} and len(told_figures) == 2:
        return told(
            rule, Verdict.DISAGREE, name_of(statement), told_figures,
            stated=f"{WAYS[comparison.change_way]}{change.text}、{WAYS[comparison.rate_way]}{rate.text}",
            expected="增减方向一致", calculation=f"增减额说“{WAYS[comparison.change_way]}”，比率说“{WAYS[comparison.rate_way]}”",
        )  # fmt: skip
    if now is None or prior is None or not usable(now, prior) or value(now) == value(prior):
        return None
    real = "up" if value(now) > value(prior) else "down"
    return told(
        rule, Verdict.AGREE if real == way else Verdict.DISAGREE, name_of(statement), (told_figures[0], now, prior),
        stated=f"{WAYS[way]}{told_figures[0].text}", expected=WAYS[real],
        calculation=f"{now.text} {'＞' if real == 'up' else '＜'} {prior.text}",
    )  # fmt: skip


DIFFERENCE = Check("difference", Parameters, run_difference)
DIRECTION = Check("direction", Parameters, run_direction)
