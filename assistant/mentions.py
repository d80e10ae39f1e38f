"""Figures in running text: amounts, percentages, counts, years, document numbers, by one compiled grammar.

Quantities are carved out before anything else looks at the text: a word segmenter cuts 3,456.78万元 into four pieces.
A figure that conversion may have torn (``3 , 388.96``, ``12 34.5``) is read but marked, and never used to accuse.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from assistant.quantities import UNITS, Interval, Quantity, Unit
from assistant.text import normalise

MENTIONS = "mentions"
"""The key in a ``Doc``'s user data under which its quantities stand, each under the number of its token."""


class MentionKind(StrEnum):
    """What a figure in the text is."""

    MONEY = "money"
    PERCENT = "percent"
    POINTS = "points"
    COUNT = "count"
    YEAR = "year"
    DATE = "date"
    REFERENCE = "reference"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Mention:
    """A figure at ``start``…``end`` of a text: value as printed, its unit (of money) or unit word, and its hedge.

    ``hedge`` is ``约``, ``>=``, ``<=`` or empty; ``torn`` says that conversion may have cut the figure in two.
    """

    kind: MentionKind
    start: int
    end: int
    quantity: Quantity
    unit: Unit | None = None
    word: str = ""
    hedge: str = ""
    torn: bool = False

    @property
    def checkable(self) -> bool:
        """Whether the figure says exactly what it says: not hedged, not torn."""
        return not self.hedge and not self.torn

    def interval(self) -> Interval:
        """The values that round to the figure; money in 元, percentages in percent."""
        interval = self.quantity.rounded()
        if not self.quantity.decimals:
            # 38万元, 100%: written without decimals, exact or rounded; both must fit.
            interval = Quantity(self.quantity.value, 0).rounded()
        return interval.scaled(self.unit.factor) if self.unit else interval

    @property
    def amount(self) -> Decimal:
        """The value in 元 for money, else as printed."""
        return self.quantity.value * self.unit.factor if self.unit else self.quantity.value


_SPACED = r"(?<!\d\s)(?:\d\s)++(?:,\s(?:\d\s){3})*+\.(?:\s\d){1,4}(?!\d)"  # a blank between all its characters: 1 2 . 5
_NUMBER = _SPACED + r"|(?:\d{1,3}(?:,\s?\d{3})+(?!\d)|\d+)(?:\s?\.\s?\d{1,6}(?!\d))?"
_COUNT_WORDS = (
    r"人次|批次|辆次|人|批|辆|台|套|个|家|项|次|名|件|户|条|份|期|场|篇|处|间|座|幢|平方米|公里|小时|分钟|天|分|m²|㎡"
)

_GRAMMAR = re.compile(
    rf"""
    (?P<reference>[(（\[]\s?(?:19|20)\d\d\s?[)）\]]\s?(?:第\s?)?\d{{1,4}}\s?号)
  | (?P<date>(?:19|20)\d\d\s?年(?:\s?度)?\s?\d{{1,2}}\s?月(?:\s?\d{{1,2}}\s?日)?|\d{{1,2}}\s?月\s?\d{{1,2}}\s?日)
  | (?P<year>(?<!\d)(?:19|20)\d\d\s?(?:-\s?(?:19|20)\d\d\s?)?年(?:\s?度)?)
  | (?P<hours>\d{{1,2}}\s?[×xX*]\s?\d{{1,2}}\s?小时)
  | (?P<before>约|近|超过|超|逾|不低于|不少于|不高于|不超过|≥|≤|>|<|达到?)?\s?
    (?P<sign>(?:(?<![\d)）])|(?<=[加少长降][)]))-\s?)?(?P<number>{_NUMBER})\s?(?P<more>余|多|左右)?\s?
    (?P<unit>亿元|万元|千元|百万元|元(?![旦宵])|万(?=\s?[、，,。;；)）])|%|个百分点|百分点|(?:亿|万)?\s?(?:{_COUNT_WORDS}))?
    \s?(?P<after>以上|以下|以内|左右|余)?
    """,
    re.VERBOSE,
)
_TORN = re.compile(r"(?:\d\s*[.,]\s*|\d\s+)$")
_HEADLESS = re.compile(r"\s*[.,]\s*")
"""All that stands before a figure at the start of a text whose first digits the text above ends with."""

_HEDGES = {
    "约": "约", "近": "约", "左右": "约", "余": "约", "多": "约", "超过": ">=", "超": ">=", "逾": ">=", "不低于": ">=",
    "不少于": ">=", "≥": ">=", ">": ">=", "以上": ">=", "不高于": "<=", "不超过": "<=", "≤": "<=", "<": "<=",
    "以下": "<=", "以内": "<=",
}  # fmt: skip


@lru_cache(maxsize=2048)
def find_mentions(text: str) -> tuple[Mention, ...]:
    """All figures of a text, left to right, not overlapping."""
    plain = normalise(text)
    mentions: list[Mention] = []
    for match in _GRAMMAR.finditer(plain):
        mention = _mention(plain, match)
        if mention is not None:
            mentions.append(mention)
    return tuple(mentions)


def _mention(plain: str, match: re.Match[str]) -> Mention | None:
    whole = {"reference": MentionKind.REFERENCE, "date": MentionKind.DATE, "hours": MentionKind.OTHER}
    for group, kind in whole.items():
        if match[group]:
            return Mention(kind, match.start(), match.end(), Quantity(Decimal(0), 0), word=match[0])
    if match["year"]:
        return Mention(MentionKind.YEAR, match.start(), match.end(), Quantity(Decimal(match["year"][:4]), 0), word="年")
    digits = re.sub(r"[\s,]", "", match["number"])
    if len(digits) > 20:
        return None
    value = Decimal(digits) * (-1 if match["sign"] else 1)
    quantity = Quantity(value, len(digits.partition(".")[2]))
    start = match.start("sign") if match["sign"] else match.start("number")
    word = (match["unit"] or "").replace(" ", "")
    end = match.end("unit") if match["unit"] else match.end("number")
    hedge = (
        _HEDGES.get(match["before"] or "")
        or _HEDGES.get(match["more"] or "")
        or _HEDGES.get(match["after"] or "")
        or ""
    )
    torn = _TORN.search(plain[max(0, start - 4) : start]) is not None or re.match(r"0\d", digits) is not None
    torn = torn or (start < 4 and _HEADLESS.fullmatch(plain[:start]) is not None)
    kind, unit = _unit(word)
    return Mention(kind, start, end, quantity, unit, word, hedge, torn)


def _unit(word: str) -> tuple[MentionKind, Unit | None]:
    if word in UNITS:
        return MentionKind.MONEY, UNITS[word]
    if word == "万":
        return MentionKind.MONEY, UNITS["万元"]
    if word == "%":
        return MentionKind.PERCENT, None
    if word.endswith("百分点"):
        return MentionKind.POINTS, None
    return (MentionKind.COUNT, None) if word else (MentionKind.OTHER, None)
