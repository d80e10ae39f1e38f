"""What the checks of the narrative share: outcomes about figures in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from assistant.claims import Figure, Statement
from assistant.facts import Facts
from assistant.findings import Evidence, Outcome, Severity, Verdict
from assistant.quantities import Interval
from assistant.rules import Rule

_FIGURE = re.compile(r"\d\s*(?:%|％|亿?万?元)|^[一-鿿]{0,3}$")
"""What a sentence begins with that names nothing: a figure (the page before ends within the sentence), 其中."""


def figure_evidence(figure: Figure, name: str = "") -> Evidence:
    """The evidence for a figure in the text."""
    span = figure.span
    return Evidence(
        role="claim", line=span.line, end_line=span.last_line, start=span.start, end=span.end, page=span.page, box=span.box,
        text=figure.text, row=name,
    )  # fmt: skip


def told(
    rule: Rule,
    verdict: Verdict,
    subject: str,
    figures: Iterable[Figure],
    *,
    stated: str = "",
    expected: str = "",
    calculation: str = "",
    detail: str = "",
    severity: Severity | None = None,
    more: Iterable[Evidence] = (),
) -> Outcome:
    """An outcome about figures of the text; the first is the one that is judged."""
    given = tuple(figures)
    if verdict is Verdict.DISAGREE and any(figure.span.last_line != figure.span.line for figure in given):
        verdict = Verdict.UNCLEAR  # put together over a line's end: a page number may have come between
    return Outcome(
        rule=rule.code,
        verdict=verdict,
        subject=subject,
        detail=detail,
        stated=stated or given[0].text,
        expected=expected,
        calculation=calculation,
        evidence=(*(figure_evidence(figure, subject) for figure in given), *more),
        severity=severity,
        figures=tuple((figure.span.line, figure.span.start) for figure in given),
    )


def statements(facts: Facts) -> Iterator[Statement]:
    """The statements of the narrative that are not part of a reason."""
    return (statement for statement in facts.claims().statements if not statement.in_reason)


def name_of(statement: Statement) -> str:
    """How to cite a statement: its subject, else the words its sentence begins with."""
    if statement.subject:
        return f"“{statement.subject}”"
    return f"“{statement.opening}”" if statement.opening and not _FIGURE.search(statement.opening) else "该处"


def money(figure: Figure) -> Interval:
    """The values in 元 that an amount stands for."""
    return figure.mention.interval()


def usable(*figures: Figure | None) -> bool:
    """Whether all figures are there, exact in what they say, and untorn."""
    return all(figure is not None and figure.mention.checkable for figure in figures)


def value(figure: Figure) -> Decimal:
    """The exact printed value in 元."""
    return figure.mention.amount


def absolute(interval: Interval) -> Interval:
    """The interval of absolute values."""
    if interval.low >= 0:
        return interval
    if interval.high <= 0:
        return -interval
    return Interval(Decimal(0), max(-interval.low, interval.high))


def same_subject(facts: Facts, statement: Statement) -> Figure | None:
    """The amount told of the same subject earlier in the same section, where a comparison stands without one."""
    if not statement.subject:
        return None
    year = statement.year or facts.document.year  # last year's amount is never this year's
    found = [
        other.amount
        for other in statements(facts)
        if statement.subject in (other.subject, other.called.removesuffix(other.subject))
        and other.amount is not None
        and (other.year is None or year is None or other.year == year)
        and other.section == statement.section
        and (other.paragraph, other.start) < (statement.paragraph, statement.start)
        and other.paragraph >= statement.paragraph - 1
    ]
    return found[-1] if found and len({f.mention.amount for f in found}) == 1 else None
