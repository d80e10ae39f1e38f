"""固定用语: a fixed term of the trade written with a character wrong, missing or too many (公务费运行维护费).

The terms are in ``corpora/terms/fixed.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pydantic import BaseModel, ConfigDict
from rapidfuzz.distance import OSA, Levenshtein

from assistant.checks.base import Check, Parameters
from assistant.checks.prose import collected
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.passages import Joined, Place, joined
from assistant.resources import corpora_dir
from assistant.rules import Rule
from assistant.text import normalise
from assistant.yamlfile import load_yaml

ENDS = (2, 4)
"""Characters at the beginning and end of a term that must be there where two characters differ within it."""

WIDE = 2
"""The place of the pattern with both ends among a term's patterns."""


class Fixed(BaseModel):
    """Other ways of writing a term that are right as well; ``wide``: a character lost and one wrong are a slip too."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    variants: tuple[str, ...] = ()
    wide: bool = False


class FixedTerms(BaseModel):
    """The terms, and words that may stand for each other in any of them (``same``: 预算, 决算, 预决算)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    same: dict[str, tuple[str, ...]]
    terms: dict[str, Fixed]


@cache
def fixed_terms() -> tuple[dict[str, tuple[re.Pattern[str], ...]], tuple[str, ...]]:
    """For each term the patterns of what may be a slip of it, the last for both ends; and everything that is right."""
    data = FixedTerms.model_validate(load_yaml(corpora_dir() / "terms" / "fixed.yaml"))
    terms = {normalise(term): each for term, each in data.terms.items()}
    right = [*terms, *(normalise(form) for each in terms.values() for form in each.variants)]
    right += [form.replace(word, other) for word, others in data.same.items() for form in right for other in others]
    return {term: _loose(term, wide=each.wide) for term, each in terms.items()}, tuple(dict.fromkeys(right))


def _loose(term: str, *, wide: bool) -> tuple[re.Pattern[str], ...]:
    """The term with one of its halves whole, or both its ends, and anything of about the right length between."""
    half, size = len(term) // 2, len(term)
    start, end = ENDS
    pieces = [
        (term[:half], size - half - 2, size - half, term[-1]),
        (term[0], half - 2, half, term[half:]),
        (term[:start], max(size - start - end - 1, 0), size - start - end + 1, term[-end:]),
    ]
    return tuple(
        re.compile(rf"{re.escape(head)}[一-鿿()]{{{least},{most}}}?{re.escape(tail)}")
        for head, least, most, tail in (pieces if wide else pieces[:-1])
    )


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Collect for each term the texts that miss it."""
    prose = joined(facts.document, "paragraph", "heading", "note")
    found: dict[tuple[str, str], list[Place]] = {}
    terms, right = fixed_terms()
    for term, patterns in terms.items():
        for text, place in _slips(prose, term, patterns, right):
            if place not in found.setdefault((text, term), []):
                found[text, term].append(place)
    told = dict(sorted(found, key=lambda pair: -len(pair[1])))  # the term that misses by least
    for text, term in told.items():
        yield collected(rule, f"“{text}”", found[text, term], expected=term.replace("(", "（").replace(")", "）"))
    if not found:
        yield Outcome(rule.code, Verdict.AGREE, "固定用语")


def _slips(
    prose: Joined, term: str, patterns: tuple[re.Pattern[str], ...], right: tuple[str, ...]
) -> Iterator[tuple[str, Place]]:
    for text, start in _candidates(prose.text, term, patterns):
        place = prose.place(start, start + len(text))
        around = prose.text[max(0, start - 4) : start + len(text) + 4]
        excused = any(form in around for form in right if len(form) >= len(text) - 1)
        if place and not place.passage.broken(place.start, place.end) and not excused:
            yield text, place


def _candidates(prose: str, term: str, patterns: tuple[re.Pattern[str], ...]) -> Iterator[tuple[str, int]]:
    """The texts that are slips of a term; those with two characters exchanged that its patterns cannot see, one by one."""
    for number, pattern in enumerate(patterns):
        for match in pattern.finditer(prose):
            if match[0] != term and _slip(match[0], term, ends=number == WIDE):
                yield match[0], match.start()
    for at in range(len(term) - 1):
        exchanged = term[:at] + term[at + 1] + term[at] + term[at + 2 :]
        if exchanged != term and exchanged in prose:
            yield from ((exchanged, match.start()) for match in re.finditer(re.escape(exchanged), prose))


def _slip(text: str, term: str, *, ends: bool) -> bool:
    """One character differs, or, where both ends are there, two; never a particle or bracket, which make other right texts."""
    if len(text) == len(term) and sorted(text) == sorted(term):
        return OSA.distance(text, term) == 1  # two characters changed places
    distance = Levenshtein.distance(text, term)
    if distance == 0 or distance > (2 if ends and len(text) < len(term) else 1):
        return False
    edits = Levenshtein.editops(text, term)
    changed = "".join(text[edit.src_pos] for edit in edits if edit.tag != "insert")
    changed += "".join(term[edit.dest_pos] for edit in edits if edit.tag != "delete")
    return not any(char in "的和与及或等、()其它类内费" for char in changed) or (ends and distance == 2)


CHECK = Check("near_term", Parameters, run)
