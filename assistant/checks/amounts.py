"""Amounts of the whole document as the checks of the narrative look at them: the usual unit, the tables, how exact they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from assistant.checks.evidence import ref_evidence
from assistant.checks.told import figure_evidence
from assistant.claims import Figure
from assistant.facts import Facts
from assistant.findings import Evidence, Ref
from assistant.quantities import Interval, Unit


def usual_unit(facts: Facts) -> Unit | None:
    """The unit that most amounts of the text have."""
    units = Counter(figure.mention.unit for figure in facts.claims().figures if figure.mention.unit is not None)
    return units.most_common(1)[0][0] if units else None


def table_amounts(facts: Facts) -> Iterator[Ref]:
    """All amounts of the tables whose unit is known, but zeros and cut cells."""
    for table in facts.document.tables:
        for side in table.sides if table.unit else ():
            for row in side.rows:
                for column, cell in zip(side.columns, row.cells, strict=True):
                    if cell.figure is not None and cell.figure.value and not cell.cut:
                        yield Ref(table, row, column, cell)


def amount_evidence(source: Figure | Ref) -> Evidence:
    """Where an amount stands, in the text or in a table."""
    return figure_evidence(source) if isinstance(source, Figure) else ref_evidence(source)


def strictly(*figures: Figure) -> list[Interval] | None:
    """The values of amounts told together, those without decimals taken as exactly as the others are told.

    预算 1 万元，支出 0.53 万元: where one is told to the cent of 万元, the other is 1.00 and not anything from 0.5 to 1.5.
    None where all are told alike, or in several units: then nothing more is known than ``money`` says.
    """
    digits = [figure.mention.quantity.decimals for figure in figures]
    if min(digits) > 0 or max(digits) == 0 or len({figure.mention.unit for figure in figures}) > 1:
        return None
    exact = []
    for figure in figures:
        quantity, unit = figure.mention.quantity, figure.mention.unit
        rounded = quantity.rounded(0 if quantity.decimals else max(digits))
        exact.append(rounded.scaled(unit.factor) if unit else rounded)
    return exact


def factor_of(figure: Figure) -> Decimal:
    """The worth of an amount's unit in 元."""
    return figure.mention.unit.factor if figure.mention.unit else Decimal(1)


def step_of(*figures: Figure) -> Decimal:
    """The worth of the last printed digits of several amounts together, in 元, in their largest unit."""
    return sum(
        (f.mention.quantity.ulp() * (f.mention.unit.factor if f.mention.unit else 1) for f in figures), Decimal(0)
    )
