"""科目名称: a subject named in the text that no list knows, beside a row with its amount and nearly its name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rapidfuzz import fuzz

from assistant.checks.base import Check, Parameters, ref_evidence
from assistant.checks.told import name_of, statements, told, usable
from assistant.facts import Facts, find_side, ref_at
from assistant.findings import Outcome, Ref, Verdict
from assistant.matching import agrees
from assistant.rules import Rule
from assistant.terms import functional
from assistant.text import squeeze

NEAR, SURE = 75, 100


class SubjectNameParameters(Parameters):
    """No parameters."""


def run(facts: Facts, rule: Rule, _: SubjectNameParameters) -> Iterator[Outcome]:
    """Look at statements about a 项 (a path of 类, 款, 项) with an exact amount."""
    rows = [ref for role in ("公开03", "公开05") for ref in _rows(facts, role)]
    names = {_plain(ref.row.label) for ref in rows} | {_plain(name) for name in functional().codes}
    for statement in statements(facts):
        figure = statement.amount
        if len(statement.path) < 3 or figure is None or not usable(figure) or not figure.mention.quantity.value:
            continue
        name = _plain(statement.subject)
        if name in names or name + "支出" in names or name.removesuffix("支出") in names:
            yield Outcome(rule.code, Verdict.AGREE, name_of(statement))
            continue
        near = [ref for ref in rows if agrees(figure, ref) and NEAR <= fuzz.ratio(name, _plain(ref.row.label)) < SURE]
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


def _plain(name: str) -> str:
    return squeeze(name).replace("（", "(").replace("）", ")")


CHECK = Check("subject_name", SubjectNameParameters, run)
