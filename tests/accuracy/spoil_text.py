"""Errors and conversion damage in the prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from drafts import OTHER_WAY, Draft, Spoiler

_MONEY = re.compile(r"(?<![\d.,〔\[(（-])(\d[\d,]*\.\d+|[1-9]\d[\d,]*)(?=\s?(?:万元|亿元|元))")
_PERCENT = re.compile(r"(?<![\d.-])(\d+(?:\.\d+)?)(?=\s?[%％])")
_DIRECTION = re.compile(r"(?<![（(/、])(?P<way>增加|减少|增长|下降)\s?(?P<figure>\d)")
_COUNT = re.compile(r"(?<![\d.])(\d{1,5})(?=\s?(?:辆|人次|批次|个团组|人))")
_PARTS = re.compile(r"其中[:：]?(.+)")


def _figure(draft: Draft, pattern: re.Pattern[str]) -> None:
    line, match = draft.find(pattern, "NT")
    new = draft.change_digit(match[1], len(match[1].split(".")[0]))
    draft.replace(line, *match.span(1), new)


_RATES = frozenset({"N401", "N405", "N407", "N435"})


def amount(draft: Draft) -> None:
    """One digit before the point of an amount is another one.

    What only a list without 合计 confirmed is left alone: such a list may be incomplete, and proves no part too small. What only
    a rate confirmed gets another first digit: 100% holds of 3,914 and 3,918 alike.
    """
    places = [
        (line, match, set(draft.verified[line, match.start(1)]))
        for line in draft.prose
        for match in _MONEY.finditer(draft.cells[line][0])
        if draft.confirmed(line, match.start(1), "NT")
    ]
    line, match, rules = draft.random.choice([place for place in places if place[2] - {"N414"}])
    until = 1 if rules <= _RATES else len(match[1].split(".")[0])
    draft.replace(line, *match.span(1), draft.change_digit(match[1], until))


def percent(draft: Draft) -> None:
    """One digit before the point of a percentage is another one."""
    _figure(draft, _PERCENT)


def unit(draft: Draft) -> None:
    """元 or 亿元 instead of 万元."""
    line, match = draft.find(re.compile(r"(?<![\d.,〔\[(（-])(\d[\d,]*\.\d*[1-9]\d*)\s?(?P<unit>万元)"), "NT")
    draft.replace(line, *match.span("unit"), draft.random.choice(["元", "亿元"]))


def direction(draft: Draft) -> None:
    """增加 for 减少, 增长 for 下降, and the other way round, before a figure that was confirmed."""
    line, match = draft.find(_DIRECTION, "N", "figure")
    draft.replace(line, *match.span("way"), OTHER_WAY[match["way"]])


def swapped_parts(draft: Draft) -> None:
    """Two amounts behind 其中 change places."""
    places = []
    for line in draft.prose:
        parts = _PARTS.search(draft.cells[line][0])
        found = list(_MONEY.finditer(draft.cells[line][0], parts.start(1))) if parts else []
        found = [m for m in found if {"N301", "N302", "N407"} & {*draft.verified.get((line, m.start(1)), ())}]
        places += [(line, a, b) for a, b in pairwise(found) if a[1] != b[1]]
    line, a, b = draft.random.choice(places)
    text = draft.cells[line][0]
    draft.put(line, 0, text[: a.start(1)] + b[1] + text[a.end(1) : b.start(1)] + a[1] + text[b.end(1) :])


def count(draft: Draft) -> None:
    """A number of vehicles, groups or guests is another one.

    Not that of an indicator: more than its target is no error, and too few is planted as an unmet target. A 保有量 that
    only the number of all vehicles bounds (D732) is raised above it: a smaller one contradicts nothing.
    """
    places = [
        (line, match)
        for line in draft.prose
        for match in _COUNT.finditer(draft.cells[line][0])
        if draft.confirmed(line, match.start(1), "NDP") and not re.search(r"目标|指标", draft.cells[line][0])
    ]
    line, match = draft.random.choice(places)
    if set(draft.verified[line, match.start(1)]) == {"D732"}:
        owned = max(int(number) for cells in draft.cells for number in re.findall(r"车辆\s?(\d{1,4})\s?辆", cells[0]))
        draft.replace(line, *match.span(1), str(owned + draft.random.randrange(1, 9)))
    else:
        draft.replace(line, *match.span(1), draft.change_digit(match[1]))


_NAME = re.compile(r"[一-鿿]{4,}$")
_ROLE = re.compile(r"(?:支出|收入)?(?:年初|全年)?(?:预算|决算)?(?:数|额|安排)?[为是共计约]?$")


def _name_before(text: str, end: int) -> str:
    """The word before an amount: 公务接待费 of 公务接待费支出决算为 3.20."""
    found = _NAME.search(_ROLE.sub("", text[max(0, end - 24) : end].rstrip()))
    return found[0][-8:] if found else ""


def restated(draft: Draft) -> None:
    """One digit of an amount is another one, where the same amount stands with the same name in another line or in a table.

    The witness is the document: whether anything confirmed the amount in the clean text does not matter.
    """
    told: dict[tuple[str, str], set[int]] = {}
    for line in draft.prose:
        text = draft.cells[line][0]
        for match in _MONEY.finditer(text):
            if name := _name_before(text, match.start(1)):
                told.setdefault((name[-4:], match[1]), set()).add(line)
    rows = {
        (cell.strip().replace(",", ""), "".join(draft.cells[line]))
        for table in draft.tables
        for line in table
        for cell in draft.cells[line]
    }
    shown: dict[str, list[str]] = {}
    for cell, row in rows:
        shown.setdefault(cell, []).append(row)
    places = []
    for line in draft.prose:
        text = draft.cells[line][0]
        for match in _MONEY.finditer(text):
            name = _name_before(text, match.start(1))
            telling = len(re.sub(r"\D", "", match[1]).strip("0")) >= 3 and "." in match[1] and name
            again = telling and len(told[name[-4:], match[1]]) > 1
            if again or (telling and any(name[-4:] in row for row in shown.get(match[1].replace(",", ""), ()))):
                places.append((line, match))
    line, match = draft.random.choice(places)
    draft.replace(line, *match.span(1), draft.change_digit(match[1], len(match[1].split(".")[0])))


def split_figures(draft: Draft) -> None:
    """Blanks stand inside the figures of some sentences."""
    for line in draft.prose:
        text = draft.cells[line][0]
        for match in reversed(list(_MONEY.finditer(text))):
            if draft.random.random() < 0.15 and "." in match[1]:
                at = match.start(1) + match[1].index(".") + 1
                text = text[:at] + " " + text[at:]
        if text != draft.cells[line][0]:
            draft.put(line, 0, text)
    draft.changed[0]  # nothing to split: no case


def broken_lines(draft: Draft) -> None:
    """Some lines are broken in the middle, as at a page's end."""
    for line in draft.prose:
        text = draft.cells[line][0]
        if len(text) > 40 and draft.random.random() < 0.3:
            at = draft.random.randrange(15, len(text) - 15)
            draft.put(line, 0, f"{text[:at]}\n\n{text[at:]}")
    draft.changed[0]


_BETWEEN = ("— {} —", "{}", "第 {} 页 共 48 页", "- {} -", "某区某局 2023 年部门公开资料", "{}\n\n某区某局部门公开资料")


def page_numbers(draft: Draft) -> None:
    """The foot and the head of a page stand within some lines, anywhere."""
    for line in draft.prose:
        text = draft.cells[line][0]
        if len(text) > 40 and draft.random.random() < 0.3:
            at = draft.random.randrange(15, len(text) - 15)
            blank = draft.random.choice(["\n", "\n\n"])
            foot = draft.random.choice(_BETWEEN).format(draft.random.randrange(2, 48))
            draft.put(line, 0, f"{text[:at]}{blank}{foot}{blank}{text[at:]}")
    draft.changed[0]


def hard_breaks(draft: Draft) -> None:
    """Every line of the prose ends after so many characters, wherever that is."""
    width = draft.random.randrange(24, 48)
    for line in draft.prose:
        text = draft.cells[line][0]
        if len(text) > width:
            draft.put(line, 0, "\n".join(text[at : at + width] for at in range(0, len(text), width)))
    draft.changed[0]


def _confirmed_figures(draft: Draft) -> Iterator[tuple[int, re.Match[str]]]:
    for line in draft.prose:
        for match in reversed(list(_MONEY.finditer(draft.cells[line][0]))):
            if draft.confirmed(line, match.start(1), "NT") and draft.random.random() < 0.3:
                yield line, match


def wide_figures(draft: Draft) -> None:
    """Some figures are printed in full-width characters."""
    for line, match in _confirmed_figures(draft):
        draft.replace(line, *match.span(1), "".join(chr(ord(char) + 0xFEE0) for char in match[1]))
    draft.changed[0]


def spaced_figures(draft: Draft) -> None:
    """Some figures have a blank between all their characters."""
    for line, match in _confirmed_figures(draft):
        draft.replace(line, *match.span(1), " ".join(match[1]))
    draft.changed[0]


ERRORS: dict[str, Spoiler] = {
    "正文金额": amount,
    "正文百分比": percent,
    "正文单位": unit,
    "增减方向": direction,
    "分项互换": swapped_parts,
    "正文个数": count,
    "另见金额": restated,
}
DAMAGE: dict[str, Spoiler] = {
    "正文数字断开": split_figures,
    "正文断行": broken_lines,
    "正文页码": page_numbers,
    "正文折行": hard_breaks,
    "全角数字": wide_figures,
    "数字逐位空格": spaced_figures,
}
