"""What sentences state about a project's performance besides single indicators: money, numbers of indicators, praise, score."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from assistant.document import Paragraph
from assistant.indicators.model import Amount, Count, Money, Part, Points, Praise
from assistant.indicators.words import KIND, level_named, plain_text
from assistant.quantities import UNITS, Quantity, Unit

_NUMBER = r"(?P<{0}>\d[\d,，\s]*(?:\.\s*\d+)?)\s*(?P<{0}_unit>亿元|万元|千元|元)"
_INITIAL = re.compile(r"年\s*初\s*预\s*算\s*(?:数|金额|安排)?\s*(?:为|是|[:：])?\s*" + _NUMBER.format("n"))
_BUDGET = re.compile(
    r"(?:全\s*年\s*预\s*算|调整\s*后?\s*预\s*算|预\s*算\s*安\s*排|项目\s*预\s*算|预\s*算)\s*(?:总额|数|金额|资金)?\s*(?:为|是|[:：])?\s*"
    + _NUMBER.format("n")
)
_EXECUTED = re.compile(
    r"(?:全\s*年\s*执\s*行|年\s*末\s*决\s*算|执\s*行|决\s*算|实\s*际\s*支\s*出|实\s*际\s*执\s*行|实\s*际\s*使\s*用)\s*(?:总额|数|金额|资金)?\s*(?:为|是|[:：])?\s*"
    + _NUMBER.format("n")
)
_RATE = re.compile(
    r"(?:预\s*算\s*执\s*行\s*率|执\s*行\s*率|完\s*成\s*(?:全\s*年\s*|年\s*初\s*)?预\s*算\s*的?|预\s*算\s*完\s*成\s*率)\s*(?:为|是|达到?|[:：])?\s*(?P<n>\d+(?:\.\s*\d+)?)\s*(?P<mark>[%％])"
)
_SCORE = re.compile(
    r"(?:综\s*合\s*得\s*分|自\s*评\s*得\s*分|评\s*价\s*得\s*分|总\s*得?\s*分)\s*(?:为|是|[:：])?\s*(?P<n>\d+(?:\.\s*\d+)?)\s*分"
)

_NUM = r"(?P<n>\d{1,4}|[一二两三四五六七八九十]{1,3})"
_COUNT = re.compile(
    rf"(?P<bare>(?:未\s*)?(?:全部\s*)?完\s*成)\s*(?:了\s*)?{_NUM.replace('<n>', '<n4>')}\s*[个项条](?=\s*(?:[,，。；;、(（]|$))"
    rf"|(?P<kind1>{KIND})\s*(?:指\s*标)?\s*(?:[(（](?:{KIND})指标[)）])?\s*{_NUM.replace('<n>', '<n1>')}\s*[个项条]"
    rf"|{_NUM.replace('<n>', '<n2>')}\s*[个项条]\s*(?:[一二三]级)?\s*(?:年\s*度\s*)?(?:绩\s*效\s*)?(?P<of2>目\s*标|(?P<kind2>{KIND})?\s*指\s*标)"
    rf"|(?:绩\s*效\s*)(?P<of3>目标|指标)\s*{_NUM.replace('<n>', '<n3>')}\s*[个项条]"
    r"|(?P<open>[(（])|(?P<close>[)）])|(?P<unmet>未\s*(?:全部)?\s*(?:完\s*成|达\s*到|达\s*标|实\s*现))|(?P<met>完\s*成|达\s*成|达\s*标|实\s*现)|(?P<set>设\s*置|设\s*定|设\s*立|编\s*制|制\s*定|涉\s*及)|(?P<stop>[。；;])"
)
_EXCEPT = re.compile(
    r"\s*+(?:未\s*(?:能\s*)?(?:完\s*成|达\s*到|达\s*标))?\s*+(?:[(（][^)）]*[)）])?\s*+[以之]?外[^。；;]*(?:完\s*成|实\s*现|达)"
)
"""除1个数量指标外，其余指标均已完成: what follows a number of unmet ones."""

_AMONG = re.compile(r"\s*(?:当?中|里)\s*[，,]?\s*(?:已|有|未|全部)?\s*完\s*成")
"""10项三级指标中，完成9项: what follows the number of all."""

_OVER = re.compile(
    rf"{_NUM}\s*个\s*(?:重点|一级|二级|自评|预算)?\s*项目(?:支出)?\s*(?:总|一|合)?\s*[共计]\s*(?:设置|设定|设立)"
)
_COUNTED = re.compile(r"[个项条]")
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"两": 2}
_PRAISE = re.compile(
    rf"(?:全\s*面|全\s*部|均\s*已?|圆\s*满|较\s*好\s*地)\s*(?:完\s*成|实\s*现|达\s*到|达\s*成)\s*了?\s*(?:各\s*项|年\s*初|年\s*度|设\s*定\s*的?|预\s*期|全\s*部|所\s*有|本\s*年)*\s*(?:绩\s*效)?\s*(?P<kind>{KIND})?\s*(?:指\s*标|绩\s*效\s*目\s*标|目\s*标)"
    rf"|(?:各\s*项|所\s*有|全\s*部)\s*(?:年\s*度)?\s*(?:绩\s*效)?\s*(?P<kind2>{KIND})?\s*(?:指\s*标|目\s*标)\s*(?:值)?\s*(?:均|都|全\s*部|全\s*面)\s*(?:已)?\s*(?:完\s*成|实\s*现|达\s*到|达\s*成|达\s*标)"
)
_NOT = re.compile(r"[未没不难]\s*[能有]?\s*$")


def points_at(paragraph: Paragraph, start: int, end: int, *, percent: bool = False) -> Points | None:
    """The points printed at a place of a paragraph."""
    text = paragraph.text[start:end]
    match = re.search(r"\d+(?:\.\d+)?", re.sub(r"\s", "", plain_text(text)))
    if match is None:
        return None
    figure = Quantity(Decimal(match[0]), len(match[0].partition(".")[2]))
    return Points(text, paragraph.span(start, end), figure, percent)


def _amount(paragraph: Paragraph, match: re.Match[str] | None) -> Amount | None:
    if match is None:
        return None
    digits = re.sub(r"[\s,，]", "", match["n"])
    start, end = match.start("n"), match.end("n_unit")
    unit: Unit | None = UNITS.get(match["n_unit"])
    figure = Quantity(Decimal(digits), len(digits.partition(".")[2]))
    return Amount(paragraph.text[start:end], paragraph.span(start, end), figure, unit)


def money_in(paragraph: Paragraph) -> Money | None:
    """The project's budget, what was spent of it, and the rate, where one sentence tells budget and spending together."""
    plain = plain_text(paragraph.text)
    initial = _INITIAL.search(plain)
    executed = _EXECUTED.search(plain)
    if executed is None:
        return None
    budgets = [m for m in _BUDGET.finditer(plain) if initial is None or m.start("n") != initial.start("n")]
    budget = next((m for m in budgets if m.start() < executed.start()), None)
    if budget is None and initial is None:
        return None
    rate = _RATE.search(plain, (budget or executed).end())
    return Money(
        "",
        budget=_amount(paragraph, budget),
        executed=_amount(paragraph, executed),
        initial=_amount(paragraph, initial),
        rate=points_at(paragraph, rate.start("n"), rate.end("mark"), percent=True) if rate else None,
    )


def score_in(paragraph: Paragraph) -> Points | None:
    """The overall score that a sentence states."""
    found = list(_SCORE.finditer(plain_text(paragraph.text)))
    match = next((m for m in found if "得" in m[0]), found[0] if found else None)  # 总分100分，自评得分98分
    return points_at(paragraph, match.start("n"), match.end("n")) if match else None


def praises_in(paragraph: Paragraph) -> Iterator[Praise]:
    """Statements that all indicators, or all of a kind, were met."""
    plain = plain_text(paragraph.text)
    for match in _PRAISE.finditer(plain):
        if _NOT.search(plain[: match.start()]):
            continue
        named = match["kind"] or match["kind2"] or ""
        part = Part(paragraph.text[match.start() : match.end()], paragraph.span(match.start(), match.end()))
        yield Praise(named, part)


def counts_in(paragraph: Paragraph, offset: int, state: str) -> tuple[list[Count], str]:
    """The stated numbers of goals and indicators; ``offset`` is how many counts come before these in their summary.

    ``state`` is what the heading says (设置, 完成, 未完成 or empty). Returns the counts and the state in which the text ends.
    """
    plain = plain_text(paragraph.text)
    if not _COUNTED.search(plain):
        return [], state
    found: list[Count] = []
    total: int | None = None
    upper: int | None = None
    depth = 0
    heading = state
    for match in _COUNT.finditer(plain):
        if match["open"] or match["close"]:
            depth = max(depth + (1 if match["open"] else -1), 0)
        elif match["stop"]:
            if match["stop"] == "。" and not re.match(r"\s*其\s*中", plain[match.end() :]):
                state, total, upper = heading, None, None
        elif match["unmet"]:
            state = "未完成"
            found = _now_unmet(found, plain, match.start(), paragraph)
        elif match["bare"]:
            if total is not None and found[total - offset].state == "设置":
                state = "未完成" if match["bare"].startswith("未") else "完成"
                bare = _count(paragraph, match, state)
                found += [replace(bare, projects=found[total - offset].projects)] if bare else []
        elif match["met"]:
            state = state if state == "未完成" else "完成"
        elif match["set"]:
            state = "设置"
        elif (excepted := _excepted(plain, match)) or state or _AMONG.match(plain, match.end()):
            state = state or "设置"
            count = _count(paragraph, match, "未完成" if excepted else state)
            if count is None:
                continue
            at = offset + len(found)
            if not count.kind:
                if count.of == "指标" and not excepted:
                    total, upper = at, None
                found.append(replace(count, projects=_projects(plain, match.start())))
                continue
            found.append(_placed(count, total, upper, depth))
            upper = at if depth == 0 else upper
    return found, state


def _placed(count: Count, total: int | None, upper: int | None, depth: int) -> Count:
    """A number of a kind below the total or, in brackets, below the kind before them."""
    above = total if upper is None or depth == 0 else upper
    level = 0 if above is None else 1 if above == total else 2
    return replace(count, parent=above, level=level)


def _now_unmet(found: list[Count], plain: str, at: int, paragraph: Paragraph) -> list[Count]:
    """2个数量指标未完成: the state stands behind the number."""
    if found:
        last = found[-1]
        gap = plain[plain.rfind(last.part.text.replace(" ", "")[-2:], 0, at) + 2 : at] if last.part.text else ""
        if last.parent is None and len(gap.strip()) <= 1 and plain[:at].rstrip().endswith(("指标", "目标")):
            return [*found[:-1], replace(last, state="未完成")]
        return found
    before = list(_COUNT.finditer(plain, max(0, at - 40), at))
    if before and (before[-1]["n2"] or before[-1]["n1"]) and plain[before[-1].end() : at].strip() == "":
        count = _count(paragraph, before[-1], "未完成")
        return [count] if count is not None else found
    return found


def _excepted(plain: str, match: re.Match[str]) -> bool:
    return plain[: match.start()].rstrip().endswith("除") and _EXCEPT.match(plain, match.end()) is not None


def _projects(plain: str, at: int) -> int:
    """Over how many projects a number counts (四个项目共设置16个绩效指标); 0 for the one that is being told."""
    over = _OVER.search(plain, max(plain.rfind("。", 0, at) + 1, 0), at)
    return (number_of(over["n"]) or 0) if over else 0


def _count(paragraph: Paragraph, match: re.Match[str], state: str) -> Count | None:
    group = next(name for name in ("n1", "n2", "n3", "n4") if match[name])
    number = number_of(match[group])
    if number is None:
        return None
    kind = match["kind1"] or match["kind2"] or ""
    of = "指标" if kind or match["n4"] or "指" in (match["of2"] or match["of3"] or "") else "目标"
    kind = re.sub(r"\s", "", kind)
    level = level_named(kind) if kind else None
    kind = (level.second or level.first) if level else ""
    start, end = match.span(group)
    return Count(of, kind, state, number, Part(paragraph.text[start:end], paragraph.span(start, end)))


def number_of(text: str) -> int | None:
    """A number of things in digits or in Chinese (十六)."""
    if text.isdecimal() and len(text) < 10:
        return int(text)
    if len(text) == 1:
        return _DIGITS.get(text)
    tens, mark, ones = text.partition("十")
    if not mark:
        return None
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)
