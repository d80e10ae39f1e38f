"""表头字母公式: forms that print letters over their columns, 合计(A+B) · (A) · (B), say themselves how they tie."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.checks.base import Check, Parameters, tie_outcome
from assistant.document import Cell, CellState, Column, Row, Table
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Ref, Term, Tie
from assistant.rules import Rule
from assistant.text import squeeze

_LETTER = re.compile(r"[(（]([A-Z])[)）]$")
_SUM = re.compile(r"[(（]([A-Z](?:[+\-－＋][A-Z])+)[)）]$")
REACH = 12
"""How many rows under such a heading can belong to it."""


@dataclass(frozen=True, slots=True)
class _Heading:
    """One row of headings with letters: where each letter stands, and the lettered sums."""

    letters: dict[str, int]
    sums: tuple[tuple[int, str, tuple[tuple[int, str], ...]], ...]


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Evaluate lettered headings on the rows under them, where headings and figures stand in the same columns."""
    found = False
    for table in facts.document.tables:
        rows = (*table.header, *table.body)
        for i, row in enumerate(rows):
            heading = _read(row)
            if heading is None:
                continue
            found = True
            yield from _under(rule, table, row, heading, rows[i + 1 : i + 1 + REACH])
    if not found:
        raise NotApplicableError("没有表头印有字母公式的表格")


def _read(row: tuple[Cell, ...]) -> _Heading | None:
    letters: dict[str, int] = {}
    sums: list[tuple[int, str, tuple[tuple[int, str], ...]]] = []
    for j, cell in enumerate(row):
        text = squeeze(cell.text)
        if match := _SUM.search(text):
            body = match[1].replace("＋", "+").replace("－", "-")
            signed = [(-1 if sign == "-" else 1, letter) for sign, letter in re.findall(r"([+-]?)([A-Z])", body)]
            sums.append((j, text, tuple(signed)))
        elif (match := _LETTER.search(text)) and match[1] not in letters:
            letters[match[1]] = j
    complete = tuple(item for item in sums if all(letter in letters for _, letter in item[2]))
    return _Heading(letters, complete) if complete else None


def _under(
    rule: Rule, table: Table, heading_row: tuple[Cell, ...], heading: _Heading, rows: tuple[tuple[Cell, ...], ...]
) -> Iterator[Outcome]:
    for row in rows:
        figures = {j for j, cell in enumerate(row) if cell.figure is not None}
        if _read(row) is not None or (figures == set() and any(cell.state is CellState.TEXT for cell in row)):
            return
        for j, text, parts in heading.sums:
            needed = {heading.letters[letter] for _, letter in parts}
            if j not in figures or not needed <= figures:
                continue  # scattered by conversion: what stands under what is not certain
            label = "".join(squeeze(cell.text) for cell in row[: min({j} | needed)] if cell.state is CellState.TEXT)
            item = Row(label, row, row[0].span)

            def ref(position: int, item: Row = item, row: tuple[Cell, ...] = row) -> Ref:
                name = squeeze(heading_row[position].text)
                return Ref(table, item, Column(position, name), row[position])

            terms = tuple(Term(sign, ref(heading.letters[letter])) for sign, letter in parts)
            yield tie_outcome(rule, Tie((Term(1, ref(j)),), terms), f"{table.name}{text}{label}")


CHECK = Check("lettered", Parameters, run)
