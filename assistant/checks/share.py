"""占比: a share must be part ÷ whole; the whole is the one the sentence names, or the amount its list begins with."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz import fuzz

from assistant.checks.base import Check, Parameters
from assistant.checks.lists import planned
from assistant.checks.share_list import judge, of_all, of_siblings
from assistant.checks.told import money, name_of, statements, told, usable, value
from assistant.claims import Figure, Statement
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.recompute import compare_percent, quotient
from assistant.rules import Rule

REACH = 12
"""How many statements back a list may have begun."""


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Recompute each share; accuse only where the whole is certain and no other amount nearby explains it."""
    given = [planned(statement) or statement for statement in statements(facts)]
    for i, statement in enumerate(given):
        for share in statement.shares[:1]:
            part = statement.amount
            if part is not None and usable(part, share) and part.mention.kind is not share.mention.kind:
                near = [s for s in given[i + 1 : i + REACH] if s.section == statement.section]
                outcome = _share(rule, statement, part, share, given[max(0, i - REACH) : i], near)
                if outcome is not None:
                    yield outcome


def _share(
    rule: Rule, statement: Statement, part: Figure, share: Figure, before: list[Statement], after: list[Statement]
) -> Outcome | None:
    near = (s for s in before if s.amount is not None and usable(s.amount) and value(s.amount) > 0)
    wholes = [s for s in near if s.amount and value(s.amount) >= value(part)]
    best: tuple[Verdict, Figure, str] | None = None
    if statement.whole is not None and usable(statement.whole) and statement.whole.mention.end < share.mention.start:
        told_with = _judge(share, part, statement.whole)
        if told_with is not None:
            best, wholes = (told_with[0], statement.whole, told_with[1]), []
    for other in reversed(wholes):
        assert other.amount is not None
        percent = _judge(share, part, other.amount)
        if percent and percent[0] is not Verdict.DISAGREE and (best is None or percent[0] is Verdict.AGREE):
            best = (percent[0], other.amount, percent[1])
            if percent[0] is Verdict.AGREE:
                break
    if best is None:
        whole = _whole(statement, share, wholes) or of_siblings(statement, wholes, [*before, *after])
        if whole is None and (all_ := of_all(statement, [*before, *after])) is not None:
            counted, parts = all_
            return told(
                rule, counted.verdict, name_of(statement), (share, *parts), expected=counted.text,
                severity=counted.severity if counted.verdict is Verdict.DISAGREE else None,  # a truncated digit is no news
                calculation=f"{part.text} ÷ ({'＋'.join(one.text for one in parts)}) ＝ {counted.text}",
            )  # fmt: skip
        if whole is None:
            return told(rule, Verdict.UNCLEAR, name_of(statement), (share, part))
        judged = _judge(share, part, whole)
        if judged is None:
            return None
        best = (judged[0], whole, judged[1])
    verdict, whole, text = best
    computed = quotient(money(part), money(whole))
    assert computed is not None
    severity = compare_percent(share.mention, computed, computed.low).severity
    return told(
        rule, verdict, name_of(statement), (share, part, whole), expected=text,
        calculation=f"{part.text} ÷ {whole.text} ＝ {text}", severity=severity,
    )  # fmt: skip


def _judge(share: Figure, part: Figure, whole: Figure) -> tuple[Verdict, str] | None:
    percent = judge(share, part, whole)
    return (percent.verdict, percent.text) if percent else None


def _whole(statement: Statement, share: Figure, wholes: list[Statement]) -> Figure | None:
    """The whole that a share is of: the nearest amount of the name it gives; without a name the one its list is under."""
    named = share.lead.strip("占比重例的约为总额合计 ")
    same = [s for s in wholes if s.section == statement.section and not s.among]
    if named:
        fitting = [s for s in same if s.subject and (fuzz.ratio(named, s.subject) >= 75 or named in s.subject)]
        if fitting and not (named in ("收入", "支出") and fitting[-1].shares):  # a part of the list is not its total
            return fitting[-1].amount
        total = named in ("总支出", "本年支出", "支出", "本年收入", "总收入", "收入", "决算收入", "决算支出")
        kind = "收" if "收" in named else "支"
        heads = (
            [s for s in same if kind in s.subject and not s.shares and s.paragraph == statement.paragraph]
            if total
            else []
        )
        return heads[0].amount if heads else None
    heads = [s for s in same if not s.shares and s.subject and ("支出" in s.subject or "收入" in s.subject)]
    return heads[-1].amount if heads and heads[-1].paragraph >= statement.paragraph - 6 else None


CHECK = Check("share", Parameters, run)
