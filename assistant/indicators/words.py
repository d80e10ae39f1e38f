"""The words of performance: kinds of indicators, numbering, names with their weights and units."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from assistant.document import Span
from assistant.indicators.model import Points
from assistant.quantities import Quantity
from assistant.text import normalise, squeeze

LEVEL1 = ("产出", "效益", "满意度", "成本")
"""The kinds of the first level. 项目效果 is another word for 效益."""

_OF: dict[str, str] = {
    "数量": "产出", "质量": "产出", "时效": "产出",
    "社会效益": "效益", "经济效益": "效益", "生态效益": "效益", "可持续影响": "效益", "可持续发展": "效益",
    "服务对象满意度": "满意度", "社会公众满意度": "满意度", "社会公众或服务对象满意度": "满意度",
    "服务对象或社会公众满意度": "满意度", "社会公众及服务对象满意度": "满意度",
    "经济成本": "成本", "社会成本": "成本", "生态环境成本": "成本", "生态成本": "成本",
}  # fmt: skip
LEVEL2 = tuple(sorted(_OF, key=len, reverse=True))

KIND = "|".join((*LEVEL2, *LEVEL1))
"""A kind of indicator, without the word 指标 after it; for use in patterns."""

_LABEL = re.compile(rf"(?:项目|绩效|年度)?(?P<kind>{KIND}|效果)(?:性?指标)?(?:[(（].*)?[:：。.]?")
_SATISFACTION = re.compile(r"(?:服务|受益|管理|社会|公众|群众|用户|对象|及|和|或|与|、|/|受众|人员|企业|部门)+满意度")
_LOOSE = {"影响力": "可持续影响", "可持续": "可持续影响"}

NUMBERING = re.compile(
    r"""\s*+(?:[-•·*]\s*+)?(?:
        [①-⑳㉑-㉟❶-❿]\s*\d?(?=[^\d])
        |[(（]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[)）]
        |\d{1,2}\s*(?:[、)）．]|[.](?!\d))
        |[一二三四五六七八九十]{1,3}(?:是[:：]?|、)
        |(?:三级)?指标\s*\d{1,2}\s*[:：.、]
        |\d{1,2}(?=[一-鿿《"“])(?!小时|个|天|人|次|项|年|月|日|条|家|路|岁|级|类|所|号|份|期|万|亿|分钟|周|大|多|余|名|批|场|种|辆|台|套|公里|小|元)
        )\s*""",
    re.VERBOSE,
)
"""The numbering of an item, damaged ones too (①2, 16城市…)."""

_WEIGHT = re.compile(r"(?:[(（]\s*+)?(?P<points>\d(?:\s?\d){0,2}(?:\.\d{1,2})?)\s*分\s*[)）]?")
_BRACKETED_WEIGHT = re.compile(
    r"[(（]\s*(?:权重|分值)?[:：]?\s*(?P<points>\d(?:\s?\d){0,2}(?:\s*\.\s*\d{1,2})?)\s*(?P<mark>分|%)\s*[)）]?"
)
_UNIT = (
    r"%|‰|[万亿]?(?:个|次|人次?|份|本|期|家|项|条|篇|间|台|套|辆|件|天|日|月|年|周|小时|分钟|秒|元|千元|百元|平方米|平米|公里|千米|米|吨|公斤|千克|"
    r"户|户次|场次?|批次?|名|处|座|所|册|类|种|亩|公顷|立方米|部|门|例|宗|起|块|栋|张|张次|字|点|只|头|棵|株|分|人天|人年|GB|TB|MB|ms|m²|㎡|m2|m|km|kw|度|元/\S{1,4}|个/\S{1,3}|次/\S{1,3})"
)
_BRACKETED_UNIT = re.compile(rf"[(（]\s*(?:单位[:：])?(?P<unit>{_UNIT})\s*[)）]?")
_REMAINS = re.compile(r"[(（]\s*\d{0,3}\s*[)）]?$|</?\w+>")
_ENDS = " \t:：,，、;；。.—_-"


plain_text = lru_cache(maxsize=1024)(normalise)
"""``normalise`` for paragraphs: the same one is looked at many times."""


@dataclass(frozen=True, slots=True)
class Level:
    """A kind of indicators: ``first`` 产出 …, ``second`` 数量 … (one of them may be empty)."""

    first: str = ""
    second: str = ""

    @property
    def known(self) -> bool:
        """Whether it says anything."""
        return bool(self.first or self.second)


def level_of(text: str) -> Level:
    """The kind that a label names as a whole (（1）产出指标, 社会效益：, 数量指标（26分）); unknown for other text."""
    plain = squeeze(text)
    lead = NUMBERING.match(plain)
    plain = plain[lead.end() :] if lead else plain
    match = _LABEL.fullmatch(plain)
    if match is None:
        return Level()
    return level_named(match["kind"])


def level_named(kind: str) -> Level:
    """The level of a kind's name without 指标."""
    kind = "效益" if kind == "效果" else kind
    return Level(kind, "") if kind in LEVEL1 else Level(_OF.get(kind, ""), kind)


def loose_level(text: str) -> Level:
    """The kind that a cell of a form names, however it is written (满意度 指标 (5分), 服务对象满 意度指标)."""
    plain = re.sub(r"[(（].*", "", squeeze(text)).removesuffix("指标")
    found = level_of(plain)
    if found.known or not plain:
        return found
    if _SATISFACTION.fullmatch(plain):
        return Level("满意度", plain)
    for word, second in _LOOSE.items():
        if plain.startswith(word):
            return Level("效益", second)
    return Level()


def without_numbering(text: str) -> int:
    """How many characters of numbering stand at the beginning of ``text`` (``normalise`` is not needed)."""
    match = NUMBERING.match(text)
    return match.end() if match else 0


def read_points(text: str, span: Span) -> Points | None:
    """A score, weight or rate printed alone in a cell (12.5, 12.5分, 95%, 20. 5)."""
    plain = re.sub(r"[\s,，]", "", normalise(text))
    match = re.fullmatch(r"[(（]?(\d{1,6}(?:\.\d{1,6})?)(分|%)?[)）]?", plain)
    if match is None:
        return None
    figure = Quantity(Decimal(match[1]), len(match[1].partition(".")[2]))
    return Points(text, span, figure, match[2] == "%")


def weight_in(text: str, span: Span) -> Points | None:
    """The weight in brackets inside a name or label: （10分）, （权重10%）; the last one."""
    found = list(_BRACKETED_WEIGHT.finditer(normalise(text)))
    found = [m for m in found if m["mark"] == "分" or "权重" in m[0] or "分值" in m[0]]
    if not found and (bare := _WEIGHT.search(normalise(text))) and level_of(text[: bare.start()]).known:
        found = [bare]
    if not found:
        return None
    match = found[-1]
    digits = re.sub(r"\s", "", match["points"])
    place = _within(span, match.start("points"), match.end("points"))
    figure = Quantity(Decimal(digits), len(digits.partition(".")[2]))
    return Points(
        text[match.start("points") : match.end("points")], place, figure, match[0].rstrip(")） ").endswith("%")
    )


def _within(span: Span, start: int, end: int) -> Span:
    """The place of a part of a cell's text; of a cell over several lines, or with an odd place, the whole cell."""
    if span.end_line or span.page is not None or span.start + end > span.end:
        return span
    return Span(span.line, span.start + start, span.start + end)


def clean_name(pieces: list[str]) -> tuple[str, str]:
    """Name and unit of an indicator from the cells or words of its name: weights, units and blanks taken out."""
    unit = ""
    cleaned = []
    for piece in pieces:
        plain = normalise(piece)
        plain = _BRACKETED_WEIGHT.sub(lambda m: "" if m["mark"] == "分" or "权重" in m[0] else m[0], plain)
        match = _BRACKETED_UNIT.search(plain)
        if match:
            unit = match["unit"]
            plain = plain[: match.start()] + plain[match.end() :]
        rest = _REMAINS.sub("", squeeze(plain))
        cleaned.append(rest if re.search(r"\w", rest) else "")
    name = "".join(cleaned)
    name = _REMAINS.sub("", name[without_numbering(name) :])
    name = name.strip(_ENDS)
    return (name.removesuffix("指标") if len(name) > 4 else name), unit
