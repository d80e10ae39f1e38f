"""指标数量: stated numbers of indicators against those listed in the same stretch of text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from assistant.checks.base import Check, Parameters
from assistant.checks.evaluated import indicator_evidence, name_of, part_evidence, said, shown
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Verdict
from assistant.indicators.linking import Evaluated, bare_name, judged
from assistant.indicators.meeting import State
from assistant.indicators.model import Count, Indicator, Role, Summary
from assistant.indicators.sentences import targets_told
from assistant.rules import Rule

_NUMBERED = re.compile(r"^[\s\-]*(?:[（(]?\s?(\d{1,2})\s?[)）.、．]|([①-⑳]))")


def run_listed(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Stated numbers against the indicators listed in the same stretch: of each kind, and of the unmet.

    A list is contradicted only where its own numbering, or the text around it, confirms that every item was read.
    """
    ran = False
    for project in facts.evaluated():
        for summary in project.summaries:
            listed = {bare_name(i.name): i for i in reversed(summary.indicators)}
            for count in summary.counts:
                mine = [i for i in listed.values() if count.kind in ("", i.level1, i.level2)]
                if count.of != "指标" or count.projects or len(listed) < 3:
                    continue
                judge = _unmet if count.state == "未完成" else _all
                outcome = judge(facts, rule, project, summary, count, mine)
                if outcome is not None:
                    ran = True
                    yield outcome
    if not ran:
        raise NotApplicableError("没有既写明个数又逐个列出的指标")


def _unmet(
    facts: Facts, rule: Rule, project: Evaluated, summary: Summary, count: Count, mine: list[Indicator]
) -> Outcome | None:
    found = [i for i in mine if judged(i).state is State.UNMET]
    verdict = Verdict.AGREE if len(found) == count.number else Verdict.UNCLEAR
    if len(found) > count.number or (0 < len(found) < count.number and _all_judged(facts, summary, mine)):
        verdict = Verdict.DISAGREE
    told = "；".join(f"“{i.name}”目标值 {shown(i.target, i)}，实际完成 {shown(i.actual, i)}" for i in found[:6])
    return said(
        rule, verdict, f"{name_of(project)}未完成的{count.kind}指标", (count.part,), stated=f"{count.number}个",
        expected=f"{len(found)}个", calculation=f"按所列目标值和实际完成值，未完成的有 {len(found)} 个：{told}",
        evidence=[part_evidence(count.part), *(e for i in found for e in indicator_evidence(i))],
    )  # fmt: skip


def _all_judged(facts: Facts, summary: Summary, mine: list[Indicator]) -> bool:
    """Whether every target told in the stretch was read as an indicator, and it is known of each whether it is met."""
    if any(i.role is Role.LISTED and judged(i).state is State.UNKNOWN for i in mine):
        return False
    read = [i.paragraph for i in summary.indicators if i.target is not None]
    numbers = range(summary.first, summary.last + 1)
    return all(targets_told(facts.document.paragraphs[n].text) <= read.count(n) for n in numbers)


def _all(
    facts: Facts, rule: Rule, project: Evaluated, summary: Summary, count: Count, mine: list[Indicator]
) -> Outcome | None:
    if count.state == "完成":
        mine = [i for i in mine if i.role is Role.LISTED and judged(i).state is not State.UNMET]
    subject = f"{name_of(project)}{count.state}的{count.kind}指标"
    if len(mine) == count.number:
        return said(rule, Verdict.AGREE, subject, (count.part,), calculation=f"逐个列出 {len(mine)} 个")
    # Fewer than stated: one may not have been read.
    if count.state == "完成" or len(mine) < count.number or not count.kind or not _counted(facts, mine):
        return None
    if any(c.kind == count.kind and c.number == len(mine) for c in summary.counts):
        return None
    return said(
        rule, Verdict.DISAGREE, subject, (count.part,), stated=f"{count.number}个", expected=f"{len(mine)}个",
        calculation=f"逐个列出的{count.kind}指标为 {len(mine)} 个",
        evidence=[part_evidence(count.part), *(part_evidence(i.title, i.name) for i in mine)],
    )  # fmt: skip


def _counted(facts: Facts, mine: list[Indicator]) -> bool:
    """Whether the items of each kind carry the numbers 1, 2, 3 … without gaps, so that none was missed."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for indicator in mine:
        text = facts.document.paragraphs[indicator.paragraph].text if indicator.paragraph is not None else ""
        match = _NUMBERED.match(text)
        number = (int(match[1]) if match[1] else ord(match[2]) - ord("①") + 1) if match else 0
        numbers[indicator.level2].append(number)
    return len(mine) > 1 and all(sorted(found) == list(range(1, len(found) + 1)) for found in numbers.values())


CHECK = Check("count_listed", Parameters, run_listed)
