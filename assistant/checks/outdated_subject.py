"""科目沿革: 类 and 款 that have another name in the report's year; a 款 told under a 类 it does not belong to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from assistant.checks.base import Check, Parameters
from assistant.checks.prose import collected
from assistant.checks.years import report_year
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.passages import Passage, Place, joined, passages
from assistant.rules import Rule
from assistant.terms import functional
from assistant.text import squeeze

_PATH = re.compile(
    r"(?P<top>[^\s()。;,:“”\"、.\d][^()。;,:“”\"]{1,24})\(类\)(?:支出)?\s*(?P<middle>[^。;,:“”\"]{2,30}?(?:\([^()]{1,6}\)[^()。;,]{0,16})?)\(款\)"
)
_NUMBER = re.compile(r"^(?:[一二三四五六七八九十]+、|\d+[.、]|[(（][一二三四五六七八九十\d]+[)）])\s*")
SHORTEST = 8
"""Characters of a 类's name that can be nothing else; shorter ones, and 款, count only before （类）（款） or in a cell."""


class OutdatedSubjectParameters(Parameters):
    """``look_for``: former names, or a 款 under another 类."""

    look_for: Literal["former", "parent"]


@cache
def renamed(year: int) -> dict[str, tuple[str, str]]:
    """Names of 类 and 款 that are in use no more in a year: their code, and the name that it has then."""
    subjects = functional()
    return {
        name: (code, subjects.names_in(code, year)[-1])
        for (code, name), last in subjects.ended.items()
        if len(code) <= 5 and last < year and subjects.names_in(code, year)
        and not any(name in subjects.names_in(other, year) for other in subjects.codes[name])
    }  # fmt: skip


def run(facts: Facts, rule: Rule, parameters: OutdatedSubjectParameters) -> Iterator[Outcome]:
    """Look at the text, and for former names at the rows of the tables too."""
    if parameters.look_for == "parent":
        yield from _parents(facts, rule)
        return
    year = report_year(facts)
    names = renamed(year)
    found: dict[str, list[Place]] = {}
    prose = joined(facts.document, "paragraph", "heading")
    for match in _any_of(year).finditer(prose.text):
        key = next(each for each in (match[1], match[1] + "支出", match[1].removesuffix("支出")) if each in names)
        place = prose.place(match.start(1), match.end(1))
        told = match[2] or (len(names[key][0]) == 3 and len(key) >= SHORTEST and match[1].endswith("支出"))
        if place and told:
            found.setdefault(key, []).append(place)
    for passage in passages(facts.document, "cell"):
        name = squeeze(_NUMBER.sub("", passage.text))
        if name in names and len(name) >= SHORTEST:
            found.setdefault(name, []).append(Place(passage, 0, len(passage.text)))
    for name, places in sorted(found.items()):
        yield collected(rule, f"科目“{name}”", places, expected=names[name][1], detail=f"报告年度为 {year} 年")
    if not found:
        yield Outcome(rule.code, Verdict.AGREE, "科目名称")


@cache
def _any_of(year: int) -> re.Pattern[str]:
    forms = {form for name in renamed(year) for form in (name, name.removesuffix("支出")) if len(form) >= 4}
    words = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True)) or "(?!)"
    return re.compile(rf"(?<![一-鿿])({words})(?:支出)?(\([类款]\))?")


def _parents(facts: Facts, rule: Rule) -> Iterator[Outcome]:
    """A 款 whose every code lies under other 类 than the one it is told with; unknown names are passed over."""
    subjects, wrong, right = functional(), list[tuple[Place, str]](), False
    for passage in passages(facts.document, "paragraph", "heading"):
        for match in _PATH.finditer(passage.text) if "(款)" in passage.text else ():
            top = subjects.class_code(squeeze(_NUMBER.sub("", match["top"])))
            codes = [code for code in subjects.codes.get(squeeze(match["middle"]), ()) if len(code) == 5]
            if not top or not codes:
                continue
            right = right or any(code.startswith(top) for code in codes)
            if not any(code.startswith(top) for code in codes) and not _in_tables(facts, top, match["middle"]):
                homes = {subjects.names[code[:3]][-1] for code in codes if code[:3] in subjects.names}
                wrong.append((_place(passage, match), "、".join(sorted(homes))))
    for place, expected in wrong:
        yield collected(rule, f"“{place.text}”", [place], expected=expected)
    if right and not wrong:
        yield Outcome(rule.code, Verdict.AGREE, "类款关系")


def _in_tables(facts: Facts, top: str, name: str) -> bool:
    """Whether the document's own tables put a 款 of this name under the 类: then the list is what lags behind."""
    rows = (row for table in facts.document.tables for side in table.sides for row in side.rows)
    return any(row.code.startswith(top) and squeeze(row.label) == squeeze(name) for row in rows)


def _place(passage: Passage, match: re.Match[str]) -> Place:
    start = match.start() + len(match["top"]) - len(_NUMBER.sub("", match["top"]))
    return Place(passage, start, match.end())


CHECK = Check("outdated_subject", OutdatedSubjectParameters, run)
