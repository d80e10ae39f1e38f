"""What rests on doubtful characters: recognised in a picture, in inferred columns, or at a line's end within a figure.

A recognised digit may be wrong without a sign of it. What agrees all the same is agreed; what does not is at most worth a
look, and where a character was uncertain it cannot be judged. A figure that a line's or a page's end cuts in two is one of
these too: its digits stand in two places, or the foot of a page has come between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from assistant.document import Document, Span
from assistant.findings import Evidence, Outcome, Severity, Verdict
from assistant.text import normalise

LIMIT = 95
"""Of 100: a figure with a less certain character is not judged."""

FURNITURE = 30
"""Characters that the foot or the head of a page has at most."""

_FIGURE = re.compile(r"[-<>=≤≥\s]*\d[\d,.\s]*[^\d\s]{0,6}")
_MARKS = " \t#*>-"
_UNFINISHED = re.compile(r"\d\s*[.,]?\s*$")
_REST = re.compile(r"\s*[.,]\s*\d+(?![\d.、)])")


def doubted(document: Document, outcomes: Iterable[Outcome], severities: Mapping[str, Severity]) -> list[Outcome]:
    """The outcomes with what rests on recognised text lowered: below ``LIMIT`` to 无法判断, else to a warning.

    A contradiction in which a figure of the text is cut in two cannot be judged.

    ``severities`` are those of the rules.
    """
    outcomes = [_whole(document, outcome) for outcome in outcomes]
    if not document.recognised:
        return outcomes
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


def _whole(document: Document, outcome: Outcome) -> Outcome:
    if outcome.verdict is Verdict.DISAGREE and any(_cut(document, evidence) for evidence in outcome.evidence):
        return replace(outcome, verdict=Verdict.UNCLEAR)
    return outcome


def _cut(document: Document, evidence: Evidence) -> bool:
    """Whether a figure of the text may be a part of one: over a line's end, or behind digits that end a line above."""
    if evidence.role != "claim" or evidence.line is None or not _FIGURE.fullmatch(normalise(evidence.text)):
        return False
    if evidence.end_line not in (None, 0, evidence.line):
        return True
    line = normalise(document.lines[evidence.line - 1])
    if line[: evidence.start].strip(_MARKS) in ("", ",", "."):
        return any(_UNFINISHED.search(text) for text in _near(document, evidence.line, -1))
    rest = line[evidence.end :].strip()
    if rest not in ("", ".") or not line[evidence.end - 1 : evidence.end].isdigit():
        return False
    return any(_REST.match(rest + text) for text in _near(document, evidence.line, 1))


def _near(document: Document, line: int, step: int) -> list[str]:
    """The nearest lines with text above or below a line: one, and what is beyond it where it may be a page's foot or head."""
    found: list[str] = []
    at = line - 1 + step
    while 0 <= at < len(document.lines) and len(found) < 3:
        text = normalise(document.lines[at]).strip()
        if "\t" in text:
            break
        if text:
            found.append(text)
            if len(text) > FURNITURE:
                break
        at += step
    return found
