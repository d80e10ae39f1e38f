"""原因方向: an amount rose, and the only reason given is that money, staff or projects became fewer; or the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.base import Check, Parameters
from assistant.checks.difference import WAYS
from assistant.checks.evidence import stretch_evidence, text_evidence
from assistant.checks.reason import TWICE
from assistant.checks.told import figure_evidence, name_of
from assistant.drivers import Vocabulary, opposed
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.mentions import MentionKind
from assistant.reasons import DOWN_WORDS, UP_WORDS, Reason
from assistant.rules import Rule
from assistant.text import normalise

_NO_MONEY = re.compile(r"占比|比重|占.{0,12}(?:下降|上升)|比例|人均|单价|成本|[执行完成节约]率")

_MONEY = re.compile(r"收入|支出|收支|经费|预算|[费款]")


class ReasonWayParameters(Parameters):
    """What a reason's words of direction must be said of, and words that make any direction possible.

    ``money_in`` (收入, 拨款) explains what is taken in and totals only; ``excuses`` tell of other years, transfers and other
    sources, unless they stand in a phrase of ``plain``; ``of_budget`` are excuses where the comparison is with the budget;
    ``balances`` are subjects that move against what is spent or taken in elsewhere; ``incomes`` those of which one may fall
    because another rises, so that only ``work`` (任务, 人数) tells their direction.
    """

    things: tuple[str, ...]
    money_in: tuple[str, ...]
    free: tuple[str, ...]
    endings: tuple[str, ...]
    ended: tuple[str, ...]
    excuses: tuple[str, ...]
    plain: tuple[str, ...]
    of_budget: tuple[str, ...]
    balances: tuple[str, ...]
    incomes: tuple[str, ...]
    work: tuple[str, ...]


def run(facts: Facts, rule: Rule, parameters: ReasonWayParameters) -> Iterator[Outcome]:
    """Look at reasons of which it is plain what they explain."""
    for reason in facts.explanations().every:
        told = {move.way for move in reason.moves}
        ways = {reason.way} if reason.way else told
        subject = reason.moves[-1].statement.subject if reason.moves else ""
        text = normalise(facts.document.paragraphs[reason.paragraph].text)
        if len(ways) != 1 or any(word in subject for word in parameters.balances) or not _of_money(text, reason):
            continue
        if reason.way and not reason.to_budget and told and reason.way not in told:
            continue  # R508: 减少 5 万元，增加的原因是
        if reason.way and any(twice.end() > reason.start for twice in TWICE.finditer(text, 0, reason.end)):
            continue  # R502: A 比上年增加的原因：A 比上年减少
        yield from _judge(facts, rule, parameters, reason, ways.pop(), subject)


def vocabulary_of(parameters: ReasonWayParameters, subject: str, *more: str) -> Vocabulary:
    """The vocabulary for a subject; ``more`` are further excuses."""
    total = any(word in subject for word in ("总计", "合计", "总额", "收")) and "财政" not in subject
    things = (*parameters.things, *(parameters.money_in if total else ()))
    if any(word in subject for word in parameters.incomes):
        things = parameters.work
    return Vocabulary(
        things, parameters.free, parameters.endings, parameters.ended,
        (*parameters.excuses, *more), parameters.plain,
    )  # fmt: skip


def _more_excuses(parameters: ReasonWayParameters, reason: Reason) -> tuple[str, ...]:
    lead = "".join(move.base + move.figure.lead for move in reason.moves[-1:]) + reason.heading
    if not reason.to_budget and not lead.startswith(("预算", "年初", "全年", "调整")):
        return ()
    more = () if "年初" in lead else ("年中",)  # what is added in the year adds to 全年预算 too
    return (*parameters.of_budget, *more)


def _of_money(text: str, reason: Reason) -> bool:
    """Whether what rose or fell is money of the accounts: no share, cost, or outcome of the work."""
    if not reason.moves:
        return reason.to_budget or _MONEY.search(text, max(0, reason.begin - 24), reason.begin) is not None
    move = reason.moves[-1]
    near = text[max(0, move.figure.mention.start - 24) : move.figure.mention.start]
    amounts = [figure for figure in move.statement.figures() if figure.mention.kind is MentionKind.MONEY]
    return bool(amounts) and not _NO_MONEY.search(re.split(r"[。;]", near)[-1])


def _judge(
    facts: Facts, rule: Rule, parameters: ReasonWayParameters, reason: Reason, way: str, subject: str
) -> Iterator[Outcome]:
    vocabulary = vocabulary_of(parameters, subject, *_more_excuses(parameters, reason))
    against = opposed(reason.text, way, vocabulary, subject, facts.document.year)
    if against is None and not re.search(UP_WORDS if way == "up" else DOWN_WORDS, reason.text):
        return
    paragraph = facts.document.paragraphs[reason.paragraph]
    move = next((move for move in reversed(reason.moves) if move.way == way), None)
    if move is not None:
        evidence, name, stated = (
            figure_evidence(move.figure, name_of(move.statement)), name_of(move.statement), f"{WAYS[way]}{move.figure.text}"
        )  # fmt: skip
    else:
        begin = max(paragraph.text.rfind(stop, 0, reason.begin) for stop in "。；;，,") + 1
        head = paragraph.text[begin : reason.start].strip()
        evidence, name, stated = text_evidence(paragraph.span(begin, reason.start), head), f"“{head}”", WAYS[way]
    cause = stretch_evidence(paragraph, reason.start, reason.end, role="reason")
    yield Outcome(
        rule.code, Verdict.AGREE if against is None else Verdict.DISAGREE, name, stated=stated, expected="原因与增减方向一致",
        calculation=f"增减方向为{WAYS[way]}，所述原因却是“{against.word}”" if against else "", evidence=(evidence, cause),
    )  # fmt: skip


CHECK = Check("reason_way", ReasonWayParameters, run)
