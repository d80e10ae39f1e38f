"""Subjects (科目) as the text names them, and the known name that one of them nearly is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from assistant.passages import Joined
from assistant.spelling import Lexicon
from assistant.terms import functional
from assistant.text import squeeze

SHORT = 5
"""Characters up to which another character is a slip only of a name that the document has itself."""

LEAST = 4
"""Characters that the name must have that was meant."""

UNMARKED = 6
"""Characters that a name without （类）（款）（项） must have."""

_LEVEL = re.compile(r"\s?\((类|款|项)\)")
_TAIL = re.compile(r"[一-鿿]\s?(?:(?:[一-鿿]\s?)|\((?![类款项]\))[一-鿿]{1,6}\)\s?){2,44}$")
_INTRODUCED = re.compile(r"^.*(?:用于|其中|包括|列入|科目|[为由在])(?=.{4})|^[本当上]?年度?(?=.{4})")
_LISTED = re.compile(
    r"(?:^|[,，、;；:：。)\d.])\s?([一-鿿]{6,24})(?=\s?\d[\d,]*(?:\.\d+)?\s?(?:万元|元)|\s?[:：][反指])", re.MULTILINE
)
_NUMBER = re.compile(r"\([一二三四五六七八九十]{1,3}\)")
_DIGITS = {"类": 3, "款": 5, "项": 7}


@dataclass(frozen=True, slots=True)
class Named:
    """A name in the text (``start:end`` of the joined passages) with its level, empty where none is written behind it."""

    name: str
    level: str
    start: int
    end: int


def named_subjects(prose: Joined) -> Iterator[Named]:
    """The names before （类）（款）（项）, and those of lists that have an amount or an explanation behind them."""
    for match in _LEVEL.finditer(prose.text):
        tail = _TAIL.search(_NUMBER.sub("  ", prose.text[max(0, match.start() - 60) : match.start()]))
        if tail is None:
            continue
        first = match.start() - len(tail[0])
        if "\u2e80" <= prose.text[first - 1 : first] <= "\u2fdf":
            continue  # a character that a font gave for another one stands before it
        before = None if is_subject(squeeze(tail[0])) else _INTRODUCED.match(tail[0])
        start = first + (before.end() if before else 0)
        yield Named(squeeze(prose.text[start : match.start()]), match[1], start, match.start())
    for match in _LISTED.finditer(prose.text):
        yield Named(squeeze(match[1]), "", *match.span(1))


class Nearest:
    """What is known of names: the list of subjects, the labels of the document's tables, the names in its text."""

    def __init__(self, labels: Collection[str], named: Collection[Named]) -> None:
        self.labels = frozenset(labels)
        self.counts = Counter(each.name for each in named if each.level)

    @cached_property
    def _own(self) -> Lexicon:
        """The document's own names; most documents have no unknown one, and need it not."""
        return Lexicon(form for name in {*self.labels, *self.counts} for form in _forms(name))

    def right(self, name: str) -> bool:
        """Whether a name is known, or the tables have it."""
        forms = (name, name + "支出", name.removesuffix("支出"))
        return is_subject(name) or any(form in self.labels for form in forms)

    def meant(self, each: Named) -> str:
        """The name that was meant, empty where the one that is written may be right.

        The document's own names go first; a short one, where a character makes another name, must be among them.
        """
        if len(each.name) < 3 or self.right(each.name):
            return ""
        found = [name for name in self._own.near(each.name) if len(name) >= LEAST and self._better(name, each)]
        if not found and each.level:
            near = [
                name
                for name in _standard().near(each.name)
                if each.level == "类" or len(name) > SHORT or len(name) != len(each.name)
            ]
            near = [name for name in near if len(name) >= LEAST and _DIGITS[each.level] in _lengths(name)]
            found = near if len({name.removesuffix("支出") for name in near}) == 1 else []
        return max(found, key=lambda name: (self.counts[name], name), default="")

    def _better(self, name: str, each: Named) -> bool:
        if not each.level:
            return len(name) >= UNMARKED and is_subject(name) and self.right(name)
        fits = not _lengths(name) or _DIGITS[each.level] in _lengths(name)
        fewer = self.counts[each.name] - (len(each.name) != len(name))  # a character lost: as often will do
        return fits and (self.right(name) or self.counts[name] > fewer)


@cache
def _standard() -> Lexicon:
    """The list of subjects over all years, with and without 支出 at the end."""
    return Lexicon(form for name in functional().codes for form in _forms(squeeze(name)))


@cache
def _lengths(name: str) -> frozenset[int]:
    """The lengths of the codes that a name has in the list."""
    known = functional().codes
    return frozenset(len(code) for form in (name, name + "支出") for code in known.get(form, ()))


def _forms(name: str) -> set[str]:
    return {form for form in (name, name.removesuffix("支出")) if len(form) >= 2}


def is_subject(name: str) -> bool:
    """Whether the list of subjects has a name; 支出 at its end may be missing or added."""
    names = _standard().names
    return name in names or name + "支出" in names or name.removesuffix("支出") in names
