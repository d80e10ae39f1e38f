"""原因方向: an amount rose, and the only reason given is that money, staff or projects became fewer; or the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.checks.base import Check, Parameters, text_evidence
from assistant.checks.difference import WAYS
from assistant.checks.told import name_of, statements, told
from assistant.claims import Statement
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.rules import Rule
from assistant.text import normalise

_WORD = re.compile(r"(增加|增多|增长|提高|上升|扩大|上调|新增|追加)|(减少|下降|降低|压减|压缩|缩减|下调|削减|减至)")


class ReasonWayParameters(Parameters):
    """What a reason must speak of right before its word of direction, and words that make any direction possible."""

    things: tuple[str, ...]
    excuses: tuple[str, ...]
    balances: tuple[str, ...]


def run(facts: Facts, rule: Rule, parameters: ReasonWayParameters) -> Iterator[Outcome]:
    """Look at sentences that tell one direction and give one reason with one direction."""
    given = list(statements(facts))
    for i, statement in enumerate(given):
        ways = {c.change_way or c.rate_way for c in statement.comparisons} - {""}
        if len(ways) != 1 or not statement.reason or any(word in statement.subject for word in parameters.balances):
            continue
        way = ways.pop()
        near = [s for s in given[max(0, i - 3) : i + 4] if s.paragraph == statement.paragraph and s is not statement]
        if any({c.change_way, c.rate_way} - {"", way} for s in near for c in s.comparisons):
            continue  # another direction nearby: the reason may be about that
        outcome = _judge(facts, rule, parameters, statement, way)
        if outcome is not None:
            yield replace(outcome, figures=())  # whether the reason fits says nothing about the figure


def _judge(facts: Facts, rule: Rule, parameters: ReasonWayParameters, statement: Statement, way: str) -> Outcome | None:
    comparison = statement.comparisons[0]
    figure = comparison.change or comparison.rate
    paragraph = facts.document.paragraphs[statement.paragraph]
    start = paragraph.text.find(statement.reason, statement.start)
    reason = re.split(r"[。；;]|其中", normalise(statement.reason))[0]
    words = list(_WORD.finditer(reason))
    if figure is None or start < 0 or not words or any(word in reason for word in parameters.excuses):
        return None
    if {"up" if word[1] else "down" for word in words} & {way}:
        return told(rule, Verdict.AGREE, name_of(statement), (figure,))
    spoken = all(reason[: word.start()].endswith(parameters.things) for word in words)
    if not spoken or re.search(r"\d", reason):
        return None
    span = paragraph.span(start, start + len(reason))
    return told(
        rule, Verdict.DISAGREE, name_of(statement), (figure,), stated=f"{WAYS[way]}{figure.text}",
        expected="原因与增减方向一致", calculation=f"增减方向为{WAYS[way]}，所述原因只有“{words[-1][0]}”",
        more=(text_evidence(span, paragraph.text[start : start + len(reason)]).model_copy(update={"role": "reason"}),),
    )  # fmt: skip


CHECK = Check("reason_way", ReasonWayParameters, run)
