"""Title, organisation, year and kind of a document, from its first lines and its table titles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.document import Kind
from assistant.text import clean, normalise, squeeze

_YEAR = re.compile(r"(20\d\d)\s*年")
_SHORT_YEAR = re.compile(r"(?<!\d)(\d\d)\s*年(?=.{0,12}(?:预算|决算))")
_BASIS = re.compile(
    r"(?:一般公共|公共财政|政府性基金|国有资本经营|社会保险基金)预算(?!公开|说明|情况)|预算(?:法|单位|管理|绩效)"
)
"""Where 预算 names a fund, a law or an office and not the kind of the document."""
_KIND = re.compile(r"决算|预算")
_FINAL = re.compile(r"20\d\d\s*年度?[^。，,；;\n]{0,16}决算(?:汇总)?情况(?:公布|公开|说明)如下")
"""What a report of one paragraph says of itself, whose text names budgets more often than accounts."""
_NUMBERED = re.compile(r"^[\s#*\-]*(?:第[一二三四五六七八九十]+部分|[（(]?[一二三四五六七八九十]+[)）、]|\d+[、.．])")
_DROP = re.compile(
    r"(?:20\d\d\s*年?度?)?(?:部门|单位|本级)?(?:决算|预算)?(?:一般公共预算|政府性基金(?:预算)?|财政拨款|及|和|[“\"《])*三公[”\"》]?经费.*$|"
    r"(?:收入支出|收支|财政拨款|收入|支出)(?:总|分类)?(?:决算|预算)?.{0,6}表$|"
    r"20\d\d\s*年?度?|(?:部门|单位)?(?:汇总)?(?:决算|预算)(?:信息)?(?:公开|编制)?(?:情况)?(?:说明|报告|文件|表)?|公开(?:说明|报告|文件)?$|[“”\"《》]"
)
_SENTENCE = re.compile(r"\d\s*(?:亿元|万元|元|%|％)|[,，。；;](?![^(（]*[)）])|^[(（]?图\s*\d|图$")
"""What no title holds: amounts, the marks of a sentence, the caption of a chart."""
_SUFFIX = r"(?:局|委|办|院|校|学|府|处|会|心|站|厅|馆|园|队|所|社|部|厂|团|司|本级|[(（]?汇总[)）]?)"
_BODY = re.compile(rf"{_SUFFIX}|部门|单位|[省市县区旗镇乡州盟级]$")
_WHOLE = re.compile(rf"[一-鿿]{{4,60}}{_SUFFIX}\s*(?:20)?\d\d\s*年")
"""A body and its year in one line: no line above belongs to it."""
_FURNITURE = re.compile(
    r"位置\s*[:：]|^首页|[>›»].*[>›»]|来源\s*[:：]|(?:发布|公开)?(?:时间|日期)\s*[:：]|浏览次数|字体|打印本页"
)
"""Lines of a web page around its article: where one is, when and by whom it was put there."""
_YEARS = re.compile(r"20\d\d\s*(?:年度?)?\s*[-—–－~～至到]+\s*20\d\d\s*年")
"""Several years in a title: a plan over years, of which none is the report's."""
_COMPARED = ("较", "比", "与", "同", "和", "及")
_BODY_LINE = re.compile(
    r"^(?:部门|单位|编制单位|预算单位|部门/单位|单位名称|编制部门|部门名称)[:：]\s*(\S.{2,60}?)(?:\s|单位|$)"
)
HEAD = 60
"""The lines in which a title is looked for."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document says of itself."""

    title: str
    organisation: str
    year: int | None
    kind: Kind


EARLY = 6
"""Lines at the beginning in which an evaluation that was published by itself names itself."""

_EVALUATION = re.compile(
    r"(?!.*(?:部门|单位)(?:决算|预算))[^。；;，,]{0,50}(?:绩效)?(?:自评|绩效评价)(?:报告|表|情况表)(?:[(（][^（）()]{1,12}[)）])?$"
)
"""The title of a single 自评报告 or 自评表: neither 决算 nor 预算."""


def read_metadata(lines: Sequence[str], title: str = "") -> Metadata:
    """Read title, organisation, year and kind; what cannot be told is empty, ``None`` or ``Kind.OTHER``.

    ``title`` is the one that the file names itself, where it does. A document of several years (三年预算) has no one year.
    """
    title = _tidy(clean(title)) or _title(lines)
    text = normalise("\n".join(lines))
    kind = _kind(title, text)
    year = _year(title, text)
    return Metadata(title, _organisation(title, lines), year, kind)


def _title(lines: Sequence[str]) -> str:
    """The first line about a 决算 or 预算, with the short lines over it that it continues."""
    head = [
        clean(line).strip("# *-")
        for line in lines[:HEAD]
        if clean(line) and "\t" not in line and not _FURNITURE.search(clean(line))
    ]
    return (
        _evaluation(head[:EARLY]) or _titled(head, strictly=True) or _titled(head, strictly=False) or _first_line(head)
    )


def _evaluation(head: Sequence[str]) -> str:
    """The line that names a single evaluation, unless a line over it names final accounts or a budget."""
    at = next((i for i, line in enumerate(head) if _EVALUATION.match(line) and not _NUMBERED.match(line)), None)
    return _tidy(head[at]) if at is not None and not _titled(head[:at], strictly=True) else ""


def _titled(head: Sequence[str], *, strictly: bool) -> str:
    """The line that names the kind; ``strictly``: not only as the name of a fund (一般公共预算)."""
    run: list[str] = []
    for content in head[:12]:
        if _NUMBERED.match(content) or len(content) > 80 or content.replace(" ", "") == "目录":
            run = []
            continue
        if _SENTENCE.search(content):
            run = []
            continue
        run.append(content)
        if _KIND.search(_BASIS.sub("", content) if strictly else content):
            plain = all(len(text) < 30 and "：" not in text and ":" not in text for text in run[:-1])
            above = run[-4:-1] if plain and not _WHOLE.search(content) else []
            return _tidy(" ".join([*above, content]))
    return ""


def _first_line(head: Sequence[str]) -> str:
    """The first line, unless it is a sentence or an item."""
    first = _tidy(head[0])[:80] if head else ""
    return "" if len(first) > 60 or _SENTENCE.search(first) else first


def _tidy(text: str) -> str:
    return re.sub(r"(?<=[一-鿿])\s+(?=[一-鿿\d])|(?<=\d)\s+(?=[一-鿿])", "", text)


def _kind(title: str, text: str) -> Kind:
    if _EVALUATION.match(title):
        return Kind.OTHER
    found = _KIND.findall(_BASIS.sub("", title)) or _KIND.findall(title)
    if len(set(found)) == 1:
        return Kind.FINAL_ACCOUNTS if found[0] == "决算" else Kind.BUDGET
    final, budget = text.count("决算"), text.count("预算")
    if final and _FINAL.search(text):
        return Kind.FINAL_ACCOUNTS
    if final + budget < 3:
        return Kind.OTHER
    return Kind.FINAL_ACCOUNTS if final * 2 > budget else Kind.BUDGET


def _year(title: str, text: str) -> int | None:
    if _YEARS.search(title):
        return None
    match = _YEAR.search(title)
    if match:
        return int(match[1])
    short = _SHORT_YEAR.search(title)
    if short:
        return 2000 + int(short[1])
    for pattern in (r"(20\d\d)\s*年度?[^。；\n]{0,24}(?:决算|预算)", r"(20\d\d)\s*年(?:度|末)?"):
        own = (match[1] for match in re.finditer(pattern, text) if not _compared(text, match.start()))
        common = Counter(own).most_common(2)
        if common and (len(common) == 1 or common[0][1] > common[1][1]):
            return int(common[0][0])
    return None


def _compared(text: str, at: int) -> bool:
    """Whether a year is one that another is compared with (较 2022 年度决算数)."""
    return text[:at].rstrip().endswith(_COMPARED)


def _organisation(title: str, lines: Sequence[str]) -> str:
    for line in lines:
        match = _BODY_LINE.match(clean(line).strip("#*- "))
        if match and not re.match(r"单位|公开|\d", match[1]):
            return squeeze(match[1])
    if not _KIND.search(title) or _NUMBERED.match(title):
        return ""
    own = _YEARS.split(title)[0] or title  # the body stands before the years of a plan
    name = re.sub(r"^关于|关于$", "", _DROP.sub("", _tidy(own)).strip(" 　-—:：()（）"))
    return name if _BODY.search(name) and "的" not in name else ""
