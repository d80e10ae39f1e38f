"""The columns of a form: what each holds, from the words of its header; rows that slipped sideways are put back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.document import Cell
from assistant.indicators.values import parse_value
from assistant.indicators.words import loose_level, read_points
from assistant.text import clean, squeeze

_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("project", re.compile(r"^项目(?:支出)?名称$")),
    ("level1", re.compile(r"^(?:一级指标|指标类别|一级)(?:[(（].*)?$")),
    ("level2", re.compile(r"^(?:二级指标|二级)(?:[(（].*)?$")),
    ("name", re.compile(r"^(?:三级指标|指标(?:名称)?$|三级|指标内容|绩效指标名称|具体指标)(?:[(（].*)?$")),
    ("operator", re.compile(r"^(?:计算符号|运算符号?|符号|指标方向|指标性质)$")),
    ("reason", re.compile(r"偏差|原因|未完成|改进措施")),
    ("note", re.compile(r"备注|说明|评分标准|评价标准|计分|评分规则|扣分|数据来源|佐证|指标解释|依据")),
    (
        "score",
        re.compile(r"^(?:自评|实际|评价|单项|本项|指标)?得分(?!系数|比例|率)|^评分(?:结果)?$|^自评分$|^得.{0,3}\d+分"),
    ),
    ("rate", re.compile(r"完成率|完成比例|完成程度|执行率")),
    ("weight", re.compile(r"^(?:指标)?(?:分值|权重|满分|标准分)(?:权重)?")),
    ("unit", re.compile(r"^(?:计量|度量|指标)?单位$")),
    (
        "actual",
        re.compile(
            r"实际完成|完成值|^(?:全年|年度|本年)?实际(?:值|数|水平)?$|完成情况|实现值$|^执行情况|^年度完成|^完成指标值"
        ),
    ),
    ("target", re.compile(r"目标值|指标值|计划值|预期值|计划完成|^年度目标$|^年初目标|目标任务|绩效标准|预期当年实现")),
)
_MONEY: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("initial", re.compile(r"年初预算|年初数")),
    ("executed", re.compile(r"执行数|执行金额|决算数|实际支出|到位数|执行资金")),
    ("weight", re.compile(r"^(?:执行率)?(?:分值|权重|满分)")),
    ("score", re.compile(r"^(?:自评|执行率)?得分|^得.{0,3}\d+分")),
    ("rate", re.compile(r"^(?!.{0,4}得分).*执行率")),
    ("budget", re.compile(r"预算数|全年预算|调整预算|预算金额|预算资金")),
)
_ADJUSTED = re.compile(r"(?:全年|调整后?)的?预算(?:数|金额|资金)?(?:[(（][A-Z万元]+[)）])?")
_OTHER_YEAR = re.compile(
    r"前年|上年|上一年|近两年|历史|去年|中期|(?<!\d)20\d\d年?(?:度)?(?:目标值|指标值|实际|完成|实现)|前一年|长期|总体"
)
_LEADING = ("project", "level1", "level2", "name")
"""Columns that say what a row is about; the others hold what is told of it and stand behind its name."""

_THIS_YEAR = re.compile(r"当年|本年|年度(?:指标|目标)")


@dataclass(frozen=True, slots=True)
class Columns:
    """Positions by what they hold; ``goals`` are the columns of other years with their headers; ``at`` is the row they stand in.

    ``stacked`` says that the header's target stands under the name in the same column, as torn cells leave it: values
    then follow their names there too. ``years`` are the columns under a common 指标值 that each hold the target of a year.
    """

    at: int
    last: int
    places: dict[str, int]
    goals: tuple[tuple[int, str], ...] = ()
    stacked: bool = False
    years: tuple[tuple[int, int], ...] = ()

    def of_year(self, year: int | None) -> Columns:
        """The columns with the target of ``year``; without a target where no column is that year's."""
        if len(self.years) < 2:
            return self
        own = next((position for position, printed in self.years if printed == year), None)
        places = {name: position for name, position in self.places.items() if name != "target"}
        goals = tuple((position, f"{printed}年") for position, printed in self.years if position != own)
        return replace(self, places=places if own is None else {**places, "target": own}, goals=goals)

    def get(self, name: str) -> int | None:
        """The position of a column."""
        return self.places.get(name)


@dataclass(slots=True)
class _Header:
    places: dict[str, int] = field(default_factory=dict)
    goals: list[tuple[int, str]] = field(default_factory=list)
    years: list[tuple[int, int]] = field(default_factory=list)


def indicator_columns(rows: Sequence[tuple[Cell, ...]], start: int = 0) -> Columns | None:
    """The header over indicators at or after ``start``: a row with names and targets, with up to two rows under it."""
    for at in range(start, len(rows)):
        words = [squeeze(cell.text) for cell in rows[at]]
        found = _row_words(words)
        if "name" not in found.places and not {"level1", "level2"} <= set(found.places):
            continue
        last = at
        if "target" not in found.places and (stacked := _stacked(rows, at, found)):
            return stacked
        for below in range(at + 1, min(at + 3, len(rows))):
            more = _row_words([squeeze(cell.text) for cell in rows[below]])
            wanted = {"target", "actual", "score", "weight", "unit"} & (set(more.places) - set(found.places))
            if not (wanted or more.goals or more.years) or (_holds_values(rows[below]) and not more.years):
                break
            found.years += more.years
            goals_at = {position for position, _ in more.goals}
            for name, position in more.places.items():
                if name == "target" and found.places.get("target") in goals_at:
                    found.places["target"] = position  # 指标值 over 前年, 上年, 当年
                found.places.setdefault(name, position)
            found.goals += more.goals
            last = below
        if not {"target", "actual"} & set(found.places) and not {"weight", "score"} <= set(found.places):
            continue
        if "name" not in found.places:
            found.places["name"] = found.places["level2"] + 1
        if "target" not in found.places and "actual" in found.places:
            _lost_target(rows, at, last, found.places)
        goals = tuple(
            (position, label)
            for position, label in dict.fromkeys(found.goals)
            if position != found.places.get("target") and position > found.places["name"]
        )
        return Columns(at, last, found.places, goals, years=tuple(found.years))
    return None


def _lost_target(rows: Sequence[tuple[Cell, ...]], at: int, last: int, places: dict[str, int]) -> None:
    """A blank header left of the actual value, over a column of values: the header of the target was lost."""
    position = places["actual"] - 1
    if position <= places["name"] or any(
        squeeze(row[position].text) for row in rows[at : last + 1] if position < len(row)
    ):
        return
    under = [squeeze(row[position].text) for row in rows[last + 1 : last + 9] if position < len(row)]
    if sum(1 for word in under if re.match(r"[≥≤<>＜＞=≧≦\d]", word)) * 2 > len(under):
        places["target"] = position


def _row_words(words: Sequence[str]) -> _Header:
    header = _Header()
    for position, word in enumerate(words):
        if not word or len(word) > 24:
            continue
        plain = re.sub(r"[(（][A-Z\d/×*%]+[)）]", "", word)
        if year := re.fullmatch(r"(20\d\d)年?度?", plain):
            header.years.append((position, int(year[1])))
            continue
        if _OTHER_YEAR.search(plain) and not _THIS_YEAR.search(plain) and len(plain) <= 14 and "原因" not in plain:
            header.goals.append((position, word))
            continue
        name = next((name for name, pattern in _WORDS if pattern.search(plain)), "")
        if name:
            named = header.places.get("name", header.places.get("level2"))
            before = header.places.get(name)
            if before is None or (name not in _LEADING and named is not None and before < named < position):
                header.places[name] = position  # 年度绩效指标完成情况 down the left side heads no column
    if header.goals and "name" not in header.places and len(header.places) + len(header.goals) < 2:
        header.goals = []
    return header


def _holds_values(row: Sequence[Cell]) -> bool:
    return any(cell.figure is not None for cell in row)


def _stacked(rows: Sequence[tuple[Cell, ...]], at: int, found: _Header) -> Columns | None:
    """Cells of one row on lines of their own: 三级指标, and under it 年初目标值, 备注."""
    column = found.places.get("name")
    if column is None or max(found.places.values()) != column:
        return None
    last = at
    places = dict(found.places)
    for below in range(at + 1, min(at + 4, len(rows))):
        filled = [(i, squeeze(cell.text)) for i, cell in enumerate(rows[below]) if cell.text.strip()]
        if len(filled) != 1 or filled[0][0] != column:
            break
        more = _row_words([filled[0][1]])
        if not more.places:
            break
        places.update(dict.fromkeys(more.places, column))
        last = below
    if "target" not in places or last == at:
        return None
    return Columns(at, last, {**found.places, "target": column}, stacked=True)


def money_word(text: str) -> str:
    """What a header or label of a form's money stands over or before (budget, executed, rate …); empty for other words."""
    plain = squeeze(text)
    return next((name for name, pattern in _MONEY if pattern.search(plain)), "")


def money_columns(row: Sequence[Cell]) -> dict[str, int]:
    """The columns of a form's money: a header with both a budget and an executed amount; else nothing.

    A cell in which conversion put several headers stands for so many columns.
    """
    places: dict[str, int] = {}
    for position, cell in enumerate(row):
        step = 0
        for word in re.split(r"\s+", clean(cell.text)) if len(cell.text) < 40 else ():
            name = money_word(word)
            if name and name not in places:
                places[name] = position + step
                step += 1
        if not step:
            whole = squeeze(cell.text)
            name = money_word(whole) if len(whole) < 24 else ""
            if name:
                places.setdefault(name, position)
    adjusted = [position for position, cell in enumerate(row) if _ADJUSTED.fullmatch(squeeze(cell.text))]
    if adjusted:  # 预算资金（万元） and 年度预算数 may head the column of the labels
        places["budget"] = adjusted[0]
    if "budget" not in places and "initial" in places:
        places["budget"] = places.pop("initial")
    if not {"budget", "executed"} <= set(places):
        return {}
    between = row[min(places.values()) : max(places.values()) + 1]
    return {} if sum(1 for cell in between if cell.figure is not None) > 1 else places  # labels with their figures


SHIFTS = (0, 1, -1, 2, -2, 3, -3, -4, -5)
_VALUE = re.compile(r"^[≥≤<>＜＞=≧≦±\d]|^[^\d]{1,24}$")


_NAME_PIECE = re.compile(r"[(（](?:%|[一-鿿]{1,3})[)）]|\d分[)）]")


def shift_of(row: Sequence[Cell], columns: Columns) -> int | None:
    """By how many columns a row slipped against the header: the smallest shift that puts values where values belong.

    ``None`` where the row has no name and value of an indicator under any shift.
    """
    best: tuple[int, int] | None = None
    for shift in SHIFTS:
        fit = _fit(row, columns, shift)
        if fit is not None and shift and _beside_kind(row, columns, shift):
            fit += 1
        if fit is not None and (best is None or fit > best[0]):
            best = (fit, shift)
    if best is None or (best[0] < 0 and not _beside_kind(row, columns, best[1])):
        return None
    return best[1]


def _beside_kind(row: Sequence[Cell], columns: Columns, shift: int) -> bool:
    """Whether a kind stands right before a slipped row's name: then words are enough for a value."""
    position = columns.places["name"] + shift - 1
    return 0 <= position < len(row) and loose_level(row[position].text).known


def cell_at(row: Sequence[Cell], position: int | None, shift: int = 0) -> Cell | None:
    """The cell at a column, if it has any text."""
    if position is None or not 0 <= position + shift < len(row):
        return None
    cell = row[position + shift]
    return cell if squeeze(cell.text) else None


def name_cells(row: Sequence[Cell], columns: Columns, shift: int) -> list[Cell]:
    """The cells of an indicator's name: from its column to the first value, without cells that name a kind."""
    begin = columns.places["name"] + shift
    stops = [
        columns.places[name] for name in ("operator", "target", "actual", "weight", "unit") if name in columns.places
    ]
    stops += [position for position, _ in columns.goals]
    end = min((stop for stop in stops if stop > columns.places["name"]), default=columns.places["name"] + 1) + shift
    found = [row[i] for i in range(max(begin, 0), min(end, len(row))) if squeeze(row[i].text)]
    return [cell for cell in found if read_points(cell.text, cell.span) is None and not _only_kind(cell)]


def _only_kind(cell: Cell) -> bool:
    plain = squeeze(cell.text)
    return loose_level(plain).known and ("指标" in plain or "满意度" not in plain)


def _only_value(cell: Cell) -> bool:
    """Whether a cell is a number with its sign and unit, and no name (不低于95%, ≥6座)."""
    value = parse_value(squeeze(cell.text))
    return value.numeric and not value.words


def _fit(row: Sequence[Cell], columns: Columns, shift: int) -> int | None:
    names = name_cells(row, columns, shift)
    if not names or not any(re.search(r"[一-鿿]{2}|[A-Za-z]{2}", cell.text) for cell in names):
        return None
    fit = -8 if all(_only_value(cell) for cell in names) else 0
    wanted = [name for name in ("target", "actual", "score", "weight") if name in columns.places]
    for name in wanted:
        cell = cell_at(row, columns.get(name), shift)
        if cell is None:
            continue
        plain = squeeze(cell.text)
        if name in ("score", "weight"):
            fit += 4 if read_points(plain, cell.span) is not None else -6
        elif re.match(r"[≥≤<>＜＞=≧≦]|\d", plain):
            fit += 3
        elif _VALUE.match(plain):
            fit += 1
        if loose_level(plain).known or (name in ("target", "actual") and _NAME_PIECE.search(plain)):
            fit -= 8
    if columns.get("target") is not None and cell_at(row, columns.get("target"), shift) is not None:
        fit += 1
    beyond = row[max((wanted and columns.places[wanted[-1]] + shift + 1) or len(row), 0) :]
    fit -= sum(1 for cell in beyond if read_points(cell.text, cell.span) is not None)
    return fit - abs(shift)
