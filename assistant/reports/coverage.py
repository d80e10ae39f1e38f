"""Saying what was checked and what was not: the same words in every report meant for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.findings import Verdict
from assistant.reports.places import lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assistant.decisions import Review
    from assistant.document import Document, Problem
    from assistant.findings import Audit, Report

_CHECKED = (Verdict.AGREE, Verdict.TAIL, Verdict.DISAGREE)
_OPEN = (Verdict.NO_BASIS, Verdict.UNCLEAR)


def ledger_line(audit: Audit) -> str:
    """How many figures there are, by verdict."""
    counts = audit.counts()
    parts = " · ".join(f"{verdict.value} {counts[verdict.value]:,}" for verdict in Verdict)
    return f"数字台账：共 {counts['total']:,} 个数字；{parts}"


def rules_line(audit: Audit) -> str:
    """How many rules were run and how many not."""
    skipped = len({item.rule for item in audit.not_run})
    text = f"规则：运行 {len(audit.rules_run)} 条"
    return f"{text}，没有运行 {skipped} 条" if skipped else text


def grouped_not_run(audit: Audit) -> list[tuple[str, list[str]]]:
    """The rules that were not run, grouped by the reason why."""
    groups: dict[str, list[str]] = {}
    for item in audit.not_run:
        codes = groups.setdefault(item.why, [])
        if item.rule not in codes:
            codes.append(item.rule)
    return list(groups.items())


def grouped_problems(problems: Iterable[Problem]) -> list[tuple[str, str]]:
    """The problems of the reading: each message once, with all its places."""
    groups: dict[str, list[str]] = {}
    for problem in problems:
        places = groups.setdefault(problem.message, [])
        where = lines(problem.line, None, problem.page)
        if where and where not in places:
            places.append(where)
    return [(message, "、".join(places)) for message, places in groups.items()]


def remarks(report: Report) -> Iterator[tuple[Document | None, str, str]]:
    """All that a list of findings does not say: the document, the kind of remark, and its words."""
    for audit in report.audits:
        document = audit.document
        yield document, "核查范围", ledger_line(audit)
        yield document, "核查范围", rules_line(audit)
        for why, codes in grouped_not_run(audit):
            yield document, "未核查", f"没有运行 {'、'.join(codes)}：{why}"
        for message, places in grouped_problems(audit.problems):
            yield document, "说明", f"{message}（{places}）" if places else message
        yield document, "核查结论", conclusion(audit)
    for unread in report.unread:
        yield None, "未能核查的文件", f"{unread.path}：{unread.message}"
    for path in report.unfinished:
        yield None, "未核查", f"{path}：核查被中断，没有轮到"


def set_aside(audit: Audit, review: Review | None) -> str:
    """How many findings a reviewer dismissed, in one sentence; empty for none."""
    count = sum(review.dismissed(audit.document, finding) for finding in audit.findings) if review else 0
    return f"另有 {count} 条已被排除" if count else ""


def conclusion(audit: Audit, review: Review | None = None) -> str:
    """What the findings mean, given what was checked. Nothing checked is never shown as nothing wrong."""
    counts = audit.counts()
    checked = sum(counts[verdict.value] for verdict in _CHECKED)
    left = sum(counts[verdict.value] for verdict in _OPEN)
    open_ones = len(review.counting(audit)) if review else len(audit.findings)
    if open_ones:
        said = f"发现 {open_ones} 项疑点"
    elif audit.findings:
        said = "没有新的疑点" if review and review.known else "疑点均已排除"
    elif not audit.rules_run:
        return "没有运行任何规则，没有完成核查，不能视为没有问题。"
    elif not checked:
        return "没有一个数字得到核对，不能视为没有问题。"
    else:
        said = f"已核对的 {checked:,} 个数字中未发现疑点"
    rest = [aside] if (aside := set_aside(audit, review)) else []
    if left:
        rest.append(f"另有 {left:,} 个数字无依据或无法判断")
    if audit.not_run:
        rest.append(f"有 {len({item.rule for item in audit.not_run})} 条规则没有运行，其内容没有核查")
    return "；".join([said, *rest]) + "。"
