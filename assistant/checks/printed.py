"""附注公式: the formulas that a table prints under itself are checked for what they cite, and evaluated."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.base import Check, Parameters, tie_outcome
from assistant.checks.evidence import place_evidence, text_evidence
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Term, Tie, Verdict
from assistant.footnotes import Footnote, read_footnotes
from assistant.rules import Rule

MOST_CITED = 5
"""So many rows or columns that a table has not may be cited where the formula is another table's, not by a slip."""


def _footnotes(facts: Facts) -> list[Footnote]:
    found = read_footnotes(facts.document)
    if not found:
        raise NotApplicableError("表下没有印出勾稽公式")
    return found


def run_citations(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """A footnote that cites what its table does not have was written for another table."""
    footnotes = _footnotes(facts)
    for footnote in footnotes:
        if footnote.missing:
            yield _foreign(facts, rule, footnote, footnotes)
        else:
            yield Outcome(rule.code, Verdict.AGREE, f"{footnote.table.name}附注公式")


def _foreign(facts: Facts, rule: Rule, footnote: Footnote, footnotes: list[Footnote]) -> Outcome:
    table, missing = footnote.table, footnote.missing
    axis = missing[0][0].axis
    cited = sorted({number for _, _, numbers in missing for number in numbers})
    last = max(footnote.numbers(axis))
    texts = {formula.text for formula, _ in footnote.formulas}
    others = [other for other in footnotes if other.table is not table]
    twin = next((other for other in others if texts == {formula.text for formula, _ in other.formulas}), None)
    copied = f"，与{twin.table.name}的附注公式完全相同，疑似照抄" if twin else ""
    label = table.role or table.title
    notes = dict.fromkeys(note for _, note, _ in missing)
    shown = {cell.text for row in (*table.header, *table.body) for cell in row}
    ours = (len(cited) > MOST_CITED and not twin) or not shown.isdisjoint(map(str, cited))
    return Outcome(
        rule.code,
        Verdict.UNCLEAR if ours else Verdict.DISAGREE,  # our table is cut, or its numbers stand in other columns
        f"{table.name}附注公式",
        detail=f"公式引用了第 {'、'.join(map(str, cited))} {axis}，而本表只到第 {last} {axis}{copied}",
        stated="；".join(formula.text for formula, _, _ in missing),
        expected=f"只引用第 1 至 {last} {axis}",
        calculation=f"附注引用的最大{axis}号 {max(cited)} ＞ 本表最大{axis}号 {last}",
        evidence=(
            *(place_evidence(facts.document, note.span, label) for note in notes),
            text_evidence(table.span, facts.document.lines[table.span.line - 1], label),
        ),
    )


def run_formulas(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Evaluate the printed formulas on the table they stand under, unless the footnote belongs to another table."""
    for footnote in _footnotes(facts):
        if footnote.missing:
            continue
        for formula, _note in footnote.formulas:
            for total, parts in footnote.sums(formula):
                printed = tuple(Term(sign, ref) for sign, ref in parts if ref.cell.figure is not None)
                if total.cell.figure is not None and printed:
                    yield tie_outcome(rule, Tie((Term(1, total),), printed), total.name)


FORMULAS = Check("printed_formulas", Parameters, run_formulas)
CITATIONS = Check("printed_citations", Parameters, run_citations)
