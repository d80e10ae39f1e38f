"""Word and Excel files built part by part, for tests of what readers make of them."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
MAIN = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def archive(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP archive with these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return buffer.getvalue()


def package(main: str, parts: dict[str, str | bytes], kinds: dict[str, str]) -> bytes:
    """An Office file: its main part, its other parts, and the kind of each part that the main one names."""
    folder, _, name = main.rpartition("/")
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{R}/{kind}" Target="{target}"/>'
        for n, (target, kind) in enumerate(kinds.items(), 1)
    )
    return archive(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/{main}" ContentType="{MAIN[main]}"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{R}/officeDocument" Target="{main}"/></Relationships>',
            f"{folder}/_rels/{name}.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
            **parts,
        }
    )


def docx(body: str, numbering: str = "", footnotes: str = "", styles: str = "") -> bytes:
    """A Word file with this body."""
    parts: dict[str, str | bytes] = {
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}<w:sectPr/></w:body></w:document>"
    }
    kinds = {}
    for kind, content in (("numbering", numbering), ("footnotes", footnotes), ("styles", styles)):
        if content:
            parts[f"word/{kind}.xml"] = f"<w:{kind} {SPACES}>{content}</w:{kind}>"
            kinds[f"{kind}.xml"] = kind
    return package("word/document.xml", parts, kinds)


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    held = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{held}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(content: str, properties: str = "") -> str:
    """A paragraph; plain text becomes one run."""
    content = content if content.startswith("<") else run(content)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{content}</w:p>"


def cell(content: str, properties: str = "") -> str:
    """A table cell."""
    content = content if content.startswith(("<w:p", "<w:tbl")) else paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def table(*rows: tuple[str, ...] | list[str]) -> str:
    """A table; plain texts become cells."""
    made = ("".join(each if each.startswith("<w:tc") else cell(each) for each in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in made)}</w:tbl>"


def xlsx(sheets: dict[str, str], styles: str = "", strings: str = "", hidden: tuple[str, ...] = ()) -> bytes:
    """A workbook; each sheet is given by the XML of its ``sheetData`` and what follows it."""
    parts: dict[str, str | bytes] = {}
    kinds: dict[str, str] = {}
    listed = ""
    for number, (name, content) in enumerate(sheets.items(), 1):
        parts[f"xl/worksheets/s{number}.xml"] = f'<worksheet xmlns="{S}">{content}</worksheet>'
        kinds[f"worksheets/s{number}.xml"] = "worksheet"
        state = ' state="hidden"' if name in hidden else ""
        listed += f'<sheet name="{escape(name)}" sheetId="{number}"{state} r:id="rId{number}"/>'
    for kind, content in (("styles", styles), ("sharedStrings", strings)):
        if content:
            root = "styleSheet" if kind == "styles" else "sst"
            parts[f"xl/{kind}.xml"] = f'<{root} xmlns="{S}">{content}</{root}>'
            kinds[f"{kind}.xml"] = kind
    parts["xl/workbook.xml"] = f'<workbook xmlns="{S}" xmlns:r="{R}"><sheets>{listed}</sheets></workbook>'
    return package("xl/workbook.xml", parts, kinds)
