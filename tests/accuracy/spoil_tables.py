"""Errors and conversion damage in tables."""

from __future__ import annotations

import re
from itertools import pairwise

from drafts import Draft, Spoiler

_TOTAL = re.compile(r"合\s*计|总\s*计")

# --- errors ---------------------------------------------------------------------------------------------------------


def transposed(draft: Draft) -> None:
    """Two neighbouring digits change places."""
    places = []
    while not places:
        line, position = draft.pick()
        text = draft.cells[line][position]
        digits = [i for i, char in enumerate(text) if char.isdigit()]
        pairs = pairwise(digits)
        places = [(a, b) for a, b in pairs if text[a] != text[b] and not (a == 0 and text[b] == "0")]
    a, b = draft.random.choice(places)
    swapped = list(text)
    swapped[a], swapped[b] = swapped[b], swapped[a]
    draft.put(line, position, "".join(swapped))


def lost_digit(draft: Draft) -> None:
    """One digit before the point is missing."""
    text = ""
    while len(re.sub(r"\D", "", text.split(".")[0])) < 2:
        line, position = draft.pick()
        text = draft.cells[line][position]
    whole, point, rest = text.partition(".")
    digits = re.sub(r"\D", "", whole)
    gone = draft.random.randrange(1, len(digits))
    sign = "-" if text.startswith("-") else ""
    draft.put(line, position, f"{sign}{int(digits[:gone] + digits[gone + 1 :]):,}{point}{rest}")


def changed_digit(draft: Draft) -> None:
    """One digit of an amount is another one."""
    line, position = draft.pick()
    _change_digit(draft, line, position)


def changed_total(draft: Draft) -> None:
    """One digit of a total is another one."""
    line, position = draft.pick(lambda label: bool(_TOTAL.search(label)))
    _change_digit(draft, line, position)


def _change_digit(draft: Draft, line: int, position: int) -> None:
    text = draft.cells[line][position]
    draft.put(line, position, draft.change_digit(text, len(text.split(".")[0])))  # never a mere tail difference


def swapped_rows(draft: Draft) -> None:
    """The amounts of two neighbouring rows change places."""
    pairs = []
    for table in draft.tables:
        rows = draft.rows(table)
        pairs += [
            (a, b)
            for a, b in pairwise(rows)
            if draft.amounts(a) == draft.amounts(b)
            and [draft.cells[a][i] for i in draft.amounts(a)] != [draft.cells[b][i] for i in draft.amounts(b)]
        ]
    a, b = draft.random.choice(pairs)
    for i in draft.amounts(a):
        draft.cells[a][i], draft.cells[b][i] = draft.cells[b][i], draft.cells[a][i]
    draft.changed += [a + 1, b + 1]


def shifted(draft: Draft) -> None:
    """From some row on every amount stands one row low; the last one is lost."""
    tables = [draft.rows(table) for table in draft.tables]
    rows = draft.random.choice([rows for rows in tables if len(rows) >= 8])
    first = draft.random.randrange(1, len(rows) // 2)
    positions = sorted({i for line in rows for i in draft.amounts(line)})
    for low, high in reversed(list(zip(rows[first:], rows[first - 1 :], strict=False))):
        if len(draft.cells[low]) == len(draft.cells[high]):
            for i in positions:
                draft.cells[low][i] = draft.cells[high][i]
    draft.changed += [line + 1 for line in rows[first:]]


# --- damage ---------------------------------------------------------------------------------------------------------


def split_digits(draft: Draft) -> None:
    """A blank stands inside the amounts of one table, after a comma, a point or a digit."""
    for line in draft.random.choice([table for table in draft.tables if draft.rows(table)]):
        for i in draft.amounts(line):
            if draft.random.random() < 0.3:
                text = draft.cells[line][i]
                at = draft.random.randrange(1, len(text))
                draft.put(line, i, f"{text[:at]} {text[at:]}")


def stray_letters(draft: Draft) -> None:
    """Ruled lines were read as letters: blank cells of one table hold one."""
    for line in draft.random.choice([table for table in draft.tables if draft.rows(table)]):
        for i, cell in enumerate(draft.cells[line]):
            if draft.amounts(line) and not cell.strip() and draft.random.random() < 0.2:
                draft.put(line, i, draft.random.choice(["l", "I", "|", "J", "一"]))


def cut_decimals(draft: Draft) -> None:
    """The amounts of one column of one table lost their last decimal at the cell's edge."""
    table = draft.random.choice([table for table in draft.tables if draft.rows(table)])
    column = draft.random.choice([i for line in table for i in draft.amounts(line)])
    for line in table:
        if column in draft.amounts(line) and "." in draft.cells[line][column]:
            draft.put(line, column, draft.cells[line][column][:-1])


def tagged(draft: Draft) -> None:
    """Amounts of one table carry the remains of HTML."""
    for line in draft.random.choice([table for table in draft.tables if draft.rows(table)]):
        for i in draft.amounts(line):
            if draft.random.random() < 0.3:
                draft.put(line, i, f"<del>{draft.cells[line][i]}</del>")


ERRORS: dict[str, Spoiler] = {
    "两位数字颠倒": transposed,
    "漏一位数字": lost_digit,
    "改一位数字": changed_digit,
    "改合计": changed_total,
    "相邻两行互换": swapped_rows,
    "金额错行": shifted,
}
DAMAGE: dict[str, Spoiler] = {
    "数字断开": split_digits,
    "空格中的杂字": stray_letters,
    "截去末位小数": cut_decimals,
    "残留标签": tagged,
}
