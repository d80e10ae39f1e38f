"""计分规则: the score of a quantitative indicator by the rule that its form prints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.checks.base import Check, Parameters
from assistant.checks.evaluated import indicator_evidence, name_of, part_evidence, said, shown
from assistant.checks.points import scored, show_points, value
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Verdict
from assistant.indicators.linking import value_of
from assistant.indicators.meeting import lost_digits, ratio
from assistant.indicators.model import Indicator
from assistant.quantities import ZERO, Interval, format_number
from assistant.rules import Rule
from assistant.text import normalise

_FORWARD = re.compile(
    r"(?:权重|分值|满分|标准分|指标分|权重分)[×xX*·](?:\(?B[/÷]A|\(?实际(?:完成)?值?[/÷](?:年初|年度)?(?:目标|指标)值)",
    re.IGNORECASE,
)
_BACKWARD = re.compile(
    r"(?:权重|分值|满分|标准分|指标分|权重分)[×xX*·](?:\(?A[/÷]B|\(?(?:年初|年度)?(?:目标|指标)值[/÷]实际(?:完成)?值?)",
    re.IGNORECASE,
)
_BLANK = re.compile(r"[\s\\]+")
_DEVIATION = re.compile(r"偏离|偏差|扣|倒扣|超过.{0,6}%")


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """The score by the form's own rule: 权重×B/A for ≥, 权重×A/B for ≤, never above the weight."""
    ran = False
    for project, form, indicator in scored(facts):
        text = _BLANK.sub("", normalise("".join(part.text for part in form.rules)))
        operator = indicator.target.value.operator if indicator.target else ""
        forward = operator in (">=", ">") and _FORWARD.search(text)
        backward = operator in ("<=", "<") and _BACKWARD.search(text)
        even = operator in ("", "=") and (_FORWARD.search(text) or _BACKWARD.search(text))
        if (
            not (forward or backward or even)
            or _DEVIATION.search(text)
            or indicator.actual is None
            or indicator.target is None
        ):
            continue
        if indicator.actual.value.operator not in ("", "=", "达到"):
            continue
        share = ratio(
            value_of(indicator.actual, indicator.unit), value_of(indicator.target, indicator.unit), indicator.name
        )
        weight, score = indicator.weight, indicator.score
        if share is None or weight is None or score is None or share < 0 or (even and share != 1):
            continue
        ran = True
        part = min(Decimal(1), share if forward or even else (1 / share if share else Decimal(1)))
        expected = weight.figure.value * part
        rounded = Decimal(0) if expected == expected.to_integral() else Decimal(1)
        step = max(score.figure.ulp(), Decimal("0.01")) if score.figure.decimals else rounded
        fits = Interval(expected - step, expected + step).meets(Interval(score.figure.value, score.figure.value))
        told = format_number(expected.quantize(Decimal("0.01")))
        method = "权重×B/A" if forward else "权重×A/B"
        yield said(
            rule, Verdict.AGREE if fits else Verdict.UNCLEAR if _cut(indicator, expected, forward=bool(forward)) else Verdict.DISAGREE,
            name_of(project, indicator), (score, weight, indicator.actual, indicator.target), expected=told,
            calculation=f"{method}（不超过权重）：目标值 {shown(indicator.target, indicator)}，实际 {shown(indicator.actual, indicator)}，权重 {show_points(weight)}，应得 {told}",
            evidence=[*indicator_evidence(indicator, score=True), *(part_evidence(p) for p in form.rules[:1])],
        )  # fmt: skip
    if not ran:
        raise NotApplicableError("没有印出计分规则的自评表")


def _cut(indicator: Indicator, expected: Decimal, *, forward: bool) -> bool:
    """Whether a digit lost from score, weight, target or actual value would explain the difference."""
    weight, score = value(indicator.weight), value(indicator.score)
    told = [t.value.figure.value if t.value.figure else ZERO for t in (indicator.actual, indicator.target) if t]
    pairs = [(score, expected.quantize(Decimal("0.01"))), (score, weight)]
    if weight and score and len(told) == 2 and all(told):
        share = score / weight if forward else weight / score
        pairs += [(told[0], (told[1] * share).quantize(Decimal(1))), (told[1], (told[0] / share).quantize(Decimal(1)))]
    return any(lost_digits(printed, needed) for printed, needed in pairs)


CHECK = Check("score_by_rule", Parameters, run)
