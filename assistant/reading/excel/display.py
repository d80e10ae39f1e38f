"""Numbers as a spreadsheet shows them: a format such as ``#,##0.00;-#,##0.00;"-"`` applied to an exact decimal.

What is printed is what a reader can hold the document to, and it decides whether a nought is 0.00, a dash or blank.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import lru_cache
from typing import Final

GENERAL: Final = "General"
BUILT_IN: Final = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 14: "yyyy-m-d",
    15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 22: "yyyy-m-d h:mm", 27: "yyyy年m月", 28: "m月d日", 31: "yyyy年m月d日",
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: '#,##0;-#,##0;"-"', 42: '#,##0;-#,##0;"-"', 43: '#,##0.00;-#,##0.00;"-"', 44: '#,##0.00;-#,##0.00;"-"',
    48: "0.0E+0", 49: "@", 57: "yyyy年m月", 58: "m月d日",
}  # fmt: skip
"""The formats that files name by a number only."""

_SIGNIFICANT = Context(prec=15, rounding=ROUND_HALF_UP)
MOST: Final = 30
"""Powers of ten beyond which no figure, scale or number of decimals of a published table goes."""
_BARE = re.compile(r"\"[^\"]*\"|\\.|!.|\[[^\]]*\]|_.|\*.")
_HELD = re.compile(r"\"([^\"]*)\"|[\\!](.)|\[[^\]]*\]|_(.)|\*.")
_DATE = re.compile(r"[yYdD年月日]|(?<![#0?])[mM]|[hH]:|:[sS]")
_NUMBER = re.compile(r"[#0?][#0?,.\s]*(?:[eE][+-]?0+)?|\.[0#?]+")
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)\]")
_EPOCH: Final = date(1899, 12, 30)
_TEN_THOUSANDS = re.compile(r"(?<=[0#?])(?:[!\\\\]\.|\"\.\")(0+)(,*)")


@dataclass(frozen=True, slots=True)
class Form:
    """One section of a format: text before and after, decimals, grouping, percent, division by thousands, exponent."""

    before: str = ""
    after: str = ""
    decimals: int | None = None
    optional: int = 0
    grouped: bool = False
    scale: int = 0
    least: int = 1
    dated: bool = False
    general: bool = False


def exact(text: str) -> Decimal | None:
    """A stored number without the noise of binary arithmetic (15 significant digits); ``None`` for what is none."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    if not value.is_finite() or abs(value.adjusted()) > MOST:
        return None
    return _SIGNIFICANT.plus(value)


def shown(value: Decimal, code: str) -> str:
    """The number as its cell shows it. A width too small (####) is not considered."""
    sections = _sections(code)
    form, signed = _choose(value, sections, code)
    if form.dated:
        return _date(value, code)
    if form.general:
        text = _general(value if signed else abs(value))
    elif form.decimals is None:
        return form.before + form.after
    else:
        text = _fixed(value if signed else abs(value), form)
    return f"{form.before}{text}{form.after}".strip()


def _choose(value: Decimal, sections: tuple[Form, ...], code: str) -> tuple[Form, bool]:
    """The section for a value, and whether the number keeps its own sign."""
    conditions = _CONDITION.findall(code)
    if conditions:
        for form, (sign, limit) in zip(sections, conditions, strict=False):
            if _holds(value, sign, Decimal(limit)):
                return form, True
        return sections[min(len(conditions), len(sections) - 1)], True
    if value == 0:
        return (sections[2], False) if len(sections) > 2 else (sections[0], False)
    if value < 0 and len(sections) > 1:
        return sections[1], False
    return sections[0], True


def _holds(value: Decimal, sign: str, limit: Decimal) -> bool:
    return {
        "<": value < limit, ">": value > limit, "=": value == limit,
        "<=": value <= limit, ">=": value >= limit, "<>": value != limit,
    }[sign]  # fmt: skip


def _fixed(value: Decimal, form: Form) -> str:
    value = value.scaleb(max(min(form.scale, MOST), -MOST))
    decimals = min(form.decimals or 0, MOST)
    rounded = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP, context=Context(prec=4 * MOST))
    text = f"{rounded:,f}" if form.grouped else f"{rounded:f}"
    if not rounded:
        text = text.removeprefix("-")
    if not rounded and not decimals and not form.least:
        return ""
    if form.least > 1:
        whole, point, fraction = text.partition(".")
        sign = "-" if whole.startswith("-") else ""
        text = sign + whole.removeprefix("-").rjust(form.least, "0") + point + fraction
    if form.optional:
        whole, _, fraction = text.partition(".")
        keep = decimals - form.optional
        fraction = fraction[:keep] + fraction[keep:].rstrip("0")
        text = f"{whole}.{fraction}" if fraction else whole
    if form.least == 0 and text.lstrip("-").startswith("0."):
        text = text.replace("0.", ".", 1)
    return text


def _general(value: Decimal) -> str:
    """No format: two decimals at most (what a column of amounts has room for), four below one; no trailing noughts."""
    if value == value.to_integral_value():
        return f"{value.quantize(Decimal(1), context=Context(prec=60)):f}"
    decimals = 2 if abs(value) >= 1 else 4
    text = f"{value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP, context=Context(prec=60)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _date(value: Decimal, code: str) -> str:
    try:
        day = _EPOCH + timedelta(days=int(value))
    except OverflowError:
        return _general(value)
    bare = _BARE.sub("", code).lower()
    if "年" in code:
        parts = [f"{day.year}年", f"{day.month}月" if "月" in code else "", f"{day.day}日" if "日" in code else ""]
        return "".join(parts)
    if "y" not in bare:
        return f"{day.month}月{day.day}日" if "d" in bare else _general(value)
    return f"{day.year}-{day.month:02d}-{day.day:02d}" if "d" in bare else f"{day.year}-{day.month:02d}"


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[Form, ...]:
    pieces: list[str] = [""]
    quoted = False
    for char in code[:255]:
        if char == '"':
            quoted = not quoted
        if char == ";" and not quoted:
            pieces.append("")
        else:
            pieces[-1] += char
    return tuple(_form(piece) for piece in pieces[:4])


def _form(code: str) -> Form:
    bare = _BARE.sub("", code)
    if GENERAL.lower() in bare.lower() or code == "@":
        return Form(general=True)
    if _DATE.search(bare) and not re.search(r"[#?]|0\.", bare):
        return Form(dated=True)
    shifted = _TEN_THOUSANDS.search(code)
    if shifted is not None:  # 0!.0000 shows 元 as 万元: a point set before the last digits of a whole number
        form = _form(_TEN_THOUSANDS.sub(f".{shifted[1]}{shifted[2]}", code))
        return replace(form, scale=form.scale - len(shifted[1]))
    held = _HELD.sub(lambda match: _private(match[1] or match[2] or ""), code)
    number = _NUMBER.search(held)
    if number is None:
        return Form(before=_public(held.replace("@", "")), decimals=None)
    digits = number[0].rstrip()
    thousands = len(digits) - len(digits.rstrip(","))
    if "e" in digits.lower():
        return Form(general=True)
    whole, _, fraction = digits.rstrip(",").partition(".")
    fraction = re.sub(r"[^0#?]", "", fraction)
    before, after = held[: number.start()], held[number.start() + len(digits) :]
    percent = 2 if "%" in before + after else 0
    return Form(
        before=_public(before),
        after=_public(after),
        decimals=len(fraction),
        optional=len(fraction) - len(fraction.rstrip("#")),
        grouped="," in whole,
        scale=percent - 3 * thousands,
        least=whole.count("0"),
    )


def _private(text: str) -> str:
    """Literal text moved out of the way of the format's own signs, one for one."""
    return "".join(chr(0xF0000 + ord(char)) if ord(char) < 0xF000 else char for char in text)


def _public(text: str) -> str:
    return "".join(chr(ord(char) - 0xF0000) if ord(char) >= 0xF0000 else char for char in text).strip()
