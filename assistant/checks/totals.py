"""收支平衡: 收入总计 and 支出总计 told of one scope in one paragraph must be the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.checks.base import Check, Parameters
from assistant.checks.evidence import text_evidence
from assistant.checks.told import money, name_of, statements, told, usable, value
from assistant.claims import Statement
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.quantities import UNITS
from assistant.rules import Rule
from assistant.slips import one_slip
from assistant.text import normalise

_AMOUNT = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\d.]|,\d{3}(?!\d))"
_BOTH = re.compile(
    rf"收入?[、,和]支出?(?:决算|预算)?总计(?:各|分别)(?:是|为)?\s*(?P<first>{_AMOUNT})\s*(?P<one>亿元|万元|元)?\s*[、,和]\s*"
    rf"(?P<second>{_AMOUNT})\s*(?P<unit>亿元|万元|元)"
)
_SIDES = (("first", "one"), ("second", "unit"))


class TotalsParameters(Parameters):
    """The names of the two totals, as far as they stand at the end of a subject."""

    income: tuple[str, ...]
    spending: tuple[str, ...]


def run(facts: Facts, rule: Rule, parameters: TotalsParameters) -> Iterator[Outcome]:
    """The nearest total of the other side, told of the same scope and year."""
    yield from _both_at_once(facts, rule)
    given = [s for s in statements(facts) if s.amount is not None and usable(s.amount)]
    for i, income in enumerate(given):
        scope = _scope(income.subject, parameters.income)
        if scope is None or income.amount is None:
            continue
        for spending in given[i + 1 : i + 10]:
            same = spending.paragraph == income.paragraph and spending.year == income.year
            if not same or spending.amount is None or _scope(spending.subject, parameters.income) is not None:
                break
            other = _scope(spending.subject, parameters.spending)
            if other is None or (other and other != scope):
                continue
            verdict = Verdict.DISAGREE
            if value(income.amount) == value(spending.amount):
                verdict = Verdict.AGREE
            elif money(income.amount).meets(money(spending.amount)):
                verdict = Verdict.TAIL
            elif not _one_scope(scope, other, income, spending) or _left_over(given, income, spending):
                verdict = Verdict.UNCLEAR  # 财政拨款收入总计 …，支出总计 …: the second may be that of all money
            yield told(
                rule, verdict, name_of(spending),
                (spending.amount, income.amount), expected=income.amount.text,
                calculation=f"{income.subject} {income.amount.text}，{spending.subject} {spending.amount.text}",
            )  # fmt: skip
            break


def _both_at_once(facts: Facts, rule: Rule) -> Iterator[Outcome]:
    """收、支总计各是 A、B: two amounts of what can only be one."""
    for paragraph in facts.document.paragraphs:
        for match in _BOTH.finditer(normalise(paragraph.text)):
            first, second = (UNITS[match[unit] or match["unit"]].factor * _decimal(match[n]) for n, unit in _SIDES)
            whole = paragraph.span(match.start(), match.end())
            same = first == second
            verdict = Verdict.AGREE if same else Verdict.UNCLEAR if whole.line != whole.last_line else Verdict.DISAGREE
            spans = [paragraph.span(match.start(name), match.end(name)) for name in ("second", "first")]
            yield Outcome(
                rule.code, verdict, "“支出总计”", stated=match["second"] + match["unit"],
                expected=match["first"] + (match["one"] or match["unit"]), severity=None if same else "warning",
                calculation=f"收、支总计写作 {match['first']} 与 {match['second']}",
                evidence=tuple(text_evidence(span, match[name]) for span, name in zip(spans, ("second", "first"), strict=True)),
                figures=tuple((span.line, span.start) for span in spans) if not same else (),
            )  # fmt: skip


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _one_scope(scope: str, other: str, income: Statement, spending: Statement) -> bool:
    """Whether a total told without a scope has the other's: the heading says so, or one digit is all that parts the two."""
    if scope == other or scope in "".join(income.section[-1:]):
        return True
    assert income.amount is not None
    assert spending.amount is not None
    return one_slip(value(income.amount), value(spending.amount))


def _left_over(given: list[Statement], income: Statement, spending: Statement) -> bool:
    """Whether the text goes on to tell the difference as what is left (收支相抵，结余 …): then 总计 has another meaning."""
    assert income.amount is not None
    assert spending.amount is not None
    apart = abs(value(income.amount) - value(spending.amount))
    near = (s for s in given if 0 <= s.paragraph - income.paragraph <= 1 and re.search("结余|结转", s.subject))
    return any(s.amount is not None and value(s.amount) == apart for s in near)


def _scope(subject: str, totals: tuple[str, ...]) -> str | None:
    """What stands before the name of a total (财政拨款); ``None`` for what is no such total."""
    return next((subject.removesuffix(total) for total in totals if subject.endswith(total)), None)


CHECK = Check("totals", TotalsParameters, run)
