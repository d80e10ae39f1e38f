"""Marked PDF files: highlights with notes behind the unchanged bytes of the file."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdf
import pypdfium2
import pytest

from assistant.document import Document, Kind, Origin
from assistant.findings import Evidence, Finding
from assistant.marking import MarkingError, mark


def pdf(rotation: int = 0, crop: tuple[float, float, float, float] | None = None, pages: int = 2) -> bytes:
    """A PDF whose pages say where they are."""
    writer = pypdf.PdfWriter()
    for number in range(pages):
        page = writer.add_blank_page(400, 300)
        stream = pypdf.generic.DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 50 200 Td (Page {number + 1} 120.50) Tj ET".encode())
        font = pypdf.generic.DictionaryObject(
            {
                pypdf.generic.NameObject("/Type"): pypdf.generic.NameObject("/Font"),
                pypdf.generic.NameObject("/Subtype"): pypdf.generic.NameObject("/Type1"),
                pypdf.generic.NameObject("/BaseFont"): pypdf.generic.NameObject("/Helvetica"),
            }
        )
        fonts = pypdf.generic.DictionaryObject({pypdf.generic.NameObject("/F1"): font})
        page[pypdf.generic.NameObject("/Resources")] = pypdf.generic.DictionaryObject(
            {pypdf.generic.NameObject("/Font"): fonts}
        )
        page[pypdf.generic.NameObject("/Contents")] = writer._add_object(stream)
        if rotation:
            page.rotate(rotation)
        if crop:
            page.cropbox = pypdf.generic.RectangleObject(crop)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def finding(*evidence: Evidence) -> Finding:
    return Finding(
        id="N301-1", rule="N301", category="other", severity="error", title="数额不符", message="不符。", stated="1", expected="2",
        calculation="1 ≠ 2", evidence=evidence, suggestion="", basis="",
    )  # fmt: skip


def document_of(*origins: Origin) -> Document:
    base = Document("a.pdf", "0" * 64, "甲", "甲", 2023, Kind.FINAL_ACCOUNTS, ("120.50万元，增长",), (), (), ())
    return replace(base, origins=(origins,))


AT = Evidence(role="claim", line=1, end_line=1, start=0, end=6, text="120.50")
ORIGIN = Origin(0, 9, page=1, box=(50, 88, 140, 102), edges=tuple(50 + 10 * n for n in range(10)))


def highlights(data: bytes) -> list[tuple[int, list[float], str]]:
    return [
        (number, [round(x, 1) for x in mark["/Rect"]], str(mark.get("/Contents", "")))
        for number, page in enumerate(pypdf.PdfReader(io.BytesIO(data)).pages, 1)
        for each in page.get("/Annots", [])
        if (mark := each.get_object())["/Subtype"] in ("/Highlight", "/Text")
    ]


def shown(data: bytes, marks: bool = False) -> list[bytes]:
    document = pypdfium2.PdfDocument(data)
    return [page.render(scale=1, may_draw_forms=marks, draw_annots=marks).to_numpy().tobytes() for page in document]


def test_a_highlight_lies_on_the_words_and_the_file_stays():
    data = pdf()
    result = mark(data, document_of(ORIGIN), [finding(AT)])
    assert result.data.startswith(data), "what was there stays, byte for byte"
    ((page, rect, note),) = highlights(result.data)
    assert (page, rect) == (1, [50, 198, 110, 212])
    assert note.splitlines() == ["【错误】数额不符", "不符。", "计算过程：1 ≠ 2", "编号：N301-1"]
    assert shown(data) == shown(result.data), "pages look the same without the notes"
    assert shown(data, marks=True)[0] != shown(result.data, marks=True)[0], "and the highlight is seen with them"
    assert shown(data, marks=True)[1] == shown(result.data, marks=True)[1]
    before, after = pypdf.PdfReader(io.BytesIO(data)), pypdf.PdfReader(io.BytesIO(result.data))
    assert [p.extract_text() for p in before.pages] == [p.extract_text() for p in after.pages]
    assert [p.get_contents().get_data() for p in before.pages] == [p.get_contents().get_data() for p in after.pages]


def test_words_on_two_lines_and_pages_get_a_highlight_each_and_one_note():
    first = Origin(0, 4, page=1, box=(300, 280, 340, 294), edges=(300, 310, 320, 330, 340))
    second = Origin(4, 12, page=2, box=(50, 10, 130, 24), edges=tuple(50 + 10 * n for n in range(9)))
    found = highlights(mark(pdf(), document_of(first, second), [finding(AT)]).data)
    assert [(page, rect) for page, rect, _ in found] == [(1, [300, 6, 340, 20]), (2, [50, 276, 70, 290])]
    assert [bool(note) for *_, note in found] == [True, False]


@pytest.mark.parametrize(
    ("rotation", "rect"),
    [(0, [60, 218, 120, 232]), (90, [108, 60, 122, 120]), (180, [280, 108, 340, 122]), (270, [278, 220, 292, 280])],
)
def test_pages_that_are_turned_and_cropped(rotation, rect):
    """The box is that of the page as displayed, within its crop box (10 points smaller on the left, 20 at the bottom)."""
    crop = (10.0, 20.0, 390.0, 320.0 - 20)
    box = (50, 88 - 20, 140, 102 - 20) if rotation == 0 else (50, 88, 140, 102)
    origin = replace(ORIGIN, box=box)
    ((_, found, _),) = highlights(mark(pdf(rotation, crop), document_of(origin), [finding(AT)]).data)
    width, height = (380, 280)
    left, top, right, bottom = 50, box[1], 110, box[3]
    expected = {
        0: [10 + left, 20 + height - bottom, 10 + right, 20 + height - top],
        90: [10 + top, 20 + left, 10 + bottom, 20 + right],
        180: [10 + width - right, 20 + top, 10 + width - left, 20 + bottom],
        270: [10 + width - bottom, 20 + height - right, 10 + width - top, 20 + height - left],
    }[rotation]
    assert found == expected
    assert rect


def test_a_finding_without_a_box_becomes_a_note_on_the_first_page():
    result = mark(pdf(), document_of(ORIGIN), [finding(), finding()])
    assert (result.placed, result.unplaced) == (0, 2)
    assert [page for page, *_ in highlights(result.data)] == [1, 1]


def test_locked_and_broken_files_are_refused():
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf()))
    writer.encrypt("", "owner", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    with pytest.raises(MarkingError, match="去掉限制"):
        mark(buffer.getvalue(), document_of(ORIGIN), [finding(AT)])
    with pytest.raises(MarkingError, match="另存"):
        mark(b"%PDF-1.4\n%%EOF", document_of(ORIGIN), [finding(AT)])
