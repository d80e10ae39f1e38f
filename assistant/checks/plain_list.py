"""Lists of amounts with nothing but names between them: what they add up to can be told without knowing the names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby, pairwise

from assistant.checks.told import usable
from assistant.claims import Figure, Statement
from assistant.facts import Facts
from assistant.text import normalise

_LINK = re.compile(r"\s*[、,;和及]\s*[^\d。:;,()]{2,24}")
_OTHER = re.compile(r"增|减|占|比|均|每|标准|其中|另|含|包括|上年|去年|用于|完成|收入|预算|决算")


def is_plain(facts: Facts, figures: Sequence[Figure]) -> bool:
    """Whether nothing but names stands between the parts: no 其中 within a part, no change, no year, no other measure."""
    text = normalise(facts.document.paragraphs[figures[0].paragraph].text)
    gaps = [text[a.mention.end : b.mention.start] for a, b in pairwise(figures)]
    return len(figures) > 1 and all(_LINK.fullmatch(gap) and not _OTHER.search(gap) for gap in gaps)


def with_wholes(given: Sequence[Statement]) -> Iterator[tuple[Figure, ...]]:
    """The amounts told behind 其中 in one sentence, each time with an amount told before them that may be their whole; and
    the changes told in one paragraph.
    """
    for (paragraph, _), members in groupby(given, key=lambda s: (s.paragraph, s.sentence)):
        parts = tuple(s.amount for s in members if s.among and s.amount is not None)
        if len(parts) > 1 and len({part.mention.unit for part in parts}) > 1 and usable(*parts):
            wholes = (s.amount for s in given if s.paragraph == paragraph and not s.among)
            for whole in wholes:
                if whole is not None and usable(whole) and whole.mention.start < parts[0].mention.start:
                    yield (*parts, whole)
    for _, told in groupby(given, key=lambda s: s.paragraph):
        changes = tuple(c.change for s in told for c in s.comparisons[:1] if c.change is not None)
        if len(changes) > 2 and usable(*changes):
            yield changes  # those of a whole and of its parts


def is_nested(parts: Sequence[Decimal], whole: Decimal) -> bool:
    """Whether what the parts have too much is one of them or several in a row: these may be told within another."""
    runs = (sum(parts[a:b], Decimal(0)) for a in range(len(parts)) for b in range(a + 1, len(parts) + 1))
    excess = sum(parts, Decimal(0)) - whole
    return any(run == excess for run in runs)
