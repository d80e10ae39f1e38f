"""科目汇总: 合计 = Σ类, 类 = Σ款, 款 = Σ项, by subject code, in every column of amounts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from assistant.checks.base import Check, Parameters, tie_outcome
from assistant.checks.damage import CUT_OFF, GARBLED, LOST, SLIPPED, amounts_lost, cut_off, garbled, is_ratio, slipped_columns
from assistant.document import Row, Side, Table
from assistant.facts import Facts, NotApplicableError, ref_at
from assistant.findings import Outcome, Term, Tie
from assistant.rules import Rule
from assistant.tieouts import side_value

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
    hierarchy = _Hierarchy.of(side)
    slipped = slipped_columns(side)
    for i, parent in enumerate(side.rows):
        children = hierarchy.below(parent, level)
        if not children:
            continue
        doubt = _doubt(table, side, i, parent, children, hierarchy)
        ended = cut_off(side, parent, children)
        for position, column in enumerate(side.columns):
            if is_ratio(column):
                continue
            total = ref_at(table, side, parent, position)
            parts = [ref_at(table, side, row, position) for row in children]
            printed = [ref for ref in parts if ref.cell.figure is not None]
            if total.cell.figure is None or not printed:
                continue
            tie = Tie((Term(1, total),), tuple(Term(1, ref) for ref in printed))
            less = side_value(tie.right, None) < side_value(tie.left, None)
            why = GARBLED if garbled(ref.cell for ref in parts) else SLIPPED if position in slipped else ""
            why = why or (LOST if less and amounts_lost(children, position) else CUT_OFF if less and ended else "")
            yield tie_outcome(rule, tie, f"{table.name}“{parent.name}”{column.name}", doubt=doubt or why)


@dataclass(frozen=True, slots=True)
class _Hierarchy:
    """The rows of a list by the code of their parent; how often each code occurs; codes whose parent is not listed."""

    children: dict[str, list[Row]]
    counts: Counter[str]
    orphaned: frozenset[str]
    totals: int

    @classmethod
    def of(cls, side: Side) -> _Hierarchy:
        counts = Counter(row.code for row in side.rows if row.code)
        lengths = {len(code) for code in counts}
        top = 3 if 3 in lengths else min(lengths, default=0) if len(lengths) == 1 else -1
        children: dict[str, list[Row]] = {}
        for row in side.rows:
            if row.code:
                children.setdefault("" if len(row.code) == top else row.code[:-2], []).append(row)
        orphans = {code for code in counts if len(code) > 3 and code[:-2] not in counts}
        return cls(
            children,
            counts,
            frozenset(code[:length] for code in orphans for length in (0, 3, 5) if length < len(code)),
            sum(1 for row in side.rows if row.key == "合计"),
        )

    def below(self, parent: Row, level: str) -> list[Row]:
        if level == "合计":
            return self.children.get("", []) if parent.key == "合计" and not parent.code else []
        return self.children.get(parent.code, []) if len(parent.code) == LENGTHS[level] else []


def _doubt(table: Table, side: Side, index: int, parent: Row, children: list[Row], hierarchy: _Hierarchy) -> str:
    """Why a sum that does not hold might be our misreading of the rows."""
    if table.unfinished:
        return "后面有一段没有标题的表格，可能是本表的续页"
    if hierarchy.counts[parent.code] > 1 or any(hierarchy.counts[row.code] > 1 for row in children):
        return "同一科目编码出现了不止一次，可能是转换损伤"
    if hierarchy.totals > 1 and parent.key == "合计":
        return "表中有不止一个合计行"
    if parent.code and parent.code in hierarchy.orphaned:
        return "有科目的上级科目没有列出，或编码未能识别"
    first, last = (0, len(side.rows)) if not parent.code else (index, index + 1 + _reach(side, index, parent.code))
    if any(_unread(row) for row in side.rows[first:last]):
        return "其中有科目编码未能识别的行"
    if any(row.code_derived for row in (parent, *children)):
        return "其中有科目编码是按名称和次序推定的"
    return ""


def _reach(side: Side, index: int, prefix: str) -> int:
    count = 0
    for row in islice(side.rows, index + 1, None):
        if row.code and not row.code.startswith(prefix):
            break
        count += 1
    return count


def _unread(row: Row) -> bool:
    return not row.code and not row.key and any(cell.figure is not None and cell.figure.value for cell in row.cells)


CHECK = Check("rollup", RollupParameters, run)
