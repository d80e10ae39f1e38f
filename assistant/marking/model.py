"""What marking delivers, and the words of a comment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from assistant.document import Document, Origin
from assistant.findings import SEVERITY_NAMES, Evidence, Finding

AUTHOR: Final = "核查助手"
INITIALS: Final = "核查"

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class MarkingError(Exception):
    """The file cannot be marked; the message is one Chinese line: why, and what to do."""


@dataclass(frozen=True, slots=True)
class Marked:
    """The marked file, how many findings stand at their place in it, and how many only at its beginning."""

    data: bytes
    placed: int
    unplaced: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a finding's first place: the origin, and the characters of it that are meant (counted from its start)."""

    origin: Origin
    start: int
    end: int


def comment_lines(finding: Finding) -> list[str]:
    """What a comment says, a line each."""
    lines = [f"【{SEVERITY_NAMES[finding.severity]}】{finding.title}", finding.message]
    lines += [
        f"{name}：{text}"
        for name, text in (
            ("计算过程", finding.calculation),
            ("建议", finding.suggestion),
            ("依据", finding.basis),
            ("编号", finding.id),
        )
        if text
    ]
    return [_CONTROLS.sub("", line).replace("\n", " ") for line in lines]


def places(document: Document, finding: Finding) -> Iterator[list[Stretch]]:
    """The places of a finding in the file, the first one first; each as its stretches, one for a line on the page."""
    for evidence in finding.evidence:
        found = _stretches(document, evidence)
        if found:
            yield found


def _stretches(document: Document, evidence: Evidence) -> list[Stretch]:
    found = []
    first = evidence.line or 0
    last = max(evidence.end_line or first, first)
    for line in range(first, last + 1):
        if not 0 < line <= len(document.origins):
            continue
        start = evidence.start if line == first else 0
        end = evidence.end if line == last else len(document.lines[line - 1])
        for origin in document.origins[line - 1]:
            a, b = max(start, origin.start), min(max(end, start + 1), origin.end)
            if a < b:
                found.append(Stretch(origin, a - origin.start, b - origin.start))
    return found
