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
    pieces = re.split(r"([+-])", text)
    if not pieces[0].strip():
        del pieces[0]
    if not pieces:
        raise FormulaError(f"公式“{whole}”的一侧是空的")
    signs = ["+", *pieces] if pieces[0] not in ("+", "-") else pieces
    for sign, body in zip(signs[::2], [*signs[1::2], ""], strict=False):
        names = tuple(_name(choice.strip(), whole) for choice in body.split("|"))
        items.append(Item(-1 if sign == "-" else 1, names))
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


_HEAD = re.compile(r"(?<!\d)第?(\d{1,3})([行栏])(?:各[行栏])?=")
_TOKEN = re.compile(
    r"(?P<number>\d+)|(?P<word>第|各?[行栏])|(?P<operator>[+-])|(?P<bracket>[()])|(?P<dots>…+|\.{2,}|·{2,}|至|~)"
)
_GOES_ON = re.compile(r"[*×/÷%]|\.\d")
MAX_PARTS = 200


def read_printed(text: str) -> Iterator[Printed]:
    """The formulas in a note. What does not read as one is passed over in silence: a note holds other words too."""
    plain = re.sub(r"\s", "", normalise(text))
    for head in _HEAD.finditer(plain):
        axis: Literal["行", "栏"] = "行" if head[2] == "行" else "栏"
        parts, end = _printed_parts(plain, head.end(), axis)
        if len(parts) > 1:
            yield Printed(plain[head.start() : end], axis, int(head[1]), parts)


def _printed_parts(text: str, position: int, axis: str) -> tuple[tuple[tuple[int, int], ...], int]:
    """The signed numbers of the sum that begins at ``position``, and where it ends; none if it is no whole sum."""
    parts: list[tuple[int, int]] = []
    outer, sign = [1], 1  # the signs before the open brackets, the sign of what comes next
    complete, dots, last = False, False, ""
    while (token := _TOKEN.match(text, position)) is not None:
        kind, word = token.lastgroup, token[0]
        if complete and (kind == "number" or word in ("第", "(")):
            break  # the next formula
        if kind == "number":
            added = _up_to(parts, outer[-1] * sign, word) if dots else [(outer[-1] * sign, int(word))]
            if not added or len(word) > 3:
                return (), position
            parts += added
            complete, dots, sign = True, False, 1
        elif kind == "operator":
            if not complete and (parts or sign < 0) and not dots:
                return (), position
            complete, sign = False, -1 if word == "-" else 1
        elif kind == "dots":
            complete, dots = False, True
        elif word == "(":
            outer.append(outer[-1] * sign)
            sign = 1
        elif word == ")" and len(outer) > 1:
            outer.pop()
        elif word in "行栏" and word != axis:
            return (), position
        position, last = token.end(), word
    closed = len(outer) == 1 or last.endswith(("行", "栏"))  # a bracket may be lost, but not what stood in it
    whole = complete and closed and _GOES_ON.match(text, position) is None
    return (tuple(parts) if whole else ()), position


def _up_to(parts: list[tuple[int, int]], sign: int, number: str) -> list[tuple[int, int]]:
    """What an ellipsis between the parts so far and ``number`` stands for, ``number`` included; empty if unclear."""
    if not parts or parts[-1][0] != sign or len(number) > 3:
        return []
    value = int(number)
    step = parts[-1][1] - parts[-2][1] if len(parts) > 1 else 1
    start = parts[-1][1] + step
    if step <= 0 or (value - start) % step or not 0 <= value - start < MAX_PARTS * step:
        return []
    return [(sign, n) for n in range(start, value + 1, step)]
