"""Alignment: whether the amounts of a list slipped against its rows, and by how many.

Works on plain sequences of values: what a list shows, and what another table says it should show.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.document import Side, Table

Values = Sequence[Decimal | None]
Sums = list[tuple[int, list[int]]]
"""The positions of amounts that are sums, each with those of its parts."""

FEWEST = 4
"""Rows that must fall into place after moving, with at least three different amounts: fewer could be chance."""

LONGEST = 500
"""Lists longer than this are not searched for a shift of their own: the search is quadratic."""

ROUNDING = Decimal("0.05")
"""Sums of rounded figures drift by a few hundredths; what matters here is sums that are plainly others."""

WHOLE = 100
"""An amount from here on that prints no decimals may have lost them; a smaller one could stand for anything."""


@dataclass(frozen=True, slots=True)
class Shift:
    """Rows ``first``…``last`` show the amounts that belong ``by`` rows higher (negative: lower)."""

    first: int
    last: int
    by: int
    matched: int


@dataclass(frozen=True, slots=True)
class Amounts:
    """One column of one side of a table, as codes and values row by row."""

    table: Table
    side: Side
    column: int

    @property
    def codes(self) -> list[str]:
        """The subject codes of the rows."""
        return [row.code for row in self.side.rows]

    @property
    def values(self) -> list[Decimal | None]:
        """The amounts, ``None`` where nothing is printed."""
        figures = [row.cells[self.column].figure for row in self.side.rows]
        return [figure.value if figure is not None else None for figure in figures]

    def like(self, other: Amounts) -> list[Decimal | None]:
        """What ``other`` shows for the rows of this column; nothing for a row it does not list exactly once."""
        names = [row.code or row.key for row in other.side.rows]
        counts = Counter(names)
        known = {name: value for name, value in zip(names, other.values, strict=True) if name and counts[name] == 1}
        return [known.get(row.code or row.key) for row in self.side.rows]


def moved(values: Values, first: int, by: int) -> list[Decimal | None]:
    """The list with everything from ``first`` on moved back by ``by`` rows."""
    count = len(values)
    return [value if i < first else values[i + by] if 0 <= i + by < count else None for i, value in enumerate(values)]


def same(one: Decimal, other: Decimal) -> bool:
    """Whether two printed amounts are one: equal, or one is the other with its last decimals rounded or cut off."""
    if one == other:
        return True
    step = max(_step(one), _step(other))
    long_enough = step < 1 or min(abs(one), abs(other)) >= WHOLE
    return _step(one) != _step(other) and long_enough and abs(one - other) < step


def _step(value: Decimal) -> Decimal:
    """One step of the last printed digit."""
    return Decimal(1).scaleb(min(int(value.as_tuple().exponent), 0))


def broken_sums(codes: Sequence[str], values: Values) -> int:
    """How many 类 and 款 (by subject code) do not equal the rows directly below them.

    Decimals may have been cut off: then each amount may lack almost a step of its last digit.
    """
    lost = max((step for value in values if value is not None and (step := _step(value)) < 1), default=Decimal(0))
    sums: dict[str, Decimal] = {}
    counts: Counter[str] = Counter()
    for code, value in zip(codes, values, strict=True):
        if len(code) > 3 and value is not None:
            sums[code[:-2]] = sums.get(code[:-2], Decimal(0)) + value
            counts[code[:-2]] += 1
    shown = {code: value for code, value in zip(codes, values, strict=True) if code and value is not None}
    return sum(
        1
        for code, total in sums.items()
        if code in shown and abs(shown[code] - total) > max(ROUNDING, lost * counts[code])
    )


def find_shift(values: Values, wanted: Values, reach: int) -> Shift | None:
    """The longest run of rows that agrees with ``wanted`` only when moved, all by the same number of rows."""
    best: Shift | None = None
    for by in _steps(reach):
        for run in _runs(values, wanted, by):
            wrong = [i for i in run if not _agree(values[i], wanted[i])]
            different = len({wanted[i] for i in wrong})
            plain = len(run) >= FEWEST and len(wrong) >= 3 and different >= 3 and len(wrong) * 2 >= len(run)
            if plain and (best is None or len(run) > best.matched):
                best = Shift(wrong[0], run[-1], by, len(run))
    return best


def _agree(one: Decimal | None, other: Decimal | None) -> bool:
    return one is not None and other is not None and same(one, other)


def _steps(reach: int) -> list[int]:
    return [step for size in range(1, reach + 1) for step in (size, -size)]


def _runs(values: Values, wanted: Values, by: int) -> Iterator[list[int]]:
    """Runs of rows that match after moving by ``by``; one row without a wanted value may lie between."""
    count = len(values)
    run: list[int] = []
    for i in range(count):
        at = i + by
        if 0 <= at < count and _agree(values[at], wanted[i]):
            run.append(i)
        elif run and not (wanted[i] is None and run[-1] == i - 1):
            yield run
            run = []
    if run:
        yield run


def own_shift(codes: Sequence[str], values: Values, reach: int) -> Shift | None:
    """A shift seen without any other table: half the subject sums do not hold, and all but one do after moving."""
    before, count = broken_sums(codes, values), len(values)
    if before < FEWEST or count > LONGEST or len({value for value in values if value}) < FEWEST:
        return None
    listed = set(codes)
    sums = len({code[:-2] for code in listed if len(code) > 3} & listed)
    if before * 2 < sums:
        return None
    for by in _steps(reach):
        for first in range(min(count, 12)):
            if broken_sums(codes, moved(values, first, by)) <= 1:
                return Shift(first, count - 1, by, before)
    return None


def to_the_end(codes: Sequence[str], values: Values, shift: Shift) -> Shift:
    """Extend a shift to the last row if the subject sums then hold (but for the one that lost its last row).

    The other table may differ lower down for good reasons (other sources of money); the list's own sums do not.
    """
    last = len(values) - 1
    if shift.last < last and broken_sums(codes, moved(values, shift.first, shift.by)) <= 1:
        return Shift(shift.first, last, shift.by, shift.matched)
    return shift


def shift_of_sums(values: Sequence[Decimal], sums: Sums) -> tuple[int, int] | None:
    """From which position on all amounts stand one row low (1) or high (-1): all sums but one hold after moving them back."""
    if not FEWEST <= len(values) <= LONGEST or len(set(values)) < FEWEST or _failing(values, sums) < FEWEST:
        return None
    for by in (1, -1):
        for first in range(len(values)):
            if _failing(moved(values, first, by), sums) <= 1:
                return first, by
    return None


def exchanged(values: Sequence[Decimal], sums: Sums) -> bool:
    """Whether all sums hold once two neighbouring amounts change places."""
    given = list(values)
    if len(given) > LONGEST:
        return False
    swaps = ((*given[:i], given[i + 1], given[i], *given[i + 2 :]) for i in range(len(given) - 1))
    return any(not _failing(swap, sums) for swap in swaps)


def _failing(values: Values, sums: Sums) -> int:
    return sum(1 for i, parts in sums if values[i] != sum((values[j] or Decimal(0) for j in parts), Decimal(0)))
