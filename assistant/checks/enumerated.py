"""编号清单: a table whose rows are numbered 一、（一）1.（1）, or broken down by 其中, says itself which rows make up which."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.checks.base import Check, Parameters, tie_outcome
from assistant.document import Cell, CellState, Column, Row, Table
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Ref, Term, Tie, Verdict
from assistant.reading.sections import numbering
from assistant.rules import Rule
from assistant.terms import total_names
from assistant.text import squeeze

FEWEST = 3
"""Numbered rows that a column of names must have."""

HOLDING = 2
"""Sums of the same kind that must hold in a table before another one can be called wrong: a list may tell only some of its parts."""

UNSURE = "同表其他项目不足以说明各级之间是合计关系"
_PART = "其中"


@dataclass(frozen=True, slots=True)
class _Item:
    """A row: how deep it stands (0: a total or the like, which ends what is above), its label, and whether it is a part told by 其中."""

    level: int
    part: bool
    row: tuple[Cell, ...]
    label: str


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Sum what stands under each numbered row, in every column of amounts of every table."""
    found = False
    for table in facts.document.tables:
        if not table.sides:
            continue
        for names, amounts in _lists(table):
            found = True
            items = list(_items(table, names))
            for parts in (False, True):
                yield from _judged(rule, list(_ties(table, items, amounts, parts=parts)))
    if not found:
        raise NotApplicableError("没有分级编号的表格")


def _lists(table: Table) -> Iterator[tuple[int, list[int]]]:
    """The columns of numbered names, each with the columns of amounts that belong to it."""
    for names in range(table.columns):
        numbered = sum(1 for row in table.body if names < len(row) and numbering(squeeze(row[names].text))[0])
        if numbered < FEWEST:
            continue
        amounts: list[int] = []
        for j in range(names + 1, table.columns):
            cells = [row[j] for row in table.body if j < len(row)]
            figures = sum(1 for cell in cells if cell.figure is not None and cell.figure.decimals)
            if figures:
                amounts.append(j)
            elif sum(1 for cell in cells if cell.state is CellState.TEXT) > 1:
                break
        if amounts:
            yield names, amounts


def _items(table: Table, names: int) -> Iterator[_Item]:
    part = False
    for row in table.body:
        label = squeeze(row[names].text) if names < len(row) else ""
        level = numbering(label)[0]
        part = label.startswith(_PART) or (part and not level and label not in {"", *total_names()})
        yield _Item(level, part, row, label)


def _ties(table: Table, items: list[_Item], amounts: list[int], *, parts: bool) -> Iterator[Tie]:
    for i, whole in enumerate(items):
        below = list(_of_which(items, i) if parts else _numbered_below(items, i))
        for j in amounts:
            ref = _ref(table, whole, j)
            shown = [found for item in below if (found := _ref(table, item, j)) is not None]
            if ref is not None and len(shown) > 1:
                yield Tie((Term(1, ref),), tuple(Term(1, found) for found in shown))


def _numbered_below(items: list[_Item], i: int) -> Iterator[_Item]:
    """The rows one level below a numbered row."""
    level = items[i].level
    if not level:
        return
    next_level = 0
    for item in items[i + 1 :]:
        if item.part:
            continue
        if item.level <= level:
            return
        next_level = next_level or item.level
        if item.level < next_level:
            return
        if item.level == next_level:
            yield item


def _of_which(items: list[_Item], i: int) -> Iterator[_Item]:
    """The rows into which 其中 breaks down a row, told as one list (其中：基本支出, 项目支出)."""
    if items[i].part or not items[i].level:
        return
    for item in items[i + 1 :]:
        if not item.part:
            return
        yield item


def _ref(table: Table, item: _Item, j: int) -> Ref | None:
    if j >= len(item.row) or item.row[j].figure is None:
        return None
    span = replace(item.row[0].span, end=item.row[-1].span.end)
    return Ref(table, Row(item.label, item.row, span), Column(j, _heading(table, j)), item.row[j])


def _heading(table: Table, j: int) -> str:
    return next((column.label for side in table.sides for column in side.columns if column.index == j), "")


def _judged(rule: Rule, ties: list[Tie]) -> Iterator[Outcome]:
    outcomes = [tie_outcome(rule, tie, f"{tie.left[0].ref.table.name}“{tie.left[0].ref.row.label}”") for tie in ties]
    wrong = sum(1 for outcome in outcomes if outcome.verdict is Verdict.DISAGREE)
    holding = sum(1 for outcome in outcomes if outcome.verdict in (Verdict.AGREE, Verdict.TAIL))
    sure = holding >= HOLDING and wrong * HOLDING <= holding
    for outcome in outcomes:
        doubted = outcome.verdict is Verdict.DISAGREE and not sure
        yield replace(outcome, verdict=Verdict.UNCLEAR, detail=UNSURE) if doubted else outcome


CHECK = Check("enumerated", Parameters, run)
