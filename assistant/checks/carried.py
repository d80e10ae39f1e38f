"""结转平衡: what was left at the year's beginning and what came in, told in one sentence with what was spent and is left, must balance."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from assistant.checks.base import Check, Parameters
from assistant.checks.told import money, name_of, statements, told, usable, value
from assistant.claims import Figure, Statement
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.quantities import UNITS, format_number
from assistant.rules import Rule
from assistant.text import normalise


class CarriedParameters(Parameters):
    """Patterns for the names of the four amounts, and words of a sentence that tells of further money."""

    opening: str
    income: str
    spending: str
    closing: str
    more: str


def run(facts: Facts, rule: Rule, parameters: CarriedParameters) -> Iterator[Outcome]:
    """Each sentence that tells the four amounts, each once, and no other."""
    for (index, _), group in groupby(statements(facts), key=lambda s: (s.paragraph, s.sentence)):
        given = list(group)
        found = _four(given, parameters)
        if found is not None and usable(*found):
            text = normalise(facts.document.paragraphs[index].text)
            begin, end = text.rfind("。", 0, given[0].start) + 1, text.find("。", given[-1].start)
            if not re.search(parameters.more, text[begin : end if end > 0 else None]):
                yield _judge(rule, given[-1], *found)


def _four(given: Sequence[Statement], parameters: CarriedParameters) -> tuple[Figure, Figure, Figure, Figure] | None:
    """The four amounts in the order opening, income, spending, closing; none where anything else is told with them."""
    if len(given) != 4 or any(s.among or s.budgets for s in given):
        return None
    found: list[Figure] = []
    for pattern in (parameters.opening, parameters.income, parameters.spending, parameters.closing):
        named = [s.amount for s in given if re.search(pattern, s.subject) and s.amount is not None]
        if len(named) != 1:
            return None
        found.append(named[0])
    if len({figure.key for figure in found}) != len(found):
        return None
    opening, income, spending, closing = found
    return opening, income, spending, closing


def _judge(rule: Rule, last: Statement, opening: Figure, income: Figure, spending: Figure, closing: Figure) -> Outcome:
    had, used = money(opening) + money(income), money(spending) + money(closing)
    exact = value(opening) + value(income) - value(spending)
    verdict = Verdict.AGREE if exact == value(closing) else Verdict.TAIL if had.meets(used) else Verdict.DISAGREE
    unit = closing.mention.unit or UNITS["元"]
    shown = format_number(exact / unit.factor) + unit.name
    return told(
        rule, verdict, name_of(last), (closing, opening, income, spending), stated=closing.text, expected=shown,
        calculation=f"{opening.text}＋{income.text}－{spending.text} ＝ {shown}，年末结转为 {closing.text}",
    )  # fmt: skip


CHECK = Check("carried", CarriedParameters, run)
