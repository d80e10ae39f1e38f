"""Quantities: exact decimals with a unit and the digits that were printed.

A printed figure stands for an interval, not for a point: ``12.34`` is anything that rounds to it. Comparing intervals
instead of points with a tolerance lets 3,456.78 万元 agree with 34,567,812.30 元 without any setting (the same idea as
tolerances inferred from printed digits in double-entry tools). Never ``float``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from assistant.text import normalise

HALF = Decimal("0.5")
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of money: its printed name and how many 元 one of it is."""

    name: str
    factor: Decimal


YUAN = Unit("元", Decimal(1))
UNITS: dict[str, Unit] = {
    unit.name: unit
    for unit in (
        YUAN,
        Unit("千元", Decimal(1000)),
        Unit("万元", Decimal(10_000)),
        Unit("百万元", Decimal(1_000_000)),
        Unit("亿元", Decimal(100_000_000)),
    )
}


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from ``low`` to ``high``, both ends included."""

    low: Decimal
    high: Decimal

    def meets(self, other: Interval) -> bool:
        """Whether the two have a value in common."""
        return self.low <= other.high and other.low <= self.high

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low)

    def scaled(self, factor: Decimal) -> Interval:
        """The interval with both ends multiplied by a positive ``factor``."""
        return Interval(self.low * factor, self.high * factor)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as printed: ``value`` in its own unit, ``decimals`` digits after the point."""

    value: Decimal
    decimals: int

    def ulp(self, decimals: int | None = None) -> Decimal:
        """The worth of one step of the last printed digit (of ``decimals`` digits where given)."""
        return Decimal(1).scaleb(-(self.decimals if decimals is None else decimals))

    def rounded(self, decimals: int | None = None) -> Interval:
        """The values that round to this figure: ± half of the last digit. Zero stands for itself alone.

        ``decimals`` says how exact the figure is where its table shows more digits than it does (trailing zeros dropped).
        """
        if not self.value:
            return Interval(ZERO, ZERO)
        half = self.ulp(max(self.decimals, decimals or 0)) * HALF
        return Interval(self.value - half, self.value + half)

    def prefix(self) -> Interval:
        """The values whose printed form begins with this figure: what it may be if its last digits were cut off."""
        step = self.ulp()
        return Interval(self.value, self.value + step) if self.value >= 0 else Interval(self.value - step, self.value)


# A number may carry grouping commas (also full-width, also misplaced by conversion) and blanks between its characters;
# a bracketed or dashed negative; no letters. One compiled grammar serves every table cell.
# Possessive: what is no number must fail at once, however long it is.
_NUMBER = re.compile(
    r"""^(?P<sign>[-+−–—]?)\s*+
        (?P<int>\d[\d\s,]*+)          # 12,345 or, split by conversion, "12 345"
        (?:\.\s*+(?P<frac>\d[\d\s]*+)?+)?+$""",
    re.VERBOSE,
)


def parse_number(text: str) -> Quantity | None:
    """Read a whole string as one number; ``None`` if it is anything else.

    Joins digits that conversion split (``388. 96``), accepts grouping commas, a leading sign and accounting brackets
    ``(12.3)``. Percent signs and units are not numbers here: the caller removes what it knows.
    """
    body = normalise(text).strip()
    negative = False
    if len(body) > 2 and body[0] == "(" and body[-1] == ")":
        body, negative = body[1:-1].strip(), True
    match = _NUMBER.match(body)
    if match is None:
        return None
    integer = re.sub(r"[\s,]", "", match["int"])
    fraction = re.sub(r"\s", "", match["frac"] or "")
    if len(integer) > 18 or len(fraction) > 8:
        return None  # an account number or a run of joined cells, no amount
    value = Decimal(f"{integer}.{fraction}" if fraction else integer)
    if negative or match["sign"] in ("-", "−", "–", "—"):
        value = -value
    return Quantity(value, len(fraction))


def format_number(value: Decimal, decimals: int | None = None) -> str:
    """Print a decimal with grouping commas, with ``decimals`` digits or with just the digits it has."""
    if decimals is not None:
        value = value.quantize(Decimal(1).scaleb(-decimals))
    else:
        value = value.normalize()
        if value.as_tuple().exponent > 0:  # type: ignore[operator]  # finite: never 'n', 'N' or 'F'
            value = value.quantize(Decimal(1))
    return f"{value:,f}"
