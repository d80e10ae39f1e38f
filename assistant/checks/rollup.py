"""科目汇总: 合计 = Σ类, 类 = Σ款, 款 = Σ项, by subject code, in every column of amounts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Literal

from assistant.checks.base import Check, Parameters, tie_outcome
from assistant.document import Row, Side, Table
from assistant.facts import Facts, NotApplicableError, ref_at
from assistant.findings import Outcome, Term, Tie
from assistant.rules import Rule

LENGTHS = {"合计": 0, "类": 3, "款": 5}


class RollupParameters(Parameters):
    """The level whose rows are totals of the level below, and the tables (none: every table with codes)."""

    level: Literal["合计", "类", "款"]
    tables: tuple[str, ...] = ()
    except_tables: tuple[str, ...] = ()


def run(facts: Facts, rule: Rule, parameters: RollupParameters) -> Iterator[Outcome]:
    """Sum each level into the one above."""
    ran = False
    for table in facts.document.tables:
        if (parameters.tables and table.role not in parameters.tables) or table.role in parameters.except_tables:
            continue
        for side in table.sides:
            if sum(1 for row in side.rows if row.code) >= 2 and not side.name:
                ran = True
                yield from _side(rule, table, side, parameters.level)
    if not ran:
        raise NotApplicableError("没有带科目编码的表格")


def _side(rule: Rule, table: Table, side: Side, level: str) -> Iterator[Outcome]:
    counts = Counter(row.code for row in side.rows if row.code)
    for i, parent in enumerate(side.rows):
        children = _children(side, parent, level)
        if not children:
            continue
        doubt = _doubt(side, i, parent, children, counts)
        for position, column in enumerate(side.columns):
            total = ref_at(table, side, parent, position)
            parts = [ref_at(table, side, row, position) for row in children]
            printed = [ref for ref in parts if ref.cell.figure is not None]
            if total.cell.figure is None or not printed:
                continue
            tie = Tie((Term(1, total),), tuple(Term(1, ref) for ref in printed))
            yield tie_outcome(rule, tie, f"{table.name}“{parent.name}”{column.name}", doubt=doubt)


def _children(side: Side, parent: Row, level: str) -> list[Row]:
    if level == "合计":
        if parent.key != "合计":
            return []
        lengths = {len(row.code) for row in side.rows if row.code}
        top = 3 if 3 in lengths else min(lengths) if len(lengths) == 1 else 0
        return [row for row in side.rows if row.code and len(row.code) == top]
    length = LENGTHS[level]
    if len(parent.code) != length:
        return []
    return [row for row in side.rows if len(row.code) == length + 2 and row.code.startswith(parent.code)]


def _doubt(side: Side, index: int, parent: Row, children: list[Row], counts: Counter[str]) -> str:
    """Why a sum that does not hold might be our misreading of the rows."""
    if counts[parent.code] > 1 or any(counts[row.code] > 1 for row in children):
        return "同一科目编码出现了不止一次，可能是转换损伤"
    if sum(1 for row in side.rows if row.key == "合计") > 1 and parent.key == "合计":
        return "表中有不止一个合计行"
    listed = set(counts)
    prefix = parent.code
    if any(code.startswith(prefix) and len(code) > 3 and code[:-2] not in listed for code in listed if code != prefix):
        return "有科目的上级科目没有列出，或编码未能识别"
    first, last = (0, len(side.rows)) if not prefix else (index, index + 1 + _reach(side, index, prefix))
    if any(_unread(row) for row in side.rows[first:last]):
        return "其中有科目编码未能识别的行"
    if any(row.code_derived for row in (parent, *children)):
        return "其中有科目编码是按名称和次序推定的"
    return ""


def _reach(side: Side, index: int, prefix: str) -> int:
    count = 0
    for row in side.rows[index + 1 :]:
        if row.code and not row.code.startswith(prefix):
            break
        count += 1
    return count


def _unread(row: Row) -> bool:
    return not row.code and not row.key and any(cell.figure is not None and cell.figure.value for cell in row.cells)


CHECK = Check("rollup", RollupParameters, run)
