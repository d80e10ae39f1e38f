"""Reading back a report that ``as_json`` wrote: the findings of its documents, for comparing."""

from __future__ import annotations

import json
from typing import Literal

from pydantic import BaseModel, ValidationError

from assistant.comparison import State
from assistant.decisions import key_of
from assistant.findings import Finding


class SavedReportError(Exception):
    """The text is no report of this tool; the message is a few Chinese words."""


class _Rule(BaseModel):
    rule: str


class _Rules(BaseModel):
    not_run: tuple[_Rule, ...] = ()


class _Document(BaseModel):
    path: str
    title: str = ""
    kind: str = "other"
    year: int | None = None
    organisation: str = ""
    rules: _Rules = _Rules()
    findings: tuple[Finding, ...]


class _Report(BaseModel):
    schema_: Literal[1]
    documents: tuple[_Document, ...]


def read_report(text: str) -> tuple[State, ...]:
    """The documents of a saved report. Raises ``SavedReportError``."""
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SavedReportError("不是 JSON 文件，或已不完整") from error
    if not isinstance(whole, dict) or "documents" not in whole:
        raise SavedReportError("不是 hecha check --format json 的结果")
    try:
        report = _Report.model_validate(whole | {"schema_": whole.get("schema")})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise SavedReportError(f"不是 hecha check --format json 的结果，或由其他版本写出（{where}）") from error
    return tuple(
        State(
            key=key_of(each.organisation, each.year, each.kind, each.title, each.path),
            path=each.path,
            title=each.title,
            findings=each.findings,
            not_run=frozenset(item.rule for item in each.rules.not_run),
        )
        for each in report.documents
    )
