"""错行: amounts that slipped against their labels, each table once, with its pieces and the realigned rows."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.checks.base import Check, Parameters
from assistant.checks.evidence import ref_evidence
from assistant.facts import Facts, NotApplicableError, ref_at
from assistant.findings import Outcome, Verdict
from assistant.laws.realign import Piece, same
from assistant.laws.shift import Slip, lists_subjects
from assistant.quantities import format_number
from assistant.rules import Rule

SHOWN = 3
"""Rows that are quoted as examples; the whole realigned list stands in the arithmetic."""


def run(facts: Facts, rule: Rule, parameters: Parameters) -> Iterator[Outcome]:
    """One outcome for each table that slipped. Raises ``NotApplicableError`` where no table lists subjects."""
    if not any(lists_subjects(side) for table in facts.document.tables for side in table.sides):
        raise NotApplicableError("没有按科目编码列示的表格")
    for slip in facts.slips():
        yield _outcome(rule, slip)


def _outcome(rule: Rule, slip: Slip) -> Outcome:
    mine = slip.first
    rows, values, decimals = mine.side.rows, mine.values, mine.table.decimals
    first, last = slip.pieces[0].first, slip.pieces[-1].last
    wrong = [i for i in range(first, len(rows)) if _differs(values[i], slip.right[i])]

    def show(value: Decimal | None) -> str:
        return "空白" if value is None else format_number(value, decimals)

    refs = [ref_at(mine.table, mine.side, rows[i], mine.column) for i in [*wrong[:1], *wrong[-1:], *wrong[1:-1]]]
    if slip.sister is not None:
        wanted = {mine.labels[i] for i in wrong}
        other = slip.sister
        pairs = zip(other.side.rows, other.labels, strict=True)
        refs[2:2] = [ref_at(other.table, other.side, row, other.column) for row, label in pairs if label in wanted]
    more = "…" if len(wrong) > SHOWN else ""
    columns = (
        ""
        if slip.whole
        else "、".join(f"“{column.side.columns[column.column].name}”" for column in slip.columns) + "栏"
    )
    moves = "；".join(_move(piece, [row.name for row in rows], len(rows)) for piece in slip.pieces)
    return Outcome(
        rule=rule.code,
        verdict=Verdict.DISAGREE,
        subject=f"{mine.table.name}{columns}自“{rows[first].name}”至“{rows[last].name}”",
        detail=f"金额错行（{moves}）",
        stated="；".join(f"{rows[i].name} {show(values[i])}" for i in wrong[:SHOWN]) + more,
        expected="；".join(f"{rows[i].name} {show(slip.right[i])}" for i in wrong[:SHOWN]) + more,
        calculation="；".join(f"{rows[i].name}：表列 {show(values[i])}，应为 {show(slip.right[i])}" for i in wrong),
        evidence=tuple(ref_evidence(ref) for ref in refs),
        covers=slip.moved,
    )


def _differs(shown: Decimal | None, right: Decimal | None) -> bool:
    return (shown is None) != (right is None) or (shown is not None and right is not None and not same(shown, right))


def _move(piece: Piece, names: list[str], count: int) -> str:
    """One piece in words; one that moved by more than half the table went past its end and on from its other end."""
    at = f"“{names[piece.first]}”至“{names[piece.last]}”" if piece.last > piece.first else f"“{names[piece.first]}”"
    if abs(piece.by) * 2 > count:
        return f"{at}处列的是表{'首' if piece.by < 0 else '末'}各行的金额"
    return f"{at}上移 {piece.by} 行" if piece.by > 0 else f"{at}下移 {-piece.by} 行"


CHECK = Check("shift", Parameters, run)
