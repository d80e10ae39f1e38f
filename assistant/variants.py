"""Rare variants: a text that differs by one character from how the same document writes it, between the same neighbours.

A report says most of its phrases many times. Where all other places go on after the same characters with the same
character, and one place leaves it out, doubles it, puts another there or swaps it with the next, and goes on like the
others, that place is looked at. It counts only where a word is broken by it: 合同金 beside 合同金额, 协词 beside 协调; a phrase
that is merely shorter or about something else breaks none.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.words import is_word, sound_alike, within_word

KEPT = 2
"""Characters before the place in question that are told with it."""

AFTER = 3
"""Characters behind the place in question that are looked at."""


@dataclass(frozen=True, slots=True)
class Witness:
    """What speaks against an odd place: the characters before it that must be the same (``before``), the places that write it
    otherwise after them (``often``), and how many times as many as the odd ones these must be (``share``)."""

    before: int
    often: int
    share: int


WITNESSES = (Witness(3, 3, 3), Witness(9, 1, 1))
"""A phrase that the document has often; a sentence that stands twice."""

_CHINESE = re.compile(r"[一-鿿]+")
_LINE = re.compile(r"[^\n]+")
_SHORT_NAME = re.compile(r"[省市州区县旗][一-鿿][局委办厅院]")
"""The short form of a body's name: 市交委 of 市交通委."""

_STOPS = re.compile(r"[\d,。;:]")
"""What follows a phrase at whose end a character is missing; a line's end or 、 may have parted it."""

_NUMERALS = frozenset("一二三四五六七八九十百千万亿零两")
_FREE = frozenset(
    "的了和与及或等在是为不有也将对把被各该本第年月日中上下内外前后其此我市县区省乡镇村街路已均都还又再更最仅只共约达到拟需须应可能会所以由从向于至并且"
)
"""Characters that are words by themselves: added or left out they break none."""

_NOUNS = frozenset("表图费款类项额率数量值人户次个家台辆套局办委厅院所站处室科部书会员件期批车房地物品级层版型号性化者")
"""Characters that end a name as well alone: 业务费 beside 业务经费, 决算表 beside 决算总表."""


@dataclass(frozen=True, slots=True)
class Variant:
    """An odd text: its place in the lines, how it is written, how the others write it, and how many they are."""

    start: int
    end: int
    wrong: str
    right: str
    others: int


@dataclass(frozen=True, slots=True)
class _Line:
    """A line's characters without blanks, and the place of each."""

    chars: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, text: str, start: int) -> _Line:
        kept = [(char, start + at) for at, char in enumerate(text) if char != " "]
        return cls("".join(char for char, _ in kept), tuple(at for _, at in kept))


@dataclass(frozen=True, slots=True)
class _Here:
    """Where a line goes on after the same characters."""

    line: _Line
    at: int

    @property
    def following(self) -> str:
        return self.line.chars[self.at : self.at + AFTER]


def rare_variants(text: str) -> list[Variant]:
    """The odd texts in lines of text (blanks between characters do not count), each once, in order."""
    lines = [_Line.of(match[0], match.start()) for match in _LINE.finditer(text)]
    found = [variant for witness in WITNESSES for variant in _variants(lines, witness)]
    return _apart(sorted(found, key=lambda each: (each.start, each.end)))


def _variants(lines: Sequence[_Line], witness: Witness) -> Iterator[Variant]:
    places: dict[str, list[_Here]] = defaultdict(list)
    for line in lines:
        for at in range(witness.before, len(line.chars) + 1):
            before = line.chars[at - witness.before : at]
            if _CHINESE.fullmatch(before if witness.often > 1 else before[-2:]):
                places[before].append(_Here(line, at))
    for before, here in places.items():
        if len(here) > witness.often:
            yield from _odd(before, here, witness)


def _odd(before: str, here: Sequence[_Here], witness: Witness) -> Iterator[Variant]:
    """The odd places after the same characters."""
    firsts = Counter(each.line.chars[each.at : each.at + 1] for each in here)
    for usual, often in firsts.items() if len(firsts) > 1 else ():
        if often < witness.often or not _CHINESE.match(usual) or usual in _NUMERALS:
            continue
        ways = Counter(each.following for each in here if each.following[:1] == usual)
        for each in here:
            first = each.following[:1]
            if first == usual or firsts[first] * witness.share > often:
                continue
            changed = _change(each, usual, ways, witness.often)
            if changed is not None:
                wrong, right, others = changed
                start, end = each.at - KEPT, each.at + len(wrong) - KEPT - 1
                kept = before[-KEPT:]
                yield Variant(each.line.places[start], each.line.places[end] + 1, wrong, kept + right, others)


def _change(here: _Here, usual: str, ways: Counter[str], often: int) -> tuple[str, str, int] | None:
    """What is wrong (with some characters before it), how it should go on, and how many places go on so."""
    odd, line, at = here.following, here.line.chars, here.at
    kept = line[at - KEPT : at]

    def count(wanted: Callable[[str], bool]) -> int:
        return sum(many for way, many in ways.items() if wanted(way))

    if not _CHINESE.match(odd):
        others = count(lambda _: True)
        return (kept, usual, others) if odd and _STOPS.match(odd) and _cut(line, at, usual) else None
    short = _reaches(line, at, usual)
    changes = (
        (_lost(line, at, usual), lambda way: way[1:3] == odd[:2] or (short and way[1:2] == odd[:1]), odd[:1], usual + odd[:1]),
        (_replaced(line, at, usual), lambda way: way[1:] == odd[1:], odd[:2], usual + odd[1:2]),
        (_added(line, at), lambda way: way[:2] == odd[1:], odd[:2], usual),
        (_swapped(odd), lambda way: way[:3] == odd[1:2] + odd[:1] + odd[2:], odd[:2], odd[1:2] + odd[:1]),
    )  # fmt: skip
    for broken, same, wrong, right in changes:
        if broken and (others := count(same)) >= often:
            return kept + wrong, right, others
    return None


def _reaches(line: str, at: int, usual: str) -> bool:
    """Whether the usual character and the one that follows here are of one word."""
    whole = line[:at] + usual + line[at:]
    word = within_word(whole, at)
    return bool(word) and word in whole[max(0, at - len(word) + 2) : at + len(word)]


def _swapped(odd: str) -> bool:
    return len(odd) > 1 and odd[0] not in _NUMERALS and is_word(odd[1] + odd[0]) and not is_word(odd[:2])


def _lost(line: str, at: int, usual: str) -> bool:
    """Whether a word is broken without the usual character: no word reaches over the gap or ends where its rest stands."""
    whole = line[:at] + usual + line[at:]
    word = within_word(whole, at, shortest=True)
    if _SHORT_NAME.fullmatch(line[max(0, at - 2) : at + 1]):
        return False
    if not word or usual in _FREE or usual in _NUMERALS:
        return False
    start = next(i for i in range(max(0, at - len(word) + 1), at + 1) if whole[i : i + len(word)] == word)
    rest = range(start, start + len(word) - 1)  # where the rest of the word stands in the line
    if len(rest) == 1 and line[start] in _NOUNS:
        return False
    return all(not within_word(line, i) and line[i] not in _FREE for i in rest)


def _replaced(line: str, at: int, usual: str) -> bool:
    """Whether the usual character makes a word where the odd one makes none, or both sound alike and the odd makes none."""
    odd = line[at]
    if {odd, usual} & (_NUMERALS | _FREE) or {odd, usual} <= _NOUNS or line[at + 1 : at + 2] in ("(", "["):
        return False
    whole = line[:at] + usual + line[at + 1 :]
    word = within_word(whole, at)
    if not word:
        return False
    return not within_word(line, at) or (sound_alike(odd, usual) and len(within_word(line, at)) < len(word))


def _added(line: str, at: int) -> bool:
    """Whether a character stands between its neighbours without making a word with them, or doubles one of them."""
    return line[at] not in _FREE and line[at] not in _NUMERALS and not within_word(line, at)


def _cut(line: str, at: int, usual: str) -> bool:
    """Whether a phrase stops within a word: its last character ends none, and with the usual one it makes one."""
    last = line[at - 1]
    free = last in _FREE | _NUMERALS | _NOUNS or usual in _FREE
    return not free and not within_word(line, at - 1) and is_word(last + usual)


def _apart(found: Sequence[Variant]) -> list[Variant]:
    """Of those that overlap the one that the most others contradict."""
    kept: list[Variant] = []
    for each in found:
        if kept and each.start < kept[-1].end:
            if each.others > kept[-1].others:
                kept[-1] = each
            continue
        kept.append(each)
    return kept
