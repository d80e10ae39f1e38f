"""Errors in what forms print and what the text tells of them: scores, values, units, years, the whole department's money."""

from __future__ import annotations

import re
from decimal import Decimal

from drafts import Draft, Spoiler

_TOLD_SCORE = re.compile(r"自评得分\s?(\d{2,3}(?:\.\d+)?)\s?分")
_SUM_OF_POINTS = re.compile(r"\d分、[^。]*\d分、[^。]*?总分\s?(\d{2,3}(?:\.\d+)?)\s?分")
_NAMED = re.compile(r"对[^。；，]*、[^。；，]*?(\d{1,2})\s?个项目")
_GRADES = re.compile(r"[为、](?:优|良|中)\s?(\d{1,2})\s?个")
_YEAR = re.compile(r"^[（(](20\d\d)年度?[)）]$")
_VALUE = re.compile(r"(?P<sign>[≥≤=]?)(?P<n>\d[\d,]*(?:\.\d+)?)(?P<unit>[^\d]{0,6})")


def _rows(draft: Draft) -> list[tuple[int, int, int]]:
    """The rows of forms with target, actual value, weight and score in that order.

    Each as its line, the position of the target, and the line of the header.
    """
    found = []
    at: int | None = None
    head = 0
    for line, cells in enumerate(draft.cells):
        words = [re.sub(r"\s", "", cell) for cell in cells]
        if "实际完成值" in words and "得分" in words:
            at, head = words.index("实际完成值") - 1, line
        elif words[0].startswith("总分"):
            at = None
        elif (
            at is not None
            and all(words[at : at + 2])
            and len(cells) > at + 3
            and None not in map(_points, cells[at + 2 : at + 4])
        ):
            found.append((line, at, head))
    return found


def _points(cell: str) -> Decimal | None:
    return Decimal(cell.strip()) if re.fullmatch(r"\d{1,3}(?:\.\d+)?", cell.strip()) else None


def _total(draft: Draft, line: int) -> tuple[int, int]:
    """The line and position of the total of the form that a row belongs to. Raises ``IndexError`` where it has none."""
    for below in range(line, min(line + 30, len(draft.cells))):
        cells = draft.cells[below]
        if cells[0].strip() in ("总分", "合计"):
            return below, [i for i, cell in enumerate(cells) if _points(cell) is not None][-1]
    raise IndexError


def told_score(draft: Draft) -> None:
    """The text tells another score than the total of the project's form."""
    line, match = draft.find(_TOLD_SCORE, "P")
    draft.replace(line, *match.span(1), str(Decimal(match[1]) - draft.random.choice([1, 2, 3])))


def points_in_prose(draft: Draft) -> None:
    """The sum of the points that a sentence gives to each kind is another one."""
    line, match = draft.find(_SUM_OF_POINTS, "P")
    draft.replace(line, *match.span(1), str(Decimal(match[1]) - draft.random.choice([1, 2])))


def value_in_prose(draft: Draft) -> None:
    """The text tells another value of an indicator than its form."""
    places = []
    for row, at, _ in _rows(draft):
        name, actual = draft.cells[row][at - 1].strip(), _VALUE.fullmatch(draft.cells[row][at + 1].strip())
        if actual is None or len(name) < 6:
            continue
        told = re.compile(re.escape(name) + r"(?:达到)?(" + re.escape(actual["n"]) + ")" + re.escape(actual["unit"]))
        places += [(line, m) for line in draft.prose for m in told.finditer(draft.cells[line][0])]
    line, match = draft.random.choice(places)
    draft.replace(line, *match.span(1), str(int(Decimal(match[1])) - draft.random.randint(2, 6)))


def named_projects(draft: Draft) -> None:
    """The number behind a list of projects is another one."""
    line, match = draft.find(_NAMED, "P")
    draft.replace(line, *match.span(1), str(int(match[1]) + draft.random.choice([1, 2])))


def graded_projects(draft: Draft) -> None:
    """The number of projects of a grade is another one: the grades no longer come to the number of all."""
    line, match = draft.find(_GRADES, "P")
    draft.replace(line, *match.span(1), str(int(match[1]) + draft.random.choice([1, 2])))


def blank_score(draft: Draft) -> None:
    """An indicator has no score, and the total is that of the others."""
    row, at, _ = draft.random.choice([r for r in _rows(draft) if (_points(draft.cells[r[0]][r[1] + 3]) or 0) > 5])
    below, position = _total(draft, row)
    lost, whole = _points(draft.cells[row][at + 3]), _points(draft.cells[below][position])
    assert lost is not None
    assert whole is not None
    draft.put(row, at + 3, "")
    draft.put(below, position, str(whole - lost))


def copied_actuals(draft: Draft) -> None:
    """Three actual values of a form are its targets with their signs."""
    rows = [
        r for r in _rows(draft)
        if (target := _VALUE.fullmatch(draft.cells[r[0]][r[1]].strip())) and target["sign"] in ("≥", "≤")
    ]  # fmt: skip
    forms = [head for _, _, head in rows]
    head = draft.random.choice(sorted({head for head in forms if forms.count(head) >= 3}))
    for row, at, _ in draft.random.sample([r for r in rows if r[2] == head], 3):
        draft.put(row, at + 1, draft.cells[row][at])


def other_unit(draft: Draft) -> None:
    """The actual value of an indicator that counts something is a percentage."""
    places = []
    for row, at, _ in _rows(draft):
        target, actual = (_VALUE.fullmatch(draft.cells[row][i].strip()) for i in (at, at + 1))
        if target and actual and target["unit"] in ("个", "座", "次", "项", "扇", "公里", "亩", "万元"):
            places.append((row, at + 1))
    row, position = draft.random.choice(places)
    draft.put(row, position, "100%")


def form_year(draft: Draft) -> None:
    """The year printed over a form is the year before."""
    places = [(i, match) for i in draft.prose if (match := _YEAR.match(draft.cells[i][0].strip()))]
    line, match = draft.random.choice([p for p in places if int(p[1][1]) == draft.year])
    draft.replace(line, *match.span(1), str(draft.year - 1))


def whole_money(draft: Draft) -> None:
    """What the department spent of a kind, in its form, is not what the accounts say."""
    label = re.compile(r"^\t?(?:其中[:：])?(?:基本|项目)支出\t")
    rows = [line for line, cells in enumerate(draft.cells) if label.search("\t".join(cells))]
    line = draft.random.choice([line for line in rows if len(draft.amounts(line)) >= 3])
    position = draft.amounts(line)[2]
    old = Decimal(draft.cells[line][position].replace(",", ""))
    draft.put(line, position, f"{old * Decimal('0.9'):.2f}")


ERRORS: dict[str, Spoiler] = {
    "文中自评得分": told_score,
    "句中得分之和": points_in_prose,
    "正文指标值": value_in_prose,
    "列名项目个数": named_projects,
    "各等级项目个数": graded_projects,
    "自评表得分空白": blank_score,
    "照抄目标值": copied_actuals,
    "完成值计量单位": other_unit,
    "自评表年度": form_year,
    "整体支出金额": whole_money,
}
