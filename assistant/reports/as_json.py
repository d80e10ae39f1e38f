"""The report as JSON in the shape of CONTRACT: byte-identical for the same input but for ``seconds``."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from assistant.reports import version

if TYPE_CHECKING:
    from assistant.document import Document, Table
    from assistant.findings import Audit, Finding, Report

SCHEMA: Final = 1
_SECONDS: Final = '"seconds": 0'

Members = dict[str, object]


def render_json(report: Report) -> str:
    """The whole report as one JSON object."""
    whole: Members = {
        "schema": SCHEMA,
        "tool": {"name": "hecha", "version": version()},
        "documents": [_audit(audit) for audit in report.audits],
        "unread": [{"path": unread.path, "message": unread.message} for unread in report.unread],
        "summary": {"documents": len(report.audits), **report.severities(), "seconds": 0},
    }
    text = json.dumps(whole, ensure_ascii=False, indent=2)
    before, _, after = text.rpartition(_SECONDS)  # the last member: no text of a document comes after it
    return f'{before}"seconds": {seconds(report.seconds)}{after}\n'


def render_jsonl(report: Report) -> str:
    """One line for each finding, each with the document that it belongs to."""
    lines = []
    for audit in report.audits:
        document = audit.document
        facts: Members = {
            "path": document.path,
            "sha256": document.sha256,
            "document": document.title,
            "kind": document.kind.value,
            "year": document.year,
            "organisation": document.organisation,
        }
        lines += [json.dumps(facts | _finding(finding), ensure_ascii=False) + "\n" for finding in audit.findings]
    return "".join(lines)


def seconds(text: str) -> str:
    """The digits of a JSON number for a decimal number; ``0.0`` for anything else."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return "0.0"
    return f"{value:f}" if value.is_finite() else "0.0"


def _audit(audit: Audit) -> Members:
    return {
        **_document(audit.document),
        "tables": [_table(table) for table in audit.document.tables],
        "ledger": audit.counts(),
        "rules": {
            "run": len(audit.rules_run),
            "not_run": [{"rule": item.rule, "why": item.why} for item in audit.not_run],
        },
        "problems": [
            {"line": problem.line, "page": problem.page, "message": problem.message} for problem in audit.problems
        ],
        "findings": [_finding(finding) for finding in audit.findings],
    }


def _document(document: Document) -> Members:
    return {
        "path": document.path,
        "sha256": document.sha256,
        "title": document.title,
        "kind": document.kind.value,
        "year": document.year,
        "organisation": document.organisation,
    }


def _table(table: Table) -> Members:
    return {
        "role": table.role,
        "title": table.title,
        "line": table.span.line,
        "end_line": table.span.last_line,
        "page": table.span.page,
        "rows": len(table.body),
        "columns": table.columns,
        "unit": table.unit.name if table.unit else None,
    }


def _finding(finding: Finding) -> Members:
    members: Members = finding.model_dump(mode="json")
    return members
