"""行间: formulas between named rows of one side of a table, in every column (总计 = 本年合计 + 结转)."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.base import Check, FormulaText, Parameters, tie_outcome
from assistant.document import Side, Table
from assistant.facts import Facts, NotApplicableError, find_side, tie_of, unknown_figures
from assistant.findings import Outcome
from assistant.formulas import Name, parse_formula
from assistant.rules import Rule
from assistant.tieouts import figure_of


class RowsParameters(Parameters):
    """The tables, the side, and the formulas over row names. ``nested`` rows may be a part of another row in some forms."""

    tables: tuple[str, ...]
    side: str = ""
    formulas: tuple[FormulaText, ...]
    nested: tuple[str, ...] = ()


def run(facts: Facts, rule: Rule, parameters: RowsParameters) -> Iterator[Outcome]:
    """Evaluate each formula in each column where its total is printed."""
    reasons: list[str] = []
    for role in parameters.tables:
        try:
            table = facts.table(role)
            side = find_side(table, parameters.side)
        except NotApplicableError as error:
            reasons.append(str(error))
            continue
        for text in parameters.formulas:
            yield from _formula(facts, rule, table, side, text, parameters.nested)
    if len(reasons) == len(parameters.tables):
        raise NotApplicableError("；".join(reasons))


def _formula(
    facts: Facts, rule: Rule, table: Table, side: Side, text: str, nested: tuple[str, ...]
) -> Iterator[Outcome]:
    formula = parse_formula(text)
    for position, column in enumerate(side.columns):
        if not column.key:
            continue
        tie, left, right = tie_of(facts, formula, Name("", table.role, side.name, column.key))
        if tie is None or (len(left.terms) == 1 and {t.ref.key for t in right.terms} == {left.terms[0].ref.key}):
            continue
        doubt = "表中有未能识别名称的行也有数额" if unknown_figures(side, position) else ""
        if any(term.ref.row.key in nested and figure_of(term.ref).value for term in right.terms):
            doubt = doubt or "表中有的收入可能已包含在另一项收入之内"
        subject = f"{table.name}{side.name}“{tie.left[0].ref.row.name}”{column.name}"
        blanks = bool(right.blanks) and not text.count("Σ")
        yield tie_outcome(rule, tie, subject, doubt=doubt, blanks=blanks)


CHECK = Check("rows", RowsParameters, run)
