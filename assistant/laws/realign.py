"""Realignment: whether printed amounts slipped against their labels, in which pieces and by how many rows.

Works on plain sequences: what a list prints, what another list says it should print (where it does), and which rows are sums
of which others. The offsets of the rows form a path; the cheapest one explains the most amounts with the fewest pieces. A list
that is right, or wrong in single amounts, costs least with one piece that is not moved at all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

Values = Sequence[Decimal | None]
Sums = list[tuple[int, list[int]]]
"""The positions of amounts that are sums, each with those of its parts."""

FEWEST, DIFFERENT = 4, 3
"""Rows that must fall into place after moving, and how many different amounts they show: fewer could be chance."""

FEWEST_SUMS = 3
"""Rows are enough if each is a sum of two amounts or more: three such sums do not come out by chance at one distance."""

LONG_SUMS = ((10, 3), (6, 2), (2, 1))
"""For how many sums one counts that has at least so many parts: a long one does not come out by chance at all."""

LONGEST = 500
"""Lists longer than this are not searched: no published table of one body is that long."""

ROUNDING = Decimal("0.05")
"""Sums of rounded figures drift by a few hundredths; what matters here is sums that are plainly others."""

WHOLE = 100
"""An amount from here on that prints no decimals may have lost them; a smaller one could stand for anything."""

WRONG, ODD, UNKNOWN = 3, 2, 1
"""What a row costs: an amount that is another than it should be; one missing or too many; one that nothing speaks of."""

BREAK = 4
"""What it costs that a new piece begins: more than one wrong row, less than two."""

GAIN = 5
"""How much cheaper the moved pieces must be than the list as printed."""

CANDIDATES = 16
"""Offsets that are tried: those that bring the most amounts into place."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Rows ``first``…``last`` print the amounts that belong ``by`` rows lower (negative: higher)."""

    first: int
    last: int
    by: int


def realign(printed: Values, wanted: Values, sums: Sums) -> tuple[Piece, ...]:
    """The moved pieces of a list; none where the list as printed explains itself as well.

    ``wanted`` holds what another list shows for the same labels, ``None`` where it does not; ``sums`` which rows should be
    sums of which. All three count rows from 0; ``printed`` and ``wanted`` are equally long.
    """
    costs = _Costs(printed, wanted, sums)
    if len(printed) > LONGEST or costs.broken() < FEWEST_SUMS or len({v for v in printed if v}) < DIFFERENT:
        return ()
    offsets = costs.candidates()
    if not offsets:
        return ()
    path, cost = _cheapest(costs, [0, *offsets])
    if costs.of_path([0] * len(printed)) - cost < GAIN:
        return ()
    pieces = _pieces(path, costs)
    rows = [(i, piece.by) for piece in pieces for i in range(piece.first, piece.last + 1)]
    placed = [(i, by) for i, by in rows if printed[i] and costs.of(i, by) <= 0]
    against = sum(1 for i, by in rows if costs.of(i, by) > UNKNOWN)
    sums_placed = sum(costs.weight(i, by) for i, by in placed)
    different = len({printed[i] for i, _ in placed})
    enough = sums_placed >= FEWEST_SUMS or (len(placed) >= FEWEST and different >= DIFFERENT)
    return pieces if enough and against * 3 <= max(len(placed), sums_placed) else ()


def put_back(printed: Values, pieces: Iterable[Piece]) -> list[Decimal | None]:
    """The list with every piece where it belongs; ``None`` where nothing printed belongs to a row."""
    moved = {i: piece.by for piece in pieces for i in range(piece.first, piece.last + 1)}
    right: list[Decimal | None] = [None] * len(printed)
    filled: set[int] = set()
    for i in sorted(
        range(len(printed)), key=lambda i: not moved.get(i)
    ):  # where two would stand in one row, the moved one does
        at = i + moved.get(i, 0)
        if 0 <= at < len(printed) and at not in filled:
            right[at] = printed[i]
            filled.add(at)
    return right


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


def sums_of_codes(codes: Sequence[str], totals: Sequence[bool] = ()) -> Sums:
    """Which rows are sums by their subject codes: 类 of 款, 款 of 项, and a total (where ``totals`` says so) of the 类."""
    at = {code: i for i, code in enumerate(codes) if code}
    below: dict[int, list[int]] = defaultdict(list)
    for i, code in enumerate(codes):
        if len(code) > 3 and code[:-2] in at:
            below[at[code[:-2]]].append(i)
    top = [i for i, code in enumerate(codes) if len(code) == 3]
    total = [i for i, one in enumerate(totals) if one]
    if top and len(total) == 1:
        below[total[0]] = top
    return sorted(below.items())


def broken_sums(values: Values, sums: Sums) -> int:
    """How many sums do not hold. Decimals may have been cut off: then each amount may lack almost a step of its last digit."""
    lost = max((step for value in values if value is not None and (step := _step(value)) < 1), default=Decimal(0))
    return sum(1 for total, parts in sums if _holds(values, total, parts, 0, lost) is False)


def exchanged(values: Sequence[Decimal], sums: Sums) -> bool:
    """Whether all sums hold once two neighbouring amounts change places."""
    given = list(values)
    if len(given) > LONGEST:
        return False
    swaps = ((*given[:i], given[i + 1], given[i], *given[i + 2 :]) for i in range(len(given) - 1))
    return any(not broken_sums(swap, sums) for swap in swaps)


def _holds(values: Values, total: int, parts: Sequence[int], by: int, lost: Decimal) -> bool | None:
    """Whether a sum holds if it and all its parts were printed ``by`` rows too high; ``None`` where amounts are missing."""
    if not 0 <= total - by < len(values) or values[total - by] is None:
        return None
    places = [part - by for part in parts]
    if any(not 0 <= place < len(values) for place in places):
        return None
    amounts = [value for place in places if (value := values[place]) is not None]
    if not amounts:
        return None
    whole = values[total - by]
    assert whole is not None
    return abs(whole - sum(amounts, Decimal(0))) <= max(ROUNDING, lost * len(amounts))


class _Costs:
    """What it costs that a row's amount belongs to the row so many lower."""

    def __init__(self, printed: Values, wanted: Values, sums: Sums) -> None:
        self.printed, self.wanted = printed, wanted
        self.parts: Mapping[int, list[int]] = dict(sums)
        self.lost = max(
            (step for value in printed if value is not None and (step := _step(value)) < 1), default=Decimal(0)
        )
        self._known: dict[tuple[int, int], int] = {}

    def of(self, row: int, by: int) -> int:
        """The cost of one row."""
        key = (row, by)
        if key not in self._known:
            self._known[key] = self._cost(row, by)
        return self._known[key]

    def _cost(self, row: int, by: int) -> int:
        value, at = self.printed[row], row + by
        if not 0 <= at < len(self.printed):
            return ODD if value is not None else 0
        wanted = self.wanted[at]
        if value is None:
            return ODD if wanted else 0
        if wanted is not None and same(value, wanted):
            return 0
        holds = _holds(self.printed, at, self.parts[at], by, self.lost) if at in self.parts and value else None
        if holds is True:
            return -WRONG * max(self.weight(row, by) - 1, 0)
        return WRONG if holds is False or wanted is not None else UNKNOWN

    def weight(self, row: int, by: int) -> int:
        """What it counts that a row, moved, is the sum of two amounts or more that moved along; nothing where it is not."""
        parts = self.parts.get(row + by, ())
        amounts = [self.printed[part - by] for part in parts if 0 <= part - by < len(self.printed)]
        count = sum(1 for amount in amounts if amount)
        if count < 2 or _holds(self.printed, row + by, parts, by, self.lost) is not True:
            return 0
        return next(weight for fewest, weight in LONG_SUMS if count >= fewest)

    def broken(self) -> int:
        """The rows that nothing explains where they are printed."""
        return sum(1 for i in range(len(self.printed)) if self.of(i, 0) > UNKNOWN)

    def of_path(self, path: Sequence[int]) -> int:
        """The cost of all rows, without that of new pieces."""
        return sum(self.of(i, by) for i, by in enumerate(path))

    def candidates(self) -> list[int]:
        """The offsets that bring two different amounts or more into place, the best first."""
        placed: dict[int, set[Decimal]] = defaultdict(set)
        long: Counter[int] = Counter()
        rows: dict[int, list[int]] = defaultdict(list)
        for at, value in enumerate(self.wanted):
            if value:
                rows[int(value)].append(at)
        for i, value in enumerate(self.printed):
            if value and self.of(i, 0) > 0:
                near = {at for whole in (-1, 0, 1) for at in rows.get(int(value) + whole, ())}
                for at in (near | set(self.parts)) - {i}:
                    if self.of(i, at - i) <= 0:
                        placed[at - i].add(value)
                        long[at - i] += max(self.weight(i, at - i) - 1, 0)
        ranked = {by: len(values) + long[by] for by, values in placed.items() if len(values) + long[by] > 1}
        return sorted(ranked, key=lambda by: (-ranked[by], abs(by), by))[:CANDIDATES]


def _cheapest(costs: _Costs, offsets: Sequence[int]) -> tuple[list[int], int]:
    """The path of offsets with the lowest cost, new pieces included; where two are as cheap, the row stays in its piece."""
    count = len(costs.printed)
    best = {by: costs.of(0, by) + (BREAK if by else 0) for by in offsets}
    before: list[dict[int, int]] = []
    for i in range(1, count):
        cheapest = min(offsets, key=lambda by: (best[by], by != 0))
        choice = {by: by if best[by] <= best[cheapest] + BREAK else cheapest for by in offsets}
        best = {by: best[choice[by]] + (BREAK if choice[by] != by else 0) + costs.of(i, by) for by in offsets}
        before.append(choice)
    end = min(offsets, key=lambda by: (best[by], by != 0))
    path, cost = [end], best[end]
    for choice in reversed(before):
        path.append(choice[path[-1]])
    return path[::-1], cost


def _pieces(path: Sequence[int], costs: _Costs) -> tuple[Piece, ...]:
    """The moved stretches of a path, from the first row that only moving explains to the last that nothing keeps in its place."""
    pieces: list[Piece] = []
    first = 0
    for i in range(1, len(path) + 1):
        if i == len(path) or path[i] != path[first]:
            by = path[first]
            loose = [j for j in range(first, i) if by and costs.printed[j] is not None and costs.of(j, 0) > 0]
            sure = next((j for j in loose if costs.of(j, by) <= 0), None)
            if sure is not None:
                pieces.append(Piece(sure, max(j for j in loose if costs.of(j, by) <= UNKNOWN), by))
            first = i
    return tuple(pieces)
