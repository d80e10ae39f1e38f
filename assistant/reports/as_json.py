"""The report as JSON in the shape of CONTRACT: byte-identical for the same input but for ``seconds``."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from assistant.reports import version
from assistant.reports.layout import escaped

if TYPE_CHECKING:
    from assistant.decisions import Review
    from assistant.document import Document, Table
    from assistant.findings import Audit, Finding, Report

SCHEMA: Final = 1
_SECONDS: Final = '"seconds": 0'

Members = dict[str, object]


def render_json(report: Report, review: Review | None = None) -> str:
    """The whole report as one JSON object; a finding with a ``decision``, or ``known`` from a baseline, says so."""
    whole: Members = {
        "schema": SCHEMA,
        "tool": {"name": "hecha", "version": version()},
        "documents": [_audit(audit, review) for audit in report.audits],
        "unread": [{"path": unread.path, "message": unread.message} for unread in report.unread],
        **_unfinished(report),
        "summary": {"documents": len(report.audits), **_counts(report, review), "seconds": 0},
    }
    text = escaped(json.dumps(whole, ensure_ascii=False, indent=2))
    before, _, after = text.rpartition(_SECONDS)  # the last member: no text of a document comes after it
    return f'{before}"seconds": {seconds(report.seconds)}{after}\n'


def _unfinished(report: Report) -> Members:
    """The files that an interrupted run did not come to; nothing for a run that came to its end."""
    return {"unfinished": list(report.unfinished)} if report.unfinished else {}


def render_jsonl(report: Report, review: Review | None = None) -> str:
    """One line for each finding, each with the document that it belongs to; then one for each document's coverage."""
    lines, coverage = [], []
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
        lines += [_line(facts | _finding(document, finding, review)) for finding in audit.findings]
        coverage.append(_line({"record": "coverage", **facts, **_coverage(audit)}))
    coverage += [_line({"record": "unread", "path": each.path, "message": each.message}) for each in report.unread]
    coverage += [_line({"record": "unfinished", "path": path}) for path in report.unfinished]
    return "".join(lines + coverage)


def _line(members: Members) -> str:
    return escaped(json.dumps(members, ensure_ascii=False)) + "\n"


def seconds(text: str) -> str:
    """The digits of a JSON number for a decimal number; ``0.0`` for anything else."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return "0.0"
    return f"{value:f}" if value.is_finite() else "0.0"


def _counts(report: Report, review: Review | None) -> Members:
    """The findings by severity; those dismissed or known are counted apart, where there are decisions or a baseline."""
    if not review:
        return {**report.severities()}
    pairs = [(audit.document, finding) for audit in report.audits for finding in audit.findings]
    dismissed = sum(review.dismissed(*pair) for pair in pairs)
    apart = sum(not review.counts_for(*pair) for pair in pairs)
    return {**review.severities(report), "dismissed": dismissed, "known": apart - dismissed}


def _audit(audit: Audit, review: Review | None) -> Members:
    return {
        **_document(audit.document),
        "tables": [_table(table) for table in audit.document.tables],
        **_coverage(audit),
        "findings": [_finding(audit.document, finding, review) for finding in audit.findings],
    }


def _coverage(audit: Audit) -> Members:
    return {
        "ledger": audit.counts(),
        "rules": {
            "run": len(audit.rules_run),
            "not_run": [{"rule": item.rule, "why": item.why} for item in audit.not_run],
        },
        "problems": [
            {"line": problem.line, "page": problem.page, "message": problem.message} for problem in audit.problems
        ],
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


def _finding(document: Document, finding: Finding, review: Review | None) -> Members:
    members: Members = finding.model_dump(mode="json")
    if review:
        decision = review.decision(document, finding)
        if decision is not None:
            members["decision"] = decision.model_dump(mode="json", exclude={"finding"})
        if review.is_known(document, finding):
            members["known"] = True
    return members
