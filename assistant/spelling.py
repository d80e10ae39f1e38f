"""Names that are nearly a known one: a character lost, too many, another one, or two exchanged.

Many known names are kept under all texts that lack one of their characters, so that finding what is near is a matter of a
few look-ups; the few of one document are compared one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise

from rapidfuzz.distance import OSA, Levenshtein
from rapidfuzz.process import extract_iter

SAME = frozenset("的和与及或等、()其他它帐账")
"""Characters whose change leaves a name right: particles, brackets, two ways of writing one word."""

OTHER = frozenset("一二三四五六七八九十东西南北上下前后新老大中小高初男女未非不无省市县乡镇村")
"""Characters whose change makes another name, and no slip."""

KINDS = "局委办厅院所站队部处室中心会馆校场团社省市区县镇乡一二三四五六七八九十东西南北新老大小上下"
"""Characters whose change makes another body of a name, not a slip of the pen."""

FEW = 1_500
"""Names that are looked at one by one."""

PARTICLES = "的和与及、暨·"


class Lexicon:
    """Known names, and which of them a text misses by one slip."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = frozenset(names)
        self._near: dict[str, tuple[str, ...]] = {}

    @cached_property
    def _lacking(self) -> dict[str, list[str]]:
        """The names by what is left of them without one of their characters."""
        found: dict[str, list[str]] = {}
        for name in sorted(self.names):
            for short in {name, *_shorter(name)}:
                found.setdefault(short, []).append(name)
        return found

    def near(self, text: str) -> tuple[str, ...]:
        """The names one slip away from a text; a change that leaves it right is no slip."""
        if text not in self._near:
            self._near[text] = tuple(sorted(name for name in self._candidates(text) if slip(text, name)))
        return self._near[text]

    def _candidates(self, text: str) -> Iterable[str]:
        if len(self.names) <= FEW:  # asked a few times for one document: looking at each is cheaper than an index
            return [each[0] for each in extract_iter(text, self.names, scorer=OSA.distance, score_cutoff=1)]
        return {name for short in {text, *_shorter(text)} for name in self._lacking.get(short, ())}


def slip(text: str, name: str) -> bool:
    """Whether a text is a name but for one character (or two that changed places), and cannot be meant so."""
    if text == name or OSA.distance(text, name, score_cutoff=1) != 1:
        return False
    changed = {text[edit.src_pos] for edit in Levenshtein.editops(text, name) if edit.tag != "insert"}
    changed |= {name[edit.dest_pos] for edit in Levenshtein.editops(text, name) if edit.tag != "delete"}
    if sorted(text) == sorted(name):
        return True  # exchanged
    doubled = len(text) > len(name) and any(a == b for a, b in pairwise(text))
    return doubled or not (changed <= SAME or changed & OTHER)


def _shorter(text: str) -> Iterator[str]:
    return (text[:at] + text[at + 1 :] for at in range(len(text)))


def stretches(line: str, own: str, core: str) -> Iterator[tuple[int, int, str]]:
    """Stretches of a line that miss a body's name by one character within it, as start, end and text without blanks.

    ``own``: the last unit of the body's place, which must stand before them; empty where the name has its place in it.
    """
    half = len(core) // 2
    kept = [at for at, char in enumerate(line) if not char.isspace()]
    plain = "".join(line[at] for at in kept)
    for anchor, ahead in ((core[:half], True), (core[-half:], False)):
        for match in re.finditer(re.escape(anchor), plain):
            for length in (len(core) - 1, len(core), len(core) + 1):
                start = match.start() if ahead else match.end() - length
                text = plain[max(start, 0) : max(start, 0) + length]
                before = plain[max(0, start - len(own) - 4) : max(start, 0)]
                if (
                    start >= 0
                    and own in before
                    and core not in plain[start : start + len(core) + 1]
                    and _body_slip(text, core)
                ):
                    yield kept[start], kept[start + length - 1] + 1, text
                    break


def _body_slip(text: str, core: str) -> bool:
    """Whether a text is the name but for one character that is neither its first nor its last nor makes another body."""
    if text[:1] != core[:1] or text[-1:] != core[-1:] or OSA.distance(text, core, score_cutoff=1) != 1:
        return False
    if sorted(text) == sorted(core):
        return True  # two characters changed places
    (edit,) = Levenshtein.editops(text, core)
    changed = text[edit.src_pos] if edit.tag != "insert" else ""
    changed += core[edit.dest_pos] if edit.tag != "delete" else ""
    return all("一" <= char <= "鿿" for char in text) and not any(char in KINDS + PARTICLES for char in changed)
