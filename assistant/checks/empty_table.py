"""空表: an empty table without a word that there is nothing, and a table with amounts that says it is empty."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.base import Check, Parameters
from assistant.checks.evidence import place_evidence, ref_evidence
from assistant.document import Document, Span, Table
from assistant.facts import Facts, NotApplicableError, ref_at
from assistant.findings import Evidence, Outcome, Ref, Verdict
from assistant.rules import Rule
from assistant.text import clean, normalise, squeeze

_NOTHING = re.compile(
    r"空表|(?:本|此|该)表(?:无|没有|为零|为空)|不涉及|(?:未|没有|无)发生|无数字|无该项|(?:无|没有)(?:相关|任何)?(?:数据|数额|内容|此项)|"
    r"(?:无|没有|未(?:安排|发生|使用|涉及|编制|列支)|不(?:涉及|存在)).{0,45}(?:收入|支出|收支|拨款|预算|资金|经费|采购|项目|情况|数)"
)
_EMPTY = re.compile(r"(?:故|因此|所以)?(?:本表|此表|该表|上表)(?:为空表?|无数据|没有数据|无数|无内容)")
_ASKED = re.compile(r"的(?:部门|单位)|(?:^|[:：，,。\s])[如若]|应(?:当|注明|说明)")  # told to those who have nothing
_ZERO = re.compile(r"[^\d.,]0(?:\.0+)?万?元")
_AFTER = 14  # lines with text


class EmptyTableParameters(Parameters):
    """``funds``: words by which a table and what the text says of it are known to belong together."""

    funds: tuple[str, ...] = ()


def run_note(facts: Facts, rule: Rule, parameters: EmptyTableParameters) -> Iterator[Outcome]:
    """Every known table without any figure has a note."""
    tables = [table for table in facts.document.tables if table.role]
    if not any(_figures(table) for table in tables):
        raise NotApplicableError("所有表格都没有数据，像是空白的样表" if tables else "没有识别到公开表")
    for table in tables:
        if table.sides and not _any_digit(table) and not table.doubt:
            yield _noted(facts.document, rule, table, parameters)


def _noted(document: Document, rule: Rule, table: Table, parameters: EmptyTableParameters) -> Outcome:
    if any(_NOTHING.search(text) for text, _ in _around(document, table)):
        return Outcome(rule.code, Verdict.AGREE, table.name)
    funds = [fund for fund in parameters.funds if fund in table.title]
    text = [normalise(p.text).replace(" ", "") for p in document.paragraphs if any(f in p.text for f in funds)]
    said = any(_NOTHING.search(part) or _ZERO.search(part) for part in text)
    if said:
        return Outcome(rule.code, Verdict.AGREE, table.name)  # the reader is told, if not under the table
    return Outcome(
        rule.code, Verdict.DISAGREE, table.name, stated="没有数据，也没有说明", expected="在表下说明没有该项收支、本表无数据",
        calculation="全表没有金额", evidence=(_heading(document, table),), severity="info" if not document.paragraphs or not table.body else None,
    )  # fmt: skip


def run_contradicted(facts: Facts, rule: Rule, _: EmptyTableParameters) -> Iterator[Outcome]:
    """A table that says of itself that it is empty has no amount but zero."""
    for table in facts.document.tables:
        said = (note for note in table.notes if _EMPTY.search(note.text) and not _ASKED.search(note.text))
        notes = [(note.text, note.span) for note in said]
        if not notes or not table.role:
            continue
        figures = _figures(table)
        text, span = notes[0]
        if not figures:
            yield Outcome(rule.code, Verdict.AGREE, table.name)
        elif _own(text, table) is False:
            yield Outcome(rule.code, Verdict.UNCLEAR, table.name, detail="说明可能是另一张表的")
        else:
            yield Outcome(
                rule.code, Verdict.DISAGREE, table.name, stated=clean(text), expected="说明与表中数据一致",
                calculation=f"说明为无数据，表中有 {len(figures)} 个金额（{figures[0].name} {figures[0].cell.text}）",
                evidence=(place_evidence(facts.document, span, table.role), *(ref_evidence(ref) for ref in figures[:3])),
                severity=None if _own(text, table) else "warning",
            )  # fmt: skip


def _own(text: str, table: Table) -> bool | None:
    """Whether a note speaks of its table's own subject; ``None`` where it names none."""
    named = [fund for fund in ("政府性基金", "国有资本", "三公") if fund in squeeze(text)]
    return any(fund in table.title for fund in named) if named else None


def _figures(table: Table) -> list[Ref]:
    rows = ((side, row) for side in table.sides for row in side.rows)
    cells = ((side, row, i, cell.figure) for side, row in rows for i, cell in enumerate(row.cells))
    return [ref_at(table, side, row, i) for side, row, i, figure in cells if figure is not None and figure.value]


def _any_digit(table: Table) -> bool:
    """Whether anything in the table could be an amount, zero included; line and column numbers are none."""
    amounts = (cell.text for side in table.sides for row in side.rows for cell in row.cells)
    cells = (cell.text for row in table.body for cell in row)
    return any(re.search(r"\d", text) for text in amounts) or any(re.search(r"\d\.\d|\d,\d{3}", text) for text in cells)


def _around(document: Document, table: Table) -> Iterator[tuple[str, int]]:
    """The text inside a table, between its title and it, and under it up to the next table's title."""
    yield from ((squeeze(note.text), note.span.line) for note in table.notes)
    yield from ((squeeze(cell.text), cell.span.line) for row in (*table.header, *table.body) for cell in row)
    first = (table.title_span or table.span).line
    seen = 0
    for number in (*range(first, table.span.line), *range(table.span.last_line + 1, len(document.lines) + 1)):
        text = squeeze(document.lines[number - 1])
        if number > table.span.last_line:
            seen += bool(text)
            titled = re.search(r"表$", text) and len(text) < 45
            if seen > _AFTER or titled or "\t" in document.lines[number - 1].strip():
                return
        yield text, number


def _heading(document: Document, table: Table) -> Evidence:
    span = table.title_span or Span(table.span.line, 0, len(document.lines[table.span.line - 1].rstrip()))
    return place_evidence(document, span, table.role)


NOTE = Check("empty_table_note", EmptyTableParameters, run_note)
CONTRADICTED = Check("empty_table_contradicted", EmptyTableParameters, run_contradicted)
