"""有钱无物: nothing spent on buying vehicles, travelling or receiving guests, and yet vehicles, journeys or guests are told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.base import Check, Parameters
from assistant.checks.evidence import text_evidence
from assistant.checks.told import name_of, statements, told, usable, value
from assistant.claims import Statement
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.rules import Rule
from assistant.text import normalise

_ANOTHER = re.compile(r"上年|上一年|去年|往年|20\d\d年|原因|由于")
"""Words before a number that make it another year's, or part of a reason."""


class Pair(Parameters):
    """The subjects of an amount, and a pattern whose first group is the number that goes with it.

    With ``both`` an amount without any number is told too, not only a number without an amount. ``none`` are words that
    say before the amount that there was nothing, ``unless`` words beside which it may still have been spent.
    """

    subjects: tuple[str, ...]
    pattern: str
    both: bool = False
    none: str = ""
    unless: tuple[str, ...] = ()


class MoneyCountParameters(Parameters):
    """What goes with what, and words that say that others paid."""

    pairs: tuple[Pair, ...]
    excuses: tuple[str, ...] = ()


def run(facts: Facts, rule: Rule, parameters: MoneyCountParameters) -> Iterator[Outcome]:
    """Look at the sentence of each amount, up to the next amount told."""
    given = list(statements(facts))
    for i, statement in enumerate(given):
        figure = statement.amount
        pair = next((p for p in parameters.pairs if statement.subject in p.subjects), None)
        if pair is None or figure is None or not usable(figure):
            continue
        paragraph = facts.document.paragraphs[statement.paragraph]
        later = given[i + 1] if i + 1 < len(given) and given[i + 1].paragraph == statement.paragraph else None
        text = normalise(paragraph.text)[: later.start if later else None]
        sentence = text[figure.mention.end :].split("。")[0]
        match = re.search(pair.pattern, sentence)
        if match is None and (denied := _denied(pair, text, statement.start, given[i - 1] if i else None)):
            if value(figure) > 0 and not any(word in text for word in (*parameters.excuses, *pair.unless)):
                span = paragraph.span(*denied.span())
                yield told(
                    rule, Verdict.DISAGREE, name_of(statement), (figure,), expected=f"与“{denied[0]}”相符的金额",
                    calculation=f"金额 {figure.text}，同句写明“{denied[0]}”", more=(text_evidence(span, denied[0]),),
                )  # fmt: skip
            continue
        if match is None or any(word in text for word in parameters.excuses):
            continue
        if _ANOTHER.search(sentence[: match.start()]):
            continue  # 主要原因是上年购置车辆 1 辆
        number, spent = int(match[1]), value(figure) > 0
        wrong = (number > 0 and not spent) or (pair.both and number == 0 and spent)
        start = figure.mention.end + match.start()
        span = paragraph.span(start, figure.mention.end + match.end())
        yield told(
            rule, Verdict.DISAGREE if wrong else Verdict.AGREE, name_of(statement), (figure,), stated=figure.text,
            expected=f"与“{match[0]}”相符的金额", calculation=f"金额 {figure.text}，同句写明“{match[0]}”",
            more=(text_evidence(span, match[0]),),
        )  # fmt: skip


def _denied(pair: Pair, text: str, start: int, before: Statement | None) -> re.Match[str] | None:
    """Words of the same sentence, before the amount and behind the amount told last, that say there was nothing."""
    begin = max(text.rfind(mark, 0, start) for mark in "。;") + 1
    if not pair.none or (before is not None and begin < before.end <= start and "元" in text[begin:start]):
        return None
    match = re.compile(pair.none).search(text, begin, start)
    return None if match is None or _ANOTHER.search(text[begin : match.start()]) else match


CHECK = Check("money_count", MoneyCountParameters, run)
