"""Numbered headings and items: the lists that their numbers make."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.document import Document
from assistant.passages import Passage, Place, once, passages
from assistant.reading.sections import numbering
from assistant.text import normalise

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")}
_NUMBERED = re.compile(r"[\s#>*\-]*[(第一二三四五六七八九十\d]")
_NAME = re.compile(r"[^。；;，,：:]{0,24}")
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered heading or paragraph: the shape of its number, its value, and what stands after it."""

    level: int
    shape: str
    value: int
    name: str
    line: int
    place: Place


def numbered_lists(document: Document) -> list[list[Item]]:
    """The lists of numbers of one shape, each under one heading, in the order in which they end."""
    return once(document, "numbered_lists", lambda: list(_lists(list(_items(document)))))


def _items(document: Document) -> Iterator[Item]:
    """All numbered lines in the order of the file; unnumbered headings as level 1."""
    read = [item for passage in passages(document, "paragraph", "heading") if (item := _item(passage))]
    yield from sorted(read, key=lambda item: item.line)


def _item(passage: Passage) -> Item | None:
    level, printed = numbering(passage.exact) if _NUMBERED.match(passage.text) else (0, "")
    if not level and passage.kind == "paragraph":
        return None
    if not level or level == 1:
        return Item(1, "", 0, "", passage.span(0, 1).line, Place(passage, 0, 1))
    value = _value(re.sub(r"[^一二三四五六七八九十\d]", "", normalise(printed)))
    if level > 5 or value is None:
        return None
    start = passage.text.find(normalise(printed))
    rest = _NAME.match(passage.text, start + len(printed))
    name = rest[0].strip() if rest else ""
    shape = re.sub(r"[一二三四五六七八九十\d\s]+", "#", normalise(printed))
    end = start + len(printed) + len(rest[0] if rest else "")
    place = Place(passage, max(start, 0), min(end, len(passage.text)))
    return Item(level, shape, value, _BLANK.sub("", name), passage.span(max(start, 0), place.end).line, place)


def _value(digits: str) -> int | None:
    if digits.isascii():
        return int(digits) if digits else None
    tens, _, ones = digits.rpartition("十") if "十" in digits else ("", "", digits)
    if any(char not in _DIGITS for char in tens + ones) or len(tens) > 1 or len(ones) > 1:
        return None
    return (_DIGITS.get(tens, 1) * 10 if "十" in digits else 0) + (_DIGITS[ones] if ones else 0)


def _lists(items: Sequence[Item]) -> Iterator[list[Item]]:
    """The lists: numbers of one shape that no heading of a higher level parts; each begins anew where it falls back."""
    open_lists: dict[tuple[int, str], list[Item]] = {}
    for item in items:
        for key in [key for key in open_lists if key[0] > item.level]:
            yield open_lists.pop(key)
        if item.level == 1:
            continue
        current = open_lists.setdefault((item.level, item.shape), [])
        if current and item.value < current[-1].value:
            yield open_lists[(item.level, item.shape)]
            current = open_lists[(item.level, item.shape)] = []
        current.append(item)
    yield from open_lists.values()
