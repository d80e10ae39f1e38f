"""What the checks of years share: the report's year, how far a year may be off, and what was told already."""

from __future__ import annotations

from assistant.document import Kind
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Verdict

FAR = 3
"""Years by which a year that was not brought up to date is off; what lies farther back is meant."""


def report_year(facts: Facts, *, known_kind: bool = False) -> int:
    """The report's year. Raises ``NotApplicableError`` where it (with ``known_kind``: or what it is) is not known."""
    document = facts.document
    if document.year is None or (known_kind and document.kind is Kind.OTHER):
        raise NotApplicableError("未能确定报告年度")
    return document.year


def told_of(facts: Facts, year: int) -> set[int | None]:
    """The lines of which it was told already that the year should be another one."""
    wrong = (o for o in facts.outcomes if o.verdict is Verdict.DISAGREE and o.expected == f"{year}年")
    return {evidence.line for outcome in wrong for evidence in outcome.evidence}
