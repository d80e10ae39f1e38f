"""原因中的金额: the amounts that a reason gives, each with its direction, against the change they are to make up.

A list need not be complete, so that another sum says nothing. It is wrong where all of it makes up the change once one
direction is turned round, or where it makes up the very opposite.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import reduce

from assistant.checks.base import Check, Parameters
from assistant.checks.difference import WAYS
from assistant.checks.evidence import stretch_evidence
from assistant.checks.told import figure_evidence, money, name_of, usable
from assistant.claims import Figure
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.mentions import MentionKind, find_mentions
from assistant.quantities import Interval
from assistant.reasons import Move, Reason
from assistant.rules import Rule

_WAY = re.compile(r"(增加|增长|上升|提高|新增|追加|调增|增)|(减少|下降|降低|压减|核减|调减|缩减|减)")
_PART = re.compile(r"其中|[((]")
"""From here on amounts are parts of those told before."""


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Look at reasons with two amounts or more."""
    for reason in facts.explanations().every:
        moves = [move for move in reason.moves if _change(move) is not None]
        listed = _listed(reason.text)
        if len({move.way for move in reason.moves}) != 1 or not moves or len(listed) < 2:
            continue
        move = moves[-1]
        change = _change(move)
        if change is None or not usable(change):
            continue
        target = money(change) if move.way == "up" else -money(change)
        total = _sum(listed)
        turned = [i for i in range(len(listed)) if _sum(listed, turn=i).meets(target)]
        if total.meets(target):
            yield _outcome(facts, rule, reason, move, change, "")
        elif total.meets(-target):
            yield _outcome(facts, rule, reason, move, change, "所列各项增减合计与增减额相等而方向相反")
        elif len(turned) == 1:
            yield _outcome(
                facts, rule, reason, move, change, f"第 {turned[0] + 1} 项的增减方向相反时，各项合计才与增减额相符"
            )


def _change(move: Move) -> Figure | None:
    return next((c.change for c in move.statement.comparisons if move.figure in (c.change, c.rate)), None)


def _listed(text: str) -> list[tuple[int, Interval]]:
    """Each amount with its sign; nothing where an amount has no direction of its own."""
    found: list[tuple[int, Interval]] = []
    done = 0
    part = _PART.search(text)
    for mention in find_mentions(text[: part.start()] if part else text):
        if mention.kind is not MentionKind.MONEY:
            continue
        ways = list(_WAY.finditer(text, done, mention.start))
        if not ways or not mention.checkable or mention.quantity.value < 0:
            return []
        found.append((1 if ways[-1][1] else -1, mention.interval()))
        done = mention.end
    return found


def _sum(listed: list[tuple[int, Interval]], turn: int = -1) -> Interval:
    signed = [i if (sign > 0) != (at == turn) else -i for at, (sign, i) in enumerate(listed)]
    return reduce(lambda a, b: a + b, signed)


def _outcome(facts: Facts, rule: Rule, reason: Reason, move: Move, change: Figure, wrong: str) -> Outcome:
    paragraph = facts.document.paragraphs[reason.paragraph]
    cause = stretch_evidence(paragraph, reason.start, reason.end, role="reason")
    return Outcome(
        rule.code, Verdict.DISAGREE if wrong else Verdict.AGREE, name_of(move.statement), stated=f"{WAYS[move.way]}{change.text}",
        expected="各项增减合计与增减额相符", calculation=wrong,
        evidence=(figure_evidence(change, name_of(move.statement)), cause),
    )  # fmt: skip


CHECK = Check("reason_amounts", Parameters, run)
