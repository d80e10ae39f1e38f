"""Files made to harm: each is refused with one clear line, or read, in bounded time and memory."""

from __future__ import annotations

import io
import resource
import time
import zipfile
from contextlib import contextmanager, suppress

import pytest

from assistant.reading import UnreadableError, read_bytes
from assistant.reading.formats import source_of
from tests.reading import office
from tests.reading.office import archive, docx, paragraph, table, xlsx

HEAD = paragraph("某县粮食局2023年度部门决算") + paragraph("2023年度收入决算120.50万元。")


@contextmanager
def bounded(seconds: float = 10, megabytes: int = 600):
    """Fail where more time or much more memory is taken."""
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    yield
    assert time.perf_counter() - start < seconds
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < megabytes * 1024


def refused(data: bytes, name: str = "报告.docx") -> str:
    with bounded(), pytest.raises(UnreadableError) as caught:
        read_bytes(data, name)
    message = str(caught.value)
    assert "\n" not in message
    assert "请" in message
    return message


def bomb(name: str, content: bytes, times: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file, file.open(name, "w") as member:
        for _ in range(times):
            member.write(content)
    return buffer.getvalue()


@pytest.mark.parametrize("name", ["word/document.xml", "xl/workbook.xml", "a.txt", "OFD.xml"])
def test_a_zip_bomb(name):
    refused(bomb(name, b"0" * 1_000_000, 300))


def test_a_zip_bomb_that_lies_about_its_size():
    data = bytearray(bomb("word/document.xml", b"0" * 1_000_000, 50))
    place = data.rindex(b"PK\x01\x02")
    data[place + 24 : place + 28] = (1000).to_bytes(4, "little")
    refused(bytes(data))


def test_very_many_members():
    refused(archive({f"{n}.txt": b"" for n in range(6000)}), "a.zip")


ENTITIES = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(10)
) + "]>"  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_that_multiply(encoding):
    body = f"<?xml version='1.0' encoding='{encoding}'?>{ENTITIES}<w:document {office.SPACES}><w:body><w:p><w:r><w:t>&k;</w:t></w:r></w:p></w:body></w:document>"
    assert "实体" in refused(office.package("word/document.xml", {"word/document.xml": body.encode(encoding)}, {}))
    sheet = f"{ENTITIES}<worksheet xmlns='{office.S}'><sheetData><row><c t='str'><v>&k;</v></c></row></sheetData></worksheet>"
    book = xlsx({"表": ""})
    parts = {
        name: zipfile.ZipFile(io.BytesIO(book)).read(name) for name in zipfile.ZipFile(io.BytesIO(book)).namelist()
    }
    assert "实体" in refused(archive({**parts, "xl/worksheets/s1.xml": sheet}), "a.xlsx")


def test_files_and_addresses_outside_are_never_fetched(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("机密", encoding="utf-8")
    external = f"<!DOCTYPE x [<!ENTITY s SYSTEM '{secret.as_uri()}'>]>"
    body = f"{external}<w:document {office.SPACES}><w:body><w:p><w:r><w:t>&s;</w:t></w:r></w:p></w:body></w:document>"
    assert "机密" not in refused(office.package("word/document.xml", {"word/document.xml": body}, {}))
    linked = docx(HEAD)
    relation = f"<Relationships xmlns='{office.PACKAGE}/relationships'><Relationship Id='r9' Type='{office.R}/attachedTemplate' Target='http://192.0.2.1/x.dotm' TargetMode='External'/><Relationship Id='r8' Type='{office.R}/numbering' Target='{secret.as_uri()}'/></Relationships>"
    parts = {
        name: zipfile.ZipFile(io.BytesIO(linked)).read(name) for name in zipfile.ZipFile(io.BytesIO(linked)).namelist()
    }
    assert read_bytes(archive({**parts, "word/_rels/document.xml.rels": relation}), "a.docx").year == 2023
    page = f"<!DOCTYPE html SYSTEM '{secret.as_uri()}'><html><p>某局2023年部门决算，决算收入1万元。</p><img src='http://192.0.2.1/x'><iframe src='{secret.as_uri()}'></iframe></html>"
    assert "机密" not in "".join(read_bytes(page.encode(), "a.html").lines)


@pytest.mark.parametrize("kind", ["docx", "xlsx", "zip"])
def test_files_that_were_cut_off(kind):
    whole = {"docx": docx(HEAD), "xlsx": xlsx({"表": "<sheetData/>"}), "zip": archive({"a.docx": docx(HEAD)})}[kind]
    for size in (4, 30, len(whole) // 2, len(whole) - 10):
        refused(whole[:size], f"a.{kind}")


def test_files_with_damaged_bytes():
    whole = docx(HEAD * 50)
    for place in range(40, len(whole), max(len(whole) // 60, 1)):
        data = bytearray(whole)
        data[place] ^= 0xFF
        with suppress(UnreadableError):
            read_bytes(bytes(data), "a.docx")


@pytest.mark.parametrize("name", ["报告.txt", "报告.pdf", "报告.xlsx", "报告", "报告.docx.exe"])
def test_the_content_decides_and_not_the_name(name):
    assert read_bytes(docx(HEAD), name).year == 2023


def test_a_hundred_thousand_empty_paragraphs():
    with bounded():
        document = read_bytes(docx(HEAD + "<w:p/>" * 100_000), "a.docx")
    assert len(document.lines) < 10


def test_tables_in_tables_in_tables():
    deep = paragraph("底")
    for _ in range(20):
        deep = table(["甲", office.cell(deep + "<w:p/>")], ["乙", "1.00"])
    with bounded():
        assert any("底" in line for line in source_of(docx(HEAD + deep), "a.docx").lines)
    for _ in range(400):
        deep = f"<w:tbl><w:tr><w:tc>{deep}<w:p/></w:tc></w:tr></w:tbl>"
    assert "嵌套过深" in refused(docx(HEAD + deep))


@pytest.mark.parametrize("tag", ["div", "span", "table", "font"])
def test_a_page_nested_without_end(tag):
    inner = f"<{tag}><tr><td>" if tag == "table" else f"<{tag}>"
    page = "<html><p>某局2023年部门决算，决算收入1万元。</p>" + inner * 5_000 + "底"
    with bounded(), suppress(UnreadableError):
        read_bytes(page.encode(), "a.html")


@pytest.mark.parametrize(
    "attribute", ["rowspan=1000000000", "colspan=1000000000", "rowspan=-1", "colspan=x", "rowspan=0"]
)
def test_absurd_spans(attribute):
    rows = f"<tr><td {attribute}>甲</td><td>1.00</td></tr>" + "<tr><td>乙</td><td>2.00</td></tr>" * 50
    with bounded():
        source_of(f"<html><table>{rows}</table></html>".encode(), "a.html")


def test_an_absurd_grid_span():
    wide = office.cell("甲", "<w:gridSpan w:val='99999999'/>")
    with bounded():
        source_of(docx(table([wide, wide], ["乙", "1.00"])), "a.docx")


def test_formulas_are_text_and_never_run():
    calls = ["=cmd|'/c calc'!A1", '=HYPERLINK("http://192.0.2.1","决算")', "@SUM(1)", "+1+1", "-2+3"]
    cells = "".join(f"<c t='str'><v>{office.escape(text)}</v></c>" for text in calls)
    lines = source_of(
        xlsx({"表": f"<sheetData><row>{cells}</row><row><c t='str'><v>甲</v></c><c><v>1</v></c></row></sheetData>"}),
        "a",
    ).lines
    assert any(all(text in line for text in calls) for line in lines)


def test_control_characters_and_markup_in_names():
    sheet = "<sheetData><row><c t='str'><v>收入决算表 决算</v></c><c><v>1</v></c></row></sheetData>"
    document = read_bytes(xlsx({"[/red]&amp;!'\u202e": sheet}), "a.xlsx")
    assert document.origins


@pytest.mark.parametrize("stream", ["EncryptedPackage", "PowerPoint Document", "Nothing"])
def test_compound_files(stream):
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(500)
    assert ("密码" in refused(data)) == (stream == "EncryptedPackage")


def test_a_damaged_old_workbook():
    refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "Workbook".encode("utf-16-le") + bytes(5000), "a.xls")


def test_other_office_files_say_what_to_do():
    assert "演示文稿" in refused(archive({"[Content_Types].xml": "<a/>", "ppt/presentation.xml": "<a/>"}))
    assert "不完整" in refused(archive({"[Content_Types].xml": "<a/>"}))
    assert "OFD" in refused(archive({"OFD.xml": "<a/>"}), "a.ofd")


def test_an_html_tag_with_very_many_attributes():
    many = " ".join(f"a{n}=1" for n in range(300_000))
    page = f"<html><meta charset='utf-8'><p>某局2023年度部门决算，决算收入1.00万元。</p><p {many}>x</p></html>"
    assert "属性" in refused(page.encode(), "a.html")


def ods(rows: str) -> bytes:
    spaces = "xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0' xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'"
    content = f"<?xml version='1.0'?><office:document-content {spaces} office:version='1.2'><office:body><office:spreadsheet><table:table table:name='表'>{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    manifest = "<manifest:manifest xmlns:manifest='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'><manifest:file-entry manifest:full-path='/' manifest:media-type='application/vnd.oasis.opendocument.spreadsheet'/></manifest:manifest>"
    return archive({
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": manifest.encode(), "content.xml": content.encode(),
    })  # fmt: skip


def ods_row(text: str, rows: int = 1, columns: int = 1) -> str:
    shown = f"<text:p>{text}</text:p>" if text else ""
    return f"<table:table-row table:number-rows-repeated='{rows}'><table:table-cell office:value-type='string' table:number-columns-repeated='{columns}'>{shown}</table:table-cell></table:table-row>"


@pytest.mark.parametrize(("rows", "columns"), [(1_048_576, 1), (1_000, 16_000), (99_999_999, 2)])
def test_ods_rows_that_repeat(rows, columns):
    assert "重复" in refused(ods(ods_row("青禾市2023年度部门决算收入1.00万元", rows, columns)), "a.ods")


def test_empty_ods_rows_may_repeat():
    told = ods_row("青禾市粮食局2023年度部门决算") + ods_row("2023年度收入决算120.50万元", 3)
    with bounded():
        assert read_bytes(ods(told + ods_row("", 1_048_000)), "a.ods").title
