"""The money of a form: 预算数, 执行数, 执行率 and the points for them, for the whole sum and its sources."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from assistant.document import Cell
from assistant.indicators.model import Amount, Group, Money, Points
from assistant.indicators.words import read_points, weight_in
from assistant.quantities import UNITS, Unit
from assistant.text import squeeze

_LABEL = re.compile(r"资金|拨款|总额|收入|预算|财政|其他|合计|支出|结转|项目")
_STOP = re.compile(r"一级指标|二级指标|三级指标|总体目标|绩效目标|指标名称")
_SHARE = re.compile(r"其中|当年财政|上年结转|其他资金|中央|省级|市级|县级|区级|地方|财政拨款|自有")


def money_rows(
    grid: Sequence[Sequence[Cell]], columns_of: Callable[[Sequence[Cell]], Mapping[str, int]], usual: Unit | None
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
        found: list[Money] = []
        for cells in grid[at + 1 : at + 9]:
            if _STOP.search("".join(squeeze(cell.text) for cell in cells)):
                break
            money = _row(cells, columns, unit, first=not found)
            if money is not None:
                found.append(money)
            elif found:
                break
        if found:
            return tuple(found), (Group("预算执行", "", weight),) if weight is not None else ()
    return (), ()


def _row(cells: Sequence[Cell], columns: Mapping[str, int], unit: Unit | None, *, first: bool) -> Money | None:
    begin = min(columns.values())
    shift = 0
    budget = _amount(cells, columns.get("budget"), unit)
    executed = _amount(cells, columns.get("executed"), unit)
    words = [squeeze(cell.text) for cell in cells[: begin + shift] if squeeze(cell.text)]
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
            if re.match(r"[(（]?(?:预算|行情况|执行|\d+分[)）])", plain) or re.match(r"情况", plain):
                weight = weight_in(cell.text, cell.span) or (read_points(plain, cell.span) if "分" in plain else None)
                if weight is not None:
                    return weight
    return None
