"""A sample report in the formats that bureaus use: Word, Word with an Excel workbook, a web page, PDF through LibreOffice.

Run as a program it writes all of them into a folder: ``python tests/tools/formats.py SAMPLE.txt FOLDER``.
"""

from __future__ import annotations

import html
import io
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import xlsxwriter
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

HEADING = re.compile(
    r"公开\d\d表|(?:编制)?(?:部门|单位|预算单位|预算部门)[:：]|(?:金额)?单位[:：]|表$|[（(]?20\d\d年度?[）)]?$|预算$|附[表件]"
)
UNIT = re.compile(r"单位[:：]\s*[（(]?(?:万元|元)")
NOTE = re.compile(r"注[:：]|说明[:：]|备注[:：]|\d+\.本|\d+[行栏]|.*本表")
NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
MARKS = re.compile(r"^\s*(?:#+\s+|-\s+(?=\S))|\*\*")
DATA = re.compile(r"栏\s*次|\d+\.\d|^[一二三四五]、|^\d{3,7}$|^合\s*计$|\d,\d{3}")


WIDTH = 15_000


@dataclass(frozen=True)
class Grid:
    """A table of a sample: rows of texts; a cell that is merged into another is empty."""

    rows: list[list[str]]

    def spans(self) -> dict[tuple[int, int], tuple[int, int]]:
        """The merged cells of the header: first row and column to the numbers of rows and columns."""
        depth = next((i for i, row in enumerate(self.rows) if any(DATA.search(text.strip()) for text in row)), 1)
        found: dict[tuple[int, int], tuple[int, int]] = {}
        taken: set[tuple[int, int]] = set()
        for i in range(depth):
            for j, text in enumerate(self.rows[i]):
                if not text.strip() or (i, j) in taken:
                    continue
                wide = 1
                while (
                    j + wide < len(self.rows[i]) and not self.rows[i][j + wide].strip() and (i, j + wide) not in taken
                ):
                    wide += 1
                high = 1
                while i + high < depth and not any(self.rows[i + high][k].strip() for k in range(j, j + wide)):
                    high += 1
                if wide > 1 and i + high < depth and not self.rows[i + high][j].strip():
                    wide = 1
                taken |= {(i + a, j + b) for a in range(high) for b in range(wide)}
                if wide > 1 or high > 1:
                    found[i, j] = (high, wide)
        return found


class Line(str):
    """A line of a sample; ``level`` is the depth of its heading mark, 0 without one."""

    level = 0


Block = Line | Grid


def read_sample(text: str) -> list[Block]:
    """A sample taken apart: its lines without text marks, and its tables."""
    blocks: list[Block] = []
    rows: list[list[str]] = []
    for line in [*text.splitlines(), ""]:
        piped = line.strip().startswith("|") and line.strip().endswith("|")
        if "\t" in line or piped:
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")] if piped else line.split("\t")
            if not all(re.fullmatch(r":?-{3,}:?", cell) for cell in cells):
                rows.append(cells)
            continue
        if rows:
            width = max(map(len, rows))
            blocks.append(Grid([[*row, *[""] * (width - len(row))] for row in rows]))
            rows = []
        if line.strip():
            text = Line(MARKS.sub("", line.rstrip()))
            text.level = min(len(line) - len(line.lstrip("#")), 6)
            blocks.append(text)
    return blocks


def split_sheets(blocks: list[Block]) -> tuple[list[Block], list[list[Block]]]:
    """The text, and apart from it the published tables with their headings and notes."""
    kept = list(range(len(blocks)))
    sheets: list[list[Block]] = []
    for i, block in enumerate(blocks):
        if not isinstance(block, Grid):
            continue
        first = i
        while first and i - first < 5 and isinstance(above := blocks[first - 1], str) and _heads(above):
            first -= 1
        if not any(isinstance(each, str) and UNIT.search(each) for each in blocks[first:i]):
            continue
        last = i
        while last + 1 < len(blocks) and isinstance(below := blocks[last + 1], str) and NOTE.match(below):
            last += 1
        sheets.append(blocks[first : last + 1])
        kept = [each for each in kept if not first <= each <= last]
    return [blocks[i] for i in kept], sheets


def _heads(text: str) -> bool:
    return len(text) < 90 and "。" not in text and HEADING.search(text.strip()) is not None


def to_docx(blocks: list[Block]) -> bytes:
    """A Word file with merged header cells."""
    document = docx.Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(297), Mm(210)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(15)
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block, style=f"Heading {block.level}" if block.level else None)
        else:
            document.element.body.insert(len(document.element.body) - 1, parse_xml(_table(block)))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _table(grid: Grid) -> str:
    spans = grid.spans()
    covered = {
        (i + a, j): (a > 0, wide) for (i, j), (high, wide) in spans.items() for a in range(high) if a or wide or high
    }
    rows = []
    for i, row in enumerate(grid.rows):
        cells, j = [], 0
        while j < len(row):
            below, wide = covered.get((i, j), (False, 1))
            high = spans.get((i, j), (1, 1))[0]
            merge = "<w:vMerge/>" if below else '<w:vMerge w:val="restart"/>' if high > 1 else ""
            text = "" if below else row[j]
            cells.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{WIDTH // len(row) * wide}" w:type="dxa"/><w:gridSpan w:val="{wide}"/>{merge}</w:tcPr><w:p>'
                f'<w:pPr><w:spacing w:after="0"/></w:pPr><w:r><w:rPr><w:sz w:val="14"/></w:rPr>'
                f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p></w:tc>'
            )
            j += wide
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    columns = f'<w:gridCol w:w="{WIDTH // len(grid.rows[0])}"/>' * len(grid.rows[0])
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="5000" w:type="pct"/>'
        f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def to_html(blocks: list[Block]) -> bytes:
    """A page as the sites of bureaus have it: in GBK, the report inside a table that arranges the page."""
    parts = [
        "<!DOCTYPE html>\n<html><head><meta charset='gb2312'><title>信息公开</title><style>td{border:1px}</style></head><body>",
        "<nav>首页 &gt; 政务公开</nav><table><tr><td width=20>&nbsp;</td><td><div class='content'>",
    ]
    for block in blocks:
        if isinstance(block, str):
            tag = f"h{block.level}" if block.level else "p"
            parts.append(f"<{tag} style='text-indent:2em'><span>{html.escape(block)}</span></{tag}>")
            continue
        spans = block.spans()
        hidden = {
            (i + a, j + b) for (i, j), (high, wide) in spans.items() for a in range(high) for b in range(wide) if a or b
        }
        parts.append("<table border=1><tbody>")
        for i, row in enumerate(block.rows):
            parts.append("<tr>")
            for j, text in enumerate(row):
                if (i, j) not in hidden:
                    high, wide = spans.get((i, j), (1, 1))
                    parts.append(f"<td rowspan={high} colspan={wide}><p>{html.escape(text) or '&nbsp;'}</p></td>")
            parts.append("</tr>")
        parts.append("</tbody></table>")
    parts.append("</div></td></tr></table><footer>主办单位</footer><script>var 决算 = 1;</script></body></html>")
    return "\n".join(parts).encode("gb18030")


def to_xlsx(sheets: list[list[Block]]) -> bytes:
    """A workbook with a table on each sheet, figures as numbers with the format that shows them as printed."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_numbers": False}) as book:
        for number, sheet in enumerate(sheets, start=1):
            page = book.add_worksheet(f"表{number}")
            row = 0
            width = next(len(block.rows[0]) for block in sheet if isinstance(block, Grid))
            for block in sheet:
                if isinstance(block, str):
                    page.merge_range(row, 0, row, width - 1, block)
                    row += 1
                    continue
                for (i, j), (high, wide) in block.spans().items():
                    page.merge_range(row + i, j, row + i + high - 1, j + wide - 1, "")
                for texts in block.rows:
                    for column, text in enumerate(texts):
                        _write(book, page, row, column, text)
                    row += 1
    return buffer.getvalue()


def _write(book: xlsxwriter.Workbook, page: object, row: int, column: int, text: str) -> None:
    body = text.strip()
    if not body:
        return
    if not NUMBER.fullmatch(body) or (body.isdigit() and (len(body) > 2 or body[0] == "0")):
        page.write_string(row, column, text)  # type: ignore[attr-defined]
        return
    decimals = len(body.partition(".")[2])
    form = ("#,##0" if "," in body else "0") + ("." + "0" * decimals if decimals else "")
    value = Decimal(body.replace(",", ""))
    page.write_number(row, column, float(value), book.add_format({"num_format": form}))  # type: ignore[attr-defined]


def to_pdf(files: list[Path], folder: Path) -> list[Path]:
    """Word files as PDF, by LibreOffice in one go; none where it is not installed."""
    program = shutil.which("soffice")
    if program is None:
        return []
    profile = (folder / "profile").as_uri()
    command = [
        program,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
    ]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=180)
    return [folder / f"{file.stem}.pdf" for file in files]


def write_all(sample: Path, folder: Path) -> dict[str, list[Path]]:
    """Write a sample in every format but PDF; the files of each."""
    blocks = read_sample(sample.read_text(encoding="utf-8"))
    text, sheets = split_sheets(blocks)
    name = f"{sample.parent.name}-{sample.stem}"
    made = {
        "docx": {f"{name}.docx": to_docx(blocks)},
        "html": {f"{name}.html": to_html(blocks)},
    }
    if sheets:
        made["together"] = {f"{name}-说明.docx": to_docx(text), f"{name}-公开表.xlsx": to_xlsx(sheets)}
    result: dict[str, list[Path]] = {}
    for form, files in made.items():
        for file, data in files.items():
            (folder / file).write_bytes(data)
            result.setdefault(form, []).append(folder / file)
    return result


if __name__ == "__main__":
    target = Path(sys.argv[2])
    target.mkdir(parents=True, exist_ok=True)
    written = write_all(Path(sys.argv[1]), target)
    for path in [*[path for paths in written.values() for path in paths], *to_pdf(written["docx"], target)]:
        print(path)
