"""Text that tries to do harm in some export or other, and a report that has it everywhere."""

from __future__ import annotations

from dataclasses import replace

from assistant.decisions import Decision, Review, Status, document_key
from assistant.findings import Report

TEXTS = (
    "=cmd|' /C calc'!A0",
    '+HYPERLINK("http://x","点")',
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "</title></style></script><!--",
    "]]>&amp;&#x3C;%00{{7*7}}${7*7}",
    "控制\x00\x01\x08\x0b\x0c\x1b[31m\x7f字符",
    "半个\ud800字符\udc80",
    "非字符\ufffe\uffff",
    "倒写\u202e文字\u2066",
    "_x0041_",
    "'\"><a href='javascript:alert(1)'>",
    "长" * 40_000,
)


def hostile(report: Report) -> tuple[Report, Review]:
    """The report with a finding for each text, which stands in every field, path and note; all are dismissed."""
    audit = report.audits[0]
    first = audit.findings[0]
    findings = tuple(
        first.model_copy(
            update={
                "id": f"T101-{number}",
                **dict.fromkeys(("title", "message", "stated", "expected", "calculation", "suggestion", "basis"), text),
                "evidence": tuple(
                    each.model_copy(update={"text": text, "table": text, "row": text, "column": text})
                    for each in first.evidence
                ),
            }
        )
        for number, text in enumerate(TEXTS)
    )
    whole = "".join(text for text in TEXTS if len(text) < 1000)
    document = replace(
        audit.document, title=whole, organisation=whole, path=whole.replace("/", "／"), lines=(whole,) * 60
    )
    entry = replace(audit.ledger[0], text=whole, where=whole, why=whole)
    not_run = (replace(audit.not_run[0], why=whole),)
    problems = (replace(audit.problems[0], message=whole),)
    changed = replace(audit, document=document, findings=findings, ledger=(entry,), not_run=not_run, problems=problems)
    unread = (replace(report.unread[0], path=whole, message=whole),)
    decisions = {
        each.id: Decision(finding=each.id, status=Status.DISMISSED, reason=each.title, note=whole, reviewer=whole)
        for each in findings
    }
    return Report((changed,), unread), Review({document_key(document): decisions})
