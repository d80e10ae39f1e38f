"""原因标题: 减少 5 万元，增加的原因是 …: the heading of a reason goes against the change it stands behind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.base import Check, Parameters
from assistant.checks.difference import WAYS
from assistant.checks.evidence import stretch_evidence
from assistant.checks.reason import TWICE
from assistant.checks.told import figure_evidence, name_of
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.reasons import DOWN_WORDS, UP_WORDS, Reason
from assistant.rules import Rule
from assistant.text import normalise

_SAID = re.compile(r"[“”\"]|决算|预算|支出|收入|[数额的.\d\s%]|(?:比|较|与)?[上本去]?年度?")
"""What a heading may hold besides the name of its amount."""


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Only where all that is told before goes one way, and the heading names no other amount."""
    for reason in facts.explanations().every:
        told = {move.way for move in reason.moves}
        if not reason.way or reason.to_budget or not told:
            continue
        text = normalise(facts.document.paragraphs[reason.paragraph].text)
        if any(twice.end() > reason.start for twice in TWICE.finditer(text, 0, reason.end)):
            continue  # another rule's: A 比上年增加的原因：A 比上年减少
        if reason.way in told or _only(text, reason):
            yield _outcome(facts, rule, reason, against=reason.way not in told)


def _only(text: str, reason: Reason) -> bool:
    """Whether nothing before the heading goes its way: what is told there may not all have been read."""
    named = _SAID.sub("", re.split(r"[。;,:]", text[: reason.begin])[-1])
    subject = reason.moves[-1].statement.subject
    if len(named) > 2 and named not in subject and subject.removesuffix("支出") not in named:
        return False  # 接待费增加 1 万元。车辆运行费减少的原因是 …: the heading is of another amount
    before = re.split(r"[。;]", text[: reason.begin].rstrip(" 。;,"))[-1]
    return not re.search(UP_WORDS if reason.way == "up" else DOWN_WORDS, before)


def _outcome(facts: Facts, rule: Rule, reason: Reason, *, against: bool) -> Outcome:
    move, paragraph = reason.moves[-1], facts.document.paragraphs[reason.paragraph]
    head = stretch_evidence(paragraph, reason.begin, reason.start)
    return Outcome(
        rule.code, Verdict.DISAGREE if against else Verdict.AGREE, name_of(move.statement),
        stated=f"{WAYS[move.way]}{move.figure.text}", expected="原因与增减方向一致",
        calculation=f"前文写作{WAYS[move.way]}，接着说的却是“{head.text.strip()}”" if against else "",
        evidence=(figure_evidence(move.figure, name_of(move.statement)), head.model_copy(update={"role": "reason"})),
    )  # fmt: skip


CHECK = Check("reason_heading", Parameters, run)
