"""What the narrative says, as data: figures with their places, comparisons, and the statements they belong to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from assistant.document import Span
from assistant.mentions import Mention

BARE = frozenset({"财政拨款支出", "财政拨款"})
"""What a total is called besides its own name."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the narrative: the mention, where it stands, and the words of its pattern before it."""

    mention: Mention
    paragraph: int
    span: Span
    text: str
    role: str
    lead: str = ""

    @property
    def key(self) -> tuple[int, int]:
        """Identity within the document."""
        return (self.paragraph, self.mention.start)


@dataclass(slots=True)
class Comparison:
    """Against what, by how much, at what rate, in which direction (``up`` / ``down`` / empty)."""

    base: str = ""
    prior: Figure | None = None
    change: Figure | None = None
    rate: Figure | None = None
    change_way: str = ""
    rate_way: str = ""


@dataclass(slots=True)
class Statement:
    """What is said of one subject in one breath."""

    subject: str
    path: tuple[str, ...]
    year: int | None
    paragraph: int
    sentence: int
    section: tuple[str, ...]
    amount: Figure | None = None
    role: str = ""
    budgets: list[Figure] = field(default_factory=list)
    comparisons: list[Comparison] = field(default_factory=list)
    shares: list[Figure] = field(default_factory=list)
    whole: Figure | None = None
    executions: list[Figure] = field(default_factory=list)
    counts: list[Figure] = field(default_factory=list)
    among: bool = False
    reason: str = ""
    in_reason: bool = False
    opening: str = ""
    start: int = 0
    end: int = 0

    @property
    def called(self) -> str:
        """The subject; where it says little (三公经费财政拨款支出) with the subject before it."""
        return "".join(self.path[-2:]) if self.subject in BARE else self.subject

    def figures(self) -> Iterator[Figure]:
        """All figures of the statement."""
        if self.amount:
            yield self.amount
        yield from self.budgets
        for comparison in self.comparisons:
            yield from (f for f in (comparison.prior, comparison.change, comparison.rate) if f)
        yield from self.shares
        if self.whole:
            yield self.whole
        yield from self.executions


@dataclass(frozen=True)
class Claims:
    """All statements of a document, and every figure that was seen."""

    statements: tuple[Statement, ...]
    figures: tuple[Figure, ...]

    @cached_property
    def rated(self) -> Mapping[tuple[str, Decimal], Sequence[Comparison]]:
        """The comparisons outside reasons, by the subject and the amount of their rate, in the order of the text."""
        found: dict[tuple[str, Decimal], list[Comparison]] = defaultdict(list)
        for statement in self.statements:
            for comparison in () if statement.in_reason else statement.comparisons:
                if comparison.rate is not None:
                    found[statement.subject, comparison.rate.mention.amount].append(comparison)
        return found
