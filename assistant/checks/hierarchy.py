"""The hierarchy of subject codes in a list: which rows stand under which, and where that is not certain."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice

from assistant.document import Row, Side

LENGTHS = {"合计": 0, "类": 3, "款": 5}


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """The rows of a list by the code of their parent; how often each code occurs; codes whose parent is not listed."""

    children: dict[str, list[Row]]
    counts: Counter[str]
    orphaned: frozenset[str]
    totals: int

    @classmethod
    def of(cls, side: Side) -> Hierarchy:
        """Take a list apart."""
        counts = Counter(row.code for row in side.rows if row.code)
        lengths = {len(code) for code in counts}
        top = 3 if 3 in lengths else min(lengths, default=0) if len(lengths) == 1 else -1
        children: dict[str, list[Row]] = {}
        for row in side.rows:
            if row.code:
                children.setdefault("" if len(row.code) == top else row.code[:-2], []).append(row)
        orphans = {code for code in counts if len(code) > 3 and code[:-2] not in counts}
        return cls(
            children,
            counts,
            frozenset(code[:length] for code in orphans for length in (0, 3, 5) if length < len(code)),
            sum(1 for row in side.rows if row.key == "合计"),
        )

    def below(self, parent: Row, level: str) -> list[Row]:
        """The rows that ``parent`` sums, if it is a row of that level."""
        if level == "合计":
            return self.children.get("", []) if parent.key == "合计" and not parent.code else []
        return self.children.get(parent.code, []) if len(parent.code) == LENGTHS[level] else []


def reach(side: Side, index: int, prefix: str) -> int:
    """How many rows after ``index`` stand under a code that begins with ``prefix`` (rows without a code included)."""
    count = 0
    for row in islice(side.rows, index + 1, None):
        if row.code and not row.code.startswith(prefix):
            break
        count += 1
    return count
