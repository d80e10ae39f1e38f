"""A report in a file format: its title, a few true sentences, and its tables in one layout."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from made import Department
from sheets import Head, Shape, Sheet

Grid = list[list[str]]


def title_of(who: Department, shape: Shape) -> str:
    """The title of the report."""
    return f"{who.name}{who.year}年度部门{'预算' if '预算' in shape.set else '决算'}"


def sentences(who: Department, shape: Shape) -> list[str]:
    """A few sentences that are true of the figures, in 万元."""

    def wan(value: int) -> str:
        return f"{Decimal(value) / 1_000_000:,.2f}万元"

    if "预算" in shape.set:
        return ["一、部门收支总体情况", f"{who.year}年收支总预算{wan(who.total())}。"]
    change = who.total() - who.last_total
    way = "增加" if change > 0 else "减少"
    rate = (Decimal(abs(change)) / who.last_total * 100).quantize(Decimal("0.01"))
    own = sum(who.own_income.values())
    told = [
        "一、收入支出决算总体情况说明",
        f"{who.year}年度收、支总计均为{wan(who.total())}。与{who.year - 1}年度相比，收、支总计各{way}{wan(abs(change))}，变动{rate}%。",
        "二、支出决算情况说明",
        f"{who.year}年度本年支出合计{wan(who.total())}，其中：基本支出{wan(who.total(nature='basic'))}；"
        f"项目支出{wan(who.total(nature='project'))}。",
    ]
    return told + ([f"本年事业收入{wan(own)}。"] if own else [])


def laid_out(sheet: Sheet) -> Grid:
    """The header with each text in the first of the cells that it spans, and blanks in the others."""
    width = sheet.width
    grid: Grid = [["" for _ in range(width)] for _ in sheet.header]
    for row, column, head in places(sheet):
        grid[row][column] = head.text
    return grid


def places(sheet: Sheet) -> list[tuple[int, int, Head]]:
    """Each header cell with its row and column."""
    taken: set[tuple[int, int]] = set()
    found = []
    for r, heads in enumerate(sheet.header):
        c = 0
        for head in heads:
            while (r, c) in taken:
                c += 1
            found.append((r, c, head))
            taken |= {(r + i, c + j) for i in range(head.down) for j in range(head.across)}
            c += head.across
    return found


def pieces(sheet: Sheet, shape: Shape) -> list[Sheet]:
    """The sheet in the parts that a page break makes; the second without its header if the shape says so."""
    if shape.breaks == "none" or len(sheet.rows) < 4:
        return [sheet]
    at = random.Random(f"{shape.number} {sheet.title}").randrange(2, len(sheet.rows) - 1)
    header = sheet.header if shape.breaks == "repeated" else []
    first = Sheet(sheet.role, sheet.title, sheet.unit, sheet.header, sheet.rows[:at], {}, [], sheet.amounts)
    second = Sheet(sheet.role, "", sheet.unit, header, sheet.rows[at:], {}, sheet.notes, sheet.amounts)
    return [first, second]


def _text(who: Department, shape: Shape, made: Sequence[Sheet], table: Callable[[Sheet], list[str]]) -> bytes:
    lines = [title_of(who, shape), "", *sentences(who, shape), ""]
    for number, sheet in enumerate(made, 1):
        lines += [sheet.title, f"部门：{who.name}", f"单位：{sheet.unit}", ""]
        parts = pieces(sheet, shape)
        for part in parts:
            lines += table(part)
            lines += ["", f"- {number + 4} -", ""] if part is not parts[-1] else [""]
        lines += [*sheet.notes, ""]
    return "\n".join(lines).encode()


def _tabs(sheet: Sheet) -> list[str]:
    return ["\t".join(row) for row in (*laid_out(sheet), *sheet.rows)]


def _pipes(sheet: Sheet) -> list[str]:
    rows = ["| " + " | ".join(row) + " |" for row in (*laid_out(sheet), *sheet.rows)]
    return [rows[0], "|" + "---|" * sheet.width, *rows[1:]] if sheet.header else rows


def txt(who: Department, shape: Shape, made: Sequence[Sheet]) -> bytes:
    """Plain text with tabs."""
    return _text(who, shape, made, _tabs)


def md(who: Department, shape: Shape, made: Sequence[Sheet]) -> bytes:
    """Markdown."""
    return _text(who, shape, made, _pipes)


def html(who: Department, shape: Shape, made: Sequence[Sheet]) -> bytes:
    """A page with real spans."""

    def cell(head: Head) -> str:
        return f'<td colspan="{head.across}" rowspan="{head.down}">{head.text}</td>'

    parts = [f"<html><head><meta charset='utf-8'></head><body><h1>{title_of(who, shape)}</h1>"]
    parts += [f"<p>{text}</p>" for text in sentences(who, shape)]
    for sheet in made:
        parts.append(f"<p>{sheet.title}</p><p>单位：{sheet.unit}</p>")
        for part in pieces(sheet, shape):
            head = "".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in part.header)
            body = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in part.rows)
            parts.append(f"<table border='1'>{head}{body}</table>")
        parts += [f"<p>{note}</p>" for note in sheet.notes]
    return "".join([*parts, "</body></html>"]).encode()


def docx(who: Department, shape: Shape, made: Sequence[Sheet]) -> bytes:
    """A Word file with real merges."""
    import docx as word

    document = word.Document()
    document.add_heading(title_of(who, shape), 0)
    for text in sentences(who, shape):
        document.add_paragraph(text)
    for sheet in made:
        document.add_paragraph(sheet.title)
        document.add_paragraph(f"单位：{sheet.unit}")
        for part in pieces(sheet, shape):
            table = document.add_table(len(part.header) + len(part.rows), sheet.width)
            cells = [row.cells for row in table.rows]
            for r, c, head in places(part):
                cells[r][c].text = head.text
                if head.across > 1 or head.down > 1:
                    cells[r][c].merge(cells[r + head.down - 1][c + head.across - 1])
            for r, row in enumerate(part.rows, len(part.header)):
                for c, text in enumerate(row):
                    if text:
                        cells[r][c].text = text
            if part.header or part is sheet:
                document.add_paragraph("")
        for note in sheet.notes:
            document.add_paragraph(note)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def xlsx(who: Department, shape: Shape, made: Sequence[Sheet]) -> bytes:
    """A workbook with a sheet a table; amounts are numbers with two decimals."""
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    amount = book.add_format({"num_format": "#,##0.00"})
    for number, sheet in enumerate(made, 1):
        page = book.add_worksheet(f"表{number}")
        page.merge_range(0, 0, 0, sheet.width - 1, sheet.title)
        page.write(1, 0, f"部门：{who.name}")
        page.write(1, sheet.width - 1, f"单位：{sheet.unit}")
        for r, c, head in places(sheet):
            if head.across > 1 or head.down > 1:
                page.merge_range(2 + r, c, 1 + r + head.down, c + head.across - 1, head.text)
            else:
                page.write_string(2 + r, c, head.text)
        for r, row in enumerate(sheet.rows, 2 + len(sheet.header)):
            for c, text in enumerate(row):
                plain = text.replace(",", "")
                if "." in plain and plain.replace(".", "", 1).isdigit():
                    page.write_number(r, c, float(plain), amount)
                elif text:
                    page.write_string(r, c, text)
        for r, note in enumerate(sheet.notes, 2 + len(sheet.header) + len(sheet.rows)):
            page.write(r, 0, note)
    book.close()
    return stream.getvalue()


def ods(who: Department, shape: Shape, made: Sequence[Sheet]) -> bytes:
    """An OpenDocument sheet."""
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import CoveredTableCell, Table, TableCell, TableRow
    from odf.text import P

    def cell(text: str, across: int = 1, down: int = 1) -> Any:
        spans = {"numbercolumnsspanned": across, "numberrowsspanned": down} if across * down > 1 else {}
        made_cell = TableCell(valuetype="string", **spans)
        made_cell.addElement(P(text=text))
        return made_cell

    document = OpenDocumentSpreadsheet()
    for number, sheet in enumerate(made, 1):
        table = Table(name=f"表{number}")
        for text in (sheet.title, f"部门：{who.name}", f"单位：{sheet.unit}"):
            row = TableRow()
            row.addElement(cell(text))
            table.addElement(row)
        heads = {(r, c): head for r, c, head in places(sheet)}
        for r in range(len(sheet.header)):
            row = TableRow()
            for c in range(sheet.width):
                head = heads.get((r, c))
                row.addElement(cell(head.text, head.across, head.down) if head else CoveredTableCell())
            table.addElement(row)
        for texts in (*sheet.rows, *([note] for note in sheet.notes)):
            row = TableRow()
            for text in texts:
                row.addElement(cell(text))
            table.addElement(row)
        document.spreadsheet.addElement(table)
    stream = io.BytesIO()
    document.write(stream)
    return stream.getvalue()


def _pdf(who: Department, shape: Shape, made: Sequence[Sheet], *, rules: str, landscape: bool = False) -> bytes:
    from reportlab.lib.pagesizes import A3, A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    size = A3 if shape.breaks == "none" else A4
    size = (size[1], size[0]) if landscape or shape.breaks != "none" else size
    plain = ParagraphStyle("plain", fontName="STSong-Light", fontSize=11, leading=18, wordWrap="CJK")
    flow: list[Any] = [Paragraph(text, plain) for text in (title_of(who, shape), *sentences(who, shape))]
    margin = 40
    for sheet in made:
        flow += [PageBreak(), Paragraph(sheet.title, plain), Paragraph(f"单位：{sheet.unit}", plain), Spacer(1, 4)]
        widths = _widths(sheet, size[0] - 2 * margin)
        cells = [
            [_broken(t, width) for t, width in zip(row, widths, strict=True)] for row in (*laid_out(sheet), *sheet.rows)
        ]
        style: list[tuple[Any, ...]] = [
            ("FONT", (0, 0), (-1, -1), "STSong-Light", 7.5, 9.5),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ]
        for column in range(sheet.width):
            texts = [row[column] for row in sheet.rows if row[column]]
            if texts and sum("." in text for text in texts) * 2 > len(texts):
                style.append(("ALIGN", (column, len(sheet.header)), (column, -1), "RIGHT"))
        for r, c, head in places(sheet):
            if head.across > 1 or head.down > 1:
                style.append(("SPAN", (c, r), (c + head.across - 1, r + head.down - 1)))
        style += {
            "all": [("GRID", (0, 0), (-1, -1), 0.5, "black")],
            "across": [("LINEBELOW", (0, 0), (-1, -1), 0.5, "black"), ("LINEABOVE", (0, 0), (-1, 0), 0.5, "black")],
            "none": [],
        }[rules]
        repeat = len(sheet.header) if shape.breaks == "repeated" else 0
        flow.append(Table(cells, widths, style=style, repeatRows=repeat))
        flow += [Paragraph(note, plain) for note in sheet.notes]
    stream = io.BytesIO()

    def number(canvas: Any, document: Any) -> None:
        canvas.setFont("STSong-Light", 9)
        canvas.drawCentredString(size[0] / 2, 20, f"— {document.page} —")

    pages = SimpleDocTemplate(
        stream, pagesize=size, leftMargin=margin, rightMargin=margin, topMargin=40, bottomMargin=40
    )
    pages.build(flow, onFirstPage=number, onLaterPages=number)
    return stream.getvalue()


def _broken(text: str, width: float) -> str:
    """Words broken to a column, into lines of like length: a sign alone in its line has no extent in a font without glyphs."""
    room = max(int((width - 12) / 7.5), 2)
    size = sum(2 if ord(char) > 255 else 1 for char in text)
    if size <= 2 * room or text.replace(",", "").replace(".", "").isdigit():
        return text
    lines = -(-size // (2 * room))
    step = -(-len(text) // lines)
    return "\n".join(text[i : i + step] for i in range(0, len(text), step))


def _widths(sheet: Sheet, room: float) -> list[float]:
    """Column widths after their longest text."""
    longest = [
        max([5, *(min(sum(2 if ord(ch) > 255 else 1 for ch in row[c]), 26) for row in sheet.rows)])
        for c in range(sheet.width)
    ]
    wanted = [n * 4.3 + 8 for n in longest]
    scale = min(1.0, room / sum(wanted))
    return [w * scale for w in wanted]


FORMATS: dict[str, tuple[str, Callable[[Department, Shape, Sequence[Sheet]], bytes]]] = {
    "txt": ("txt", txt),
    "md": ("md", md),
    "html": ("html", html),
    "docx": ("docx", docx),
    "xlsx": ("xlsx", xlsx),
    "ods": ("ods", ods),
    "pdf_ruled": ("pdf", lambda who, shape, made: _pdf(who, shape, made, rules="all")),
    "pdf_rules_across": ("pdf", lambda who, shape, made: _pdf(who, shape, made, rules="across")),
    "pdf_bare": ("pdf", lambda who, shape, made: _pdf(who, shape, made, rules="none")),
    "pdf_landscape": ("pdf", lambda who, shape, made: _pdf(who, shape, made, rules="all", landscape=True)),
}
