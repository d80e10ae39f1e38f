"""编号: two headings or items of one list with the same number; a number that a list of headings leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from assistant.checks.base import Check, Parameters
from assistant.checks.prose import evidence_of, quoted
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.numbered import Item, numbered_lists
from assistant.rules import Rule
from assistant.text import clean

HEADINGS = (2, 3)
"""The levels 一、 and （一）: those of items further down are lost too often in conversion to miss one."""


class NumberingParameters(Parameters):
    """``look_for``: a number that occurs twice, or one that is missing."""

    look_for: Literal["repeated", "missing"]


def run(facts: Facts, rule: Rule, parameters: NumberingParameters) -> Iterator[Outcome]:
    """Look at each list of numbers of one shape under one heading."""
    found = False
    for items in numbered_lists(facts.document):
        found = True
        judge = _repeated if parameters.look_for == "repeated" else _missing
        yield from judge(facts, rule, items)
    if found:
        yield Outcome(rule.code, Verdict.AGREE, "编号")


def _repeated(facts: Facts, rule: Rule, items: Sequence[Item]) -> Iterator[Outcome]:
    """A number twice, in a list that counts up to it and goes on after it: any other may be two lists run together."""
    for at in range(1, len(items) - 1):
        before, first, second = items[at - 1], items[at], items[at + 1]
        after = items[at + 2] if at + 2 < len(items) else None
        goes_on = after.value == first.value + 1 if after else first.level in HEADINGS
        if not (before.value + 1 == first.value == second.value and goes_on) or not first.name or not second.name:
            continue
        if first.name == second.name:
            continue  # the heading of a page that was printed again
        yield Outcome(
            rule.code, Verdict.DISAGREE, quoted([clean(second.place.text)]), stated=clean(second.place.text),
            expected=f"第 {second.value + 1} 项" + ("，其后各项顺延" if after else ""), calculation=f"前一项为{quoted([clean(first.place.text)])}",
            evidence=(evidence_of(second.place), evidence_of(first.place)),
        )  # fmt: skip


def _missing(facts: Facts, rule: Rule, items: Sequence[Item]) -> Iterator[Outcome]:
    """A number left out between two headings, of which nothing is to be seen on the lines between."""
    for before, after in pairwise(items):
        if before.level not in HEADINGS or after.value != before.value + 2 or len(items) < 4:
            continue
        wanted = _numeral(before.value + 1)
        between = "".join(facts.document.lines[before.line : after.line - 1])
        if after.line - before.line > 1 and re.search(rf"{wanted}\s*[、.．)）]", between):
            continue
        yield Outcome(
            rule.code, Verdict.DISAGREE, f"{quoted([clean(before.place.text)])}与{quoted([clean(after.place.text)])}之间",
            stated=clean(after.place.text), expected=f"第 {before.value + 1} 项", evidence=(evidence_of(after.place), evidence_of(before.place)),
        )  # fmt: skip


def _numeral(value: int) -> str:
    numerals = "零一二三四五六七八九"
    tens, ones = divmod(value, 10)
    return ("" if tens == 0 else "十" if tens == 1 else numerals[tens] + "十") + (numerals[ones] if ones else "")


CHECK = Check("numbering", NumberingParameters, run)
