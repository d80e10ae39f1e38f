"""Forms: 自评表 and 绩效目标申报表 as grids, read by their header words, whatever their order and however cells slipped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.document import Cell, Document, Paragraph, Segment, Span, Table
from assistant.indicators.columns import indicator_columns, money_columns, money_word
from assistant.indicators.model import Form, Group, Money, Part, Points
from assistant.indicators.money import money_rows
from assistant.indicators.rows import Reader, Row, heads
from assistant.indicators.stated import money_in
from assistant.indicators.stream import Unit
from assistant.indicators.words import plain_text, read_points, weight_in
from assistant.text import squeeze

LONG = 20
"""Characters of a cell that is a text."""

NEAR = 14
"""How many lines may lie between the parts of a form that runs over a page."""

TITLE = re.compile(r"自评表|申报表|绩效目标(?:批复)?表|绩效(?:自评|评价|监控)[^,，。]{0,6}表")
_TITLE_NAME = re.compile(
    r"^(?:附[件表]?[\d\-.—:：]*)?(?:20\d\d年?度?)?(?P<name>.*?)(?:支出)?(?:绩效)?(?:目标)?(?:自评|申报|批复|评价)?表"
)
_RULE = re.compile(
    r"正向指标|反向指标|得分\s*=|权重\s*[*×xX]|不得突破|计分|得分计算|指标分值|执行率\s*[*×xX]|[*×xX]\s*执行率|满分\s*[*×]"
)
_BEGINS = re.compile(r"(?:评价)?项目(?:支出)?名称|(?:预算)?(?:单位|部门)名称|年度资金总额")
_ALL = re.compile(r"(?:年度)?绩效(?:指标|目标)[(（]\d+分[)）]")
_YEAR = re.compile(r"(20\d\d)")
_OWN_YEAR = re.compile(r"(?:^|(?<=表))[(（]?(20\d\d)年度?[)）]?$")
_TOTAL = re.compile(r"(?:自评|综合|评价)(?:总分|总?得分)(?:[(（]分[)）])?[:：]?")
_CODE = re.compile(r"^[0-9A-Z]{8,}[-—_]+")
"""The number of a project in the budget's register, before its name."""


def read_forms(document: Document, stream: Sequence[Unit]) -> tuple[Form, ...]:
    """All forms of a document, in its order."""
    forms: list[Form] = []
    plain = [table for table in document.tables if not table.role]
    at = 0
    while at < len(plain):
        group = [plain[at]]
        title = _title(plain[at], stream)
        at += 1
        if not _is_form(group[0], title):
            continue
        while at < len(plain) and _continues(group[-1], plain[at]):
            group.append(plain[at])
            at += 1
        for piece in _pieces(group, title):
            form = _form(document, group, piece, stream)
            if form is not None:
                forms.append(_numbered(form, len(forms)))
    return tuple(forms)


@dataclass(frozen=True, slots=True)
class _Piece:
    """The rows of one form: several may stand in one table."""

    title: str
    rows: list[Row]
    above: tuple[Cell, ...] | None = None
    """The header of money of the form before it in the same table: a row that comes again may have been left out."""


def _pieces(group: Sequence[Table], title: str) -> Iterator[_Piece]:
    """One form after the other: a new one begins with its title or the name of its project, once indicators were told."""
    rows = [
        Row(table.index, number - len(table.header), cells)
        for table in group
        for number, cells in enumerate((*table.header, *table.body))
    ]
    begin, headed, above = 0, False, None
    for at, row in enumerate(rows):
        headed = headed or heads(row.cells)
        if not headed or at == begin:
            continue
        named = at if _BEGINS.match(_lead(row.cells)) else None
        if named is None and _own_title(row.cells):
            named = next(
                (i for i in range(at + 1, min(at + 4, len(rows))) if _BEGINS.match(_lead(rows[i].cells))), None
            )
        if named is not None:
            yield _Piece(_own_title(rows[begin].cells) or title, rows[begin:at], above)
            above = next((r.cells for r in rows[begin:at] if money_columns(r.cells)), above)
            begin, headed = at, False
    yield _Piece((_own_title(rows[begin].cells) if begin else "") or title, rows[begin:], above)


def _lead(cells: Sequence[Cell]) -> str:
    return next((plain for cell in cells if (plain := squeeze(cell.text))), "")


def _own_title(cells: Sequence[Cell]) -> str:
    """The title of a form that stands in a row of its own; empty for any other row."""
    filled = list(dict.fromkeys(plain for cell in cells if (plain := squeeze(cell.text))))
    return filled[0] if len(filled) == 1 and len(filled[0]) < 70 and TITLE.search(filled[0]) else ""


def _numbered(form: Form, number: int) -> Form:
    return replace(form, indicators=tuple(replace(indicator, group=number) for indicator in form.indicators))


def _title(table: Table, stream: Sequence[Unit]) -> str:
    if TITLE.search(squeeze(table.title)):
        return squeeze(table.title)
    before = [u for u in stream if table.span.line - 10 <= u.line < table.span.line]
    for unit in reversed(before):
        text = unit.title or squeeze(unit.paragraph.text)
        if TITLE.search(text) and len(text) < 70 and not text.startswith(("附件：《", "《")):
            return text
    lead = squeeze("".join(cell.text for row in (*table.header, *table.body)[:2] for cell in row))
    return lead[:60] if TITLE.search(lead[:60]) else squeeze(table.title)


def _is_form(table: Table, title: str) -> bool:
    grid = (*table.header, *table.body)
    if TITLE.search(title) and len(grid) > 2:
        return True
    columns = indicator_columns(grid)
    return columns is not None and (columns.get("target") is not None or columns.get("score") is not None)


def _continues(before: Table, table: Table) -> bool:
    """The next page of a form: no title, near, and not a form that begins anew."""
    if table.title or table.span.line - before.span.last_line > NEAR:
        return False
    if abs(table.columns - before.columns) > 4 and indicator_columns((*table.header, *table.body)) is None:
        return False
    lead = "".join(squeeze(cell.text) for row in (*table.header, *table.body)[:2] for cell in row)
    return not re.search(r"项目名称|评价项目|单位名称|部门名称", lead)


def _form(document: Document, group: Sequence[Table], piece: _Piece, stream: Sequence[Unit]) -> Form | None:
    title, rows = piece.title, piece.rows
    dated = _dated(rows, group[0], stream)
    told = _YEAR.search(title) or (_YEAR.search(dated.text) if dated else None)
    year = int(told[1]) if told else document.year
    reader = Reader(rows, year)
    reader.read()
    grid = [row.cells for row in rows]
    lent = [piece.above] if piece.above and not any(money_columns(cells) for cells in grid) else []
    money, groups = money_rows([*lent, *grid], money_columns, money_word, group[0].unit)
    indicators = reader.finished()
    if not indicators and not money:
        return None
    last = group[-1].span
    first = group[0].span
    span = Span(first.line, first.start, last.end, last.last_line, first.page, first.box)
    whole = "整体" in title
    named = reader.project or _named(grid)
    project = "" if whole else _project(named.text if named else "") or title_project(title)
    return Form(
        project, title, year, rows[0].table, span,
        indicators=tuple(replace(i, project=project) for i in indicators),
        money=money, groups=(*groups, *reader.groups, *_over_all(grid)), total=reader.total or _headed_total(grid),
        rules=tuple(_rules(grid, group, stream)), reason=reader.reason, named=named, whole=whole,
        heads=reader.heads, dated=dated, told=tuple(_told_money(grid)),
    )  # fmt: skip


def _headed_total(grid: Sequence[Sequence[Cell]]) -> Points | None:
    """The total that stands beside its label in the head of a form (自评总分（分） | 97.6)."""
    for cells in grid[:8]:
        for label, value in pairwise(cell for cell in cells if squeeze(cell.text)):
            if _TOTAL.fullmatch(squeeze(label.text)):
                return read_points(value.text, value.span)
    return None


def _dated(rows: Sequence[Row], table: Table, stream: Sequence[Unit]) -> Part | None:
    """The year that a form prints on a line or in a cell of its own, or behind its title: 自评表（2023年度）."""
    for row in rows[:3]:
        for cell in row.cells:
            if _OWN_YEAR.fullmatch(squeeze(cell.text)):
                return Part(cell.text, cell.span)
    for unit in stream:
        if rows[0].table == table.index and table.span.line - 4 <= unit.line < table.span.line:
            text = unit.paragraph.text
            if (match := _OWN_YEAR.search(plain_text(text))) and len(text) < 40:
                return Part(text[slice(*match.span())], unit.paragraph.span(*match.span()))
    match = _OWN_YEAR.search(squeeze(table.title)) if rows[0].table == table.index else None
    return Part(match[0], table.title_span or rows[0].cells[0].span) if match else None


def _told_money(grid: Sequence[Sequence[Cell]]) -> Iterator[Money]:
    """Budget and spending that a text in a cell tells together (本项目预算…万元，执行…万元)."""
    for cells in grid:
        for cell in cells:
            if len(cell.text) > LONG and "元" in cell.text:
                money = money_in(Paragraph(cell.text, (Segment(0, len(cell.text), cell.span.line, cell.span.start),)))
                if money is not None:
                    yield _at_cell(money, cell.span) if cell.span.page is not None else money


def _at_cell(money: Money, span: Span) -> Money:
    """The same money with the whole cell as its place: in a PDF a cell's lines have no offsets of their own."""
    amounts = {name: getattr(money, name) for name in ("initial", "budget", "executed", "rate")}
    return replace(money, **{name: replace(part, span=span) for name, part in amounts.items() if part is not None})


def _over_all(grid: Sequence[Sequence[Cell]]) -> Iterator[Group]:
    """The weight printed for all indicators beside their header (绩效指标（90分）)."""
    for cells in grid:
        for cell in cells[:1]:
            if _ALL.fullmatch(squeeze(cell.text)) and (weight := weight_in(cell.text, cell.span)) is not None:
                yield Group("", "", weight)


def _named(grid: Sequence[Sequence[Cell]]) -> Part | None:
    """The cell right of 项目名称, which may be torn (项目 | 名称, 项目名 | 名称)."""
    for cells in grid[:8]:
        filled = [cell for cell in cells if squeeze(cell.text)]
        lead = ""
        for position, cell in enumerate(filled[:3]):
            lead += squeeze(cell.text)
            if re.fullmatch(r"项目(?:支出)?名?(?:称|名称)[:：]?", lead) and position + 1 < len(filled):
                value = filled[position + 1]
                if not re.search(r"目标|指标", value.text[:12]):
                    return Part(value.text, value.span)
    return None


def _project(text: str) -> str:
    plain = _CODE.sub("", re.sub(r"[—_\-─]{2,}.*", "", squeeze(text))).strip("《》“”\"'：:.。")
    return plain[:-2] if plain.endswith("项目") and len(plain) > 5 else plain


def title_project(title: str) -> str:
    """The project that the title of a form names (2023年度某某项目自评表); empty where it names none."""
    match = _TITLE_NAME.match(title)
    name = match["name"] if match else ""
    return (
        ""
        if re.fullmatch(r"(?:部门|单位|市级|区级|省级|县级)*(?:项目|整体)?(?:支出)?(?:绩效)?(?:目标)?", name)
        else _project(name)
    )


def _rules(grid: Sequence[Sequence[Cell]], group: Sequence[Table], stream: Sequence[Unit]) -> Iterator[Part]:
    """Where the form says how points are given: in long cells, in notes, or in the paragraphs right under it."""
    for cells in grid:
        for cell in cells:
            if len(cell.text) > 16 and _RULE.search(plain_text(cell.text)):
                yield Part(cell.text, cell.span)
    for note in (note for table in group for note in table.notes):
        if _RULE.search(plain_text(note.text)):
            yield Part(note.text, note.span)
    end = group[-1].span.last_line
    for unit in stream:
        if unit.line <= end:
            continue
        if unit.line - end > 40 or (unit.is_heading and TITLE.search(unit.title)):
            break
        if _RULE.search(plain_text(unit.paragraph.text)) and not unit.is_heading:
            yield Part(unit.paragraph.text, unit.paragraph.span(0, len(unit.paragraph.text)))
