"""Measure the reading of PDF files against what the library itself needs, and a whole check of a report of 30 pages.

The floor is PDFium's own extraction through its Python binding: the text of each page, the box of each character, and the
points of each path, which is what tables are found with. The report is the base sample set on pages, its paragraphs repeated until
there are 30; real reports are measured too where they lie beside the project.
"""

from __future__ import annotations

import ctypes
import math
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT.parent / "shared" / "reports"
PAGES = 30
_LEFT, _RIGHT, _TOP, _BOTTOM = 60, 535, 60, 780


def typeset(text: str, pages: int) -> bytes:
    """A text report on A4 pages: paragraphs broken at the margin, runs of tabbed lines as ruled tables."""
    sys.path.insert(0, str(ROOT))
    from tests.reading.pdf_writer import Page, pdf

    lines = [line for line in text.split("\n") if line.strip()]
    prose = [line for line in lines if "\t" not in line]
    done = [Page()]
    y = _TOP

    def room(height: float) -> Page:
        nonlocal y
        if y + height > _BOTTOM:
            done[-1].text(290, 800, f"- {len(done)} -", 9)
            done.append(Page())
            y = _TOP
        return done[-1]

    def paragraph(line: str) -> None:
        nonlocal y
        first, rest = line[:37], line[37:]
        pieces = [(24, first), *((0, rest[n : n + 39]) for n in range(0, len(rest), 39))]
        for indent, piece in pieces:
            room(20).text(_LEFT + indent, y, piece)
            y += 20

    def table(rows: list[list[str]]) -> None:
        nonlocal y
        wide = max(len(row) for row in rows)
        widths = [max((len(row[j]) for row in rows if j < len(row)), default=0) + 2 for j in range(wide)]
        xs = [_LEFT + (_RIGHT - _LEFT) * sum(widths[:j]) / sum(widths) for j in range(wide + 1)]
        for row in rows:
            room(14).grid(xs, [y, y + 14], [row], size=6)
            y += 14
        y += 10

    block: list[list[str]] = []
    turn = 0
    queue = list(lines)
    while queue or len(done) < pages:
        line = queue.pop(0) if queue else prose[turn % len(prose)]
        turn += not queue
        if "\t" in line:
            block.append(line.split("\t"))
            continue
        if block:
            table(block)
            block = []
        paragraph(line)
    return pdf(*done)


def floor(data: bytes) -> int:
    """What PDFium's binding needs for text, characters and paths."""
    import pypdfium2
    import pypdfium2.raw as raw

    found = 0
    x, y = ctypes.c_float(), ctypes.c_float()
    document = pypdfium2.PdfDocument(data)
    for page in document:
        textpage = page.get_textpage()
        found += len(textpage.get_text_range())
        boxes = [textpage.get_charbox(i) for i in range(textpage.count_chars())]
        found += len(boxes)
        for item in page.get_objects():
            if item.type == raw.FPDF_PAGEOBJ_PATH:
                item.get_bounds()
                for n in range(raw.FPDFPath_CountSegments(item)):
                    raw.FPDFPathSegment_GetPoint(raw.FPDFPath_GetPathSegment(item, n), x, y)
                    found += 1
        textpage.close()
        page.close()
    document.close()
    return found


def seconds(work: Callable[[bytes], object], data: bytes, repeat: int) -> float:
    """The median processor time of calling ``work``, after one call that is not counted."""
    times = []
    for _ in range(repeat + 1):
        start = time.process_time()
        work(data)
        times.append(time.process_time() - start)
    return statistics.median(times[1:])


def run(sample: Path, repeat: int, whole: Callable[[list[str], int], dict[str, float]]) -> dict[str, float]:
    """Measure and print; ``whole`` measures a whole process of the command line."""
    from assistant.reading.pdf import read_pdf

    made = typeset(sample.read_text(encoding="utf-8"), PAGES)
    files = {"30 页报告": made, **{path.name: path.read_bytes() for path in sorted(REPORTS.glob("*.pdf"))}}
    ratios = []
    print(f"\n{'PDF':　<24}{'下限 ms':>9}{'读取 ms':>9}{'倍数':>7}")
    ours = least = 0.0
    for name, data in files.items():
        bare, read = seconds(floor, data, repeat), seconds(read_pdf, data, repeat)
        ours, least = ours + read, least + bare
        ratios.append(read / bare)
        print(f"{name[:22]:　<24}{bare * 1000:>9.0f}{read * 1000:>9.0f}{read / bare:>7.2f}")
    with tempfile.TemporaryDirectory(prefix="hecha-bench-") as folder:
        path = Path(folder) / "report.pdf"
        path.write_bytes(made)
        figures = whole(
            ["check", "--fail-on", "never", "--format", "json", "-o", f"{folder}/out.json", str(path)], repeat
        )
    return {
        "ratio": ours / least,
        "worst": max(ratios),
        "mean": math.exp(statistics.fmean(math.log(ratio) for ratio in ratios)),
        "process": figures["process"],
        "peak": figures["peak"],
    }
