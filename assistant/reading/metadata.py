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
_KIND = re.compile(r"决算|预算")
_NUMBERED = re.compile(r"^[\s#*\-]*(?:第[一二三四五六七八九十]+部分|[（(]?[一二三四五六七八九十]+[)）、]|\d+[、.．])")
_DROP = re.compile(
    r"(?:20\d\d\s*年?度?)?(?:部门|单位|本级)?(?:决算|预算)?(?:一般公共预算|财政拨款|及|和|[“\"《])*三公[”\"》]?经费.*$|"
    r"20\d\d\s*年?度?|(?:部门|单位)?(?:汇总)?(?:决算|预算)(?:信息)?(?:公开)?(?:情况)?(?:说明|报告|文件|表)?|公开(?:说明|报告|文件)?$|[“”\"《》]"
)
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


def read_metadata(lines: Sequence[str]) -> Metadata:
    """Read title, organisation, year and kind; what cannot be told is empty, ``None`` or ``Kind.OTHER``."""
    title = _title(lines)
    text = normalise("\n".join(lines))
    kind = _kind(title, text)
    year = _year(title, text)
    return Metadata(title, _organisation(title, lines), year, kind)


def _title(lines: Sequence[str]) -> str:
    """The first line about a 决算 or 预算, with the short lines over it that it continues."""
    head = [line for line in lines[:HEAD] if clean(line) and "\t" not in line]
    run: list[str] = []
    for line in head[:12]:
        content = clean(line).strip("# *-")
        if _NUMBERED.match(line) or len(content) > 80 or content.replace(" ", "") == "目录" or content[-1:] in "。；":
            run = []
            continue
        run.append(content)
        if _KIND.search(content):
            above = (
                run[-4:-1] if all(len(text) < 30 and "：" not in text and ":" not in text for text in run[:-1]) else []
            )
            return _tidy(" ".join([*above, content]))
    return _tidy(clean(head[0]).strip("# *-"))[:80] if head else ""


def _tidy(text: str) -> str:
    return re.sub(r"(?<=[一-鿿])\s+(?=[一-鿿\d])|(?<=\d)\s+(?=[一-鿿])", "", text)


def _kind(title: str, text: str) -> Kind:
    found = _KIND.findall(title)
    if len(set(found)) == 1:
        return Kind.FINAL_ACCOUNTS if found[0] == "决算" else Kind.BUDGET
    final, budget = text.count("决算"), text.count("预算")
    if final + budget < 3:
        return Kind.OTHER
    return Kind.FINAL_ACCOUNTS if final * 2 > budget else Kind.BUDGET


def _year(title: str, text: str) -> int | None:
    match = _YEAR.search(title)
    if match:
        return int(match[1])
    short = _SHORT_YEAR.search(title)
    if short:
        return 2000 + int(short[1])
    counts = Counter(re.findall(r"(20\d\d)\s*年度?[^。；\n]{0,24}(?:决算|预算)", text))
    common = counts.most_common(2)
    if common and (len(common) == 1 or common[0][1] > common[1][1]):
        return int(common[0][0])
    return None


def _organisation(title: str, lines: Sequence[str]) -> str:
    for line in lines:
        match = _BODY_LINE.match(clean(line).strip("#*- "))
        if match and not re.match(r"单位|公开|\d", match[1]):
            return squeeze(match[1])
    return _DROP.sub("", _tidy(title)).strip(" 　-—:：()（）") if _KIND.search(title) else ""
