"""年度标注: an amount labelled with another year that is this year's, or that is compared with its own year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.checks.base import Check, Parameters
from assistant.checks.evidence import ref_evidence
from assistant.checks.told import figure_evidence, name_of, statements, told, usable, value
from assistant.checks.years import report_year
from assistant.claims import Figure, Statement
from assistant.facts import Facts
from assistant.findings import Evidence, Outcome, Ref, Verdict
from assistant.matching import agrees, slipped
from assistant.rules import Rule

FEWEST = 4
"""Digits (zeros at the end not counted) below which two equal amounts may be equal by chance."""

TWICE = 2
"""Other names under which the report's year has the very amount: the totals of a year are alike, those of two are not."""

_TOTAL = re.compile(r"^(?!.*(?:结转|结余|余额|年初|年末)).*(?:总计|合计|收入|支出|预算|决算)$")
_BASE = re.compile(r"[与比较同][^。；;]{2,24}?(?:相比|比较|对比)?[(（][^()（）。；;]*$")
"""A bracket after what is compared with, still open before the figure: the figure is the other year's (与…相比（…为 X 万元）)."""

_EARLIER = re.compile(r"上年|上一年|去年|年初|20\d\d")


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Amounts labelled with another year than the report's."""
    year = report_year(facts)
    given = list(statements(facts))
    this_year: dict[object, Statement] = {}
    for statement in given:
        if statement.amount is not None and statement.year == year:
            this_year.setdefault((statement.subject, value(statement.amount)), statement)
    refs: list[Ref] | None = None
    for statement in given:
        figure, label = (
            statement.amount or (statement.budgets[0] if len(statement.budgets) == 1 else None),
            statement.year,
        )
        if figure is None or label is None or label == year or not usable(figure) or not _telling(figure):
            continue
        refs = list(_refs(facts)) if refs is None else refs
        witness = _witness(facts, statement, figure, refs, this_year)
        if witness is not None:
            outcome = told(
                rule, Verdict.DISAGREE, name_of(statement), (figure,), stated=f"{label}年 {figure.text}", expected=f"{year}年",
                calculation=f"正文标为 {label} 年；{witness[0]}", more=(witness[1],),
            )  # fmt: skip
            yield replace(outcome, figures=())  # the year is in question, not the amount


def _telling(figure: Figure) -> bool:
    return _digits(figure) >= FEWEST and figure.mention.unit is not None


def _digits(figure: Figure) -> int:
    return len(figure.mention.quantity.value.normalize().as_tuple().digits)


def _witness(
    facts: Facts, statement: Statement, figure: Figure, refs: list[Ref], this_year: dict[object, Statement]
) -> tuple[str, Evidence] | None:
    """What shows that an amount is this year's: a sentence of this year, a table, or a comparison with its own label."""
    same = this_year.get((statement.subject, value(figure))) if statement.subject else None
    if same is not None and same.amount is not None:
        return f"另一处标为 {same.year} 年 {same.amount.text}", figure_evidence(same.amount)
    alike = [s.amount for s in this_year.values() if s.amount is not None and value(s.amount) == value(figure)]
    total = _TOTAL.search(statement.subject) and not statement.among
    if len(alike) >= TWICE and _digits(figure) > FEWEST and total:
        return f"另有 {len(alike)} 处以该数额为报告年度的数", figure_evidence(alike[0])
    base = _BASE.search(facts.document.paragraphs[statement.paragraph].text, 0, figure.mention.start)
    for comparison in statement.comparisons if base is None else ():
        known = comparison.change or comparison.rate
        if known is not None and str(statement.year) in comparison.base:
            return f"同一句又与 {comparison.base} 比较", figure_evidence(known)
    if statement.among:
        return None
    found = next((ref for ref in refs if agrees(figure, ref)), None)
    return (f"{found.name} {found.cell.text}", ref_evidence(found)) if found is not None else None


def _refs(facts: Facts) -> Iterator[Ref]:
    """This year's amounts in the known tables, columns and tables of earlier years left out."""
    for table in facts.document.tables:
        for side in table.sides if table.role and table.unit else ():
            for row in side.rows:
                for column, cell in zip(side.columns, row.cells, strict=True):
                    ref = Ref(table, row, column, cell)
                    earlier = _EARLIER.search(column.label + column.key + row.label)
                    if cell.figure is not None and cell.figure.value and not earlier and not slipped(facts, ref):
                        yield ref


CHECK = Check("wrong_year", Parameters, run)
