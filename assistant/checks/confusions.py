"""错别字: words that are written for others, each where that is certain; the list is ``corpora/terms/confusions.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pydantic import BaseModel, ConfigDict, field_validator

from assistant.checks.base import Check, Parameters
from assistant.checks.prose import corrections
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.passages import Place, joined
from assistant.resources import corpora_dir
from assistant.rules import Rule
from assistant.words import is_word
from assistant.yamlfile import load_yaml

AROUND = 24
"""Characters before and after a word that its contexts may look at."""


class Confusion(BaseModel):
    """A word that is written for another, and what must (or must not) stand right before and after it (patterns)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    wrong: str
    right: str
    before: str = ""
    after: str = ""
    not_before: str = ""
    not_after: str = ""

    @field_validator("before", "after", "not_before", "not_after")
    @classmethod
    def _readable(cls, pattern: str) -> str:
        re.compile(pattern)
        return pattern

    def stands(self, text: str, start: int, end: int) -> bool:
        """Whether the word at a place of a text stands where it is certainly written for the other one."""
        before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
        return (
            (not self.before or re.search(rf"(?:{self.before})$", before) is not None)
            and (not self.after or re.match(self.after, after) is not None)
            and not (self.not_before and re.search(rf"(?:{self.not_before})$", before))
            and not (self.not_after and re.match(self.not_after, after))
        )


class Confusions(BaseModel):
    """``always``: words that are none, by the right ones. ``in_context``: words that are wrong only where they stand so."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    always: dict[str, str]
    in_context: tuple[Confusion, ...]


@cache
def confusions() -> tuple[re.Pattern[str], dict[str, tuple[Confusion, ...]]]:
    """A pattern of all wrong words, and for each of them its entries."""
    data = Confusions.model_validate(load_yaml(corpora_dir() / "terms" / "confusions.yaml"))
    by_word: dict[str, tuple[Confusion, ...]] = {
        wrong: (Confusion(wrong=wrong, right=right),) for wrong, right in data.always.items()
    }
    for each in data.in_context:
        by_word[each.wrong] = (*by_word.get(each.wrong, ()), each)
    longest = sorted(by_word, key=lambda word: (-len(word), word))
    return re.compile("|".join(re.escape(word) for word in longest)), by_word


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """One outcome for all words of a document that are written for others."""
    prose = joined(facts.document)
    pattern, by_word = confusions()
    found: dict[tuple[str, str], list[Place]] = {}
    for match in pattern.finditer(prose.text):
        right = next((e.right for e in by_word[match[0]] if e.stands(prose.text, *match.span())), "")
        if not right or _spanned(prose.text, *match.span()):
            continue
        start, end = match.span()
        if len(right) == 1:  # told with its neighbours: 的 alone says nothing
            start, end = start - 2, end + 2
        place = prose.place(start, end)
        if place is not None and not place.passage.broken(place.start, place.end):
            before, after = prose.text[start : match.start()], prose.text[match.end() : end]
            found.setdefault((before + match[0] + after, before + right + after), []).append(place)
    if found:
        yield corrections(rule, found)
    else:
        yield Outcome(rule.code, Verdict.AGREE, "用词")


def _spanned(text: str, start: int, end: int) -> bool:
    """Whether the word's first or last character makes another word with its neighbour (防犯 in 防犯罪)."""
    return is_word(text[start - 1 : start + 1]) or is_word(text[end - 1 : end + 1])


CHECK = Check("confusions", Parameters, run)
