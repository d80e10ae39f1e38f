"""人员: kinds of posts or staff listed after 其中 add up to their total."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.base import Check, Parameters
from assistant.checks.told import told
from assistant.claims import Figure
from assistant.document import Paragraph
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.mentions import Mention, find_mentions
from assistant.rules import Rule
from assistant.text import chinese, normalise

_BRACKETS = re.compile(r"\([^()]*\)")
_UNITS = ("人", "名", "个")
_AMONG = re.compile(r"其中|包括|分别(?:为|是)")
_CLAUSE = re.compile(r"[^。;]+")


class Staff(Parameters):
    """What is counted: words of the whole; kinds that exclude each other, of which the ``main`` ones make it full.

    ``within`` are kinds that may be contained in another (参公 in 事业): a list with them is only judged when it agrees.
    """

    wholes: tuple[str, ...]
    parts: tuple[str, ...]
    main: tuple[str, ...]
    within: tuple[str, ...] = ()


class HeadcountParameters(Parameters):
    """The kinds of counts."""

    families: tuple[Staff, ...]


def run(facts: Facts, rule: Rule, parameters: HeadcountParameters) -> Iterator[Outcome]:
    """Look at every clause 总数, 其中：甲 a 人、乙 b 人 whose parts are all of known kinds."""
    for family in parameters.families:
        yield from _family(facts, rule, family)


def _family(facts: Facts, rule: Rule, family: Staff) -> Iterator[Outcome]:
    staff = re.compile("|".join(family.wholes))
    whole = re.compile(f"(?:{'|'.join(family.wholes)})[^,、:]{{0,12}}$")
    for index, paragraph in enumerate(facts.document.paragraphs):
        if not _AMONG.search(paragraph.text):
            continue
        text = _without_brackets(normalise(paragraph.text))
        for clause in _CLAUSE.finditer(text):
            among = _AMONG.search(clause[0])
            if among is None or not staff.search(clause[0]):
                continue
            found = [m for m in find_mentions(clause[0]) if m.word in _UNITS]
            if any(m.hedge or m.torn for m in found):
                continue
            before = [m for m in found if m.end <= among.start()]
            parts = [m for m in found if m.start >= among.end()]
            rest = clause[0][among.end() :]
            if (
                not before
                or len(parts) < 2
                or not whole.search(clause[0][: before[-1].start])
                or re.search("其中|包括", rest)
            ):
                continue
            labels = _labels(clause[0], among.end(), parts)
            if all(any(word in label for word in family.parts) for label in labels) and len(set(labels)) == len(labels):
                doubtful = any(word in label for label in labels for word in family.within)
                full = all(any(word in label for label in labels) or word not in text for word in family.main)
                figures = [count_figure(paragraph, index, clause.start(), m) for m in (before[-1], *parts)]
                yield _sum(rule, figures, doubtful, full)


def _without_brackets(text: str) -> str:
    """The text with what stands in brackets blanked out, so that positions stay."""
    return _BRACKETS.sub(lambda match: " " * len(match[0]), text)


def _labels(text: str, start: int, parts: list[Mention]) -> list[str]:
    """The words before each number, since the one before."""
    ends = [start, *(part.end for part in parts)]
    return [chinese(text[end : part.start]) for end, part in zip(ends, parts, strict=False)]


def _sum(rule: Rule, figures: list[Figure], doubtful: bool, full: bool) -> Outcome:
    values = [figure.mention.quantity.value for figure in figures]
    total = sum(values[1:])
    verdict = Verdict.AGREE if total == values[0] else Verdict.UNCLEAR if doubtful else Verdict.DISAGREE
    return told(
        rule, verdict, "人数", figures, expected=f"{total}{figures[0].mention.word}",
        calculation="＋".join(map(str, values[1:])) + f" ＝ {total}",
        severity=None if total > values[0] else "warning" if full else "info",
        detail="其中各类人员可能相互包含，不能直接相加" if verdict is Verdict.UNCLEAR else "",
    )  # fmt: skip


def count_figure(paragraph: Paragraph, index: int, offset: int, mention: Mention) -> Figure:
    """A count in a paragraph; ``offset`` is where the text that the mention was found in begins."""
    start, end = offset + mention.start, offset + mention.end
    return Figure(mention, index, paragraph.span(start, end), paragraph.text[start:end], "count")


CHECK = Check("headcount", HeadcountParameters, run)
