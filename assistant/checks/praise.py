"""全面完成: nobody may say that all indicators (or all of a kind) were met while one of them is not."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.base import Check, Parameters
from assistant.checks.evaluated import indicator_evidence, name_of, part_evidence, said, shown, torn
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Verdict
from assistant.indicators.linking import judged, linked, may_be_cut
from assistant.indicators.meeting import State
from assistant.indicators.model import Indicator
from assistant.rules import Rule


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """“全面完成各项指标” against the indicators of that project (and kind) that are not met: one outcome for each."""
    ran = False
    for project in facts.evaluated():
        for praise in (praise for summary in project.summaries for praise in summary.praises):
            ran = True
            wrong = [
                chain for chain in linked(project)
                if praise.kind in ("", chain[0].level1, chain[0].level2) and any(_unmet(facts, i, chain) for i in chain)
            ]  # fmt: skip
            if not wrong:
                yield said(rule, Verdict.AGREE, name_of(project), (praise.part,))
            for chain in wrong:
                unmet = next(i for i in chain if _unmet(facts, i, chain))
                told = f"“{unmet.name}”目标值 {shown(unmet.target, unmet)}，实际完成 {shown(unmet.actual, unmet)}"
                yield said(
                    rule, Verdict.DISAGREE, name_of(project), (unmet.actual, praise.part), calculation=told, stated=praise.part.text,
                    expected="未全部完成", evidence=[part_evidence(praise.part), *indicator_evidence(unmet)],
                )  # fmt: skip
    if not ran:
        raise NotApplicableError("没有“全面完成”一类的表述")


def _unmet(facts: Facts, indicator: Indicator, chain: list[Indicator]) -> bool:
    """Unmet beyond doubt: no figure that may be cut."""
    if judged(indicator).state is not State.UNMET or may_be_cut(indicator, chain):
        return False
    return not torn(facts, indicator.actual) and not torn(facts, indicator.target)


CHECK = Check("indicator_praise", Parameters, run)
