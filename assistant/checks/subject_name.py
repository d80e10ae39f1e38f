"""科目名称: a subject named in the text that no list knows and that is nearly one of a list, the tables or the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rapidfuzz import fuzz

from assistant.checks.base import Check, Parameters
from assistant.checks.evidence import ref_evidence
from assistant.checks.prose import collected
from assistant.checks.told import name_of, statements, told, usable
from assistant.facts import Facts, find_side, ref_at
from assistant.findings import Outcome, Ref, Verdict
from assistant.matching import agrees
from assistant.passages import Place, joined
from assistant.rules import Rule
from assistant.subject_names import Nearest, named_subjects
from assistant.text import squeeze

NEAR, SURE = 75, 100


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Names that miss a known one by a character; a 项 with the amount of a row and nearly its name."""
    rows = (row for table in facts.document.tables for side in table.sides for row in side.rows)
    prose = joined(facts.document, "paragraph", "heading")
    named = list(named_subjects(prose))
    known = Nearest({squeeze(row.label) for row in rows if row.code}, named)
    wrong: dict[tuple[str, str], list[Place]] = {}
    for each in named:
        right = known.meant(each)
        place = prose.place(each.start, each.end) if right else None
        if place is not None and not _torn(place, each.name, right):
            wrong.setdefault((each.name, right), []).append(place)
    for (name, right), places in wrong.items():
        outcome = collected(rule, f"“{name}”", places, expected=right)
        yield replace(outcome, calculation=f"正文 {len(places)} 处写作“{name}”，规范名称或其他各处为“{right}”")
    if named and not wrong:
        yield Outcome(rule.code, Verdict.AGREE, "科目名称")
    yield from _by_amount(facts, rule, known, {name for name, _ in wrong})


def _torn(place: Place, name: str, right: str) -> bool:
    """Whether a line's end may hold what is missing."""
    return (not place.start and right.endswith(name)) or place.passage.broken(place.start, place.end)


def _by_amount(facts: Facts, rule: Rule, known: Nearest, told_of: set[str]) -> Iterator[Outcome]:
    rows = [ref for role in ("公开03", "公开05") for ref in _rows(facts, role)]
    for statement in statements(facts):
        figure, name = statement.amount, squeeze(statement.subject)
        if len(statement.path) < 3 or figure is None or not usable(figure) or not figure.mention.quantity.value:
            continue
        if name in told_of or known.right(name):
            continue
        near = [ref for ref in rows if agrees(figure, ref) and NEAR <= fuzz.ratio(name, squeeze(ref.row.label)) < SURE]
        if len({ref.row.code for ref in near}) == 1:
            outcome = told(
                rule, Verdict.DISAGREE, name_of(statement), (figure,), stated=statement.subject, expected=near[0].row.label,
                calculation=f"正文“{statement.subject}”{figure.text}；{near[0].name} {near[0].cell.text}",
                more=(ref_evidence(near[0]),),
            )  # fmt: skip
            yield replace(outcome, figures=())  # the amount itself is right


def _rows(facts: Facts, role: str) -> Iterator[Ref]:
    for table in facts.document.tables:
        if table.role == role:
            side = find_side(table, "")
            for row in side.rows:
                if len(row.code) == 7 and side.columns and row.cells[0].figure is not None:
                    yield ref_at(table, side, row, 0)


CHECK = Check("subject_name", Parameters, run)
