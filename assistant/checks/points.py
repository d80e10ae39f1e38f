"""指标得分: the points of each indicator of a form against its weight and its target."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.checks.base import Check, Parameters
from assistant.checks.evaluated import indicator_evidence, name_of, part_evidence, said, shown
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Verdict
from assistant.indicators.linking import Evaluated, judged, may_be_cut
from assistant.indicators.meeting import State, lost_digits
from assistant.indicators.model import Form, Indicator, Points
from assistant.quantities import ZERO, format_number
from assistant.rules import Rule


def scored(facts: Facts) -> Iterator[tuple[Evaluated, Form, Indicator]]:
    """Every indicator of a form that has both weight and score."""
    for project in facts.evaluated():
        for form in project.forms:
            for indicator in form.indicators:
                if indicator.weight is not None and indicator.score is not None:
                    yield project, form, indicator


def value(points: Points | None) -> Decimal:
    """The figure of a weight or score; 0 where none is printed."""
    return points.figure.value if points else ZERO


def run_above(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """No score above its weight."""
    ran = False
    for project, _form, indicator in scored(facts):
        ran = True
        above = value(indicator.score) > value(indicator.weight)
        yield said(
            rule, Verdict.DISAGREE if above else Verdict.AGREE, name_of(project, indicator), (indicator.score, indicator.weight),
            expected=f"不超过 {show_points(indicator.weight)}", calculation=f"分值 {show_points(indicator.weight)}，得分 {show_points(indicator.score)}",
            evidence=indicator_evidence(indicator, score=True),
        )  # fmt: skip
    if not ran:
        raise NotApplicableError("没有同时列出分值和得分的自评表")


def show_points(points: Points | None) -> str:
    """A weight or score as it is shown."""
    return format_number(points.figure.value) if points else ""


def run_full(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """An unmet indicator must not have the full score: in a form, or in a sentence that tells weight and score or 得满分."""
    ran = False
    for project in facts.evaluated():
        for indicator in project.indicators:
            weight, score = indicator.weight, indicator.score
            pointed = weight is not None and score is not None and value(weight) != 0
            state = judged(indicator).state
            if state is State.UNKNOWN or not (pointed or indicator.full):
                continue
            ran = True
            full = indicator.full is not None or value(score) == value(weight)
            wrong = state is State.UNMET and full and not may_be_cut(indicator)
            target, actual = shown(indicator.target, indicator), shown(indicator.actual, indicator)
            points = f"分值 {show_points(weight)}，得分 {show_points(score)}" if pointed else "写明得满分"
            yield said(
                rule, Verdict.DISAGREE if wrong else Verdict.AGREE, name_of(project, indicator),
                (score or indicator.full, weight, indicator.actual, indicator.target),
                expected=f"低于 {show_points(weight)}" if pointed else "低于满分",
                calculation=f"目标值 {target}，实际完成 {actual}；{points}", evidence=indicator_evidence(indicator, score=True),
            )  # fmt: skip
    if not ran:
        raise NotApplicableError("没有可以判断完成与否、又列出得分的指标")


def points_sum(rule: Rule, subject: str, whole: Points, parts: Sequence[Points], *, doubt: bool = False) -> Outcome:
    """The outcome for a printed sum of points. What a digit or a row lost in conversion explains (``doubt``) is 无法判断."""
    exact = sum((part.figure.value for part in parts), Decimal(0))
    terms = " + ".join(format_number(part.figure.value) for part in parts)
    off = whole.figure.value - exact
    fits = abs(off) <= (whole.figure.ulp() / 2 if exact != exact.to_integral() else 0)
    cut = lost_digits(whole.figure.value, exact) or any(
        lost_digits(p.figure.value, p.figure.value + off) for p in parts
    )
    given = (whole, whole, *parts)  # a wrong first part is a finding of its own, not the same as a wrong sum
    return said(
        rule, Verdict.AGREE if fits else Verdict.UNCLEAR if cut or doubt else Verdict.DISAGREE, subject, given, expected=format_number(exact),
        calculation=f"{terms} = {format_number(exact)}，表中为 {format_number(whole.figure.value)}",
        evidence=[part_evidence(part, subject, form=True) for part in given[1:]],
    )  # fmt: skip


def points_within(
    rule: Rule, subject: str, whole: Points, given: Sequence[Points], unread: Sequence[Points]
) -> Outcome:
    """The total where some scores could not be read: not less than those that were, nor more than these and full points."""
    least = sum((part.figure.value for part in given), Decimal(0))
    most = least + sum((part.figure.value for part in unread), Decimal(0))
    total = whole.figure.value
    fits = least - 1 <= total <= most + whole.figure.ulp() / 2
    told = f"{format_number(least)} 至 {format_number(most)}"
    torn = total < least / 2  # digits of the total were lost
    return said(
        rule, Verdict.AGREE if fits and least == most else Verdict.UNCLEAR if fits or torn else Verdict.DISAGREE, subject, (whole, *given),
        expected=told, calculation=f"识别到的 {len(given)} 项得分之和为 {format_number(least)}，其余各项满分共 {format_number(most - least)}，表中为 {format_number(total)}",
        evidence=[part_evidence(part, subject, form=True) for part in (whole, *given)],
    )  # fmt: skip


ABOVE = Check("score_above_weight", Parameters, run_above)
FULL = Check("unmet_full_score", Parameters, run_full)
