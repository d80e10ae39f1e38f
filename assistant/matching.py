"""Matching: the table amounts that a statement of the narrative can be about.

A statement's words, its section and its role narrow the candidates; a claim that equals one of them is confirmed. It may
only be accused where all candidates show the same amount: two candidates that differ leave the matter open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP

from rapidfuzz import fuzz

from assistant.claims import Figure, Statement
from assistant.document import Document, Row, Side, Table
from assistant.facts import Facts, NotApplicableError, find_column, find_rows, find_side, ref_at
from assistant.findings import Ref
from assistant.formulas import Name, parse_formula
from assistant.passages import once
from assistant.quantities import Interval
from assistant.reading.sides import bare_label
from assistant.slips import one_slip
from assistant.terms import functional
from assistant.text import normalise, squeeze

SAME_NAME = 92
"""From this likeness (rapidfuzz ratio) on two subject names are one name with a slip."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A table amount that a statement may be about, and how well the names fit (0–100)."""

    ref: Ref
    score: float | int


def cells(facts: Facts, names: Sequence[str], *, blank: bool = False) -> list[Ref]:
    """The amounts that references (公开03[合计].基本支出) mean in this document; missing ones are passed over.

    With ``blank`` the cells that show nothing, in rows that show something: what a text tells as 0.
    """
    found: list[Ref] = []
    for text in names:
        for item in parse_formula(f"{text} = {text}").left:
            found += _ref(facts, item.choices[0], blank)
    return found


def _ref(facts: Facts, name: Name, blank: bool) -> list[Ref]:
    try:
        table = facts.table(name.table)
        side = find_side(table, name.side)
        column = find_column(table, side, name.column)
    except NotApplicableError:
        return []
    refs = [ref_at(table, side, row, column) for row in find_rows(side, name)]
    if blank:
        return [ref for ref in refs if ref.cell.figure is None and any(cell.figure for cell in ref.row.cells)]
    return [ref for ref in refs if ref.cell.figure is not None]


def subject_cells(facts: Facts, statement: Statement, columns: Sequence[str]) -> list[Candidate]:
    """The amounts of the functional subject (类, 款 or 项) that a statement names, in the columns ``表.栏``."""
    path = [squeeze(part) for part in statement.path]
    if not path:
        return []
    found: list[Candidate] = []
    for text in columns:
        role, _, key = text.partition(".")
        try:
            table = facts.table(role)
            side = find_side(table, "")
            column = find_column(table, side, key)
        except NotApplicableError:
            continue
        found += _in_column(facts, table, side, column, path)
    text = normalise(facts.document.paragraphs[statement.paragraph].text[: statement.start])
    if f"{path[-1]}(项)" in squeeze(text):  # where a break parts it from its 类 and 款, it still is no 类
        found = [candidate for candidate in found if len(candidate.ref.row.code) > 3]
    best = max((candidate.score for candidate in found), default=0)
    return [candidate for candidate in found if candidate.score >= best - 1]


def _subjects(facts: Facts, table: Table, side: Side) -> list[tuple[Row, str]]:
    """The rows with a code, each with its name in one spelling: many statements are compared with the same ones."""
    return once(
        facts.document,
        f"subjects {table.index} {table.sides.index(side)}",
        lambda: [(row, squeeze(row.label)) for row in side.rows if row.code],
    )


def _in_column(facts: Facts, table: Table, side: Side, column: int, path: Sequence[str]) -> list[Candidate]:
    wanted, parents = normalise(path[-1]), path[:-1]
    bare, class_code = wanted.removesuffix("支出"), functional().class_code(wanted)
    found: list[Candidate] = []
    for row, label in _subjects(facts, table, side):
        if not row.cells[column].figure:
            continue
        # A 类 may be told without 支出, or by the name it had before (医疗卫生与计划生育支出 for 210).
        short = len(row.code) == 3 and (class_code == row.code or label.removesuffix("支出") == bare)
        score = 100 if short else fuzz.ratio(wanted, label, score_cutoff=SAME_NAME)
        if score < SAME_NAME:
            continue
        if parents and len(row.code) > 3 and not _under(row.code, parents):
            continue
        found.append(Candidate(ref_at(table, side, row, column), score))
    if len(path) >= 3:  # a path names the 项, never the 款 of the same name
        deepest = max((len(candidate.ref.row.code) for candidate in found), default=0)
        found = [candidate for candidate in found if len(candidate.ref.row.code) == deepest]
    return found


def named_amounts(facts: Facts, name: str) -> list[Ref]:
    """Every amount of the document's tables in a row of that name, whatever the table, its basis and its column."""
    wanted = squeeze(name).removesuffix("支出")
    if len(wanted) < 2:
        return []
    rows: dict[str, list[Ref]] = once(facts.document, "amounts by name", lambda: _by_name(facts.document))
    return rows.get(wanted, [])


def _by_name(document: Document) -> dict[str, list[Ref]]:
    found: dict[str, list[Ref]] = defaultdict(list)
    for table in document.tables:
        for side in table.sides:
            for row in side.rows:
                name = squeeze(bare_label(row.label)).removesuffix("支出")
                for i, cell in enumerate(row.cells):
                    if name and cell.figure is not None:
                        found[name].append(ref_at(table, side, row, i))
    return found


def _under(code: str, parents: Sequence[str]) -> bool:
    """Whether a code belongs to the 类 that the path begins with (names may lack 支出)."""
    top = functional().class_code(parents[0])
    return not top or code.startswith(top)


def agrees(figure: Figure, ref: Ref) -> bool:
    """Whether an amount of the text and one of a table stand for a common value."""
    return figure.mention.interval().meets(_prefix_or_rounded(ref)) or _cut_short(figure, ref)


def _cut_short(figure: Figure, ref: Ref) -> bool:
    """Whether the text gives the table's amount in a larger unit and drops the digits behind instead of rounding them."""
    shown, unit, own = ref.cell.figure, ref.table.unit, figure.mention.unit
    if shown is None or unit is None or own is None or unit.factor >= own.factor:
        return False
    quantity = figure.mention.quantity
    return (shown.value * unit.factor / own.factor).quantize(quantity.ulp(), ROUND_DOWN) == quantity.value


def equals(figure: Figure, ref: Ref) -> bool:
    """Whether the two are the same to the last digit (in 元)."""
    shown, unit = ref.cell.figure, ref.table.unit
    return shown is not None and figure.mention.amount == shown.value * (unit.factor if unit else 1)


def nearly(figure: Figure, ref: Ref) -> bool:
    """Whether one slip of the pen (a digit changed, lost, or two swapped) is all that parts the two."""
    shown, unit, own = ref.cell.figure, ref.table.unit, figure.mention.unit
    if shown is None or unit is None or own is None or ref.cell.cut:
        return False
    quantity = figure.mention.quantity
    in_own_unit = (shown.value * unit.factor / own.factor).quantize(quantity.ulp(), ROUND_HALF_UP)
    return one_slip(quantity.value, in_own_unit)


def slipped(facts: Facts, ref: Ref) -> bool:
    """Whether an amount slipped against its label: such a table confirms and refutes nothing."""
    return ref.key in facts.slipped()


def _prefix_or_rounded(ref: Ref) -> Interval:
    interval = ref.interval()
    figure, unit = ref.cell.figure, ref.table.unit
    if ref.cell.cut and figure is not None:
        prefix = figure.prefix().scaled(unit.factor) if unit else figure.prefix()
        interval = Interval(min(interval.low, prefix.low), max(interval.high, prefix.high))
    return interval
