"""未填写的模板: a form whose places have not been filled in is no report; one word about it is enough."""

from __future__ import annotations

import re

from assistant.document import Document
from assistant.passages import plain_lines

LEAST = 10
"""Unfilled places from which on a file may be a form; a report with left-overs has a few of them."""

_UNFILLED = re.compile(
    r"(?<![X×x_])[X×x_]{2,}+\s{0,8}(?:亿元|万元|元|%|个|人次|人|批次|辆|台|项|局|委|部门|单位|年|月)"
    r"|[为共计加少][ ]{0,8}万?元|[出入算][ ]{1,8}万?元"
)
_FILLED = re.compile(r"\d\s*(?:亿元|万元|元|%)")


def is_blank_form(document: Document) -> bool:
    """Whether places to be filled in (XX 万元, ____%) are many, and far more than the amounts that are there."""
    text = "\n".join(plain_lines(document))
    unfilled = sum(1 for _ in _UNFILLED.finditer(text))
    return unfilled >= LEAST and unfilled > 2 * sum(1 for _ in _FILLED.finditer(text))
