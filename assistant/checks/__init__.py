"""The checks that rules name: each takes the facts and its parameters and yields outcomes."""

from __future__ import annotations

from assistant.checks import (
    agree,
    base_year,
    cells,
    change,
    columns,
    composition,
    difference,
    execution,
    headed,
    join,
    lettered,
    listed,
    listing,
    nothing,
    printed,
    product,
    reason,
    rollup,
    rows,
    share,
    shift,
    subject_name,
    unit_slip,
    vehicles,
)
from assistant.checks.base import Check

CHECKS: dict[str, Check] = {
    check.name: check
    for check in (
        agree.CHECK,
        base_year.CHECK,
        cells.CHECK,
        change.RATE,
        columns.CHECK,
        composition.CHECK,
        difference.DIFFERENCE,
        difference.DIRECTION,
        difference.IMPOSSIBLE,
        execution.RATE,
        execution.REASON,
        execution.ZERO,
        headed.CHECK,
        join.CHECK,
        lettered.CHECK,
        listed.TWICE,
        listed.WORDS,
        listing.CHECK,
        nothing.CHECK,
        printed.CITATIONS,
        printed.FORMULAS,
        product.CHECK,
        reason.DIRECTION,
        reason.OUTPUT,
        rollup.CHECK,
        rows.CHECK,
        share.CHECK,
        shift.CHECK,
        subject_name.CHECK,
        unit_slip.CHECK,
        vehicles.CHECK,
    )
}
