"""其中: the parts told right behind an amount, of lists that no family knows; they confirm it, or together exceed it by a slip."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.checks.base import Check, Parameters
from assistant.checks.difference import amount_of
from assistant.checks.lists import odd_unit, wrong_first
from assistant.checks.plain_list import is_nested, is_plain
from assistant.checks.told import money, name_of, statements, told, usable, value
from assistant.claims import Figure, Statement
from assistant.facts import Facts
from assistant.findings import Outcome, Severity, Verdict
from assistant.mentions import MentionKind
from assistant.quantities import ZERO, Interval, format_number
from assistant.rules import Rule
from assistant.slips import one_slip
from assistant.text import normalise

_COUNTED = re.compile(r"(\d{1,2})\s*(?:个|项|类|部分)")


_APART = re.compile(r"[^，,。；;、]{0,8}(?:另|除外|不含|不计|不在)")
_TOTALS = ("总计", "合计")
UNITS_APART = 10_000
"""万元 to 元, and 亿元 to 万元: a part a thousand times its whole has the wrong unit."""


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Each amount with the list behind its 其中, up to the end of the list."""
    given = [s for s in statements(facts) if amount_of(s) is not None]
    for i, whole in enumerate(given[:-1]):
        if whole.among and given[i + 1].sentence == whole.sentence:
            continue
        parts = _parts(facts, given[i + 1 :], whole)
        figures = [figure for part in parts if (figure := _figure(part, whole)) is not None]
        stated = amount_of(whole)
        if len(figures) >= 2 and stated is not None and usable(stated, *figures):
            outcome = _judge(facts, rule, *_meant(given[: i + 1], whole, stated, figures), figures)
            if outcome is not None:
                yield outcome


def _meant(
    before: Sequence[Statement], whole: Statement, stated: Figure, figures: Sequence[Figure]
) -> tuple[Statement, Figure]:
    """Which amount of the sentence the list breaks down: 预算 A，支出 B，结余 C。其中：… may be of any of them.

    The nearest is meant unless another one, in the same sentence, equals the sum or is missed by it by one slip only.
    """
    exact = sum(map(value, figures), Decimal(0))
    pool = [
        (statement, figure)
        for statement in before
        if (statement.paragraph, statement.sentence) == (whole.paragraph, whole.sentence)
        for figure in statement.figures()
        if figure.mention.kind is MentionKind.MONEY and usable(figure)
    ]
    equal = [pair for pair in pool if value(pair[1]) == exact]
    if equal or exact <= value(stated):
        return (whole, stated) if not equal or value(stated) == exact else equal[-1]
    parts = [value(figure) for figure in figures]
    near = [
        pair
        for pair in pool
        if pair[1] is not stated and _slipped(parts, value(pair[1])) and value(pair[1]) > max(parts)
    ]
    return near[-1] if near and not _slipped(parts, value(stated)) else (whole, stated)


def _parts(facts: Facts, following: Sequence[Statement], whole: Statement) -> list[Statement]:
    """The statements of the list that begins right behind an amount: the same paragraph, one sentence."""
    parts: list[Statement] = []
    for statement in following:
        near = (
            _figure(statement, whole) is not None
            and statement.paragraph == whole.paragraph
            and statement.sentence <= whole.sentence + 1
        )
        if not (near and statement.among) or (parts and statement.sentence != parts[0].sentence):
            break
        if statement.subject.endswith(_TOTALS):
            break  # 收入总计 …，其中 …；支出总计 …
        if _APART.match(normalise(facts.document.paragraphs[statement.paragraph].text), statement.end):
            break  # 监理费 4.00 万元另列
        parts.append(statement)
    return parts


def _figure(part: Statement, whole: Statement) -> Figure | None:
    """What a part adds to its whole: its amount, or to a budget the budget that is told of it alone."""
    return part.amount if whole.amount is not None else amount_of(part)


def _judge(facts: Facts, rule: Rule, whole: Statement, stated: Figure, figures: Sequence[Figure]) -> Outcome | None:
    """一致 where they add up; 不一致 where they are too much by a slip, or the sentence says how many there are."""
    total = Interval(ZERO, ZERO)
    for figure in figures:
        total += money(figure)
    exact, unit = sum(map(value, figures), Decimal(0)), stated.mention.unit
    factor = unit.factor if unit else Decimal(1)
    odd = odd_unit(figures, stated)
    severity: Severity | None = None
    if exact == value(stated):
        verdict = Verdict.AGREE
    elif total.meets(money(stated)):
        verdict = Verdict.TAIL
    elif (
        _all_told(facts, whole, len(figures))
        or odd
        or (exact > value(stated) and _slipped([value(figure) / factor for figure in figures], value(stated) / factor))
    ):
        verdict = Verdict.DISAGREE
    elif (
        exact > value(stated) and is_plain(facts, figures) and not is_nested([value(f) for f in figures], value(stated))
    ):
        verdict, severity = Verdict.DISAGREE, "warning"
    else:
        return None
    shown = format_number(exact / factor) + (unit.name if unit else "")
    gap = format_number(abs(exact - value(stated)) / factor) + (unit.name if unit else "")
    return told(
        rule, verdict, name_of(whole), wrong_first(odd, (stated, *figures)), stated=stated.text, expected=shown,
        calculation="＋".join(figure.text for figure in figures) + f" ＝ {shown}，与 {stated.text} 相差 {gap}",
        detail=f"其中 {odd.text} 的单位疑有误" if odd and verdict is Verdict.DISAGREE else "",
        severity=severity,
    )  # fmt: skip


def _slipped(parts: Sequence[Decimal], whole: Decimal) -> bool:
    """Whether one slip in the whole or in one part, or the unit of one part, is all that keeps them from adding up."""
    excess = sum(parts, Decimal(0)) - whole
    if any(part >= whole * UNITS_APART / 10 > 0 for part in parts):
        return True
    return one_slip(whole + excess, whole) or any(part > excess and one_slip(part, part - excess) for part in parts)


def _all_told(facts: Facts, whole: Statement, count: int) -> bool:
    """Whether the sentence says before its amount how many parts there are, and so many are listed (3 个项目 … 其中：)."""
    before = normalise(facts.document.paragraphs[whole.paragraph].text[: whole.start]).rsplit("。", 1)[-1]
    said = [int(match[1]) for match in _COUNTED.finditer(before)]
    return count >= 2 and said[-1:] == [count]


CHECK = Check("parts", Parameters, run)
