"""占比与完成率对照表格: a rate whose base is not told in the text but stands in a table, or is told elsewhere under its name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from assistant.checks.base import Check, Parameters
from assistant.checks.difference import amount_of
from assistant.checks.evidence import ref_evidence
from assistant.checks.told import figure_evidence, money, name_of, statements, told, usable, value
from assistant.claims import Figure, Statement
from assistant.facts import Facts
from assistant.findings import Evidence, Outcome, Verdict
from assistant.language.plain import narrowed
from assistant.matching import cells, slipped
from assistant.quantities import Interval
from assistant.recompute import compare_percent, quotient
from assistant.rules import Rule
from assistant.tieouts import show, unit_name

_LEAD = re.compile(
    r"^占(?:到|了)?|的比[例重]|[的为约是\s“”\"]|(?:部门|单位|全年|年度|当年)(?=本年|总|支出|收入)|总额(?=的|$)|数(?=的|$)"
)
_TELLING = (Verdict.AGREE, Verdict.TAIL, Verdict.DISAGREE)
_APART = 2
"""Units of the last digit by which a rate must be off to be told wrong."""


class Base(Parameters):
    """A base by the names that a share gives it, or the subjects whose completion it measures, and the cells it stands in."""

    rate: Literal["share", "execution"] = "share"
    names: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    cells: tuple[str, ...]


class CellRateParameters(Parameters):
    """The bases."""

    bases: tuple[Base, ...]


def run(facts: Facts, rule: Rule, parameters: CellRateParameters) -> Iterator[Outcome]:
    """Rates that nothing in the text has decided; accused only where all cells show one base and the amount is not doubted."""
    settled = {o.figures[0] for o in facts.outcomes if o.verdict in _TELLING and o.figures}
    given = list(statements(facts))
    for statement in given:
        part = amount_of(statement)
        if part is None or not usable(part):
            continue
        if statement.year not in (None, facts.document.year):
            continue
        for rate, kind in (
            *((f, "share") for f in statement.shares[:1]),
            *((f, "execution") for f in statement.executions[:1]),
        ):
            told_before = (rate.span.line, rate.span.start) in settled
            if told_before or not usable(rate) or (kind == "execution" and statement.budgets):
                continue
            for base in parameters.bases:
                if base.rate == kind and _named(base, statement, rate):
                    for outcome in _judge(rule, statement, rate, part, _bases(facts, base, given)):
                        if outcome.verdict is not Verdict.DISAGREE or not narrowed(facts.document, statement):
                            yield outcome
                    break


def _named(base: Base, statement: Statement, rate: Figure) -> bool:
    if base.rate == "execution":
        return statement.subject in base.subjects and "年初" not in rate.lead and not statement.among
    return _LEAD.sub("", rate.lead) in base.names


def _bases(facts: Facts, base: Base, given: Sequence[Statement]) -> list[tuple[Interval, Evidence, str]]:
    """The base in the tables; where they do not show it, what the text tells under its names."""
    found = [
        (ref.interval(), ref_evidence(ref), f"{ref.name} {show(ref)}{unit_name(ref.table.unit)}")
        for ref in cells(facts, base.cells)
        if ref.table.unit and not ref.cell.cut and not slipped(facts, ref)
    ]
    if found or base.rate == "execution":
        return found
    same = [
        s.amount
        for s in given
        if s.subject in base.names and s.amount is not None and usable(s.amount) and not s.budgets
    ]
    return [(money(f), figure_evidence(f), f.text) for f in same if value(f) > 0]


def _judge(
    rule: Rule, statement: Statement, rate: Figure, part: Figure, bases: Sequence[tuple[Interval, Evidence, str]]
) -> Iterator[Outcome]:
    judged = []
    for interval, evidence, text in bases:
        computed = quotient(money(part), interval)
        if computed is not None:
            percent = compare_percent(rate.mention, computed, (computed.low + computed.high) / 2)
            judged.append((percent, computed, evidence, text))
    best = next((item for item in judged if item[0].verdict is not Verdict.DISAGREE), None)
    if best is None:
        one = judged and all(item[1].meets(judged[0][1]) for item in judged)
        far = judged and abs(judged[0][0].value - rate.mention.quantity.value) > _APART * rate.mention.quantity.ulp()
        if not one or not far:
            return
        best = judged[0]
    percent, _, evidence, text = best
    yield told(
        rule, percent.verdict, name_of(statement), (rate, part), expected=percent.text,
        calculation=f"{part.text} ÷ {text} ＝ {percent.text}", more=(evidence,),
    )  # fmt: skip


CHECK = Check("cell_rate", CellRateParameters, run)
