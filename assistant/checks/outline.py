"""分级清单: lists that show their levels by the column in which a name stands (类别 | 项目 | 品名), and their subtotals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.checks.base import Check, Parameters, tie_outcome
from assistant.checks.evidence import ref_evidence
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Ref, Term, Tie, Verdict
from assistant.laws.realign import Piece, Sums, exchanged, put_back, realign
from assistant.nested import Line, nested_lines, sums_of
from assistant.quantities import format_number
from assistant.rules import Rule
from assistant.tieouts import figure_of

FEWEST = 3
"""Sums that must hold before another one can be called wrong: the levels are inferred."""


class OutlineParameters(Parameters):
    """The tables and the columns (those that do not exist are passed over)."""

    tables: tuple[str, ...]
    columns: tuple[str, ...]


def run(facts: Facts, rule: Rule, parameters: OutlineParameters) -> Iterator[Outcome]:
    """Sum what stands under each name into the amount beside it."""
    ran = False
    for table in facts.tables(parameters.tables):
        for side in table.sides[:1]:
            for position, column in enumerate(side.columns):
                if column.key in parameters.columns:
                    lines = nested_lines(table, side, position)
                    sums = sums_of(lines)
                    ran = ran or len(sums) > 1
                    yield from _judged(rule, lines, sums)
    if not ran:
        raise NotApplicableError("没有分级列示的清单")


def _judged(rule: Rule, lines: list[Line], sums: Sums) -> Iterator[Outcome]:
    refs = [line.ref for line in lines]
    ties = [Tie((Term(1, refs[i]),), tuple(Term(1, refs[j]) for j in below)) for i, below in sums]
    outcomes = [tie_outcome(rule, tie, tie.left[0].ref.name) for tie in ties]
    wrong = [outcome for outcome in outcomes if outcome.verdict is Verdict.DISAGREE]
    if len(ties) < 2 or not wrong:  # one sum alone is no sign of levels
        yield from outcomes if len(ties) > 1 else ()
        return
    values = [figure_of(ref).value for ref in refs]
    enough = 1 if all(lines[i].plain for i, _ in sums) else FEWEST
    right = len(outcomes) - len(wrong)
    slip = (len(wrong) <= 2 and right >= enough) or (right >= FEWEST and exchanged(values, sums))
    pieces = () if slip else realign(values, [None] * len(values), sums)
    for outcome in outcomes:
        told = outcome.verdict is not Verdict.DISAGREE or slip
        yield outcome if told else replace(outcome, verdict=Verdict.UNCLEAR, detail="清单的分级关系不能确定")
    if len(pieces) == 1:
        yield _slipped(rule, refs, pieces[0])


def _slipped(rule: Rule, refs: list[Ref], piece: Piece) -> Outcome:
    values, first, by = [figure_of(ref).value for ref in refs], piece.first, piece.by
    right = [value for value in put_back(values, [piece])[first : first + 3] if value is not None]
    decimals = refs[0].table.decimals
    return Outcome(
        rule.code, Verdict.DISAGREE, f"{refs[0].table.name}自“{refs[first].row.name}”起的各行", severity="warning",
        stated="、".join(format_number(value, decimals) for value in values[first : first + 3]) + "…",
        expected="、".join(format_number(value, decimals) for value in right) + "…",
        calculation=f"多处小计与明细不符，金额{'下' if by > 0 else '上'}移 {abs(by)} 行后相符",
        evidence=tuple(ref_evidence(ref) for ref in refs[first:]),
    )  # fmt: skip


CHECK = Check("outline", OutlineParameters, run)
