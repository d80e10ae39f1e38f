"""Reads the performance part of a document: the text and the forms."""

from __future__ import annotations

from assistant.document import Document
from assistant.indicators.accounts import read_accounts
from assistant.indicators.forms import read_forms
from assistant.indicators.model import Performance
from assistant.indicators.stream import units


def read_performance(document: Document) -> Performance:
    """All indicators, forms and accounts of projects that the document tells."""
    stream = units(document)
    summaries = read_accounts(document, stream)
    forms = read_forms(document, stream)
    names = [summary.project for summary in summaries] + [form.project for form in forms]
    return Performance(summaries, forms, tuple(dict.fromkeys(name for name in names if name)))
