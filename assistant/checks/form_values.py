"""自评表填写: what a form leaves out or copies: scores, actual values, units, its year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.checks.base import Check, Parameters
from assistant.checks.evaluated import indicator_evidence, name_of, part_evidence, said, shown
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Severity, Verdict
from assistant.indicators.linking import Evaluated, execution, judged, value_of
from assistant.indicators.meeting import State, aligned
from assistant.indicators.model import Form, Indicator, Told
from assistant.indicators.values import Value, ValueKind
from assistant.rules import Rule
from assistant.text import squeeze

SHOWN = 5
"""How many indicators a finding names."""

_SIGN = re.compile(r"[≥≤＞＜><≧≦]|(?:大于|小于)(?:等于)?|不低于|不少于|不高于|不超过")
_KINDS = (ValueKind.PERCENT, ValueKind.MONEY, ValueKind.NUMBER)


def _forms(facts: Facts) -> Iterator[tuple[Evaluated, Form]]:
    """Every form of results with its project: forms of goals tell no actual value."""
    for project in facts.evaluated():
        for form in project.forms:
            if any(i.actual is not None for i in form.indicators):
                yield project, form


def _names(found: Sequence[Indicator]) -> str:
    more = f"等 {len(found)} 个指标" if len(found) > SHOWN else ""
    return "、".join(f"“{i.name}”" for i in found[:SHOWN]) + more


class BlankParameters(Parameters):
    """``fewest``: rows with a score that a form must have for its column of scores to count as filled in."""

    fewest: int = 2


def run_blank(facts: Facts, rule: Rule, parameters: BlankParameters) -> Iterator[Outcome]:
    """Indicators with a weight and an actual value but no score, where the form has a column for it and scores others.

    That the total is the sum without them proves that nothing was lost in conversion; a total that needs them proves that
    something was.
    """
    ran = False
    for project, form in _forms(facts):
        weighted = [i for i in form.indicators if i.weight is not None and i.actual is not None]
        given = [i for i in weighted if i.score is not None]
        if "score" not in form.heads or not weighted or 0 < len(given) < parameters.fewest:
            continue
        ran = True
        blank = [i for i in weighted if i.score is None]
        verdict, severity = _blank(form, given, blank)
        yield said(
            rule, verdict, name_of(project), [i.weight for i in blank], severity=severity, stated="空白", expected="得分",
            calculation=f"{_names(blank)}列有分值和实际完成值，没有得分" if given else "得分栏全部空白",
            evidence=[part_evidence(i.title, i.name, "得分", form=True) for i in blank[:SHOWN]],
        )  # fmt: skip
    if not ran:
        raise NotApplicableError("没有列出得分的自评表")


def _blank(form: Form, given: Sequence[Indicator], blank: Sequence[Indicator]) -> tuple[Verdict, Severity | None]:
    if not blank:
        return Verdict.AGREE, None
    money, full = execution(form)
    paid = money.score if money and full else None
    scores = [i.score for i in given] + ([paid] if paid else [])
    least = sum((score.figure.value for score in scores if score is not None), Decimal(0))
    if not given:
        return (Verdict.UNCLEAR if form.total and form.total.figure.value else Verdict.DISAGREE), "info"
    if form.total is None:
        return Verdict.DISAGREE, "info"
    return (Verdict.DISAGREE, None) if form.total.figure.value == least else (Verdict.UNCLEAR, None)


class CopiedParameters(Parameters):
    """``many``: so many copied values in one form are no accident."""

    many: int = 3


def run_copied(facts: Facts, rule: Rule, parameters: CopiedParameters) -> Iterator[Outcome]:
    """Actual values that are the target with its sign (≥95%), or words where the target is a number; one outcome a form."""
    ran = False
    for project, form in _forms(facts):
        numeric = [i for i in form.indicators if i.target and i.actual and i.target.value.numeric]
        if not numeric:
            continue
        ran = True
        copied = [i for i in numeric if _copied(i)]
        worded = [i for i in numeric if _worded(i)]
        parts = []
        if copied:
            values = "、".join(f"“{i.name}”实际完成值为 {shown(i.actual, i)}" for i in copied[:SHOWN])
            parts.append(f"{values}{'等' if len(copied) > SHOWN else ''}，带有目标值的符号，不是实际完成的数")
        if worded:
            values = "、".join(
                f"“{i.name}”目标值 {shown(i.target, i)}，实际完成值为“{shown(i.actual, i)}”" for i in worded[:SHOWN]
            )
            parts.append(f"{values}{'等' if len(worded) > SHOWN else ''}，没有写实际完成的数")
        found = [*copied, *worded]
        severity: Severity | None = "warning" if len(copied) >= parameters.many else None
        yield said(
            rule, Verdict.DISAGREE if found else Verdict.AGREE, name_of(project), [i.actual for i in found or numeric],
            stated=f"{len(found)} 个指标", calculation="；".join(parts), severity=severity,
            evidence=(e for i in found for e in indicator_evidence(i)),
        )  # fmt: skip
    if not ran:
        raise NotApplicableError("没有目标值为数字的自评表")


def _copied(indicator: Indicator) -> bool:
    """Whether the actual value carries a sign of comparison; a time limit kept (<30分钟) may be told so."""
    assert indicator.actual is not None
    value = value_of(indicator.actual, indicator.unit)
    limit = value.kind in (ValueKind.DURATION, ValueKind.DATE)
    return value.numeric and not limit and _SIGN.match(squeeze(indicator.actual.text)) is not None


def _worded(indicator: Indicator) -> bool:
    """Whether a target that counts something is answered with 已完成."""
    assert indicator.actual is not None
    assert indicator.target is not None
    counted = value_of(indicator.target, indicator.unit)
    exact = (
        counted.kind is ValueKind.NUMBER and counted.point not in (None, 0, 1) and counted.operator not in ("<", "<=")
    )
    done = indicator.actual.value.kind is ValueKind.QUALITATIVE and judged(indicator).state is State.MET
    return exact and done and not squeeze(indicator.actual.text).startswith(squeeze(indicator.target.text))


def run_unit(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Target and actual value measured in units of which none can be the other (个 and %, 万元 and %)."""
    ran = False
    for project, form in _forms(facts):
        for indicator in form.indicators:
            values = _measured(indicator.target), _measured(indicator.actual)
            if values[0] is None or values[1] is None:
                continue
            ran = True
            apart = aligned(values[0], values[1], indicator.name) is None and values[0].kind is not values[1].kind
            yield said(
                rule, Verdict.DISAGREE if apart else Verdict.AGREE, name_of(project, indicator), (indicator.actual, indicator.target),
                stated=shown(indicator.actual, indicator), expected=f"以“{values[0].unit}”计",
                calculation=f"目标值 {shown(indicator.target, indicator)}，实际完成 {shown(indicator.actual, indicator)}",
                evidence=indicator_evidence(indicator),
            )  # fmt: skip
    if not ran:
        raise NotApplicableError("没有目标值和实际完成值都写明计量单位的自评表")


def _measured(told: Told | None) -> Value | None:
    """A value that prints its own unit of a known kind, and nothing else; 5元/人 and the like are left out."""
    if told is None:
        return None
    value = told.value
    plain = value.kind in _KINDS and value.unit and "/" not in value.dimension and not value.words
    return value if plain and squeeze(told.shown).endswith(value.unit) else None


def run_year(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """The year that a form of results prints beside its title, against the year of the report."""
    ran = False
    year = facts.document.year
    for project, form in _forms(facts):
        if form.dated is None or form.year is None or year is None:
            continue
        ran = True
        wrong = form.year != year and str(year) not in form.title
        yield said(
            rule, Verdict.DISAGREE if wrong else Verdict.AGREE, f"{name_of(project)}自评表的年度", (form.dated,),
            stated=f"{form.year}年度", expected=f"{year}年度", calculation=f"本报告为 {year} 年度决算",
            evidence=[part_evidence(form.dated, "", form=True)],
        )  # fmt: skip
    if not ran:
        raise NotApplicableError("没有写明年度的自评表")


BLANK = Check("form_blank_scores", BlankParameters, run_blank)
COPIED = Check("form_copied_actuals", CopiedParameters, run_copied)
UNIT = Check("form_units", Parameters, run_unit)
YEAR = Check("form_year", Parameters, run_year)
