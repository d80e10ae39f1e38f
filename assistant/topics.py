"""What a report says on a topic: whether its text states something of it, and where its numbering leaves it out.

Said is what stands with an amount, a count or a word of nothing, or under a heading of its own. The name in a list of duties,
in a table or in the 名词解释 says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from assistant.disclosure import TABLE_NAME, Announced, Disclosure
from assistant.numbered import Item, numbered_lists
from assistant.reading.sections import numbering
from assistant.text import normalise, squeeze

_MONEY = re.compile(r"\d[百千万亿]{0,2}元")
_NOTHING = "无|没有|未|不涉及|不存在|不适用|不安排"
_FIGURE = r"\d[百千万亿]{0,2}元|\d(?:辆|台|套|平方米|平米|亩|批|人|个|项)|[百千万亿]元|[X×_]{2,}|详见|[见附]表|附件"
_OF_A_TABLE = re.compile(r"单位[:：](?:人民币)?[百千万亿]?元|^.{0,50}公开\d\d?表$")
_NEAR = 6
_OPENED = re.compile(r"(?:情况|说明)[。:]?$")

_INSTITUTION = re.compile(r"(?<![所下])(?:为|是|系|属于)[^。;\n]{0,24}事业单位")
_EXPLAINED = re.compile(
    r"^(?!.{0,8}本表)[^。；;、，,]{2,40}[:：]?(?:是?指(?![导标挥定示出派])|主要反映|反映(?!了|全部|所有))[^\d]{6,}"
)
_FIGURES = re.compile(r"\d|[:：≥≤]")
_TABLES = 5
_OPENING = 60
"""The characters before a topic in the sentence that tells it: the year and the name of the body."""

_OWN = "本|我|该|全年|年度|20[0-9]{2}年"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph (with those that it goes on in), an explained term or a note of a table, without blanks."""

    kind: Literal["heading", "text", "term", "note"]
    text: str
    line: int
    last: int
    level: int


@dataclass(frozen=True, slots=True)
class Hole:
    """A number that a list of headings leaves out: what stands at it is the heading ``after`` it."""

    after: Item

    @property
    def number(self) -> int:
        """The number that is missing."""
        return self.after.value - 1


def read_blocks(disclosure: Disclosure) -> list[Block]:
    """The blocks after the 目录 from the first amount on: what stands before tells duties and offices."""
    document = disclosure.document
    after = disclosure.contents.last if disclosure.contents else 0
    plain = disclosure.plain
    found = [
        Block("note", "".join(plain[note.span.line - 1 : note.span.last_line]), note.span.line, note.span.last_line, 0)
        for table in document.tables
        for note in table.notes
    ]
    for section in document.sections:
        line = section.span.line
        if line > after and not TABLE_NAME.search(plain[line - 1]):
            found.append(Block("heading", plain[line - 1], line, line, section.level))
    titles = {line for table in document.tables for line in range(table.span.line - 6, table.span.line)}
    for paragraph in document.paragraphs:
        line = paragraph.segments[0].line
        text, level = "".join(plain[s.line - 1] for s in paragraph.segments), numbering(paragraph.text)[0]
        if line <= after or _OF_A_TABLE.search(text) or (line in titles and TABLE_NAME.search(text)):
            continue
        kind: Literal["heading", "text"] = (
            "heading" if level and len(text) <= 45 and not _MONEY.search(text) else "text"
        )
        found.append(Block(kind, text, line, paragraph.segments[-1].line, level))
    found.sort(key=lambda block: block.line)
    first = next((i for i, block in enumerate(found) if block.kind == "text" and _MONEY.search(block.text)), 0)
    while first and found[first - 1].kind == "heading":
        first -= 1
    return list(_joined(_terms(found[first:], disclosure)))


def _terms(blocks: Sequence[Block], disclosure: Disclosure) -> Iterator[Block]:
    """The blocks, those in the 名词解释 as terms; a heading there that announces a part (…情况说明) shows that it has ended."""
    glossary, ended = disclosure.glossary, False
    for block in blocks:
        inside = glossary is not None and glossary.line <= block.line <= glossary.last and not ended
        if inside and block.kind == "heading" and _OPENED.search(block.text):
            inside, ended = False, True
        yield replace(block, kind="term") if inside and block.kind != "note" else block


def _joined(blocks: Iterator[Block]) -> Iterator[Block]:
    """Paragraphs that a page or a lost mark parted, as one."""
    held: Block | None = None
    for block in blocks:
        near = held is not None and held.kind == block.kind == "text" and block.line - held.last <= _NEAR
        if held and near and not block.level and held.text[-1:] not in "。；;！!：:":
            held = replace(held, text=held.text + block.text, last=block.last)
            continue
        if held:
            yield held
        held = block
    if held:
        yield held


@dataclass(frozen=True, slots=True)
class _Patterns:
    """What shows that something of the words is said: in text, in an explained term, in a note under a table."""

    words: re.Pattern[str]
    text: re.Pattern[str]
    term: re.Pattern[str]
    note: re.Pattern[str]


@lru_cache(maxsize=64)
def _patterns(words: str) -> _Patterns:
    with_figure = rf"(?:{words})[^。]{{0,90}}?(?:{_FIGURE})"
    nothing = (
        rf"(?:{_NOTHING})[^。；;]{{0,30}}(?:{words})|(?:{words})[^。；;]{{0,40}}?(?:{_NOTHING}|持平|为零|为0|[:：]0)"
    )
    opening = rf"^.{{0,8}}(?:{words}).{{0,160}}?(?:{_FIGURE}|{_NOTHING})"
    own = (
        rf"(?:{_OWN})[^。]{{0,30}}(?:{_NOTHING})[^。]{{0,20}}(?:{words})|(?:{words})[^。]{{0,60}}?\d[百千万亿]{{0,2}}元"
    )
    return _Patterns(
        re.compile(words), re.compile(f"{with_figure}|{nothing}|{opening}"), re.compile(own),
        re.compile(rf"(?:{_OWN}|单位|部门)[^。]{{0,30}}(?:没有|无|未(?:发生|安排|使用)|不涉及)[^。]{{0,30}}(?:{words})"),
    )  # fmt: skip


def is_stated(blocks: Sequence[Block], words: str) -> bool:
    """Whether anything is said of what the words (a pattern) name, or stands under a heading with them."""
    patterns = _patterns(words)
    for at, block in enumerate(blocks):
        if not patterns.words.search(block.text):
            continue
        if block.kind == "heading" and _has_content(blocks, at):
            return True
        pattern = patterns.term if block.kind == "term" else patterns.note if block.kind == "note" else patterns.text
        if pattern.search(block.text):
            return True
    return False


def is_told(disclosure: Disclosure, blocks: Sequence[Block], words: str, *, anywhere: bool, terms: bool) -> bool:
    """Whether the report speaks of the words as it must: somewhere, by explaining terms (``terms``), or by stating something."""
    if terms:
        return not is_complete(disclosure) or explains_terms(disclosure)
    return re.search(words, disclosure.narrative) is not None if anywhere else is_stated(blocks, words)


def listed_entry(disclosure: Disclosure, words: str) -> Announced | None:
    """The entry of the 目录 for a topic; tables are no statements."""
    entries = disclosure.contents.entries if disclosure.contents else ()
    named = ((entry, squeeze(entry.title)) for entry in entries)
    return next((e for e, title in named if re.search(words, title) and not TABLE_NAME.search(title)), None)


def is_plain(blocks: Sequence[Block], words: str) -> bool:
    """Whether a heading has the words, or text opens with them and an amount or a word of nothing soon after.

    What a report that leaves the number of a part out still says of it in passing is not that part.
    """
    opening = re.compile(
        rf"^.{{0,{_OPENING}}}(?:{words})[^。；;]{{0,40}}?(?:\d[百千万亿]{{0,2}}元|\d[辆台]|{_NOTHING}|[X×_]{{2,}})"
    )
    named = re.compile(words)
    for block in blocks:
        bare = re.sub(r"^\W*\d{1,2}[.、．)）]|20\d\d年", "", block.text)
        if block.kind == "heading" and named.search(bare) and not _FIGURES.search(bare):
            return True
        if block.kind == "text" and opening.search(block.text):
            return True
    return False


def _has_content(blocks: Sequence[Block], at: int) -> bool:
    """Whether text stands under a heading, or under a heading below it; a number further up shows that nothing does."""
    for block in blocks[at + 1 :]:
        if block.kind in ("text", "note"):
            return True
        if block.kind == "term" or block.level <= blocks[at].level:
            return False
    return False


def item_stated(blocks: Sequence[Block], words: str) -> bool:
    """Whether an amount or a word of nothing stands close to the words: not a name in a list of names."""
    near = re.compile(
        rf"(?:{words})[^。；;、]{{0,40}}?(?:\d[百千万亿]{{0,2}}元|{_NOTHING})|(?:{_NOTHING})[^。；;、]{{0,12}}(?:{words})"
    )
    return any(near.search(block.text) for block in blocks if block.kind in ("text", "heading"))


def holes(disclosure: Disclosure) -> Iterator[Hole]:
    """The numbers that lists of headings (一、 and （一）) leave out, at their beginning or between two."""
    after = disclosure.contents.last if disclosure.contents else 0
    glossary = disclosure.glossary
    for items in numbered_lists(disclosure.document):
        items = [
            item
            for item in items
            if item.line > after and (glossary is None or not glossary.line <= item.line <= glossary.last)
        ]
        if len(items) < 2 or items[0].level not in (2, 3):
            continue
        if items[0].value == 2:
            yield Hole(items[0])
        yield from (Hole(second) for first, second in pairwise(items) if second.value == first.value + 2)


def is_body(disclosure: Disclosure, endings: Sequence[str], text: str) -> bool:
    """Whether a topic for some bodies is one for this: an office, by its name, and no institution, by what it says."""
    institution = _INSTITUTION.search(text) or ("事业运行" in text and "行政运行" not in text)
    if not endings or institution:
        return not endings
    name = re.sub(r"\(.*?\)$|(?:本级|机关|汇总)$", "", normalise(disclosure.document.organisation))
    return name.endswith(tuple(endings))


def is_complete(disclosure: Disclosure) -> bool:
    """Whether the file has all parts of a report, from the duties to the tables, so that none was published apart."""
    duties = any(len(line) <= 40 and re.search(r"职责|职能", line) for _, line in disclosure.body)
    tables = sum(1 for table in disclosure.document.tables if table.role)
    return duties and tables >= _TABLES and disclosure.contents is not None


def explains_terms(disclosure: Disclosure) -> bool:
    """Whether terms are explained, under a heading or, where that was lost, in items of their own."""
    return disclosure.glossary is not None or sum(1 for _, line in disclosure.body if _EXPLAINED.search(line)) >= 3
