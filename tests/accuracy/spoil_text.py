"""Errors and conversion damage in the prose."""

from __future__ import annotations

import re
from itertools import pairwise

from drafts import Draft, Spoiler

_MONEY = re.compile(r"(?<![\d.,〔\[(（-])(\d[\d,]*\.\d+|[1-9]\d[\d,]*)(?=\s?(?:万元|亿元|元))")
_PERCENT = re.compile(r"(?<![\d.-])(\d+(?:\.\d+)?)(?=\s?[%％])")
_DIRECTION = re.compile(r"(?<![（(/、])(?P<way>增加|减少|增长|下降)\s?(?P<figure>\d)")
_OTHER_WAY = {"增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长"}
_REASON = re.compile(r"[，,。；](?:主要)?原因(?:是|为|：|:)+[^。；]{4,}")
_RATE = re.compile(r"完成(?:年初|全年|调整)?预算的?\s?(\d+(?:\.\d+)?)\s?[%％]")
_COUNT = re.compile(r"(?<![\d.])(\d{1,5})(?=\s?(?:辆|人次|批次|个团组|人))")
_PARTS = re.compile(r"其中[:：]?(.+)")
_SUBJECT = re.compile(r"([一-鿿]{4,})(?=[（(](?:类|款|项)[）)])")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年度?[^，,。；]{0,14}(?:收入|支出|决算|预算|拨款|经费|结转))")


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


def year(draft: Draft) -> None:
    """The report's year is another one where an amount of it is told."""
    places = [
        (line, match)
        for line in draft.prose
        for match in _YEAR.finditer(draft.cells[line][0])
        if int(match[1]) == draft.year and re.match(r"[^。]*\d\s?(?:万元|元)", draft.cells[line][0][match.end() :])
    ]
    line, match = draft.random.choice(places)
    draft.replace(line, *match.span(1), str(draft.year - draft.random.choice([1, 2])))


def direction(draft: Draft) -> None:
    """增加 for 减少, 增长 for 下降, and the other way round, before a figure that was confirmed."""
    line, match = draft.find(_DIRECTION, "N", "figure")
    draft.replace(line, *match.span("way"), _OTHER_WAY[match["way"]])


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


def no_reason(draft: Draft) -> None:
    """The reason of a completion rate far from 100% is missing."""
    places = []
    for line in draft.prose:
        text = draft.cells[line][0]
        for rate in _RATE.finditer(text):
            reason = _REASON.search(text, rate.end())
            far = not 80 <= int(rate[1].split(".")[0]) <= 120
            if reason is not None and far and "完成" not in text[rate.end() : reason.start()]:
                places.append((line, reason.start(), reason.end()))
    line, start, end = draft.random.choice(places)
    draft.replace(line, start, end, "")


def other_reason(draft: Draft) -> None:
    """The reason speaks of 增加 where the amount fell, and the other way round."""
    places = []
    for line in draft.prose:
        text = draft.cells[line][0]
        for reason in _REASON.finditer(text):
            way = re.search(r"(增加|减少|增长|下降)\s?\d", text[: reason.start()][-60:])
            words = list(re.finditer(r"增加|减少", reason[0]))
            if way and words and all(_OTHER_WAY[word[0]] != way[1] for word in words):
                places.append((line, reason, words))
    line, reason, words = draft.random.choice(places)
    text = reason[0]
    for word in reversed(words):
        text = text[: word.start()] + _OTHER_WAY[word[0]] + text[word.end() :]
    draft.replace(line, reason.start(), reason.end(), text)


def count(draft: Draft) -> None:
    """A number of vehicles, groups or guests is another one."""
    line, match = draft.find(_COUNT, "NDP")
    draft.replace(line, *match.span(1), draft.change_digit(match[1]))


def subject(draft: Draft) -> None:
    """A subject's name lacks a character."""
    line, match = draft.find(_SUBJECT)
    at = draft.random.randrange(match.start(1) + 1, match.end(1))
    draft.replace(line, at, at + 1, "")


RESIDUE = ("（增加/减少）", "XX", "（请根据实际情况填写）", "增（减）", "××万元")


def residue(draft: Draft) -> None:
    """A piece of the template stands in a sentence."""
    line, match = draft.find(re.compile(r"(?=[，。])"))
    draft.replace(line, match.start(), match.start(), draft.random.choice(RESIDUE))


def doubled(draft: Draft) -> None:
    """A phrase stands twice."""
    line, match = draft.find(re.compile(r"主要用于|主要是|增加|减少|较上年|原因是"))
    draft.replace(line, match.end(), match.end(), match[0])


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
    "正文年度": year,
    "增减方向": direction,
    "分项互换": swapped_parts,
    "缺少原因": no_reason,
    "原因相反": other_reason,
    "正文个数": count,
    "科目名称": subject,
    "模板残留": residue,
    "重复词语": doubled,
}
DAMAGE: dict[str, Spoiler] = {
    "正文数字断开": split_figures,
    "正文断行": broken_lines,
}
