"""没有写完的句子: a paragraph that stops at a word which must be followed by something, with a new heading after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from assistant.checks.base import Check, Parameters
from assistant.checks.prose import collected
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.passages import Passage, Place, passages
from assistant.rules import Rule

_WORDS = re.compile(
    r"(?:(?:主要)?原因(?:是|为|在于)|主要(?:是|用于)|用于|以及|由于|因为|为了|[比较](?:上|去)年|与(?:上|去)年(?:度)?相比|决算为|预算为"
    r"|,其中|完成年初预算的?|占(?:本年)?(?:支出|收入)?(?:合计)?的)$"
)
_MARKS = re.compile(r"[一-鿿\d%)][,、]$")
"""A comma at the end may as well stand for a full stop: a slip of the pen, not a sentence cut off."""

_CLAUSE = re.compile(r"[,。;]")
SHORTEST = 16
"""Characters of a paragraph that is a sentence; shorter ones may be captions."""


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Look at the last paragraph before each heading of the same or a higher level, and at the end of the text."""
    last = _last_before_headings(facts)
    words = [place for passage in last if (place := _stops(passage, _WORDS))]
    marks = [place for passage in last if (place := _stops(passage, _MARKS))]
    if words:
        yield collected(rule, "没有写完的句子", words)
    if marks:
        yield collected(
            rule, "以逗号或顿号结束的段落", marks, severity="info", detail="也可能只是标点误用，请确认后面是否缺少内容"
        )
    if not words and not marks and last:
        yield Outcome(rule.code, Verdict.AGREE, "段落结尾")


def _last_before_headings(facts: Facts) -> list[Passage]:
    """Paragraphs that a heading follows at once which cannot be an item of theirs."""
    document = facts.document
    found: list[Passage] = []
    texts = [passage for passage in passages(document, "paragraph") if passage.text]
    tables = sorted(table.span.line for table in document.tables)
    for passage, following in zip_longest(texts, texts[1:]):
        end = passage.span(len(passage.text) - 1, len(passage.text)).last_line
        if following is not None and following.section == passage.section:
            continue
        headings = document.sections[passage.section : following.section if following else None]
        if not headings or not passage.section:
            continue
        at, first = document.sections[passage.section - 1], headings[0]
        if (
            first.level <= min(at.level, 3)
            and first.number
            and not any(end < line < first.span.line for line in tables)
        ):
            found.append(passage)
    return found


def _stops(passage: Passage, pattern: re.Pattern[str]) -> Place | None:
    text = passage.text.rstrip()
    match = pattern.search(text) if len(text) >= SHORTEST else None
    if match is None:
        return None
    clauses = [each.end() for each in _CLAUSE.finditer(text, 0, match.start())]
    return Place(passage, clauses[-1] if clauses else max(0, match.start() - 20), match.end())


CHECK = Check("unfinished", Parameters, run)
