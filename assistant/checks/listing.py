"""清单合计: a list without subject codes (采购, 项目) and its total row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.base import Check, Parameters, tie_outcome
from assistant.checks.damage import GARBLED, garbled, is_ratio
from assistant.document import Row, Side, Table
from assistant.facts import Facts, find_side, ref_at
from assistant.findings import Outcome, Ref, Term, Tie, Verdict
from assistant.reading.sides import bare_label
from assistant.rules import Rule
from assistant.terms import total_names
from assistant.tieouts import figure_of, judge

_SUBTOTAL = re.compile(r"小计|其中")


class ListingParameters(Parameters):
    """The tables and the columns to sum (columns that do not exist are passed over)."""

    tables: tuple[str, ...]
    columns: tuple[str, ...]


def run(facts: Facts, rule: Rule, parameters: ListingParameters) -> Iterator[Outcome]:
    """Sum the detail rows into the total row. Rows that subtotal others are left out where the list shows which."""
    for table in facts.tables(parameters.tables):
        side = find_side(table, "")
        totals = [row for row in side.rows if row.key == "合计" or bare_label(row.label) in total_names()]
        if len(totals) != 1:
            continue
        details = [row for row in side.rows if row is not totals[0]]
        for key in parameters.columns:
            position = side.column(key)
            if position is not None and not is_ratio(side.columns[position]):
                yield from _column(rule, table, side, totals[0], details, position)


def _column(rule: Rule, table: Table, side: Side, total: Row, details: list[Row], position: int) -> Iterator[Outcome]:
    top = ref_at(table, side, total, position)
    parts = [
        ref_at(table, side, row, position) for row in _leaves(side, details) if row.cells[position].figure is not None
    ]
    if top.cell.figure is None or len(parts) < 2:
        return
    ways = [parts, _tops(parts), _tops(parts[::-1])]
    ties = [Tie((Term(1, top),), tuple(Term(1, ref) for ref in way)) for way in ways]
    tie = next((tie for tie in ties if judge(tie).verdict is not Verdict.DISAGREE), ties[0])
    subtotals = any(_SUBTOTAL.search(ref.row.label) for ref in parts) or min(len(way) for way in ways) < len(parts) - 1
    doubt = "清单中可能有小计行" if subtotals else ""
    if garbled(row.cells[position] for row in details):
        doubt = GARBLED
    yield tie_outcome(rule, tie, f"{table.name}“{total.name}”{side.columns[position].name}", doubt=doubt)


def _tops(parts: list[Ref]) -> list[Ref]:
    """The rows at the top of a list in which subtotals stand over what they sum: those that no other row contains."""
    tops: list[Ref] = []
    for ref in reversed(parts):
        rest = figure_of(ref).value
        for count, below in enumerate(tops, start=1):
            rest -= figure_of(below).value
            if not rest and figure_of(ref).value:
                del tops[:count]
                break
        tops.insert(0, ref)
    return tops


def _leaves(side: Side, details: list[Row]) -> list[Row]:
    """The rows that carry details: where the list prints unit codes (04 ⊃ 016 ⊃ 01601), those with the longest code."""
    position = next((i for i, column in enumerate(side.columns) if re.search(r"代码|编码", column.label)), None)
    if position is None:
        return details
    lengths = [len(re.sub(r"\D", "", row.cells[position].text)) for row in details]
    longest = max(lengths, default=0)
    return [row for row, length in zip(details, lengths, strict=True) if length == longest]


CHECK = Check("listing", ListingParameters, run)
