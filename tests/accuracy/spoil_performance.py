"""Errors in 绩效 text and forms, and parts of the disclosure that are missing."""

from __future__ import annotations

import re
from decimal import Decimal

from drafts import Draft, Spoiler

_MET = re.compile(
    r"目标值?为?(?:≥|不低于)?\s?(?P<target>[\d,.]+)(?P<unit>[^，,。；\d]{0,8})[，,]\s?实际(?:完成)?值?为?\s?(?P<actual>[\d,]+(?:\.\d+)?)"
)
_COUNTED = re.compile(r"(?<!\d)(\d{1,2})(?=\s?个(?:[年绩数质时效产社生经满][^，。；（）()]{0,6})?(?P<of>目标|指标))")
_SCORE_ROW = re.compile(r"[\d.]+$")
_PART = re.compile(r"三公|政府采购(?:支出|预算|情况)|国有资产占[有用]|机关运行经费")
_NUMBERED = re.compile(r"^[#\s]*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）])")


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", "").rstrip("."))


def unmet(draft: Draft) -> None:
    """What was done of an indicator is a third of what it was, so that its target is missed."""
    places = [
        (line, match)
        for line in draft.prose
        for match in _MET.finditer(draft.cells[line][0])
        if _number(match["actual"]) >= max(_number(match["target"]), 3)
        and draft.confirmed(line, match.start("actual"), "P")
    ]
    line, match = draft.random.choice(places)
    draft.replace(line, *match.span("actual"), str(int(_number(match["actual"]) / 3)))


def stated_count(draft: Draft) -> None:
    """A number of indicators is another one; of goals, only where these are told one by one."""
    places = [
        (line, match)
        for line in draft.prose
        for match in _COUNTED.finditer(draft.cells[line][0])
        if match["of"] == "指标" or draft.confirmed(line, match.start(1), "P")
    ]
    line, match = draft.random.choice(places)
    draft.replace(line, *match.span(1), str(int(match[1]) + draft.random.choice([1, 2])))


def project_count(draft: Draft) -> None:
    """A number of projects is another one."""
    line, match = draft.find(re.compile(r"项目(?:共)?(\d{1,2})个|(?<!\d)(\d{1,2})(?=\s?个(?:一级)?项目)"))
    group = 1 if match[1] else 2
    draft.replace(line, *match.span(group), str(int(match[group]) + draft.random.choice([1, 2])))


def score(draft: Draft) -> None:
    """The score of a row of a form is another one."""
    places = []
    for line, cells in enumerate(draft.cells):
        if len(cells) >= 5 and "分）" in "".join(cells) and _SCORE_ROW.fullmatch(cells[-1].strip()):
            places.append((line, len(cells) - 1))
    line, position = draft.random.choice(places)
    old = Decimal(draft.cells[line][position].strip())
    draft.put(line, position, str(old - draft.random.choice([1, 2, 3]) if old > 3 else old + 2))


def part_removed(draft: Draft) -> None:
    """A section that must be there is not: its heading and all its text, up to the next heading of its level."""
    headings = [
        line
        for line in range(len(draft.cells))
        if _NUMBERED.match(draft.cells[line][0]) and len(draft.cells[line]) == 1
    ]
    glossary = next(
        (i for i, cells in enumerate(draft.cells) if "名词解释" in cells[0] and i > len(draft.cells) // 4),
        len(draft.cells),
    )
    wanted = [i for i in headings if _PART.search(draft.cells[i][0]) and len(draft.cells[i][0]) < 40]
    first = draft.random.choice([line for line in wanted if len(draft.cells) // 8 < line < glossary])
    kind = "（" in draft.cells[first][0] or "(" in draft.cells[first][0]
    after = [
        line
        for line in headings
        if line > first and kind <= ("（" in draft.cells[line][0] or "(" in draft.cells[line][0])
    ]
    last = after[0] if after else first + 3
    for line in range(first, last):
        if len(draft.cells[line]) == 1:
            draft.put(line, 0, "")


MISSING = frozenset({"缺少部分"})
"""Errors that leave nothing to point at: any finding about completeness is one."""

ERRORS: dict[str, Spoiler] = {
    "指标未完成": unmet,
    "指标个数": stated_count,
    "指标得分": score,
    "绩效项目个数": project_count,
    "缺少部分": part_removed,
}
