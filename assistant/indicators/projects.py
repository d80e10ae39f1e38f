"""Projects listed with their amounts: in numbered items, sections of their own, a sentence, a table, or the evaluation.

Each list gives its amounts by columns (one, or 预算数 and 执行数), so that their sums can be compared with what is stated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.document import Cell, Document, Paragraph, Table
from assistant.indicators.linking import yuan
from assistant.indicators.model import Amount, Part, Performance, Place, Summary
from assistant.indicators.stated import number_of
from assistant.indicators.stream import Unit, enclosing, units
from assistant.indicators.words import plain_text, without_numbering
from assistant.quantities import UNITS, ZERO, Interval, Quantity
from assistant.quantities import Unit as Money
from assistant.text import squeeze

_SUM = r"(?P<n>\d{1,3}(?:,\s?\d{3})+(?:\s?\.\s?\d+)?|\d+(?:\s?\.\s?\d+)?)\s*(?P<unit>亿元|万元|万(?!元)|元)"
_ITEM = re.compile(
    rf"^\s*(?:[(（](?P<c>[一二三四五六七八九十]{{1,3}})[)）]|(?P<d>\d{{1,2}})\s*[.、)）])\s*(?P<name>[^，,。；;：:\d]{{3,60}}?)[。:：]?\s*(?:20\d\d\s*年度?|全年|年初)?(?:预算|资金|安排|数|共|为|[:：]|\s)*{_SUM}(?=\s*[，,。；;(（]|\s*$)"
)
_FIRST = re.compile(r"\s*[(（\d０-９一二三四五六七八九十]")
_SPENT = re.compile(rf"\s*[，,]\s*(?:全年|实际)*(?:执行|支出|使用)(?:数|金额)?\s*为?\s*{_SUM}")
_NO_PROJECT = re.compile(r"[(（][类款项][)）]|因公出国|公务用车|公务接待|经费支出$|(?:人员|公用)经费$|(?:收入|支出)")
_OWN = re.compile(
    rf"20\d\d\s*年度?\s*(?:本)?项目\s*(?:总|资金|经费|支出)?\s*预算\s*(?:安排|总额|数|共|为|[:：]|\s)*{_SUM}"
)
_NAMED = re.compile(
    rf"^\s*(?:\d{{1,2}}\s*[.、]\s*)?(?P<name>[^，,。；;：:]{{3,60}}?(?:费用?|项目|经费|资金|工程|补助))\s*20\d\d\s*年度?\s*(?:预算|安排|资金|年初|数|为|共)*\s*{_SUM}\s*[，,。]"
)
_PIECE = re.compile(rf"^\s*(?P<name>[^\d，,。；;：:]{{3,40}}?(?:项目|经费|资金|费))\s*(?:预算|安排|资金|为)?\s*{_SUM}")
_PART = re.compile(r"预算|安排|概述|情况$")
_COUNT = re.compile(
    r"项目\s*(?:支出)?\s*(?:共计?|总计|合计)?\s*(?P<a>\d{1,3})\s*个|(?P<b>(?<!\d)\d{1,3}|[二两三四五六七八九十]{1,3})\s*个\s*(?:一级|二级|部门|预算|重点|专项|支出)*\s*项目"
)
_STATED = re.compile(rf"(?P<before>[^。；;\d]{{0,40}}?(?:资金|预算|金额|拨款|支出)[^。；;\d]{{0,12}}){_SUM}")
_COUNT_LAST = re.compile(
    rf"项目(?:支出)?(?:预算|资金|总额|数|共|为|[:：]|\s)*{_SUM}\s*[，,][^。；;\d]{{0,16}}?(?:项目)?\s*[，,]?\s*(?:共计?|合计|总计)\s*(?:项目)?\s*(?P<c>\d{{1,3}})\s*个(?!月|百分点|单位|部门)"
)
"""项目支出2,743.35万元，均为特定目标类项目，共6个: the money before the number."""

_NUMERALS = {word: number for number, word in enumerate("一二三四五六七八九十", 1)}
_HEAD = re.compile(r"^项目(?:支出)?(?:名称)?$")
_MONEY = re.compile(r"预算|执行|金额|资金|合计|支出|决算|数$")
_NO_MONEY = re.compile(r"率|得分|分$|比")
_TOTAL = re.compile(r"合计|总计|小计|^计$")


@dataclass(frozen=True, slots=True)
class Listed:
    """Projects in one list: how to call it, their names, and their amounts by columns (each as many as the names).

    ``reviewed`` says that it is the evaluation project by project.
    """

    where: str
    names: tuple[str, ...]
    columns: tuple[tuple[Amount, ...], ...]
    reviewed: bool = False

    def ranges(self) -> list[Interval]:
        """The sums that the printed amounts of each column may stand for, in 元."""
        zero = Interval(ZERO, ZERO)
        return [
            sum((a.figure.rounded().scaled(a.unit.factor) for a in column if a.unit), zero) for column in self.columns
        ]

    def sums(self) -> list[Decimal]:
        """The exact sum of each column in 元."""
        return [sum((yuan(amount) or Decimal(0) for amount in column), Decimal(0)) for column in self.columns]


def amount_at(paragraph: Paragraph, match: re.Match[str]) -> Amount:
    """The amount that a pattern with ``n`` and ``unit`` found."""
    start, end = match.start("n"), match.end("unit")
    digits = re.sub(r"[\s,]", "", match["n"])
    unit: Money | None = UNITS.get("万元" if match["unit"] == "万" else match["unit"])
    return Amount(
        paragraph.text[start:end],
        paragraph.span(start, end),
        Quantity(Decimal(digits), len(digits.partition(".")[2])),
        unit,
    )


def project_lists(document: Document, performance: Performance) -> Iterator[Listed]:
    """All lists of two projects or more, each project once."""
    stream = units(document)
    found = [
        *_items(stream),
        *budget_lists(document, stream),
        *_sentences(stream),
        *(_table(table) for table in document.tables),
    ]
    for listed in (*found, _evaluated(performance)):
        if listed is not None and len(listed.names) > 1 and len(set(listed.names)) == len(listed.names):
            yield listed


def _texts(where: str, found: Sequence[tuple[str, Amount]], spent: Sequence[Amount] = ()) -> Listed:
    columns = (tuple(amount for _, amount in found), *((tuple(spent),) if len(spent) == len(found) else ()))
    return Listed(where, tuple(name for name, _ in found), columns)


def _items(stream: Sequence[Unit]) -> Iterator[Listed]:
    """（一）甲项目96.00万元，…: items numbered from one, one after the other; 执行数 too where each tells it."""
    found: list[tuple[str, Amount]] = []
    spent: list[Amount] = []
    for unit in stream:
        plain = plain_text(unit.paragraph.text) if _FIRST.match(unit.paragraph.text) else ""
        match = _ITEM.match(plain)
        match = match if match and not _NO_PROJECT.search(match["name"]) else None
        number = (_NUMERALS.get(match["c"], 0) if match["c"] else int(match["d"])) if match else 0
        if found and (number == 1 or (unit.is_heading and match is None)):
            yield _texts("逐项列出的项目", found, spent)
            found, spent = [], []
        if match is not None and number == len(found) + 1:
            found.append((squeeze(match["name"]), amount_at(unit.paragraph, match)))
            if done := _SPENT.match(plain, match.end()):
                spent.append(amount_at(unit.paragraph, done))
    yield _texts("逐项列出的项目", found, spent)


def budget_lists(document: Document, stream: Sequence[Unit]) -> Iterator[Listed]:
    """Sections that each tell of one project and its budget of the year: 2025年项目预算374.80万元; 甲经费2024年预算10万元."""
    for pattern in (_OWN, _NAMED):
        listed = _sections(document, stream, pattern)
        if listed is not None:
            yield listed


def _sections(document: Document, stream: Sequence[Unit], pattern: re.Pattern[str]) -> Listed | None:
    found: list[tuple[str, Amount]] = []
    for unit in stream:
        text = unit.paragraph.text
        match = (
            pattern.search(plain_text(text))
            if len(text) < 2000 and "年" in text and ("元" in text or "万" in text)
            else None
        )
        year = re.search(r"20\d\d", match[0]) if match else None
        if match and year and int(year[0]) == document.year:
            over = (s.title for s in enclosing(document, unit.paragraph.section) if not _PART.search(s.title))
            title = next(over, "项目")
            name = squeeze(match.groupdict().get("name") or title[without_numbering(title) :])
            again = sum(name == known.partition("（")[0] for known, _ in found)
            found.append((f"{name}（{again + 1}）" if again else name, amount_at(unit.paragraph, match)))
    return _texts("逐个说明的项目预算", found) if found else None


def _sentences(stream: Sequence[Unit]) -> Iterator[Listed]:
    """其中：甲项目260.41万元，…；乙项目146.00万元，…"""
    for unit in stream:
        if "其中" not in unit.paragraph.text or "项" not in unit.paragraph.text:
            continue
        text = plain_text(unit.paragraph.text)
        for part in re.finditer(r"其中\s*[:：]?(?P<told>[^。]+)", text):
            found = []
            for piece in re.finditer(r"[^；;，、]+", part["told"]):
                offset = part.start("told") + piece.start()
                match = _PIECE.match(text[offset : offset + len(piece[0])])
                if match:
                    moved = re.compile(_PIECE.pattern.lstrip("^")).match(text, offset)
                    if moved is not None:
                        found.append((squeeze(match["name"]), amount_at(unit.paragraph, moved)))
            yield _texts("句中列出的项目", found)


def _table(table: Table) -> Listed | None:
    """A table with 项目名称 in its first columns, one row for each project."""
    if table.role and table.role != "预算项目支出表":
        return None
    rows = [*table.header, *table.body]
    at = next((i for i, row in enumerate(rows[:4]) if any(_HEAD.match(squeeze(cell.text)) for cell in row[:3])), None)
    if at is None:
        return None
    name = next(i for i, cell in enumerate(rows[at]) if _HEAD.match(squeeze(cell.text)))
    body = [
        row
        for row in rows[at + 1 :]
        if name < len(row) and len(squeeze(row[name].text)) > 2 and row[name].figure is None
    ]
    kept = [row for row in body if not _TOTAL.search(squeeze(row[name].text)) and any(cell.figure for cell in row)]
    columns = []
    for position, head in enumerate(rows[at]):
        label = squeeze(head.text)
        cells = [row[position] for row in kept if position < len(row)]
        if position <= name or not _MONEY.search(label) or _NO_MONEY.search(label) or len(cells) != len(kept):
            continue
        unit = next(
            (UNITS[u] for u in ("亿元", "万元", "千元", "元") if f"({u})" in label),
            table.unit,
        )
        if unit is not None and cells and all(cell.figure is not None for cell in cells):
            columns.append(tuple(_cell(cell, unit) for cell in cells))
    if not columns:
        return None
    names = tuple(squeeze(row[name].text) for row in kept)
    return Listed(f"{table.name if table.title else '表中'}所列项目", names, tuple(columns))


def _cell(cell: Cell, unit: Money) -> Amount:
    assert cell.figure is not None
    return Amount(cell.text, cell.span, cell.figure, unit)


def _evaluated(performance: Performance) -> Listed | None:
    """The evaluation project by project: 预算数 and 执行数 of each."""
    summaries = [s for s in performance.summaries if s.place is Place.NARRATIVE and not s.whole and s.money]
    columns = [_money(summaries, field) for field in ("budget", "executed")]
    kept = tuple(column for column in columns if column and len(column) == len(summaries))
    if not kept:
        return None
    return Listed("逐个说明的项目", tuple(s.project for s in summaries), kept, reviewed=True)


def _money(summaries: Sequence[Summary], field: str) -> tuple[Amount, ...]:
    amounts = [getattr(summary.money, field) for summary in summaries]
    return tuple(amount for amount in amounts if amount is not None and amount.unit is not None)


def stated_projects(paragraph: Paragraph) -> Iterator[tuple[Part, int, Amount, bool]]:
    """共安排项目4个，项目支出预算631.00万元: the number as printed, the number, and the money told with it.

    The last says whether it counts projects of one level (4个一级项目): those listed may be of another.
    """
    if "个" not in paragraph.text or "元" not in paragraph.text:
        return
    text = plain_text(paragraph.text)
    for match in _COUNT.finditer(text):
        group = "a" if match["a"] else "b"
        money, number = _STATED.match(text, match.end()), number_of(match[group])
        if money is not None and number and "其中" not in money["before"]:
            part = Part(paragraph.text[slice(*match.span(group))], paragraph.span(*match.span(group)))
            graded = re.search(r"[一二]级", text[max(match.start() - 4, 0) : match.end()]) is not None
            yield part, number, amount_at(paragraph, money), graded
    for match in _COUNT_LAST.finditer(text):
        if number := number_of(match["c"]):
            span = match.span("c")
            part = Part(paragraph.text[slice(*span)], paragraph.span(*span))
            yield part, number, amount_at(paragraph, match), False
