"""增减构成: the changes of the parts, told behind 其中 or as the reason, make up the change of the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.checks.base import Check, Parameters
from assistant.checks.difference import WAYS
from assistant.checks.told import absolute, money, name_of, told, usable, value
from assistant.claims import Comparison, Figure, Statement
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.quantities import ZERO, Interval, format_number
from assistant.rules import Rule
from assistant.slips import one_slip

_PARTS = re.compile(r"其中|主要|原因|包括|由于|一是")
_NET = re.compile(r"相抵|抵消|抵减|综上|合计")
_FEWEST = 2


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Confirm where they add up; accuse only where a slip of one of them keeps them from it: lists of reasons are often partial."""
    pairs = [(s, c) for s in facts.claims().statements for c in s.comparisons if c.change_way or c.rate_way]
    for i, (statement, comparison) in enumerate(pairs):
        whole = comparison.change
        if statement.in_reason or statement.among or whole is None or not usable(whole) or not value(whole):
            continue
        parts = list(_parts(facts, statement, whole, pairs[i + 1 :]))
        figures = [figure for _, figure in parts]
        if (
            len(parts) < _FEWEST
            or not usable(*figures)
            or any(f.mention.kind is not whole.mention.kind for f in figures)
        ):
            continue
        outcome = _judge(rule, statement, comparison, whole, parts)
        if outcome is not None:
            yield outcome


def _parts(
    facts: Facts, statement: Statement, whole: Figure, following: Sequence[tuple[Statement, Comparison]]
) -> Iterator[tuple[int, Figure]]:
    """Each part's way (1 or -1) and change: told behind words that begin a list, up to the end of its sentence.

    Where one is told as a rate only (统一压减 10%), nobody can add them up: the list ends with a figure of no use.
    """
    text = facts.document.paragraphs[statement.paragraph].text
    first = None
    for other, comparison in following:
        change = comparison.change or comparison.rate
        if other.paragraph != statement.paragraph or comparison.prior is not None or change is None:
            return
        between = text[whole.mention.end : change.mention.start]
        begun = _PARTS.search(between)
        if not begun or between.count("。") > 1 or "。" in between[begun.start() :]:
            return
        if first is not None and comparison.base not in ("", first.base):
            return  # against something else
        if _NET.search(between):
            return  # 增减相抵后增加 …: the whole once more
        first = first or comparison
        yield (1 if comparison.change_way == "up" else -1), change


def _judge(
    rule: Rule, statement: Statement, comparison: Comparison, whole: Figure, parts: Sequence[tuple[int, Figure]]
) -> Outcome | None:
    sign = 1 if comparison.change_way == "up" else -1
    total, exact = Interval(ZERO, ZERO), Decimal(0)
    for way, figure in parts:
        size = absolute(money(figure))
        total += size if way == sign else -size
        exact += abs(value(figure)) * way * sign
    gap = abs(value(whole)) - exact
    if not gap:
        verdict = Verdict.AGREE
    elif total.meets(absolute(money(whole))):
        verdict = Verdict.TAIL
    elif exact > 0 and _slip(whole, exact, gap, [(way * sign, figure) for way, figure in parts]):
        verdict = Verdict.DISAGREE
    else:
        return None
    unit = whole.mention.unit
    shown = format_number(exact / unit.factor if unit else exact) + (unit.name if unit else "")
    way_of = WAYS[comparison.change_way]
    return told(
        rule, verdict, name_of(statement), (whole, *(figure for _, figure in parts)), stated=f"{way_of}{whole.text}",
        expected=f"{way_of}{shown}",
        calculation="".join(("＋" if way > 0 else "－") + figure.text for way, figure in parts) + f" ＝ {way_of}{shown}",
    )  # fmt: skip


def _slip(whole: Figure, exact: Decimal, gap: Decimal, parts: Sequence[tuple[int, Figure]]) -> bool:
    """Whether one slip in the whole or in one part is all that keeps the parts from adding up."""
    factor = whole.mention.unit.factor if whole.mention.unit else Decimal(1)
    step = whole.mention.quantity.ulp()
    for off in (ZERO, step, -step):  # what rounding may have added
        wanted = exact / factor + off
        if one_slip(abs(value(whole)) / factor, wanted):
            return True
        sizes = [(abs(value(figure)) / factor, way * (gap / factor - off)) for way, figure in parts]
        if any(size + more > 0 and one_slip(size, size + more) for size, more in sizes):
            return True
    return False


CHECK = Check("moves", Parameters, run)
