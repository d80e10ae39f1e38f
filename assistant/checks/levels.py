"""公开到项级、款级: detail tables show the subjects as deep as the regulation wants."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.base import Check, Parameters
from assistant.checks.contents import evidence
from assistant.document import Table
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.rules import Rule

ENOUGH = 3
"""Rows with a code that a table must have: one or two may be what conversion left of it."""


_CODE = re.compile(r"[235]\d{2}(?:\d{2}){0,2}")  # no codes of bodies or projects


class Depth(Parameters):
    """Tables and the digits that their longest subject code must have at least."""

    tables: tuple[str, ...]
    digits: int
    name: str


class LevelsParameters(Parameters):
    """What each kind of table must show."""

    depths: tuple[Depth, ...]


def run(facts: Facts, rule: Rule, parameters: LevelsParameters) -> Iterator[Outcome]:
    """Look at the codes of every table of the roles."""
    for depth in parameters.depths:
        for table in facts.document.tables:
            if table.role in depth.tables:
                yield from _judged(facts, rule, table, depth)


def _judged(facts: Facts, rule: Rule, table: Table, depth: Depth) -> Iterator[Outcome]:
    rows = [row for side in table.sides for row in side.rows if any(c.figure and c.figure.value for c in row.cells)]
    codes = [row.code for row in rows if _CODE.fullmatch(row.code)]
    named = [row for row in rows if row.label and not row.key]
    if len(codes) < ENOUGH:
        return
    if any(len(code) >= depth.digits for code in codes):
        yield Outcome(rule.code, Verdict.AGREE, table.name)
    elif len(codes) < len(named) or any(row.code_derived for row in rows) or table.doubt:
        yield Outcome(rule.code, Verdict.UNCLEAR, table.name, detail="部分行没有识别到科目编码")
    else:
        line = (table.title_span or table.span).line
        yield Outcome(
            rule.code, Verdict.DISAGREE, table.name, stated=f"科目编码最多 {max(map(len, codes))} 位", expected=f"公开到{depth.name}",
            calculation=f"{len(codes)} 个科目编码都不到 {depth.digits} 位", evidence=(evidence(facts.document, line),),
        )  # fmt: skip


CHECK = Check("levels", LevelsParameters, run)
