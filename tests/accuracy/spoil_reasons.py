"""Errors in the stated reasons."""

from __future__ import annotations

import re

from drafts import OTHER_WAY, Draft, Spoiler

_REASON = re.compile(r"[，,。；](?:主要)?原因(?:是|为|：|:)+[^。；]{4,}")
_RATE = re.compile(r"完成(?:年初|全年|调整)?预算的?\s?(\d+(?:\.\d+)?)\s?[%％]")


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
            if way and words and all(OTHER_WAY[word[0]] != way[1] for word in words):
                places.append((line, reason, words))
    line, reason, words = draft.random.choice(places)
    text = reason[0]
    for word in reversed(words):
        text = text[: word.start()] + OTHER_WAY[word[0]] + text[word.end() :]
    draft.replace(line, reason.start(), reason.end(), text)


ERRORS: dict[str, Spoiler] = {
    "缺少原因": no_reason,
    "原因相反": other_reason,
}
