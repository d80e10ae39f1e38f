"""Footnotes: the formulas that a table prints under itself, and what of them the table does not have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.document import Document, Note, Row, Side, Table
from assistant.facts import ref_at
from assistant.findings import Ref
from assistant.formulas import Printed, read_printed

Sum = tuple[Ref, list[tuple[int, Ref]]]
"""A total and its signed parts."""


@dataclass(frozen=True, slots=True)
class Footnote:
    """The formulas of one table, with the notes they stand in."""

    table: Table
    formulas: tuple[tuple[Printed, Note], ...]

    def numbers(self, axis: str) -> set[int]:
        """The 行次 or 栏次 that the table has."""
        if axis == "行":
            return {row.ordinal for side in self.table.sides for row in side.rows if row.ordinal}
        return {column.number for side in self.table.sides for column in side.columns if column.number}

    @property
    def missing(self) -> tuple[tuple[Printed, Note, tuple[int, ...]], ...]:
        """Formulas that cite rows or columns beyond the last one; one missing in between may be lost in conversion."""
        result = []
        for formula, note in self.formulas:
            have = self.numbers(formula.axis)
            gone = tuple(number for number in formula.cited if have and number > max(have))
            if gone and len(have) >= 3:
                result.append((formula, note, gone))
        return tuple(result)

    def sums(self, formula: Printed) -> Iterator[Sum]:
        """The totals and parts that a formula means, on each side, in each column or row."""
        for side in self.table.sides:
            yield from (_down if formula.axis == "行" else _across)(self.table, side, formula)


def read_footnotes(document: Document) -> list[Footnote]:
    """The tables with printed formulas."""
    found = []
    for table in document.tables:
        formulas = tuple((formula, note) for note in table.notes for formula in read_printed(note.text))
        if formulas and table.sides:
            found.append(Footnote(table, formulas))
    return found


def _down(table: Table, side: Side, formula: Printed) -> Iterator[Sum]:
    rows: dict[int, Row] = {row.ordinal: row for row in side.rows if row.ordinal}
    if any(number not in rows for number in formula.cited):
        return
    for position in range(len(side.columns)):
        total = ref_at(table, side, rows[formula.total], position)
        yield total, [(sign, ref_at(table, side, rows[n], position)) for sign, n in formula.parts]


def _across(table: Table, side: Side, formula: Printed) -> Iterator[Sum]:
    positions = {column.number: i for i, column in enumerate(side.columns) if column.number}
    if any(number not in positions for number in formula.cited):
        return
    for row in side.rows:
        total = ref_at(table, side, row, positions[formula.total])
        yield total, [(sign, ref_at(table, side, row, positions[n])) for sign, n in formula.parts]
