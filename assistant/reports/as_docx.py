"""The report as a Word document: the working paper (审核工作底稿) that a bureau files, with a block to sign."""

from __future__ import annotations

import io
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from assistant.decisions import Review
from assistant.findings import CATEGORY_NAMES, SEVERITIES, SEVERITY_NAMES, Verdict
from assistant.reports import version
from assistant.reports.context import Grid, Mark, Scenes
from assistant.reports.coverage import conclusion, grouped_not_run, grouped_problems, ledger_line, rules_line
from assistant.reports.places import KIND_NAMES, place, table_name
from assistant.reports.wordml import Box, Run, box, page_field, paragraph, runs, table, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.findings import Audit, Finding, Report
    from assistant.reports.context import Piece, Scene

MOST_DETAILS: Final = 400  # findings told in full; a paper of thousands of pages is read by nobody
_MOST_SCENES: Final = 6
_HEAD: Final = "D9E2EC"
_SHADES: Final = {Mark.NONE: "", Mark.MAIN: "FFC9C2", Mark.OTHER: "FFF0B8"}
_COLOURS: Final = {"error": "B3261E", "warning": "9A5B00", "info": "33658A"}
_TITLE, _BODY, _CELL, _NOTE = "HechaTitle", "HechaBody", "HechaCell", "HechaNote"


def render_docx(report: Report, review: Review | None = None) -> bytes:
    """The working paper as the bytes of a file."""
    import docx
    from docx.oxml import parse_xml
    from lxml import etree

    document = docx.Document()
    _page(document)
    _styles(document)
    blocks = "".join(_blocks(report, review or Review())).encode("utf-8")
    # The markup is put in as text: moving ten thousand parsed rows into another tree takes minutes.
    head, mark, tail = etree.tostring(document.element, encoding="UTF-8").rpartition(b"<w:sectPr")
    document.part._element = parse_xml(head + blocks + mark + tail)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _page(document: Any) -> None:
    from docx.shared import Cm

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.5)
    _line(section.header.paragraphs[0], runs([Run("审核工作底稿", size=18, colour="666666")]), "right")
    number = (
        runs([Run("第 ")]) + page_field("PAGE") + runs([Run(" 页　共 ")]) + page_field("NUMPAGES") + runs([Run(" 页")])
    )
    _line(section.footer.paragraphs[0], number, "center")
    document.core_properties.title = "审核工作底稿"
    document.core_properties.author = "核查助手"
    document.core_properties.comments = f"核查助手 {version()} 生成"


def _line(target: Any, content: str, align: str) -> None:
    from lxml import etree

    found = etree.fromstring(whole([f'<w:p><w:pPr><w:jc w:val="{align}"/></w:pPr>{content}</w:p>']))
    target._p.getparent().replace(target._p, found[0])


def _styles(document: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn

    styles = document.styles
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")  # else some programs take Japanese or Taiwanese shapes
    _font(styles["Normal"], "宋体", 21)
    for level, size in ((1, 32), (2, 28), (3, 24)):
        heading = styles[f"Heading {level}"]
        _font(heading, "黑体", size, bold=level == 3)
        heading.paragraph_format.keep_with_next = True
    for name, font, size in ((_TITLE, "黑体", 44), (_BODY, "仿宋", 24), (_CELL, "宋体", 18), (_NOTE, "宋体", 18)):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        _font(style, font, size)
    from docx.shared import Pt

    for name, before, after in ((_TITLE, 24, 18), (_BODY, 3, 3), (_CELL, 1, 1), (_NOTE, 6, 2)):
        form = styles[name].paragraph_format
        form.space_before, form.space_after = Pt(before), Pt(after)


def _font(style: Any, name: str, size: int, *, bold: bool = False) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name, style.font.size, style.font.bold = "Times New Roman", Pt(size / 2), bold
    style.font.italic, style.font.color.rgb = False, RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script, font in (("ascii", "Times New Roman"), ("hAnsi", "Times New Roman"), ("eastAsia", name)):
        fonts.set(qn(f"w:{script}"), font)


def _blocks(report: Report, review: Review) -> Iterator[str]:
    yield paragraph("审核工作底稿", _TITLE, "center")
    yield from _facts(report)
    yield paragraph("一、核查结果", "Heading1")
    yield from _summary(report, review)
    yield paragraph("二、核查范围", "Heading1")
    for audit in report.audits:
        yield from _coverage(audit, review, alone=len(report.audits) == 1)
    yield paragraph("三、疑点一览", "Heading1")
    numbered = list(enumerate(_ordered(report), 1))
    yield from _list(numbered, review)
    yield paragraph("四、疑点明细", "Heading1")
    yield from _details([item for item in numbered if review.counts_for(item[1][0].document, item[1][1])], review)
    yield paragraph("五、已排除的疑点", "Heading1")
    yield from _dismissed(numbered, review)
    yield paragraph("六、未核查的内容与说明", "Heading1")
    yield from _unchecked(report)
    yield paragraph("七、审核意见", "Heading1")
    yield _sign_off()


def _ordered(report: Report) -> list[tuple[Audit, Finding]]:
    """All findings, the gravest of each document first."""
    return [
        (audit, finding)
        for audit in report.audits
        for finding in sorted(audit.findings, key=lambda each: SEVERITIES.index(each.severity))
    ]


def _facts(report: Report) -> Iterator[str]:
    rows = []
    for audit in report.audits[:20]:
        document = audit.document
        rows += [
            ("被审核单位", document.organisation or "（未识别）"),
            ("文件", f"{document.title or '（未识别标题）'}\n{document.path}"),
            ("类型与年度", f"{KIND_NAMES[document.kind]}　{f'{document.year} 年' if document.year else '年度未识别'}"),
            ("文件校验码", f"SHA-256 {document.sha256}"),
        ]
    if len(report.audits) > 20:
        rows.append(("其余文件", f"另有 {len(report.audits) - 20} 个文件，见“二、核查范围”"))
    rows.append(("核查工具", f"核查助手 {version()}　生成日期 {date.today().isoformat()}"))
    yield table([_pair(*row) for row in rows], (2, 9), header=False)


def _pair(name: str, value: str) -> tuple[Box, Box]:
    return box(name, bold=True, shade=_HEAD), box(value)


def _row(*cells: str, shade: str = "", bold: bool = False, numbers: int = 0) -> tuple[Box, ...]:
    """A row whose last ``numbers`` cells stand in the middle."""
    return tuple(
        box(cell, bold=bold, shade=shade, align="center" if shade or index >= len(cells) - numbers else "left")
        for index, cell in enumerate(cells)
    )


def _summary(report: Report, review: Review) -> Iterator[str]:
    counts: Counter[tuple[str, str]] = Counter()
    for audit in report.audits:
        for finding in review.counting(audit):
            counts[finding.category, finding.severity] += 1
    severities = review.severities(report)
    said = "，".join(f"{SEVERITY_NAMES[name]} {count} 项" for name, count in severities.items())
    unread = f"，另有 {len(report.unread)} 个文件未能核查" if report.unread else ""
    yield paragraph(
        f"共核查 {len(report.audits)} 个文件{unread}。待处理的疑点：{said}。疑点供人工复核，以原件为准。", _BODY
    )
    if not counts:
        return
    names = sorted({name for name, _ in counts}, key=lambda name: -sum(counts[name, each] for each in SEVERITIES))
    rows = [_row("问题类别", *(SEVERITY_NAMES[each] for each in SEVERITIES), "合计", shade=_HEAD, bold=True)]
    for name in names:
        found = [counts[name, each] for each in SEVERITIES]
        rows.append(_row(CATEGORY_NAMES[name], *map(str, found), str(sum(found)), numbers=4))
    rows.append(_row("合计", *map(str, severities.values()), str(sum(severities.values())), bold=True, numbers=4))
    yield table(rows, (4, 1, 1, 1, 1))


def _coverage(audit: Audit, review: Review, *, alone: bool) -> Iterator[str]:
    if not alone:
        yield paragraph(f"{audit.document.title or '（未识别标题）'}（{audit.document.path}）", "Heading3")
    counts = audit.counts()
    names = [verdict.value for verdict in Verdict]
    yield paragraph(f"{ledger_line(audit)}。{rules_line(audit)}。", _BODY)
    yield table(
        [
            _row("数字合计", *names, shade=_HEAD, bold=True),
            _row(*(f"{counts[n]:,}" for n in ("total", *names)), numbers=7),
        ],
        (1,) * 7,
    )
    known = [table_name(each) for each in audit.document.tables if each.role]
    yield paragraph(
        f"识别表格 {len(audit.document.tables)} 张，其中已知表格 {len(known)} 张：{'、'.join(known) or '无'}。", _NOTE
    )
    yield paragraph((Run("结论：", bold=True), Run(conclusion(audit, review))), _BODY)


def _list(numbered: list[tuple[int, tuple[Audit, Finding]]], review: Review) -> Iterator[str]:
    if not numbered:
        yield paragraph("没有疑点。是否核查完整，见“二、核查范围”和“六、未核查的内容与说明”。", _BODY)
        return
    rows = [_row("序号", "问题类别", "问题", "位置", "严重程度", "处理状态", shade=_HEAD, bold=True)]
    for number, (audit, finding) in numbered:
        where = place(finding.evidence[0]) if finding.evidence else ""
        cells = _row(str(number), CATEGORY_NAMES[finding.category], finding.title, where)
        level = Box(
            (Run(SEVERITY_NAMES[finding.severity], bold=True, colour=_COLOURS[finding.severity]),), "", "center"
        )
        rows.append((*cells, level, box(review.status(audit.document, finding), align="center")))
    yield table(rows, (8, 13, 41, 28, 12, 12))


def _details(numbered: list[tuple[int, tuple[Audit, Finding]]], review: Review) -> Iterator[str]:
    if not numbered:
        yield paragraph("没有待处理的疑点。", _BODY)
    ranked = sorted(numbered, key=lambda item: SEVERITIES.index(item[1][1].severity))[:MOST_DETAILS]
    scenes: dict[int, Scenes] = {}
    for number, (audit, finding) in sorted(ranked, key=lambda item: item[0]):
        if id(audit) not in scenes:
            scenes[id(audit)] = Scenes(audit.document)
        yield from _detail(number, audit, finding, scenes[id(audit)].of(finding), review)
    if len(numbered) > len(ranked):
        left = len(numbered) - len(ranked)
        yield paragraph(
            f"疑点过多，只列出最严重的 {len(ranked)} 项的明细；其余 {left} 项见“三、疑点一览”和 Excel 疑点清单。", _BODY
        )


def _detail(number: int, audit: Audit, finding: Finding, scenes: tuple[Scene, ...], review: Review) -> Iterator[str]:
    head = f"{number}. [{SEVERITY_NAMES[finding.severity]}] {finding.title}"
    yield paragraph((Run(head, colour=_COLOURS[finding.severity]),), "Heading3")
    yield paragraph(finding.message, _BODY)
    for scene in scenes[:_MOST_SCENES]:
        yield paragraph((Run(scene.where, colour="555555"),), _NOTE, keep=True)
        yield _scene(scene)
    if len(scenes) > _MOST_SCENES:
        yield paragraph("其余位置：" + "；".join(place(each) for each in finding.evidence[_MOST_SCENES:]), _NOTE)
    pairs = [
        ("原文", finding.stated), ("应为", finding.expected), ("计算过程", finding.calculation.replace("；", "；\n")),
        ("依据", finding.basis), ("建议", finding.suggestion), ("规则与编号", f"{finding.rule}　{finding.id}"),
    ]  # fmt: skip
    decision = review.decision(audit.document, finding)
    handled = f"{decision.status}　{decision.remark}（{decision.reviewer} {decision.time[:10]}）" if decision else ""
    yield paragraph("", _NOTE)
    yield table(
        [_pair(*pair) for pair in (*pairs, ("处理意见", handled)) if pair[1] or pair[0] == "处理意见"],
        (2, 9),
        header=False,
    )


def _scene(scene: Scene) -> str:
    if not isinstance(scene, Grid):
        text = tuple(_run(piece) for piece in scene.pieces) or (Run("（空白）"),)
        return table([(Box(text),)], (1,), header=False)
    rows = [(box("项目", bold=True, shade=_HEAD), *(_heading(piece) for piece in scene.headings))]
    for name, cells in scene.rows:
        marked = tuple(Box((Run(c.text, bold=c.mark is Mark.MAIN),), _SHADES[c.mark], "right") for c in cells)
        rows.append((box(name.text, shade=_SHADES[Mark.OTHER] if name.mark else ""), *marked))
    if scene.hidden:
        rows.append((box(f"另有 {scene.hidden} 行未列出"), *(box("") for _ in scene.headings)))
    return table(rows, (max(4, 9 - len(scene.headings)), *(2 for _ in scene.headings)))


def _heading(piece: Piece) -> Box:
    return box(piece.text, bold=True, shade=_SHADES[Mark.OTHER] if piece.mark else _HEAD, align="center")


def _run(piece: Piece) -> Run:
    return Run(piece.text, bold=piece.mark is Mark.MAIN, shade=_SHADES[piece.mark])


def _dismissed(numbered: list[tuple[int, tuple[Audit, Finding]]], review: Review) -> Iterator[str]:
    rows = [_row("序号", "问题", "排除理由", "复核人", "日期", shade=_HEAD, bold=True)]
    for number, (audit, finding) in numbered:
        decision = review.decision(audit.document, finding)
        if decision is not None and review.dismissed(audit.document, finding):
            rows.append(_row(str(number), finding.title, decision.remark, decision.reviewer, decision.time[:10]))
    yield table(rows, (8, 44, 32, 10, 14)) if len(rows) > 1 else paragraph("没有。", _BODY)


def _unchecked(report: Report) -> Iterator[str]:
    rows = [_row("文件", "类别", "内容", shade=_HEAD, bold=True)]
    for audit in report.audits:
        name = audit.document.path.replace("\\", "/").rpartition("/")[2]
        rows += [_row(name, "未运行的规则", f"{'、'.join(codes)}：{why}") for why, codes in grouped_not_run(audit)]
        for message, places in grouped_problems(audit.problems):
            rows.append(_row(name, "说明", f"{message}（{places}）" if places else message))
    rows += [_row(unread.path, "未能核查", unread.message) for unread in report.unread]
    yield table(rows, (24, 14, 62)) if len(rows) > 1 else paragraph("没有。", _BODY)


def _sign_off() -> str:
    """Empty lines to be filled in by hand."""
    rows = [
        (box("审核结论", bold=True, shade=_HEAD), box("\n\n\n")),
        (box("被审核单位意见", bold=True, shade=_HEAD), box("\n\n\n")),
        *(
            (box(name, bold=True, shade=_HEAD), box("签字：　　　　　　　　　　　日期：　　　　年　　月　　日"))
            for name in ("编制人", "复核人", "负责人")
        ),
    ]
    return table(rows, (2, 9), header=False, height=620)
