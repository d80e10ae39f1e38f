"""指标数量: numbers of indicators and goals told again (正文, 摘要), over several projects, or as 年度目标7."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from assistant.checks.base import Check, Parameters
from assistant.checks.evaluated import PLACES, name_of, part_evidence, said
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Verdict
from assistant.indicators.linking import Evaluated, judged
from assistant.indicators.meeting import State
from assistant.indicators.model import Count, Part, Role, Summary
from assistant.rules import Rule

_GOAL = re.compile(r"年度(?:绩效)?目标\s?(\d{1,2})(?=\s?(?:[的和、：:（(及与]|$))")


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Each stated number against what other places of the document say of it."""
    ran = False
    for project in facts.evaluated():
        for outcome in (*_again(rule, project), *_elsewhere(facts, rule, project)):
            ran = True
            yield outcome
    if not ran:
        raise NotApplicableError("没有在两处写明的指标个数")


def _again(rule: Rule, project: Evaluated) -> Iterator[Outcome]:
    """Each number in the later accounts of a project against the first; what one account tells in two ways is left out."""
    told: dict[tuple[str, str, str], list[tuple[Summary, Count]]] = defaultdict(list)
    for summary in project.summaries:
        for key, count in _once(summary).items():
            told[key].append((summary, count))
    for (of, kind, state), (first, *others) in told.items():
        for later in others:
            shown = "、".join(f"{PLACES[summary.place]} {count.number} 个" for summary, count in (first, later))
            yield said(
                rule, Verdict.AGREE if later[1].number == first[1].number else Verdict.DISAGREE, f"{name_of(project)}{state}的{kind}{of}",
                (later[1].part, first[1].part), stated=f"{later[1].number}个", expected=f"{first[1].number}个", calculation=shown,
            )  # fmt: skip


def _elsewhere(facts: Facts, rule: Rule, project: Evaluated) -> Iterator[Outcome]:
    for summary in project.summaries:
        for count in summary.counts:
            outcome = _over_all(facts, rule, count) if count.projects else None
            if count.of == "目标" and count.state == "设置":
                outcome = _goals(facts, rule, project, summary, count)
            if outcome is not None:
                yield outcome


def _once(summary: Summary) -> dict[tuple[str, str, str], Count]:
    """The numbers that an account tells without contradicting itself."""
    found: dict[tuple[str, str, str], list[Count]] = defaultdict(list)
    for count in summary.counts:
        if not count.projects:
            found[count.of, count.kind, count.state].append(count)
    return {key: counts[0] for key, counts in found.items() if len({count.number for count in counts}) == 1}


def _goals(facts: Facts, rule: Rule, project: Evaluated, summary: Summary, count: Count) -> Outcome | None:
    """年度目标7 cannot be told of where there are five; that all are named confirms the number."""
    told: dict[int, Part] = {}
    for paragraph in facts.document.paragraphs[summary.first : summary.last + 1]:
        for match in _GOAL.finditer(paragraph.text):
            told.setdefault(int(match[1]), Part(match[0], paragraph.span(*match.span())))
    if not told:
        return None
    beyond = max(told) > count.number
    if not beyond and set(told) != set(range(1, count.number + 1)):
        return None
    return said(
        rule, Verdict.DISAGREE if beyond else Verdict.AGREE, f"{name_of(project)}的年度绩效目标", (count.part,), stated=f"{count.number}个",
        expected=f"不少于{max(told)}个", calculation=f"文中说到“{told[max(told)].text}”", evidence=[part_evidence(count.part), part_evidence(told[max(told)])],
    )  # fmt: skip


def _over_all(facts: Facts, rule: Rule, count: Count) -> Outcome | None:
    """四个项目共设置16个指标: the sum over the projects, which confirms the number, or does not say anything."""
    parts = [p for p in facts.evaluated() if not p.whole and any(s.indicators for s in p.summaries)]
    mine = [c[0] for p in parts for c in p.chains if any(i.role is Role.LISTED for i in c)]
    if len(parts) != count.projects:
        return None
    if count.state != "设置":
        wanted = State.UNMET if count.state == "未完成" else State.MET
        mine = [i for i in mine if judged(i).state is wanted]
    if len(mine) != count.number:
        return None
    told = f"{len(parts)} 个项目逐个列出的共 {len(mine)} 个"
    return said(rule, Verdict.AGREE, f"各项目{count.state}的指标", (count.part,), calculation=told)


CHECK = Check("count_restated", Parameters, run)
