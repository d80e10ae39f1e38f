"""Parts of a report that are missing: a section with all below it, an item, the 名词解释, the 绩效 part, a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from drafts import Draft, Spoiler

_LEVELS = (
    re.compile(r"第[一二三四五六七八九十]{1,2}部分"),
    re.compile(r"[一二三四五六七八九十]{1,3}、"),
    re.compile(r"[（(][一二三四五六七八九十]{1,3}[)）]"),
)
_TOPICS = {
    "三公": r"三公",
    "机关运行经费": r"机关运行经费",
    "政府采购": r"政府采购(?:支出|预算|情况|金额|合同)",
    "国有资产": r"国有资产(?:占|情况)|车辆\d+辆",
    "绩效": r"绩效(?!工资|奖)",
    "名词解释": r"名词解释",
}
_SINCE = {"国有资产": 2021, "绩效": 2021}
_STATES = re.compile(r"\d\s?[百千万亿]{0,2}元|\d\s?[辆台]|无|没有|未")
_TITLE = re.compile(r"表(?:[（(][^（）()]{1,12}[)）])?$")
_BLANK = re.compile(r"[XＸ×_]{2,}")
LONGEST = 45
"""The characters of a heading; what is longer is an item with its text."""


@dataclass(frozen=True)
class Stretch:
    """A part that may be removed: its lines, the topic, its line in the 目录, whether its number is missed after it."""

    first: int
    last: int
    topic: str
    entry: int | None
    hole: bool


def _level(text: str) -> int:
    bare = text.lstrip("#*- ").lstrip()
    return next((depth for depth, pattern in enumerate(_LEVELS, 1) if pattern.match(bare)), 0)


def _name(text: str) -> str:
    bare = re.sub(r"[\s#*\-.．·…]|\d{1,3}$", "", text)
    for pattern in _LEVELS:
        bare = pattern.sub("", bare, count=1) if pattern.match(bare) else bare
    return re.sub(r"20\d\d年度?|说明|情况|的|支出|预算|决算", "", bare)


def _single(draft: Draft) -> list[int]:
    return [line for line, cells in enumerate(draft.cells) if len(cells) == 1 and cells[0].strip()]


def _body(draft: Draft) -> int:
    """The first line after the 目录: where its first entry stands again."""
    singles = _single(draft)
    start = next((i for i in singles[:60] if re.sub(r"\W", "", draft.cells[i][0]) in ("目录", "目次")), None)
    if start is None:
        return 0
    names = {line: _name(draft.cells[line][0]) for line in singles if line > start}
    order = list(names)
    for at, line in enumerate(order):
        if len(names[line]) > 1 and names[line] in [names[i] for i in order[:at]]:
            return line
    return 0


def _ends(draft: Draft, line: int, level: int, titles: set[str]) -> bool:
    text = draft.cells[line][0].strip()
    depth = _level(text)
    short = len(text) <= LONGEST
    title = short and _name(text) in titles
    return len(draft.cells[line]) == 1 and ((0 < depth <= level and short) or depth == 1 or title)


def _sections(draft: Draft) -> Iterator[Stretch]:
    body = _body(draft)
    entries = {_name(draft.cells[i][0]): i for i in _single(draft) if i < body}
    titles = {name for name in entries if len(name) > 2}
    glossary = max((i for i in _single(draft) if i > body and _name(draft.cells[i][0]) == "名词解释"), default=0)
    for line in _single(draft):
        if 0 < len(draft.cells) // 4 < glossary < line and _name(draft.cells[line][0]) not in entries:
            continue  # a part of an annex: nothing wants it
        text = draft.cells[line][0].strip()
        level = _level(text) or (2 if _name(text) in titles else 0)
        topic = next((name for name, words in _TOPICS.items() if re.search(words, text)), "")
        if line < max(body, 5) or not level or not topic or len(text) > LONGEST or _TITLE.search(text):
            continue
        if re.search(r"[指:：。]", text):
            continue  # a term of the 名词解释, or an item with its text
        last = next(
            (i for i in range(line + 1, len(draft.cells)) if _ends(draft, i, level, titles - {_name(text)})), None
        )
        last = len(draft.cells) if last is None else last
        told = "".join(draft.cells[i][0] for i in range(line + 1, last))
        if not _STATES.search(told) or _BLANK.search(told):
            continue  # a blank form: nothing is told there that could be missed
        after = draft.cells[last][0].strip() if last < len(draft.cells) else ""
        above = (_level(draft.cells[i][0].strip()) for i in range(line - 1, body, -1) if len(draft.cells[i]) == 1)
        hole = bool(_level(text)) and _level(after) == level and next((d for d in above if 0 < d <= level), 0) == level
        yield Stretch(line, last, topic, entries.get(_name(text)), hole)


def _items(draft: Draft) -> Iterator[Stretch]:
    """Paragraphs that tell a topic without a heading of their own."""
    body, singles = _body(draft), _single(draft)
    for above, line in pairwise(singles):
        text = draft.cells[line][0].strip()
        if line < body or line not in draft.prose or len(text) <= LONGEST or not _STATES.search(text):
            continue
        opening = text[:40]
        topic = next(
            (name for name in ("机关运行经费", "政府采购", "国有资产") if re.search(_TOPICS[name], opening)), ""
        )
        if (
            topic
            and not re.search(_TOPICS[topic], draft.cells[above][0])
            and "指" not in opening
            and not _BLANK.search(text)
        ):
            yield Stretch(line, line + 1, topic, None, hole=False)


def _elsewhere(draft: Draft, part: Stretch, skip: set[int]) -> bool:
    """Whether the rest of the report says something on the topic; the 名词解释 and the 目录 do not."""
    for line in draft.prose:
        text = draft.cells[line][0]
        if part.first <= line < part.last or line in skip or not re.search(_TOPICS[part.topic], text):
            continue
        if re.search(r"指|反映", text[:60]) is None and _STATES.search(text):
            return True
    return False


def _required(draft: Draft, part: Stretch) -> bool:
    """Whether the regulation wants the topic from everyone; 机关运行经费 only from those that have any (no institutions)."""
    whole = "".join(draft.cells[i][0] for i in draft.prose)
    if len(re.findall(r"\d\s?万元", whole)) < 30 or draft.year < _SINCE.get(part.topic, 2017):
        return False
    return part.topic != "机关运行经费" or ("行政运行" in whole and "事业单位" not in whole)


def part_removed(draft: Draft) -> None:
    """A part that must be there is not: its heading and all below it, with or without its line in the 目录.

    Witnesses: the 目录 lists it; the numbers of its neighbours leave its own out; the regulation wants it and nothing else
    in the report tells it. A part without any of these is not removed, nor a heading alone: its text would still be there.
    """
    places = [*_sections(draft), *_items(draft)]
    part = draft.random.choice([p for p in places if p.entry or p.hole or _missed(draft, p)])
    also = part.entry is not None and (part.hole or _missed(draft, part)) and draft.random.random() < 0.5
    for line in range(part.first, part.last):
        _clear(draft, line)
    if also and part.entry is not None:
        _clear(draft, part.entry)


def _missed(draft: Draft, part: Stretch) -> bool:
    return _required(draft, part) and not _elsewhere(draft, part, set())


def table_removed(draft: Draft) -> None:
    """A whole table is not there, with its title: its line in the 目录 stays, or all others of the set are there."""
    titled = []
    for table in draft.tables:
        above = [line for line in range(max(table[0] - 8, 0), table[0]) if draft.cells[line][0].strip()]
        above = [line for line in above if len(draft.cells[line]) == 1]
        title = next((line for line in reversed(above) if _TITLE.search(draft.cells[line][0].strip())), None)
        titled.append((table, title))
    names = [_table_name(draft, title) for _, title in titled if title is not None]
    body = _body(draft)
    listed = {_table_name(draft, i) for i in _single(draft) if i < body}
    places = [
        at
        for at, (_, title) in enumerate(titled)
        if title is not None and len(names) >= 5 and names.count(_table_name(draft, title)) == 1
        if _table_name(draft, title) in listed
    ]
    at = draft.random.choice(places)
    title = titled[at][1]
    assert title is not None
    last = titled[at][0][-1]
    for table, other in titled[at + 1 :]:
        if other is not None:
            break
        last = table[-1]
    for line in range(title, last + 1):
        _clear(draft, line)


def _table_name(draft: Draft, line: int) -> str:
    bare = re.sub(r"[\s#*\-.．·…]|20\d\d年度?|(?<=表)\d{1,3}$", "", draft.cells[line][0])
    bare = re.sub(r"^[一二三四五六七八九十\d]{1,3}[、.．]|^[（(][一二三四五六七八九十\d]{1,3}[)）]", "", bare)
    return re.sub(r"^.*?(?=部门|单位|收|支|财政|一般|政府|国有|项目)|^(?:部门|单位)", "", bare)


def _clear(draft: Draft, line: int) -> None:
    if any(draft.cells[line]):
        draft.cells[line] = [""]
        draft.changed.append(line + 1)


MISSING = frozenset({"缺少部分", "缺少表格"})
"""Errors that leave nothing to point at: any finding about completeness is one."""

ERRORS: dict[str, Spoiler] = {"缺少部分": part_removed, "缺少表格": table_removed}
