"""Tables as the tool understood them, for a person to compare with the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from assistant.document import CellState
from assistant.quantities import format_number
from assistant.reports.coverage import grouped_problems
from assistant.reports.layout import Page, block, inline
from assistant.reports.places import lines, table_name
from assistant.text import clean, pad, shorten, squeeze, width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.document import Cell, Document, Row, Side, Table

_GAP: Final = "  "
_LABEL_WIDTH: Final = 44
_CELL_WIDTH: Final = 20
LEGEND: Final = (
    "* 该数字的小数位比本表少，末位可能在转换中丢失；~ 科目编码由推断得出，原文没有印出或有缺损；"
    "└ 其中项；〔〕内为识别出的标准名称；— 原文为横线，空白为原文无内容。"
)


@dataclass(frozen=True, slots=True)
class _Strip:
    """One column as it is printed: its heading, its cells, and its width."""

    heading: str
    cells: tuple[str, ...]
    right: bool = False

    @property
    def columns(self) -> int:
        return max(width(text) for text in (self.heading, *self.cells))

    def line(self, row: int | None) -> str:
        text = self.heading if row is None else self.cells[row]
        return pad(text, self.columns, right=self.right)


def render_tables(document: Document, page: Page | None = None, *, whole: bool = False) -> str:
    """Every table of the document with its role, place, unit and grid; ``whole`` never splits a wide one."""
    page = page or Page()
    out = block(document.title or "（未识别标题）", page)
    for message, places in grouped_problems(document.problems):
        out += block(f"{message}（{places}）" if places else message, page, first="· ")
    out.append("")
    if not document.tables:
        return "\n".join([*out, "没有识别出表格。"]) + "\n"
    for table in document.tables:
        out += [*_table(table, page, whole), ""]
    return "\n".join([*out, *block(LEGEND, page, first="说明：")]) + "\n"


def _table(table: Table, page: Page, whole: bool) -> Iterator[str]:
    heading = f"表 {table.index + 1}　{inline(table_name(table))}"
    for line in block(heading, page):
        yield page.paint(line, "bold", "title")
    unit = table.unit.name if table.unit else "未识别"
    if table.unit and table.unit_assumed:
        unit += "（原文未注明，按惯例推定）"
    where = lines(table.span.line, table.span.last_line, table.span.page)
    role = table.role or "未识别"
    size = f"{len(table.body)} 行 × {table.columns} 列"
    yield from block(f"{where}　角色：{role}　单位：{unit}　{size}", page, first="  ")
    if not any(side.rows for side in table.sides):
        yield from block("没有识别出金额行。", page, first="  ")
    for side in table.sides:
        yield from _side(side, table, page, whole)
    for note in table.notes:
        yield from block(f"{inline(note.text)}（{lines(note.span.line)}）", page, first="  · ")


def _side(side: Side, table: Table, page: Page, whole: bool) -> Iterator[str]:
    if side.name:
        yield page.paint(f"  【{inline(side.name)}】", "bold")
    if not side.rows:
        return
    fixed, amounts = _strips(side, table)
    groups = [[*fixed, *amounts]] if whole else _groups(fixed, amounts, page.columns - 2)
    for group in groups:
        yield page.paint(_join(group, None), "dim")
        for number in range(len(side.rows)):
            yield _join(group, number)


def _join(strips: list[_Strip], row: int | None) -> str:
    return ("  " + _GAP.join(strip.line(row) for strip in strips)).rstrip(" ")


def _strips(side: Side, table: Table) -> tuple[list[_Strip], list[_Strip]]:
    """The columns that name a row, and the columns of amounts."""
    fixed = [_Strip("行", tuple(str(row.span.line) for row in side.rows), right=True)]
    if any(row.ordinal is not None for row in side.rows):
        ordinals = tuple("" if row.ordinal is None else str(row.ordinal) for row in side.rows)
        fixed.append(_Strip("行次", ordinals, right=True))
    if any(row.code for row in side.rows):
        codes = tuple(inline(row.code) + ("~" if row.code_derived else "") for row in side.rows)
        fixed.append(_Strip("编码", codes))
    fixed.append(_Strip("项目", tuple(_label(row) for row in side.rows)))
    amounts = []
    for position, column in enumerate(side.columns):
        cells = tuple(_amount(row, position, table) for row in side.rows)
        amounts.append(_Strip(shorten(inline(clean(column.name)), _CELL_WIDTH), cells, right=True))
    return fixed, amounts


def _groups(fixed: list[_Strip], amounts: list[_Strip], columns: int) -> Iterator[list[_Strip]]:
    """The columns in groups that fit the page, each led by the names of the rows."""
    used = sum(strip.columns + len(_GAP) for strip in fixed)
    group: list[_Strip] = []
    room = columns - used
    for strip in amounts:
        if group and sum(each.columns + len(_GAP) for each in (*group, strip)) - len(_GAP) > room:
            yield [*fixed, *group]
            group = []
        group.append(strip)
    yield [*fixed, *group]


def _label(row: Row) -> str:
    label = inline(clean(row.label))
    if row.key and squeeze(row.key) not in squeeze(row.label):
        label += f"〔{inline(row.key)}〕"
    return shorten(("└ " if row.part_of else "") + label, _LABEL_WIDTH)


def _amount(row: Row, position: int, table: Table) -> str:
    """A cell as understood, with a trailing column for the mark so that the points stand under each other."""
    if position >= len(row.cells):
        return ""
    cell = row.cells[position]
    return _shown(cell) + ("*" if cell.cut else " ")


def _shown(cell: Cell) -> str:
    if cell.state is CellState.BLANK:
        return ""
    if cell.state is CellState.DASH:
        return "—"
    if cell.figure is not None:
        return format_number(cell.figure.value, cell.figure.decimals)
    return shorten(inline(clean(cell.text)), _CELL_WIDTH)
