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
_ALL = re.compile(r"[^。\n]*(?:。\s*(?:[二三四五六七]是|同时|此外|另|但|而)[^。\n]*)*")
"""A reason with the sentences that go on with it."""

_END = re.compile(r"(?:了|较多|较大|较快|明显|幅度较大|等|所致|的?影响|[^,，]{0,6}(?:支出|经费|费用))?\s*[。；;]?\s*")
"""What may stand behind the last word of direction; any other words may turn it round (人员减少，由其他单位承担)."""


class ReasonWayParameters(Parameters):
    """What a reason must speak of right before its word of direction, and words that make any direction possible.

    ``money_in`` (收入, 拨款) explains a total only: one kind of income may fall because another rose. ``balances`` are
    subjects that move against what is spent or taken in elsewhere.
    """

    things: tuple[str, ...]
    money_in: tuple[str, ...]
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
    rest = normalise(paragraph.text[start:])
    reason = _ALL.match(rest)[0] if start >= 0 else ""  # type: ignore[index]  # it matches anything
    words = list(_WORD.finditer(reason))
    if figure is None or not words or any(word in reason for word in parameters.excuses):
        return None
    if {"up" if word[1] else "down" for word in words} & {way}:
        return told(rule, Verdict.AGREE, name_of(statement), (figure,))
    total = any(word in statement.subject for word in ("总计", "合计", "总额"))
    things = (*parameters.things, *(parameters.money_in if total else ()))
    spoken = all(reason[: word.start()].endswith(things) for word in words)
    if not spoken or re.search(r"\d", reason) or not _END.fullmatch(reason, words[-1].end()):
        return None
    span = paragraph.span(start, start + len(reason))
    return told(
        rule, Verdict.DISAGREE, name_of(statement), (figure,), stated=f"{WAYS[way]}{figure.text}",
        expected="原因与增减方向一致", calculation=f"增减方向为{WAYS[way]}，所述原因只有“{words[-1][0]}”",
        more=(text_evidence(span, paragraph.text[start : start + len(reason)]).model_copy(update={"role": "reason"}),),
    )  # fmt: skip


CHECK = Check("reason_way", ReasonWayParameters, run)
