"""同一指标: told with another target or actual value in another place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from assistant.checks.base import Check, Parameters
from assistant.checks.evaluated import (
    PLACES,
    indicator_evidence,
    name_of,
    said,
    shown,
    torn,
)
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Severity, Verdict
from assistant.indicators.linking import Evaluated, bare_name, compared, is_rounded, judged
from assistant.indicators.meeting import Likeness, State, lost_digits
from assistant.indicators.model import Indicator, Place, Told
from assistant.rules import Rule

_VERDICTS = {
    Likeness.EQUAL: Verdict.AGREE, Likeness.PRECISION: Verdict.TAIL, Likeness.DIFFERENT: Verdict.DISAGREE,
    Likeness.UNKNOWN: Verdict.UNCLEAR,
}  # fmt: skip
_NAMES = {"target": "目标值", "actual": "实际完成值"}


LONG = 8
"""Characters of a name that says exactly what is measured; 群众满意度 may be measured anew for the whole department."""


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Each value of an indicator in its later places against the first: one outcome for target, one for actual value."""
    ran = False
    for project in facts.evaluated():
        for chain in project.chains:
            for part in ("actual", "target") if len(chain) > 1 else ():
                outcome = _compare(facts, rule, project, chain, part)
                if outcome is not None:
                    ran = True
                    yield outcome
    for project, pair in _of_whole_too(facts.evaluated()):
        outcome = _compare(facts, rule, project, pair, "actual")
        if outcome is not None:
            ran = True
            yield replace(outcome, severity=outcome.severity or "warning")
    if not ran:
        raise NotApplicableError("没有在两处列出的指标")


def _of_whole_too(projects: Iterable[Evaluated]) -> Iterator[tuple[Evaluated, list[Indicator]]]:
    """Indicators of the whole department that are those of one project: the same long name and the same target in numbers."""
    named: dict[str, list[tuple[Evaluated, Indicator]]] = defaultdict(list)
    for project in projects:
        for chain in project.chains:
            named[bare_name(chain[0].name)].append((project, chain[0]))
    for name, found in named.items():
        if len(name) < LONG or len(found) != 2 or found[0][0].whole == found[1][0].whole:
            continue
        whole, own = sorted(found, key=lambda item: not item[0].whole)
        if compared(own[1], whole[1], "target") is Likeness.EQUAL and own[1].target and own[1].target.value.numeric:
            yield own[0], [own[1], whole[1]]


def _compare(facts: Facts, rule: Rule, project: Evaluated, chain: Sequence[Indicator], part: str) -> Outcome | None:
    telling = [i for i in chain if getattr(i, part) is not None]
    if len(telling) < 2:
        return None
    first, worst, other = telling[0], Likeness.EQUAL, telling[1]
    order = (Likeness.EQUAL, Likeness.UNKNOWN, Likeness.PRECISION, Likeness.DIFFERENT)
    for later in telling[1:]:
        like = compared(first, later, part)
        if order.index(like) > order.index(worst):
            worst, other = like, later
    verdict = _VERDICTS[worst]
    ends = [t for t in (_told(first, part), _told(other, part)) if t is not None]
    figures = [t.value.figure.value for t in ends if t.value.figure is not None]
    cut = Place.FORM in (first.place, other.place) and len(figures) == 2 and lost_digits(figures[0], figures[1])
    if verdict is Verdict.DISAGREE and (cut or any(torn(facts, end) for end in ends)):
        verdict = Verdict.UNCLEAR
    if verdict is Verdict.DISAGREE and not _same_name(first, other):
        verdict = Verdict.UNCLEAR if part == "target" else verdict
    values = [(i, _told(i, part)) for i in telling]
    told = "；".join(f"{PLACES[i.place]} {shown(value, i)}" for i, value in values)
    # A figure rounded as it should be is not worth telling; one that was cut (85 for 85.54) may be another value.
    cut = verdict is Verdict.TAIL and not is_rounded(first, other, part)
    severity: Severity | None = "info" if cut else None
    # The place where the target is met leads, its other part second: that the other is unmet is a finding of its own.
    lead = first if judged(other).state is State.UNMET else other
    rest = [lead.target if part == "actual" else lead.actual, *(value for i, value in values if i is not lead)]
    return said(
        rule, verdict, f"{name_of(project, first)}的{_NAMES[part]}", [_told(lead, part), *rest], stated=shown(_told(other, part), other),
        expected=shown(_told(first, part), first), calculation=told, severity=severity,
        detail="两处的小数位数不同，且不是四舍五入的结果。" if cut else "",
        evidence=(e for i in (other, *(i for i in telling if i is not other)) for e in indicator_evidence(i)),
    )  # fmt: skip


def _same_name(first: Indicator, other: Indicator) -> bool:
    """Whether two names are one, or the longer ends with the other, which says exactly what is measured."""
    short, long = sorted((bare_name(first.name), bare_name(other.name)), key=len)
    return short == long or (len(short) > LONG and long.endswith(short))


def _told(indicator: Indicator, part: str) -> Told | None:
    return indicator.actual if part == "actual" else indicator.target


CHECK = Check("indicator_places", Parameters, run)
