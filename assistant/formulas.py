"""The two small languages of tie-outs: formulas written in rule files, and formulas printed under tables.

Rule files: ``公开01[收入:总计].决算数 = 公开02[合计] + …``. A name is ``表[侧:行].栏`` (any part may be left out where the
rule supplies it), ``Σ组`` sums the rows of a group, ``?`` allows a row or column to be absent, ``甲|乙`` takes the first
that shows a figure. Relations: ``= <= >=``.

Printed: ``27行=(1+2+3)行；59行=(33+34+…+58)行``, ``1栏各行=(2+3)栏各行``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from assistant.text import normalise

Relation = Literal["=", "<=", ">="]


class FormulaError(ValueError):
    """A formula that cannot be read; the message says which and where."""


@dataclass(frozen=True, slots=True)
class Name:
    """A reference: table, side, row, column (empty parts are supplied by the rule), ``Σ`` and ``?``."""

    row: str
    table: str = ""
    side: str = ""
    column: str = ""
    total: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A signed term with its alternatives."""

    sign: int
    choices: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Formula:
    """``left`` stands in ``relation`` to ``right``."""

    text: str
    left: tuple[Item, ...]
    relation: Relation
    right: tuple[Item, ...]


_NAME = re.compile(
    r"(?P<sum>Σ)?(?:(?P<table>[^\s\[\]+\-|=<>?.]+)?\[(?:(?P<side>[^\[\]:]+):)?(?P<row>[^\[\]:]*)\](?:\.(?P<column>[^\s\[\]+\-|=<>?.]+))?"
    r"|(?P<plain>[^\s\[\]+\-|=<>?.Σ]+))(?P<optional>\?)?"
)


@cache
def parse_formula(text: str) -> Formula:
    """Read a formula of a rule file. Raises ``FormulaError``."""
    parts = re.split(r"(<=|>=|=)", text)
    if len(parts) != 3:
        raise FormulaError(f"公式“{text}”应当恰有一个 =、<= 或 >=")
    relation: Relation = "=" if parts[1] == "=" else "<=" if parts[1] == "<=" else ">="
    return Formula(text, _items(parts[0], text), relation, _items(parts[2], text))


def _items(text: str, whole: str) -> tuple[Item, ...]:
    items: list[Item] = []
    for sign, body in re.findall(r"([+-]?)\s*([^+-]+)", text):
        names = tuple(_name(choice.strip(), whole) for choice in body.split("|"))
        items.append(Item(-1 if sign == "-" else 1, names))
    if not items:
        raise FormulaError(f"公式“{whole}”的一侧是空的")
    return tuple(items)


def _name(text: str, whole: str) -> Name:
    match = _NAME.fullmatch(text)
    if match is None:
        raise FormulaError(f"公式“{whole}”中的“{text}”不是正确的名称，应写作 表[侧:行].栏")
    total, optional = bool(match["sum"]), bool(match["optional"])
    if match["plain"] is not None:
        return Name(match["plain"], total=total, optional=optional)
    return Name(match["row"], match["table"] or "", match["side"] or "", match["column"] or "", total, optional)


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed formula over row numbers (行次) or column numbers (栏次): ``total`` is the signed sum of ``parts``."""

    text: str
    axis: Literal["行", "栏"]
    total: int
    parts: tuple[tuple[int, int], ...]

    @property
    def cited(self) -> tuple[int, ...]:
        """All numbers that the formula names."""
        return (self.total, *(number for _, number in self.parts))


_STATEMENT = re.compile(
    r"第?\s*(\d{1,3})\s*([行栏])\s*(?:各[行栏])?\s*=\s*((?:第|[\d\s+\-()行栏各至~.…·])+)",
)
_PIECE = re.compile(r"(\d{1,3})|([+-])|(…+|\.{2,}|·{2,}|至|~)")
MAX_PARTS = 200


def read_printed(text: str) -> Iterator[Printed]:
    """The formulas in a note. What does not read as one is passed over in silence: a note holds other words too."""
    plain = normalise(text).replace(" ", "")
    for match in _STATEMENT.finditer(plain):
        axis: Literal["行", "栏"] = "行" if match[2] == "行" else "栏"
        other = "栏" if axis == "行" else "行"
        body = re.sub(r"各[行栏]", "", match[3])
        if other in body:
            continue
        parts = _printed_parts(body)
        if parts and len(parts) > 1:
            yield Printed(match[0].rstrip(".…·;"), axis, int(match[1]), parts)


def _printed_parts(body: str) -> tuple[tuple[int, int], ...]:
    parts: list[tuple[int, int]] = []
    sign, open_range = 1, False
    for number, operator, ellipsis in _PIECE.findall(body.rstrip(".…·")):
        if operator:
            sign = -1 if operator == "-" else 1
        elif ellipsis:
            open_range = bool(parts)
        else:
            value = int(number)
            if open_range:
                step = parts[-1][1] - parts[-2][1] if len(parts) > 1 else 1
                start = parts[-1][1] + step
                if step <= 0 or (value - start) % step or not 0 <= value - start < MAX_PARTS * step:
                    return ()
                parts += [(parts[-1][0], n) for n in range(start, value, step)]
                open_range = False
            parts.append((sign, value))
            sign = 1
    return tuple(parts)
