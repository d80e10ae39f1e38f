"""What a reviewer decided about findings, and how a document is recognised again. No input or output."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ConfigDict

from assistant.document import Kind
from assistant.text import squeeze

if TYPE_CHECKING:
    from assistant.document import Document
    from assistant.findings import Audit, Finding, Report

UNDECIDED: Final = "待复核"
KNOWN: Final = "已知"


class Status(StrEnum):
    """What a reviewer makes of a finding: it is right, it is none, or it is to be looked into."""

    CONFIRMED = "确认"
    DISMISSED = "排除"
    PENDING = "待核"


def status_of(word: str) -> Status | str:
    """The status that a word names; a word of a later version is taken as it is."""
    return Status(word) if word in tuple(Status) else word


class Decision(BaseModel):
    """The decision in force on one finding. ``time`` is ISO 8601 in UTC; a dismissal always has a ``reason``."""

    model_config = ConfigDict(frozen=True)

    finding: str
    status: Status | str
    reason: str = ""
    note: str = ""
    reviewer: str = ""
    time: str = ""

    @property
    def remark(self) -> str:
        """Reason and note in one text, for the column 处理意见."""
        return "；".join(part for part in (self.reason, self.note) if part)


def key_of(organisation: str, year: int | None, kind: str, title: str, path: str) -> str:
    """What stays the same when a corrected draft comes back: organisation, year and kind; the path where those are unknown.

    Of disclosures that are neither accounts nor budget a body has several in a year, so their title counts too.
    """
    name = squeeze(organisation)
    if not name or year is None:
        return f"path|{os.path.abspath(path)}"
    parts = [name, str(year), kind]
    if kind == Kind.OTHER:
        parts.append(squeeze(title))
    return "|".join(parts)


def document_key(document: Document) -> str:
    """The ``key_of`` a document as read."""
    return key_of(document.organisation, document.year, document.kind.value, document.title, document.path)


@dataclass(frozen=True, slots=True)
class Review:
    """What is known about the findings of a run: by document key, the decisions in force and the ids of a baseline.

    Every export takes one; an empty one changes nothing.
    """

    decisions: Mapping[str, Mapping[str, Decision]] = field(default_factory=dict)
    known: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether anything is known at all."""
        return bool(self.decisions) or bool(self.known)

    def decision(self, document: Document, finding: Finding) -> Decision | None:
        """The decision in force on a finding."""
        if not self.decisions:
            return None
        return self.decisions.get(document_key(document), {}).get(finding.id)

    def dismissed(self, document: Document, finding: Finding) -> bool:
        """Whether a reviewer dismissed the finding."""
        decision = self.decision(document, finding)
        return decision is not None and decision.status is Status.DISMISSED

    def is_known(self, document: Document, finding: Finding) -> bool:
        """Whether the finding was already in the baseline."""
        return bool(self.known) and finding.id in self.known.get(document_key(document), frozenset())

    def counts_for(self, document: Document, finding: Finding) -> bool:
        """Whether the finding counts: neither dismissed nor known."""
        return not self.dismissed(document, finding) and not self.is_known(document, finding)

    def status(self, document: Document, finding: Finding) -> str:
        """The word for the column 处理状态."""
        decision = self.decision(document, finding)
        if decision is not None:
            return str(decision.status)
        return KNOWN if self.is_known(document, finding) else UNDECIDED

    def severities(self, report: Report) -> dict[str, int]:
        """The number of findings of each severity that count."""
        if not self:
            return report.severities()
        result = dict.fromkeys(report.severities(), 0)
        for audit in report.audits:
            for finding in self.counting(audit):
                result[finding.severity] += 1
        return result

    def counting(self, audit: Audit) -> tuple[Finding, ...]:
        """The findings of a document that count."""
        if not self:
            return audit.findings
        return tuple(finding for finding in audit.findings if self.counts_for(audit.document, finding))
