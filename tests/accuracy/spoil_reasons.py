"""Errors in the stated reasons: one that opposes the change it explains, and one that is left out.

The witness of a contradiction stands in the same sentence: the change that is told. It must be told once, or in one
direction only, right before the reason (or by the reason's own heading), so that nobody can doubt what is explained.
The witness of a missing reason is the document's own practice: like statements, with no larger a change, are explained.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from drafts import Draft, Spoiler

SWAPS = {
    "增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长", "提高": "降低", "降低": "提高", "上升": "下降", "增多": "减少",
    "上调": "下调", "下调": "上调", "调增": "调减", "调减": "调增", "扩大": "缩小", "缩小": "扩大", "新增": "减少", "追加": "核减",
    "压减": "增加", "压缩": "增加", "缩减": "增加", "核减": "追加", "低于": "高于", "少于": "多于", "小于": "大于", "高于": "低于",
}  # fmt: skip
RISING = frozenset(
    {"增加", "增长", "提高", "上升", "增多", "上调", "调增", "扩大", "新增", "追加", "高于", "大于", "超出"}
)
OWN = {
    "增加": (
        "压减一般性支出，人员减少", "人员减少，工资支出相应减少", "部分项目取消，项目经费减少", "落实过紧日子要求，压缩办公经费",
        "一是在职人员减少；二是公用经费标准下调", "业务量下降，采购支出减少", "厉行节约，严格控制一般性支出",
        "工作任务减少，导致支出比上年减少",
    ),
    "减少": (
        "人员增加、工资标准提高", "新增信息化项目，项目经费增加", "工作任务增加", "人员编制增加，公用经费相应增加",
        "一是新招录人员，人员经费增加；二是社保缴费基数上调", "业务量增加，委托服务费上涨", "增加了专项检查活动经费",
        "年中追加项目资金，导致支出比上年增加",
    ),
}  # fmt: skip
"""Reasons that say plainly the opposite of a rise and of a fall."""

_REASON = re.compile(
    r"(?P<head>增加|增长|减少|下降|大于(?:年初|全年)?预算数?|小于(?:年初|全年)?预算数?)?的?(?:主要)?原因(?:主要)?(?:是|为|:|：)+\s*(?P<text>[^。\n]{4,})"
)
_CHANGE = re.compile(r"(增加|增长|上升|减少|下降|降低)了?\s?(\d[\d,.]*)\s?(?:万元|元|%|％)")
_RATE = re.compile(r"完成(?:年初|全年|调整)?预算的?\s?(\d+(?:\.\d+)?)\s?[%％]")
_GIVEN = re.compile(
    r"[，,。；;][^，,。；;]{0,20}原因(?:主要)?(?:是|为|:|：)+[^。；;]{4,}|[，,]主要是(?!用于)[^。；;]{4,}"
)
# What these explain is not spending: other income may fall because another rises. Their reasons have no witness.
_BALANCE = re.compile(r"结转|结余|负债|资产|(?:事业|经营|其他|补助|上缴)收入")
_OTHER = re.compile(r"上年|去年|20\d\d|结转|口径|划转|退休|离休|调剂")


def _told(draft: Draft) -> Iterator[tuple[int, re.Match[str], str, bool]]:
    """Reasons that explain one direction and no other: line, match, its direction, whether only that is told."""
    for line in draft.prose:
        text = draft.cells[line][0]
        for reason in _REASON.finditer(text):
            if not re.search(r"[。；;]\s*$|[。]", text[reason.start("text") :]):
                continue  # it goes on in the next line
            before = re.split(r"[。；;]", text[: reason.start()].rstrip(" 。，,;；"))[-1]
            changes = [c for c in _CHANGE.finditer(before) if c[2].strip("0.,")]
            ways = {"增加" if c[1] in RISING else "减少" for c in changes}
            rates = [m for m in _RATE.finditer(before) if m[1] not in ("0", "100")]
            ways |= {"增加" if float(m[1]) > 100 else "减少" for m in rates}
            head = (reason["head"] or "")[:2]
            mixed = len(ways) > 1
            if head:
                ways &= {way := "增加" if head in RISING else "减少"}
                ways |= {way} if not changes and not rates else set()
            if len(ways) == 1 and not _BALANCE.search("".join(re.split("。", text[: reason.start()])[-2:])):
                yield line, reason, ways.pop(), bool(changes) and not mixed


def _end(text: str, start: int) -> int:
    """Where the whole of a reason ends, its list included."""
    stop = re.compile(r"。(?!\s*[二三四]是)|[；;](?=[^。；;]*\d\s?(?:万元|元|%))|[；;]\s*$|其中[:：]|$").search(
        text, start
    )
    assert stop is not None
    return stop.start()


def _swapped(text: str) -> str:
    return re.sub("|".join(SWAPS), lambda word: SWAPS[word[0]], text)


def _listed(given: str, before: str, way: str) -> Iterator[tuple[int, str]]:
    """The directions in a reason whose amounts make up the change: each can be turned round and proved wrong."""
    items = list(re.finditer(r"(增加|减少)[^，,、；;。\d]{0,30}(\d[\d,]*(?:\.\d+)?)\s?万元", given))
    changes = re.findall(r"(?:增加|减少)了?\s?(\d[\d,]*(?:\.\d+)?)\s?万元", before)
    if len(items) < 2 or not changes or len(items) != len(re.findall(r"万元", given)):
        return
    signed = [Decimal(item[2].replace(",", "")) * (1 if item[1] == way else -1) for item in items]
    if sum(signed) == Decimal(changes[-1].replace(",", "")):
        yield from ((item.start(1), SWAPS[item[1]]) for item in items)


def other_reason(draft: Draft) -> None:
    """A reason that opposes the change: its words, its consequence, its heading or one of its amounts turned round, or another one."""
    places: list[tuple[int, int, int, str]] = []
    for line, reason, way, alone in _told(draft):
        text = draft.cells[line][0]
        start, end = reason.start("text"), _end(text, reason.start("text"))
        given = text[start:end]
        words = re.findall("|".join(SWAPS), given)
        results = list(re.finditer(r"(?:导致|致使|使得?|从而|因此)[^，,；;。]{0,20}(增加|减少|增长|下降)", given))
        ways = []
        # No witness where amounts follow the words (a list may hold both directions), or where other years are spoken of.
        # Nor where a part of the list, or what it ends with, has no direction: that part may be what explains the change.
        plain = words and not re.search(r"\d\s?(?:万元|%)|较[多少]|八项规定|节约|控制|严控", given)
        plain = plain and all((w in RISING) == (way == "增加") for w in words) and not _OTHER.search(given)
        parts = [re.split("[，,]", part)[-1] for part in re.split("[；;]", given.rstrip("；; "))]
        if plain and all(re.search("|".join(SWAPS), part) for part in parts):
            ways.append((start, end, _swapped(given)))
        ways += [(start + at, start + at + 2, other) for at, other in _listed(given, text[: reason.start()], way)]
        if results and (results[-1][1] in RISING) == (way == "增加") and results[-1].end() == len(given.rstrip()):
            at = start + results[-1].start(1)
            ways.append((at, at + 2, SWAPS[results[-1][1]]))
        if reason["head"] and alone and reason["head"] in SWAPS:
            ways.append((reason.start("head"), reason.end("head"), SWAPS[reason["head"]]))
        if ways:
            places.append((line, *draft.random.choice(ways)))
        places.append((line, start, end, draft.random.choice(OWN[way])))
    draft.replace(*draft.random.choice(places))


def no_reason(draft: Draft) -> None:
    """A reason is left out that the document gives everywhere else, or that the deviation demands (10 points or more).

    No witness where the sentence, an overall reason (of 三公经费), or items below still explain it; nor for parts (其中), project
    reviews, procurement and assets, which need no reason; nor where like statements often have none.
    """
    far: list[tuple[int, int, int, float]] = []
    changes: list[tuple[int, int, int]] = []
    items = any("三公" in draft.cells[line][0] and "原因" in draft.cells[line][0] for line in draft.prose)
    for line in draft.prose:
        text = draft.cells[line][0]
        if re.search(r"采购|资产|绩效|目标值|得分|产出|购买服务|三公", text) or "其中" in text.split("原因")[0]:
            continue
        if items and re.search(r"因公出国|公务接待|公务用车", text):
            continue
        for reason in _GIVEN.finditer(text):
            if re.match(r"[。，,]?其中[:：]?\s*$", text[reason.end() :]):
                continue
            rest = text[: reason.start()] + text[reason.end() :]
            before = re.split(r"[。；;]", text[: reason.start()].rstrip("。，,；; "))[-1]
            if re.search(
                r"原因|由于|主要是|因为|导致|影响|[一二三]是",
                rest.replace(before, before[-60:])[max(0, reason.start() - 60) :],
            ):
                continue
            rate, change = list(_RATE.finditer(before)), list(_CHANGE.finditer(before))
            if rate and not change and rate[-1][1] not in ("0", "100"):
                far.append((line, reason.start(), reason.end(), abs(float(rate[-1][1]) - 100)))
            elif change and not rate and change[-1][2].strip("0.,"):
                changes.append((line, reason.start(), reason.end()))
    bare = [off for off in _unexplained(draft, _RATE) if off]
    places = [
        place[:3] for place in far
        if place[3] >= 10
        or (place[3] >= 5 and len(far) > 3 and any(other[3] <= place[3] for other in far if other is not place)
            and 4 * (1 + sum(off >= place[3] for off in bare)) <= sum(other[3] >= place[3] for other in far) - 1)
    ]  # fmt: skip
    if len(changes) > 3 and 4 * (1 + len(_unexplained(draft, _CHANGE))) <= len(changes) - 1:
        places += changes
    line, start, end = draft.random.choice(places)
    draft.replace(line, start, end, "")


def _unexplained(draft: Draft, told: re.Pattern[str]) -> list[float]:
    """How far the rates or changes are off that no word in their line explains."""
    found = []
    for line in draft.prose:
        text = draft.cells[line][0]
        if not re.search(r"原因|由于|主要是|因为|其中|持平", text):
            found += [abs(float(match.groups()[-1].replace(",", "")) - 100) for match in told.finditer(text)][:1]
    return found


ERRORS: dict[str, Spoiler] = {
    "缺少原因": no_reason,
    "原因相反": other_reason,
}
