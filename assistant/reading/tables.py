"""Raw grids to tables as understood: continuation over pages, role, sides, rows, units, damaged figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.document import Cell, CellState, Kind, Problem, Row, Side, Span, Table
from assistant.quantities import Unit
from assistant.reading.continuation import Joined, Page, continued, extended, same_title
from assistant.reading.grid import Block
from assistant.reading.header import Header, Holds, take_apart
from assistant.reading.mending import mended
from assistant.reading.preamble import Preamble, lead_rows, read_notes, read_preamble, strip_title
from assistant.reading.roles import clues, identify
from assistant.reading.sides import build_sides
from assistant.text import squeeze

_FORM = re.compile(r"指标|权重|得分|分值|目标值|自评|绩效")
_MONEY_TABLE = re.compile(r"决算|预算|收入|支出|拨款|经费|采购")


UNFINISHED = "后面有一段没有标题的表格，可能是本表的续页，未能接上"
STRAY = "此处没有标题的表格可能是上一张表的续页，未能接上"
NAMELESS = "有金额所在的栏没有表头，不能确定属于哪一栏"

MOST_COLUMNS = 120
PAGES = 16
"""So many parts show what a table's columns hold; looking at all again with every further part takes ever longer."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """One block with its heading; continued tables are joined from several."""

    block: Block
    preamble: Preamble
    header: Header
    doubt: str = ""


def read_tables(lines: Sequence[str], found: Sequence[Block], kind: Kind) -> tuple[list[Table], list[Problem]]:
    """Understand all tables of a file, in order, and say what could not be understood."""
    problems: list[Problem] = []
    tables: list[Table] = []
    narrow = [block for block in found if max(len(row) for row in block.rows) <= MOST_COLUMNS]
    problems += [
        Problem(f"此处表格超过 {MOST_COLUMNS} 列，不像公开表，未作核对；请检查转换结果", block.first)
        for block in found
        if block not in narrow
    ]
    pieces = list(_join_continued(lines, _pieces(lines, [mended(block) for block in narrow])))
    for i, piece in enumerate(pieces):
        until = pieces[i + 1].block.first if i + 1 < len(pieces) else len(lines) + 1
        table, troubles = _understand(lines, piece, len(tables), until, kind)
        tables.append(table)
        problems += troubles
    return _settle_decimals(_settle_units(tables, problems)), problems


def _pieces(lines: Sequence[str], found: Sequence[Block]) -> Iterator[_Piece]:
    after = 0
    for block in found:
        count = lead_rows(block)
        preamble = read_preamble(lines, block, block.rows[:count], after)
        after = block.last
        rows = block.rows[count:]
        if rows:
            yield _Piece(replace(block, rows=rows), preamble, take_apart(rows))


def _join_continued(lines: Sequence[str], pieces: Iterator[_Piece]) -> Iterator[_Piece]:
    """Join the parts of a table that runs over pages; what may be one and could not be joined makes both doubtful."""
    page = Page(lines)
    held: _Piece | None = None
    joined = 0
    for piece in pieces:
        found = _following(page, held, piece) if held is not None else ""
        if held is not None and isinstance(found, Joined):
            joined += 1
            header = extended(held.header, found.rows, anew=joined < PAGES)
            block = Block(held.block.first, piece.block.last, (*header.rows, *header.body))
            held = replace(held, block=block, header=header)
            continue
        why = found if isinstance(found, str) else ""
        if held is not None:
            yield replace(held, doubt=why or held.doubt)
        held, joined = replace(piece, doubt=STRAY if why else ""), 0
    if held is not None:
        yield held


def _following(page: Page, first: _Piece, second: _Piece) -> Joined | str:
    """The rows of a piece that goes on the table above it; why that table is in doubt; or nothing where it is another table."""
    title, mark = second.preamble.title, second.preamble.mark
    own = bool(title) and not same_title(title, first.preamble.title)
    if (own and not page.heads(page.at(second.preamble.line))) or (mark and mark != first.preamble.mark):
        return ""
    if page.parted(first.block.last, second.block.first, first.preamble.title):
        return ""
    if not first.header.body or not (second.header.body or second.header.rows) or _begins_anew(first, second):
        return ""
    joined = continued(first.header, second.header)
    if joined is not None:
        return joined
    amounts = Holds.AMOUNT in first.header.holds and not _is_form(first.header)
    bare = not own and not second.header.rows and any(c.figure for row in second.header.body for c in row)
    return UNFINISHED if amounts and bare else ""


def _begins_anew(first: _Piece, second: _Piece) -> bool:
    """Whether both begin with the total: then the second is another table, or the same one once more."""
    bodies = (first.header.body, second.header.body)
    return all(body and any(squeeze(cell.text) == "合计" for cell in body[0]) for body in bodies)


def _understand(lines: Sequence[str], piece: _Piece, index: int, until: int, kind: Kind) -> tuple[Table, list[Problem]]:
    preamble, header, block = piece.preamble, piece.header, piece.block
    problems: list[Problem] = []
    spec = identify(clues(preamble.title, preamble.mark, header), kind)
    sides, complaint = build_sides(header, spec) if spec else ((), "")
    if (spec is None or complaint) and not _is_form(header):
        spec = None
        sides, _ = build_sides(header, None)
    if complaint:
        problems.append(
            Problem(f"《{preamble.title}》的版式未能识别（{complaint}），只核对其科目汇总关系", block.first)
        )
    elif spec is None and preamble.unit is not None and _MONEY_TABLE.search(preamble.title) and sides:
        problems.append(Problem(f"《{preamble.title}》不是已知的公开表，只核对其科目汇总关系", block.first))
    elif spec is None and not preamble.title and sides and usual_decimals(sides):
        problems.append(Problem("此处表格没有可辨认的标题，未作核对；请对照原文确认", block.first))
    decimals = usual_decimals(sides)
    table = Table(
        index=index,
        role=spec.role if spec and sides else "",
        title=strip_title(preamble.title),
        span=Span(block.first, 0, len(lines[block.last - 1]), block.last),
        unit=preamble.unit,
        sides=tuple(_mark_cut(side, decimals) for side in sides),
        notes=read_notes(lines, block.last, until),
        header=header.rows,
        body=header.body,
        mark=preamble.mark,
        decimals=decimals,
        title_span=preamble.span,
        doubt=piece.doubt or (NAMELESS if spec is not None and _nameless(sides) else ""),
    )
    if table.doubt:
        problems.append(
            Problem(f"{table.name}：{table.doubt}；与本表有关的不符按无法判断处理，请对照原件", block.first)
        )
    return table, problems


def _nameless(sides: Sequence[Side]) -> bool:
    """Whether figures stand in a column that no heading names, beside others that are named."""
    return any(
        not column.label and column.number is None and not column.key and row.cells[i].figure is not None
        for side in sides
        if len(side.columns) > 1
        for i, column in enumerate(side.columns)
        for row in side.rows
    )


def _is_form(header: Header) -> bool:
    """A performance form or a list of words: hardly any amounts, nothing to tie."""
    words = header.words + "".join(cell.text for row in header.body[:4] for cell in row)
    if _FORM.search(words):
        return True
    figures = sum(1 for row in header.body for cell in row if cell.figure is not None)
    texts = sum(1 for row in header.body for cell in row if cell.state is CellState.TEXT)
    return figures < 3 or Holds.AMOUNT not in header.holds or texts > 3 * figures


def usual_decimals(sides: Sequence[Side]) -> int:
    """The decimals that the table shows: the most that at least a tenth of its figures (and two of them) have."""
    counts: Counter[int] = Counter()
    for side in sides:
        for row in side.rows:
            counts.update(cell.figure.decimals for cell in row.cells if cell.figure is not None and cell.figure.value)
    total = sum(counts.values())
    common = [decimals for decimals, count in counts.items() if count * 10 >= total and (count > 1 or total < 4)]
    return max(common, default=0)


def _mark_cut(side: Side, decimals: int) -> Side:
    def marked(cell: Cell) -> Cell:
        figure = cell.figure
        # 0 may be all that somebody wrote; 0.0 among figures of two decimals is what is left of 0.08.
        cut = figure is not None and figure.decimals < decimals and (figure.value != 0 or figure.decimals > 0)
        return replace(cell, cut=True) if cut else cell

    rows = tuple(replace(row, cells=tuple(marked(cell) for cell in row.cells)) for row in side.rows)
    return replace(side, rows=rows)


def uncut(table: Table) -> Table:
    """The table of a file whose figures come whole: none of them has lost a digit."""

    def row_of(row: Row) -> Row:
        return replace(row, cells=tuple(replace(cell, cut=False) if cell.cut else cell for cell in row.cells))

    return replace(
        table, sides=tuple(replace(side, rows=tuple(row_of(row) for row in side.rows)) for side in table.sides)
    )


def _settle_units(tables: Sequence[Table], problems: list[Problem]) -> list[Table]:
    """A known table without a printed unit takes the one unit that all others print; else it keeps none."""
    printed: set[Unit] = {table.unit for table in tables if table.unit is not None and table.role}
    settled: list[Table] = []
    for table in tables:
        if table.unit is None and table.role and len(printed) == 1:
            table = replace(table, unit=next(iter(printed)), unit_assumed=True)
        elif table.unit is None and table.role and _figures(table.sides):
            problems.append(Problem(f"{table.name}没有标明金额单位，只作表内核对", table.span.line))
        settled.append(table)
    return settled


def _settle_decimals(tables: Sequence[Table]) -> list[Table]:
    """A known table that shows fewer decimals than most tables in its unit may have lost its last digits throughout."""
    usual: dict[Unit | None, Counter[int]] = {}
    for table in tables:
        if table.role:
            figures = sum(1 for side in table.sides for row in side.rows for cell in row.cells if cell.figure)
            usual.setdefault(table.unit, Counter())[table.decimals] += figures
    settled = []
    for table in tables:
        decimals = usual[table.unit].most_common(1)[0][0] if table.role else 0
        if table.decimals < decimals:
            table = replace(table, sides=tuple(_mark_cut(side, decimals) for side in table.sides))
        settled.append(table)
    return settled


def _figures(sides: Sequence[Side]) -> bool:
    return any(cell.figure for side in sides for row in side.rows for cell in row.cells)
