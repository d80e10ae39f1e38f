"""没有量化的目标值: 数量指标 whose target is words only, and indicators of a form of goals without any target."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.base import Check, Parameters
from assistant.checks.evaluated import name_of, part_evidence, said
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Verdict
from assistant.indicators.model import Form, Indicator, Role
from assistant.indicators.values import ValueKind
from assistant.rules import Rule


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """One outcome for each form; a form without any target is one that was not read, and is left out."""
    ran = False
    for project in facts.evaluated():
        for form in project.forms:
            listed = [i for i in form.indicators if i.role is Role.LISTED and i.name]
            if not any(i.target is not None for i in listed):
                continue
            ran = True
            vague = [i for i in listed if _vague(i)]
            empty = [i for i in listed if i.target is None and not _any_actual(form)]
            told = [f"数量指标“{i.name}”的目标值为“{i.target.text.strip()}”" for i in vague if i.target is not None]
            told += [f"“{i.name}”没有目标值" for i in empty]
            found = [*vague, *empty]
            yield said(
                rule, Verdict.DISAGREE if found else Verdict.AGREE, name_of(project), (), stated=f"{len(found)} 个指标",
                calculation="；".join(told[:6]), evidence=[part_evidence(i.title, i.name, form=True) for i in found],
            )  # fmt: skip
    if not ran:
        raise NotApplicableError("没有列出目标值的绩效目标表")


def _vague(indicator: Indicator) -> bool:
    """Whether a 数量指标 has a target in words without any figure."""
    target = indicator.target
    return indicator.level2 == "数量" and target is not None and target.value.kind is ValueKind.QUALITATIVE


def _any_actual(form: Form) -> bool:
    """Whether it is a form of results: there a blank cell may belong to the row above."""
    return any(i.actual is not None for i in form.indicators)


CHECK = Check("unquantified", Parameters, run)
