"""The automatic numbers of a Word file as they are printed: 一、 （一） 1. （1） ①.

Word keeps a number as a level of a list; what is printed follows from how many paragraphs of the list stand before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from assistant.reading.xmlfile import attribute, child, local

LEVELS: Final = 9
_PLACE = re.compile(r"%([1-9])")
_DIGITS: Final = "〇一二三四五六七八九"
_LEGAL: Final = "零壹贰叁肆伍陆柒捌玖"
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
_COUNTED: Final = frozenset(
    {
        "chineseCounting", "chineseCountingThousand", "japaneseCounting", "koreanCounting",
        "taiwaneseCounting", "taiwaneseCountingThousand", "japaneseDigitalTenThousand",
    }
)  # fmt: skip
_SINGLE: Final = frozenset({"ideographDigital", "taiwaneseDigital", "koreanDigital"})
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how it counts, what is printed (``%1、``), from where, and the style that is numbered by it."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    style: str = ""
    legal: bool = False
    keeps: bool = False


@dataclass(slots=True)
class Numbering:
    """The lists of one document while it is read from top to bottom."""

    lists: dict[str, dict[int, Level]] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    restarts: dict[tuple[str, int], int] = field(default_factory=dict)
    styles: dict[str, etree._Element] = field(default_factory=dict)
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, paragraph: etree._Element) -> str:
        """What is printed before a paragraph; counts it. Empty for one without a number, and for bullets."""
        number, depth = self._place(paragraph)
        name = self.numbers.get(number, "")
        levels = self.lists.get(name, {})
        if depth not in levels:
            return ""
        counts = self._counts.setdefault(name, [None] * LEVELS)
        restart = self.restarts.get((number, depth))
        count = counts[depth]
        if restart is not None and (number, depth) not in self._begun:
            self._begun.add((number, depth))
            counts[depth] = restart
        else:
            counts[depth] = levels[depth].start if count is None else count + 1
        for deeper in range(depth + 1, LEVELS):
            if deeper in levels and not levels[deeper].keeps:
                counts[deeper] = None
        for upper in range(depth):
            if counts[upper] is None and upper in levels:
                counts[upper] = levels[upper].start
        return _printed(levels, counts, depth)

    def outline(self, paragraph: etree._Element) -> int:
        """The depth of a heading by its outline level or that of its style, from 1; 0 for what is no heading."""
        properties = child(paragraph, "pPr")
        if properties is None:
            return 0
        own, style = child(properties, "outlineLvl"), child(properties, "pStyle")
        name = attribute(style, "val") if style is not None else ""
        for _ in range(12):
            if own is not None:
                level = _integer(attribute(own, "val"), LEVELS)
                return level + 1 if level < 6 else 0
            found = self.styles.get(name)
            if found is None:
                return 0
            own, based = child(found, "pPr", "outlineLvl"), child(found, "basedOn")
            name = attribute(based, "val") if based is not None else ""
        return 0

    def _place(self, paragraph: etree._Element) -> tuple[str, int]:
        """The list and level of a paragraph: its own, else those of its style."""
        properties = child(paragraph, "pPr")
        own = child(properties, "numPr") if properties is not None else None
        style = child(properties, "pStyle") if properties is not None else None
        name = attribute(style, "val") if style is not None else ""
        number, depth = _numbered(own)
        if number:
            return number, depth or 0
        for _ in range(12):  # a style may be based on another, and by mistake on itself
            found = self.styles.get(name)
            if found is None:
                return "", 0
            number, level = _numbered(child(found, "pPr", "numPr"))
            if number:
                levels = self.lists.get(self.numbers.get(number, ""), {})
                linked = next((i for i, each in levels.items() if each.style == name), None)
                return number, next(i for i in (depth, level, linked, 0) if i is not None)
            based = child(found, "basedOn")
            name = attribute(based, "val") if based is not None else ""
        return "", 0


def read_numbering(root: etree._Element | None, styles: etree._Element | None) -> Numbering:
    """The lists of a document, from its numbering and style parts."""
    result = Numbering()
    for each in root if root is not None else ():
        if local(each) == "abstractNum":
            result.lists[attribute(each, "abstractNumId")] = {
                _integer(attribute(level, "ilvl")): _level(level) for level in each if local(level) == "lvl"
            }
    for each in root if root is not None else ():
        if local(each) == "num":
            _read_number(each, result)
    for each in styles if styles is not None else ():
        if local(each) == "style" and attribute(each, "type") == "paragraph":
            result.styles[attribute(each, "styleId")] = each
    return result


def _read_number(element: etree._Element, result: Numbering) -> None:
    number = attribute(element, "numId")
    based = child(element, "abstractNumId")
    name = attribute(based, "val") if based is not None else ""
    changed: dict[int, Level] = {}
    for override in element:
        if local(override) != "lvlOverride":
            continue
        depth = _integer(attribute(override, "ilvl"))
        start, level = child(override, "startOverride"), child(override, "lvl")
        if start is not None:
            result.restarts[number, depth] = _integer(attribute(start, "val"), 1)
        if level is not None:
            changed[depth] = _level(level)
    if changed:
        result.lists[f"{name}/{number}"] = {**result.lists.get(name, {}), **changed}
        name = f"{name}/{number}"
    result.numbers[number] = name


def _level(element: etree._Element) -> Level:
    values = {local(each): attribute(each, "val") for each in element}
    form = child(element, "numFmt")
    if form is None:
        form = child(element, "AlternateContent", "Fallback", "numFmt")
    return Level(
        form=attribute(form, "val") if form is not None else values.get("numFmt", "decimal"),
        text=values.get("lvlText", ""),
        start=_integer(values.get("start", ""), 1),
        style=values.get("pStyle", ""),
        legal="isLgl" in values and values["isLgl"] not in ("0", "false"),
        keeps=values.get("lvlRestart") == "0",
    )


def _numbered(properties: etree._Element | None) -> tuple[str, int | None]:
    if properties is None:
        return "", None
    number, depth = child(properties, "numId"), child(properties, "ilvl")
    level = _integer(attribute(depth, "val")) if depth is not None else None
    return (attribute(number, "val") if number is not None else ""), level


def _integer(text: str, otherwise: int = 0) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else otherwise


def _printed(levels: dict[int, Level], counts: list[int | None], depth: int) -> str:
    level = levels[depth]
    if level.form in ("bullet", "none"):
        return ""

    def count(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        if place > depth or place not in levels:
            return ""
        form = "decimal" if level.legal else levels[place].form
        return print_number(counts[place] or 0, form)

    return _PLACE.sub(count, level.text)


def print_number(number: int, form: str) -> str:
    """A number the way a list prints it; ``form`` is the name that the file format has for it."""
    if form in _COUNTED:
        return _counting(number)
    if form in _SINGLE:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    if form == "chineseLegalSimplified":
        return "".join(_LEGAL[int(digit)] for digit in str(number)) if number > 10 else (_LEGAL + "拾")[number]
    if form.startswith("decimalEnclosedCircle") and 0 < number <= 20:
        return chr(0x2460 + number - 1)
    if form == "decimalEnclosedParen" and 0 < number <= 20:
        return chr(0x2474 + number - 1)
    if form == "decimalEnclosedFullstop" and 0 < number <= 20:
        return chr(0x2488 + number - 1)
    if form == "decimalZero":
        return f"{number:02d}"
    if form == "decimalFullWidth":
        return "".join(chr(0xFF10 + int(digit)) for digit in str(number))
    return _lettered(number, form)


def _lettered(number: int, form: str) -> str:
    if form in ("ideographTraditional", "ideographZodiac") and number > 0:
        signs = _STEMS if form == "ideographTraditional" else _BRANCHES
        return signs[(number - 1) % len(signs)]
    if form in ("upperLetter", "lowerLetter") and number > 0:
        letter = chr(0x61 + (number - 1) % 26) * min((number - 1) // 26 + 1, 9)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("upperRoman", "lowerRoman") and 0 < number < 4000:
        text = ""
        for value, sign in _ROMAN:
            text += sign * (number // value)
            number %= value
        return text.upper() if form == "upperRoman" else text
    return str(number)


def _counting(number: int) -> str:
    """一 … 十, 十一 … 九十九, then hundreds with their tens."""
    if number >= 1000:
        return str(number)
    hundreds, rest = divmod(number, 100)
    text = _DIGITS[hundreds] + "百" if hundreds else ""
    tens, ones = divmod(rest, 10)
    if tens:
        text += (_DIGITS[tens] if tens > 1 or hundreds else "") + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones or not number else "")
