"""编号: two headings or items of one list with the same number; a number that a list of headings leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from assistant.checks.base import Check, Parameters
from assistant.checks.prose import evidence_of, quoted
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.numbered import Item, numbered_lists
from assistant.rules import Rule
from assistant.text import clean, normalise

_ROW = re.compile(r"\d\.\d\d\s*$|^.{3,}\s[(]?[一二三四五六七八九十]{1,3}[)、]|总\s*计")
HEADINGS = (2, 3)
"""The levels 一、 and （一）: those of items further down are lost too often in conversion to miss one."""


_LOST = re.compile(r"扫描|图片|没有文字")
_ENDS = re.compile(r"[。；;：:，,.]$|^[-—\s第]*\d{1,3}[-—\s页]*$|\t")
_SHORT = 34
"""The characters up to which a line without a mark at its end may be a heading that lost its number."""


_FEW = 3
"""The paragraphs that may stand under one heading without some of them belonging to one that was lost."""


class NumberingParameters(Parameters):
    """``look_for``: a number that occurs twice, or one that is missing."""

    look_for: Literal["repeated", "missing"]


def run(facts: Facts, rule: Rule, parameters: NumberingParameters) -> Iterator[Outcome]:
    """Look at each list of numbers of one shape under one heading."""
    found = False
    for items in numbered_lists(facts.document):
        found = True
        judge = _repeated if parameters.look_for == "repeated" else _missing
        yield from judge(facts, rule, items)
    if found:
        yield Outcome(rule.code, Verdict.AGREE, "编号")


def _repeated(facts: Facts, rule: Rule, items: Sequence[Item]) -> Iterator[Outcome]:
    """A number twice, in a list that counts up to it and goes on after it: any other may be two lists run together."""
    for at in range(1, len(items) - 1):
        before, first, second = items[at - 1], items[at], items[at + 1]
        after = items[at + 2] if at + 2 < len(items) else None
        goes_on = after.value == first.value + 1 if after else first.level in HEADINGS
        if not (before.value + 1 == first.value == second.value and goes_on) or not first.name or not second.name:
            continue
        if first.name == second.name:
            continue  # the heading of a page that was printed again
        if _in_table(facts, first) and _in_table(facts, second):
            continue  # the two sides of a table that was pasted cell by cell
        yield Outcome(
            rule.code, Verdict.DISAGREE, quoted([clean(second.place.text)]), stated=clean(second.place.text),
            expected=f"第 {second.value + 1} 项" + ("，其后各项顺延" if after else ""), calculation=f"前一项为{quoted([clean(first.place.text)])}",
            evidence=(evidence_of(second.place), evidence_of(first.place)),
        )  # fmt: skip


def _in_table(facts: Facts, item: Item) -> bool:
    """Whether a line is a row of a table that lost its columns: a figure ends it or is the next line, or two items stand in it."""
    line, below = normalise(facts.document.lines[item.line - 1]), facts.document.lines[item.line :]
    following = next((normalise(text) for text in below if text.strip()), "")
    return bool(_ROW.search(line)) or re.fullmatch(r"[\d,.\s-]+", following) is not None


def _missing(facts: Facts, rule: Rule, items: Sequence[Item]) -> Iterator[Outcome]:
    """A number left out between two headings, of which nothing is to be seen on the lines between."""
    for before, after in pairwise(items):
        if before.level not in HEADINGS or after.value != before.value + 2 or len(items) < 4:
            continue
        wanted = _numeral(before.value + 1)
        between = normalise("\n".join(facts.document.lines[before.line - 1 : after.line - 1]))
        if re.search(rf"\({wanted}\)|(?<![一二三四五六七八九十]){wanted}\s*[、.)]", between):
            continue  # it runs on within a paragraph, the one before included
        yield Outcome(
            rule.code, Verdict.DISAGREE, f"{quoted([clean(before.place.text)])}与{quoted([clean(after.place.text)])}之间",
            stated=clean(after.place.text), expected=f"第 {before.value + 1} 项", severity=None if _certain(facts, before, after) else "info", evidence=(evidence_of(after.place), evidence_of(before.place)),
        )  # fmt: skip


def _certain(facts: Facts, before: Item, after: Item) -> bool:
    """Whether a part is missing and no heading was lost: all pages have text, no paragraph between is as short as one."""
    document, glossary = facts.document, facts.disclosure().glossary
    if glossary is not None and glossary.line <= before.line <= glossary.last:
        return False  # a list of terms may leave out those that it does not need
    if document.lines[before.line - 1].count("\t") or any(
        _LOST.search(problem.message) for problem in document.problems
    ):
        return False
    if {before.place.passage.kind, after.place.passage.kind} != {"heading"}:
        return False
    inside = range(before.line + 1, after.line)
    texts = [clean(p.text) for p in document.paragraphs if p.segments and p.segments[0].line in inside]
    if len(texts) > _FEW:
        return False  # they may be those of two headings
    return all(len(text) > _SHORT or _ENDS.search(text) for text in texts) and not any(
        section.span.line in inside and section.level <= before.level for section in document.sections
    )


def _numeral(value: int) -> str:
    numerals = "零一二三四五六七八九"
    tens, ones = divmod(value, 10)
    return ("" if tens == 0 else "十" if tens == 1 else numerals[tens] + "十") + (numerals[ones] if ones else "")


CHECK = Check("numbering", NumberingParameters, run)
