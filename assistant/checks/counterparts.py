"""功能科目与经济科目: what is told under both (养老保险缴费, 住房公积金); amounts that stand in the neighbouring row were exchanged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.checks.base import Check, Parameters, tie_outcome
from assistant.checks.evidence import ref_evidence
from assistant.document import Side, Table
from assistant.facts import Facts, NotApplicableError, find_side, ref_at
from assistant.findings import Outcome, Ref, Term, Tie, Verdict
from assistant.rules import Rule
from assistant.tieouts import common_unit, figure_of, side_value


class CounterpartsParameters(Parameters):
    """Tables by 功能分类 and by 经济分类, their columns, and the codes (功能, 经济) that mean one thing."""

    functional: tuple[str, ...]
    functional_columns: tuple[str, ...]
    economic: tuple[str, ...]
    economic_columns: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]


def run(facts: Facts, rule: Rule, parameters: CounterpartsParameters) -> Iterator[Outcome]:
    """Amounts of one thing may differ (other money, other bodies); that one stands in the row beside the other may not."""
    left = _lists(facts, parameters.functional, parameters.functional_columns)
    right = _lists(facts, parameters.economic, parameters.economic_columns)
    if not left or not right:
        raise NotApplicableError("没有同时列出功能科目和经济科目的表格")
    for one in left[:1]:
        for other in right[:1]:
            for code, twin in parameters.pairs:
                if code in one and twin in other:
                    yield from _judged(rule, one, code, other, twin)


def _lists(facts: Facts, roles: tuple[str, ...], columns: tuple[str, ...]) -> list[dict[str, Ref]]:
    found = []
    for role in roles:
        try:
            table = facts.table(role)
            side = find_side(table, "")
        except NotApplicableError:
            continue
        position = next((p for key in columns if (p := side.column(key)) is not None), None)
        if position is not None:
            found.append(_amounts(table, side, position))
    return found


def _amounts(table: Table, side: Side, position: int) -> dict[str, Ref]:
    refs = [ref_at(table, side, row, position) for row in side.rows if row.code]
    return {ref.row.code: ref for ref in refs if ref.cell.figure is not None and ref.cell.figure.value}


def _judged(rule: Rule, one: dict[str, Ref], code: str, other: dict[str, Ref], twin: str) -> Iterator[Outcome]:
    tie = Tie((Term(1, other[twin]),), (Term(1, one[code]),))
    outcome = tie_outcome(rule, tie, f"{other[twin].name}与{one[code].name}")
    if outcome.verdict is not Verdict.DISAGREE:
        yield outcome
        return
    beside = _exchanged(other, twin, one[code]) or _exchanged(one, code, other[twin])
    if beside is None:
        yield replace(outcome, verdict=Verdict.UNCLEAR, detail="两个科目的口径可能不同")
        return
    yield replace(
        outcome, detail=f"这一数额恰好列在相邻的“{beside.row.name}”", evidence=(*outcome.evidence, ref_evidence(beside))
    )


def _exchanged(rows: dict[str, Ref], code: str, wanted: Ref) -> Ref | None:
    """The row next to ``code`` (of the same parent) that shows the wanted amount exactly."""
    codes = list(rows)
    at = codes.index(code)
    for i in (at - 1, at + 1):
        if 0 <= i < len(codes) and codes[i][:-2] == code[:-2]:
            tie = Tie((Term(1, rows[codes[i]]),), (Term(1, wanted),))
            unit, comparable = common_unit(tie)
            exact = figure_of(wanted).decimals == figure_of(rows[codes[i]]).decimals
            if comparable and exact and side_value(tie.left, unit) == side_value(tie.right, unit):
                return rows[codes[i]]
    return None


CHECK = Check("counterparts", CounterpartsParameters, run)
