"""指标数量: stated numbers of indicators against those listed in the same stretch of text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from assistant.checks.base import Check, Parameters
from assistant.checks.evaluated import indicator_evidence, name_of, part_evidence, said, shown
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Verdict
from assistant.indicators.linking import Evaluated, bare_name, execution, judged, may_be_cut
from assistant.indicators.meeting import State
from assistant.indicators.model import Count, Form, Indicator, Role, Summary
from assistant.indicators.sentences import targets_told
from assistant.rules import Rule

FULL = Decimal(100)

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
            for outcome in _by_form(rule, project, summary) if len(listed) < 3 else ():
                ran = True
                yield outcome
    if not ran:
        raise NotApplicableError("没有既写明个数又逐个列出的指标")


def _by_form(rule: Rule, project: Evaluated, summary: Summary) -> Iterator[Outcome]:
    """Numbers of a text that lists no indicators, against the project's one form, of which every row was read."""
    forms = [form for form in project.forms if form.indicators and any(i.actual for i in form.indicators)]
    if len(forms) != 1 or not _read_whole(forms[0]):
        return
    mine = forms[0].indicators
    unmet = [i for i in mine if judged(i).state is State.UNMET and not may_be_cut(i)]
    unsure = any(judged(i).state is State.UNKNOWN for i in mine)
    states = {count.state for count in summary.counts if count.of == "指标"}
    for count in summary.counts:
        twice = count.state == "完成" and "未完成" in states  # the one follows from the other
        if count.of != "指标" or count.kind or count.projects or twice:
            continue
        wanted = {"设置": len(mine), "未完成": len(unmet), "完成": len(mine) - len(unmet)}[count.state]
        over = count.number < wanted if count.state == "未完成" else count.number > wanted
        wrong = over or not (unsure or count.state == "完成") or count.state == "设置"
        verdict = Verdict.AGREE if count.number == wanted else Verdict.DISAGREE if wrong else Verdict.UNCLEAR
        told = "、".join(f"“{i.name}”目标值 {shown(i.target, i)}，实际完成 {shown(i.actual, i)}" for i in unmet[:4])
        yield said(
            rule, verdict, f"{name_of(project)}{count.state}的指标", (count.part,), stated=f"{count.number}个", expected=f"{wanted}个",
            calculation=f"自评表列有 {len(mine)} 个指标" + (f"，其中没有达到目标值的有 {len(unmet)} 个：{told}" if unmet else ""),
            evidence=[part_evidence(count.part), *(e for i in unmet[:4] or mine[:1] for e in indicator_evidence(i))],
        )  # fmt: skip


def _read_whole(form: Form) -> bool:
    """Whether the weights of the rows and of the execution come to 100: then no row is missing from what was read."""
    _, full = execution(form)
    weights = [i.weight for i in form.indicators] + ([full] if full else [])
    return all(weights) and sum((w.figure.value for w in weights if w), Decimal(0)) == FULL


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
