"""Columns of amounts to canonical keys: by header words, with the printed 栏次 as a second witness."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from assistant.document import Column
from assistant.reading.header import Heading
from assistant.terms import ColumnSpec

SURE = 80
"""A label this similar (rapidfuzz ratio, 0–100) is the same label with a slip or some conversion damage."""

_LABEL = re.compile(r"(?:功能分类|经济分类|支出功能分类)?(?:科目名称|科目编码)")
_NOISE = re.compile(r"[^一-鿿/]")


def key_columns(indices: Sequence[int], headings: Sequence[Heading], specs: Sequence[ColumnSpec]) -> tuple[Column, ...]:
    """The columns at ``indices`` with the key of the column they are; unknown ones keep an empty key."""
    shifted = _shifted(indices, headings, specs)
    chosen = {} if shifted else _by_words(indices, headings, specs)
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
    pairs: list[tuple[int, bool, int, int]] = []
    for i, j in enumerate(indices):
        for k, spec in enumerate(specs):
            score, exact = max((likeness(headings[j], name), "/" in name) for name in (spec.key, *spec.names))
            if score >= SURE:
                pairs.append((score, exact, i, k))
    if len(indices) == 1 and not pairs and len(specs) == 1:
        return {0: specs[0].key}
    # Of equal scores the name over two levels first, then the pair nearest to the diagonal: equal words (小计, 合计) keep their order.
    pairs.sort(key=lambda pair: (-pair[0], not pair[1], abs(pair[2] - pair[3]), pair[2]))
    chosen: dict[int, str] = {}
    taken: set[int] = set()
    for _, _, i, k in pairs:
        if i not in chosen and k not in taken:
            chosen[i] = specs[k].key
            taken.add(k)
    return chosen


def _in_usual_order(indices: Sequence[int], headings: Sequence[Heading], specs: Sequence[ColumnSpec]) -> bool:
    """Whether each column's words fit the column that usually stands there, or are too damaged to fit any."""
    fits = 0
    for i, j in enumerate(indices):
        scores = [max(likeness(headings[j], name.split("/")[-1]) for name in (spec.key, *spec.names)) for spec in specs]
        if scores[i] >= SURE:
            fits += 1
        elif max(scores) >= SURE:
            return False
    return fits * 2 >= len(specs)


def likeness(heading: Heading, name: str) -> int:
    """How well ``name`` (one word, or ``上层/下层``) fits a heading, 0–100."""
    own = [_NOISE.sub("", word) for word in heading.own]
    own = [word for word in own if word]
    if not own:
        return 0
    joined = "".join(own)
    parts = name.split("/")
    if len(parts) == 1:
        return round(max(fuzz.ratio(name, own[-1]), fuzz.ratio(name, joined)))
    candidates = [*own, joined, *(_NOISE.sub("", word) for word in heading.parents)]
    if max(fuzz.ratio(part, word) for part in parts for word in (own[-1], joined)) < SURE:
        return 0
    scores = [max(fuzz.ratio(part, word) for word in candidates) for part in parts]
    return min(100, round(min(scores))) if min(scores) >= SURE else 0
