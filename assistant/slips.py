"""Slips of the pen: two figures that would be the same but for one digit, or but for the unit.

A figure that misses what it should equal by a single digit (one changed, two neighbours swapped, one lost or doubled) is
far likelier a slip than another quantity: of two unrelated figures of five digits, fewer than one in a thousand are so alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
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


class Neighbours:
    """Amounts to be found by those that one slip makes the same, without comparing each with each.

    Of two figures that one slip makes the same, leaving out one digit of the one gives the other, or the other without one digit.
    """

    def __init__(self, amounts: Iterable[Decimal]) -> None:
        self._amounts = tuple(amounts)
        self._places = max(map(_decimals, self._amounts), default=0)
        self._by_digits: dict[str, list[int]] = defaultdict(list)
        for number, amount in enumerate(self._amounts):
            for digits in self._without_one(amount):
                self._by_digits[digits].append(number)

    def of(self, amount: Decimal) -> Iterator[Decimal]:
        """The amounts that one slip makes the same as ``amount``, which has no more decimals than they, in the given order."""
        found = {number for digits in self._without_one(amount) for number in self._by_digits.get(digits, ())}
        return (other for number in sorted(found) if one_slip(amount, other := self._amounts[number]))

    def _without_one(self, amount: Decimal) -> set[str]:
        digits = str(abs(int(amount.scaleb(self._places))))
        return {digits} | {digits[:i] + digits[i + 1 :] for i in range(len(digits))}


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0
