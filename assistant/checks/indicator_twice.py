"""指标重复: one indicator listed twice in one list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from assistant.checks.base import Check, Parameters
from assistant.checks.evaluated import name_of, part_evidence, said, shown
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Verdict
from assistant.indicators.linking import bare_name, compared
from assistant.indicators.meeting import Likeness
from assistant.indicators.model import Indicator, Role
from assistant.rules import Rule


class TwiceParameters(Parameters):
    """``shortest``: names of fewer characters (满意度, 合格率) may well be two indicators of one list."""

    shortest: int = 6


def run(facts: Facts, rule: Rule, parameters: TwiceParameters) -> Iterator[Outcome]:
    """The same name, target and kind twice in one list."""
    ran = False
    for project in facts.evaluated():
        for group in project.groups:
            named: dict[tuple[str, int], list[Indicator]] = defaultdict(list)
            block, kind = 0, ""  # a form with several goals lists 验收合格率 under each
            for indicator in group.indicators:
                block, kind = block + (indicator.level2 != kind), indicator.level2
                if indicator.role is Role.LISTED:
                    named[bare_name(indicator.name), block].append(indicator)
            if named:
                ran = True
                yield said(rule, Verdict.AGREE, name_of(project), ())
            for (name, _), found in named.items():
                if len(found) != 2 or len(name) < parameters.shortest:
                    continue
                if compared(found[0], found[1], "target") is not Likeness.EQUAL:
                    continue
                actual = found[0].actual, found[1].actual
                told = "、".join(shown(value, found[0]) for value in actual if value is not None)
                yield said(
                    rule, Verdict.DISAGREE, name_of(project, found[1]), (found[1].title, found[0].title), stated=found[1].name,
                    calculation=f"目标值均为 {shown(found[0].target, found[0])}" + (f"，实际完成 {told}" if told else ""),
                    evidence=[part_evidence(i.title, i.name) for i in reversed(found)],
                )  # fmt: skip
    if not ran:
        raise NotApplicableError("没有逐个列出的指标")


CHECK = Check("indicator_twice", TwiceParameters, run)
