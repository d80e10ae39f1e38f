"""A small writer of PDF files for tests: text in the standard Chinese font, lines, rotated pages, encryption marks."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field


@dataclass
class Page:
    """A page; coordinates in points from the upper left corner as the reader sees it before any rotation."""

    width: float = 595
    height: float = 842
    rotate: int = 0
    origin: tuple[float, float] = (0, 0)
    parts: list[bytes] = field(default_factory=list)

    def text(self, x: float, y: float, text: str, size: float = 12, mode: int = 0, spacing: float = 0) -> Page:
        """Text whose upper left corner is at ``x``, ``y``. ``mode`` 3 is invisible; ``spacing`` lies between characters."""
        left, bottom = x + self.origin[0], self.height - y - 0.88 * size + self.origin[1]
        code = text.encode("utf-16-be").hex()
        self.parts.append(
            f"BT {mode} Tr {spacing:g} Tc /F1 {size:g} Tf 1 0 0 1 {left:.2f} {bottom:.2f} Tm <{code}> Tj ET".encode()
        )
        return self

    def slanted(self, x: float, y: float, text: str, size: float = 12, up: float = 0) -> Page:
        """Text in made-up italics (a sheared matrix), or with ``up`` on a base line that rises by so much for each point."""
        left, bottom = x + self.origin[0], self.height - y - 0.88 * size + self.origin[1]
        code = text.encode("utf-16-be").hex()
        self.parts.append(
            f"BT 0 Tr 0 Tc /F1 {size:g} Tf 1 {up:g} {0.34 - up:g} 1 {left:.2f} {bottom:.2f} Tm <{code}> Tj ET".encode()
        )
        return self

    def turned_text(self, x: float, y: float, text: str, size: float = 12) -> Page:
        """Text that runs upwards from ``x``, ``y`` (the lower left corner of its first character)."""
        code = text.encode("utf-16-be").hex()
        self.parts.append(
            f"BT 0 Tr 0 Tc /F1 {size:g} Tf 0 1 -1 0 {x + 0.88 * size:.2f} {self.height - y:.2f} Tm <{code}> Tj ET".encode()
        )
        return self

    def line(self, x0: float, y0: float, x1: float, y1: float) -> Page:
        """A stroked line."""
        a, b = self.origin
        self.parts.append(
            f"0.5 w {x0 + a:.2f} {self.height - y0 + b:.2f} m {x1 + a:.2f} {self.height - y1 + b:.2f} l S".encode()
        )
        return self

    def bar(self, x0: float, y0: float, x1: float, y1: float, colour: str = "0 g") -> Page:
        """A filled rectangle."""
        a, b = self.origin
        self.parts.append(
            f"q {colour} {x0 + a:.2f} {self.height - y1 + b:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re f Q".encode()
        )
        return self

    def raw(self, content: str) -> Page:
        """Content as it is."""
        self.parts.append(content.encode())
        return self

    def grid(self, xs: list[float], ys: list[float], rows: list[list[str]], size: float = 9, **options: bool) -> Page:
        """A ruled table. ``bars``: thin rectangles for lines; ``open_sides``: no outer upright lines; ``open_top``: no line on top."""
        draw = self.bar if options.get("bars") else self.line
        thick = 0.6 if options.get("bars") else 0
        for y in ys[1:] if options.get("open_top") else ys:
            draw(xs[0], y, xs[-1], y + thick)
        for x in xs[1:-1] if options.get("open_sides") else xs:
            draw(x, ys[0], x + thick, ys[-1])
        for y, row in zip(ys, rows, strict=False):
            for i, text in enumerate(row):
                width = sum(size if ord(c) > 127 else size / 2 for c in text)
                right = text[:1].isdigit() and i > 0
                self.text(xs[i + 1] - width - 2 if right else xs[i] + 2, y + 3, text, size)
        return self


def pdf(*pages: Page, images: bool = False) -> bytes:
    """The pages as a file; with ``images`` every page is covered by a grey picture."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>"
    )
    objects.append(
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) "
        b"/Ordering (GB1) /Supplement 2 >> /DW 1000 /W [1 95 500 814 939 500] /FontDescriptor 5 0 R >>"
    )
    objects.append(
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 "
        b"/Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
    )
    picture = zlib.compress(bytes([200]) * 100)
    objects.append(
        b"<< /Type /XObject /Subtype /Image /Width 10 /Height 10 /ColorSpace /DeviceGray /BitsPerComponent 8 "
        b"/Filter /FlateDecode /Length " + str(len(picture)).encode() + b" >>\nstream\n" + picture + b"\nendstream"
    )
    kids = []
    for page in pages:
        a, b = page.origin
        content = b"\n".join(page.parts)
        if images:
            content = f"q {page.width} 0 0 {page.height} 0 0 cm /I1 Do Q\n".encode() + content
        number = len(objects) + 1
        kids.append(f"{number} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{a} {b} {a + page.width} {b + page.height}] /Rotate {page.rotate} "
            f"/Resources << /Font << /F1 3 0 R >> /XObject << /I1 6 0 R >> >> /Contents {number + 1} 0 R >>".encode()
        )
        objects.append(b"<< /Length " + str(len(content)).encode() + b" >>\nstream\n" + content + b"\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    return written(objects)


def written(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """Objects numbered from 1 as a file with its cross reference table."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R ".encode() + trailer + b">>\n"
    return bytes(out + f"startxref\n{start}\n%%EOF\n".encode())
