"""Recomputing percentages from figures that are intervals, and saying how far a printed percentage is off.

Rates are printed rounded half up, sometimes truncated, and shares are sometimes forced to add up to 100: a difference of
less than one unit in the last printed place is told as such, never as an error; above that it is a warning at first.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from assistant.findings import Severity, Verdict
from assistant.mentions import Mention
from assistant.quantities import Interval, format_number

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Percent:
    """The verdict on a printed percentage, how bad it is, and the value that was recomputed."""

    verdict: Verdict
    severity: Severity
    value: Decimal
    decimals: int

    @property
    def text(self) -> str:
        """The recomputed percentage with one digit more than printed where it must show a last-digit slip."""
        extra = 1 if self.verdict is Verdict.TAIL else 0
        return format_number(self.value, self.decimals + extra) + "%"


def quotient(top: Interval, bottom: Interval) -> Interval | None:
    """``top`` ÷ ``bottom`` in percent for a bottom that is surely positive; ``None`` otherwise."""
    if bottom.low <= 0:
        return None
    ends = [x / y * HUNDRED for x in (top.low, top.high) for y in (bottom.low, bottom.high)]
    return Interval(min(ends), max(ends))


def compare_percent(printed: Mention, computed: Interval, exact: Decimal) -> Percent:
    """Hold a printed percentage (its absolute value) against the interval of possible ones."""
    quantity = printed.quantity
    value, step = abs(quantity.value), quantity.ulp()
    half = step / 2
    if computed.low <= value + half and value - half <= computed.high:
        return Percent(Verdict.AGREE, "info", exact, quantity.decimals)
    gap = computed.low - value if value < computed.low else value - computed.high
    over = value - exact >= step  # a truncated figure is never above the exact one
    if gap < step and not over:
        return Percent(Verdict.TAIL, "info", exact, quantity.decimals)
    return Percent(Verdict.DISAGREE, "warning" if gap < 2 * step else "error", exact, quantity.decimals)
