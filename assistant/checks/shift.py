"""错行: amounts that slipped against their labels, found by holding a table against one that should agree with it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.alignment import Amounts, Shift, broken_sums, find_shift, moved, own_shift, same, to_the_end
from assistant.checks.base import Check, Parameters
from assistant.checks.evidence import ref_evidence
from assistant.facts import Facts, NotApplicableError, find_column, find_side, ref_at
from assistant.findings import Outcome, Verdict
from assistant.quantities import format_number
from assistant.rules import Rule


class ShiftPair(Parameters):
    """The table to look at and the table with the same subjects to hold it against, with the column to compare."""

    table: str
    column: str
    against: str
    against_column: str


class ShiftParameters(Parameters):
    """The pairs and how many rows amounts may have slipped."""

    pairs: tuple[ShiftPair, ...]
    reach: int = 3


def run(facts: Facts, rule: Rule, parameters: ShiftParameters) -> Iterator[Outcome]:
    """Look for one run of rows in each table that agrees with its counterpart, or with itself, only after moving it."""
    lists: dict[int, Amounts] = {}
    told: set[int] = set()
    reasons: list[str] = []
    for pair in parameters.pairs:
        try:
            mine = _list(facts, pair.table, pair.column)
            lists.setdefault(mine.table.index, mine)
            other = _list(facts, pair.against, pair.against_column)
        except NotApplicableError as error:
            reasons.append(str(error))
            continue
        if mine.table.index in told:
            continue
        shift = find_shift(mine.values, mine.like(other), parameters.reach)
        # Of two tables that disagree like this, the one whose own subject sums do not hold is the one that slipped.
        if shift and broken_sums(mine.codes, mine.values) > broken_sums(other.codes, other.values):
            told.add(mine.table.index)
            yield _outcome(rule, mine, to_the_end(mine.codes, mine.values, shift), other)
    for index, mine in lists.items():
        own = own_shift(mine.codes, mine.values, parameters.reach) if index not in told else None
        if own is not None:
            yield _outcome(rule, mine, own, None)
    if not lists:
        raise NotApplicableError("；".join(dict.fromkeys(reasons)))


def _list(facts: Facts, role: str, column: str) -> Amounts:
    table = facts.table(role)
    side = find_side(table, "")
    return Amounts(table, side, find_column(table, side, column))


def _outcome(rule: Rule, mine: Amounts, shift: Shift, other: Amounts | None) -> Outcome:
    rows, values = mine.side.rows, mine.values
    right = moved(values, shift.first, shift.by)
    if other is not None:  # what moving cannot bring back, the other table knows
        right = [a if a is not None else b for a, b in zip(right, mine.like(other), strict=True)]
    pairs = [(i, values[i], right[i]) for i in range(shift.first, shift.last + 1)]
    wrong = [i for i, is_, should in pairs if should is not None and (is_ is None or not same(is_, should))]
    lost = [right[i] for i in wrong if not 0 <= i + shift.by < len(rows)]
    decimals = mine.table.decimals

    def show(value: Decimal | None) -> str:
        return "空白" if value is None else format_number(value, decimals)

    lost_text = f"，{'末尾' if shift.by > 0 else '开头'}的 {'、'.join(map(show, lost))} 未列出" if lost else ""
    more = "…" if len(wrong) > 3 else ""
    refs = [ref_at(mine.table, mine.side, rows[i], mine.column) for i in [*wrong[:1], *wrong[-1:], *wrong[1:-1]]]
    if other is not None:
        wanted = {rows[i].code or rows[i].key for i in wrong}
        counterparts = [row for row in other.side.rows if (row.code or row.key) in wanted]
        refs[2:2] = [ref_at(other.table, other.side, row, other.column) for row in counterparts]
    reach = range(shift.first, min(shift.last + max(shift.by, 0), len(rows) - 1) + 1)
    return Outcome(
        rule=rule.code,
        verdict=Verdict.DISAGREE,
        subject=f"{mine.table.name}自“{rows[shift.first].name}”至“{rows[shift.last].name}”",
        detail=f"金额整体{'下' if shift.by > 0 else '上'}移 {abs(shift.by)} 行{lost_text}",
        stated="；".join(f"{rows[i].name} {show(values[i])}" for i in wrong[:3]) + more,
        expected="；".join(f"{rows[i].name} {show(right[i])}" for i in wrong[:3]) + more,
        calculation="；".join(f"{rows[i].name}：表列 {show(values[i])}，应为 {show(right[i])}" for i in wrong),
        evidence=tuple(ref_evidence(ref) for ref in refs),
        covers=frozenset(rows[i].span.line for i in reach),
    )


CHECK = Check("shift", ShiftParameters, run)
