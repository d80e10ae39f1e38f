"""The report as one web page: summary with a chart, findings with both places side by side, coverage.

The page holds everything itself and reaches for nothing; every character of a document's text is escaped.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from assistant.decisions import Review, Status
from assistant.findings import CATEGORY_NAMES, SEVERITIES, SEVERITY_NAMES, Verdict
from assistant.reports import version
from assistant.reports.context import Grid, Mark, Scenes
from assistant.reports.coverage import conclusion, grouped_not_run, grouped_problems, ledger_line, rules_line
from assistant.reports.layout import markable
from assistant.reports.places import document_facts, place, table_name
from assistant.reports.web import frame
from assistant.rules import FAMILIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from assistant.document import Document
    from assistant.findings import Audit, Finding, Report
    from assistant.reports.context import Piece, Scene

_FIGURE = re.compile(r"[-+−]?[\d,，.\s]+%?")
_MOST_SCENES: Final = 6
_SHADES: Final = {verdict: f"v{number}" for number, verdict in enumerate(Verdict)}


def render_html(report: Report, review: Review | None = None) -> str:
    """The whole page."""
    review = review or Review()
    count = sum(len(audit.findings) for audit in report.audits)
    title = report.audits[0].document.title if len(report.audits) == 1 else f"{len(report.audits)} 个文件"
    header = f"<h1>核查结果</h1><p>{text(title or '（未识别标题）')}</p>"
    body = "\n".join(
        [
            _cards(report, review),
            _chart(report, review),
            "<h2>疑点</h2>",
            _tools(report, review) if count else "",
            '<div id="findings">',
            *(_article(*item, review) for item in _numbered(report)),
            f'</div><p class="none" id="none"{" hidden" if count else ""}>{"没有符合条件的疑点" if count else "没有疑点；是否核查完整，请看下面的核查范围"}</p>',
            "<h2>核查范围与未核查内容</h2>",
            *(_coverage(audit, review) for audit in report.audits),
            _unread(report),
            f"<footer>核查助手 {text(version())} 生成。疑点供人工复核，以原件为准。</footer>",
        ]
    )
    return frame(f"核查结果 {text(title)}", header, body)


def text(value: str) -> str:
    """``value`` as it is shown on a page, whatever it holds."""
    return html.escape(markable(value), quote=True)


def _numbered(report: Report) -> Iterator[tuple[int, int, Audit, Finding, Scenes]]:
    number = 0
    for position, audit in enumerate(report.audits):
        scenes = Scenes(audit.document)
        for finding in sorted(audit.findings, key=lambda each: SEVERITIES.index(each.severity)):
            number += 1
            yield number, position, audit, finding, scenes


def _cards(report: Report, review: Review) -> str:
    counts = review.severities(report)
    cards = [("", len(report.audits), "个文件")]
    cards += [(name, counts[name], SEVERITY_NAMES[name]) for name in SEVERITIES]
    aside = sum(len(audit.findings) for audit in report.audits) - sum(counts.values())
    if aside:
        cards.append(("", aside, "已排除或已知"))
    if report.unread:
        cards.append(("error", len(report.unread), "未能核查的文件"))
    items = "".join(f'<div class="card {name}"><b>{count:,}</b>{label}</div>' for name, count, label in cards)
    return f'<div class="cards">{items}</div>'


def _chart(report: Report, review: Review) -> str:
    """Bars of the findings by category, each divided by severity."""
    table: Counter[tuple[str, str]] = Counter()
    for audit in report.audits:
        for finding in review.counting(audit):
            table[finding.category, finding.severity] += 1
    totals: Counter[str] = Counter()
    for (category, _), count in table.items():
        totals[category] += count
    if not totals:
        return ""
    most = max(totals.values())
    rows = []
    for index, (category, total) in enumerate(totals.most_common()):
        top, left = index * 26, Decimal(110)
        rows.append(f'<text x="100" y="{top + 17}" text-anchor="end">{text(CATEGORY_NAMES[category])}</text>')
        for name in SEVERITIES:
            wide = Decimal(table[category, name]) * 560 / most
            if wide:
                tip = f"{CATEGORY_NAMES[category]} {SEVERITY_NAMES[name]} {table[category, name]} 项"
                rows.append(
                    f'<rect class="s-{name}" x="{left:.1f}" y="{top + 4}" width="{wide:.1f}" height="18">'
                    f"<title>{tip}</title></rect>"
                )
                left += wide
        rows.append(f'<text x="{left + 6:.1f}" y="{top + 17}">{total:,}</text>')
    high = 26 * len(totals)
    legend = "".join(
        f'<rect class="s-{name}" x="{110 + 80 * n}" y="{high + 8}" width="12" height="12"/>'
        f'<text x="{127 + 80 * n}" y="{high + 19}">{SEVERITY_NAMES[name]}</text>'
        for n, name in enumerate(SEVERITIES)
    )
    return (
        f'<div class="box"><h3>各类疑点数</h3><svg viewBox="0 0 740 {high + 28}" width="740" height="{high + 28}" '
        f'role="img" aria-label="各类疑点数">{"".join(rows)}{legend}</svg></div>'
    )


def _tools(report: Report, review: Review) -> str:
    findings = [(audit, finding) for audit in report.audits for finding in audit.findings]
    boxes = "".join(
        f'<label><input type="checkbox" value="{name}" checked> {SEVERITY_NAMES[name]}</label>' for name in SEVERITIES
    )
    families = dict.fromkeys(_family(finding) for _, finding in findings)
    states = dict.fromkeys(review.status(audit.document, finding) for audit, finding in findings)
    selects = _select("family", "全部检查类别", [(name, name) for name in sorted(families)])
    selects += _select("status", "全部处理状态", [(name, name) for name in states])
    if len(report.audits) > 1:
        named = [(str(n), _document_name(audit.document)) for n, audit in enumerate(report.audits) if audit.findings]
        selects += _select("document", "全部文件", named)
    return (
        f'<div class="tools">{boxes}{selects}<input type="search" id="search" placeholder="搜索：文字、编号、数字" '
        f'aria-label="搜索"><span id="count"></span></div>'
    )


def _select(name: str, every: str, values: Sequence[tuple[str, str]]) -> str:
    options = "".join(f'<option value="{text(value)}">{text(label)}</option>' for value, label in values)
    return f'<select name="{name}" aria-label="{every}"><option value="">{every}</option>{options}</select>'


def _document_name(document: Document) -> str:
    return document.path.replace("\\", "/").rpartition("/")[2] or document.title


def _family(finding: Finding) -> str:
    return FAMILIES.get(finding.rule[:2], "其他检查")


def _article(number: int, position: int, audit: Audit, finding: Finding, scenes: Scenes, review: Review) -> str:
    document = audit.document
    decision, status = review.decision(document, finding), review.status(document, finding)
    found = scenes.of(finding)
    aside = "" if review.counts_for(document, finding) else " aside"
    parts = [
        f'<article class="{finding.severity}{aside}" id="f{number}" data-severity="{finding.severity}" '
        f'data-family="{text(_family(finding))}" data-status="{text(status)}" data-document="{position}">',
        f'<h3><span class="tag {finding.severity}">{SEVERITY_NAMES[finding.severity]}</span>'
        f'<span class="tag">{text(finding.rule)}</span>'
        f'<span class="tag{" d1" if status == Status.CONFIRMED else ""}">{text(status)}</span>'
        f"{number}. {text(finding.title)}</h3>",
        f'<div class="doc">{text(document.organisation)} {document.year or ""}　{text(document.path)}</div>',
        f'<p class="message">{text(finding.message)}</p>',
        f'<div class="sides">{"".join(_scene(scene) for scene in found[:_MOST_SCENES])}</div>' if found else "",
        _more(finding) if len(found) > _MOST_SCENES else "",
        "<dl>",
    ]
    pairs = [
        ("原文", finding.stated), ("应为", finding.expected), ("计算过程", finding.calculation.replace("；", "；\n")),
        ("依据", finding.basis), ("建议", finding.suggestion), ("编号", finding.id),
    ]  # fmt: skip
    if decision is not None:
        pairs.append(("处理", f"{status}　{decision.remark}（{decision.reviewer} {decision.time[:10]}）"))
    parts += [f"<dt>{name}</dt><dd>{text(value)}</dd>" for name, value in pairs if value]
    return "".join([*parts, "</dl></article>"])


def _more(finding: Finding) -> str:
    items = "".join(f"<li>{text(place(each))}：{text(each.text)}</li>" for each in finding.evidence)
    return f"<details><summary>全部 {len(finding.evidence)} 处</summary><ul>{items}</ul></details>"


def _scene(scene: Scene) -> str:
    if isinstance(scene, Grid):
        heads = "".join(f"<th{_class(piece)}>{text(piece.text)}</th>" for piece in scene.headings)
        rows = "".join(
            f"<tr><th{_class(name)}>{text(name.text)}</th>{''.join(_cell(piece) for piece in cells)}</tr>"
            for name, cells in scene.rows
        )
        more = f"<p>另有 {scene.hidden} 行未列出</p>" if scene.hidden else ""
        inner = f"<table><thead><tr><th>项目</th>{heads}</tr></thead><tbody>{rows}</tbody></table>{more}"
    else:
        inner = f"<p>{''.join(_marked(piece) for piece in scene.pieces) or '（空白）'}</p>"
    wide = " wide" if isinstance(scene, Grid) and len(scene.headings) > 3 else ""
    return f'<section class="scene{wide}"><h4>{text(scene.where)}</h4>{inner}</section>'


def _class(piece: Piece, *more: str) -> str:
    names = [*more, *([f"m{piece.mark.value}"] if piece.mark is not Mark.NONE else [])]
    return f' class="{" ".join(names)}"' if names else ""


def _cell(piece: Piece) -> str:
    number = ("n",) if _FIGURE.fullmatch(piece.text) else ()
    return f"<td{_class(piece, *number)}>{text(piece.text)}</td>"


def _marked(piece: Piece) -> str:
    shown = text(piece.text)
    return shown if piece.mark is Mark.NONE else f"<mark{_class(piece)}>{shown or '（空白）'}</mark>"


def _coverage(audit: Audit, review: Review) -> str:
    document = audit.document
    known = [table_name(table) for table in document.tables if table.role]
    lines = [
        f"<li>{text(document_facts(document))}</li>",
        f"<li>SHA-256：{text(document.sha256)}</li>",
        f"<li>表格：共 {len(document.tables)} 张，认出 {len(known)} 张：{text('、'.join(known))}</li>",
        f"<li>{text(rules_line(audit))}</li>",
    ]
    left = [f"<li>没有运行 {text('、'.join(codes))}：{text(why)}</li>" for why, codes in grouped_not_run(audit)]
    notes = [
        f"<li>{text(f'{message}（{places}）' if places else message)}</li>"
        for message, places in grouped_problems(audit.problems)
    ]
    return (
        f'<div class="box"><h3>{text(document.title or "（未识别标题）")}</h3><div class="doc">{text(document.path)}</div>'
        f"{_bar(audit)}<p>{text(ledger_line(audit))}</p><ul>{''.join(lines)}</ul>"
        f"{_folded('没有运行的规则', left)}{_folded('说明（关于读取和核查范围，不是文件的差错）', notes)}"
        f"<p><b>结论：</b>{text(conclusion(audit, review))}</p></div>"
    )


def _folded(title: str, items: Sequence[str]) -> str:
    return (
        f"<details open><summary>{title}（{len(items)}）</summary><ul>{''.join(items)}</ul></details>" if items else ""
    )


def _bar(audit: Audit) -> str:
    """One bar of all figures by verdict."""
    counts = audit.counts()
    if not counts["total"]:
        return ""
    parts, left = [], Decimal(0)
    for verdict, shade in _SHADES.items():
        wide = Decimal(counts[verdict.value]) * 700 / counts["total"]
        if wide:
            parts.append(
                f'<rect class="{shade}" x="{left:.2f}" y="0" width="{wide:.2f}" height="16">'
                f"<title>{verdict.value} {counts[verdict.value]:,}</title></rect>"
            )
        left += wide
    legend = "".join(
        f'<rect class="{shade}" x="{n * 105}" y="25" width="12" height="12"/><text x="{n * 105 + 17}" y="36">{verdict.value}</text>'
        for n, (verdict, shade) in enumerate(_SHADES.items())
    )
    return f'<svg viewBox="0 0 700 44" width="700" height="44" role="img" aria-label="数字台账">{"".join(parts)}{legend}</svg>'


def _unread(report: Report) -> str:
    items: Iterable[str] = [f"<li>{text(each.path)}：{text(each.message)}</li>" for each in report.unread]
    return f'<div class="box"><h3>未能核查的文件</h3><ul>{"".join(items)}</ul></div>' if report.unread else ""
