"""Indicators told in sentences: name, target, actual; whatever the numbering, several in one paragraph, any order.

The words of target and actual lead; numbering and punctuation only help, because conversion damages them most. Offsets are
those of the paragraph's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.indicators.words import KIND, NUMBERING, Level, level_named, level_of, plain_text


def _loose(words: str) -> str:
    """Alternatives in which blanks may stand between any two characters, as conversion leaves them."""
    return "|".join(r"\s*".join(word) for word in words.split("|"))


_OF_YEAR = _loose("本年度|年度|年初|全年|当年|本年|预期|设定|计划|绩效|预算|预期当年")
_TARGET = re.compile(
    rf"(?:的\s*)?(?:(?:{_OF_YEAR})\s*)*(?:(?P<sure>{_loose('目标值|指标值|目标数|计划数|计划值|预期值|目标任务|绩效目标')})|(?P<bare>{_loose('计划完成|目标|计划|预期')}))"
    r"\s*(?:[(（]\s*[A-Z]\s*[)）])?\s*(?P<is>均?为|是|[:：])?\s*[:：]?\s*"
)
_WHEN = (
    r"(?:截[至止][^,，;；。]{0,14}?[,，]?\s*)?(?:(?:20\d\d\s*年度?|本年度?|全年|年末|年底|当年|年度|期末|已)\s*){0,4}"
)
_DONE = _loose(
    "实际完成值|实际完成数|实际完成率|实际完成情况|实际完成|实际值|实际执行|实际达到|全年完成值|完成值|完成数|完成情况|实现值|实际"
)
_ACTUAL = re.compile(
    rf"(?:[,，、;；。.:：)）]|(?<!\s)\s)\s*+(?P<label>{_WHEN}(?:(?P<sure>{_DONE})|(?P<bare>{_loose('完成|达到|实现|达')})(?!\s*(?:率|预算|年初|全年|比例|的)))"
    r"\s*(?:[(（]\s*[A-Z]\s*[)）])?\s*(?P<is>值?\s*(?:均?为|是|达到?了?|[:：]))?\s*)"
)
_WORDS_FIRST = re.compile(r"[一-鿿]{1,10}(?:为|达到?|是)\s*(?=[≥≤<>＜＞=≧≦约]|\d)")
"""实际满意度为92%: the words between label and figure that only repeat what is measured."""

_POINT = r"(?:(?<!\d)[.]|[.](?!\s\d{1,3}(?!\d|\s?[.、)）])))"
"""A full stop, not the point of a number that conversion tore (118. 5公里); 8. 2、 is followed by the number of an item."""

_STOP = re.compile(rf"[;；。\n]|{_POINT}(?=\s*$|\s+\S|[^\d])|[:：]\s*$|[,，]\s*(?=[^\d\s]|\s+\D)|(?<!\s)\s++(?=[①-⑳])")
"""Where a target ends at the latest: a comma between digits groups them."""

_END = re.compile(
    rf"[;；。\n]|{_POINT}(?=\s*$|\s+\S)|[:：]\s*$|(?<!\s)\s++(?=[①-⑳])|[(（]\s*[①-⑳\d]{{1,2}}\s*[)）](?=[一-鿿])"
)
_TAIL = re.compile(
    rf"[,，、。;；(（]\s*(?=(?:{_loose('未完成|未达到|主要原因|原因|偏差|得分|自评得分|分值|权重|完成率|完成比例|较|超额|超过目标|超出|同比|比上年|该指标|该项指标|指标完成|指标已完成|得满分|计满分|完成目标|完成了?年度|完成年初|目标完成|主要是|主要由于|由于|因')}))"
)
_RATE = re.compile(rf"(?:{_loose('完成率|完成比例|指标完成率')})\s*(?:为|达到?)?\s*(?P<rate>\d+(?:\.\d+)?\s*[%％])")
_SCORE = re.compile(
    rf"(?:(?:{_loose('自评得分|得分|评分')})\s*[:：为]?\s*|(?<!完)得\s*(?=\d+(?:\.\d+)?\s*分))(?P<score>\d+(?:\.\d+)?)\s*分?"
)
_FULL = re.compile(r"(?P<full>[得计获]\s*满\s*分)(?!\s*[\d为])")
_WEIGHT = re.compile(rf"(?:{_loose('权重|分值|满分')})\s*[:：为]?\s*(?P<weight>\d+(?:\.\d+)?)\s*[分%％]?")
_REASON = re.compile(
    rf"(?:{_loose('未完成的?|未达标的?|偏差')})?(?:{_loose('的主要原因|主要原因|偏差原因|未完成原因|原因')})\s*(?:分析)?\s*(?:为|是|[:：])*\s*(?P<reason>[^;；\n]+)"
)
_SHORT_WORDS = re.compile(rf"[^,，;；。的]{{1,14}}[,，;；]\s*{_WHEN}(?:{_DONE})")
"""目标值规范，实际规范: a target in words without 为 before it."""

_ENDS_WITH_FIGURE = re.compile(r"(?P<name>.*?[^\d,，.≥≤<>=约])(?P<figure>\d[\d,.]*\s*(?:[^\d\s]{0,6}))$", re.DOTALL)
_OPERATED = re.compile(
    rf"(?P<target>(?:[≥≤><＞＜=＝≧≦]\s*|(?<=[一-鿿])(?<![的约近达到了共计其为])(?=[\d.\s]+[^\d,，;；。]{{0,6}}[,，]\s*{_loose('实际')}))\d[^;；。,，]{{0,24}}?)\s*(?=[,，;；]\s*)"
)
_GOAL_WORD = re.compile(r"(?:年度|年初|预期|绩效)*(?:指标|目标)值?为?\s*$")
_KIND_BEFORE = re.compile(rf"(?P<kind>{KIND})(?:性?指标)?\s*[:：]\s*$")
_INTRODUCES = re.compile(
    r"(?:情况|问题|原因|如下|结果|内容|效果|其中|产出)[^:：,，]{0,6}[:：]|(?:项目|经费)[:：]|方面\s*[:：,，]|[:：,，;；]\s*[一二三四五六七八九十]是"
)
"""Words before a name that only lead up to it."""

_GOAL_LEAD = re.compile(r"(?:20\d\d年)?(?:年度|年初|全年)(?:绩效)?(?:目标|计划)(?:为|是|[:：])?(?=[一-鿿]{3})")
"""年度目标发放补贴人数≥1200人: words before a name that say what its value is."""

_NO_NAME = re.compile(
    r"(?:项目|绩效|年度|总体|整体|部门|单位|支出|指标|各项|本年|全年|年初|的|\s|目?标?值为?|实?际?完成值?为?)+"
)
"""No name, also where a break left only the end of 目标值为 or 实际完成."""

_QUOTED = re.compile(r"[\"“「『]([^\"“”「」『』]{2,60})[\"”」』]\s*$")
_LABEL = re.compile(
    rf"(?:^|(?<=[。；;.])|(?<=\s)(?<!\s\s))\s*+(?:{NUMBERING.pattern})?(?P<label>(?:{KIND})\s*(?:性?指\s*标))\s*(?:[(（][^)）]{{1,8}}[)）])?\s*(?:[:：]|$)",
    re.VERBOSE,
)
_SHORT_LABEL = re.compile(rf"^\s*+(?:{NUMBERING.pattern})?(?P<label>{KIND})\s*[:：]\s*(?=$|[^\d≥≤<>=])", re.VERBOSE)
_BARE_VALUE = re.compile(
    r"(?P<op>≥|≤|>|<|＞|＜|=|＝|≧|≦|大于等于|小于等于|不低于|不少于|不高于|不超过|大于|小于|达到)\s*(?P<value>\d[^;；。,，]{0,24})"
)


@dataclass(frozen=True, slots=True)
class Found:
    """An indicator in a text: offsets (start, end) of each part in the paragraph; ``None`` where it is not told.

    ``kind`` is the label right before the name (社会效益：…), if any; ``full`` the words that all points were given.
    """

    name: tuple[int, int]
    target: tuple[int, int] | None
    actual: tuple[int, int] | None
    rate: tuple[int, int] | None = None
    score: tuple[int, int] | None = None
    weight: tuple[int, int] | None = None
    reason: tuple[int, int] | None = None
    kind: str = ""
    full: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Labelled:
    """A kind of indicators begins here."""

    at: int
    level: Level
    numbered: bool


def labels(text: str) -> list[tuple[Labelled, int]]:
    """The labels (数量指标：) in a text, each with where its indicators begin."""
    plain = plain_text(text)
    found: list[tuple[Labelled, int]] = []
    whole = level_of(plain)
    if whole.known:
        lead = NUMBERING.match(plain)
        return [(Labelled(0, whole, lead is not None), len(text))]
    for mark in _LABEL.finditer(plain):
        if not _more_than_name(plain, mark.end()):
            continue  # 满意度指标：目标≥90%，实际95%: the label is the name
        level = level_named(re.sub(r"\s|性?指\s*标", "", mark["label"]))
        numbered = plain[mark.start() : mark.start("label")].strip() != ""
        found.append((Labelled(mark.start("label"), level, numbered), mark.end()))
    if not found and (match := _SHORT_LABEL.match(plain)) and _more_than_name(plain, match.end()):
        found.append((Labelled(match.start("label"), level_named(match["label"]), False), match.end()))
    return found


def _more_than_name(plain: str, at: int) -> bool:
    """Whether what follows a label without 指标 has a name of its own: else the label is the name."""
    target = next((m for m in _TARGET.finditer(plain, at) if _is_target(plain, m)), None)
    return target is None or plain[at : target.start()].strip(" :：,，的") != ""


def indicators_in(text: str, start: int, end: int, *, bare: bool = False) -> Iterator[Found]:
    """The indicators told in ``text[start:end]``, in their order.

    ``bare`` allows names followed by operator and value without any word for it (业务培训次数≥4次), as lists under the
    label of a kind have them.
    """
    plain = plain_text(text)[:end]
    begin = reached = start
    targets = [m for m in _TARGET.finditer(plain, start) if _is_target(plain, m)]
    for number, target in enumerate(targets):
        limit = targets[number + 1].start() if number + 1 < len(targets) else end
        found = _indicator(plain, begin, target, limit)
        if found is not None:
            yield from _operated(plain[: found.name[0]], reached)  # those before it that have an operator only
            yield found
            begin = reached = max(part[1] for part in (found.target, found.actual, found.name) if part)
            stop = _END.search(plain, begin)
            begin = reached = stop.end() if stop and stop.end() <= limit else begin
    operated = list(_operated(plain, reached if targets else start))
    yield from operated
    if bare and not operated and not targets:
        yield from _bare(plain, start)


def targets_told(text: str) -> int:
    """How many targets a text tells, whether or not an indicator could be read around each."""
    plain = plain_text(text)
    return sum(1 for match in _TARGET.finditer(plain) if _is_target(plain, match))


def _is_target(plain: str, match: re.Match[str]) -> bool:
    after = plain[match.end() : match.end() + 1]
    if not after or after in ",，;；。、)）":
        return False
    if match["bare"]:
        if plain[match.start() : match.start() + 1] == "的" or not re.match(r"[≥≤<>=约\d不大小达]", after):
            return False
        return match["is"] is not None or not re.match(
            r"\s*\d{1,2}(?:[的和与、:：,，(（]|$)", plain[match.end("bare") :]
        )
    if match["is"] is not None or re.match(r"[≥≤<>=约\d\"“不大小达]", after):
        return True
    return _SHORT_WORDS.match(plain, match.end()) is not None


def _indicator(plain: str, begin: int, target: re.Match[str], limit: int) -> Found | None:
    """The indicator whose target begins here; its name lies before, its actual value before ``limit``."""
    name = _name(plain, begin, target.start())
    if name is None:
        return None
    limit = _bracket_end(plain, name[1], target.end(), limit)
    kind = _KIND_BEFORE.search(plain[begin : name[0]])
    label = kind["kind"] if kind else ""
    actual = _actual(plain, target, limit)
    if actual is None:
        return _without_actual(plain, name, target, limit, label)
    told = _trim(plain, target.end(), actual.start())
    begin_value = actual.end()
    repeated = _WORDS_FIRST.match(plain, begin_value, limit) if not actual["is"] else None
    begin_value = repeated.end() if repeated else begin_value
    stop = _END.search(plain, begin_value, limit)
    tail = _TAIL.search(plain, begin_value, limit)
    finish = min((m.start() for m in (stop, tail) if m), default=limit)
    done = _trim(plain, begin_value, finish)
    if told is None:
        return None
    return _with_extras(Found(name, told, done, kind=label), plain, finish, limit)


def _without_actual(plain: str, name: tuple[int, int], target: re.Match[str], limit: int, label: str) -> Found | None:
    """A target alone, or the target in brackets behind the actual value (培训6次（目标值≥5次）)."""
    stop = _STOP.search(plain, target.end(), limit)
    told = _trim(plain, target.end(), stop.start() if stop else limit)
    if told is None:
        return None
    if limit < len(plain) and plain[limit] in ")）" and plain[name[1] : target.start()].strip()[-1:] in ("(", "（"):
        done = _ENDS_WITH_FIGURE.match(plain[slice(*name)])
        if done is not None and done.end("name") >= 2:
            start = name[0]
            split = start + done.end("name")
            found = Found((start, split), told, (split, name[1]), kind=label)
            return _with_extras(found, plain, limit, min(len(plain), limit + 40))
    if target["bare"]:
        return None
    return _with_extras(Found(name, told, None, kind=label), plain, target.end(), limit)


def _operated(plain: str, start: int) -> Iterator[Found]:
    """检测样品≥600批次，实际完成642批次: an operator instead of a word for the target."""
    begin = start
    for match in _OPERATED.finditer(plain, start):
        actual = _ACTUAL.match(plain, match.end())
        name = _name(plain, begin, match.start()) if actual is not None and actual["sure"] else None
        if actual is None or name is None:
            continue
        word = _GOAL_WORD.search(plain[slice(*name)])
        if word and word.start() > 1:
            name = (name[0], name[0] + word.start())
        stop = _END.search(plain, actual.end())
        tail = _TAIL.search(plain, actual.end())
        finish = min((m.start() for m in (stop, tail) if m), default=len(plain))
        done = _trim(plain, actual.end(), finish)
        last = stop.start() if stop else len(plain)
        yield _with_extras(Found(name, match.span("target"), done), plain, finish, last)
        begin = stop.end() if stop else finish


def _bracket_end(plain: str, start: int, inside: int, limit: int) -> int:
    """Where the bracket closes that target and actual stand in (年限（目标值≥5年，实际6年）); else ``limit``."""
    if not re.search(r"[(（][^)）]*$", plain[start:inside]):
        return limit
    depth = 1
    for position in range(inside, limit):
        depth += (plain[position] in "(（") - (plain[position] in ")）")
        if not depth:
            return position
    return limit


def _actual(plain: str, target: re.Match[str], limit: int) -> re.Match[str] | None:
    """The word for the actual value after a target, in the same sentence or right after its end."""
    stop = re.compile(r"[;；。\n]").search(plain, target.end(), limit)
    for match in _ACTUAL.finditer(plain, max(target.end() - 1, 0), limit):
        far = stop is not None and match.start("label") > stop.end() + 2
        if far or match.start() < target.end():
            if far:
                return None
            continue
        return match
    return None


def _with_extras(base: Found, plain: str, start: int, limit: int) -> Found:
    """The indicator with rate, score, weight and reason that are told behind its values."""

    def told(key: str, pattern: re.Pattern[str]) -> tuple[int, int] | None:
        match = pattern.search(plain, start, limit)
        return match.span(key) if match else None

    return replace(
        base, rate=told("rate", _RATE), score=told("score", _SCORE), weight=told("weight", _WEIGHT),
        reason=told("reason", _REASON), full=told("full", _FULL),
    )  # fmt: skip


def _name(plain: str, begin: int, end: int) -> tuple[int, int] | None:
    """The name before a target: a quoted one right before it, else all since the last indicator, without numbering."""
    before = plain[begin:end].rstrip(" \t:：,，、的(（")
    quoted = _QUOTED.search(before)
    if quoted:
        return begin + quoted.start(1), begin + quoted.end(1)
    offset = max((m.end() for m in re.finditer(r"[;；。\n]|[.](?=\s+\S)", before)), default=0)
    offset = max((m.end() for m in _INTRODUCES.finditer(before, offset)), default=offset)
    lead = NUMBERING.match(before, offset)
    offset = lead.end() if lead else offset
    while offset < len(before) and before[offset] in " \t:：,，、-)）":
        offset += 1
    goal = _GOAL_LEAD.match(before, offset)
    offset = goal.end() if goal else offset
    label = re.compile(rf"(?:{KIND})(?:性?指标)?\s*[:：]\s*(?=\S)").match(before, offset)
    offset = label.end() if label else offset
    if len(before) - offset < 2 or len(before) - offset > 160 or _NO_NAME.fullmatch(before, offset):
        return None
    return begin + offset, begin + len(before)


def _trim(plain: str, start: int, end: int) -> tuple[int, int] | None:
    """The bounds without blanks, separators and quotation marks around."""
    while start < end and plain[start] in ' \t:：,，;；、"“':
        start += 1
    while end > start and plain[end - 1] in ' \t:：,，;；。、."”':
        end -= 1
    return (start, end) if end > start else None


def _bare(plain: str, start: int) -> Iterator[Found]:
    """业务培训次数=4次；提高办事效率≥97%；…: the items of a list without words for target and actual."""
    at = start
    for item in re.split(r"([;；。])", plain[start:]):
        begin, at = at, at + len(item)
        if len(item.strip()) < 3:
            continue
        match = _BARE_VALUE.search(plain, begin, at)
        stop = match.start() if match else at
        name = _name(plain, begin, stop)
        if name is None or not re.search(r"[一-鿿]{2}", plain[name[0] : name[1]]):
            continue
        value = _trim(plain, match.start(), match.end()) if match else None
        yield Found(name, value, None)
