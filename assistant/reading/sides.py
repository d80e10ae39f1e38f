"""The body of a grid to lists of rows: one list, two sides, several column groups, or a single row of amounts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from assistant.document import Cell, CellState, Column, Row, Side, Span
from assistant.reading.codes import read_code
from assistant.reading.columns import SURE, key_columns, likeness, set_aside
from assistant.reading.grid import RawRow
from assistant.reading.header import Header, Heading, Holds
from assistant.reading.sections import numbering
from assistant.terms import RoleSpec, RowSpec, SideSpec, Subjects, economic, functional, same_words, total_names
from assistant.text import squeeze

_ENUMERATION = re.compile(
    r"^(?:其中[:：]?|[（(]?[一二三四五六七八九十廿]{1,4}[)）、.．]|[（(]?\d{1,2}[)）、.．](?!\d))+"
)
_PART_OF = re.compile(r"^其中")
_ECONOMIC = re.compile(r"([35])\d{2}")
_TOTAL = re.compile(r"(?!基本|项目|人员|公用|经营)[一-鿿]{0,4}(?:合计|总计)")
"""What the total of a list of subjects may be called."""

_COUNTED = re.compile(r"[（(](?:个|人|人次|辆|台|批|批次|次)[)）]")
"""A row that counts things, and shows no money."""

_LEADING = ";:；：，,.。—－-_·•* "
"""Stray marks that conversion leaves before a label."""
_TRAILING = re.compile(r"[^一-鿿）)]+$")


@dataclass(slots=True)
class _Group:
    """Columns that belong together: codes, labels, 行次, amounts."""

    codes: list[int] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    ordinals: list[int] = field(default_factory=list)
    amounts: list[int] = field(default_factory=list)


def build_sides(header: Header, spec: RoleSpec | None) -> tuple[tuple[Side, ...], str]:
    """The lists of rows of a grid and, where the layout could not be understood, why."""
    layout = spec.layout if spec else "subjects"
    groups = [group for group in _groups(header, layout) if group.amounts]
    if spec is None:
        side = SideSpec(columns=())
        return (_side(header, groups[0], side),) if groups else (), ""
    if not groups:
        return (), "没有找到金额栏"
    if layout == "sides":
        if len(groups) < 2:
            stacked = _stacked(header, groups[0], spec.sides)
            return stacked, "" if stacked else "没有分出收入、支出两侧"
        beyond = [None, *groups[2:], None]  # 支出 by 用途 beside that by 功能分类; nothing is drawn together with 收入
        return tuple(
            _side(header, group, side, more) for group, side, more in zip(groups, spec.sides, beyond, strict=False)
        ), ""
    if layout == "grouped":
        return (_grouped(header, groups, spec.sides[0]),), ""
    if layout == "flat" and groups[0].labels:
        turned = _turned_if_listed(header, groups[0], spec.sides[0])
        if turned is not None:
            return (turned,), ""
    return (_side(header, groups[0], spec.sides[0]),), ""


def _stacked(header: Header, group: _Group, specs: Sequence[SideSpec]) -> tuple[Side, ...]:
    """收入 and 支出 one under the other in one list; none where the list does not show where one ends and the other begins."""
    first, second = specs[0], specs[1]
    rows = header.body
    named = [bare_label(_text(row, group.labels)) for row in rows]
    ends = [i for i, name in enumerate(named) if name == f"{first.name}总计"]
    if not ends:
        ends = [i for i, name in enumerate(named) if name == f"{second.name}总计"]
        ends = [i - 1 for i, name in enumerate(named) if ends and _row_key(name, second.rows)][:1]
    if len(ends) != 1 or not 0 < ends[0] + 1 < len(rows):
        return ()
    end = ends[0] + 1
    return (
        _side(replace(header, body=rows[:end]), group, first),
        _side(replace(header, body=rows[end:]), group, second),
    )


def _groups(header: Header, layout: str) -> Iterator[_Group]:
    group = _Group()
    for j, holds in enumerate(header.holds):
        if holds is Holds.NOTHING:
            continue
        if holds in (Holds.CODE, Holds.TEXT) and group.amounts:
            if layout in ("flat", "list"):
                continue
            yield group
            group = _Group()
        target = {Holds.CODE: group.codes, Holds.TEXT: group.labels, Holds.ORDINAL: group.ordinals}
        target.get(holds, group.amounts).append(j)
    yield group


def _cell(row: RawRow, j: int) -> Cell:
    if j < len(row):
        return row[j]
    last = row[-1].span
    return Cell("", Span(last.line, last.end, last.end), CellState.BLANK)


def _text(row: RawRow, columns: Sequence[int]) -> str:
    return "".join(squeeze(row[j].text) for j in columns if j < len(row) and row[j].state is CellState.TEXT)


def _side(header: Header, group: _Group, spec: SideSpec, beyond: _Group | None = None) -> Side:
    """One list of rows; ``beyond`` is a further list beside it (支出按用途) over which the totals' cells may be drawn together."""
    columns = key_columns(group.amounts, _headings(header, group, spec), spec.columns)
    subjects = _subjects(header, spec)
    rows: list[Row] = []
    previous = ""
    for raw in header.body:
        row = _row(raw, group, spec, subjects, previous)
        if row is not None and rows and subjects is not None and _goes_on(rows[-1], row, subjects):
            rows[-1] = replace(rows[-1], label=rows[-1].label + row.label)
        elif row is not None:
            row = replace(row, part_of=True) if rows and _another_part(rows, row) else row
            rows.append(row if beyond is None else _drawn_together(row, raw, beyond))
            previous = row.code or previous
    return Side(spec.name, columns, tuple(rows))


def _headings(header: Header, group: _Group, spec: SideSpec) -> Sequence[Heading]:
    """The headings, with the word for what the amounts are over those of a table that does not say it."""
    measure = spec.measure_of(word for j in group.amounts for word in header.headings[j].path)
    if not measure:
        return header.headings
    return [replace(heading, path=(*measure, *heading.path)) if heading.own else heading for heading in header.headings]


def _goes_on(row: Row, more: Row, subjects: Subjects) -> bool:
    """Whether a line of nothing but words is the end of the name above it, which a narrow column broke in two."""
    if not row.code or more.key or not more.label or any(cell.state is not CellState.BLANK for cell in more.cells):
        return False
    names = subjects.names.get(row.code, ())
    return (more.code_derived or not more.code) and row.label not in names and row.label + more.label in names


def _another_part(rows: Sequence[Row], row: Row) -> bool:
    """Whether a row goes on what 其中 begins above it: in a numbered list it has no number of its own."""
    if not rows[-1].part_of or row.part_of or row.key or row.code or not row.label or numbering(row.label)[0]:
        return False
    whole = next((above for above in reversed(rows) if not above.part_of), None)
    return whole is not None and numbering(whole.label)[0] > 0


def _drawn_together(row: Row, raw: RawRow, beyond: _Group) -> Row:
    """A total whose label reaches over the list beside its own has its amount at the end of that one."""
    cells = tuple(_cell(raw, j) for j in beyond.amounts)
    empty = all(cell.state is CellState.BLANK for cell in row.cells) and not _text(raw, beyond.labels)
    if row.key and empty and len(cells) == len(row.cells) and any(cell.figure is not None for cell in cells):
        return replace(row, cells=cells)
    return row


def _subjects(header: Header, spec: SideSpec) -> Subjects | None:
    if spec.subjects == "economic":
        return economic()
    return functional() if spec.subjects == "functional" or Holds.CODE in header.holds else None


def _row(raw: RawRow, group: _Group, spec: SideSpec, subjects: Subjects | None, previous: str) -> Row | None:
    shown = [raw[j] for j in group.codes if j < len(raw) and raw[j].state in (CellState.NUMBER, CellState.TEXT)]
    pieces = [squeeze(cell.text) for cell in shown]
    label = _text(raw, group.labels)
    cells = tuple(_cell(raw, j) for j in group.amounts)
    ordinal = _ordinal(raw, group.ordinals)
    filled = any(cell.state is not CellState.BLANK for cell in cells)
    if not label and not any(pieces) and not filled:
        return None
    coded = read_code(pieces, label, previous, subjects if group.codes or spec.subjects == "economic" else None)
    code, derived, label = coded.code, coded.derived, coded.label
    bare = bare_label(label)
    key = _row_key(bare, spec.rows)
    if not key and (bare in total_names() or (group.codes and not code and _TOTAL.fullmatch(bare))):
        key = "合计"
    if not code and not key and spec.subjects == "functional" and not group.codes:
        code = functional().class_code(bare)
        derived = bool(code)
    if code and key == "合计":
        key = ""
    span = Span(raw[0].span.line, raw[0].span.start, raw[-1].span.end)
    return Row(label, cells, span, code, derived, ordinal, key, _PART_OF.match(label) is not None)


def bare_label(label: str) -> str:
    """A row label without numbering, 其中 and trailing marks, for comparing."""
    label = _ENUMERATION.sub("", label.lstrip(_LEADING))
    return _TRAILING.sub("", label).replace("（", "(").replace("）", ")")


def _ordinal(raw: RawRow, columns: Sequence[int]) -> int | None:
    for j in columns:
        if j < len(raw) and (figure := raw[j].figure) is not None and not figure.decimals and 0 < figure.value < 1000:
            return int(figure.value)
    return None


def _row_key(label: str, specs: Sequence[RowSpec]) -> str:
    """The canonical name of a row: word for word, else the one clearly most similar name."""
    plain = re.sub(r"[（()）]", "", label)
    best: list[tuple[int, str]] = []
    for spec in specs:
        names = (spec.key, *spec.names)
        if plain in names or label in names:
            return spec.key
        if len(plain) >= 5:
            best.append((max(round(fuzz.ratio(plain, name)) for name in names), spec.key))
    best.sort(reverse=True)
    if best and best[0][0] >= 88 and (len(best) == 1 or best[0][0] - best[1][0] >= 8):
        return best[0][1]
    return ""


def _grouped(header: Header, groups: Sequence[_Group], spec: SideSpec) -> Side:
    """公开06 and its like: several column groups of one list, read group after group; totals in a scattered last row."""
    groups = _of_one_list(header, groups)
    columns = key_columns(groups[0].amounts, header.headings, spec.columns)
    rows: list[Row] = []
    for n, group in enumerate(groups):
        previous = ""
        for raw in header.body:
            row = _row(raw, group, spec, economic(), previous)
            if row is None or not (row.code or row.key) or len(row.cells) != len(columns):
                continue
            rows.append(row)
            previous = row.code or previous
        if n == 0 and len(groups) > 1:
            beyond = max(group.amounts)
            rows += [
                row for raw in header.body if (row := _scattered_total(raw, beyond, spec, len(columns))) is not None
            ]
    kept = {row.key for row in rows if row.key}
    unique = [
        row
        for i, row in enumerate(rows)
        if not row.key or row.key not in {r.key for r in rows[:i]} or row.key not in kept
    ]
    return Side(spec.name, columns, tuple(unique))


def _of_one_list(header: Header, groups: Sequence[_Group]) -> list[_Group]:
    """The groups without those that tell the same amounts again by 政府预算经济分类 (501, 502 …) beside 301, 302 …."""

    def digits(group: _Group) -> Counter[str]:
        texts = (squeeze(raw[j].text) for raw in header.body for j in (*group.codes, *group.labels) if j < len(raw))
        return Counter(match[1] for text in texts if (match := _ECONOMIC.match(text)))

    counts = [digits(group) for group in groups]
    if not any(count["3"] for count in counts):
        return list(groups)
    return [group for group, count in zip(groups, counts, strict=True) if count["5"] <= count["3"]]


def _scattered_total(raw: RawRow, beyond: int, spec: SideSpec, width: int) -> Row | None:
    rest = raw[beyond + 1 :]
    words = "".join(squeeze(cell.text) for cell in rest if cell.state is CellState.TEXT)
    figures = [cell for cell in rest if cell.figure is not None]
    if len(words) < 4 or len(words) > 12 or len(figures) != 1 or width != 1 or any(char.isdigit() for char in words):
        return None
    scores = sorted(((round(fuzz.ratio(words, row.key)), row.key) for row in spec.rows), reverse=True)
    if not scores or scores[0][0] < 65 or (len(scores) > 1 and scores[0][0] - scores[1][0] < 15):
        return None
    span = Span(raw[0].span.line, rest[0].span.start, rest[-1].span.end)
    return Row(scores[0][1], (figures[0],), span, key=scores[0][1])


def _turned_if_listed(header: Header, group: _Group, spec: SideSpec) -> Side | None:
    """The table turned into its single row where it is a list of items, or has a row for 预算数 and one for 决算数."""
    measured = any(_is_measure(_text(raw, group.labels)) for raw in header.body)
    if len(header.body) < 3 and not measured:
        return None
    across = key_columns(group.amounts, _headings(header, group, spec), spec.columns)
    return _turned(header, group, spec) if measured or sum(1 for column in across if column.key) < 4 else None


def _is_measure(label: str) -> bool:
    """Whether a row's label says what its amounts are: the items stand over the columns."""
    return same_words().get(label, label) in ("预算数", "决算数")


def _turned(header: Header, group: _Group, spec: SideSpec) -> Side | None:
    """A flat table printed as a list (items down, 预算数 / 决算数 across), turned into its usual single row."""
    columns: list[Column] = []
    cells: list[Cell] = []
    aside = set_aside(group.amounts, header.headings)
    within = 0  # how deep the last known item stands: what stands deeper is a part of it
    for raw in header.body:
        label = _text(raw, group.labels)
        item = re.sub(r"[（()）“”\"'‘’]", "", bare_label(label))
        item = "合计" if item in total_names() else item
        if not item:
            continue
        level = numbering(label)[0]
        for j in group.amounts:
            heading = header.headings[j]
            fit, key = likeness((*heading.path, *spec.measure_of((*heading.path, item)), item), spec.columns)[0]
            sure = fit.alike >= SURE and key not in {c.key for c in columns}
            if _COUNTED.search(label) or j in aside:
                sure, key = True, f"{heading.label}/{item}"
            elif sure:
                within = level
            elif level > within > 0 or _PART_OF.match(label):
                item = f"其中:{item}"
            columns.append(Column(j, f"{heading.label}/{item}", key if sure else ""))
            cells.append(_cell(raw, j))
    if sum(1 for column in columns if "/" not in column.key and column.key) < 3:
        return None
    first, last = header.body[0][0].span, header.body[-1][-1].span
    span = Span(first.line, 0, last.end, last.line)
    return Side(spec.name, tuple(columns), (Row("", tuple(cells), span),))
