"""列举中的单位: one amount of a list in another unit than all the others, though its figure is of their size."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from assistant.checks.base import Check, Parameters
from assistant.checks.told import told, usable
from assistant.claims import Figure
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.quantities import format_number
from assistant.rules import Rule
from assistant.text import normalise

FEWEST = 3
"""Amounts that a list must have."""

APART = 10_000
"""How many times one unit must be the other: 元 and 万元, 万元 and 亿元."""

LIKE = 1000
"""How many times larger or smaller than its neighbours a figure may be to be of their size."""

_NEXT = re.compile(r"\s*[、,;]\s*(?:和|及|以及)?([一-鿿()“”\"\s]{2,24}?)(?:为|共|约)?\s*")
_OTHER = re.compile(r"均|每|标准|单价|单位|价格|增|减|占|比|下降|降低|税|利息|折合|其中")
"""Words between two amounts that make the second another kind of amount."""


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Lists of names with amounts, parted by commas; only where something else has not confirmed the odd one."""
    told_of = (Verdict.AGREE, Verdict.TAIL, Verdict.DISAGREE)
    sure = {place for o in facts.outcomes if o.verdict in told_of for place in o.figures}
    for run_ in _lists(facts):
        units = Counter(figure.mention.unit for figure in run_)
        usual, often = units.most_common(1)[0]
        odd = [figure for figure in run_ if figure.mention.unit != usual]
        if len(run_) < FEWEST or often != len(run_) - 1 or usual is None:
            continue
        figure = odd[0]
        others = [abs(other.mention.quantity.value) for other in run_ if other is not figure]
        if figure.mention.unit is None or (figure.span.line, figure.span.start) in sure:
            continue
        apart = max(usual.factor, figure.mention.unit.factor) / min(usual.factor, figure.mention.unit.factor)
        own, largest = abs(figure.mention.quantity.value), max(others)
        exact = figure.mention.quantity.decimals == max(f.mention.quantity.decimals for f in run_) > 0
        if apart < APART or not exact or not own or not largest / LIKE < own < largest * LIKE:
            continue
        shown = format_number(figure.mention.quantity.value, figure.mention.quantity.decimals) + usual.name
        listed = "、".join(other.text for other in run_ if other is not figure)
        yield told(
            rule, Verdict.DISAGREE, f"“{figure.text}”", (figure, *(f for f in run_ if f is not figure)), expected=shown,
            calculation=f"同一列举的其他各项为 {listed}",
        )  # fmt: skip


def _lists(facts: Facts) -> Iterator[list[Figure]]:
    figures = [figure for figure in facts.claims().figures if figure.mention.unit is not None]
    at = 0
    while at < len(figures):
        run_ = [figures[at]]
        for figure in figures[at + 1 :]:
            if not _follows(facts, run_[-1], figure):
                break
            run_.append(figure)
        at += len(run_)
        if usable(*run_):
            yield run_


def _follows(facts: Facts, one: Figure, other: Figure) -> bool:
    """Whether an amount is the next of a list: nothing but a comma and a name stands between."""
    if one.paragraph != other.paragraph:
        return False
    text = normalise(facts.document.paragraphs[one.paragraph].text)[one.mention.end : other.mention.start]
    match = _NEXT.fullmatch(text)
    return match is not None and _OTHER.search(match[1]) is None


CHECK = Check("unit_alone", Parameters, run)
