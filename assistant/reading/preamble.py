"""What stands over and under a table: title, 公开NN mark, unit, organisation; notes and formulas."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.document import CellState, Note, Span
from assistant.quantities import UNITS, Unit
from assistant.reading.grid import Block, RawRow
from assistant.terms import table_roles
from assistant.text import chinese, clean, normalise, squeeze

REACH = 10
"""How many lines with text over a table may belong to its heading."""

_MARK = re.compile(r"公开(\d{1,2})")
_UNIT = re.compile(r"(?:金额)?单位[:：]?\s*(?:人民币)?\s*[（(]?(百万元|千元|万元|亿元|元)")
_UNIT_BRACKET = re.compile(r"[（(](百万元|千元|万元|亿元|元)[）)]$")
_BODY = re.compile(r"(?:部门|单位|编制单位|预算单位|部门/单位|单位名称|编制部门|公开部门)(?:名称)?[:：]")
_LEAD = re.compile(
    r"^(?:[#*>\-\s]|附?[表件]\s*[\d一二三四五六七八九十]+(?:[-—.]\d+)*[:：、.\s]*|[（(]?[一二三四五六七八九十]+[)）、.．]\s*|\d{1,2}[、.．]\s*)+"
)
_DATED = re.compile(
    r"[（(]?20\d\d年度?[)）]?|(?:部门)?(?:公开|预算|决算|附)?[表件][\d一二三四五六七八九十]{1,3}(?:[\-—.]\d{1,2})?|(?:部门)?(?:公开|预算|决算)\d{1,2}表"
)
"""The year or the number of a table, in a cell of its own."""

_TITLE_END = re.compile(r"(?:表|预算|决算)(?:[（(][^（）()]{1,12}[)）])*$")
_FORMULA = re.compile(r"\d\s*[行栏]|[行栏][各]?[行栏]?\s*[=＝]|[=＝]\s*[（(]?\s*\d")
_NOTE = re.compile(
    r"^(?:注|备注|说明|附注)\s*[:：\d]|^\W*+\d{0,2}[.、．]?\s*(?:本表|本套报表)|本表(?:为空|无数据)|(?:故|因此)本表"
)


@dataclass(frozen=True, slots=True)
class Preamble:
    """The heading of a table; ``line`` is where the title stands (0 if there is none)."""

    title: str
    line: int
    span: Span | None
    mark: str
    unit: Unit | None


def read_unit(text: str) -> Unit | None:
    """The unit that a heading line states (单位：万元), if any."""
    match = _UNIT.search(normalise(text).replace(" ", "")) or _UNIT_BRACKET.search(squeeze(text))
    return UNITS[match[1]] if match else None


def strip_title(text: str) -> str:
    """A title line without markup, numbering and what conversion ran into it (部门：…, 单位：…)."""
    text = squeeze(text)
    text = _BODY.split(text)[0]
    text = re.sub(r"(?:金额)?单位[:：]?(?:百万元|千元|万元|亿元|元)", "", text)
    text = re.sub(r"公开\d{1,2}表?", "", text)
    return _LEAD.sub("", text).strip("-—:：")


def is_title(text: str) -> bool:
    """Whether a line reads like the title of a table."""
    title = strip_title(text)
    return 2 < len(title) <= 60 and _TITLE_END.search(title) is not None and not re.search(r"[，。；,;]", title)


def heads_table(texts: Sequence[str]) -> bool:
    """Whether the cells of a row belong to the heading of a table: organisation, year, unit, 公开NN; a title stands alone."""
    squeezed = [squeeze(text) for text in texts]
    named = [_BODY.match(text) or _UNIT.search(text) or _MARK.match(text) for text in squeezed]
    dated = [_DATED.fullmatch(text) for text in squeezed]
    if len(squeezed) == 1:
        return bool(named[0] or dated[0] or is_title(squeezed[0]))
    return all(a or b for a, b in zip(named, dated, strict=True)) and (any(named) or not squeezed)


def lead_rows(block: Block) -> int:
    """How many first rows of a block are heading lines (title, unit, organisation), not table rows."""
    count = 0
    for row in block.rows[:6]:
        if not heads_table([cell.text for cell in row if cell.state is not CellState.BLANK]):
            break
        count += 1
    return count


def read_preamble(lines: Sequence[str], block: Block, lead: Sequence[RawRow], after: int) -> Preamble:
    """Collect what stands over a block, from line ``after`` (exclusive) on, nearest line first."""
    above: list[tuple[int, str]] = [
        (cell.span.line, cell.text)
        for row in reversed(lead)
        for cell in reversed(row)
        if cell.state is not CellState.BLANK
    ]
    number, seen = block.first - 1, 0
    while number > after and seen < REACH:
        text = lines[number - 1]
        if text.strip():
            if _is_prose(text):
                break
            above.append((number, text))
            seen += 1
        number -= 1
    unit = next((unit for _, text in above if (unit := read_unit(text))), None)
    mark = next((match[1] for _, text in above if (match := _MARK.search(squeeze(text)))), "")
    title, line, span = "", 0, None
    for i, (number, text) in enumerate(above):
        if not is_title(text):
            continue
        below = above[i + 1] if i + 1 < len(above) else None
        if below is not None and _listed(text) and _listed(below[1]) and is_title(below[1]):
            break  # a list of table names (目录), not the title of this table
        title, line = strip_title(text), number
        span = _span_of(lines[number - 1] if number else text, number)
        if below is not None and not is_title(below[1]) and _continues(below[1], title, number - below[0]):
            title = strip_title(below[1]) + title
        break
    return Preamble(title, line, span, mark, unit)


def is_note(text: str) -> bool:
    """Whether a text is a note to a table: 注：…, 本表…, a printed formula."""
    content = clean(text)
    return _NOTE.search(content) is not None or (len(content) < 400 and _FORMULA.search(content) is not None)


def _listed(text: str) -> bool:
    return (
        re.match(r"^[\s#*\-]*(?:[（(]?[一二三四五六七八九十]+[)）、.．]|\d{1,2}[、.．])", normalise(text)) is not None
    )


def _continues(above: str, title: str, distance: int) -> bool:
    """Whether a title was broken: it and the line above make a known title, or that line ends in the midst of one."""
    text = squeeze(above)
    words = chinese(title)
    joined = chinese(strip_title(above) + title)
    spans = any(len(known) > len(words) and joined.endswith(known) for spec in table_roles() for known in spec.titles)
    if spans and 0 < distance <= 2 and not re.search(r"[:：，。；]", text):
        return True
    return distance == 1 and (
        len(title) <= 14
        and re.search(r"(?:预算|决算|财政|拨款|经费|支|收入|明细|支出|基本)$", text) is not None
        and len(text) > 6
    )


def _span_of(text: str, line: int) -> Span:
    start = len(text) - len(text.lstrip("#*>- \t"))
    return Span(line, start, len(text.rstrip()))


def _is_prose(text: str) -> bool:
    content = clean(text)
    return len(content) > 70 or (len(content) > 20 and content[-1:] in "。；;") or bool(_NOTE.match(content))


def read_notes(lines: Sequence[str], last: int, until: int) -> tuple[Note, ...]:
    """The notes under a table that ends at line ``last``; they stop at the first line that is none."""
    notes: list[Note] = []
    blanks = 0
    for number in range(last + 1, min(until, last + 16, len(lines) + 1)):
        raw = lines[number - 1]
        text = clean(raw)
        if not text:
            blanks += 1
            if blanks > 4:
                break
            continue
        blanks = 0
        if _NOTE.search(text) or (_FORMULA.search(text) and len(text) < 400) or (notes and "尾数" in text):
            start = len(raw) - len(raw.lstrip())
            notes.append(Note(text, Span(number, start, len(raw.rstrip()))))
        elif not re.fullmatch(r"[\d\s\-—]{1,8}", text):
            break
    return tuple(notes)
