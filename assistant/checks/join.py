"""逐行对照: rows of two tables with the same subject code must show the same amount (or one no more than the other)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from assistant.checks.base import Check, FormulaText, Parameters, tie_outcome
from assistant.checks.damage import MISALIGNED
from assistant.document import Row, Side, Table
from assistant.facts import Facts, NotApplicableError, find_column, find_side, ref_at, tie_of
from assistant.findings import Outcome, Term, Tie, Verdict
from assistant.formulas import Name, Relation, parse_formula
from assistant.rules import Rule
from assistant.tieouts import judge


class JoinEnd(Parameters):
    """One end: a column of a side of a table."""

    table: str
    side: str = ""
    column: str = ""


class JoinPair(Parameters):
    """Two ends to hold against each other."""

    left: JoinEnd
    right: JoinEnd


class JoinParameters(Parameters):
    """The pairs, the level of rows (类 or all), the relation, and a formula that must hold for the join to make sense."""

    pairs: tuple[JoinPair, ...]
    level: Literal["类", "全部"] = "全部"
    relation: Relation = "="
    when: FormulaText | Literal[""] = ""


def run(facts: Facts, rule: Rule, parameters: JoinParameters) -> Iterator[Outcome]:
    """Hold each code that both tables list once against the other."""
    if parameters.when and not _holds(facts, parameters.when):
        raise NotApplicableError(f"前提“{parameters.when}”不成立，两表口径不同")
    reasons: list[str] = []
    for pair in parameters.pairs:
        try:
            ends = [_end(facts, end) for end in (pair.left, pair.right)]
        except NotApplicableError as error:
            reasons.append(str(error))
            continue
        outcomes = list(_pair(rule, parameters, ends[0], ends[1]))
        failing = sum(1 for outcome in outcomes if outcome.verdict is Verdict.DISAGREE)
        misread = failing > 2 and failing * 2 > len(outcomes)  # authors err in single rows
        for outcome in outcomes:
            doubted = misread and outcome.verdict is Verdict.DISAGREE
            yield replace(outcome, verdict=Verdict.UNCLEAR, detail=MISALIGNED) if doubted else outcome
    if len(reasons) == len(parameters.pairs):
        raise NotApplicableError("；".join(dict.fromkeys(reasons)))


_End = tuple[Table, Side, int]


def _end(facts: Facts, end: JoinEnd) -> _End:
    table = facts.table(end.table)
    side = find_side(table, end.side)
    return table, side, find_column(table, side, end.column)


def _pair(rule: Rule, parameters: JoinParameters, left: _End, right: _End) -> Iterator[Outcome]:
    rights = _by_code(right[1], parameters.level)
    for code, row in _by_code(left[1], parameters.level).items():
        other = rights.get(code)
        if other is None:
            continue
        ends = [ref_at(left[0], left[1], row, left[2]), ref_at(right[0], right[1], other, right[2])]
        if any(ref.cell.figure is None for ref in ends):
            continue
        tie = Tie((Term(1, ends[0]),), (Term(1, ends[1]),), parameters.relation)
        yield tie_outcome(rule, tie, f"{ends[0].name}与{ends[1].name}")


def _by_code(side: Side, level: str) -> dict[str, Row]:
    """Rows by code; a code listed twice is left out, because nobody can tell which row is meant."""
    counts = Counter(row.code for row in side.rows if row.code)
    return {row.code: row for row in side.rows if counts[row.code] == 1 and (level == "全部" or len(row.code) == 3)}


def _holds(facts: Facts, text: str) -> bool:
    tie, _, _ = tie_of(facts, parse_formula(text), Name(""))
    return tie is not None and judge(tie).verdict in (Verdict.AGREE, Verdict.TAIL)


CHECK = Check("join", JoinParameters, run)
