"""单位: the same digits told elsewhere with another unit (1,286.43元 for 1,286.43万元)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.checks.amounts import amount_evidence, table_amounts
from assistant.checks.base import Check, Parameters
from assistant.checks.told import statements, told, usable, value
from assistant.claims import Figure
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Ref, Verdict
from assistant.language.plain import narrowed
from assistant.quantities import Unit
from assistant.rules import Rule
from assistant.tieouts import unit_name

FEWEST = 4
"""Digits that must be the same (zeros at the end not counted): fewer may meet by chance."""

SURE = 6
"""Digits from which on no chance is thinkable."""


@dataclass(frozen=True, slots=True)
class _Place:
    """An amount somewhere, in the text or in a table: its value in 元."""

    value: Decimal
    source: Figure | Ref

    @property
    def text(self) -> str:
        """How to show it."""
        if isinstance(self.source, Figure):
            return self.source.text
        return self.source.cell.text + unit_name(self.source.table.unit)


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Amounts of the text whose value stands nowhere else, while their digits do, ten thousand times larger or smaller."""
    claims = facts.claims()
    figures = [
        f for f in claims.figures if usable(f) and f.mention.unit is not None and _digits(f.mention.quantity.value)
    ]
    places: dict[tuple[int, ...], list[_Place]] = defaultdict(list)
    for figure in figures:
        places[_digits(figure.mention.quantity.value)].append(_Place(value(figure), figure))
    for ref in table_amounts(facts):
        assert ref.cell.figure is not None
        assert ref.table.unit is not None
        amount = ref.cell.figure.value
        if digits := _digits(amount):
            places[digits].append(_Place(amount * ref.table.unit.factor, ref))
    usual = Counter(figure.mention.unit for figure in figures).most_common(1)
    if not usual:
        raise NotApplicableError("正文没有可比较的金额")
    told_of = {f.key: s for s in statements(facts) for f in s.figures()}
    for figure in figures:
        digits = _digits(figure.mention.quantity.value)
        twins = _twins(figure, places[digits], usual[0][0])
        statement = told_of.get(figure.key)
        if twins and not (statement and narrowed(facts.document, statement)):
            subject = statement.subject if statement else ""
            yield told(
                rule, Verdict.DISAGREE, f"“{subject or figure.text}”", (figure,), expected=twins[0].text,
                calculation=f"{figure.text} 与 {twins[0].text} 数字相同、单位不同", more=[amount_evidence(twin.source) for twin in twins[:3]],
                severity=None if len(digits) >= SURE else "warning",
            )  # fmt: skip


def _twins(figure: Figure, alike: list[_Place], usual: Unit | None) -> list[_Place]:
    """The amounts with the same digits in other units; none where the figure's value is told twice, or its unit is the usual one."""
    here = value(figure)
    if figure.mention.unit == usual or sum(place.value == here for place in alike) > 1:
        return []
    return [place for place in alike if abs((place.value / here).log10()) in (4, 8)]


def _digits(amount: Decimal) -> tuple[int, ...]:
    """The digits of an amount without zeros at the end; empty where there are too few to tell anything."""
    digits = amount.normalize().as_tuple().digits
    return digits if len(digits) >= FEWEST else ()


CHECK = Check("unit_twin", Parameters, run)
