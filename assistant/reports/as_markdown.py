"""The report as Markdown: what was checked, then the list of findings as a table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.findings import SEVERITY_NAMES
from assistant.reports.columns import COLUMNS, rows
from assistant.reports.coverage import conclusion, grouped_not_run, ledger_line, rules_line
from assistant.reports.layout import printable
from assistant.reports.places import document_facts, problem_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.decisions import Review
    from assistant.findings import Audit, Report

_MARKUP = re.compile(r"([\\`*_\[\]|~#$])")


def render_markdown(report: Report, review: Review | None = None) -> str:
    """The whole report; every character of a document's text is escaped."""
    parts = ["# 核查结果", _summary(report, review)]
    for audit in report.audits:
        parts.append(_document(audit, review))
    listed = [row(cells) for cells in rows(report, review)]
    if listed:
        parts.append("\n".join(["## 疑点清单", "", row(COLUMNS), "|" + " --- |" * len(COLUMNS), *listed]))
    if report.unread:
        items = [f"- {escape(unread.path)}：{escape(unread.message)}" for unread in report.unread]
        parts.append("\n".join(["## 未能核查的文件", "", *items]))
    return "\n\n".join(parts) + "\n"


def escape(text: str) -> str:
    """``text`` so that Markdown and HTML show it as it is, on one line."""
    text = printable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKUP.sub(r"\\\1", text).replace("\n", "<br>")


def row(cells: Iterable[str]) -> str:
    """One row of a table."""
    return "| " + " | ".join(escape(cell) for cell in cells) + " |"


def _summary(report: Report, review: Review | None) -> str:
    severities = review.severities(report) if review else report.severities()
    counts = "，".join(f"{SEVERITY_NAMES[name]} {count} 项" for name, count in severities.items())
    return f"共核查 {len(report.audits)} 个文件：{counts}。"


def _document(audit: Audit, review: Review | None) -> str:
    document = audit.document
    lines = [
        f"## {escape(document.title or '（未识别标题）')}",
        "",
        f"- 文件：{escape(document.path)}",
        f"- {escape(document_facts(document))}",
        f"- {escape(ledger_line(audit))}",
        f"- {escape(rules_line(audit))}",
        *(f"- 未运行 {escape('、'.join(codes))}：{escape(why)}" for why, codes in grouped_not_run(audit)),
        *(f"- 说明：{escape(problem_text(problem))}" for problem in audit.problems),
        f"- {escape(conclusion(audit, review))}",
    ]
    return "\n".join(lines)
