"""列举与明细表: items of 基本支出 told with amounts (办公费1.2万元、印刷费…) against the rows of a table by 经济分类."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rapidfuzz import fuzz

from assistant.checks.base import Check, Parameters
from assistant.checks.evidence import ref_evidence
from assistant.checks.told import name_of, statements, told, usable
from assistant.claims import Statement
from assistant.facts import Facts, NotApplicableError, ref_at
from assistant.findings import Outcome, Ref, Verdict
from assistant.language.plain import narrowed
from assistant.matching import agrees, equals, slipped
from assistant.rules import Rule
from assistant.terms import economic
from assistant.text import squeeze
from assistant.tieouts import show, unit_name

FEWEST = 3
"""Items of a list that must agree with a table: only then is it certain that the list tells of that table."""
LIKE = 88


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Find the column that most items of a list agree with; of the others, one or two were written wrong somewhere."""
    columns = _columns(facts)
    if not columns:
        raise NotApplicableError("没有按经济分类列示的表格")
    for _paragraph, given in groupby(statements(facts), key=lambda statement: statement.paragraph):
        items = [statement for statement in given if _is_item(facts, statement)]
        if len(items) > FEWEST:
            yield from _list(rule, items, max(columns, key=lambda column: _agreeing(items, column)))


def _is_item(facts: Facts, statement: Statement) -> bool:
    amount = statement.amount
    told_once = amount is not None and usable(amount) and amount.mention.unit is not None and not statement.budgets
    year = statement.year in (None, facts.document.year)
    return told_once and year and squeeze(statement.subject) in _names() and not narrowed(facts.document, statement)


def _names() -> dict[str, list[str]]:
    return economic().codes


def _columns(facts: Facts) -> list[list[Ref]]:
    found = []
    for table in facts.document.tables:
        for side in table.sides if table.unit is not None else ():
            rows = [row for row in side.rows if len(row.code) == 5 and row.code[0] == "3" and row.label]
            for position in range(len(side.columns) if len(rows) > FEWEST else 0):
                refs = [ref_at(table, side, row, position) for row in rows]
                found.append([ref for ref in refs if ref.cell.figure is not None and not slipped(facts, ref)])
    return found


def _row(statement: Statement, column: list[Ref]) -> Ref | None:
    name = squeeze(statement.subject)
    same = [ref for ref in column if squeeze(ref.row.label) == name]
    near = same or [ref for ref in column if fuzz.ratio(squeeze(ref.row.label), name) >= LIKE]
    return near[0] if len(near) == 1 else None


def _agreeing(items: list[Statement], column: list[Ref]) -> int:
    refs = [(item.amount, _row(item, column)) for item in items]
    return sum(1 for amount, ref in refs if ref is not None and amount is not None and agrees(amount, ref))


def _list(rule: Rule, items: list[Statement], column: list[Ref]) -> Iterator[Outcome]:
    rows = [(item, ref) for item in items if (ref := _row(item, column)) is not None]
    right = _agreeing(items, column)
    if right < FEWEST:
        return
    slip = len(rows) - right <= 2 and right >= 2 * (len(rows) - right)
    for item, ref in rows:
        figure = item.amount
        if figure is None:
            continue
        verdict = Verdict.DISAGREE if slip and not ref.cell.cut else Verdict.UNCLEAR
        if agrees(figure, ref):
            verdict = Verdict.AGREE if equals(figure, ref) else Verdict.TAIL
        value = show(ref) + unit_name(ref.table.unit)
        yield told(
            rule, verdict, name_of(item), (figure,), expected=value,
            calculation=f"正文 {figure.text}；{ref.name} {value}", more=(ref_evidence(ref),),
        )  # fmt: skip


CHECK = Check("items_table", Parameters, run)
