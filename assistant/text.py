"""Text as it comes out of files: normalisation that keeps every position, cleaning, and display width.

``normalise`` maps one character to one character, so that an offset in the result is an offset in the source; whatever
changes lengths (removing tags or blanks) happens on copies that are used for comparison only, never for places.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from wcwidth import wcswidth, wcwidth

_FULLWIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_ONE_TO_ONE: Final = {
    **_FULLWIDTH,
    0x3000: 0x20,
    0x00A0: 0x20,
    0x2002: 0x20,
    0x2003: 0x20,
    0x2009: 0x20,
    0x202F: 0x20,
    0xFEFF: 0x20,
    0x200B: 0x20,
    0x2212: 0x2D,
    0x3014: 0x28,
    0x3015: 0x29,
    0x2F08: 0x4EBA,  # ⼈ ⼊ ⼆ …: radicals that some PDF fonts give for the common characters
    0x2F0A: 0x5165,
    0x2F06: 0x4E8C,
    0x2F00: 0x4E00,
    0x2F17: 0x5341,
    0x2F24: 0x5927,
    0x2F29: 0x5C0F,
    0x2F42: 0x6587,
    0x2F45: 0x65B9,
    0x2F47: 0x65E5,
    0x2F49: 0x6708,
    0x2F54: 0x6C34,
    0x2F63: 0x751F,
    0x2F64: 0x7528,
    0x2F9A: 0x898B,
    0x2FA6: 0x91D1,
    0x2F83: 0x81EA,
    0x2F8F: 0x884C,
    0x2FAF: 0x9762,
}

_TAG = re.compile(
    r"</?(?:del|u|b|i|s|sup|sub|strong|em|span|br|p|font)\b[^<>]{0,40}/?>|&(?:nbsp|ensp|emsp|thinsp);", re.IGNORECASE
)
_BLANK = re.compile(r"[\s\\|_*`]+")
_LINE_BREAK = re.compile(r"[\t\n\r\f\v\x1c-\x1e\x85\u2028\u2029]")
_LABEL = 60
_PARAGRAPH = 4_000
_CJK = re.compile(r"[㐀-鿿]")
_NOT_CHINESE = re.compile(r"[^一-鿿]")


def normalise(text: str) -> str:
    """Full-width forms, odd blanks and CJK radicals to their plain forms; the length never changes."""
    if text.isascii():
        return text
    return _normalised(text) if len(text) <= _PARAGRAPH else _normalised_long(text)


@lru_cache(maxsize=8_192)
def _normalised(text: str) -> str:
    """Many rules look at the same paragraphs and cells; what is longer is none."""
    return text.translate(_ONE_TO_ONE)


@lru_cache(maxsize=32)
def _normalised_long(text: str) -> str:
    """Of paragraphs out of all measure only the last few are kept: a rule asks again for the same one at each of its statements."""
    return text.translate(_ONE_TO_ONE)


def flatten(text: str) -> str:
    """The text on one line: line breaks and tabs become blanks; the length never changes."""
    return _LINE_BREAK.sub(" ", text)


def clean(text: str) -> str:
    """The text of a cell for reading: tags and markup removed, blanks folded. Positions are lost."""
    plain = normalise(text)
    if "<" in plain or "&" in plain:
        plain = _TAG.sub("", plain)
    return _BLANK.sub(" ", plain).strip()


def squeeze(text: str) -> str:
    """The text for comparing labels: cleaned and without any blanks (``合 计`` → ``合计``)."""
    return _squeezed(text) if len(text) <= _LABEL else clean(text).replace(" ", "")


@lru_cache(maxsize=16_384)
def _squeezed(label: str) -> str:
    """Labels are compared again and again; longer texts are not worth keeping."""
    return clean(label).replace(" ", "")


def chinese(text: str) -> str:
    """The Chinese characters of a text without anything between them, for comparing titles."""
    return _NOT_CHINESE.sub("", text)


def has_cjk(text: str) -> bool:
    """Whether the text has at least one Chinese character."""
    return _CJK.search(text) is not None


def width(text: str) -> int:
    """The number of terminal columns that ``text`` takes."""
    measured = wcswidth(text)
    return measured if measured >= 0 else sum(max(wcwidth(char), 0) for char in text)


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """Fill ``text`` with blanks to ``columns`` terminal columns (on the left when ``right`` aligned)."""
    fill = " " * max(columns - width(text), 0)
    return fill + text if right else text + fill


def shorten(text: str, columns: int) -> str:
    """Cut ``text`` to at most ``columns`` terminal columns, ending in … where something was cut."""
    if width(text) <= columns:
        return text
    taken, used = [], 0
    for char in text:
        step = max(wcwidth(char), 0)
        if used + step > columns - 1:
            break
        taken.append(char)
        used += step
    while taken and width("".join(taken)) > columns - 1:
        taken.pop()  # characters that are wider together (emoji with a variation sign)
    return "".join(taken) + "…"
