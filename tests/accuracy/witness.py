"""Whether a document itself shows that the amounts of two rows were exchanged: what a careful reader could hold against it."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from drafts import Draft

_TOTAL = re.compile(r"合计|总计|小计|^本年|^当年")
_NUMBERING = re.compile(r"^(?:其中[:：]?|[（(]?[一二三四五六七八九十]{1,3}[)）、.]|[（(]?\d{1,2}[)）、.](?!\d))+")
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_CODE = re.compile(r"\d{2,7}")
NEAR = 60
"""How far before an amount of the narrative its name may stand."""


def witnessed(draft: Draft, table: list[int], a: int, b: int) -> bool:
    """Whether anything but the two rows says which amounts belong to which."""
    places = draft.amounts(a)
    codes = {code for line in table for i in draft.amounts(line) if (code := named(draft, line, i)[0])}
    return any(
        _in_sums(draft, a, b, i, codes) or _elsewhere(draft, a, b, i) or _product(draft, a, i) or _product(draft, b, i)
        for i in places
        if draft.cells[a][i] != draft.cells[b][i]
    )


def named(draft: Draft, line: int, place: int) -> tuple[str, str, int]:
    """Code and name of the amount at a place: the cells before it, back to the amount before; and where the name stands."""
    amounts = draft.amounts(line)
    first = max((i + 1 for i in amounts if i < place and not set(range(i, place)) <= set(amounts)), default=0)
    cells = [(i, re.sub(r"\s", "", draft.cells[line][i])) for i in range(first, place) if i not in amounts]
    filled = [(i, cell) for i, cell in cells if cell]
    digits = [cell for _, cell in filled if _CODE.fullmatch(cell)]
    words = "".join(cell for _, cell in filled if not _CODE.fullmatch(cell))
    code = "".join(digits)
    if not code and (match := re.match(r"\d{3,7}(?!\d)", words)):
        code, words = match[0], words[match.end() :]
    return code if len(code) in (3, 5, 7) else "", _NUMBERING.sub("", words), filled[-1][0] if filled else -1


def _in_sums(draft: Draft, a: int, b: int, place: int, codes: set[str]) -> bool:
    """Whether a sum over the rows changes: one of the two is a sum, or they are parts of different ones."""
    (one, name, at), (other, name_b, at_b) = named(draft, a, place), named(draft, b, place)
    if _TOTAL.search(name) or _TOTAL.search(name_b) or (at != at_b and not (one and other)):
        return True
    if not one or not other:
        return False
    if any(code != mine and code.startswith(mine) for mine in (one, other) for code in codes):
        return True
    parents = [code[:-2] if len(code) > 3 else "" for code in (one, other)]
    return parents[0] != parents[1] and any(parent in codes for parent in parents)


def _elsewhere(draft: Draft, a: int, b: int, place: int) -> bool:
    """Whether one of the names stands with its amount in another row, or before it in the narrative."""
    text = _lines(tuple("\t".join(cells) for cells in draft.cells))
    for line in (a, b):
        _, name, _ = named(draft, line, place)
        value = _value(draft.cells[line][place])
        if not value or len(name) < 3:
            continue
        for i, (words, numbers) in enumerate(text):
            if i in (a, b) or name not in words:
                continue
            for start, number in numbers:
                same = number == value or number * 10_000 == value or number == value * 10_000
                if same and name in words[max(0, start - NEAR - len(name)) : start]:
                    return True
    return False


def _product(draft: Draft, line: int, place: int) -> bool:
    """Whether two other numbers of the row make the amount (数量 and 单价)."""
    value, amounts = _value(draft.cells[line][place]), draft.amounts(line)
    texts = [cell.strip() for i, cell in enumerate(draft.cells[line]) if i not in amounts]
    numbers = [_value(text) for text in texts if _NUMBER.fullmatch(text)]
    return any(x * y == value != 0 for i, x in enumerate(numbers) for y in numbers[i + 1 :])


def _value(text: str) -> Decimal:
    match = _NUMBER.search(text.replace(" ", ""))
    return Decimal(match[0].replace(",", "")) if match else Decimal(0)


@cache
def _lines(lines: tuple[str, ...]) -> tuple[tuple[str, tuple[tuple[int, Decimal], ...]], ...]:
    """Each line without blanks, and its numbers with where they begin."""
    found = []
    for line in lines:
        words = re.sub(r"[ \u3000]", "", line)
        found.append((words, tuple((m.start(), _value(m[0])) for m in _NUMBER.finditer(words))))
    return tuple(found)
