"""指标未完成: unmet indicators must be told as such and explained; nobody may say that all were met."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from assistant.checks.base import Check, Parameters
from assistant.checks.evaluated import indicator_evidence, name_of, said, shown, torn
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Verdict
from assistant.indicators.linking import Evaluated, judged, may_be_cut, mentioned
from assistant.indicators.meeting import State
from assistant.indicators.model import Indicator, Role, Summary
from assistant.rules import Rule
from assistant.text import squeeze

_EXPLAINS = re.compile(
    r"未完成|未达|未实现|未开展|没有完成|没有达到|偏低|偏差|不足|滞后|推迟|延期|低于|未能|减少|由于|因为|原因|受.{0,8}影响"
)
_GOES_ON = re.compile(r"^(?:主要)?原因")
_CLAUSE = re.compile(r"[；;。\n]")
_OF_ALL = re.compile(r"上述|以上|各项|部分指标|个别指标|未完成(?:的)?指标|均|都")
_AFTER = re.compile(r"^[^；;]{0,120}?(?:原因|由于|因|受|推迟|延期|取消|未能)")


def run_unmet(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Met is 一致; unmet is 一致 where it is explained, 不一致 where nothing in the document speaks of it."""
    ran = False
    for project in facts.evaluated():
        for chain in project.chains:
            for indicator in chain:
                if indicator.role is not Role.LISTED and any(other.role is Role.LISTED for other in chain):
                    continue
                state = judged(indicator)
                if state.state is State.UNKNOWN:
                    continue
                ran = True
                yield _outcome(facts, rule, project, indicator, chain, met=state.state is State.MET)
    if not ran:
        raise NotApplicableError("没有同时写明目标值和实际完成值的指标")


def _outcome(
    facts: Facts, rule: Rule, project: Evaluated, indicator: Indicator, chain: Sequence[Indicator], *, met: bool
) -> Outcome:
    target, actual = shown(indicator.target, indicator), shown(indicator.actual, indicator)
    verdict, detail = Verdict.AGREE, ""
    if not met:
        told = _told(facts, project, indicator, chain)
        verdict = Verdict.AGREE if told else Verdict.UNCLEAR if told is None else Verdict.DISAGREE
        if torn(facts, indicator.actual) or torn(facts, indicator.target) or may_be_cut(indicator, chain):
            verdict, detail = Verdict.UNCLEAR, "数字可能在转换中断开或缺位"
    return said(
        rule, verdict, name_of(project, indicator), (indicator.actual, indicator.target), stated=actual, expected=target,
        calculation=f"目标值 {target}，实际完成 {actual}" + ("" if met else "，没有达到目标值"), detail=detail,
        evidence=(e for other in (indicator, *(o for o in chain if o is not indicator)) for e in indicator_evidence(other)),
    )  # fmt: skip


def _told(facts: Facts, project: Evaluated, indicator: Indicator, chain: Iterable[Indicator]) -> bool | None:
    """Whether an unmet indicator is told as unmet anywhere; ``None`` where a reason is given that names no indicator."""
    if any(other.reason is not None or other.role is not Role.LISTED for other in chain):
        return True
    texts = [text for summary in project.summaries for text in _problems(summary)]
    texts += [form.reason.text for form in project.forms if form.reason is not None]
    if mentioned(indicator.name, texts) or _goes_on(facts, indicator):
        return True
    lists = Counter(i.paragraph for i in project.indicators if i.paragraph is not None)
    remarks: list[str] = []
    for number, paragraph in enumerate(facts.document.paragraphs):
        if "目标值" in paragraph.text or not _EXPLAINS.search(paragraph.text):
            continue
        # In a list of several indicators a reason belongs to the one in its own clause.
        clauses = _CLAUSE.split(paragraph.text) if lists[number] > 1 else [paragraph.text]
        remarks += [clause for clause in clauses if _EXPLAINS.search(clause.replace(indicator.name, ""))]
        if lists[number] > 1 and number == indicator.paragraph:
            texts += [clause for clause in remarks[-len(clauses) :] if _OF_ALL.search(clause)]
    if mentioned(indicator.name, remarks):
        return True
    names = {other.name for other in project.indicators if other.name != indicator.name}
    telling = (text for text in texts if _EXPLAINS.search(squeeze(text)))
    unnamed = [text for text in telling if not any(mentioned(name, [text]) for name in names)]
    return None if unnamed else False


def _goes_on(facts: Facts, indicator: Indicator) -> bool:
    """Whether the words right behind the actual value give a reason, before the next indicator."""
    if indicator.paragraph is None or indicator.actual is None:
        return False
    lines = facts.document.paragraphs[indicator.paragraph]
    before = next((s for s in lines.segments if s.line == indicator.actual.span.line), None)
    begin = before.offset + indicator.actual.span.start - before.start if before is not None else 0
    rest = lines.text[max(begin, 0) :].partition(indicator.actual.text)[2]
    return _AFTER.search(re.split("目标值|指标值", rest)[0]) is not None


def _problems(summary: Summary) -> list[str]:
    """The texts on problems; a paragraph that only goes on with the reason belongs to the one before."""
    joined: list[str] = []
    for part in summary.problems:
        if joined and _GOES_ON.match(part.text.strip()):
            joined[-1] += part.text
        else:
            joined.append(part.text)
    return joined


CHECK = Check("indicator_unmet", Parameters, run_unmet)
