"""What changed between two runs, as text and as JSON: new, remaining, changed, fixed, not checked again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from assistant.findings import SEVERITY_NAMES
from assistant.reports import version
from assistant.reports.layout import Page, block, escaped, inline
from assistant.reports.places import place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.comparison import Change, Comparison, State
    from assistant.findings import Finding

NAMES: Final = {
    "new": "新增", "changed": "仍在（数字有变动）", "remaining": "仍在", "fixed": "已改正", "unchecked": "本次未核查",
}  # fmt: skip
Members = dict[str, object]


def counts(changes: Sequence[Change]) -> dict[str, int]:
    """How many findings are new, changed, remaining, fixed, not checked again."""
    return {name: sum(len(getattr(change.findings, name)) for change in changes) for name in NAMES}


def render_difference(changes: Sequence[Change], page: Page | None = None) -> str:
    """The changes for a person: the new ones in full, the others one line each."""
    page = page or Page()
    lines: list[str] = []
    for change in changes:
        lines += [*_document(change, page), ""]
    total = "，".join(f"{NAMES[name]} {count} 项" for name, count in counts(changes).items() if count)
    lines += [page.paint(line, "bold") for line in block(f"合计：{total or '两次都没有疑点'}。", page)]
    return "\n".join(lines) + "\n"


def _document(change: Change, page: Page) -> Iterator[str]:
    state = change.new or change.old
    assert state is not None
    for line in block(inline(state.title) or "（未识别标题）", page):
        yield page.paint(line, "bold")
    for name, each in (("旧", change.old), ("新", change.new)):
        yield from block(inline(each.path) if each else "（没有这份文件）", page, first=f"  {name}：")
    yield from _list("new", change.findings.new, page, "error")
    pairs = change.findings.changed
    yield from _list("changed", [pair.new for pair in pairs], page, "warning", [pair.old for pair in pairs])
    yield from _list("remaining", [pair.new for pair in change.findings.remaining], page, "warning")
    yield from _list("fixed", change.findings.fixed, page, "good")
    yield from _list("unchecked", change.findings.unchecked, page, "dim")
    if not any(counts([change]).values()):
        yield "  两次都没有疑点"


def _list(
    name: str, findings: Sequence[Finding], page: Page, style: str, before: Sequence[Finding] = ()
) -> Iterator[str]:
    if not findings:
        return
    yield page.paint(f"  {NAMES[name]} {len(findings)} 项", "bold", style)
    for index, finding in enumerate(findings):
        head = f"[{SEVERITY_NAMES[finding.severity]}] {finding.rule} {inline(finding.title)}"
        yield from block(head, page, first="    · ")
        if name in ("new", "changed"):
            where = place(finding.evidence[0]) if finding.evidence else ""
            was = f"原为 {before[index].stated}，现为 {finding.stated}" if before else inline(finding.message)
            yield from block(f"{inline(where)}：{inline(was)}" if where else inline(was), page, first="      ")


def render_difference_json(changes: Sequence[Change]) -> str:
    """The changes for a program."""
    whole: Members = {
        "schema": 1,
        "tool": {"name": "hecha", "version": version()},
        "documents": [
            {"old": _state(change.old), "new": _state(change.new), **_findings(change.findings)} for change in changes
        ],
        "summary": counts(changes),
    }
    return escaped(json.dumps(whole, ensure_ascii=False, indent=2)) + "\n"


def _state(state: State | None) -> Members | None:
    return {"path": state.path, "title": state.title} if state else None


def _findings(comparison: Comparison) -> Members:
    def plain(findings: Sequence[Finding]) -> list[object]:
        return [finding.model_dump(mode="json") for finding in findings]

    return {
        "new": plain(comparison.new),
        "changed": [
            {"old": pair.old.model_dump(mode="json"), "new": pair.new.model_dump(mode="json")}
            for pair in comparison.changed
        ],
        "remaining": plain([pair.new for pair in comparison.remaining]),
        "fixed": plain(comparison.fixed),
        "unchecked": plain(comparison.unchecked),
    }
