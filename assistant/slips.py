"""Slips of the pen: two figures that would be the same but for one digit, or but for the unit.

A figure that misses what it should equal by a single digit (one changed, two neighbours swapped, one lost or doubled) is
far likelier a slip than another quantity: of two unrelated figures of five digits, fewer than one in a thousand are so alike.
"""

from __future__ import annotations

from decimal import Decimal

FEWEST = 4
"""Digits (zeros at the end of both not counted) below which likeness says nothing: 800 and 900 are two round figures."""


FACTORS = tuple(Decimal(10) ** power for power in (4, 8, -4, -8))


def slip_factor(stated: Decimal, wanted: Decimal, slack: Decimal) -> Decimal | None:
    """The power of ten thousand by which ``stated`` misses ``wanted`` (within ``slack`` of ``wanted``), if it does."""
    if not stated or not wanted:
        return None
    return next((factor for factor in FACTORS if abs(stated * factor - wanted) <= slack), None)


def one_slip(one: Decimal, other: Decimal) -> bool:
    """Whether one slip makes two different amounts (in the same unit) the same."""
    places = max(_decimals(one), _decimals(other))
    a, b = (str(abs(int(value.scaleb(places)))) for value in (one, other))
    while a.endswith("0") and b.endswith("0"):
        a, b = a[:-1], b[:-1]
    if a == b or one * other <= 0 or min(len(a), len(b)) < FEWEST:
        return False
    if len(a) == len(b):
        wrong = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
        swapped = (
            len(wrong) == 2 and wrong[1] == wrong[0] + 1 and a[wrong[0]] == b[wrong[1]] and a[wrong[1]] == b[wrong[0]]
        )
        return len(wrong) == 1 or swapped
    long, short = (a, b) if len(a) > len(b) else (b, a)
    return len(long) == len(short) + 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0
