"""数量 × 单价 = 金额 on each row of a list."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.checks.base import Check, Parameters
from assistant.checks.evidence import ref_evidence
from assistant.facts import Facts, NotApplicableError, find_side, ref_at
from assistant.findings import Outcome, Ref, Verdict
from assistant.quantities import Interval, Quantity, format_number
from assistant.rules import Rule
from assistant.tieouts import figure_of, show


class ProductParameters(Parameters):
    """The tables and the names of the three columns."""

    tables: tuple[str, ...]
    count: str
    price: str
    amount: str


def run(facts: Facts, rule: Rule, parameters: ProductParameters) -> Iterator[Outcome]:
    """Multiply on each row that shows all three figures."""
    ran = False
    for table in facts.tables(parameters.tables):
        side = find_side(table, "")
        keys = (parameters.count, parameters.price, parameters.amount)
        positions = [position for key in keys if (position := side.column(key)) is not None]
        if len(positions) < 3:
            continue
        ran = True
        for row in side.rows:
            refs = [ref_at(table, side, row, position) for position in positions]
            if all(ref.cell.figure is not None and ref.cell.figure.value for ref in refs):
                yield _outcome(rule, refs)
    if not ran:
        raise NotApplicableError("没有同时列出数量、单价和金额的表格")


def _outcome(rule: Rule, refs: list[Ref]) -> Outcome:
    count, price, amount = (figure_of(ref) for ref in refs)
    product = count.value * price.value
    reach = _times(count.rounded() if count.decimals else Interval(count.value, count.value), _exact(price))
    stated = amount.rounded()
    verdict = Verdict.AGREE if product == amount.value else Verdict.TAIL if reach.meets(stated) else Verdict.DISAGREE
    # Prices in another unit (单价 in 元, 金额 in 万元) are no contradiction: a whole power of ten apart is a unit.
    ratio = product / amount.value
    if verdict is Verdict.DISAGREE and ratio in {Decimal(10) ** n for n in (-8, -4, -3, 3, 4, 8)}:
        verdict = Verdict.UNCLEAR
    text = f"{show(refs[0])}×{show(refs[1])}＝{format_number(product)}"
    return Outcome(
        rule.code, verdict, refs[2].name, stated=show(refs[2]), expected=format_number(product),
        calculation=f"{text} ≠ {show(refs[2])}" if product != amount.value else text,
        evidence=tuple(ref_evidence(ref) for ref in (refs[2], refs[0], refs[1])),
    )  # fmt: skip


def _exact(price: Quantity) -> Interval:
    return price.rounded() if price.decimals else Interval(price.value, price.value)


def _times(a: Interval, b: Interval) -> Interval:
    ends = [x * y for x in (a.low, a.high) for y in (b.low, b.high)]
    return Interval(min(ends), max(ends))


CHECK = Check("product", ProductParameters, run)
