"""词语重复: a phrase written twice, and a word of two characters written twice where the two belong to no longer words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pydantic import BaseModel, ConfigDict

from assistant.checks.base import Check, Parameters
from assistant.checks.phrases import find, kinds
from assistant.checks.prose import collected
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.passages import Place, joined
from assistant.resources import corpora_dir
from assistant.rules import Rule
from assistant.words import is_word
from assistant.yamlfile import load_yaml

KIND = "doubled"
"""The phrases that are found by their patterns."""

CELLS = 2
"""Cells with doubled words beyond which a reader of images made them."""

_TWICE = re.compile(r"(?=(([一-鿿])(?!\2)[一-鿿])\1)")
_CHINESE = re.compile(r"[一-鿿]")


class Doubled(BaseModel):
    """Words that may stand twice (``twice``), that end one name and begin another (``joints``), and what shows that they do not."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    twice: frozenset[str]
    joints: frozenset[str]
    ends: tuple[str, ...]


@cache
def doubled_terms() -> Doubled:
    """The words of ``corpora/terms/doubled.yaml``."""
    return Doubled.model_validate(load_yaml(corpora_dir() / "terms" / "doubled.yaml"))


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """One outcome for all that stands twice in a document."""
    places = find(KIND, facts.document)
    taken = {(place.passage, at) for place in places for at in range(place.start, place.end)}
    places += [place for place in _words(facts) if (place.passage, place.start) not in taken]
    if places:
        yield collected(rule, kinds()[KIND].name, places)
    else:
        yield Outcome(rule.code, Verdict.AGREE, kinds()[KIND].name)


def _words(facts: Facts) -> Iterator[Place]:
    prose = joined(facts.document)
    found = [
        place
        for match in _TWICE.finditer(prose.text)
        if match[1] not in doubled_terms().twice
        and is_word(match[1])
        and _slipped(prose.text, match.start(), match[1])
        and (place := prose.place(match.start(), match.start() + 4)) is not None
        and not place.passage.broken(place.start, place.end)
    ]
    cells = sum(1 for place in found if place.passage.kind == "cell")
    yield from (place for place in found if place.passage.kind != "cell" or cells <= CELLS)


def _slipped(text: str, start: int, word: str) -> bool:
    """Whether a word that stands twice from ``start`` on does not end a longer one before and begin one behind."""
    end = start + 2 * len(word)
    after = text[end : end + 2]
    if not _CHINESE.match(after):
        return not _CHINESE.match(text[start - 1 : start]) or word not in text[end : end + 8]
    joint = word in doubled_terms().joints
    if joint and any(text.startswith(other, end) for other in doubled_terms().ends):
        return True
    begins = any(is_word(text[end - 2 : end + more]) for more in (1, 2))
    if joint:
        once = text[start - 3 : start] + word + after
        return len(after) == 2 and "\n" not in once and once in text and not begins
    return not (begins and any(is_word(text[start - more : start + 2]) for more in (1, 2)))


CHECK = Check("doubled_words", Parameters, run)
