"""Values of indicators: a target or an actual value as printed, read as the set of numbers it stands for.

``≥80%``, ``不低于 12 次``, ``2023年12月31日前``, ``7×24小时``, ``≤0.17``, ``及时``: each is a ``Value``. Nothing is guessed: several numbers
in one value and what conversion may have torn are ``UNCLEAR``. Whether a value meets another is judged in ``meeting``.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache

from pydantic import BaseModel, ConfigDict

from assistant.quantities import Quantity, parse_number
from assistant.resources import corpora_dir
from assistant.text import clean
from assistant.yamlfile import load_yaml


class ValueKind(StrEnum):
    """What a value is. NUMBER has a count word, a physical unit or no unit; UNCLEAR cannot be read as one value."""

    NUMBER = "number"
    PERCENT = "percent"
    MONEY = "money"
    DURATION = "duration"
    DATE = "date"
    QUALITATIVE = "qualitative"
    NONE = "none"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Range:
    """A set of numbers without gaps; ``None`` is without end; ``open`` ends do not belong to it."""

    low: Decimal | None
    high: Decimal | None
    low_open: bool = False
    high_open: bool = False

    def within(self, other: Range) -> bool:
        """Whether every number of this set is in the other."""
        low = other.low is None or (
            self.low is not None
            and (self.low > other.low or (self.low == other.low and (self.low_open or not other.low_open)))
        )
        high = other.high is None or (
            self.high is not None
            and (self.high < other.high or (self.high == other.high and (self.high_open or not other.high_open)))
        )
        return low and high

    def apart(self, other: Range) -> bool:
        """Whether the two have no number in common."""
        return _below(self, other) or _below(other, self)

    def scaled(self, factor: Decimal) -> Range:
        """The set with every number multiplied by a positive factor."""
        low = None if self.low is None else self.low * factor
        high = None if self.high is None else self.high * factor
        return replace(self, low=low, high=high)


def _below(one: Range, other: Range) -> bool:
    if one.high is None or other.low is None:
        return False
    return one.high < other.low or (one.high == other.low and (one.high_open or other.low_open))


@dataclass(frozen=True, slots=True)
class Value:
    """A value as understood.

    ``operator`` is ``>=``, ``<=``, ``>``, ``<``, ``=``, ``达到``, ``约``, ``范围`` or empty. ``figure`` is the number as printed, without
    ``scale`` (万, 亿: 10,000 …) and ``unit`` (as printed). ``interval`` is the set of numbers it stands for, in the
    ``dimension`` (元, %, 时间 in milliseconds …; dates in days). ``words`` is the rest of the text.
    """

    text: str
    kind: ValueKind = ValueKind.NONE
    operator: str = ""
    figure: Quantity | None = None
    scale: Decimal = Decimal(1)
    unit: str = ""
    dimension: str = ""
    interval: Range | None = None
    words: str = ""

    @property
    def numeric(self) -> bool:
        """Whether it is a number of any kind."""
        return self.interval is not None

    @property
    def point(self) -> Decimal | None:
        """The one number in its dimension that it gives, without regard to its operator; ``None`` for ranges and words."""
        if self.figure is None or self.operator == "范围":
            return None
        return self.figure.value * self.scale * _factor(self.unit)

    def with_unit(self, unit: str) -> Value:
        """The value with a unit that stands elsewhere (in the name or a column); its own unit stays."""
        if self.unit or not unit or self.figure is None or self.kind is not ValueKind.NUMBER:
            return self
        read = parse_value(f"1{unit}")
        if read.figure is None or read.words or not read.unit or self.interval is None:
            return self
        # 万人 over a column: a figure that carries its own 万 is not scaled again
        scale = read.scale if self.scale == 1 else Decimal(1)
        return replace(
            self, unit=read.unit, dimension=read.dimension, kind=read.kind, scale=self.scale * scale,
            interval=self.interval.scaled(scale * _factor(read.unit)),
        )  # fmt: skip


class Words(BaseModel):
    """``corpora/terms/values.yaml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    dimensions: dict[str, dict[str, int | str]]
    counts: tuple[tuple[str, ...], ...]
    before: dict[str, str]
    after: dict[str, str]
    zero: str
    not_done: str
    not_done_except: str
    done: str
    partly: str
    lower: str
    lower_cost: str
    higher: str
    up: str
    down: str


@cache
def words() -> Words:
    """The vocabulary of values."""
    return Words.model_validate(load_yaml(corpora_dir() / "terms" / "values.yaml"))


@cache
def _units() -> dict[str, tuple[str, Decimal]]:
    """Every unit with its dimension and what one of it is in that dimension; count words are their own dimension."""
    known: dict[str, tuple[str, Decimal]] = {}
    for dimension, units in words().dimensions.items():
        for unit, factor in units.items():
            known[unit] = (dimension, Decimal(factor))
    for group in words().counts:
        for unit in group:
            known[unit] = (group[0], Decimal(1))
    return known


def _factor(unit: str) -> Decimal:
    return _units()[unit][1] if unit in _units() else Decimal(1)


_KINDS = {
    "%": ValueKind.PERCENT,
    "元": ValueKind.MONEY,
    "时间": ValueKind.DURATION,
    "工作日": ValueKind.DURATION,
    "月": ValueKind.DURATION,
}
_SCALES = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10_000), "亿": Decimal(100_000_000)}  # fmt: skip
_SIGNS = (
    (re.compile(r"\\geq?(?:slant)?(?![a-z])|>\s?=|≧|⩾|＞＝|﹥\s?="), "≥"),
    (re.compile(r"\\leq?(?:slant)?(?![a-z])|<\s?=|≦|⩽|﹤\s?="), "≤"),
    (re.compile(r"\\times|✕|╳"), "×"),
    (re.compile(r"\\gt(?![a-z])|﹥|&gt;"), ">"),
    (re.compile(r"\\lt(?![a-z])|﹤|&lt;"), "<"),
    (re.compile(r"\\%|百分号|(?<=\d)\s?百分比"), "%"),
    (re.compile(r"m\s?\^\s?\{?2\}?|m²|m2(?![0-9])"), "㎡"),
    (re.compile(r"m\s?\^\s?\{?3\}?|m³"), "㎥"),
    (re.compile(r"\$|\\[,;! ]"), ""),
)
_NUMBER = r"(?:\d{1,3}(?:\s?,\s?\d{3})+(?!\d)|\d+)(?:\s?\.\s?\d+)?"
_SHIFT = re.compile(r"([57])\s?[×xX*]\s?(24|12|8)\s?(?:个?小时|h|H)?")
_DATE = re.compile(
    r"(?:(?P<y>20\d\d)\s?年)?\s?(?P<m>1[0-2]|0?[1-9])\s?月(?:份)?(?:\s?(?P<d>[0-3]?\d)\s?[日号]|(?P<end>底|末))?"
    r"|(?P<y2>20\d\d)\s?[-./]\s?(?P<m2>1[0-2]|0?[1-9])\s?[-./]\s?(?P<d2>[0-3]?\d)(?!\d)"
    r"|(?P<y3>20\d\d)\s?年(?:度)?\s?(?P<end3>底|末)|(?P<end4>年底|年末)(?=前|之前|以前|完成|$)"
)
_YEAR = re.compile(r"20\d\d\s?年(?:度)?(?!\s?\d)")
_DEADLINE = re.compile(r"\s?(前|之前|以前|以前完成|内)")
_RANGE = re.compile(rf"(?<!\d)(?P<a>{_NUMBER})\s?(?P<u>%|‰)?\s?(?:-|—|–|~|～|至|到|－)+\s?(?P<b>{_NUMBER})")
_FIGURE = re.compile(
    rf"(?P<sign>(?<![\d\w])[-−]\s?)?(?P<n>{_NUMBER})\s?(?P<more>余|多|来|\+)?\s?(?P<scale>亿|千万|百万|万|千|百)?\s?(?P<more2>余|多)?\s?"
)
_PAGE = re.compile(r"[—–-]\s?\d{1,3}\s?[—–-](?!\d)")
_PER = re.compile(r"\s?(?:/|／|每)\s?[一-鿿a-zA-Z]+")
_BLANK = re.compile(r"^[\s\-—–/\\、.…_*]*$")
_EDGES = " \t。；;，,、：:.()（）"
LONGEST = 120
"""Characters of a value; more is a text about it."""


@lru_cache(maxsize=8192)
def parse_value(text: str) -> Value:
    """Read a target or an actual value. Never fails: what cannot be read as one value is ``UNCLEAR``."""
    plain = _plain(text)
    if _BLANK.match(plain):
        return Value(text)
    if len(plain) > LONGEST or _PAGE.search(plain):
        return Value(text, ValueKind.UNCLEAR, words=plain)
    shift = _SHIFT.search(plain)
    if shift and not re.search(r"\d", plain[: shift.start()] + plain[shift.end() :]):
        point = Decimal(shift[1]) * Decimal(shift[2])
        return Value(
            text, ValueKind.DURATION, "", Quantity(point, 0), unit="×", dimension=f"{shift[1]}×{shift[2]}小时",
            interval=Range(point, point), words=_rest(plain, shift.start(), shift.end()),
        )  # fmt: skip
    dated = _dated(text, plain)
    if dated is not None:
        return dated
    without = _YEAR.sub("", plain)
    return _number(text, without if re.search(r"\d", without) else plain)


def _plain(text: str) -> str:
    for pattern, sign in _SIGNS:
        text = pattern.sub(sign, text)
    return clean(text).strip(_EDGES)


def _rest(plain: str, start: int, end: int) -> str:
    return (plain[:start] + plain[end:]).strip(_EDGES)


def _dated(text: str, plain: str) -> Value | None:
    found = list(_DATE.finditer(plain))
    match = found[0] if found else None
    if match is None or re.search(r"\d", plain[: match.start()] + plain[match.end() :]):
        if match is not None and (match["d"] or match["d2"]):
            return Value(text, ValueKind.UNCLEAR, words=plain)  # two dates, or a date and a number
        return None
    if match["m"] and not (match["y"] or match["d"] or match["end"] or plain[match.end() : match.end() + 1] == "前"):
        return None  # 12月 may be a month or a number of months
    year = int(match["y"] or match["y2"] or match["y3"] or 0)
    month = int(match["m"] or match["m2"] or 12)
    day = int(match["d"] or match["d2"] or 0)
    last = calendar.monthrange(year or 2023, month)[1]
    if day > max(last, 29 if month == 2 else 0):
        return Value(text, ValueKind.UNCLEAR, words=plain)
    whole_month = not day and not (match["end"] or match["end3"] or match["end4"])
    high = date(year or 2000, month, min(day or last, calendar.monthrange(year or 2000, month)[1])).toordinal()
    low = date(year or 2000, month, 1).toordinal() if whole_month else high
    deadline = _DEADLINE.match(plain, match.end())
    operator = "<=" if deadline else ""
    if deadline and whole_month:
        high = low - 1 if deadline[1] != "内" else high  # 12月前 ends with November
    interval = Range(None if deadline else Decimal(low), Decimal(high))
    end = deadline.end() if deadline else match.end()
    return Value(
        text, ValueKind.DATE, operator, Quantity(Decimal(high), 0), dimension="日期" if year else "月日", interval=interval,
        words=_rest(plain, match.start(), end),
    )  # fmt: skip


def _number(text: str, plain: str) -> Value:
    unclear = Value(text, ValueKind.UNCLEAR, words=plain)
    between = _RANGE.search(plain)
    match = _FIGURE.search(plain, between.start("b") if between else 0)
    if match is None:
        return Value(text, ValueKind.QUALITATIVE, words=plain)
    number = parse_number(match["n"])
    if number is None:
        return unclear
    unit, dimension, end = _unit(plain, match.end())
    per = _PER.match(plain, end) if unit or plain[end : end + 1] == "/" else None
    if per:
        unit, dimension, end = "", f"{dimension}{per[0].replace(' ', '')}", per.end()
    scale = _scale(match["scale"] or "")
    after = _longest(plain, end, words().after)
    head_end = between.start() if between else match.start()
    before, start = _before(plain, head_end)
    left = plain[:start] + plain[end + len(after) :]
    if re.search(r"\d", left):
        return unclear  # another number, or the digits of one torn apart
    factor = scale * _factor(unit)
    sign = -1 if match["sign"] and not between else 1
    figure = Quantity(number.value * sign, number.decimals)
    point = figure.value * factor
    if between:
        first = parse_number(between["a"])
        if first is None or first.value > number.value or before or after:
            return unclear
        interval, operator = Range(first.value * factor, point), "范围"
    else:
        operator = words().after.get(after) or words().before.get(before, "")
        if match["more"] or match["more2"]:
            operator = ">" if operator in ("", "达到", ">", "约") else operator
        interval = _interval(operator, point)
    kind = _KINDS.get(dimension, ValueKind.NUMBER)
    rest = left.strip(_EDGES)
    return Value(text, kind, operator, figure, scale, unit, dimension, interval, rest)


def _scale(word: str) -> Decimal:
    scale = Decimal(1)
    for char in word:
        scale *= _SCALES[char]
    return scale


def _interval(operator: str, point: Decimal) -> Range:
    if operator in (">=", ">"):
        return Range(point, None, low_open=operator == ">")
    if operator in ("<=", "<"):
        return Range(None, point, high_open=operator == "<")
    return Range(point, point)


def _unit(plain: str, start: int) -> tuple[str, str, int]:
    """The unit printed after a number, its dimension, and where it ends; a word nobody knows is a unit if it ends there."""
    unit = _longest(plain, start, _units())
    if unit:
        return unit, _units()[unit][0], start + len(unit)
    word = re.match(r"[一-鿿]{1,2}(?=$|[，,。；;)）])|[A-Za-z℃°]{1,4}(?![A-Za-z])", plain[start:])
    if word and word[0] not in words().after and not word[0].startswith(("以", "之", "内", "左")):
        return word[0], word[0], start + len(word[0])
    return "", "", start


def _longest(plain: str, start: int, known: dict[str, str] | dict[str, tuple[str, Decimal]]) -> str:
    found = (plain[start : start + n] for n in range(5, 0, -1))
    return next((word for word in found if word in known), "")


def _before(plain: str, end: int) -> tuple[str, int]:
    """The operator word right before a number, and where it begins."""
    head = plain[:end].rstrip(" :：")
    for length in range(min(5, len(head)), 0, -1):
        word = head[-length:]
        if word in words().before:
            return word, len(head) - length
    return "", end
