"""The claims (陈述) as understood: what each sentence says of its figures, for a person to check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.reports.layout import Page, block, inline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.claims import Claims, Comparison, Figure, Statement
    from assistant.document import Document

_WAYS = {"up": "增加", "down": "减少", "": "增减"}


def render_claims(document: Document, claims: Claims, page: Page | None = None) -> str:
    """All statements of the narrative by section, each with its figures and where they stand."""
    page = page or Page()
    out = [*block(document.title or "（未识别标题）", page)]
    out += block(f"陈述 {len(claims.statements):,} 条，涉及数字 {len(claims.figures):,} 个", page)
    section: tuple[str, ...] | None = None
    for statement in claims.statements:
        if statement.section != section:
            section = statement.section
            heading = inline(" › ".join(section)) or "（没有标题）"
            out += ["", *(page.paint(line, "bold") for line in block(heading, page))]
        out += block(_statement(statement), page, first="  ", rest="    ")
    return "\n".join(out) + "\n"


def _statement(statement: Statement) -> str:
    first = next(statement.figures(), None)
    where = f"第 {first.span.line} 行　" if first is not None else ""
    name = (
        " › ".join(statement.path)
        if len(statement.path) > 1
        else statement.subject or statement.opening or "（未识别对象）"
    )
    year = f"（{statement.year}年）" if statement.year else ""
    marks = "、".join(_marks(statement))
    return f"{where}{inline(name)}{year}：{'；'.join(_parts(statement)) or '—'}" + (f"　[{marks}]" if marks else "")


def _marks(statement: Statement) -> Iterator[str]:
    if statement.among:
        yield "分项"
    if statement.in_reason:
        yield "原因说明内，不核对"
    if statement.reason:
        yield "有原因说明"


def _parts(statement: Statement) -> Iterator[str]:
    for budget in statement.budgets:
        yield f"{inline(budget.lead).strip(' 为是：:') or '预算'} {_text(budget)}"
    if statement.amount is not None:
        yield f"{'决算（执行）' if statement.role == 'actual' else '数额'} {_text(statement.amount)}"
    for comparison in statement.comparisons:
        yield _comparison(comparison)
    for share in statement.shares:
        yield f"{inline(share.lead).strip()}{_text(share)}"
    for execution in statement.executions:
        yield f"{inline(execution.lead).strip()}{_text(execution)}"


def _comparison(comparison: Comparison) -> str:
    base = inline(comparison.base) or "未写明基数"
    words = [f"比“{base}”" + (_text(comparison.prior) if comparison.prior else "")]
    if comparison.change is not None:
        words.append(_WAYS[comparison.change_way] + _text(comparison.change))
    if comparison.rate is not None:
        words.append(_WAYS[comparison.rate_way] + _text(comparison.rate))
    return "，".join(words)


def _text(figure: Figure) -> str:
    doubt = "（约数）" if figure.mention.hedge else "（疑似被拆开）" if figure.mention.torn else ""
    return inline(figure.text) + doubt
