"""标题与项目名称: a heading, table title or project name that nearly is one of the usual ones, or one that stands elsewhere."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Literal

from rapidfuzz.distance import Levenshtein

from assistant.checks.base import Check, Parameters
from assistant.checks.evidence import place_evidence
from assistant.checks.prose import collected_evidence
from assistant.document import Document, Span
from assistant.facts import Facts
from assistant.findings import Evidence, Outcome, Verdict
from assistant.passages import plain_lines
from assistant.resources import corpora_dir
from assistant.rules import Rule
from assistant.spelling import Lexicon
from assistant.terms import table_roles
from assistant.text import chinese, squeeze
from assistant.yamlfile import load_yaml

LEAST = 6
"""Characters of a title or project that no list has."""

OFTEN = {"titles": 2, "projects": 3}
"""Times that the right name must stand in the document; the odd one stands there once."""

_LEADER = re.compile(r"[.·…\s_]*\d{0,3}\s*$")
_LEAD = re.compile(
    r"^[#>*\-\s]*(?:第[一二三四五六七八九十]+部分|\(?[一二三四五六七八九十]{1,3}[)、.]|\(?\d{1,2}[)、.]|(?:公开|附)?表?[\d一二三四五六七八九十]{1,2}表?[:、.\s])?"
)
_ENDS = re.compile(r"(?:表|说明|情况|概况|解?词?释|预算|决算)$")
_PROJECT = re.compile(
    r"(?<![一-鿿])(?:年度?)?([一-鿿]{6,24}?(?:项目|经费))(?=绩效|支出绩效|自评|[年全][初年]预算|[,。:;、(“”\s]|$)"
)
_VARY = frozenset("区总明细类费项本用年性额目级及部门单位表报")
_PAIRS = frozenset("收支入出决预职责能")
_OF_A_TABLE = re.compile(r"(?<=表)的?(?:编制)?(?:有关|相关)?(?:情况)?(?:的)?(?:说明|情况)$")
"""What follows the title of a table in the heading of the section that explains it."""


class KnownTitleParameters(Parameters):
    """``look_at``: titles (headings, entries of the 目录, titles of tables) or the names of projects."""

    look_at: Literal["titles", "projects"]


def run(facts: Facts, rule: Rule, parameters: KnownTitleParameters) -> Iterator[Outcome]:
    """Collect the names that miss another one by a character that cannot be meant."""
    titles = parameters.look_at == "titles"
    places: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for name, line, start, end in _titles(facts.document) if titles else _projects(facts.document):
        places[name].append((line, start, end))
    often = {name for name, found in places.items() if len(found) >= OFTEN[parameters.look_at] and len(name) >= LEAST}
    known = (Lexicon(often), _usual()) if titles else (Lexicon(often),)
    wrong: dict[tuple[str, str], list[Evidence]] = {}
    for name, found in places.items():
        if any(name in one.names for one in known) or len(found) > 1:
            continue
        near = [each for one in known for each in one.near(name) if _slipped(name, each, replaced=titles)]
        if near:
            right = max(near, key=lambda each: len(places.get(each, ())))
            wrong[name, right] = [place_evidence(facts.document, Span(*place)) for place in found]
    for (name, right), evidence in wrong.items():
        yield collected_evidence(rule, f"“{name}”", name, evidence, expected=right)
    if places and not wrong:
        yield Outcome(rule.code, Verdict.AGREE, "名称")


def _titles(document: Document) -> Iterator[tuple[str, int, int, int]]:
    """The titles without number, year, body and page: what they are about, the line, and where they stand in it."""
    own = [each for each in re.split(r"[()]", squeeze(document.organisation)) if len(each) >= 4]
    for number, line in enumerate(plain_lines(document), start=1):
        text = _LEADER.sub("", line) if len(line) <= 70 and "\t" not in line and "。" not in line else ""
        if not _ENDS.search(text.rstrip('》”" ')) or "|" in text:
            continue
        bare = re.sub(r"20\d\d\s?年度?", "", squeeze(_LEAD.sub("", text)))
        for name in own:
            bare = bare.replace(name, "")
        bare = _OF_A_TABLE.sub("", chinese(bare))
        yield bare, number, 0, len(text)


def _projects(document: Document) -> Iterator[tuple[str, int, int, int]]:
    for number, line in enumerate(plain_lines(document), start=1):
        for match in _PROJECT.finditer(line) if "项目" in line or "经费" in line else ():
            yield match[1], number, match.start(1), match.end(1)


def _slipped(name: str, right: str, *, replaced: bool) -> bool:
    """Whether the change makes no other title: 总表 and 表, 收入 and 支出, 预算 and 决算 are two each.

    Two projects may differ by the name of a village: of theirs only a character lost, doubled or out of its place counts.
    """
    if sorted(name) == sorted(right):
        return True
    (edit,) = Levenshtein.editops(name, right)
    if edit.tag == "replace":
        return replaced and not {name[edit.src_pos], right[edit.dest_pos]} <= _PAIRS | _VARY
    if edit.tag == "delete":
        return name[edit.src_pos] not in _VARY or name[edit.src_pos] in name[max(0, edit.src_pos - 1) : edit.src_pos]
    return right[edit.dest_pos] not in _VARY and 0 < edit.dest_pos < len(right) - 1


@cache
def _usual() -> Lexicon:
    """The titles that reports have, from the corpus and the known tables."""
    given: list[str] = load_yaml(corpora_dir() / "terms" / "headings.yaml")["headings"]
    titles = {chinese(title) for role in table_roles() for title in role.titles}
    return Lexicon(titles | set(given))


CHECK = Check("known_title", KnownTitleParameters, run)
