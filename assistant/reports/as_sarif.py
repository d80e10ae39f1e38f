"""The report as SARIF 2.1.0 (OASIS), for tools that gather results of analyses.

Lines and columns are 1-based, columns count characters; a dismissed finding is a suppressed result; what was not read
or not run is a notification of the invocation.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from assistant.decisions import Review
from assistant.findings import CATEGORY_NAMES
from assistant.reports import version
from assistant.reports.coverage import conclusion, ledger_line, rules_line
from assistant.reports.layout import printable
from assistant.reports.places import place, problem_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.document import Document
    from assistant.findings import Audit, Evidence, Finding, Report, Severity

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Final[dict[Severity, str]] = {"error": "error", "warning": "warning", "info": "note"}
_MOST_PLACES: Final = 60
_DIGEST = re.compile(r"[0-9a-fA-F]{64}")
Members = dict[str, object]


def render_sarif(report: Report, review: Review | None = None) -> str:
    """The whole report as one run."""
    review = review or Review()
    numbers: dict[str, int] = {}
    rules: list[Members] = []
    results: list[Members] = []
    for index, audit in enumerate(report.audits):
        for finding in audit.findings:
            if finding.rule not in numbers:
                numbers[finding.rule] = len(rules)
                rules.append(_rule(finding))
            results.append(_result(finding, numbers[finding.rule], audit.document, index, review))
    run: Members = {
        "tool": {
            "driver": {
                "name": "hecha",
                "fullName": "核查助手",
                "version": version(),
                "language": "zh-CN",
                "rules": rules,
            }
        },
        "columnKind": "unicodeCodePoints",
        "artifacts": [_artifact(audit.document) for audit in report.audits],
        "invocations": [_invocation(report)],
        "results": results,
        "properties": {"coverage": [_coverage(audit, review) for audit in report.audits]},
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False) + "\n"


def _rule(finding: Finding) -> Members:
    name = printable(finding.title.partition("：")[0]) or finding.rule
    return {
        "id": finding.rule,
        "shortDescription": {"text": name},
        "help": {"text": printable(finding.basis) or name},
        "properties": {"category": finding.category, "tags": [CATEGORY_NAMES[finding.category]]},
    }


def _result(finding: Finding, number: int, document: Document, index: int, review: Review) -> Members:
    places = [_location(each, document, index) for each in finding.evidence[:_MOST_PLACES]]
    result: Members = {
        "ruleId": finding.rule,
        "ruleIndex": number,
        "level": _LEVELS[finding.severity],
        "kind": "fail",
        "message": {"text": printable(finding.message) or printable(finding.title) or finding.rule},
        "locations": places[:1] or [{"physicalLocation": {"artifactLocation": _address(document, index)}}],
        "partialFingerprints": {"hecha/v1": finding.id},
        "properties": {
            name: printable(getattr(finding, name))
            for name in ("title", "stated", "expected", "calculation", "suggestion", "basis")
        }
        | {"status": review.status(document, finding)},
    }
    if places[1:]:
        result["relatedLocations"] = [{"id": number, **each} for number, each in enumerate(places[1:], 1)]
    if review.known:
        result["baselineState"] = "unchanged" if review.is_known(document, finding) else "new"
    decision = review.decision(document, finding)
    if review.dismissed(document, finding) and decision is not None:
        result["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": printable(decision.remark)}
        ]
    return result


def _location(evidence: Evidence, document: Document, index: int) -> Members:
    physical: Members = {"artifactLocation": _address(document, index)}
    if evidence.line is not None and evidence.line > 0:
        last = max(evidence.end_line or evidence.line, evidence.line)
        physical["region"] = {
            "startLine": evidence.line,
            "startColumn": evidence.start + 1,
            "endLine": last,
            "endColumn": max(evidence.end, evidence.start if last == evidence.line else 0) + 1,
            "snippet": {"text": printable(evidence.text)},
        }
    location: Members = {"physicalLocation": physical, "message": {"text": printable(place(evidence)) or "见全文"}}
    cell = " / ".join(filter(None, (evidence.table, evidence.row, evidence.column)))
    if cell:
        location["logicalLocations"] = [{"fullyQualifiedName": printable(cell), "kind": "member"}]
    more: Members = {
        "page": evidence.page,
        "box": evidence.box,
        "anchor": evidence.anchor or None,
        "role": evidence.role,
    }
    location["properties"] = {name: value for name, value in more.items() if value is not None}
    return location


def _address(document: Document, index: int) -> Members:
    return {"uri": _uri(document.path), "index": index}


def _uri(path: str) -> str:
    """The path as an address: relative ones stay relative."""
    pure = PurePath(path)
    if pure.is_absolute() or os.path.isabs(path):
        drive = "/" if pure.drive else ""
        return "file://" + drive + quote(printable(pure.as_posix()), safe="/:")
    return quote(printable(pure.as_posix()), safe="/") or "."


def _artifact(document: Document) -> Members:
    artifact: Members = {
        "location": {"uri": _uri(document.path)},
        "description": {"text": printable(document.title) or "（未识别标题）"},
    }
    if _DIGEST.fullmatch(document.sha256):
        artifact["hashes"] = {"sha-256": document.sha256}
    return artifact


def _coverage(audit: Audit, review: Review) -> Members:
    return {
        "path": printable(audit.document.path),
        "ledger": audit.counts(),
        "text": [ledger_line(audit), rules_line(audit), conclusion(audit, review)],
    }


def _invocation(report: Report) -> Members:
    return {
        "executionSuccessful": not report.unread,
        "toolExecutionNotifications": list(_execution(report)),
        "toolConfigurationNotifications": list(_configuration(report)),
    }


def _execution(report: Report) -> Iterator[Members]:
    for unread in report.unread:
        where: Members = {"physicalLocation": {"artifactLocation": {"uri": _uri(unread.path)}}}
        yield {"level": "error", "message": {"text": printable(unread.message) or "无法读取"}, "locations": [where]}
    for index, audit in enumerate(report.audits):
        for problem in audit.problems:
            where = {"physicalLocation": {"artifactLocation": _address(audit.document, index)}}
            yield {"level": "note", "message": {"text": printable(problem_text(problem))}, "locations": [where]}


def _configuration(report: Report) -> Iterator[Members]:
    for index, audit in enumerate(report.audits):
        for item in audit.not_run:
            where = {"physicalLocation": {"artifactLocation": _address(audit.document, index)}}
            message = f"没有运行 {item.rule}：{item.why}"
            yield {
                "level": "note",
                "message": {"text": printable(message)},
                "locations": [where],
                "descriptor": {"id": item.rule},
            }
