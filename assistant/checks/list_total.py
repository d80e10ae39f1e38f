"""列举后的合计: A 870 万元，B 70 万元，合计 940 万元, and the amount told before 其中."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from assistant.checks.base import Check, Parameters
from assistant.checks.told import money, told, usable, value
from assistant.claims import Figure
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.quantities import ZERO, Interval, format_number
from assistant.rules import Rule
from assistant.slips import one_slip
from assistant.text import normalise

_TOTAL = re.compile(r"[,;、]\s*(?:以上|上述|各项|三项|两项|四项)?\s*(?:合计|共计|总计)\s*(?:为|金额)?\s*$")
_LINK = re.compile(r"\s*+(?:\([^()\d]{0,12}\))?\s*+[、,;]\s*+(?:和|及|以及)?[^\d。,;、:]{2,30}")
_WHOLE = re.compile(r"\s*+[,;:(]?\s*+(?:其中|包括|分别(?:为|是)|主要用于|用于)[:,]?[^\d。]{2,30}")
_OTHER = re.compile(r"增|减|占|比|下降|均|每|标准|其中|另")

_FEW = 2
"""Parts that may be two of several."""


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """The list that a total ends, and the whole that it began with."""
    figures = [figure for figure in facts.claims().figures if figure.mention.unit is not None]
    for at, total in enumerate(figures):
        text = normalise(facts.document.paragraphs[total.paragraph].text)
        if not _TOTAL.search(text[: total.mention.start]):
            continue
        parts, whole = _before(text, figures[:at], total)
        if len(parts) >= 2 and usable(total, *parts):
            alone = whole is None and _alone(text, figures[:at], parts)
            outcome = _judge(rule, total, parts, begun=whole is not None or alone)
            if outcome is not None:
                yield replace(outcome, severity="warning") if alone and outcome.verdict is Verdict.DISAGREE else outcome
                if whole is not None and usable(whole) and outcome.verdict is not Verdict.DISAGREE:
                    yield from _again(rule, whole, total, parts)


def _before(text: str, figures: Sequence[Figure], total: Figure) -> tuple[list[Figure], Figure | None]:
    """The amounts listed before a total, and the one that 其中 parts from them."""
    parts: list[Figure] = []
    for figure in reversed(figures):
        if figure.paragraph != total.paragraph:
            break
        between = text[figure.mention.end : (parts[0] if parts else total).mention.start]
        if _WHOLE.fullmatch(between):
            return parts, figure
        if parts and (not _LINK.fullmatch(between) or _OTHER.search(between)):
            break
        if not parts and not _TOTAL.fullmatch(between.strip() + " "):
            break
        parts.insert(0, figure)
    return parts, None


def _alone(text: str, before: Sequence[Figure], parts: Sequence[Figure]) -> bool:
    """Whether a list of three or more, parted by 、 alone, begins its sentence: nothing told before it can belong to it."""
    first = parts[0]
    begin = max(text.rfind(mark, 0, first.mention.start) for mark in "。;") + 1
    others = any(f.paragraph == first.paragraph and begin <= f.mention.start < first.mention.start for f in before)
    gaps = [text[a.mention.end : b.mention.start].strip() for a, b in pairwise(parts)]
    same = {figure.mention.unit for figure in parts}
    listed = all(gap.startswith("、") for gap in gaps) and not _OTHER.search(text[begin : first.mention.start])
    return len(parts) > _FEW and not others and listed and len(same) == 1


def _judge(rule: Rule, total: Figure, parts: Sequence[Figure], *, begun: bool) -> Outcome | None:
    """``begun``: the text says where the list begins."""
    for first in range(len(parts) - 1):  # what the list begins with may belong to what was told before
        verdict = _compared(total, parts[first:])
        if verdict is not None:
            return _outcome(rule, verdict, total, parts[first:])
    exact, factor = sum(map(value, parts), Decimal(0)), total.mention.unit.factor if total.mention.unit else Decimal(1)
    gap = value(total) - exact
    slip = (
        begun
        or one_slip(value(total) / factor, exact / factor)
        or any(value(part) + gap > 0 and one_slip(value(part) / factor, (value(part) + gap) / factor) for part in parts)
    )
    return _outcome(rule, Verdict.DISAGREE, total, parts) if slip else None


def _compared(total: Figure, parts: Sequence[Figure]) -> Verdict | None:
    reach = Interval(ZERO, ZERO)
    for part in parts:
        reach += money(part)
    if sum(map(value, parts), Decimal(0)) == value(total):
        return Verdict.AGREE
    return Verdict.TAIL if reach.meets(money(total)) else None


def _again(rule: Rule, whole: Figure, total: Figure, parts: Sequence[Figure]) -> Iterator[Outcome]:
    if money(whole).meets(money(total)):
        yield _outcome(rule, Verdict.AGREE, whole, parts)
    elif whole.mention.unit == total.mention.unit and _digit_off(whole, total):
        yield replace(_outcome(rule, Verdict.DISAGREE, whole, parts), severity="warning")


def _digit_off(one: Figure, other: Figure) -> bool:
    a, b = str(one.mention.quantity.value), str(other.mention.quantity.value)
    return len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1


def _outcome(rule: Rule, verdict: Verdict, total: Figure, parts: Sequence[Figure]) -> Outcome:
    unit, exact = total.mention.unit, sum(map(value, parts), Decimal(0))
    shown = format_number(exact / unit.factor if unit else exact) + (unit.name if unit else "")
    return told(
        rule, verdict, f"列举的合计 {total.text}", (total, *parts), expected=shown,
        calculation="＋".join(part.text for part in parts) + f" ＝ {shown}",
    )  # fmt: skip


CHECK = Check("list_total", Parameters, run)
