"""增减率: what else makes a rate right that its own change does not: another amount nearby, the other way, another change.

And whose year an amount is.
"""

from __future__ import annotations

import re

from assistant.checks.told import absolute, money, statements, value
from assistant.claims import Comparison, Figure, Statement
from assistant.facts import Facts
from assistant.findings import Verdict
from assistant.recompute import compare_percent, quotient

_YEAR = re.compile(r"(20\d\d)年[^\d，。；]{0,8}$")


def other_way(comparison: Comparison, rate: Figure, now: Figure | None, prior: Figure | None) -> bool:
    """Whether the rate is right for a change the other way, as the word before the rate says."""
    change = comparison.change
    if prior is not None or now is None or change is None or not comparison.rate_way:
        return False
    if comparison.rate_way == comparison.change_way:
        return False
    shift = money(change) if comparison.rate_way == "down" else -money(change)
    computed = quotient(absolute(money(change)), money(now) + shift)
    return (
        computed is not None and compare_percent(rate.mention, computed, computed.low).verdict is not Verdict.DISAGREE
    )


def told_right(facts: Facts, statement: Statement, comparison: Comparison) -> Figure | None:
    """The change that the same subject has with the same rate elsewhere: then this change is the wrong figure."""
    rate, change = comparison.rate, comparison.change
    if rate is None or change is None or comparison.prior is not None:
        return None
    for known in facts.claims().rated.get((statement.subject, rate.mention.amount), ()):
        if known.prior and known.change and value(known.change) != value(change):
            return known.change
    return None


def explained(facts: Facts, statement: Statement, comparison: Comparison, now: Figure | None) -> bool:
    """Whether another amount nearby makes the rate right: then the sentence was read wrongly, and nothing is said."""
    rate, change = comparison.rate, comparison.change
    if rate is None or change is None or not comparison.change_way:
        return False
    printed, step = abs(rate.mention.quantity.value), rate.mention.quantity.ulp()
    shift = abs(value(change))
    for other in statements(facts):
        if other.paragraph != statement.paragraph:
            continue
        for amount in (other.amount, *other.budgets, *(c.prior for c in other.comparisons)):
            if amount is None or amount is change or (now is not None and value(amount) == value(now)):
                continue
            base = value(amount) + (-shift if comparison.change_way == "up" else shift)
            bases = (base,) if amount is other.amount else (base, value(amount))
            if any(basis > 0 and abs(shift / basis * 100 - printed) < step for basis in bases):
                return True
    return False


def other_year(facts: Facts, figure: Figure) -> bool:
    """Whether the words right before a figure give it to another year: 2024年度预算 82.17 万元."""
    before = facts.document.paragraphs[figure.paragraph].text[: figure.mention.start]
    year = _YEAR.search(before)
    return year is not None and facts.document.year not in (None, int(year[1]))
