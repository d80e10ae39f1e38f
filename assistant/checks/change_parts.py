"""分项增减: where a list tells all parts and how each changed, the changes add up to the change of the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.checks.base import Check, Parameters
from assistant.checks.families import Family
from assistant.checks.lists import listed, planned, whole_of
from assistant.checks.told import money, statements, told, usable, value
from assistant.claims import Comparison, Figure, Statement
from assistant.document import Document
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.quantities import ZERO, Interval, format_number
from assistant.rules import Rule
from assistant.text import normalise

_FLAT = re.compile(r"持平|一致|(?:无|没有|未发生)(?:变化|增减)")
_CLAUSE = re.compile(r"[。;；]")
_LAST_YEAR = re.compile(r"上一?年度?|去年")


class ChangePartsParameters(Parameters):
    """The families of lists whose members were all there were last year too."""

    families: tuple[Family, ...]


def run(facts: Facts, rule: Rule, parameters: ChangePartsParameters) -> Iterator[Outcome]:
    """Each list that tells all its parts: the change of its whole against the sum of theirs."""
    given = [s for s in (planned(s) or s for s in statements(facts)) if s.amount is not None]
    for family in parameters.families:
        at = 0
        while at < len(given):
            parts = listed(given, at, family, parameters.families)
            whole = whole_of(given, at, family) if len(parts) >= family.full else None
            if whole is not None and (outcome := _judge(facts.document, rule, whole, parts)) is not None:
                yield outcome
            at += max(len(parts), 1)


def _judge(document: Document, rule: Rule, whole: Statement, parts: Sequence[Statement]) -> Outcome | None:
    comparison = _only(whole)
    if comparison is None or comparison.change is None or not _add_up(whole, parts):
        return None
    changes = [_change(document, part, comparison) for part in parts]
    if any(change is None for change in changes):
        return None
    total, exact, texts, figures = Interval(ZERO, ZERO), Decimal(0), [], [comparison.change]
    for change in changes:
        sign, figure = change or (0, None)
        if figure is not None and sign:
            total += money(figure) if sign > 0 else -money(figure)
            exact += sign * abs(value(figure))
            texts.append(("＋" if sign > 0 else "－") + figure.text)
            figures.append(figure)
    sign = 1 if comparison.change_way == "up" else -1
    stated = money(comparison.change) if sign > 0 else -money(comparison.change)
    unit = comparison.change.mention.unit
    shown = format_number(abs(exact) / unit.factor if unit else abs(exact)) + (unit.name if unit else "")
    verdict = Verdict.DISAGREE
    if exact == sign * abs(value(comparison.change)):
        verdict = Verdict.AGREE
    elif total.meets(stated):
        verdict = Verdict.TAIL
    way = "增加" if exact > 0 else "减少"
    return told(
        rule, verdict, f"“{whole.called}”", figures, expected=way + shown,
        stated=("增加" if sign > 0 else "减少") + comparison.change.text,
        calculation=("".join(texts) or "各项持平") + f" ＝ {way}{shown}",
    )  # fmt: skip


def _only(statement: Statement) -> Comparison | None:
    """The comparison of a statement that makes one, with a change that goes one way."""
    found = [c for c in statement.comparisons if c.change is not None and c.change_way and usable(c.change)]
    return found[0] if len(found) == 1 and len(statement.comparisons) == 1 else None


def _change(document: Document, part: Statement, whole: Comparison) -> tuple[int, Figure | None] | None:
    """Which way and by how much a part changed against what its whole is compared with; ``None`` where it is not told."""
    own = _only(part)
    if own is not None:
        same = not own.base or not whole.base or _base(document, own.base) == _base(document, whole.base)
        return (1 if own.change_way == "up" else -1, own.change) if same else None
    text = normalise(document.paragraphs[part.paragraph].text)
    after = _CLAUSE.split(text[part.end :])[0]
    return (
        (0, None)
        if not part.comparisons and not re.search(r"\d[\d.,]*\s*(?:亿|万)?元", after) and _FLAT.search(after)
        else None
    )


def _base(document: Document, base: str) -> str:
    """A base in one form: 2021年预算 and 上年预算 are the same in a report of 2022."""
    last = f"{(document.year or 0) - 1}年"
    return re.sub(r"年初|年度|数|相比", "", _LAST_YEAR.sub(last, base).replace("年度", "年"))


def _add_up(whole: Statement, parts: Sequence[Statement]) -> bool:
    """Whether the parts are all there is of the whole."""
    figures = [part.amount for part in parts if part.amount is not None]
    if whole.amount is None or not usable(whole.amount, *figures):
        return False
    total = Interval(ZERO, ZERO)
    for figure in figures:
        total += money(figure)
    return total.meets(money(whole.amount))


CHECK = Check("change_parts", ChangePartsParameters, run)
