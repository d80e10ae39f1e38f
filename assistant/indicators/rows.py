"""The rows of a form: indicators under their header, totals, kinds; rows that slipped and headers that come again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.document import Cell
from assistant.indicators.columns import Columns, cell_at, indicator_columns, name_cells, shift_of
from assistant.indicators.levels import Mark, assign
from assistant.indicators.model import Goal, Group, Indicator, Part, Place, Points, Role, Told
from assistant.indicators.values import parse_value
from assistant.indicators.words import KIND, Level, clean_name, level_named, loose_level, read_points, weight_in
from assistant.text import normalise, squeeze

_TOTAL = re.compile(r"^(?:总分|合计|总计|总得分|自评总分|综合得分)[^\d]{0,6}$")
_REASON = re.compile(r"偏差|未完成|原因")
_SEVERAL = re.compile(rf"({KIND})\s*指\s*标\s*[(（]\s*(\d+(?:\.\d+)?)\s*分\s*[)）]")
_YEAR = re.compile(r"(20\d\d)")
_OPERATORS = {
    "≥",
    "≤",
    "=",
    ">",
    "<",
    "＞",
    "＜",
    "＝",
    "≧",
    "≦",
    "大于",
    "小于",
    "大于等于",
    "小于等于",
    "等于",
    "不低于",
    "不高于",
}


@dataclass(slots=True)
class Row:
    """A row of the grid, and of which table it is."""

    table: int
    number: int
    cells: tuple[Cell, ...]


@dataclass(slots=True)
class Reader:
    """Reads the rows of one form."""

    rows: list[Row]
    year: int | None
    drafts: list[Indicator] = field(default_factory=list)
    marks1: list[Mark] = field(default_factory=list)
    marks2: list[Mark] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    outer: int = -1
    """The position of the cells that name kinds of the first level."""

    heads: frozenset[str] = frozenset()
    total: Points | None = None
    reason: Part | None = None
    project: Part | None = None

    def read(self) -> None:
        """Go through all rows once; a header may come again after a page break."""
        grid = [row.cells for row in self.rows]
        columns = indicator_columns(grid)
        if columns is None:
            return
        columns = columns.of_year(self.year)
        self.heads = frozenset(columns.places)
        at = columns.last + 1
        stacked_name: Row | None = None
        while at < len(self.rows):
            row = self.rows[at]
            again = indicator_columns([r.cells for r in self.rows[at : at + 3]]) if heads(row.cells) else None
            if again is not None and again.at == 0:
                columns = again.of_year(self.year)
                at += again.last + 1
                stacked_name = None
                continue
            if columns.stacked:
                stacked_name = self._stacked(row, columns, stacked_name)
            elif not self._closing(row, columns):
                self._row(row, columns)
            at += 1

    def _closing(self, row: Row, columns: Columns) -> bool:
        """Totals and the fields on deviations below the indicators."""
        filled = [cell for cell in row.cells if squeeze(cell.text)]
        if not filled:
            return True
        lead = squeeze(filled[0].text)
        if _TOTAL.match(lead) and lead:
            numbers = [p for cell in filled[1:] if (p := read_points(cell.text, cell.span)) and not p.percent]
            position = columns.get("score")
            placed = cell_at(row.cells, position)
            told = read_points(placed.text, placed.span) if placed else None
            self.total = told or (numbers[-1] if numbers else None)
            if len(numbers) > 1:
                self.groups.append(Group("", "", numbers[0]))
            return True
        if _REASON.search(lead[:14]) and not any(read_points(c.text, c.span) for c in filled):
            longest = max(filled, key=lambda cell: len(cell.text))
            self.reason = self.reason or Part(longest.text, longest.span)
            return True
        return bool(re.match(r"改进措施|备注|说明|注[:：]|结果应用|填[表报]|联系", lead))

    def _row(self, row: Row, columns: Columns) -> None:
        shift = shift_of(row.cells, columns)
        self._kinds(row, columns, shift or 0)
        project = cell_at(row.cells, columns.get("project"))
        if project is not None and (self.project is None):
            self.project = Part(project.text, project.span)
        if shift is None:
            return
        names = name_cells(row.cells, columns, shift)
        target = self._told(row.cells, columns, "target", shift)
        actual = self._told(row.cells, columns, "actual", shift)
        if target is None and actual is None and (shift or not names or len(squeeze(names[0].text)) < 4):
            return
        name, unit = clean_name([cell.text for cell in names])
        if len(name) < 2:
            return
        unit_cell = cell_at(row.cells, columns.get("unit"), shift)
        if unit_cell is not None:
            unit = squeeze(unit_cell.text)
        title = Part(names[0].text, names[0].span)
        weight = self._points(row.cells, columns, "weight", shift)
        if weight is None:
            weight = next((w for cell in reversed(names) if (w := weight_in(cell.text, cell.span))), None)
        reason = cell_at(row.cells, columns.get("reason"), shift)
        self.drafts.append(
            Indicator(
                Place.FORM,
                Role.LISTED,
                "",
                "",
                "",
                name,
                title,
                target=_with_unit(target, unit),
                actual=_with_unit(actual, unit),
                unit=unit,
                weight=weight,
                score=self._points(row.cells, columns, "score", shift),
                rate=self._points(row.cells, columns, "rate", shift),
                reason=Part(reason.text, reason.span) if reason is not None else None,
                goals=tuple(self._goals(row.cells, columns, shift, unit)),
                year=self.year,
                table=row.table,
                row=row.number,
            )
        )

    def _told(self, cells: Sequence[Cell], columns: Columns, name: str, shift: int) -> Told | None:
        cell = cell_at(cells, columns.get(name), shift)
        if cell is None:
            return None
        whole = squeeze(cell.text)
        operator = cell_at(cells, columns.get("operator"), shift) if name == "target" else None
        sign = squeeze(operator.text) if operator is not None else ""
        if sign in _OPERATORS and not re.match(r"[≥≤<>=＞＜＝]", whole):
            whole = sign + whole
        return Told(cell.text, cell.span, parse_value(whole), whole if whole != cell.text else "")

    @staticmethod
    def _points(cells: Sequence[Cell], columns: Columns, name: str, shift: int) -> Points | None:
        cell = cell_at(cells, columns.get(name), shift)
        return read_points(cell.text, cell.span) if cell is not None else None

    def _goals(self, cells: Sequence[Cell], columns: Columns, shift: int, unit: str) -> Iterator[Goal]:
        for position, label in columns.goals:
            cell = cell_at(cells, position, shift)
            if cell is not None:
                printed = _YEAR.search(label)
                back = 2 if "前年" in label else 1 if re.search(r"上年|上一年|去年|前一年", label) else 0
                year = int(printed[1]) if printed else self.year - back if self.year and back else None
                told = Told(cell.text, cell.span, parse_value(squeeze(cell.text)).with_unit(unit))
                yield Goal(label, year, told)

    def _kinds(self, row: Row, columns: Columns, shift: int) -> None:
        """The cells left of the name that say of which kind this row and those around it are."""
        end = max(columns.places["name"] + max(shift, 0), 1)
        for cell in row.cells[:end]:
            plain = squeeze(cell.text)
            if not plain or len(plain) > 30:
                continue
            alone = read_points(plain, cell.span)
            if alone is not None and plain.rstrip(")）").endswith("分"):
                self._late_weight(alone, row.cells, cell)
                continue
            if len(_SEVERAL.findall(plain)) > 1:
                self._several(cell)
                continue
            level = loose_level(plain)
            if not level.known:
                if columns.stacked:
                    self.marks2.append(Mark(len(self.drafts), level))
                continue
            # Where merged cells are not there at all, the cell stands further left than its header.
            position = next(i for i, other in enumerate(row.cells) if other is cell) - min(shift, 0)
            if level.first == "成本" and not level.second and self.marks1 and position > self.outer >= 0:
                level = Level(self.marks1[-1].level.first, "成本")  # of the second column: 产出 has 成本 below it
            elif not level.second and not columns.stacked:
                self.outer = position if self.outer < 0 else min(self.outer, position)
            marks = self.marks2 if level.second or columns.stacked else self.marks1
            marks.append(Mark(len(self.drafts), level, weight_in(cell.text, cell.span)))

    def _several(self, cell: Cell) -> None:
        """Cells of several kinds that conversion put into one: their weights are known, their rows are not."""
        for match in _SEVERAL.finditer(normalise(cell.text).replace("\n", " ")):
            digits = read_points(match[2], cell.span)
            level = level_named(match[1])
            if digits is not None:
                self.groups.append(Group(level.first, level.second, digits))

    def _late_weight(self, weight: Points, cells: Sequence[Cell], cell: Cell) -> None:
        """A weight on its own line under the name of its kind."""
        position = next(i for i, other in enumerate(cells) if other is cell)
        for marks in (self.marks2, self.marks1) if position else (self.marks1,):
            if marks and marks[-1].weight is None and len(self.drafts) - marks[-1].at <= 6:
                marks[-1] = replace(marks[-1], weight=weight)
                return

    def _stacked(self, row: Row, columns: Columns, name: Row | None) -> Row | None:
        """Names and values in turn in one column; a cell of a kind begins anew."""
        column = columns.places["name"]
        kinds = [cell for cell in row.cells[:column] if squeeze(cell.text)]
        cell = cell_at(row.cells, column)
        if kinds:
            self._kinds(row, columns, 0)
            name = None
        if cell is None or self._closing(row, columns):
            return None
        if name is None or kinds:
            title, unit = clean_name([cell.text])
            part = Part(cell.text, cell.span)
            self.drafts.append(
                Indicator(Place.FORM, Role.LISTED, "", "", "", title, part, unit=unit, year=self.year, table=row.table, row=row.number)
            )  # fmt: skip
            return row
        told = Told(cell.text, cell.span, parse_value(squeeze(cell.text)))
        self.drafts[-1] = replace(self.drafts[-1], target=told)
        return None

    def finished(self) -> tuple[Indicator, ...]:
        """The indicators with their kinds."""
        weights = [draft.weight.figure.value if draft.weight else None for draft in self.drafts]
        first, second = assign(self.marks1, weights), assign(self.marks2, weights)
        result = []
        top = bool(self.marks1 and self.marks2) and self.marks1[0].at == self.marks2[0].at == 0
        for row, (draft, one, two) in enumerate(zip(self.drafts, first, second, strict=True)):
            level = two if two.known else Level()
            if top and _begun(self.marks1, row) > _begun(self.marks2, row) and one.first != level.first:
                level = Level()  # 满意度指标 without a kind of its own below 社会效益
            upper = one.first or level.first
            if one.known and level.first and one.first != level.first and level.second != "成本":
                upper = level.first
            result.append(replace(draft, level1=upper, level2=level.second))
        for mark in (*self.marks1, *self.marks2):
            if mark.weight is not None:
                self.groups.append(Group(mark.level.first, mark.level.second, mark.weight))
        return tuple(result)


def _begun(marks: Sequence[Mark], row: int) -> int:
    """Where the kind that a row belongs to was named."""
    return max((mark.at for mark in marks if mark.at <= row), default=-1)


def heads(cells: Sequence[Cell]) -> bool:
    """Whether a row holds the header of indicators."""
    words = "".join(squeeze(cell.text) for cell in cells)
    return "级指标" in words or "指标名称" in words


def _with_unit(told: Told | None, unit: str) -> Told | None:
    if told is None or not unit:
        return told
    value = told.value.with_unit(unit)
    if value == told.value:
        return told
    return replace(told, value=value, whole=(told.whole or squeeze(told.text)) + unit)
