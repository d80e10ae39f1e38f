"""实际远超目标: indicators whose actual value is many times the target, without a word why."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.checks.base import Check, Parameters
from assistant.checks.evaluated import indicator_evidence, name_of, said, shown
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Verdict
from assistant.indicators.linking import Evaluated, judged, linked, mentioned, value_of
from assistant.indicators.meeting import State, ratio
from assistant.indicators.model import Indicator, Place
from assistant.indicators.values import ValueKind
from assistant.quantities import format_number
from assistant.rules import Rule


class ExceededParameters(Parameters):
    """``times``: how many times the target is far; ``least``: targets below it (1 件, 2 次) are exceeded easily."""

    times: int
    least: int = 5


def run(facts: Facts, rule: Rule, parameters: ExceededParameters) -> Iterator[Outcome]:
    """One outcome for each project: all its indicators beyond the limit that nothing explains."""
    ran = False
    for project in facts.evaluated():
        told = any(summary.indicators for summary in project.summaries)  # forms say the same again
        chains = [chain[0] for chain in linked(project) if not told or chain[0].place is not Place.FORM]
        measured = [(first, share) for first in chains if (share := _share(first, parameters)) is not None]
        if not measured:
            continue
        ran = True
        texts = [part.text for summary in project.summaries for part in summary.problems]
        texts += [form.reason.text for form in project.forms if form.reason is not None]
        far = [
            (indicator, share) for indicator, share in measured
            if share >= parameters.times and indicator.reason is None and not mentioned(indicator.name, texts)
        ]  # fmt: skip
        yield _outcome(rule, project, far)
    if not ran:
        raise NotApplicableError("没有目标值与实际完成值可以相除的指标")


def _share(indicator: Indicator, parameters: ExceededParameters) -> Decimal | None:
    if indicator.actual is None or indicator.target is None or judged(indicator).state is not State.MET:
        return None
    actual, target = (value_of(told, indicator.unit) for told in (indicator.actual, indicator.target))
    if target.operator in ("<", "<=", "范围", "约") or actual.kind in (ValueKind.DURATION, ValueKind.DATE):
        return None
    if target.figure is None or target.figure.value < parameters.least:
        return None
    return ratio(actual, target, indicator.name)


def _outcome(rule: Rule, project: Evaluated, far: list[tuple[Indicator, Decimal]]) -> Outcome:
    if not far:
        return said(rule, Verdict.AGREE, name_of(project), ())
    far.sort(key=lambda item: -item[1])
    told = "；".join(
        f"“{i.name}”目标值 {shown(i.target, i)}，实际 {shown(i.actual, i)}，为目标值的 {format_number(share.quantize(Decimal('0.1')))} 倍"
        for i, share in far[:8]
    )
    return said(
        rule, Verdict.DISAGREE, name_of(project), (), stated=f"{len(far)} 个指标", calculation=told,
        evidence=[e for i, _ in far for e in indicator_evidence(i)],
    )  # fmt: skip


CHECK = Check("exceeded", ExceededParameters, run)
