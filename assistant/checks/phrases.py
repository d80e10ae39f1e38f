"""残留与误写: turns of phrase that a finished report does not have, by kind, as data in ``corpora/patterns/wording.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pydantic import BaseModel, ConfigDict, Field, field_validator

from assistant.checks.base import Check, Parameters
from assistant.checks.prose import collected
from assistant.document import Document
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.passages import Kind, Place, joined
from assistant.resources import corpora_dir
from assistant.rules import Rule
from assistant.yamlfile import load_yaml

AROUND = 8
"""Characters before and after a match in which an excuse is looked for."""


class Phrases(BaseModel):
    """A kind of defect: its patterns (over plain forms), where they are looked for, and what excuses a match.

    ``one_line``: a match over a line's end is not told, for conversion may have made it. ``unless``: texts around a match
    that make it right. ``exact``: the marks are looked at as they are printed. ``most``: more places than this were made
    by conversion (0 for any number), and nothing is said.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    patterns: tuple[str, ...] = Field(min_length=1)
    where: tuple[Kind, ...] = ("paragraph", "heading", "note", "cell")
    unless: tuple[str, ...] = ()
    one_line: bool = False
    exact: bool = False
    most: int = 0

    @field_validator("patterns", "unless")
    @classmethod
    def _readable(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in patterns:
            re.compile(pattern)
        return patterns


class PhrasesParameters(Parameters):
    """The kind in the corpus."""

    kind: str

    @field_validator("kind")
    @classmethod
    def _known(cls, kind: str) -> str:
        if kind not in kinds():
            raise ValueError(f"没有名为“{kind}”的用语类别，可用的有 {'、'.join(kinds())}")
        return kind


@cache
def kinds() -> dict[str, Phrases]:
    """The kinds of ``corpora/patterns/wording.yaml``."""
    data = load_yaml(corpora_dir() / "patterns" / "wording.yaml")
    return {name: Phrases.model_validate(each) for name, each in data.items()}


@cache
def _compiled(kind: str) -> tuple[tuple[re.Pattern[str], ...], re.Pattern[str] | None]:
    phrases = kinds()[kind]
    excuse = re.compile("|".join(phrases.unless)) if phrases.unless else None
    lines = (pattern.replace("[^", r"[^\n") for pattern in phrases.patterns)  # passages stand on lines of their own
    return tuple(re.compile(pattern, re.MULTILINE) for pattern in lines), excuse


def find(kind: str, document: Document) -> list[Place]:
    """The places of a kind in a document; of those that overlap the first."""
    phrases = kinds()[kind]
    patterns, excuse = _compiled(kind)
    prose = joined(document, *phrases.where)
    text = prose.exact if phrases.exact else prose.text
    spans = sorted((match.start(), match.end()) for pattern in patterns for match in pattern.finditer(text))
    places: list[Place] = []
    taken = 0
    for start, end in spans:
        place = prose.place(start, end) if start >= taken else None
        if place is None or (phrases.one_line and place.passage.broken(place.start, place.end)):
            continue
        around = place.passage.text[max(0, place.start - AROUND) : place.end + AROUND]
        if excuse is None or not excuse.search(around):
            taken = end
            places.append(place)
    return places


def run(facts: Facts, rule: Rule, parameters: PhrasesParameters) -> Iterator[Outcome]:
    """One outcome for all places of the kind."""
    name, places = kinds()[parameters.kind].name, find(parameters.kind, facts.document)
    most = kinds()[parameters.kind].most
    if places:
        lost = 0 < most < len(places)
        yield collected(rule, name, places, verdict=Verdict.UNCLEAR if lost else Verdict.DISAGREE)
    else:
        yield Outcome(rule.code, Verdict.AGREE, name)


CHECK = Check("phrases", PhrasesParameters, run)
