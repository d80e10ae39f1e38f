"""单位平均: 车均、人均、平均每辆 … must follow from an amount and a number told beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.checks.base import Check, Parameters
from assistant.checks.told import told
from assistant.claims import Figure
from assistant.document import Paragraph
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.mentions import Mention, MentionKind, find_mentions
from assistant.quantities import format_number
from assistant.rules import Rule
from assistant.text import normalise

_REACH = 120
"""Characters before an average within which what it is made of is told."""

_NO_AMOUNT = re.compile(r"(?:上年|去年|预算|标准|限额|定额|人均|均|每.{0,3})[^,。;\d]{0,10}$")


class Average(Parameters):
    """Words of an average (车均) and the unit words of what it is over."""

    words: str
    units: tuple[str, ...]


class PerUnitParameters(Parameters):
    """The kinds of averages; ``standards`` are words that make an average a norm, not a result."""

    averages: tuple[Average, ...]
    standards: str


def run(facts: Facts, rule: Rule, parameters: PerUnitParameters) -> Iterator[Outcome]:
    """Each average against all amounts and numbers told near it; wrong only where none of them makes it."""
    for index, paragraph in enumerate(facts.document.paragraphs):
        text = normalise(paragraph.text)
        for average in parameters.averages:
            for match in re.finditer(rf"(?:{average.words})[^\d。;,、]{{0,12}}(?=\d)", text):
                if not re.search(parameters.standards, text[max(0, match.start() - 12) : match.end()]):
                    outcome = _judge(rule, paragraph, index, text, average, match)
                    if outcome is not None:
                        yield outcome


def _judge(
    rule: Rule, paragraph: Paragraph, index: int, text: str, average: Average, match: re.Match[str]
) -> Outcome | None:
    mentions = find_mentions(text)
    stated = next((m for m in mentions if m.start == match.end() and m.unit is not None), None)
    if stated is None or not stated.checkable:
        return None
    amounts = [m for m in mentions if m.unit is not None and m is not stated and not _NO_AMOUNT.search(text[: m.start])]
    counts = [m for m in mentions if m.kind is MentionKind.COUNT and m.word in average.units and m.quantity.value > 0]
    pair = next(((a, n) for a in amounts for n in counts if _fits(a, n, stated)), None)
    near = [m for m in counts if 0 < match.start() - m.end < _REACH]
    told_of = [m for m in amounts if 0 < match.start() - m.end < _REACH and m.amount > 0]

    def figure(m: Mention) -> Figure:
        return Figure(m, index, paragraph.span(m.start, m.end), paragraph.text[m.start : m.end], "amount")

    name = f"“{match[0].strip()}”"
    if pair is not None:
        return told(rule, Verdict.AGREE, name, [figure(m) for m in (stated, *pair)])
    if not near or not told_of or len({n.quantity.value for n in counts}) > 1 or not _sure([*told_of, *near]):
        return None
    amount, number = told_of[-1], near[-1]
    shown = _shown(amount, number, stated)
    return told(
        rule, Verdict.DISAGREE, name, [figure(m) for m in (stated, amount, number)], expected=shown,
        calculation=f"{figure(amount).text} ÷ {figure(number).text} ＝ {shown}，与其他数额相除也不相符",
    )  # fmt: skip


def _sure(mentions: Sequence[Mention]) -> bool:
    return all(m.checkable for m in mentions)


def _fits(amount: Mention, number: Mention, stated: Mention) -> bool:
    """Whether an amount over a number is the average, rounded or cut at its last place."""
    step = stated.quantity.ulp() * (stated.unit.factor if stated.unit else 1)
    reach = step + (amount.interval().high - amount.amount) / number.quantity.value
    return abs(amount.amount / number.quantity.value - stated.amount) <= reach


def _shown(amount: Mention, number: Mention, stated: Mention) -> str:
    """The average in the unit of the one that is printed, unless it would be hardly anything there."""
    unit = stated.unit if stated.unit is not None else amount.unit
    assert unit is not None
    value = amount.amount / number.quantity.value
    if value < unit.factor / 100:
        return format_number(round(value, 2)) + "元"
    return format_number(round(value / unit.factor, max(2, stated.quantity.decimals)) + Decimal(0)) + unit.name


CHECK = Check("per_unit", PerUnitParameters, run)
