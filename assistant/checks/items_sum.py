"""逐项说明: the budgets and the amounts of the items that follow a total, each told with its own, must add up to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.checks.base import Check, Parameters
from assistant.checks.told import money, name_of, statements, told, usable, value
from assistant.claims import Figure, Statement
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.quantities import ZERO, Interval, format_number
from assistant.rules import Rule
from assistant.slips import one_slip

FEWEST_DIGITS = 4
"""Digits of a total that other items do not add up to by chance."""

_TOTAL = re.compile(r"财政拨款|公共预算|基金预算|本年支出|支出合计|总支出|三公")
"""What a total of spending is called; the name of a subject (其他教育支出) is none."""


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """A list is taken for complete only where its budgets or its amounts make up the total; the other may then be a slip off."""
    given = [s for s in statements(facts) if _both(s)]
    for at, whole in enumerate(given):
        items = _items(given, at)
        if not _TOTAL.search(whole.subject) or len(items) < 2:
            continue
        spent = _added([whole.amount], [item.amount for item in items])
        planned = _added(whole.budgets, [item.budgets[0] for item in items])
        for one, other in ((spent, planned), (planned, spent)):
            verdict = _verdict(one)
            full = verdict is None and _verdict(other) is Verdict.AGREE and len(items) > 2
            if full and one is not None and one_slip(one.total, value(one.whole)):
                verdict = Verdict.DISAGREE
            if one is not None and verdict is not None:
                unit = one.whole.mention.unit
                shown = format_number(one.total / unit.factor if unit else one.total) + (unit.name if unit else "")
                yield told(
                    rule, verdict, name_of(whole), (one.whole, *one.parts), expected=shown,
                    calculation="＋".join(figure.text for figure in one.parts) + f" ＝ {shown}",
                )  # fmt: skip


class _Added:
    """A total, its parts, and what they add up to (as printed and as an interval), in 元."""

    __slots__ = ("parts", "range", "total", "whole")

    def __init__(self, whole: Figure, parts: Sequence[Figure]) -> None:
        self.whole, self.parts = whole, parts
        self.total = sum(map(value, parts), Decimal(0))
        self.range = Interval(ZERO, ZERO)
        for part in parts:
            self.range += money(part)


def _both(statement: Statement) -> bool:
    """Whether a statement tells one budget of its own and the amount spent of it."""
    own = len(statement.budgets) == 1 and not statement.budgets[0].lead.startswith(("上", "去"))
    return own and statement.role == "actual" and statement.amount is not None and not statement.among


def _items(given: Sequence[Statement], at: int) -> list[Statement]:
    """What follows a total in its section, each in a paragraph of its own, up to the next total."""
    whole = given[at]
    found: list[Statement] = []
    for item in given[at + 1 :]:
        last = found[-1].paragraph if found else whole.paragraph
        if item.section[:2] != whole.section[:2] or item.paragraph == last or item.subject == whole.subject:
            break
        if item.subject.endswith(("财政拨款支出", "财政拨款", "三公经费")):
            break
        found.append(item)
    return found


def _added(whole: Sequence[Figure | None], parts: Sequence[Figure | None]) -> _Added | None:
    figures = [part for part in parts if part is not None]
    total = whole[0]
    if total is None or not usable(total, *figures):
        return None
    digits = len(total.mention.quantity.value.as_tuple().digits)
    return _Added(total, figures) if digits >= FEWEST_DIGITS and sum(value(f) != 0 for f in figures) > 1 else None


def _verdict(added: _Added | None) -> Verdict | None:
    """一致 or 尾差 where the parts make up the total; ``None`` where they do not."""
    if added is None or not added.range.meets(money(added.whole)):
        return None
    return Verdict.AGREE if added.total == value(added.whole) else Verdict.TAIL


CHECK = Check("items_sum", Parameters, run)
