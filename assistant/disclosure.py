"""What a report announces and what it holds: its 目录, the text after it, its 名词解释; whether it is a whole report.

Everything works on the lines of the file, so that headings a converter lost or ran into a paragraph still count as there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.document import Document, Kind, Span
from assistant.reading.sections import numbering
from assistant.text import chinese, clean, normalise, squeeze

_SEPARATOR = "\x00"
_QUOTES = re.compile(rf"[“”\"'‘’「」]|(?:(?<={_SEPARATOR})|^)[#>\-]+")
HEAD = 160
"""The lines in which a 目录 is looked for."""

_LEADER = re.compile(
    r"(?:(?<![\s.．·•…。_\-—])[\s.．·•…。_\-—]{2,}|\s)[-—]?\(?\d{1,3}\)?[-—]?\s*$|(?<![.．·•…_])[.．·•…_]{2,}+\s*$"
)
_PAGE = re.compile(r"[-—\s第]*\d{1,3}[-—\s页]*|[IVXivx]{1,4}")
_NUMBER = re.compile(
    r"^(?:第[一二三四五六七八九十\d]{1,3}[部章]分?|[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）][、.．]?|\d{1,2}[、.．])"
)
_CLOSED = re.compile(r"[表明况释件概责能置成果标围绩法)）]$")
_FILLER = re.compile(
    r"20\d\d年度?|本?部门|本?单位|汇总|有关|基本情况|情况|说明|主要|总体|编制|[《》“”\"'‘’()（）,，、。:：\s]"
)
_MONEY = re.compile(r"\d\s*(?:万元|元)")
TABLE_NAME = re.compile(r"表(?:[(（][^（）()]{1,12}[)）])?$")


@dataclass(frozen=True, slots=True)
class Announced:
    """An entry of the 目录: what it says, its number and depth (0 where it has none), the line it stands in."""

    title: str
    number: str
    level: int
    line: int


@dataclass(frozen=True, slots=True)
class Contents:
    """A 目录: its entries, and the last line that belongs to it."""

    entries: tuple[Announced, ...]
    last: int


def core(title: str, organisation: str = "") -> str:
    """What a title is about: without number, year, body and the words that titles share."""
    text = _NUMBER.sub("", squeeze(title))
    for name in _bodies(organisation):
        text = text.replace(name, "")
    return _FILLER.sub("", text)


@lru_cache(maxsize=64)
def _bodies(organisation: str) -> tuple[str, ...]:
    name = squeeze(organisation)
    return tuple(each for each in (name, name.split("(")[0]) if each)


def _read_contents(document: Document) -> Contents | None:
    """The 目录 of a report; ``None`` where it has none of at least three entries."""
    start = next((n for n, line in enumerate(document.lines[:HEAD], 1) if _is_contents(line)), 0)
    if not start:
        return None
    found: list[Announced] = []
    for number, line in enumerate(document.lines[start:], start + 1):
        content = clean(line).lstrip("#*>- ")
        if not content or _PAGE.fullmatch(content):
            continue
        text, level = _LEADER.sub("", content).rstrip(" 。"), _depth(line)
        if len(found) > 150 or _is_prose(text, level) or _begins_again(found, text, level, document.organisation):
            break
        if level or text != content.rstrip(" 。"):
            found.append(Announced(text, numbering(line)[1], level, number))
        elif found and not _CLOSED.search(found[-1].title) and number - found[-1].line <= 2 and "\t" not in line:
            last = found[-1]
            found[-1] = Announced(last.title + text, last.number, last.level, number)
    return Contents(tuple(found), found[-1].line) if len(found) >= 3 else None


def _depth(line: str) -> int:
    return numbering(line)[0] or (4 if re.match(r"\s*\d{1,2}[.、．]\s*20\d\d", normalise(line)) else 0)


def _is_contents(line: str) -> bool:
    return chinese(squeeze(line)) in ("目录", "目次") and len(squeeze(line)) < 8


def _is_prose(text: str, level: int) -> bool:
    return len(text) > 90 or "。" in text or (not level and len(text) > 50) or text[-1:] in "；;"


def _begins_again(found: list[Announced], text: str, level: int, organisation: str) -> bool:
    """Whether a line is the first heading of the text itself: it repeats the first entry, or its number."""
    if not found:
        return False
    first = found[0]
    if level == first.level and level in (1, 2) and squeeze(text).startswith(squeeze(first.number)):
        return True
    return squeeze(text) == squeeze(first.title) or (
        not level and len(found) > 2 and core(text, organisation) == core(first.title, organisation) != ""
    )


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of the 名词解释: what is explained, the explanation, where it stands."""

    name: str
    meaning: str
    span: Span


@dataclass(frozen=True, slots=True)
class Glossary:
    """The 名词解释: its heading's line, its last line, its entries, and all of its text without blanks."""

    line: int
    last: int
    terms: tuple[Term, ...]
    text: str


_HEADING = re.compile(r"(?:专业|相关|主要|专有|专用)?(?:性较强的)?(?:名词|术语)(?:的)?解释(?:及?说明)?$")
_ACCOUNT = re.compile(r"20\d\d年.{0,80}\d[百千万亿]{0,2}元|\d万?元[^。]{0,60}\d万?元")
"""A sentence with this year's amounts explains no term: the heading above was in a list, or another one was lost."""
_TERM = re.compile(r"^(?P<name>[^。；]{2,120}?)(?:[:：]\s*(?=\S)|(?=是?指|反映|主要反映|包括))")


def _read_glossary(document: Document, contents: Contents | None, body: Sequence[tuple[int, str]]) -> Glossary | None:
    """The 名词解释 in the lines after the 目录, which ``body`` holds without blanks; ``None`` where there is none."""
    at = next((i for i, (_, text) in enumerate(body) if len(text) <= 40 and _is_glossary(text)), None)
    if at is None:
        return None
    first = body[at][0]
    level = numbering(document.lines[first - 1])[0]
    others = {core(e.title, document.organisation) for e in contents.entries} if contents else set()
    taken: list[tuple[int, str]] = []
    for number, text in body[at + 1 :]:
        if _ends_glossary(document.lines[number - 1], text, level, others, document.organisation):
            break
        taken.append((number, text))
    last = taken[-1][0] if taken else first
    terms = _terms((number, document.lines[number - 1]) for number, _ in taken)
    return Glossary(first, last, tuple(terms), "".join(text for _, text in taken))


def _is_glossary(squeezed: str) -> bool:
    text = _NUMBER.sub("", squeezed.lstrip("#-"))
    return len(text) <= 30 and _HEADING.search(text) is not None


def _ends_glossary(line: str, text: str, level: int, others: set[str], organisation: str) -> bool:
    depth = numbering(line)[0]
    if depth == 1 or "\t" in line or TABLE_NAME.search(text) or _ACCOUNT.search(text):
        return True
    if len(text) > 45 or ":" in text or "：" in text or "指" in text:
        return False
    return (0 < depth <= level) or (not depth and core(text, organisation) in others - {""})


def _terms(lines: Iterable[tuple[int, str]]) -> Iterator[Term]:
    held: tuple[str, str, Span] | None = None
    for number, line in lines:
        start = len(line) - len(line.lstrip("#*>- \t　"))
        text = clean(line[start:])
        bare = re.sub(r"^\s+", "", _NUMBER.sub("", text.replace(" ", "")))
        match = _TERM.match(normalise(bare))
        open_ = held is not None and held[1][-1:] not in "。；;"
        if match and (numbering(line)[0] or not open_):
            if held is not None:
                yield Term(*held)
            held = (re.sub(r"[“”\"']", "", match["name"]), bare[match.end() :], Span(number, start, len(line.rstrip())))
        elif held is not None:
            held = (held[0], held[1] + bare, held[2])
    if held is not None:
        yield Term(*held)


_TOPICS = {
    Kind.FINAL_ACCOUNTS: ("收入决算|收入合计|收入总计|总计", "支出合计|支出决算|支出总计", "财政拨款", "一般公共预算", "基本支出", "三公",
                          "机关运行", "政府采购", "国有资产|车辆", "绩效"),
    Kind.BUDGET: ("收入预算|收入合计|收入总计|收支", "支出预算|支出合计|支出总计", "财政拨款|一般公共预算", "基本支出", "项目支出", "三公",
                  "机关运行", "政府采购", "国有资产|车辆", "绩效"),
}  # fmt: skip
WHOLE = 8
"""Of the ten topics of a report, how many its prose must have before something can be said to be missing."""


def _is_whole(document: Document) -> bool:
    """Whether the narrative is certainly a whole report, not an excerpt, tables alone or an annex."""
    topics = _TOPICS.get(document.kind)
    prose = [normalise(p.text).replace(" ", "") for p in document.paragraphs if len(p.text) >= 20]
    if topics is None or sum(1 for text in prose if _MONEY.search(text)) < 6:
        return False
    text = "\n".join((*prose, *(squeeze(section.title) for section in document.sections)))
    return sum(1 for topic in topics if re.search(topic, text)) >= WHOLE


@dataclass(frozen=True)
class Disclosure:
    """A report as the rules about what must be in it see it; every part is made once, when it is first asked for."""

    document: Document

    @cached_property
    def contents(self) -> Contents | None:
        """The 目录."""
        return _read_contents(self.document)

    @cached_property
    def glossary(self) -> Glossary | None:
        """The 名词解释."""
        return _read_glossary(self.document, self.contents, self.body)

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """All lines of the file without blanks (``squeeze``)."""
        together = squeeze(_SEPARATOR.join(self.document.lines)).split(_SEPARATOR)
        if len(together) == len(self.document.lines):
            return tuple(together)
        return tuple(squeeze(line) for line in self.document.lines)  # a tag or a separator over the end of a line

    @cached_property
    def plain(self) -> tuple[str, ...]:
        """All lines without blanks, marks of headings and quotation marks."""
        return tuple(_QUOTES.sub("", _SEPARATOR.join(self.lines)).split(_SEPARATOR))

    @cached_property
    def body(self) -> tuple[tuple[int, str], ...]:
        """The lines after the 目录 without blanks, with their numbers; empty ones left out."""
        after = self.contents.last if self.contents else 0
        return tuple((number, line) for number, line in enumerate(self.lines[after:], after + 1) if line)

    @cached_property
    def narrative(self) -> str:
        """All text after the 目录 but the 名词解释, tables and headings included, without blanks; a line each."""
        glossary = self.glossary
        return "\n".join(n for at, n in self.body if glossary is None or not glossary.line <= at <= glossary.last)

    @cached_property
    def whole(self) -> bool:
        """Whether it is certainly a whole report, not an excerpt, tables alone or an annex."""
        return _is_whole(self.document)
