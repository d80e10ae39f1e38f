"""Errors and conversion damage in the prose."""

from __future__ import annotations

import re
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


def amount(draft: Draft) -> None:
    """One digit before the point of an amount is another one."""
    _figure(draft, _MONEY)


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
    """A number of vehicles, groups or guests is another one."""
    line, match = draft.find(_COUNT, "NDP")
    draft.replace(line, *match.span(1), draft.change_digit(match[1]))


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


ERRORS: dict[str, Spoiler] = {
    "正文金额": amount,
    "正文百分比": percent,
    "正文单位": unit,
    "增减方向": direction,
    "分项互换": swapped_parts,
    "正文个数": count,
}
DAMAGE: dict[str, Spoiler] = {
    "正文数字断开": split_figures,
    "正文断行": broken_lines,
}
