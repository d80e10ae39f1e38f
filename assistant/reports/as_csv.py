"""The list of findings as CSV. Text from a document can never become a formula in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from typing import TYPE_CHECKING, Final

from assistant.reports.columns import COLUMNS, remark_rows, rows
from assistant.reports.layout import printable

if TYPE_CHECKING:
    from assistant.decisions import Review
    from assistant.findings import Report

_NUMBER = re.compile(r"[-+]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?%?")
_FORMULA: Final = tuple("=+-@\t\r\n＝＋－＠﹦﹢﹣﹫−")
_NOTHING: Final = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me"})
"""Categories of characters that a spreadsheet may skip before a formula: blanks, controls, marks that are added to others."""


def render_csv(report: Report, review: Review | None = None) -> str:
    """A header, one record for each finding, then records without 序号 on what was checked; every cell is quoted."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([guard(cell) for cell in row] for row in (*rows(report, review), *remark_rows(report)))
    return buffer.getvalue()


def guard(cell: str) -> str:
    """The cell, led by an apostrophe if a spreadsheet could take it for a formula; plain numbers stay."""
    shown = printable(cell)
    if _NUMBER.fullmatch(shown):
        return shown
    bare = next((char for char in cell if unicodedata.category(char) not in _NOTHING), "")
    return f"'{shown}" if shown.startswith(_FORMULA) or bare in _FORMULA else shown
