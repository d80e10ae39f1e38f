"""增减: the change, the rate and the amounts of a comparison must follow from one another."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.base import Check, Parameters
from assistant.checks.difference import amount_of
from assistant.checks.readings import explained, other_way, told_right
from assistant.checks.told import absolute, money, name_of, same_subject, statements, told, usable, value
from assistant.claims import Comparison, Statement
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.recompute import compare_percent, quotient
from assistant.rules import Rule


def run_rate(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Rate = change ÷ prior, the prior being printed or the amount less the change."""
    for statement in statements(facts):
        for comparison in statement.comparisons:
            outcome = _rate(facts, rule, statement, comparison)
            if outcome is not None:
                yield outcome


def _rate(facts: Facts, rule: Rule, statement: Statement, comparison: Comparison) -> Outcome | None:
    rate, change = comparison.rate, comparison.change
    prior = comparison.prior
    now = amount_of(statement) or same_subject(facts, statement)
    if (
        rate is not None
        and change is not None
        and not rate.mention.quantity.value
        and not change.mention.quantity.value
    ):
        return told(rule, Verdict.AGREE, name_of(statement), (rate, change))  # 增（减）0，同比增（减）0%
    if rate and change and now and usable(rate, change, now) and not value(now) and not change.mention.quantity.value:
        return told(
            rule, Verdict.DISAGREE, name_of(statement), (rate, change, now), expected="0%",
            calculation=f"本年 {now.text}，增减 {change.text}，没有可以计算的比率",
        )  # fmt: skip
    if rate is None or not usable(rate) or (change is None and (prior is None or now is None)):
        return None
    if prior is not None and usable(prior) and value(prior) > 0:
        base, base_value, base_text = money(prior), value(prior), prior.text
    elif now is not None and change is not None and usable(now, change) and comparison.change_way:
        sign = -1 if comparison.change_way == "up" else 1
        shift = absolute(money(change))
        base = money(now) + (-shift if sign < 0 else shift)
        base_value = value(now) + sign * abs(value(change))
        base_text = f"({now.text}{'－' if sign < 0 else '＋'}{change.text})"
    else:
        return None
    moved = absolute(money(change)) if change is not None and usable(change) else None
    if moved is None and now is not None and prior is not None and usable(now):
        moved = absolute(money(now) + -money(prior))
    if moved is None or base_value <= 0 or (computed := quotient(moved, base)) is None:
        return None
    top = abs(value(change)) if change is not None else abs(value(now) - value(prior)) if now and prior else None
    if top is None:
        return None
    exact = top / base_value * 100
    percent = compare_percent(rate.mention, computed, exact)
    verdict = percent.verdict
    if verdict is Verdict.DISAGREE and explained(facts, statement, comparison, now):
        verdict = Verdict.UNCLEAR
    top_text = change.text if change is not None else f"|{now.text if now else ''}－{prior.text if prior else ''}|"
    if verdict is Verdict.DISAGREE and change is not None and (right := told_right(facts, statement, comparison)):
        return told(
            rule, verdict, name_of(statement), (change, rate, right), expected=right.text, stated=change.text,
            calculation=f"同一比率 {rate.text} 在另一处对应 {right.text}",
            detail=f"增减额 {change.text} 与比率 {rate.text} 不符",
        )  # fmt: skip
    if verdict is Verdict.DISAGREE and other_way(comparison, rate, now, prior):
        return None  # the word of direction is wrong, which is told for itself
    figures = [figure for figure in (rate, change, now, prior) if figure is not None]
    return told(
        rule, verdict, name_of(statement), figures,
        expected=percent.text, calculation=f"{top_text} ÷ {base_text} ＝ {percent.text}", severity=percent.severity,
    )  # fmt: skip


RATE = Check("change_rate", Parameters, run_rate)
