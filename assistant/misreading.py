"""Tables that were not read as they were printed: rows of an odd width, and tables in which too much fails at once.

Authors err in single figures. Where a row has more or fewer cells than the rows around it, its amounts may stand in the wrong
columns; where many sums of one table fail independently of each other, the reading is wrong, not the author. What such
rows and tables contradict cannot be judged.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.document import CellState, Document, Problem, Table
from assistant.facts import is_garbled
from assistant.findings import Outcome, Verdict
from assistant.roots import Cause
from assistant.tieouts import side_value

ODD_ROW = "所在行的单元格数与同表其他行不同，金额可能错栏，请对照原件"
LOST_ROWS = "同一栏有不同级次的科目都大于其明细之和，疑似有行在转换中丢失，请对照原件"
ODD_TABLE = "所在表格有多处互不相关的不符，疑似未能按原样读出，请对照原件"

FEWEST = 6
"""Rows with amounts that a table must have before one of them can be odd."""

RARE = 3
"""A width that fewer than one row in so many has is odd: where a table changes its form on a new page there are more."""

MANY = 5
"""Contradictions within one table, independent of each other, that no author makes, where as good a part of all fails."""

SHARE = 5
"""One in so many comparisons within a table must fail before the table is doubted as a whole."""


def odd_rows(table: Table, *, stripped: bool = False) -> frozenset[int]:
    """The lines of the rows of a table that have another number of cells than most, or an amount that could not be read.

    If a row of the header is odd, every row is. ``stripped`` says that no row keeps its last blank cells: then a short one is as
    good as any.
    """
    widths = {row[0].span.line: len(row) for row in table.body if any(cell.figure is not None for cell in row)}
    odd: set[int] = set()
    if len(widths) >= FEWEST:
        counts = Counter(widths.values())
        usual = counts.most_common(1)[0][0]
        rare = {width for width, count in counts.items() if count * RARE < len(widths)}
        odd.update(line for line, width in widths.items() if width in rare and not (stripped and width < usual))
        if not stripped and any(len(row) != usual for row in table.header):
            odd.update(widths)
    elif len(widths) == 1 and table.header and not stripped:  # one row of amounts under a numbered header
        wide = Counter(len(row) for row in table.header).most_common(1)[0][0]
        odd.update(line for line, width in widths.items() if width < wide)
    odd.update(_among_names(table))
    if table.role:
        odd.update(row.span.line for side in table.sides for row in side.rows if any(map(is_garbled, row.cells)))
    return frozenset(odd)


def _among_names(table: Table) -> Iterator[int]:
    """The lines of rows with an amount in a column that holds names in nearly all others: their cells have moved."""
    named: Counter[int] = Counter()
    amounts: dict[int, list[int]] = defaultdict(list)
    for row in table.body:
        for j, cell in enumerate(row):
            named[j] += cell.state is CellState.TEXT and not is_garbled(cell)
            if cell.figure is not None and cell.figure.decimals:
                amounts[j].append(cell.span.line)
    for j, lines in amounts.items():
        if named[j] >= RARE * len(lines):
            yield from lines


def without_odd_rows(document: Document, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The outcomes with contradictions over amounts in odd rows, and over sums that may comprise them, made 无法判断."""
    if all(outcome.verdict is not Verdict.DISAGREE for outcome in outcomes):
        return list(outcomes)
    rows = [row for table in document.tables for row in (*table.header, *table.body) if row]
    stripped = all(row[-1].state is not CellState.BLANK for row in rows)
    odd = {table.index: lines for table in document.tables if (lines := odd_rows(table, stripped=stripped))}
    if odd:
        every = frozenset[int]().union(*odd.values())
        outcomes = _doubted(outcomes, lambda outcome: bool(every & {*_lines(outcome)}) or _over(outcome, odd), ODD_ROW)
    lost = _lost_rows(outcomes)
    return _doubted(outcomes, lambda outcome: id(outcome) in lost, LOST_ROWS) if lost else list(outcomes)


def without_doubtful(document: Document, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The outcomes with every contradiction in which a doubtful table has a part made 无法判断, for the table's reason.

    A doubt is attached once, to the table; no rule has to ask for it. Tables that confirm each other still do.
    """
    doubts = {
        line: table.doubt
        for table in document.tables
        if table.doubt
        for line in range(table.span.line, table.span.last_line + 1)
    }
    if not doubts:
        return list(outcomes)
    return [_in_doubt(outcome, doubts) for outcome in outcomes]


def _in_doubt(outcome: Outcome, doubts: Mapping[int, str]) -> Outcome:
    if outcome.verdict is not Verdict.DISAGREE:
        return outcome
    lines = [evidence.line for evidence in outcome.evidence if evidence.line is not None]
    lines += [term.ref.cell.span.line for term in outcome.tie.terms] if outcome.tie is not None else []
    why = next((doubts[line] for line in lines if line in doubts), "")
    return replace(outcome, verdict=Verdict.UNCLEAR, detail=why, caveat="", covers=frozenset()) if why else outcome


def _lost_rows(outcomes: Iterable[Outcome]) -> set[int]:
    """Sums (their ids) of one column that all lack something, on several levels: rows are missing, as where a page was lost.

    One wrong figure makes one sum too large and the next too small; it never makes a total and one of its parts lack both.
    """
    columns: dict[tuple[int, int], list[tuple[Outcome, int, bool]]] = defaultdict(list)
    for outcome in outcomes:
        tie = outcome.tie
        if outcome.verdict is Verdict.DISAGREE and tie is not None and tie.relation == "=" and len(tie.left) == 1:
            places = {(term.ref.table.index, term.ref.column.index) for term in tie.terms}
            whole = tie.left[0].ref.row
            if (
                len(places) == 1
                and (whole.code or whole.key == "合计")
                and all(term.ref.row.code for term in tie.right)
            ):
                lacks = side_value(tie.left, None) > side_value(tie.right, None)
                columns[places.pop()].append((outcome, len(whole.code), lacks))
    lost = {
        table
        for (table, _), found in columns.items()
        if all(lacks for _, _, lacks in found) and len({level for _, level, _ in found}) > 1
    }
    return {
        id(outcome) for (table, _), found in columns.items() for outcome, _, lacks in found if table in lost and lacks
    }


def _over(outcome: Outcome, odd: Mapping[int, frozenset[int]]) -> bool:
    """Whether an odd row stands where it may belong to a sum: above its last row, or just below it."""
    lines: dict[int, set[int]] = defaultdict(set)
    for term in outcome.tie.terms if outcome.tie is not None else ():
        lines[term.ref.table.index].add(term.ref.cell.span.line)
    return any(
        len(found) > 1 and any(line <= max(found) + 1 for line in odd.get(index, ())) for index, found in lines.items()
    )


def odd_tables(tables: Sequence[Table], outcomes: Iterable[Outcome], causes: Iterable[Cause]) -> list[Table]:
    """The tables in which too many comparisons fail that have nothing to do with each other.

    Only tables with another sign of it: no title that tells what they are, or odd rows.
    """
    apart: dict[int, int] = defaultdict(int)
    for cause in causes:
        within = {index for outcome in cause.outcomes if (index := _within(outcome)) is not None}
        for index in within:
            apart[index] += 1
    found = {index for index, count in apart.items() if count >= MANY}
    found = {table.index for table in tables if table.index in found and (not table.role or odd_rows(table))}
    if not found:
        return []
    failing: dict[int, int] = defaultdict(int)
    judged: dict[int, int] = defaultdict(int)
    for outcome in outcomes:
        at = _within(outcome)
        if at is not None and at in found and outcome.verdict in (Verdict.AGREE, Verdict.TAIL, Verdict.DISAGREE):
            judged[at] += 1
            failing[at] += outcome.verdict is Verdict.DISAGREE
    return [table for table in tables if table.index in found and failing[table.index] * SHARE >= judged[table.index]]


def without_odd_tables(tables: Iterable[Table], outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The outcomes with contradictions over amounts in these tables made 无法判断."""
    lines = frozenset(line for table in tables for line in range(table.span.line, table.span.last_line + 1))
    return _doubted(outcomes, lambda outcome: bool(lines & {*_lines(outcome)}), ODD_TABLE)


def problems_of(tables: Iterable[Table]) -> list[Problem]:
    """What to say about tables that were doubted as a whole."""
    return [
        Problem(
            f"{table.name}有 {MANY} 处以上互不相关的金额不符，疑似转换时错栏、错行或缺行，按无法判断处理，请对照原件",
            table.span.line,
        )
        for table in tables
    ]


def _within(outcome: Outcome) -> int | None:
    """The one table within which an outcome compares amounts of at least two rows or columns."""
    if outcome.tie is None:
        return None
    tables = {term.ref.table.index for term in outcome.tie.terms}
    return tables.pop() if len(tables) == 1 else None


def _doubted(outcomes: Sequence[Outcome], doubtful: Callable[[Outcome], bool], why: str) -> list[Outcome]:
    return [
        replace(outcome, verdict=Verdict.UNCLEAR, detail=why, caveat="")
        if outcome.verdict is Verdict.DISAGREE
        and not outcome.covers  # slipped rows explain themselves
        and not outcome.rule.startswith("P")  # forms have rows of all widths
        and doubtful(outcome)
        else outcome
        for outcome in outcomes
    ]


def _lines(outcome: Outcome) -> list[int]:
    """The lines in which the amounts of an outcome stand, as far as they are in tables."""
    if outcome.tie is not None:
        return [term.ref.cell.span.line for term in outcome.tie.terms]
    told = ("table", "context") if outcome.rule.startswith("T") else ("table",)
    return [evidence.line for evidence in outcome.evidence if evidence.role in told and evidence.line is not None]
