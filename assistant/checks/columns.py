"""栏间: formulas between the columns of a table, on every row (小计 = 基本支出 + 项目支出)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache

from assistant.checks.base import Check, FormulaText, Parameters, tie_outcome
from assistant.checks.damage import GARBLED, MISREAD, SLIPPED, garbled, slipped_columns
from assistant.document import Row, Side, Table
from assistant.facts import Facts, NotApplicableError, find_side, ref_at
from assistant.findings import Outcome, Term, Tie, Verdict
from assistant.formulas import Formula, Item, parse_formula
from assistant.rules import Rule
from assistant.terms import table_roles
from assistant.tieouts import judge


class ColumnsParameters(Parameters):
    """The tables, the side, and the formulas over column names."""

    tables: tuple[str, ...]
    formulas: tuple[FormulaText, ...]
    side: str = ""


def run(facts: Facts, rule: Rule, parameters: ColumnsParameters) -> Iterator[Outcome]:
    """Evaluate each formula on each row that shows its total and at least one part."""
    applied = False
    for table in facts.tables(parameters.tables):
        side = find_side(table, parameters.side)
        for text in parameters.formulas:
            formula = parse_formula(text)
            if _has_columns(side, formula):
                applied = True
                yield from _formula(rule, table, side, formula)
    if not applied:
        raise NotApplicableError("表中没有这几栏，或栏目未能识别")


def _formula(rule: Rule, table: Table, side: Side, formula: Formula) -> Iterator[Outcome]:
    """Judge all rows. Where most rows fail, the columns are misread or out of step; authors err in single rows."""
    outcomes = [outcome for row in side.rows for outcome in _row(rule, table, side, row, formula)]
    failing = sum(1 for outcome in outcomes if outcome.verdict is Verdict.DISAGREE)
    blank = all(outcome.caveat for outcome in outcomes if outcome.verdict is Verdict.DISAGREE)
    misread = failing > 2 and (failing * 2 > len(outcomes) or blank)
    doubt = SLIPPED if slipped_columns(side) else MISREAD if misread else ""
    for outcome in outcomes:
        doubted = bool(doubt) and outcome.verdict is Verdict.DISAGREE
        yield replace(outcome, verdict=Verdict.UNCLEAR, detail=doubt, caveat="") if doubted else outcome


def _has_columns(side: Side, formula: Formula) -> bool:
    needed = [item for item in (*formula.left, *formula.right) if not all(name.optional for name in item.choices)]
    return all(any(side.column(name.row) is not None for name in item.choices) for item in needed)


def _row(rule: Rule, table: Table, side: Side, row: Row, formula: Formula) -> Iterator[Outcome]:
    left, _ = _terms(table, side, row, formula.left)
    right, blanks = _terms(table, side, row, formula.right)
    if len(left) < len(formula.left) or not right:
        return
    tie = Tie(tuple(left), tuple(right), formula.relation)
    judged = judge(tie)
    doubt = "表中还有未能识别的金额栏" if _unknown_columns(side, row) else GARBLED if garbled(row.cells) else ""
    if judged.difference and _also_in(side, row, tie, judged.difference):
        doubt = doubt or "差额正好是另一栏的数额，该栏可能也计入合计"
    yield tie_outcome(rule, tie, left[0].ref.row_name, doubt=doubt, blanks=blanks, judged=judged)


def _also_in(side: Side, row: Row, tie: Tie, difference: Decimal) -> bool:
    """Whether a column beside the usual ones, or all of them together, is just what the total has more."""
    told = {term.ref.column.index for term in tie.terms}
    rest = [
        cell.figure.value
        for column, cell in zip(side.columns, row.cells, strict=True)
        if column.index not in told and column.key in _beside() and cell.figure is not None
    ]
    return difference in rest or (bool(rest) and difference == sum(rest))


def _terms(table: Table, side: Side, row: Row, items: tuple[Item, ...]) -> tuple[list[Term], bool]:
    """The figures of a formula on a row, and whether a column that is filled elsewhere is blank here."""
    terms, blanks = [], False
    for item in items:
        position = next((p for name in item.choices if (p := side.column(name.row)) is not None), None)
        if position is None:
            continue
        ref = ref_at(table, side, row, position)
        if ref.cell.figure is not None:
            terms.append(Term(item.sign, ref))
        elif any(other.cells[position].figure is not None for other in side.rows):
            blanks = True
    return terms, blanks


@cache
def _beside() -> frozenset[str]:
    """Columns that not every form of a table has: a total may or may not comprise them."""
    return frozenset(c.key for spec in table_roles() for side in spec.sides for c in side.columns if c.beside)


def _unknown_columns(side: Side, row: Row) -> bool:
    return any(
        not column.key and "其中" not in column.label and cell.figure is not None and cell.figure.value != 0
        for column, cell in zip(side.columns, row.cells, strict=True)
    )


CHECK = Check("columns", ColumnsParameters, run)
