"""An account of a project in the making."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from assistant.document import Span
from assistant.indicators.model import Count, Indicator, Money, Part, Place, Points, Praise, ScoreRow, Summary
from assistant.indicators.stream import Unit


@dataclass(slots=True)
class Draft:
    """A summary in the making."""

    place: Place
    project: str
    named: Part | None
    whole: bool
    start: Unit
    level: int
    money: Money | None = None
    counts: list[Count] = field(default_factory=list)
    praises: list[Praise] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    problems: list[Part] = field(default_factory=list)
    score: Points | None = None
    scores: tuple[ScoreRow, ...] = ()
    table: int | None = None
    outputs: Part | None = None
    last: Unit | None = None

    @property
    def empty(self) -> bool:
        """Whether it tells nothing that can be looked at."""
        return not (self.money or self.counts or self.praises or self.indicators or self.score or self.scores)


def finished(draft: Draft, position: int) -> Summary:
    """The account as it is kept; ``position`` is its place among the summaries."""
    last = draft.last or draft.start
    line = draft.start.paragraph.segments[0]
    end = last.paragraph.span(0, len(last.paragraph.text))
    return Summary(
        draft.place,
        draft.project,
        Span(line.line, line.start, end.end, end.last_line),
        draft.start.index,
        last.index,
        draft.named,
        draft.whole,
        draft.money,
        tuple(draft.counts),
        tuple(draft.praises),
        tuple(replace(indicator, group=position) for indicator in draft.indicators),
        tuple(draft.problems),
        draft.score,
        draft.scores,
        draft.table,
        draft.outputs,
    )
