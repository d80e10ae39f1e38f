"""科目汇总: 合计 = Σ类, 类 = Σ款, 款 = Σ项, by subject code, in every column of amounts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from assistant.checks.base import Check, Parameters, tie_outcome
from assistant.checks.damage import CUT_OFF, ends_file, garbled, is_ratio, slipped_columns, why_in_doubt
from assistant.checks.hierarchy import Hierarchy, reach
from assistant.document import Row, Side, Table
from assistant.facts import Facts, NotApplicableError, ref_at
from assistant.findings import Outcome, Term, Tie, Verdict
from assistant.rules import Rule
from assistant.tieouts import side_value

DERIVED = "其中有科目编码是按名称和次序推定的"


class RollupParameters(Parameters):
    """The level whose rows are totals of the level below, in every table with codes."""

    level: Literal["合计", "类", "款"]


def run(facts: Facts, rule: Rule, parameters: RollupParameters) -> Iterator[Outcome]:
    """Sum each level into the one above."""
    ran = False
    for table in facts.document.tables:
        for side in table.sides:
            if sum(1 for row in side.rows if row.code) >= 2 and not side.name:
                ran = True
                yield from _side(facts, rule, table, side, parameters.level)
    if not ran:
        raise NotApplicableError("没有带科目编码的表格")


def _side(facts: Facts, rule: Rule, table: Table, side: Side, level: str) -> Iterator[Outcome]:
    hierarchy = Hierarchy.of(side)
    slipped = slipped_columns(side)
    cut_off = ends_file(facts.document, table) and all(row.key != "合计" for row in side.rows[-2:])
    for i, parent in enumerate(side.rows):
        children = hierarchy.below(parent, level)
        if not children:
            continue
        doubt = _doubt(table, side, i, parent, children, hierarchy)
        for position, column in enumerate(side.columns):
            if is_ratio(column):
                continue
            total = ref_at(table, side, parent, position)
            parts = [ref_at(table, side, row, position) for row in children]
            printed = [ref for ref in parts if ref.cell.figure is not None]
            if total.cell.figure is None or not printed:
                continue
            tie = Tie((Term(1, total),), tuple(Term(1, ref) for ref in printed))
            gap = side_value(tie.left, None) - side_value(tie.right, None)
            why = (
                doubt
                or (CUT_OFF if cut_off and gap > 0 else "")
                or why_in_doubt(facts.document.tables, side, children, position, gap, slipped)
            )
            outcome = tie_outcome(rule, tie, f"{table.name}“{parent.name}”{column.name}", doubt=why)
            derived = outcome.verdict is Verdict.DISAGREE and any(row.code_derived for row in (parent, *children))
            yield replace(outcome, severity="warning", caveat=DERIVED) if derived else outcome


def _doubt(table: Table, side: Side, index: int, parent: Row, children: list[Row], hierarchy: Hierarchy) -> str:
    """Why a sum that does not hold might be our misreading of the rows."""
    if table.doubt:
        return table.doubt
    if hierarchy.counts[parent.code] > 1 or any(hierarchy.counts[row.code] > 1 for row in children):
        return "同一科目编码出现了不止一次，可能是转换损伤"
    if hierarchy.totals > 1 and parent.key == "合计":
        return "表中有不止一个合计行"
    if parent.code and parent.code in hierarchy.orphaned:
        return "有科目的上级科目没有列出，或编码未能识别"
    first, last = (0, len(side.rows)) if not parent.code else (index, index + 1 + reach(side, index, parent.code))
    if any(_unread(row) for row in side.rows[first:last]):
        return "其中有科目编码未能识别的行"
    if parent.code_derived or any(row.code_derived and not _in_order(side, row) for row in children):
        return DERIVED
    return ""


def _in_order(side: Side, row: Row) -> bool:
    """Whether a code that was lost and found again by the name stands between the codes of its neighbours of the same parent."""
    at = next(i for i, other in enumerate(side.rows) if other is row)
    around = [side.rows[i] for i in (at - 1, at + 1) if 0 <= i < len(side.rows)]
    codes = [other.code for other in around if not other.code_derived and other.code[:-2] == row.code[:-2]]
    return len(codes) == 2 and codes[0] < row.code < codes[1]


def _unread(row: Row) -> bool:
    if row.code or row.key:
        return False
    return garbled(row.cells) or any(cell.figure is not None and cell.figure.value for cell in row.cells)


CHECK = Check("rollup", RollupParameters, run)
