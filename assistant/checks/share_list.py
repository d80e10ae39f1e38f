"""占比: the whole of a share that the text does not name, from the other items of the same list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.checks.told import money, usable, value
from assistant.claims import Figure, Statement
from assistant.findings import Verdict
from assistant.quantities import HALF, ZERO, Interval
from assistant.recompute import HUNDRED, Percent, compare_percent, quotient

FULL = Decimal("1.02")
"""How far the items of one list may go beyond their whole."""

_FAR = 6
"""Paragraphs within which a list is told."""

_NATURE = re.compile(r"(基本|项目)支出(?:预算|决算)?")
_LEAD = re.compile(r"[\s的为约(]")


def judge(share: Figure, part: Figure, whole: Figure) -> Percent | None:
    """A printed share against its part and its whole; none where the whole may be zero."""
    computed = quotient(money(part), money(whole))
    return compare_percent(share.mention, computed, value(part) / value(whole) * HUNDRED) if computed else None


def of_siblings(statement: Statement, wholes: list[Statement], near: list[Statement]) -> Figure | None:
    """The whole that at least two other items of the same list are shares of."""
    items = [s for s in near if s.shares and s.amount and abs(s.paragraph - statement.paragraph) <= 3]
    for whole in reversed(wholes):
        fitting: list[Decimal] = []
        for item in items:
            part, all_ = item.amount, whole.amount
            if all_ and part and usable(part, item.shares[0], all_) and 0 < value(part) < value(all_):
                judged = judge(item.shares[0], part, all_)
                fitting += [value(part)] if judged and judged.verdict is Verdict.AGREE else []
        own = value(statement.amount) if statement.amount else Decimal(0)
        if whole.amount and len(fitting) >= 2 and sum(fitting, own) <= value(whole.amount) * FULL:
            return whole.amount  # else the others already make it up: they are the parts of a part
    return None


def of_all(statement: Statement, near: Sequence[Statement]) -> tuple[Percent, tuple[Figure, ...]] | None:
    """A share held against all items of its list together, and their amounts (the share's own first).

    Only where the list is surely whole: its printed shares make up 100 %, or it is 基本支出 and 项目支出 and the other
    one's share is right so.
    """
    items = [s for s in (statement, *near) if _alike(s, statement)]
    parts = tuple(item.amount for item in items if item.amount is not None)
    shares = [item.shares[0] for item in items]
    if len(items) < 2 or len({s.subject for s in items}) < len(items) or not usable(*parts, *shares):
        return None
    whole = Interval(ZERO, ZERO)
    for part in parts:
        whole += money(part)
    exact = sum(map(value, parts), Decimal(0))
    if exact <= 0 or whole.low <= 0:
        return None
    judged = []
    for share, part in zip(shares, parts, strict=True):
        computed = quotient(money(part), whole)
        if computed is None:
            return None
        judged.append(compare_percent(share.mention, computed, value(part) / exact * HUNDRED))
    printed = sum((share.mention.quantity.value for share in shares), Decimal(0))
    rounding = sum((share.mention.quantity.ulp() for share in shares), Decimal(0)) * HALF
    natures = {match[1] for s in items if (match := _NATURE.fullmatch(s.subject))}
    other = (
        len(items) == 2 == len(natures) and judged[1].verdict is Verdict.AGREE and shares[1].mention.quantity.decimals
    )
    return (judged[0], parts) if abs(printed - HUNDRED) <= rounding or other else None


def _alike(item: Statement, statement: Statement) -> bool:
    """Whether an item is told like another: in the same section, with one share in the same words."""
    if len(item.shares) != 1 or item.amount is None or not item.subject or value(item.amount) <= 0:
        return False
    roles = {one.role or "amount" for one in (item, statement)}
    same = (item.section, item.year, len(roles)) == (statement.section, statement.year, 1)
    lead, own = (_LEAD.sub("", one.shares[0].lead) for one in (item, statement))
    return same and lead == own and abs(item.paragraph - statement.paragraph) <= _FAR
