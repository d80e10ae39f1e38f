"""Laying out Chinese text on a terminal: what may be printed, where a line may break, and colours.

A line never starts with closing punctuation, never ends with an opening bracket, and never splits a number,
because a split number reads as two valid smaller ones.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from assistant.text import width

CLOSING: Final = frozenset("、，。；：？！）》”’】〕〉」』…—·％‰℃,.;:?!)]}%")
OPENING: Final = frozenset("（《“‘【〔〈「『([{￥¥")
DEFAULT_WIDTH: Final = 100
MINIMUM_WIDTH: Final = 40

_ESCAPES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_UNSEEN = re.compile(
    "[\x80-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\U000e0000-\U000e007f]"
)
"""What no one sees and a terminal obeys or joins: C1 controls, marks of direction, characters without width."""
_BLANKS = re.compile("[\t\u2028\u2029]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_NO_XML = re.compile("[\ufffe\uffff]")
_ATOM = re.compile(
    r"""[-+−]?\d(?:(?:[\d,，]|\.\ ?(?=\d))*\d)?(?:%|％|‰|万元|亿元|千元|元)?   # a figure with its unit
        |[A-Za-z]+                                             # a word
        |.""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Page:
    """What is printed on: its width in terminal columns, and whether it shows colours."""

    columns: int = DEFAULT_WIDTH
    colours: bool = False

    def paint(self, text: str, *styles: str) -> str:
        """``text`` in the given styles, or as it is where there are no colours."""
        if not self.colours or not styles or not text:
            return text
        return f"\x1b[{';'.join(_STYLES[style] for style in styles)}m{text}\x1b[0m"


_STYLES: Final = {
    "bold": "1", "dim": "2", "error": "31", "warning": "33", "info": "36", "good": "32", "title": "34",
}  # fmt: skip


def printable(text: str) -> str:
    """``text`` without anything that could steer a terminal, and with what is unseen shown as ``[U+202E]``; line breaks stay, tabs
    become blanks.
    """
    text = _ESCAPES.sub("", text.replace("\r\n", "\n"))
    text = _BLANKS.sub(" ", _CONTROLS.sub("", text))
    return _SURROGATES.sub("\ufffd", _UNSEEN.sub(lambda match: f"[U+{ord(match[0]):04X}]", text))


def escaped(text: str) -> str:
    """JSON with what is unseen in it written as escapes: the same values to a program, nothing to a terminal."""
    return _UNSEEN.sub(lambda match: json.dumps(match[0])[1:-1], text)


def markable(text: str) -> str:
    """``printable`` text without the characters that no XML or HTML file may hold."""
    return _NO_XML.sub("\ufffd", printable(text))


def inline(text: str) -> str:
    """``text`` fit for printing and on one line."""
    return " ".join(part.strip() for part in printable(text).split("\n") if part.strip())


def chunks(text: str) -> Iterator[str]:
    """The pieces of ``text`` between which a line may break; joined they are ``text``."""
    held = ""
    for match in _ATOM.finditer(text):
        atom = match[0]
        if held and not _sticks(held, atom):
            yield held
            held = ""
        held += atom
    if held:
        yield held


def _sticks(before: str, atom: str) -> bool:
    """Whether no line may break between the two."""
    last = before[-1]
    if last in OPENING or last == "\u200d":
        return True
    if atom[0] in CLOSING or atom == " " or atom[0] == "\u200d" or not width(atom):
        return True
    return last.isascii() and atom[0].isascii() and last not in " ,;:!?)]}" and atom[0] not in "+="


def wrap(text: str, columns: int) -> list[str]:
    """Break one paragraph into lines of at most ``columns``; joined they are ``text``.

    Blanks at the end of a line do not count. Only a number wider than ``columns`` makes a line that is too
    long; any other piece that is too wide is cut.
    """
    lines: list[str] = []
    line = ""
    for chunk in chunks(text):
        if line and width((line + chunk).rstrip(" ")) > columns:
            lines.append(line)
            line = ""
        if not line and width(chunk.rstrip(" ")) > columns:
            *full, line = _cut(chunk, columns)
            lines.extend(full)
        else:
            line += chunk
    return [*lines, line]


def _cut(chunk: str, columns: int) -> list[str]:
    """Cut a chunk that is too wide for a line, but no figure in it."""
    lines: list[str] = []
    line = ""
    for match in _ATOM.finditer(chunk):
        for atom in match[0] if match[0].isalpha() else (match[0],):
            if line and atom != " " and width(line + atom) > columns:
                lines.append(line)
                line = ""
            line += atom
    return [*lines, line]


def block(text: str, page: Page, *, first: str = "", rest: str | None = None) -> list[str]:
    """The paragraphs of ``text`` wrapped to the page; ``first`` leads the first line, ``rest`` the others."""
    follow = " " * width(first) if rest is None else rest
    room = max(page.columns - max(width(first), width(follow)), 10)
    wrapped = [line.rstrip(" ") for part in printable(text).split("\n") for line in wrap(part.strip(), room)]
    return [(follow if number else first) + line for number, line in enumerate(wrapped)]
