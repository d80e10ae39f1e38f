"""指标数量: stated numbers of indicators within their sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.base import Check, Parameters
from assistant.checks.evaluated import name_of, said
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Verdict
from assistant.indicators.linking import Evaluated
from assistant.indicators.model import Count, Summary
from assistant.rules import Rule

_NUMBERED = re.compile(r"指\s*标\s*\d+\s*个")
"""成本指标2个: where a sentence has more of these than were read, one of the parts was lost in a break."""


def run_within(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Parts of a count add up to it; 设置 = 完成 + 未完成."""
    ran = False
    for project in facts.evaluated():
        for summary in project.summaries:
            for index, count in enumerate(summary.counts):
                parts = [other for other in summary.counts if other.parent == index and other.of == count.of]
                if count.of == "指标" and parts:
                    ran = True
                    places = [other.part.span.line for other in summary.counts if other.kind]
                    yield _sum(facts, rule, project, count, parts, places)
            yield from _balance(rule, project, summary)
    if not ran:
        raise NotApplicableError("没有写明分类个数的指标数量")


def _sum(facts: Facts, rule: Rule, project: Evaluated, count: Count, parts: list[Count], places: list[int]) -> Outcome:
    total = sum(part.number for part in parts)
    told = " + ".join(f"{part.kind}{part.number}" for part in parts)
    # One part alone, fewer than the whole, is “其中” of a list that names only what matters.
    # A tag, or a page's head inside the sentence, may have hidden one of the parts.
    first, last = count.part.span, parts[-1].part.span
    lines = facts.document.lines[first.line - 1 : last.last_line]
    broken = "。" not in lines[-1][last.end :]  # the foot of a page may part the sentence
    torn = len(_NUMBERED.findall("".join(lines))) > sum(first.line <= n <= last.last_line for n in places)
    partial = total < count.number and (len(parts) == 1 or "<" in lines[0] or "$" in lines[0] or broken)
    verdict = Verdict.AGREE if total == count.number else Verdict.UNCLEAR if partial or torn else Verdict.DISAGREE
    return said(
        rule, verdict, f"{name_of(project)}{count.state}的{count.kind}指标", (count.part, *(p.part for p in parts)),
        stated=f"{count.number}个", expected=f"{total}个", calculation=f"{told} = {total}，总数写作 {count.number}",
    )  # fmt: skip


def _balance(rule: Rule, project: Evaluated, summary: Summary) -> Iterator[Outcome]:
    whole = [c for c in summary.counts if c.of == "指标" and c.parent is None and not c.kind]
    state = {name: [c for c in whole if c.state == name] for name in ("设置", "完成", "未完成")}
    if any(len({c.number for c in found}) != 1 for found in state.values()):
        return
    planned, done, undone = (found[0] for found in state.values())
    fits = planned.number == done.number + undone.number
    yield said(
        rule, Verdict.AGREE if fits else Verdict.DISAGREE, f"{name_of(project)}的指标数量", (planned.part, done.part, undone.part),
        stated=f"{planned.number}个", expected=f"{done.number + undone.number}个",
        calculation=f"完成 {done.number} + 未完成 {undone.number} = {done.number + undone.number}，共设置 {planned.number}",
    )  # fmt: skip


CHECK = Check("count_within", Parameters, run_within)
