"""未完成原因属于其他年度: the reason of an unmet indicator tells what was achieved in an earlier year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.base import Check, Parameters
from assistant.checks.evaluated import indicator_evidence, name_of, part_evidence, said
from assistant.checks.years import report_year
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Verdict
from assistant.indicators.linking import Evaluated, judged, linked, mentioned
from assistant.indicators.meeting import State
from assistant.indicators.model import Indicator, Part
from assistant.rules import Rule

_YEAR = re.compile(r"(?<!\d)(20\d\d)\s?年")
_SPAN = re.compile(r"20\d\d\s?年?度?\s?(?:至|到|-|—|~|～)\s?20\d\d\s?年")
_THIS_YEAR = re.compile(r"本年|当年|今年|年内")
_DONE_THEN = re.compile(r"^[^。；;]{0,25}(?:仅|只)?(?:完成|实现|开展|达到)")


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Only reasons that name earlier years alone, and say what was done in them, are told."""
    year = report_year(facts)
    ran = False
    for project in facts.evaluated():
        for chain in linked(project):
            reasons = [r for r in (_reason(project, indicator) for indicator in chain) if r is not None]
            if not reasons or not any(judged(indicator).state is State.UNMET for indicator in chain):
                continue
            ran = True
            text = _SPAN.sub("", reasons[0].text)
            years = [(int(match[1]), match.end()) for match in _YEAR.finditer(text)]
            earlier = bool(years) and all(told < year for told, _ in years) and not _THIS_YEAR.search(text)
            wrong = earlier and any(_DONE_THEN.match(text[end:]) for _, end in years)
            told = "、".join(dict.fromkeys(f"{told} 年" for told, _ in years))
            yield said(
                rule, Verdict.DISAGREE if wrong else Verdict.AGREE, name_of(project, chain[0]), reasons[:1],
                stated=reasons[0].text, expected=f"{year} 年的原因",
                calculation=f"指标为 {year} 年度，原因说的是 {told}的完成情况" if wrong else "",
                evidence=[*(part_evidence(reason) for reason in reasons), *(e for i in chain for e in indicator_evidence(i))],
            )  # fmt: skip
    if not ran:
        raise NotApplicableError("没有写明原因的未完成指标")


def _reason(project: Evaluated, indicator: Indicator) -> Part | None:
    """The reason given for an indicator: its own, or the common field of its form where that names it."""
    if indicator.reason is not None:
        return indicator.reason
    for form in project.forms:
        if any(own is indicator for own in form.indicators) and form.reason is not None:
            return form.reason if mentioned(indicator.name, [form.reason.text]) else None
    return None


CHECK = Check("reason_year", Parameters, run)
