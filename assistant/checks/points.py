"""指标得分: the points of each indicator of a form against its weight and its target."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.checks.base import Check, Parameters
from assistant.checks.evaluated import indicator_evidence, name_of, nothing, projects, said, shown
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.indicators.linking import Evaluated, judged, may_be_cut
from assistant.indicators.meeting import State
from assistant.indicators.model import Form, Indicator, Points
from assistant.quantities import ZERO, format_number
from assistant.rules import Rule


class PointsParameters(Parameters):
    """No parameters."""


def scored(facts: Facts) -> Iterator[tuple[Evaluated, Form, Indicator]]:
    """Every indicator of a form that has both weight and score."""
    for project in projects(facts):
        for form in project.forms:
            for indicator in form.indicators:
                if indicator.weight is not None and indicator.score is not None:
                    yield project, form, indicator


def value(points: Points | None) -> Decimal:
    """The figure of a weight or score; 0 where none is printed."""
    return points.figure.value if points else ZERO


def run_above(facts: Facts, rule: Rule, _: PointsParameters) -> Iterator[Outcome]:
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
        raise nothing("没有同时列出分值和得分的自评表")


def show_points(points: Points | None) -> str:
    """A weight or score as it is shown."""
    return format_number(points.figure.value) if points else ""


def run_full(facts: Facts, rule: Rule, _: PointsParameters) -> Iterator[Outcome]:
    """An unmet indicator must not have the full score."""
    ran = False
    for project, _form, indicator in scored(facts):
        state = judged(indicator)
        if state.state is State.UNKNOWN or not value(indicator.weight):
            continue
        ran = True
        wrong = (
            state.state is State.UNMET
            and not may_be_cut(indicator)
            and value(indicator.score) == value(indicator.weight)
        )
        target, actual = shown(indicator.target, indicator), shown(indicator.actual, indicator)
        yield said(
            rule, Verdict.DISAGREE if wrong else Verdict.AGREE, name_of(project, indicator),
            (indicator.score, indicator.weight, indicator.actual, indicator.target), expected=f"低于 {show_points(indicator.weight)}",
            calculation=f"目标值 {target}，实际完成 {actual}；分值 {show_points(indicator.weight)}，得分 {show_points(indicator.score)}",
            evidence=indicator_evidence(indicator, score=True),
        )  # fmt: skip
    if not ran:
        raise nothing("没有可以判断完成与否、又列出得分的指标")


ABOVE = Check("score_above_weight", PointsParameters, run_above)
FULL = Check("unmet_full_score", PointsParameters, run_full)
