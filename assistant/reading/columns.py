"""Columns of amounts to canonical keys: by header words, with the printed 栏次 as a second witness."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from assistant.document import Column
from assistant.reading.header import Heading
from assistant.terms import ColumnSpec, same_words

SURE = 80
"""A label this similar (rapidfuzz ratio, 0–100) is the same label with a slip or some conversion damage."""

_LABEL = re.compile(r"(?:功能分类|经济分类|支出功能分类)?(?:科目名称|科目编码)")
_NOISE = re.compile(r"^20\d\d年度?(?=[一-鿿])|[^一-鿿/]")
_YEAR = re.compile(r"(20\d\d)年")
_COMPARED = re.compile(r"增减|增长|[%％]|比例|(?:上年|上年度|去年)(?:预算|决算|执行|支出)数?$|较上年|比上年")
_JOINT = re.compile(r"(?<=[一-鿿])[-—－](?=[一-鿿])")
"""Two levels of a header in one cell: 预算数-合计."""


def key_columns(indices: Sequence[int], headings: Sequence[Heading], specs: Sequence[ColumnSpec]) -> tuple[Column, ...]:
    """The columns at ``indices`` with the key of the column they are; unknown ones keep an empty key."""
    shifted = _shifted(indices, headings, specs)
    aside = set_aside(indices, headings)
    told = [j for j in indices if j not in aside]
    chosen = {} if shifted else {indices.index(told[i]): key for i, key in _by_words(told, headings, specs).items()}
    chosen |= {indices.index(j): label for j, label in aside.items()}
    numbers = [headings[j].number for j in indices]
    usual = [spec for spec in specs if not spec.beside]
    if len(indices) == len(usual) and numbers == list(range(1, len(usual) + 1)):
        # The printed 栏次 run through: where the words do not speak against it, the usual order decides.
        chosen = (
            {i: spec.key for i, spec in enumerate(usual)}
            if shifted or _in_usual_order(indices, headings, usual)
            else chosen
        )
    return tuple(Column(j, headings[j].label, chosen.get(i, ""), headings[j].number) for i, j in enumerate(indices))


def set_aside(indices: Sequence[int], headings: Sequence[Heading]) -> dict[int, str]:
    """Columns that tell of another year, or how much it differs, with what to call them; the table's own are those of the last year.

    A year over the first column of a run holds for the run, where another run shows the same words again.
    """
    leaves = Counter(headings[j].leaf for j in indices)
    years: dict[int, int | None] = {}
    last: int | None = None
    for j in indices:
        found = [int(year) for word in headings[j].path for year in _YEAR.findall(word)]
        last = max(found) if found else last if leaves[headings[j].leaf] > 1 or not headings[j].own else None
        years[j] = last
    latest = max((year for year in years.values() if year is not None), default=None)
    aside: dict[int, str] = {}
    for j in indices:
        year = years[j]
        if (year is not None and year != latest) or _COMPARED.search("".join(headings[j].path)):
            label = headings[j].label or f"第{j + 1}列"
            aside[j] = label if year is None or str(year) in label else f"{year}年{label}"
    return aside if len(aside) < len(indices) else {}


def _shifted(indices: Sequence[int], headings: Sequence[Heading], specs: Sequence[ColumnSpec]) -> bool:
    """Whether conversion moved the header cells against the columns: a label's heading over amounts, or the reverse."""
    if len(indices) < 2:
        return False
    if any(_LABEL.fullmatch(word) for j in indices for word in headings[j].own):
        return True
    names = {name for spec in specs for name in (spec.key, *spec.names)} - {"合计"}
    before = [word for heading in headings[: indices[0]] for word in heading.own]
    return not headings[indices[-1]].own and any(word in names for word in before)


def _by_words(indices: Sequence[int], headings: Sequence[Heading], specs: Sequence[ColumnSpec]) -> dict[int, str]:
    known = _vocabulary(tuple(specs))
    paths = _paths(indices, headings)
    pairs: list[tuple[Fit, int, int]] = []
    for i, path in enumerate(paths):
        for k, spec in enumerate(specs):
            fit = max(_fit(path, name, known) for name in (spec.key, *spec.names))
            if fit.alike >= SURE:
                pairs.append((fit, i, k))
    if len(indices) == 1 and not pairs and len(specs) == 1:
        return {0: specs[0].key}
    # Of equal fits the pair nearest to the diagonal: equal words (小计, 合计) keep their order.
    pairs.sort(key=lambda pair: (-pair[0].alike, -pair[0].told, abs(pair[1] - pair[2]), pair[1]))
    chosen: dict[int, str] = {}
    taken: set[int] = set()
    for _, i, k in pairs:
        if i not in chosen and k not in taken:
            chosen[i] = specs[k].key
            taken.add(k)
    return chosen


def _in_usual_order(indices: Sequence[int], headings: Sequence[Heading], specs: Sequence[ColumnSpec]) -> bool:
    """Whether each column's words fit the column that usually stands there, or are too damaged to fit any."""
    fits = 0
    known = _vocabulary(tuple(specs))
    for i, path in enumerate(_paths(indices, headings)):
        scores = [
            max(_fit(path, part, known).alike for name in (spec.key, *spec.names) for part in _ends(name))
            for spec in specs
        ]
        if scores[i] >= SURE:
            fits += 1
        elif max(scores) >= SURE:
            return False
    return fits * 2 >= len(specs)


class Fit(NamedTuple):
    """How well a name fits a column: likeness of its worst word (0–100), and how much of what stands over the column it tells."""

    alike: int
    told: int


def likeness(words: Sequence[str], specs: Sequence[ColumnSpec]) -> list[tuple[Fit, str]]:
    """How well each of the columns fits words that stand over one another, best first."""
    known = _vocabulary(tuple(specs))
    path = tuple(filter(None, map(_plain, words)))
    found = [(max(_fit(path, name, known) for name in (spec.key, *spec.names)), spec.key) for spec in specs]
    return sorted(found, reverse=True)


def _ends(name: str) -> tuple[str, str]:
    """A name, and its last word alone."""
    return name, name.rsplit("/", maxsplit=1)[-1]


@lru_cache(maxsize=64)
def _vocabulary(specs: tuple[ColumnSpec, ...]) -> frozenset[str]:
    """All words of the columns: what is one of them is no slip of another."""
    return frozenset(_plain(part) for spec in specs for name in (spec.key, *spec.names) for part in name.split("/"))


@lru_cache(maxsize=4_096)
def _plain(word: str) -> str:
    """The usual word for one that means the same."""
    bare = _NOISE.sub("", word)
    return same_words().get(bare, bare)


def _paths(indices: Sequence[int], headings: Sequence[Heading]) -> list[tuple[str, ...]]:
    """What stands over each column, top to bottom; without the last words where all columns share them (决算数 under every source).

    A column's own words stand there put together, too: they may be one word in pieces.
    """
    paths = [tuple(filter(None, (_plain(w) for word in headings[j].path for w in _JOINT.split(word)))) for j in indices]
    while len(paths) > 1 and all(len(path) > 1 for path in paths) and len({path[-1] for path in paths}) == 1:
        paths = [path[:-1] for path in paths]
    found = []
    for j, path in zip(indices, paths, strict=True):
        own = [word for word in headings[j].own if _plain(word) in path]
        joined = _plain("".join(own))
        found.append((*path[:-1], joined, path[-1]) if len(own) > 1 and joined not in path else path)
    return found


def _fit(path: tuple[str, ...], name: str, known: frozenset[str]) -> Fit:
    """How well ``name`` (one word, or ``上层/下层``) fits the words over a column; it must tell the lowest one."""
    if not path:
        return Fit(0, 0)
    places: list[int] = []
    alike = 100
    for part in map(_plain, name.split("/")):
        score, at = max((_alike(part, word, known), at) for at, word in enumerate(path))
        alike = min(alike, score)
        places.append(at)
    low = len(path) - 1
    if alike < SURE or not (low in places or (low - 1 in places and path[low] in path[low - 1])):
        return Fit(0, 0)
    untold = sum(1 for at, word in enumerate(path) if at not in places and word in known)
    return Fit(alike, 2 * sum(places) - 3 * untold)


@lru_cache(maxsize=16_384)
def _alike(part: str, word: str, known: frozenset[str]) -> int:
    if part == word:
        return 100
    return 0 if word in known else min(round(fuzz.ratio(part, word)), 99)
