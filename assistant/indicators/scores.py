"""The table of summed scores of a summary (自评综合得分表): 评价指标, 权重, 评级分值, 本项得分, 得分率."""

from __future__ import annotations

import re

from assistant.document import Cell, Table
from assistant.indicators.model import Part, Points, ScoreRow
from assistant.indicators.words import LEVEL1, read_points
from assistant.text import squeeze

_COLUMNS = (
    ("rate", re.compile(r"得分率|完成率|得分比例")),
    ("score", re.compile(r"得分|评分|实得")),
    ("full", re.compile(r"评级分值|分值|满分|标准分")),
    ("weight", re.compile(r"权重")),
)
_LABEL = re.compile(r"^(?:评价|一级|绩效)?(?:指标|项目|内容|类别)$|^评价")
_TOTAL = re.compile(r"合计|总计|总分|综合|总得分")


def read_scores(table: Table) -> tuple[ScoreRow, ...]:
    """The rows of a table of summed scores; nothing for any other table."""
    rows = [*table.header, *table.body]
    for at, row in enumerate(rows[:4]):
        columns = _columns(row)
        if columns is None:
            continue
        found = [_row(cells, columns) for cells in rows[at + 1 :]]
        kept = tuple(row for row in found if row is not None)
        known = sum(1 for row in kept if row.kind)
        return kept if known >= 2 and known * 2 >= len(kept) else ()
    return ()


def _columns(row: tuple[Cell, ...]) -> dict[str, int] | None:
    words = [squeeze(cell.text) for cell in row]
    if not words or not any(_LABEL.search(word) for word in words[:2]):
        return None
    columns: dict[str, int] = {}
    for position, word in enumerate(words):
        name = next((name for name, pattern in _COLUMNS if pattern.search(word)), "")
        if name:
            columns.setdefault(name, position)
    narrow = sum(1 for word in words if word) <= 6
    return columns if narrow and "score" in columns and ({"full", "weight"} & set(columns)) else None


def _row(cells: tuple[Cell, ...], columns: dict[str, int]) -> ScoreRow | None:
    label = cells[0]
    name = squeeze(label.text)
    if len(re.findall(r"[一-鿿]", name)) < 2:
        return None
    told: dict[str, Points | None] = {}
    for column, position in columns.items():
        cell = cells[position] if position < len(cells) else None
        told[column] = read_points(cell.text, cell.span) if cell is not None else None
    if not any(told.values()):
        return None
    return ScoreRow(
        Part(label.text, label.span),
        _kind(name),
        told.get("weight"),
        told.get("full"),
        told.get("score"),
        told.get("rate"),
    )


def _kind(name: str) -> str:
    if _TOTAL.search(name):
        return "合计"
    if "预算" in name or "执行" in name:
        return "预算执行"
    if "效果" in name:
        return "效益"
    found = [kind for kind in LEVEL1 if kind in name]
    return found[0] if len(found) == 1 else ""
