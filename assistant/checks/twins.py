"""两表同科目: rows of any two tables whose common parent shows the same amount must show the same amounts too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations, pairwise, product

from assistant.checks.base import Check, Parameters, tie_outcome
from assistant.checks.damage import MISALIGNED, is_ratio
from assistant.document import Row, Side, Table
from assistant.facts import Facts, NotApplicableError, ref_at
from assistant.findings import Outcome, Term, Tie, Verdict
from assistant.rules import Rule
from assistant.text import squeeze
from assistant.tieouts import figure_of, judge

MOST = 40
"""Tables with subject codes beyond which a file is no single report; every two of them are compared."""
NEAR = 10
"""Amounts count as nearly one where they lie this many times nearer than those of their own rows."""
Group = dict[str, Row]


class TwinsParameters(Parameters):
    """``main``: the columns (canonical names) that show the whole of a row, comparable over all tables."""

    main: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _List:
    """A list of subjects: its rows by code, and the children of each parent (“”: the classes of the total)."""

    table: Table
    side: Side
    parents: Group
    children: dict[str, Group]


def run(facts: Facts, rule: Rule, parameters: TwinsParameters) -> Iterator[Outcome]:
    """Compare every two lists, in the columns of one name and in those of the whole, below each parent they agree on."""
    lists = [found for table in facts.document.tables for side in table.sides if (found := _list(table, side))]
    if not 1 < len(lists) <= MOST:
        raise NotApplicableError("没有两张列有相同科目的表格")
    for one, other in combinations(lists, 2):
        if one.table is not other.table and one.children.keys() & other.children.keys():
            yield from _compared(rule, one, other, parameters.main)


def _list(table: Table, side: Side) -> _List | None:
    counts = Counter(row.code for row in side.rows if row.code)
    rows = {row.code: row for row in side.rows if row.code and counts[row.code] == 1}
    children: dict[str, Group] = {}
    for code, row in rows.items():
        if len(code) in (3, 5, 7) and code[0] in "235":
            children.setdefault(code[:-2] if len(code) > 3 else "", {})[code] = row
    totals = [row for row in side.rows if row.key in ("合计", "本年支出合计", "本年支出", "总计") and not row.code]
    parents = rows | ({"": totals[0]} if totals else {})
    return _List(table, side, parents, children) if children and side.name in ("", "支出") else None


def _compared(rule: Rule, one: _List, other: _List, main: tuple[str, ...]) -> Iterator[Outcome]:
    for i, j in _columns(one, other, main):
        for parent in sorted(one.children.keys() & other.children.keys() & one.parents.keys() & other.parents.keys()):
            tops = _tie(one, other, one.parents[parent], other.parents[parent], i, j)
            ties = [
                tie
                for code, row in one.children[parent].items()
                if (twin := other.children[parent].get(code)) and (tie := _tie(one, other, row, twin, i, j))
            ]
            same = tops is not None and figure_of(tops.left[0].ref).value and judge(tops).verdict is Verdict.AGREE
            yield from _judged(rule, ties) if same else _exchanged(rule, ties)


def _exchanged(rule: Rule, ties: list[Tie]) -> Iterator[Outcome]:
    """Two neighbouring rows of which one has just the other's amount in the other table, and the other nearly so."""
    for first, second in pairwise(ties):
        (a, b), (c, d) = ([figure_of(term.ref).value for term in tie.terms] for tie in (first, second))
        same_unit = {term.ref.table.unit for tie in (first, second) for term in tie.terms}
        crossed = (a == d and abs(c - b) * NEAR < abs(c - d)) or (b == c and abs(a - d) * NEAR < abs(a - b))
        if len(same_unit) == 1 and a != b and c != d and crossed and min(a, b, c, d) > 0:
            yield from (_outcome(rule, tie) for tie in (first, second))


def _outcome(rule: Rule, tie: Tie) -> Outcome:
    left, right = tie.left[0].ref, tie.right[0].ref
    if left.table.unit == right.table.unit is not None and figure_of(left).value == figure_of(right).value:
        return Outcome(rule.code, Verdict.AGREE, left.table.name, tie=tie)  # nearly all are: no more words on them
    return tie_outcome(rule, tie, f"{left.name}与{right.name}")


def _judged(rule: Rule, ties: list[Tie]) -> Iterator[Outcome]:
    """One or two rows that differ among others that agree, or two that have each other's amounts; more are no slip."""
    outcomes = [_outcome(rule, tie) for tie in ties]
    wrong = [outcome for outcome in outcomes if outcome.verdict is Verdict.DISAGREE]
    pairs = [[figure_of(term.ref).value for term in o.tie.terms] for o in wrong if o.tie]
    crossed = len(pairs) == 2 and pairs[0] == pairs[1][::-1]
    slip = len(wrong) <= 2 and (len(outcomes) - len(wrong) >= 2 or crossed)
    for outcome in outcomes:
        doubted = outcome.verdict is Verdict.DISAGREE and not slip
        yield replace(outcome, verdict=Verdict.UNCLEAR, detail=MISALIGNED) if doubted else outcome


def _columns(one: _List, other: _List, main: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    for (i, left), (j, right) in product(enumerate(one.side.columns), enumerate(other.side.columns)):
        names = [squeeze(column.key or column.label) for column in (left, right)]
        whole = (left.key in main or not i) and (right.key in main or not j)
        if (whole or (names[0] and names[0] == names[1])) and not (is_ratio(left) or is_ratio(right)):
            yield i, j


def _tie(one: _List, other: _List, row: Row, twin: Row, i: int, j: int) -> Tie | None:
    left, right = ref_at(one.table, one.side, row, i), ref_at(other.table, other.side, twin, j)
    return Tie((Term(1, left),), (Term(1, right),)) if left.cell.figure and right.cell.figure else None


CHECK = Check("twins", TwinsParameters, run)
