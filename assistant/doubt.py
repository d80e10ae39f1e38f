"""What rests on text recognised in a picture or on inferred columns: never an error, and below the limit no finding at all.

A recognised digit may be wrong without a sign of it. What agrees all the same is agreed; what does not is at most worth a
look, and where a character was uncertain it cannot be judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from assistant.document import Document, Span
from assistant.findings import Outcome, Severity, Verdict

LIMIT = 95
"""Of 100: a figure with a less certain character is not judged."""


def doubted(document: Document, outcomes: Iterable[Outcome], severities: Mapping[str, Severity]) -> list[Outcome]:
    """The outcomes with what rests on recognised text lowered: below ``LIMIT`` to 无法判断, else to a warning.

    ``severities`` are those of the rules.
    """
    if not document.recognised:
        return list(outcomes)
    return [_doubted(document, outcome, outcome.severity or severities[outcome.rule]) for outcome in outcomes]


def _doubted(document: Document, outcome: Outcome, severity: Severity) -> Outcome:
    if outcome.verdict is not Verdict.DISAGREE:
        return outcome
    spans = [Span(e.line, e.start, e.end, e.end_line or 0) for e in outcome.evidence if e.line is not None]
    spans += [Span(line, start, start + 1) for line, start in outcome.figures]
    if outcome.tie is not None:
        spans += [term.ref.cell.span for term in outcome.tie.terms]
    sure = min((document.sure(span) for span in spans), default=LIMIT)  # nothing to show: something was not found
    if sure == 100:
        return outcome
    if sure < LIMIT:
        return replace(outcome, verdict=Verdict.UNCLEAR)
    return replace(outcome, severity="info" if severity == "info" else "warning")
