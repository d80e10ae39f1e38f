"""The list of findings as auditors keep it in a spreadsheet: columns they know, one row for each finding."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from assistant.decisions import Review
from assistant.findings import CATEGORY_NAMES, SEVERITY_NAMES
from assistant.reports.coverage import remarks
from assistant.reports.places import place

if TYPE_CHECKING:
    from assistant.findings import Audit, Finding, Report

COLUMNS: Final = (
    "序号", "单位", "年度", "问题类别", "问题描述", "位置", "原文", "应为", "计算过程", "依据", "严重程度",
    "处理状态", "处理意见", "复核人", "日期", "规则", "编号", "文件", "建议",
)  # fmt: skip


def rows(report: Report, review: Review | None = None) -> Iterator[tuple[str, ...]]:
    """One tuple for each finding, in the order of ``COLUMNS``; undecided ones leave the reviewer's columns empty."""
    number = 0
    review = review or Review()
    for audit in report.audits:
        for finding in audit.findings:
            number += 1
            yield _row(number, audit, finding, review)


def remark_rows(report: Report) -> Iterator[tuple[str, ...]]:
    """Rows without a number on what was checked and what was not, so that a list never hides it."""
    for document, kind, text in remarks(report):
        row = dict.fromkeys(COLUMNS, "") | {"问题类别": kind, "问题描述": text}
        if document is not None:
            row |= {"单位": document.organisation, "年度": str(document.year or ""), "文件": document.path}
        yield tuple(row.values())


def _row(number: int, audit: Audit, finding: Finding, review: Review) -> tuple[str, ...]:
    document = audit.document
    decision = review.decision(document, finding)
    return (
        str(number),
        document.organisation,
        str(document.year or ""),
        CATEGORY_NAMES.get(finding.category, finding.category),
        finding.message or finding.title,
        _numbered([place(evidence) for evidence in finding.evidence]),
        _numbered([evidence.text for evidence in finding.evidence]) or finding.stated,
        finding.expected,
        finding.calculation,
        finding.basis,
        SEVERITY_NAMES[finding.severity],
        review.status(document, finding),
        decision.remark if decision else "",
        decision.reviewer if decision else "",
        decision.time[:10] if decision else "",
        finding.rule,
        finding.id,
        document.path,
        finding.suggestion,
    )


def _numbered(items: list[str]) -> str:
    """Several items on lines of their own, numbered alike in every column; one item as it is."""
    if not any(items):
        return ""
    if len(items) == 1:
        return items[0]
    return "\n".join(f"({number}) {item}" for number, item in enumerate(items, 1))
