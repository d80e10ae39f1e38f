"""The ledger (数字台账): every figure with its verdict and why, the ones that need a person first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assistant.findings import Verdict
from assistant.reports.coverage import grouped_problems, ledger_line
from assistant.reports.layout import Page, block, inline
from assistant.reports.places import lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.findings import Audit, Entry

ORDER: Final = (
    Verdict.DISAGREE,
    Verdict.UNCLEAR,
    Verdict.NO_BASIS,
    Verdict.TAIL,
    Verdict.AGREE,
    Verdict.NOT_CHECKED,
)
_STYLES: Final = {Verdict.DISAGREE: "error", Verdict.UNCLEAR: "warning", Verdict.AGREE: "good"}


def render_ledger(audit: Audit, page: Page | None = None) -> str:
    """All figures of one document, grouped by verdict."""
    page = page or Page()
    out = [*block(audit.document.title or "（未识别标题）", page), *block(ledger_line(audit), page)]
    for message, places in grouped_problems(audit.problems):
        out += block(f"{message}（{places}）" if places else message, page, first="· ")
    for verdict in ORDER:
        out += _group(verdict, [entry for entry in audit.ledger if entry.verdict is verdict], page)
    return "\n".join(out) + "\n"


def _group(verdict: Verdict, entries: list[Entry], page: Page) -> Iterator[str]:
    if not entries:
        return
    yield ""
    yield page.paint(f"{verdict.value} {len(entries):,} 个", "bold", *filter(None, [_STYLES.get(verdict)]))
    for entry in sorted(entries, key=lambda item: (item.line, item.start)):
        why = f"：{inline(entry.why)}" if entry.why else ""
        rules = f"［{'、'.join(entry.rules)}］" if entry.rules else ""
        text = f"{lines(entry.line)}　{inline(entry.text)}　{inline(entry.where)}{why}{rules}"
        yield from block(text, page, first="  ", rest="    ")
