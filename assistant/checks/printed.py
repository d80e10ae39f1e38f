"""附注公式: the formulas that a table prints under itself are read, checked for what they cite, and evaluated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.checks.base import Check, Parameters, text_evidence, tie_outcome
from assistant.document import Note, Row, Side, Table
from assistant.facts import Facts, NotApplicableError, ref_at
from assistant.findings import Outcome, Ref, Term, Tie, Verdict
from assistant.formulas import Printed, read_printed
from assistant.rules import Rule

_Sum = tuple[Ref, list[tuple[int, Ref]]]


class PrintedParameters(Parameters):
    """No parameters: the formulas are in the document."""


@dataclass(frozen=True, slots=True)
class Footnote:
    """The formulas of one table, with the notes they stand in."""

    table: Table
    formulas: tuple[tuple[Printed, Note], ...]

    @property
    def missing(self) -> tuple[tuple[Printed, Note, tuple[int, ...]], ...]:
        """Formulas that cite rows or columns which the table does not have."""
        rows = {row.ordinal for side in self.table.sides for row in side.rows if row.ordinal}
        columns = {column.number for side in self.table.sides for column in side.columns if column.number}
        result = []
        for formula, note in self.formulas:
            have = rows if formula.axis == "行" else columns
            gone = tuple(number for number in formula.cited if number not in have)
            # Only numbers beyond the last one are certain: one in between may be a row lost in conversion.
            if have and gone and max(gone) > max(have) and len(have) >= 3:
                result.append((formula, note, tuple(n for n in gone if n > max(have))))
        return tuple(result)


def footnotes(facts: Facts) -> list[Footnote]:
    """The printed formulas by table. Raises ``NotApplicableError`` where no table prints any."""
    found = []
    for table in facts.document.tables:
        formulas = tuple((formula, note) for note in table.notes for formula in read_printed(note.text))
        if formulas and table.sides:
            found.append(Footnote(table, formulas))
    if not found:
        raise NotApplicableError("表下没有印出勾稽公式")
    return found


def run_citations(facts: Facts, rule: Rule, _: PrintedParameters) -> Iterator[Outcome]:
    """A footnote that cites what its table does not have was written for another table."""
    notes = footnotes(facts)
    texts = {note.table.index: frozenset(f.text for f, _ in note.formulas) for note in notes}
    for note in notes:
        table, missing = note.table, note.missing
        if not missing:
            yield Outcome(rule.code, Verdict.AGREE, f"{table.name}附注公式")
            continue
        axis = missing[0][0].axis
        cited = sorted({number for _, _, numbers in missing for number in numbers})
        last = max(
            (row.ordinal or 0 for side in table.sides for row in side.rows)
            if axis == "行"
            else (column.number or 0 for side in table.sides for column in side.columns)
        )
        twin = next(
            (n.table for n in notes if n.table is not table and texts[n.table.index] == texts[table.index]), None
        )
        copied = f"，与{twin.name}的附注公式完全相同，疑似照抄" if twin else ""
        yield Outcome(
            rule.code,
            Verdict.DISAGREE,
            f"{table.name}附注公式",
            detail=f"公式引用了第 {'、'.join(map(str, cited))} {axis}，而本表只到第 {last} {axis}{copied}",
            stated="；".join(formula.text for formula, _, _ in missing),
            expected=f"只引用第 1 至 {last} {axis}",
            calculation=f"附注引用的最大{axis}号 {max(cited)} ＞ 本表最大{axis}号 {last}",
            evidence=(
                *(
                    text_evidence(n.span, n.text, table.role or table.title)
                    for n in dict.fromkeys(n for _, n, _ in missing)
                ),
                text_evidence(table.span, facts.document.lines[table.span.line - 1], table.role or table.title),
            ),
        )


def run_formulas(facts: Facts, rule: Rule, _: PrintedParameters) -> Iterator[Outcome]:
    """Evaluate the printed formulas on the table they stand under, unless the footnote belongs to another table."""
    for note in footnotes(facts):
        if note.missing:
            continue
        for formula, _note in note.formulas:
            for side in note.table.sides:
                sums = _by_row if formula.axis == "行" else _by_column
                for total, parts in sums(note.table, side, formula):
                    tie = _tie(total, parts)
                    if tie is not None:
                        subject = f"{note.table.name}“{tie.left[0].ref.row.name}”{tie.left[0].ref.column.name}"
                        yield tie_outcome(rule, tie, subject)


def _tie(total: Ref, parts: list[tuple[int, Ref]]) -> Tie | None:
    printed = tuple(Term(sign, ref) for sign, ref in parts if ref.cell.figure is not None)
    return Tie((Term(1, total),), printed) if total.cell.figure is not None and printed else None


def _by_row(table: Table, side: Side, formula: Printed) -> Iterator[_Sum]:
    rows: dict[int, Row] = {row.ordinal: row for row in side.rows if row.ordinal}
    if any(number not in rows for number in formula.cited):
        return
    for position in range(len(side.columns)):
        total = ref_at(table, side, rows[formula.total], position)
        yield total, [(sign, ref_at(table, side, rows[n], position)) for sign, n in formula.parts]


def _by_column(table: Table, side: Side, formula: Printed) -> Iterator[_Sum]:
    positions = {column.number: i for i, column in enumerate(side.columns) if column.number}
    if any(number not in positions for number in formula.cited):
        return
    for row in side.rows:
        total = ref_at(table, side, row, positions[formula.total])
        yield total, [(sign, ref_at(table, side, row, positions[n])) for sign, n in formula.parts]


FORMULAS = Check("printed_formulas", PrintedParameters, run_formulas)
CITATIONS = Check("printed_citations", PrintedParameters, run_citations)
