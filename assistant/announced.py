"""What the 目录 announces and the text does not have: parts of the narrative, tables.

An entry is looked for where it must stand: between the headings of the entries before and after it, or anywhere as a heading.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from assistant.disclosure import TABLE_NAME, Announced, Contents, Disclosure, core
from assistant.document import Document
from assistant.reading.roles import role_named
from assistant.text import squeeze

_OPENING = 70
"""The characters of a line in which its topic is named: the name of the body and the year come first."""

_HEADING = 45
_QUALIFIED = re.compile(r"[(（][^（）()]{1,12}[)）]$")
"""What a title says in brackets at its end of how the table is broken down (功能科目, 经济分类)."""

_BASIS = re.compile(r"财政拨款|一般公共|基金|国有|基本|收|支")
_GROUP = re.compile(r".{0,2}|(?:预算|决算|公开|情况|附|报|[收入支出])*表")
OFTEN_EMPTY = ("政府性基金", "国有资本", "三公", "采购", "项目", "机关运行", "绩效", "基本支出")
"""Words of tables that often hold nothing and are then left out."""


def absent(disclosure: Disclosure, contents: Contents, topics: Sequence[str]) -> list[Announced]:
    """The entries on a topic, tables apart, of which neither a heading nor the words are where they should be.

    ``topics`` are the words that name what a part is about. Titles without any (概况, 其他事项) are worded too freely.
    """
    organisation = disclosure.document.organisation
    plain = disclosure.plain
    lines = disclosure.document.lines
    body = [(number, plain[number - 1]) for number, _ in disclosure.body if "\t" not in lines[number - 1]]
    text = "".join(line for _, line in disclosure.body)
    openings = "\n".join(line if len(line) <= _OPENING else line[:40] for _, line in disclosure.body)
    heads = _Headings(
        {number: core(line, organisation) for number, line in body if len(line) <= _HEADING}, organisation
    )
    found = []
    for at, entry in enumerate(contents.entries):
        title = squeeze(entry.title)
        words = [topic for topic in topics if topic in title]
        name = core(title, organisation)
        if not words or TABLE_NAME.search(title):
            continue
        if name not in text and not any(word in openings for word in words):
            found.append(entry)
        elif len(name) > 1 and (places := heads.between(contents.entries, at)):
            near = "".join(squeeze(contents.entries[i].title) for i in (at - 1, at + 1))
            own = [word for word in words if word not in near] or [name]
            if heads.names(heads.part(contents.entries, at), name, *own):
                continue
            if not any(n in places and any(w in line[: _OPENING + len(organisation)] for w in own) for n, line in body):
                found.append(entry)
    return found


class _Headings:
    """The short lines of the text by what they are about: where the entries of the 目录 stand."""

    def __init__(self, cores: dict[int, str], organisation: str) -> None:
        self.cores = cores
        self.organisation = organisation
        self.lines: dict[str, list[int]] = defaultdict(list)
        for number, name in cores.items():
            self.lines[name].append(number)

    def place(self, entry: Announced) -> int:
        """The one line that is the heading of an entry; 0 where none or several are."""
        name = core(entry.title, self.organisation)
        found = self.lines.get(name, []) if len(name) > 1 else []
        return found[0] if len(found) == 1 else 0

    def names(self, part: range, name: str, *words: str) -> bool:
        """Whether a heading in some lines is about a name or has one of the words."""
        if any(number in part for number in self.lines.get(name, ())):
            return True
        return any(number in part and any(word in other for word in words) for number, other in self.cores.items())

    def part(self, entries: Sequence[Announced], at: int) -> range:
        """The lines of the part (第三部分) that an entry stands in, as far as its heading and the next one are certain."""
        over = [entry for entry in entries[:at] if entry.level == 1] if entries[at].level != 1 else []
        under = [entry for entry in entries[at + 1 :] if entry.level == 1] if over else []
        first = self.place(over[-1]) if over else 0
        last = self.place(under[0]) if under else 0
        return range(first or 1, last if last > first else 1_000_000)

    def between(self, entries: Sequence[Announced], at: int) -> range | None:
        """The lines from the entry before to that after; ``None`` where their headings are not certain."""
        if not 0 < at < len(entries) - 1:
            return None
        before, after = self.place(entries[at - 1]), self.place(entries[at + 1])
        return range(before, after + 1) if 0 < before < after else None


def table_titles(disclosure: Disclosure) -> list[str]:
    """All short lines that may be the title of a table or speak of one, and the titles of the tables as read."""
    lines = [line for _, line in disclosure.body if len(line) <= 120 and "表" in line]
    return lines + [squeeze(table.title) for table in disclosure.document.tables]


def absent_tables(disclosure: Disclosure, titles: Sequence[str]) -> Iterator[Announced]:
    """The tables that the 目录 promises and that are nowhere: no title, and no table that is the same by what it holds."""
    contents, document = disclosure.contents, disclosure.document
    shown = {table.role for table in document.tables if table.role}
    for entry in contents.entries if contents else ():
        if entry.level <= 1 or not TABLE_NAME.search(squeeze(entry.title)):
            continue
        name = core(entry.title, document.organisation)
        role = role_named(squeeze(entry.title), document.kind)
        if role and shown:
            here = role in shown or is_titled(name, role, titles, document)
        else:
            here = _like(name, titles, document)
        if not here:
            yield entry


def is_titled(name: str, role: str, titles: Sequence[str], document: Document) -> bool:
    """Whether a title line names just this table, whose body was not read as what it is; or its 公开NN mark stands there."""
    mark = re.compile(rf"公开0?{int(role[2:])}表") if re.fullmatch(r"公开\d\d", role) else None
    for line in titles:
        bare = _QUALIFIED.sub("", line)
        own = core(bare, document.organisation)
        kinds = TABLE_NAME.search(line) and any(kind in name and kind in line for kind in OFTEN_EMPTY)
        if (
            kinds
            or own == name
            or (mark is not None and mark.search(line))
            or (TABLE_NAME.search(line) and role in (role_named(line, document.kind), role_named(bare, document.kind)))
        ):
            return True
    return False


def _like(name: str, lines: Sequence[str], document: Document) -> bool:
    """Whether a title of this name is in the text: the same words, or the same fund or subject."""
    if _GROUP.fullmatch(name) or any(kind in name and any(kind in line for line in lines) for kind in OFTEN_EMPTY):
        return True
    for line in lines:
        other = core(_QUALIFIED.sub("", line), document.organisation)
        ends = other.endswith(name) and not _BASIS.search(other.removesuffix(name))
        if ends or fuzz.ratio(name, other) >= 80:
            return True
    return False


def unread_tables(document: Document) -> bool:
    """Whether a table among the known ones has rows of amounts but no title: it may be one that seems to be missing."""
    known = [table.span.line for table in document.tables if table.role]
    return any(
        not table.role
        and not table.title
        and known
        and min(known) <= table.span.line <= max(known)
        and len(table.body) >= 3
        for table in document.tables
    )
