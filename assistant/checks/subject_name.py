"""科目名称: a subject named in the text that no list knows, beside a row with its amount and nearly its name."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import replace

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from assistant.checks.base import Check, Parameters, ref_evidence, text_evidence
from assistant.checks.told import name_of, statements, told, usable
from assistant.facts import Facts, find_side, ref_at
from assistant.findings import Outcome, Ref, Verdict
from assistant.matching import agrees
from assistant.rules import Rule
from assistant.terms import functional
from assistant.text import normalise, squeeze

NEAR, SURE = 75, 100
FEWEST = 5
"""Characters that a name must have for one more or less to be a slip, and not another name."""

_NAMED = re.compile(r"(?<![一-鿿])(?P<name>[一-鿿]{4,30})\((?P<level>类|款|项)\)")
_DIGITS = {"类": 3, "款": 5, "项": 7}


class SubjectNameParameters(Parameters):
    """No parameters."""


def run(facts: Facts, rule: Rule, _: SubjectNameParameters) -> Iterator[Outcome]:
    """Names before （类）（款）（项） that miss a row's name by a character; a 项 with the amount of a row and nearly its name."""
    labels = {
        _plain(row.label): row.code
        for table in facts.document.tables
        for s in table.sides
        for row in s.rows
        if row.code
    }
    names = set(labels) | {_plain(name) for name in functional().codes}
    if not any(len(code) > 3 for code in labels.values()):  # without detail tables the list of subjects must do
        labels = {_plain(name): codes[0] for name, codes in functional().codes.items()}
    seen = yield from _by_spelling(facts, rule, labels, names)
    rows = [ref for role in ("公开03", "公开05") for ref in _rows(facts, role)]
    for statement in statements(facts):
        figure = statement.amount
        if len(statement.path) < 3 or figure is None or not usable(figure) or not figure.mention.quantity.value:
            continue
        name = _plain(statement.subject)
        if _known(name, names) or name in seen:
            continue
        near = [ref for ref in rows if agrees(figure, ref) and NEAR <= fuzz.ratio(name, _plain(ref.row.label)) < SURE]
        if len({ref.row.code for ref in near}) == 1:
            outcome = told(
                rule, Verdict.DISAGREE, name_of(statement), (figure,), stated=statement.subject, expected=near[0].row.label,
                calculation=f"正文“{statement.subject}”{figure.text}；{near[0].name} {near[0].cell.text}",
                more=(ref_evidence(near[0]),),
            )  # fmt: skip
            yield replace(outcome, figures=())  # the amount itself is right


def _by_spelling(
    facts: Facts, rule: Rule, labels: dict[str, str], names: set[str]
) -> Generator[Outcome, None, frozenset[str]]:
    """Told names that no list knows, one character away from exactly one row of the tables at their level."""
    wrong: dict[str, Outcome] = {}
    for paragraph in facts.document.paragraphs:
        for match in _NAMED.finditer(normalise(paragraph.text)):
            name = match["name"]
            if _known(name, names):
                yield Outcome(rule.code, Verdict.AGREE, f"“{name}”")
                continue
            near = [label for label, code in labels.items() if len(code) == _DIGITS[match["level"]] and len(label) >= FEWEST
                    and Levenshtein.distance(name, label, score_cutoff=1) == 1]  # fmt: skip
            torn = not match.start("name") and near and near[0].endswith(name)  # a line's end may hold what is missing
            if len(near) == 1 and name not in wrong and not torn:
                span = paragraph.span(match.start("name"), match.end("name"))
                wrong[name] = Outcome(
                    rule.code, Verdict.DISAGREE, f"“{name}”", stated=name, expected=near[0], evidence=(text_evidence(span, name),),
                    calculation=f"正文“{name}”；科目“{labels[near[0]]} {near[0]}”",
                )  # fmt: skip
    yield from wrong.values()
    return frozenset(wrong)


def _known(name: str, names: set[str]) -> bool:
    return name in names or name + "支出" in names or name.removesuffix("支出") in names


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
