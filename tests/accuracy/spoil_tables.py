"""Errors and conversion damage in tables."""

from __future__ import annotations

import re
from itertools import pairwise

from drafts import Draft, Spoiler
from witness import witnessed

_TOTAL = re.compile(r"合\s*计|总\s*计")
_NAME = re.compile(r"[\u4e00-\u9fff（）()、]{5,}")
_WIDE = str.maketrans("0123456789,.", "０１２３４５６７８９，．")

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
    """The amounts of two neighbouring rows change places, where something else in the document still says how it was.

    Not where nothing does: two subjects of one parent that are told nowhere else add up to the same as before, and no
    reader of the document alone could know.
    """
    pairs = []
    for table in draft.tables:
        rows = draft.rows(table)
        pairs += [
            (table, a, b)
            for a, b in pairwise(rows)
            if draft.amounts(a) == draft.amounts(b)
            and [draft.cells[a][i] for i in draft.amounts(a)] != [draft.cells[b][i] for i in draft.amounts(b)]
        ]
    _, a, b = draft.random.choice([pair for pair in pairs if witnessed(draft, *pair)])
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


def two_cells(draft: Draft) -> None:
    """An amount of one table stands in two cells: its beginning in its own, the rest in one more or in the empty one beside it."""
    rows = [line for table in draft.tables for line in draft.rows(table)]
    line = draft.random.choice(rows)
    place = draft.random.choice([i for i in draft.amounts(line) if len(draft.cells[line][i].strip()) > 2])
    text = draft.cells[line][place].strip()
    at = draft.random.randrange(1, len(text))
    rest = draft.cells[line][place + 1 :]
    beside = rest[1:] if rest and not rest[0].strip() else rest
    draft.cells[line][place:] = [text[:at], text[at:], *beside]
    draft.changed.append(line + 1)


def broken_row(draft: Draft) -> None:
    """A row is broken in two: the end of its name stands in a line of its own under it."""
    rows = [line for table in draft.tables for line in draft.rows(table)]
    names = [(line, i) for line in rows for i, cell in enumerate(draft.cells[line]) if _NAME.fullmatch(cell.strip())]
    line, place = draft.random.choice(names)
    text = draft.cells[line][place].strip()
    at = draft.random.randrange(2, len(text) - 1)
    below = ["" for _ in draft.cells[line]]
    below[place] = text[at:]
    draft.cells[line][place] = text[:at]
    draft.cells[line][-1] += "\n" + "\t".join(below)
    draft.changed.append(line + 1)


def wide_digits(draft: Draft) -> None:
    """Amounts of one table were read as full-width characters, or with thin spaces in them."""
    for line in draft.random.choice([table for table in draft.tables if draft.rows(table)]):
        for i in draft.amounts(line):
            text = draft.cells[line][i].strip()
            if draft.random.random() < 0.5:
                draft.put(line, i, text.translate(_WIDE))
            elif len(text) > 4:
                draft.put(line, i, f"{text[:-3]}\u2009{text[-3:]}")


def page_break(draft: Draft) -> None:
    """A page ends within a table: empty lines, a page number, and its header once more."""
    tables = [table for table in draft.tables if len(draft.rows(table)) >= 6 and draft.rows(table)[0] > table[0]]
    table = draft.random.choice(tables)
    rows = draft.rows(table)
    header = ["\t".join(draft.cells[line]) for line in range(table[0], rows[0])]
    line = draft.random.choice(rows[2:-2])
    draft.cells[line][-1] += "\n".join(["", "", "- 7 -", "", *header])
    draft.changed.append(line + 1)


def two_amounts(draft: Draft) -> None:
    """Two amounts of some rows of one table were read into one cell."""
    for line in draft.random.choice([table for table in draft.tables if draft.rows(table)]):
        pairs = [i for i in draft.amounts(line) if i + 1 in draft.amounts(line)]
        if pairs and draft.random.random() < 0.2:
            at = draft.random.choice(pairs)
            draft.cells[line][at : at + 2] = [f"{draft.cells[line][at]} {draft.cells[line][at + 1]}"]
            draft.changed.append(line + 1)
    draft.changed[0]


def lost_cells(draft: Draft) -> None:
    """Blank cells of some rows of one table were lost, so that what follows stands one column too far left."""
    for line in draft.random.choice([table for table in draft.tables if draft.rows(table)]):
        empty = [i for i, cell in enumerate(draft.cells[line]) if not cell.strip()]
        if draft.amounts(line) and empty and draft.random.random() < 0.2:
            del draft.cells[line][draft.random.choice(empty)]
            draft.changed.append(line + 1)
    draft.changed[0]


def footnotes(draft: Draft) -> None:
    """Marks of footnotes stand behind amounts of one table."""
    for line in draft.random.choice([table for table in draft.tables if draft.rows(table)]):
        for i in draft.amounts(line):
            if draft.random.random() < 0.1:
                draft.put(line, i, draft.cells[line][i] + draft.random.choice("①②¹²"))
    draft.changed[0]


def decimal_commas(draft: Draft) -> None:
    """The points of some amounts were recognised as commas."""
    for line in draft.random.choice([table for table in draft.tables if draft.rows(table)]):
        for i in draft.amounts(line):
            if "." in draft.cells[line][i] and draft.random.random() < 0.1:
                draft.put(line, i, draft.cells[line][i].replace(".", ","))
    draft.changed[0]


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
    "数字拆成两格": two_cells,
    "行断成两行": broken_row,
    "全角数字": wide_digits,
    "换页重复表头": page_break,
    "两数并入一格": two_amounts,
    "丢失空格": lost_cells,
    "脚注序号": footnotes,
    "小数点成逗号": decimal_commas,
}
