"""The checks that rules name: each takes the facts and its parameters and yields outcomes."""

from __future__ import annotations

from assistant.checks import (
    cells,
    columns,
    headed,
    join,
    lettered,
    listing,
    printed,
    product,
    rollup,
    rows,
    shift,
)
from assistant.checks.base import Check

CHECKS: dict[str, Check] = {
    check.name: check
    for check in (
        cells.CHECK,
        columns.CHECK,
        headed.CHECK,
        join.CHECK,
        lettered.CHECK,
        listing.CHECK,
        printed.FORMULAS,
        printed.CITATIONS,
        product.CHECK,
        rollup.CHECK,
        rows.CHECK,
        shift.CHECK,
    )
}
