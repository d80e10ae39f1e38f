"""The money of a form: 预算数, 执行数, 执行率 and the points for them, for the whole sum and its sources."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from assistant.document import Cell
from assistant.indicators.model import Amount, Group, Money, Points
from assistant.indicators.words import read_points, weight_in
from assistant.quantities import UNITS, Unit
from assistant.text import squeeze

_LABEL = re.compile(r"资金|拨款|总额|收入|预算|财政|其他|合计|支出|结转|项目")
_STOP = re.compile(r"一级指标|二级指标|三级指标|总体目标|绩效目标|指标名称")
_SHARE = re.compile(r"其中|当年财政|上年结转|其他资金|中央|省级|市级|县级|区级|地方|财政拨款|自有")

SHIFTS = (0, -1, -2, 1)
"""By how many columns the rows of money may stand beside their header."""

CLOSE = Decimal("0.6")
"""By how much a printed rate may differ from the quotient, in percentage points: whole per cents are rounded."""


def money_rows(
    grid: Sequence[Sequence[Cell]],
    columns_of: Callable[[Sequence[Cell]], Mapping[str, int]],
    word_of: Callable[[str], str],
    usual: Unit | None,
) -> tuple[tuple[Money, ...], tuple[Group, ...]]:
    """The rows of money under their header, and the weight of the execution where the header prints one.

    ``usual`` is the unit printed over the whole form, if any.
    """
    for at, header in enumerate(grid[:14]):
        columns = columns_of(header)
        if not columns:
            continue
        unit = _unit(grid[at : at + 2]) or usual
        weight = _weight(header, grid[at + 1] if at + 1 < len(grid) else ())
        rows = _until_stop(grid[at + 1 : at + 9])
        columns = _moved(columns, rows)
        found: list[Money] = []
        for cells in rows:
            money = _row(cells, columns, unit, first=not found)
            if money is not None:
                found.append(money)
            elif found:
                break
        if found:
            return tuple(found), (Group("预算执行", "", weight),) if weight is not None else ()
    return _paired(grid[:14], word_of, usual), ()


def _paired(grid: Sequence[Sequence[Cell]], word_of: Callable[[str], str], usual: Unit | None) -> tuple[Money, ...]:
    """Money in pairs of label and figure: 年初预算数（万元） | 150.00 | 实际执行数（万元） | 130.00."""
    told: dict[str, tuple[Cell, Cell]] = {}
    for cells in _until_stop(grid):
        for label, value in pairwise(cell for cell in cells if squeeze(cell.text)):
            name = word_of(label.text) if len(label.text) < 24 and label.figure is None else ""
            if name and read_points(value.text, value.span) is not None:
                told.setdefault(name, (label, value))
    if "budget" not in told and "initial" in told:
        told["budget"] = told.pop("initial")
    if not {"budget", "executed"} <= set(told):
        return ()
    amounts = {
        name: Amount(value.text, value.span, value.figure, _unit([[label]]) or usual)
        for name, (label, value) in told.items()
        if value.figure is not None
    }
    points = {name: read_points(value.text, value.span) for name, (_, value) in told.items()}
    money = Money(
        "", budget=amounts.get("budget"), executed=amounts.get("executed"), initial=amounts.get("initial"),
        rate=points.get("rate"), weight=points.get("weight"), score=points.get("score"),
    )  # fmt: skip
    return (money,) if money.budget and money.executed else ()


def _until_stop(rows: Sequence[Sequence[Cell]]) -> list[Sequence[Cell]]:
    """The rows that may hold money: those before the goals and indicators."""
    kept: list[Sequence[Cell]] = []
    for cells in rows:
        if _STOP.search("".join(squeeze(cell.text) for cell in cells)):
            break
        kept.append(cells)
    return kept


def _moved(columns: Mapping[str, int], rows: Sequence[Sequence[Cell]]) -> dict[str, int]:
    """The columns as the rows have them: where merged cells are not there at all, all rows stand further left.

    Of all shifts the one that explains most: figures inside columns, no words in them, printed rates that are the quotients.
    """
    best = max(SHIFTS, key=lambda shift: (_explained(columns, rows, shift), -abs(shift)))
    return {name: position + best for name, position in columns.items()}


def _explained(columns: Mapping[str, int], rows: Sequence[Sequence[Cell]], shift: int) -> int:
    places = {name: position + shift for name, position in columns.items()}
    if min(places.values()) < 0:
        return -100
    taken = set(places.values())
    fit = 0
    for cells in rows:
        told = {position for position, cell in enumerate(cells) if cell.figure is not None}
        if not told:
            continue
        fit += len(told & taken) - 3 * len(told - taken)
        fit -= 2 * sum(1 for p in taken if p < len(cells) and p not in told and _LABEL.search(cells[p].text))
        fit += 3 * _quotient(cells, places)
    return fit


def _quotient(cells: Sequence[Cell], places: Mapping[str, int]) -> int:
    """1 where the rate of a row is executed ÷ budget; that it is not may be the author's slip, and says nothing: 0."""
    budget, executed = (_amount(cells, places.get(name), None) for name in ("budget", "executed"))
    rate = _points(cells, places.get("rate"))
    if budget is None or executed is None or rate is None or not budget.figure.value:
        return 0
    share = executed.figure.value / budget.figure.value
    return int(min(abs(share - rate.figure.value), abs(share * 100 - rate.figure.value)) < CLOSE)


def _row(cells: Sequence[Cell], columns: Mapping[str, int], unit: Unit | None, *, first: bool) -> Money | None:
    begin = min(columns.values())
    budget = _amount(cells, columns.get("budget"), unit)
    executed = _amount(cells, columns.get("executed"), unit)
    words = [squeeze(cell.text) for cell in cells[:begin] if squeeze(cell.text)]
    label = next((word for word in reversed(words) if _LABEL.search(word)), words[-1] if words else "")
    if (budget is None and executed is None) or (not first and not _LABEL.search(label)):
        return None
    rate = _points(cells, columns.get("rate"))
    return Money(
        label,
        budget=budget,
        executed=executed,
        initial=_amount(cells, columns.get("initial"), unit),
        rate=rate,
        weight=_points(cells, columns.get("weight")),
        score=_score(cells, columns.get("score")),
        part_of=not first and _SHARE.search(label) is not None,
    )


def _amount(cells: Sequence[Cell], position: int | None, unit: Unit | None) -> Amount | None:
    if position is None or position >= len(cells) or cells[position].figure is None:
        return None
    cell = cells[position]
    assert cell.figure is not None
    return Amount(cell.text, cell.span, cell.figure, unit)


def _points(cells: Sequence[Cell], position: int | None) -> Points | None:
    if position is None or position >= len(cells):
        return None
    return read_points(cells[position].text, cells[position].span)


def _score(cells: Sequence[Cell], position: int | None) -> Points | None:
    """The points; none where a figure stands in the next cell too, as a score torn by conversion (2 | 0)."""
    score = _points(cells, position)
    if score is None or position is None:
        return None
    after = cells[position + 1 : position + 2]
    return None if after and after[0].figure is not None else score


def _unit(rows: Sequence[Sequence[Cell]]) -> Unit | None:
    words = "".join(squeeze(cell.text) for cells in rows for cell in cells)
    match = re.search(r"[(（](?:单位[:：])?(亿元|万元|千元|元)[)）]", words)
    return UNITS[match[1]] if match else None


def _weight(header: Sequence[Cell], below: Sequence[Cell]) -> Points | None:
    """The weight of the execution in a header like 预算执行情况（20分）or 得分（20分*执行率）."""
    for cells in (header, below):
        for cell in cells:
            plain = squeeze(cell.text)
            if re.match(r"[(（]?(?:预算|行情况|执行|\d{1,4}分[)）])", plain) or re.match(r"情况", plain):
                weight = weight_in(cell.text, cell.span) or (read_points(plain, cell.span) if "分" in plain else None)
                if weight is not None:
                    return weight
    return None
