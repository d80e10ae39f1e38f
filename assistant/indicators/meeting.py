"""Whether an actual value meets its target, and whether two values say the same. In doubt: unknown, never a guess."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from assistant.indicators.values import Range, Value, ValueKind, words
from assistant.text import squeeze

SHORT = 30
"""Characters of an actual value in words; a longer one tells more than one thing."""


NEAR = 10
"""One value is another with fewer digits only if they differ by no more than a tenth: 1 小时 is not 30 分钟 rounded."""


class State(StrEnum):
    """Whether an indicator is met."""

    MET = "完成"
    UNMET = "未完成"
    UNKNOWN = "无法判断"


class Likeness(StrEnum):
    """How two values of one thing compare: PRECISION is the same with more or fewer digits."""

    EQUAL = "相同"
    PRECISION = "精度不同"
    DIFFERENT = "不同"
    UNKNOWN = "无法判断"


@dataclass(frozen=True, slots=True)
class Judged:
    """A state and a few Chinese words why."""

    state: State
    why: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two values in one dimension. ``loose`` says that a unit had to be assumed: good enough to agree, not to accuse."""

    one: Value
    other: Value
    loose: bool = False


@lru_cache(maxsize=8192)
def meets(actual: Value | None, target: Value | None, name: str = "") -> Judged:
    """Whether the actual value meets the target; the indicator's ``name`` tells whether low is good where no sign does."""
    if target is None or target.kind in (ValueKind.NONE, ValueKind.UNCLEAR):
        return Judged(State.UNKNOWN, "没有可以比较的目标值")
    if actual is None or actual.kind in (ValueKind.NONE, ValueKind.UNCLEAR):
        return Judged(State.UNKNOWN, "没有可以比较的实际完成值")
    if actual.numeric and target.numeric:
        return _numbers(actual, target, name)
    if target.numeric:
        return _told_of_number(actual, target, name)
    return _qualitative(actual, target)


def not_done(text: str) -> bool:
    """Whether a text says that something was not done (未开展, 已划转, 没有启动)."""
    plain = squeeze(text)
    if re.search(words().not_done_except, plain):
        return False
    return re.search(words().not_done, plain) is not None


def lower_is_better(name: str, kind: ValueKind = ValueKind.NONE) -> bool:
    """Whether the name is one of what should be low: accidents, costs, times; not 整改率, 及时率 and the like.

    Costs and times count only where the value is money, a duration or bare: 使用时长 in % is no time.
    """
    if re.search(words().higher, name):
        return False
    pattern = words().lower if kind is ValueKind.PERCENT else f"{words().lower}|{words().lower_cost}"
    return re.search(pattern, name) is not None


def is_zero_told(value: Value) -> bool:
    """Whether a value in words says that nothing happened (未发生事故, 零投诉)."""
    return not value.numeric and re.search(words().zero, squeeze(value.text)) is not None


def _told_of_number(actual: Value, target: Value, name: str) -> Judged:
    """A target in numbers, the actual value in words."""
    plain = squeeze(actual.text)
    assert target.interval is not None
    if squeeze(target.text) in plain:
        return Judged(State.MET, "与目标值写法相同")
    if is_zero_told(actual):
        nothing = Range(Decimal(0), Decimal(0))
        if nothing.within(target.interval) and (target.point == 0 or target.operator in ("<=", "<")):
            return Judged(State.MET, "没有发生，即为 0")
        return Judged(State.UNKNOWN, "实际完成值没有写数额")
    if len(plain) <= SHORT and not_done(plain):
        if target.point == 0 or target.operator in ("<=", "<") or lower_is_better(name, target.kind):
            return Judged(State.UNKNOWN, "没有开展，数值无从比较")
        return Judged(State.UNMET, "写明没有做到")
    if re.search(words().done, plain):
        return Judged(State.MET, "写明已完成")
    return Judged(State.UNKNOWN, "实际完成值没有写数额")


def _qualitative(actual: Value, target: Value) -> Judged:
    """A target in words."""
    wanted, told = _bare(target.text), _bare(actual.text)
    if actual.numeric:
        if actual.dimension == "%" and actual.point == 100:
            return Judged(State.MET, "按 100% 完成")
        if wanted and wanted in squeeze(actual.text):
            return Judged(State.MET, "实际与目标相同")
        if actual.point == 0 and is_zero_told(target):
            return Judged(State.MET, "没有发生")
        return Judged(State.UNKNOWN, "目标值是文字，实际完成值是数字")
    if wanted == told or (is_zero_told(target) and is_zero_told(actual)):
        return Judged(State.MET, "实际与目标相同")
    if len(told) > SHORT:
        return Judged(State.UNKNOWN, "实际完成值是一段说明")
    if wanted and re.search(rf"(?:不|未|未能|没有|没|不够){re.escape(wanted)}", told) and not is_zero_told(target):
        return Judged(State.UNMET, "实际与目标相反")
    if not_done(told):
        return Judged(State.UNMET, "写明没有做到")
    if re.search(words().partly, told):
        return Judged(State.UNKNOWN, "只写明部分做到")
    if wanted and wanted in told:
        return Judged(State.MET, "实际与目标相同")
    if re.search(words().done, told):
        return Judged(State.MET, "写明已完成")
    return Judged(State.UNKNOWN, "文字不同，不能判断")


def _bare(text: str) -> str:
    return re.sub(r"^(?:实际|已|均|全部|全面|完成|达到|实现|为)+(?=[一-鿿]{2})|[。；;，,.]+$", "", squeeze(text))


def _numbers(actual: Value, target: Value, name: str) -> Judged:
    if _opposite(actual.words, target.words):
        return Judged(State.UNKNOWN, "增减方向的写法不同")
    if (actual.point or 0) < 0 < (target.point or 0) and re.search(words().down, name):
        return Judged(State.UNKNOWN, "增减方向的写法不同")  # 下降率≥10%, -12%
    pair = aligned(actual, target, name)
    if pair is None:
        return Judged(State.UNKNOWN, "计量单位不同，不能比较")
    if "约" in (pair.one.operator, pair.other.operator):
        return Judged(State.UNKNOWN, "数额是约数")
    told = pair.one.interval
    wanted = pair.other.interval
    if told is None or wanted is None:
        return Judged(State.UNKNOWN, "没有可以比较的数")
    if pair.one.operator == "达到" and pair.one.point is not None:
        told = Range(pair.one.point, pair.one.point)
    if pair.other.operator == "达到":
        wanted = Range(wanted.low, None)
    directed = re.search(words().up, target.words) or re.search(words().down, target.words)
    lower = lower_is_better(name, pair.other.kind) and not directed
    if told.within(wanted):
        return Judged(State.MET, "在目标值之内")
    if not told.apart(wanted):
        return Judged(State.UNKNOWN, "实际完成值的范围超出目标值")
    if pair.other.operator in ("", "="):
        judged = _around(pair, told, lower=lower)
    elif pair.other.operator == "范围":
        judged = Judged(State.UNKNOWN, "在目标区间之外，高低好坏不定")
    else:
        judged = Judged(State.UNMET, "没有达到目标值")
    if judged.state is State.UNMET and (pair.loose or actual.words.startswith("第")):
        return Judged(State.UNKNOWN, "计量单位没有写全，不能判断")
    return judged


def _around(pair: Pair, told: Range, *, lower: bool) -> Judged:
    """A target printed without a sign (or with =): below it is unmet unless low is good, above it is more than met."""
    point = pair.other.point
    below = told.high is not None and point is not None and told.high <= point
    kind = pair.other.kind
    if point == 0:
        return Judged(State.UNMET, "目标值为 0") if lower or pair.other.operator == "=" else _OPEN
    if kind is ValueKind.DATE:
        return Judged(State.MET, "早于目标时间") if below else _OPEN
    if below:
        if lower:
            return Judged(State.MET, "低于目标值") if kind in (ValueKind.MONEY, ValueKind.DURATION) else _OPEN
        if kind in (ValueKind.MONEY, ValueKind.DURATION):
            return _OPEN
        return Judged(State.UNMET, "没有达到目标值")
    if lower or pair.other.operator == "=" or kind is ValueKind.DURATION:
        return _OPEN
    return Judged(State.MET, "超过目标值")


_OPEN = Judged(State.UNKNOWN, "目标值没有写明符号，高低好坏不定")


def _opposite(one: str, other: str) -> bool:
    up, down = words().up, words().down
    return bool((re.search(up, one) and re.search(down, other)) or (re.search(down, one) and re.search(up, other)))


_RATE = re.compile(r"率|%|满意度|占比|比例|比重|程度")


def aligned(one: Value, other: Value, name: str = "") -> Pair | None:
    """Two numeric values in one dimension; ``None`` where their units have nothing in common.

    A unit that only one of them carries is taken for both; 0.95 beside a percentage may be 95% (a spreadsheet's cell).
    """
    if not (one.numeric and other.numeric):
        return None
    if one.kind is ValueKind.DATE or other.kind is ValueKind.DATE:
        return Pair(one, other) if one.dimension == other.dimension else None
    if one.dimension == other.dimension:
        if not one.dimension and _RATE.search(name) and _fraction(one) != _fraction(other):
            one, other = (_hundredfold(one), other) if _fraction(one) else (one, _hundredfold(other))
            return Pair(one, other, loose=True)
        return Pair(one, other)
    if one.dimension and other.dimension:
        counted = (
            one.kind is ValueKind.NUMBER and other.kind is ValueKind.NUMBER and "个" in (one.dimension, other.dimension)
        )
        return Pair(one, other, loose=True) if counted and "/" not in one.dimension + other.dimension else None
    bare, full = (one, other) if not one.dimension else (other, one)
    if full.unit == "×":
        return None
    if full.dimension == "%":
        given = _hundredfold(bare) if _fraction(bare) and not _fraction(full) else bare
        taken, loose = given, given is not bare
    elif not full.unit:  # 次/年
        taken, loose = bare, True
    elif full.scale != 1 and bare.point is not None and full.point is not None and bare.point * NEAR >= full.point:
        return None  # 11000 beside 1.2万人次: counted in 人次, or in 万
    else:
        taken = bare.with_unit(("亿" if full.scale == 10**8 else "万" if full.scale == 10**4 else "") + full.unit)
        taken = replace(taken, unit=full.unit, dimension=full.dimension)
        loose = full.scale != 1 or full.kind is not ValueKind.NUMBER
    return Pair(taken, other, loose) if bare is one else Pair(one, taken, loose)


def _fraction(value: Value) -> bool:
    point = value.point
    return point is not None and 0 < point <= 1


def _hundredfold(value: Value) -> Value:
    return replace(
        value, scale=value.scale * 100, interval=value.interval.scaled(Decimal(100)) if value.interval else None
    )


@lru_cache(maxsize=8192)
def likeness(one: Value, other: Value, name: str = "") -> Likeness:
    """Whether two values told of the same thing say the same. What may be damage of conversion is ``UNKNOWN``."""
    if one.kind in (ValueKind.NONE, ValueKind.UNCLEAR) or other.kind in (ValueKind.NONE, ValueKind.UNCLEAR):
        return Likeness.EQUAL if squeeze(one.text) == squeeze(other.text) and one.text else Likeness.UNKNOWN
    if not (one.numeric and other.numeric):
        return _alike_in_words(one, other)
    pair = aligned(one, other, name)
    if pair is None or pair.one.point is None or pair.other.point is None:
        same = pair is not None and pair.one.interval == pair.other.interval
        return Likeness.EQUAL if same or squeeze(one.text) == squeeze(other.text) else Likeness.UNKNOWN
    if pair.one.point == pair.other.point:
        against = {pair.one.operator[:1], pair.other.operator[:1]} == {"<", ">"}
        return Likeness.UNKNOWN if against else Likeness.EQUAL
    if pair.loose or "约" in (one.operator, other.operator) or _opposite(one.words, other.words):
        return Likeness.UNKNOWN
    if one.kind is ValueKind.DATE:
        return (
            Likeness.DIFFERENT if pair.one.interval and pair.other.interval and _exact_days(pair) else Likeness.UNKNOWN
        )
    if _less_exact(pair.one, pair.other):
        return Likeness.PRECISION
    return Likeness.UNKNOWN if _cut(one, other) else Likeness.DIFFERENT


def _exact_days(pair: Pair) -> bool:
    first, second = pair.one.interval, pair.other.interval
    return first is not None and second is not None and first.apart(second) and pair.one.operator == pair.other.operator


def _alike_in_words(one: Value, other: Value) -> Likeness:
    first, second = sorted((_bare(one.text), _bare(other.text)), key=len)
    turned = first and re.search(rf"(?:不|未|没有|没|未能|不够){re.escape(first)}", second)
    if first == second or (first and first in second and not turned and not_done(first) == not_done(second)):
        return Likeness.EQUAL
    zero = (is_zero_told(one) or one.point == 0) and (is_zero_told(other) or other.point == 0)
    return Likeness.EQUAL if zero else Likeness.UNKNOWN


def _less_exact(one: Value, other: Value) -> bool:
    """Whether the values are one number rounded (or cut) to fewer digits: 85 and 85.54."""
    found = _by_precision(one, other)
    if found is None:
        return False
    coarse, fine, step = found
    return abs(coarse - fine) * NEAR <= abs(fine) and (
        abs(coarse - fine) * 2 <= step or 0 <= abs(fine) - abs(coarse) < step
    )


def rounds(one: Value, other: Value) -> bool:
    """Whether the less exact of two values is the other one rounded half up."""
    found = _by_precision(one, other)
    return found is not None and abs(found[0] - found[1]) * 2 <= found[2]


def _by_precision(one: Value, other: Value) -> tuple[Decimal, Decimal, Decimal] | None:
    """The less exact and the more exact of two values, and the step of the former's last digit."""
    if one.figure is None or other.figure is None or one.point is None or other.point is None:
        return None
    if not one.figure.value or not other.figure.value:
        return None
    steps = (one.figure.ulp() * one.point / one.figure.value, other.figure.ulp() * other.point / other.figure.value)
    if steps[0] == steps[1]:
        return None
    return (one.point, other.point, steps[0]) if steps[0] > steps[1] else (other.point, one.point, steps[1])


def _cut(one: Value, other: Value) -> bool:
    """Whether one figure of three digits or more begins or ends the other: a cell's edge may have cut it off."""
    if one.figure is None or other.figure is None or one.scale != other.scale:
        return False
    short = min(one.figure.value, other.figure.value, key=abs)
    return len(short.as_tuple().digits) >= 3 and lost_digits(one.figure.value, other.figure.value)


def lost_digits(one: Decimal, other: Decimal) -> bool:
    """Whether one number's digits begin or end the other's (2 and 20, 5 and 35, 33 and 33120): conversion may have cut it."""
    digits = sorted((f"{abs(n).normalize():f}" for n in (one, other)), key=len)
    return digits[0] != digits[1] and (digits[1].startswith(digits[0]) or digits[1].endswith(digits[0]))


def ratio(actual: Value, target: Value, name: str = "") -> Decimal | None:
    """Actual ÷ target; ``None`` where they cannot be compared exactly or the target is 0."""
    pair = aligned(actual, target, name)
    if pair is None or pair.loose or pair.one.point is None or not pair.other.point:
        return None
    return pair.one.point / pair.other.point


__all__ = [
    "Judged",
    "Likeness",
    "Pair",
    "State",
    "aligned",
    "likeness",
    "lost_digits",
    "lower_is_better",
    "meets",
    "not_done",
    "ratio",
    "rounds",
]
