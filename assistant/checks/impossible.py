"""不可能的增减: a fall of more than 100%, a rise by more than the amount itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.checks.base import Check, Parameters
from assistant.checks.difference import amount_of
from assistant.checks.told import name_of, same_subject, statements, told, usable, value
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.rules import Rule

_MAY_BE_NEGATIVE = (
    "结余",
    "结转",
    "利润",
    "净",
    "差额",
    "盈亏",
    "亏损",
    "盈余",
    "收支相抵",
    "超收",
    "短收",
    "超支",
    "增收",
    "减收",
    "增支",
    "减支",
)
_AGAINST = re.compile(r"\s*[与比较同](?:上年|去年|20\d\d\s*年)(?:度|预算|决算|执行数|数|相比|比|[,，\s])*增加")
_NEGATIVE = re.compile(r"为\s*[-－−]\s*\d|亏损|负数|赤字|冲减|冲销|红字")


def run_fall(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """A fall of more than 100% is impossible for an amount that cannot be negative."""
    for statement in statements(facts):
        for comparison in statement.comparisons:
            rate, now = comparison.rate, amount_of(statement) or same_subject(facts, statement)
            falls = rate is not None and comparison.rate_way == "down"
            if rate is None or not falls or now is None or value(now) < 0:
                continue
            text = facts.document.paragraphs[rate.paragraph].text
            if rate.mention.quantity.value > Decimal(100) and not _NEGATIVE.search(text):
                yield told(
                    rule, Verdict.DISAGREE, name_of(statement), (rate, now), expected="不超过100%",
                    calculation=f"减少至 {now.text}，降幅不可能超过 100%",
                )  # fmt: skip


def run_rise(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """An amount that rose by more than it is was negative before: impossible but for balances and the like."""
    for statement in statements(facts):
        now = amount_of(statement)
        named = statement.subject + statement.opening
        if now is None or not usable(now) or any(word in named for word in _MAY_BE_NEGATIVE):
            continue
        for comparison in statement.comparisons:
            change = comparison.change
            if change is None or not usable(change) or comparison.change_way != "up" or comparison.prior is not None:
                continue
            between = facts.document.paragraphs[now.paragraph].text[now.mention.end : change.mention.start]
            if value(change) > value(now) > 0 and _at_once(between, statement.subject):
                yield told(
                    rule, Verdict.DISAGREE, name_of(statement), (change, now), expected=f"不大于 {now.text}",
                    calculation=f"增加 {change.text} 后为 {now.text}，即增加前为负数",
                )  # fmt: skip


def _at_once(between: str, subject: str) -> bool:
    """Whether a change is told in the sentence of its amount, or the next one begins with it: 。与上年相比增加 …."""
    rest = between.partition("。")[2]
    if not between or "。" in rest:
        return False
    return not rest.strip() or _AGAINST.match(rest) is not None or (bool(subject) and subject in rest)


FALL = Check("impossible_fall", Parameters, run_fall)
RISE = Check("impossible_rise", Parameters, run_rise)
