"""What the checks of the performance part share: outcomes about parts of it, names, places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from assistant.facts import Facts
from assistant.findings import Evidence, Outcome, Severity, Verdict
from assistant.indicators.linking import Evaluated
from assistant.indicators.model import Form, Indicator, Part, Place, Summary, Told
from assistant.rules import Rule
from assistant.text import normalise

_DIGIT = re.compile(r"\d")
_MORE_DIGITS = re.compile(r"\s*+[.,]?\s*+\d")
PLACES = {Place.NARRATIVE: "正文", Place.SUMMARY: "摘要", Place.FORM: "自评表"}


def groups(facts: Facts) -> Iterator[tuple[Evaluated, Summary | Form]]:
    """Every summary and form with its project."""
    for project in facts.evaluated():
        for group in project.groups:
            yield project, group


def part_evidence(part: Part, name: str = "", column: str = "", *, form: bool = False) -> Evidence:
    """The evidence for a part: of a form as an amount of a table, else as a claim."""
    span = part.span
    return Evidence(
        role="table" if form else "claim", line=span.line, end_line=span.last_line, start=span.start, end=span.end,
        page=span.page, box=span.box, text=part.text, table="自评表" if form else "", row=name, column=column,
    )  # fmt: skip


def indicator_evidence(indicator: Indicator, *, score: bool = False) -> list[Evidence]:
    """Actual value and target of an indicator (and its score): the places that a reader looks at."""
    form = indicator.place is Place.FORM
    parts: list[tuple[Part | None, str]] = [(indicator.actual, "实际完成值"), (indicator.target, "目标值")]
    if score:
        parts = [(indicator.score, "得分"), (indicator.weight, "分值"), *parts]
    found = [part_evidence(part, indicator.name, column, form=form) for part, column in parts if part is not None]
    return found or [part_evidence(indicator.title, indicator.name, form=form)]


def figure_place(part: Part) -> tuple[int, int]:
    """Where the first digit of a part stands: how the ledger names a figure of the text."""
    digit = _DIGIT.search(part.text)
    return (part.span.line, part.span.start + (digit.start() if digit else 0))


def torn(facts: Facts, part: Part | None) -> bool:
    """Whether a figure of the text may be cut: put together over lines, or with digits that follow it or may follow."""
    if part is None:
        return False
    span, lines = part.span, facts.document.lines
    if span.last_line != span.line:
        over = [line.strip() for line in lines[span.line - 1 : span.last_line] if line.strip()]
        return len(over) > 2 or any(a[-1:].isdigit() and b[:1].isdigit() for a, b in pairwise(over))
    line = lines[span.line - 1]
    rest = normalise(line[span.end :])
    if "\t" in line or line.lstrip().startswith("|") or not part.text.rstrip()[-1:].isdigit():
        return False
    return not rest.strip() or _MORE_DIGITS.match(rest) is not None


def said(
    rule: Rule,
    verdict: Verdict,
    subject: str,
    parts: Iterable[Part | None],
    *,
    stated: str = "",
    expected: str = "",
    calculation: str = "",
    detail: str = "",
    severity: Severity | None = None,
    evidence: Iterable[Evidence] = (),
) -> Outcome:
    """An outcome about parts of the performance; the first is the one that is judged.

    What agrees is not shown anywhere: its evidence is not gathered, and callers with much of it pass a generator.
    """
    given = [part for part in parts if part is not None]
    agrees = verdict is Verdict.AGREE
    return Outcome(
        rule=rule.code, verdict=verdict, subject=subject, detail=detail, stated=stated or (given[0].text if given else ""),
        expected=expected, calculation=calculation, severity=severity,
        evidence=() if agrees else tuple(evidence) or tuple(part_evidence(part, subject) for part in given),
        figures=tuple(figure_place(part) for part in given),
    )  # fmt: skip


def name_of(project: Evaluated, indicator: Indicator | None = None) -> str:
    """How to cite a project, or an indicator of it."""
    owner = "部门整体" if project.whole else project.name
    if indicator is None:
        return f"“{owner}”" if owner else "该项目"
    return f"{owner}“{indicator.name}”" if owner else f"“{indicator.name}”"


def shown(told: Told | None, indicator: Indicator) -> str:
    """A value to show, with its unit where that stands in the name."""
    if told is None:
        return "（未写）"
    unit = indicator.unit if told.value.figure is not None and not told.value.unit else ""
    return f"{told.shown.strip()}{unit}"
