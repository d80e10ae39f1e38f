"""Which known table a grid is: title, 公开NN mark, header words, codes and kind of document together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz

from assistant.document import Kind
from assistant.reading.header import Header, Holds
from assistant.terms import RoleSpec, table_roles
from assistant.text import chinese, squeeze

ENOUGH = 5
"""The score a table needs: a title that fits, confirmed by at least something else."""

_BASIS = re.compile(
    r"财政拨款|一般公共预算|政府性基金|国有资本|基本支出|三公|项目|明细|采购|运行经费|会议费|培训费|绩效|专户|非税|上年|资金来源|政府预算|分配|转移|资金|保险|基金"
)
_DECORATION = re.compile(
    r"20\d\d|年度?|部门|本级|汇总|区级|市级|县级|省级|单位|批复|公开|(?:安排|使用|开支|列支)的?|情况(?=总?表)"
)
_BODY = re.compile(
    r"^.*(?:局|委|办|院|校|学|府|处|会(?!议)|心|站|厅|馆|园|队|所|社(?!会)|部|厂|团|司|省|市|县|区|州|旗|盟|乡|镇|街道|村|机关)"
)
"""A title may begin with the body whose table it is."""

_BEHIND = re.compile(r"[(（]([^()（）]*)[)）]$")


@dataclass(frozen=True, slots=True)
class Clues:
    """What a grid shows of its identity."""

    title: str
    mark: str
    words: str
    functional: bool
    economic: bool


def clues(title: str, mark: str, header: Header) -> Clues:
    """Collect the clues of a grid."""
    codes: set[str] = set()
    for j, holds in enumerate(header.holds):
        if holds is Holds.CODE or holds is Holds.TEXT:
            for row in header.body:
                match = re.match(r"[1-5]\d{2}", squeeze(row[j].text)) if j < len(row) else None
                if match:
                    codes.add(match[0])
    functional = sum(1 for code in codes if code[0] == "2")
    economic = sum(1 for code in codes if code[0] in "35")
    return Clues(title, mark, header.words, functional > economic, economic > functional)


def identify(found: Clues, kind: Kind) -> RoleSpec | None:
    """The one known table that the clues fit; ``None`` where none fits well or two fit alike."""
    scored = sorted(((_score(spec, found, kind), spec) for spec in table_roles()), key=lambda pair: -pair[0])
    (best, spec), (second, _) = scored[0], scored[1]
    return spec if best >= ENOUGH and best - second >= 0.5 else None


def role_named(title: str, kind: Kind) -> str:
    """The role that a title alone names, as in a 目录; empty where it names none of this kind of document, or two alike."""
    bare = re.sub(r"^[一二三四五六七八九十]{1,3}、", "", title)
    scored = sorted(
        ((_title_score(spec, bare), spec) for spec in table_roles() if spec.kind == kind.value),
        key=lambda pair: -pair[0],
    )
    if len(scored) < 2 or not scored[0][0] or scored[0][0] == scored[1][0]:
        return ""
    return scored[0][1].role


def _score(spec: RoleSpec, found: Clues, kind: Kind) -> int | float:
    score = _title_score(spec, found.title)
    named = _share_of_words(spec, found.words)
    if not score and not (spec.role == f"公开{found.mark:0>2}" and named > 70):
        return 0
    subjects = {side.subjects for side in spec.sides}
    by_item = spec.layout == "flat" and found.economic  # 三公 with the 经济科目 of each item beside it
    if (found.functional or found.economic) and not by_item:
        wanted = "economic" if "economic" in subjects else "functional"
        score += 1 if found.functional == (wanted == "functional") else -6
        if spec.layout in ("flat", "list") and named < 60:
            score -= 3
    if spec.role == f"公开{found.mark:0>2}":
        score += 1
    if kind is not Kind.OTHER:
        score += 1 if kind.value == spec.kind else -2
    return score + named / 50


def _title_score(spec: RoleSpec, title: str) -> int | float:
    best: int | float = 0
    plain = plain_title(title)
    for known, length in _plain_titles(spec):
        if plain.endswith(known):
            before = _BODY.sub("", plain[: -len(known)])
            if not _BASIS.search(before) and not before.endswith("费"):
                best = max(best, 4 + length / 10)
        else:
            bare = plain[-(len(known) + 2) :] if len(plain) > len(known) + 2 else plain
            if (
                len(known) >= 7
                and fuzz.ratio(bare, known, score_cutoff=90)
                and not (set(_BASIS.findall(bare)) ^ set(_BASIS.findall(known)))
            ):
                best = max(best, 3 + length / 10)
    return best


@lru_cache(maxsize=256)
def plain_title(title: str) -> str:
    """A title for comparing: without brackets behind it, year, 部门, 本级, 安排的 and what else any title may say.

    What brackets tell (功能科目, 经济科目), the codes of the table show better.
    """
    behind = _BEHIND.search(title.strip())
    while behind is not None:
        title = title.strip()[: behind.start()]
        behind = _BEHIND.search(title)
    return _DECORATION.sub("", chinese(title)).replace("政府基金", "政府性基金")


@cache
def _plain_titles(spec: RoleSpec) -> tuple[tuple[str, int], ...]:
    return tuple((plain_title(known), len(known)) for known in spec.titles)


def _share_of_words(spec: RoleSpec, words: str) -> int:
    """Of 100, how many of the role's column names stand in the header."""
    names = spec.column_words
    told: set[str] = set()
    if any(side.measure for side in spec.sides):  # 预算数 and 决算数 side by side, or one of the two, said or not
        told = set() if re.search("预算|决算", words) else {side.measure for side in spec.sides}
        missing = {word for word in ("预算", "决算") if word not in words and f"{word}数" not in told}
        names = tuple(g for g in names if not any(part[:2] in missing for parts in g for part in parts))
    hits = sum(1 for group in names if any(all(part in words or part in told for part in parts) for parts in group))
    return hits * 100 // max(len(names), 1)
