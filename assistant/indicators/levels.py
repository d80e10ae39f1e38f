"""Which kind an indicator of a form belongs to, where the cells of the kinds are merged over several rows.

A merged cell arrives filled in its first row, or, from a picture or a PDF, in the row its words were centred on. Printed
weights decide where they can: the rows of a kind add up to its weight. What stays open is left unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.indicators.model import Points
from assistant.indicators.words import Level


@dataclass(frozen=True, slots=True)
class Mark:
    """A cell that names a kind, at the row ``at`` (counted in indicators), with the weight printed in it."""

    at: int
    level: Level
    weight: Points | None = None


def assign(marks: Sequence[Mark], weights: Sequence[Decimal | None]) -> list[Level]:
    """The kind of each indicator, in their order; ``weights`` are those of the indicators."""
    count = len(weights)
    result = [Level()] * count
    if not marks:
        return result
    # A kind without indicators stands at the same place as the next one: only the last of them has any.
    ordered = list({mark.at: mark for mark in sorted(marks, key=lambda mark: mark.at) if mark.at < count}.values())
    if not ordered:
        return result
    top = ordered[0].at == 0
    ranges = _by_weights(ordered, weights)
    for number, mark in enumerate(ordered):
        if (found := ranges[number]) is not None:
            first, last = found
        elif top:
            first = mark.at
            last = ordered[number + 1].at if number + 1 < len(ordered) else count
            following = next((r for r in ranges[number + 1 :] if r is not None), None)
            last = min(last, following[0]) if following else last
        else:
            first, last = mark.at, mark.at + 1
        for row in range(first, min(last, count)):
            if not result[row].known:
                result[row] = mark.level
    if not top and len(ordered) == 1:
        return [ordered[0].level] * count
    return result


def _by_weights(marks: Sequence[Mark], weights: Sequence[Decimal | None]) -> list[tuple[int, int] | None]:
    """For each kind the one stretch of rows around its cell that adds up to its weight and runs into no other's cell."""
    found: list[tuple[int, int] | None] = []
    for number, mark in enumerate(marks):
        if mark.weight is None:
            found.append(None)
            continue
        lower = marks[number - 1].at + 1 if number else 0
        if found and (before := found[-1]) is not None:
            lower = max(lower, before[1])
        upper = marks[number + 1].at if number + 1 < len(marks) else len(weights)
        at = min(mark.at, len(weights) - 1)
        stretches = [
            (first, last)
            for first in range(lower, at + 1)
            for last in range(at + 1, max(upper, at + 1) + 1)
            if _total(weights[first:last]) == mark.weight.figure.value
        ]
        adjoining = [s for s in stretches if s[0] == lower]
        choice = stretches if len(stretches) == 1 else adjoining
        found.append(choice[0] if len(choice) == 1 else None)
    return found


def _total(weights: Sequence[Decimal | None]) -> Decimal | None:
    known = [weight for weight in weights if weight is not None]
    return sum(known, Decimal(0)) if len(known) == len(weights) and known else None
