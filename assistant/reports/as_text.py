"""The report for a person at a terminal: what was checked first, then the findings, the gravest first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from assistant.findings import SEVERITIES, SEVERITY_NAMES
from assistant.reports import version
from assistant.reports.coverage import conclusion, grouped_not_run, grouped_problems, ledger_line, rules_line
from assistant.reports.layout import Page, block, inline
from assistant.reports.places import document_facts, place, table_name
from assistant.text import pad

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.decisions import Review
    from assistant.document import Table
    from assistant.findings import Audit, Evidence, Finding, Report, Severity

_RULE: Final = "─"
_CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def render_text(report: Report, page: Page | None = None, review: Review | None = None) -> str:
    """The whole report, wrapped to the page; findings that were dismissed are only counted."""
    page = page or Page()
    lines: list[str] = []
    for audit in report.audits:
        lines += [*_document(audit, page, review), ""]
    if report.unread:
        lines += [*_unread(report, page), ""]
    lines += _summary(report, page, review)
    return "\n".join(lines) + "\n"


def _document(audit: Audit, page: Page, review: Review | None) -> Iterator[str]:
    document = audit.document
    yield page.paint(_RULE * (page.columns // 2), "dim")  # twice as wide where such lines count as Chinese
    for line in block(document.title or "（未识别标题）", page):
        yield page.paint(line, "bold")
    yield from block(inline(document.path), page, first="文件：")
    yield from block(inline(document_facts(document)), page)
    yield ""
    yield from _coverage(audit, page)
    counting = replace(audit, findings=review.counting(audit)) if review else audit
    for severity in SEVERITIES:
        yield from _findings(counting, severity, page)
    if review:
        yield from _known(audit, review, page)
    yield ""
    for line in block(conclusion(audit, review), page, first="结论："):
        yield page.paint(line, "bold")


def _coverage(audit: Audit, page: Page) -> Iterator[str]:
    yield page.paint("核查范围", "bold")
    yield from block(_tables(audit.document.tables), page, first="  ")
    yield from block(ledger_line(audit), page, first="  ")
    yield from block(rules_line(audit), page, first="  ")
    for why, codes in grouped_not_run(audit):
        yield from block(f"没有运行 {'、'.join(codes)}：{why}", page, first="  · ")
    problems = grouped_problems(audit.problems)
    if problems:
        head = f"说明 {len(problems)} 条（关于本工具的读取和核查范围，不是文件的差错）"
        yield from block(head, page, first="  ")
    for message, places in problems:
        yield from block(f"{message}（{places}）" if places else message, page, first="  · ")


def _tables(tables: Sequence[Table]) -> str:
    """The tables whose role is known, by name, and how many others there are."""
    known = [inline(table_name(table)) for table in tables if table.role]
    text = f"表格：共 {len(tables)} 张"
    if known:
        text += f"，认出 {len(known)} 张：{'、'.join(known)}"
    others = len(tables) - len(known)
    return f"{text}；另有 {others} 张不是已知的表" if others else text


def _findings(audit: Audit, severity: Severity, page: Page) -> Iterator[str]:
    chosen = [(n, finding) for n, finding in enumerate(_ordered(audit), 1) if finding.severity == severity]
    if not chosen:
        return
    yield ""
    yield page.paint(f"{SEVERITY_NAMES[severity]} {len(chosen)} 项", "bold", severity)
    for number, finding in chosen:
        yield ""
        yield from _finding(number, finding, page)


def _known(audit: Audit, review: Review, page: Page) -> Iterator[str]:
    """One line for each finding that the baseline has already."""
    document = audit.document
    known = [f for f in audit.findings if review.is_known(document, f) and not review.dismissed(document, f)]
    if known:
        yield ""
        yield page.paint(f"已知 {len(known)} 项（基线中已有，不计入疑点数）", "bold")
    for finding in known:
        head = f"[{SEVERITY_NAMES[finding.severity]}] {finding.rule} {inline(finding.title)}（编号 {finding.id}）"
        yield from block(head, page, first="  · ")


def _ordered(audit: Audit) -> list[Finding]:
    """By severity; within one severity in the order of the audit, which is by place."""
    return sorted(audit.findings, key=lambda finding: SEVERITIES.index(finding.severity))


def _finding(number: int, finding: Finding, page: Page) -> Iterator[str]:
    head = f"{number}. [{SEVERITY_NAMES[finding.severity]}] {finding.rule} {inline(finding.title)}"
    for line in block(head, page, rest="   "):
        yield page.paint(line, "bold", finding.severity)
    if inline(finding.message) != inline(finding.title):
        yield from block(finding.message, page, first="   ")
    for index, evidence in enumerate(finding.evidence):
        lead = _label("" if index else "位置") + _mark(index, len(finding.evidence))
        yield from block(_evidence(evidence), page, first=lead)
    for name, value in (
        ("原文", "" if finding.stated in [each.text for each in finding.evidence] else finding.stated),
        ("应为", finding.expected),
        ("计算过程", finding.calculation),
        ("建议", finding.suggestion),
        ("依据", finding.basis),
        ("编号", finding.id),
    ):
        if value:
            yield from block(value, page, first=_label(name))


def _label(name: str) -> str:
    return pad(f"   {name}", 13)


def _mark(index: int, total: int) -> str:
    """The number before one of several places."""
    if total == 1:
        return ""
    return f"{_CIRCLED[index]} " if index < len(_CIRCLED) else f"({index + 1}) "


def _evidence(evidence: Evidence) -> str:
    where = inline(place(evidence))
    text = inline(evidence.text)
    if not text:
        return f"{where}：（空白）" if where else "（空白）"
    return f"{where}：“{text}”" if where else f"“{text}”"


def _unread(report: Report, page: Page) -> Iterator[str]:
    yield page.paint(f"未能核查的文件 {len(report.unread)} 个", "bold", "error")
    for unread in report.unread:
        yield from block(inline(f"{unread.path}：{unread.message}"), page, first="  · ")


def _summary(report: Report, page: Page, review: Review | None) -> Iterator[str]:
    severities = review.severities(report) if review else report.severities()
    counts = "，".join(f"{SEVERITY_NAMES[name]} {count} 项" for name, count in severities.items())
    unread = f"；未能核查 {len(report.unread)} 个" if report.unread else ""
    unread += f"；因中断没有核查 {len(report.unfinished)} 个" if report.unfinished else ""
    text = f"共核查 {len(report.audits)} 个文件{unread}：{counts}。"
    for line in block(f"{text}用时 {report.seconds} 秒。核查助手 {version()}", page):
        yield page.paint(line, "bold")
