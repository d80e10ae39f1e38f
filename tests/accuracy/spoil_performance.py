"""Errors in 绩效 text and forms: targets, actual values, scores, weights, money, numbers of indicators and projects."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import spoil_disclosure
import spoil_forms
from drafts import Draft, Spoiler

_MET = re.compile(
    r"(?P<name>[^，,。；;:：]{2,40})[:：]\s?[^，,。；:：]{0,6}目标值?为?(?P<sign>≥|不低于|不少于)?\s?(?P<target>\d[\d,]*(?:\.\d+)?)(?P<unit>[^，,。；\d]{0,8})[，,]\s?"
    r"[^，,。；\d]{0,6}实际(?:完成|达到?)?值?为?\s?(?P<actual>\d[\d,]*(?:\.\d+)?)"
)
_REVERSE = re.compile(
    r"率为?0|时间|时长|时延|成本|费用|经费|支出|差错|错误|事故|投诉|丢包|故障|天数|排名|位次|人数|预算|金额"
)
_WORDS = {
    "及时": "不及时",
    "满意": "不满意",
    "规范": "不规范",
    "有效": "效果不明显",
    "合格": "不合格",
    "完整": "不完整",
}
_QUALITY = re.compile(rf"目标值?为?(?P<word>{'|'.join(_WORDS)})[，,]\s?实际(?:完成)?值?为?(?P<actual>(?P=word))")
_COUNTED = re.compile(
    r"(?<!\d)(?P<n>\d{1,2})\s?个(?=\s?(?:年度)?\s?(?:绩效)?\s?(?P<of>目标|指标))|指标\s?(?P<m>\d{1,2})\s?个"
)
_LIST = re.compile(r"[（(](?P<parts>[^（）()]*指标\s?\d{1,2}\s?个[^（）()]*指标\s?\d{1,2}\s?个[^（）()]*)[）)]")
_POINTS = re.compile(r"[\d.]+$")
_WEIGHT = re.compile(r"[（(](\d{1,2}(?:\.\d)?)\s?分[）)]")
_PROJECTS = re.compile(
    r"项目(?:共|共计)?\s?(?P<a>\d{1,3})\s?个(?=[，,、。；）)])|(?<!\d)(?P<b>\d{1,3})\s?个(?:一级)?项目(?!名称|单位)"
)
_EVALUATED = re.compile(r"绩效|自评|评价")
_ACCOUNT = re.compile(r"项目?绩效自评(?:结果)?综述[:：]")
_GRADED = re.compile(r"[“\"]优[”\"]的项目\s?(\d{1,3})\s?个")
_MONEY = r"\d[\d,，]*(?:\.\d+)?\s?万元"
_EXECUTED = re.compile(
    rf"预算数?为\s?(?P<budget>{_MONEY})[，,；]\s?(?:实际)?(?:全年)?(?:执行|决算|支出)数?为\s?(?P<done>{_MONEY})[，,；][^。；]{{0,16}}?(?P<rate>\d{{1,3}}(?:\.\d+)?)\s?%"
)


def _number(text: str) -> Decimal:
    return Decimal(re.sub(r"[^\d.]", "", text).rstrip("."))


def _met(draft: Draft) -> list[tuple[int, re.Match[str]]]:
    """Indicators told with a target that more of fulfils, and fulfilled."""
    return [
        (line, match)
        for line in draft.prose
        for match in _MET.finditer(draft.cells[line][0])
        if _number(match["actual"]) >= max(_number(match["target"]), 3)
        and (match["sign"] or not _REVERSE.search(match["name"]))
    ]


def unmet(draft: Draft) -> None:
    """An indicator that was met is not: less was done, more was wanted, or a word says so.

    Only of targets that more fulfils; that nothing explains it, or that everything is said to be met, proves it wrong.
    """
    numbers = [
        (line, match, kind)
        for line, match in _met(draft)
        for kind in ("actual", "target")
        if kind == "actual" or "%" not in match["unit"] or _number(match["actual"]) < 100
    ]
    words = [(i, match, "word") for i in draft.prose for match in _QUALITY.finditer(draft.cells[i][0])]
    line, match, kind = draft.random.choice([*numbers, *words])
    if kind == "word":
        draft.replace(line, *match.span("actual"), _WORDS[match["actual"]])
    elif kind == "actual":
        done = int(_number(match["target"]) * draft.random.randint(3, 8) / 10)
        draft.replace(line, *match.span("actual"), str(min(done, int(_number(match["target"])) - 1)))
    else:
        wanted = int(_number(match["actual"]) * draft.random.randint(12, 30) / 10) + 1
        draft.replace(line, *match.span("target"), "100" if "%" in match["unit"] and wanted > 100 else str(wanted))


def stated_count(draft: Draft) -> None:
    """A number of indicators is another one, where the parts told with it add up to it.

    The sum of the parts in brackets, or several kinds after 其中, is the witness. A whole of which one part only is told,
    and goals that are not told one by one, have none.
    """
    places = []
    for line in draft.prose:
        text = draft.cells[line][0]
        listed = list(_LIST.finditer(text))
        for match in _COUNTED.finditer(text):
            group = "n" if match["n"] else "m"
            inside = any(part.start() < match.start() < part.end() for part in listed)
            before = any(part.start() - match.end() in range(3) for part in listed)
            rest = re.sub(r"[（(][^（）()]*[）)]", "", text[match.end() :].partition("其中")[2].partition("。")[0])
            kinds = len(re.findall(r"指标\s?\d{1,2}\s?个", rest))
            told = match["of"] == "指标" and kinds >= 2 and "其中" in text[match.end() : match.end() + 12]
            goal = match["of"] == "目标" and draft.confirmed(line, match.start(group), "P")
            if inside or before or told or goal:
                places.append((line, match.span(group), int(match[group])))
    line, span, number = draft.random.choice(places)
    draft.replace(line, *span, str(number + draft.random.choice([1, 2])))


def project_count(draft: Draft) -> None:
    """A number of projects evaluated is another one, where the document tells it otherwise.

    Witnesses: the accounts of the projects one by one; the same number (or money) told again; projects by grade that add
    up; no money for some projects. Counts that belong to a project's work (抽查项目851个) are no such numbers.
    """
    accounts = sum(1 for i in draft.prose if _ACCOUNT.search(draft.cells[i][0]))
    told = [
        (line, match, match["a"] or match["b"])
        for line in draft.prose
        for match in _PROJECTS.finditer(draft.cells[line][0])
        if _EVALUATED.search(draft.cells[line][0]) and "实际完成" not in draft.cells[line][0]
    ]
    again = [number for _, _, number in told]
    places = []
    for line, match, number in told:
        graded = _GRADED.search(draft.cells[line][0]) is not None
        zero = number == "0" and re.match(
            r"[^。；]{0,30}?(?<![\d.])0(?:\.0+)?万元", draft.cells[line][0][match.end() :]
        )
        others = graded or again.count(number) > 1 or zero
        if others or (accounts > 1 and int(number) == accounts):
            places.append((line, match))
    line, match = draft.random.choice(places)
    group = "a" if match["a"] else "b"
    draft.replace(line, *match.span(group), str(int(match[group]) + draft.random.choice([1, 2])))


@dataclass(frozen=True)
class Scored:
    """A row of a form with weight and score: its line, the cells of both, the weight's digits in its cell; the rows of the form."""

    line: int
    weight_at: int
    score_at: int
    weight: Decimal
    score: Decimal
    span: tuple[int, int]
    form: int


def _scored(draft: Draft) -> list[Scored]:
    """The rows of forms with weight and score: the weight in brackets in the name, or both in columns of their own."""
    found = []
    columns: tuple[int, int] | None = None
    form = 0
    for line, cells in enumerate(draft.cells):
        words = [re.sub(r"\s|[（(].*", "", cell) for cell in cells]
        if len(cells) >= 5 and "得分" in words and any("指标" in word for word in words):
            form = line
            columns = next(((i, words.index("得分")) for i, word in enumerate(words) if word in ("分值", "权重")), None)
        elif len(cells) < 4:
            continue
        elif columns is not None and form and max(columns) < len(cells):
            told = [cells[i].strip() for i in columns]
            if all(_POINTS.fullmatch(text) for text in told) and not re.match(r"总|合计", words[0]):
                weight, score = (Decimal(text) for text in told)
                found.append(Scored(line, *columns, weight, score, (0, len(cells[columns[0]])), form))
        elif form and _POINTS.fullmatch(cells[-1].strip()):
            told_in = [(i, match) for i, cell in enumerate(cells) for match in _WEIGHT.finditer(cell)]
            if told_in:
                at, match = told_in[-1]
                found.append(
                    Scored(line, at, len(cells) - 1, Decimal(match[1]), Decimal(cells[-1].strip()), match.span(1), form)
                )
    return found


def _sums(draft: Draft, row: Scored) -> bool:
    """Whether a total, or a rule of scoring printed below, proves a score; without either anyone may give any."""
    below = range(row.line, min(row.line + 45, len(draft.cells)))
    told = ["".join(draft.cells[line]) for line in below]
    return any(re.match(r"\s*(?:总\s*分|合计|总得分).*\d", text) or "权重*B/A" in text for text in told)


def score(draft: Draft) -> None:
    """The score of a row of a form is another one: above its weight, or not what the total or the printed rule wants."""
    rows = [row for row in _scored(draft) if row.score <= row.weight]
    row = draft.random.choice(rows)
    less = _sums(draft, row) and row.score > 3 and not _damaged(draft, row.line + 20)
    new = row.score - draft.random.choice([1, 2, 3]) if less else row.weight + draft.random.choice([1, 2, 5])
    draft.put(row.line, row.score_at, str(new))


def weight(draft: Draft) -> None:
    """The weight of an indicator in a form is another one: the score stands above it, or the weights miss their sum.

    Only in rows whose score is the weight: another may have lost its score in conversion. A higher weight is wrong only
    where a total or a rule says so.
    """
    row = draft.random.choice([row for row in _scored(draft) if row.score == row.weight])
    more = _sums(draft, row) and (row.weight < 4 or draft.random.random() < 0.5)
    new = row.weight + draft.random.choice([2, 3, 5]) if more else max(row.weight - 2, Decimal(0))
    cell = draft.cells[row.line][row.weight_at]
    draft.put(row.line, row.weight_at, cell[: row.span[0]] + str(new) + cell[row.span[1] :])


def form_actual(draft: Draft) -> None:
    """What a form says was done is far below the target, with the full score as before."""
    places = []
    for row in _scored(draft):
        cells = [cell.strip() for cell in draft.cells[row.line]]
        last = min(row.weight_at, row.score_at) if row.weight_at > 2 and row.span[0] == 0 else row.score_at
        match = re.fullmatch(r"([≥＞>]?)\s*(\d+(?:\.\d+)?)(\D{0,6})", cells[last - 2])
        done = re.fullmatch(r"(\d+(?:\.\d+)?)(\D{0,6})", cells[last - 1])
        if not match or not done or row.score != row.weight:
            continue
        rising = match[1] or not _REVERSE.search("".join(cells[: last - 2]))
        if rising and Decimal(done[1]) >= Decimal(match[2]) > 3:
            places.append((row, last - 1, Decimal(match[2]), done[2]))
    row, position, target, unit = draft.random.choice(places)
    draft.put(row.line, position, f"{int(target / 2)}{unit}")


def total(draft: Draft) -> None:
    """The total score of a form, or the total of its weights, is another one.

    Not where a row of the form lost its score in conversion: the total may then be right.
    """
    places = [
        (line, position)
        for line, cells in enumerate(draft.cells)
        if re.match(r"总\s*分$|合\s*计$|总得分$", cells[0].strip()) and any("指标" in c for c in _above(draft, line))
        for position in range(1, len(cells))
        if re.fullmatch(r"\d{2,3}(?:\.\d+)?", cells[position].strip()) and not _damaged(draft, line)
    ]
    line, position = draft.random.choice(places)
    old = Decimal(draft.cells[line][position].strip())
    draft.put(line, position, str(old - draft.random.choice([1, 2, 3]) if old > 90 else old + 3))


def _damaged(draft: Draft, line: int) -> bool:
    """Whether a row of the form above the total ends with something that is no score: more than its weight, or blank."""
    for cells in draft.cells[max(line - 20, 0) : line]:
        told = [match for cell in cells for match in _WEIGHT.finditer(cell)]
        last = cells[-1].strip()
        if (
            len(cells) >= 5
            and told
            and "执行" not in "".join(cells)
            and (not _POINTS.fullmatch(last) or Decimal(last) > Decimal(told[-1][1]))
        ):
            return True
    return False


def _above(draft: Draft, line: int) -> Iterable[str]:
    return (cell for cells in draft.cells[max(line - 40, 0) : line] if len(cells) > 3 for cell in cells)


def project_money(draft: Draft) -> None:
    """Budget, amount spent or rate of a project in the narrative is another one.

    The three prove each other: a changed amount no longer gives the rate, unless it was rounded away.
    """
    places = [(i, match) for i in draft.prose for match in _EXECUTED.finditer(draft.cells[i][0])]
    line, match = draft.random.choice([p for p in places if _number(p[1]["budget"])])
    group = draft.random.choice(["budget", "done", "rate"])
    old = match[group]
    if group == "rate":
        value = Decimal(old)
        new = f"{value - draft.random.randint(2, 9)}" if value > 20 else f"{value + 7}"
    else:
        digits = re.search(r"[\d,，.]+", old)
        assert digits
        share = Decimal(draft.random.choice([80, 87, 92, 113, 125])) / 100
        new = old.replace(digits[0], f"{(_number(digits[0]) * share).quantize(Decimal('0.01')):,}")
    draft.replace(line, *match.span(group), new)


def form_money(draft: Draft) -> None:
    """Budget or amount spent in a form is another one; its rate and the narrative say otherwise."""
    places = []
    for line, cells in enumerate(draft.cells):
        found = [i for i, cell in enumerate(cells) if re.fullmatch(r"[\d,]+\.?\d*", cell.strip())]
        rate = any(re.fullmatch(r"\d{1,3}(?:\.\d+)?%", cell.strip()) for cell in cells)
        if rate and len(found) >= 2 and "总额" in "".join(cells) and any("执行" in c for c in _above(draft, line)):
            places += [(line, position) for position in found[:2]]
    line, position = draft.random.choice([p for p in places if _number(draft.cells[p[0]][p[1]])])
    share = Decimal(draft.random.choice([80, 87, 92, 113, 125])) / 100
    draft.put(line, position, f"{(_number(draft.cells[line][position]) * share).quantize(Decimal('0.01'))}")


_OPERATED = re.compile(r"(?P<name>[^，,。；;:：=≥≤≧≦\d]{4,30})(?:≥|=|≤)\s?(?P<n>\d[\d,.]*)")


def form_target(draft: Draft) -> None:
    """A target told in words is not that of the form: both print the same indicator."""
    rows = [[re.sub(r"\s", "", cell) for cell in cells] for cells in draft.cells if len(cells) >= 4]
    places = []
    for line in draft.prose:
        for match in _OPERATED.finditer(draft.cells[line][0]):
            name = re.sub(r"\s", "", match["name"])
            if any(any(name in cell for cell in cells) and match["n"].rstrip(".") in cells for cells in rows):
                places.append((line, match))
    line, match = draft.random.choice(places)
    old = match["n"].rstrip(".")
    new = str(int(_number(old)) + draft.random.choice([1, 2, 5])) if _number(old) < 50 else str(int(_number(old)) - 10)
    draft.replace(line, match.start("n"), match.start("n") + len(old), new)


def form_rate(draft: Draft) -> None:
    """The execution rate that a form prints is not the one of its amounts."""
    places = []
    for line, cells in enumerate(draft.cells):
        rates = [i for i, cell in enumerate(cells) if re.fullmatch(r"\d{1,3}(?:\.\d+)?%", cell.strip())]
        if rates and "总额" in "".join(cells) and any("执行" in c for c in _above(draft, line)):
            places.append((line, rates[0]))
    line, position = draft.random.choice(places)
    value = Decimal(draft.cells[line][position].strip().rstrip("%"))
    draft.put(line, position, f"{value - draft.random.choice([3, 5, 12])}%")


def project_name(draft: Draft) -> None:
    """A form names another project than its title and the narrative do: a word more, or another one.

    No shortened name: reports shorten them.
    """
    places = []
    told = "".join(re.sub(r"\s", "", draft.cells[line][0]) for line in draft.prose)
    for line, cells in enumerate(draft.cells):
        head = "".join(cell.strip() for cell in cells[:-1])
        for position, cell in enumerate(cells[1:4], 1):
            name = re.sub(r"\s", "", cell)
            if re.match(r"项目\s*名\s*称", head) and 4 <= len(name) <= 24 and f"{name}" in told and "：" not in name:
                places.append((line, position, name))
                break
    line, position, name = draft.random.choice(places)
    half = len(name) // 2
    other = draft.random.choice(
        [f"{name[:2]}区级{name[2:]}", f"{name[:half]}提升{name[half:]}", f"{name[:-2]}整治工程"]
    )
    draft.put(line, position, other)


MISSING = spoil_disclosure.MISSING

ERRORS: dict[str, Spoiler] = {
    "指标未完成": unmet,
    "指标个数": stated_count,
    "指标得分": score,
    "指标分值": weight,
    "自评表完成值": form_actual,
    "自评表总分": total,
    "自评表金额": form_money,
    "自评表执行率": form_rate,
    "绩效目标值不一致": form_target,
    "绩效项目名称": project_name,
    "绩效项目金额": project_money,
    "绩效项目个数": project_count,
    **spoil_forms.ERRORS,
    **spoil_disclosure.ERRORS,
}
