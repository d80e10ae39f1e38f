"""Errors in words: years, names, remains of the template, phrases told twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from drafts import Draft, Spoiler

Place = tuple[int, int, int, str]
"""A line (from 0), a stretch of its first cell, and what is put in its place."""

# --- years ----------------------------------------------------------------------------------------------------------

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=\s?年度?[^，,。；]{0,14}(?:收入|支出|决算|预算|拨款|经费|结转))")
_TITLE = re.compile(
    r"(?<!\d)(20\d\d)\s?年[^，,。；\d]{0,24}(?:决算|预算)[^，,。；\d]{0,14}(?:表|说明|情况)(?=[\s.…·\d]*$)"
)
_UNTIL = re.compile(r"截[至止]到?(20\d\d)年12月31日")
_BASE = re.compile(r"(?<=[与比较])(20\d\d)(?=年(?!至|到|-|—|初预算))")
_NOTHING = re.compile(r"(?<!\d)(20\d\d)(?=年度?[^，。；\d]{0,14}(?:未安排|未发生|没有|无))")
_REVIEWED = re.compile(r"(?<!\d)(20\d\d)(?=年度?[^，,。；\d]{0,30}(?:自评|绩效评价|年初预算数))")


def _years(draft: Draft, pattern: re.Pattern[str], wanted: int, others: tuple[int, ...]) -> list[Place]:
    """Every place of a pattern with the wanted year, and the year that is to stand there."""
    return [
        (line, *match.span(1), str(draft.random.choice(others)))
        for line in range(len(draft.cells))
        for match in pattern.finditer(draft.cells[line][0])
        if len(draft.cells[line]) == 1 and int(match[1]) == wanted
    ]


def year(draft: Draft) -> None:
    """The report's year is another one: beside an amount, in a heading, a date, a comparison, a statement of nothing.

    The other headings and sentences of the report are the witness. Only in final accounts does the date 12月31日 have one: a
    budget may tell of the end of either year before. The base of a comparison has one where the report compares so
    at least three times.
    """
    now, earlier = draft.year, (draft.year - 1, draft.year - 2)
    amounts = [
        place for place in _years(draft, _YEAR, now, earlier) if place[0] in draft.prose and _tells_money(draft, place)
    ]
    titles = [place for place in _years(draft, _TITLE, now, earlier) if len(draft.cells[place[0]][0]) < 60]
    accounts = "决算" in "".join(draft.cells[place[0]][0] for place in titles)
    until = _years(draft, _UNTIL, now, earlier) if accounts else []
    bases = _years(draft, _BASE, now - 1, (now - 2, now - 3))
    nothing, reviewed = _years(draft, _NOTHING, now, earlier), _years(draft, _REVIEWED, now, earlier)
    _choose(draft, amounts, amounts, titles, until, bases if len(bases) >= 3 else [], nothing, reviewed)


def _tells_money(draft: Draft, place: Place) -> bool:
    return re.match(r"[^。]*\d\s?(?:万元|元)", draft.cells[place[0]][0][place[2] :]) is not None


def _choose(draft: Draft, *kinds: list[Place]) -> None:
    """One place of one of the kinds that have any."""
    line, start, end, text = draft.random.choice(draft.random.choice([kind for kind in kinds if kind]))
    draft.replace(line, start, end, text)


# --- names ----------------------------------------------------------------------------------------------------------

_SUBJECT = re.compile(r"([一-鿿]{4,})(?=[（(](?:类|款|项)[）)])")
_INTRODUCED = re.compile(r"^.*(?:用于|其中|包括|列入|科目)")
_TERM = re.compile(
    r"政府性基金预算|国有资本经营预算|一般公共预算财政拨款|财政拨款收入|机关运行经费|政府采购支出|公务用车运行维护费|公务用车购置|公务接待费|年初结转和结余|因公出国|名词解释|国有资产占用"
)
_TABLE = re.compile(r"(?:[一-鿿“”\"（）()]{6,30})表(?=》|[\s.…·\d]*$)")
_PROJECT = re.compile(r"[一-鿿]{4,24}?(?:项目|经费)(?=绩效|支出绩效|自评|年初预算|全年预算|，|,|：|:)")
_BODY = re.compile(r"(?:20\d\d年度?)?([一-鿿]{6,30}?)(?:概况|20\d\d年度?|部门决算|单位决算|部门预算|单位预算)")
_OTHER = "务物反文人行管公用会理办政业员社"
"""What a character is replaced by: no particle, which would make another text that is right."""

_RIGHT = {
    "机关运行费",
    "公务车购置",
    "政府基金预算",
    "收入支出决算表",
    "部门预算表",
    "部门决算表",
    "财政收入支出决算总表",
}
"""Other forms that are right as well: a slip that makes one is none."""


def _slip(draft: Draft, name: str) -> str:
    """The name with a character lost, doubled, replaced, or two exchanged; its first and last stay."""
    at = draft.random.randrange(1, len(name) - 1)
    exchanged = name[at + 1] + name[at] if at + 2 < len(name) and name[at] != name[at + 1] else ""
    other = draft.random.choice([char for char in _OTHER if char != name[at]])
    changed = draft.random.choice(["", "", name[at] * 2, other, exchanged])
    slipped = name[:at] + changed + name[at + (2 if len(changed) == 2 and changed == exchanged else 1) :]
    return slipped if slipped not in _RIGHT else name[:at] + name[at] * 2 + name[at + 1 :]


def subject(draft: Draft) -> None:
    """A subject's name before （类）（款）（项） has a slip."""
    line, match = draft.find(_SUBJECT)
    start = match.start(1) + len(introduced[0] if (introduced := _INTRODUCED.match(match[1])) else "")
    draft.replace(line, start, match.end(1), _slip(draft, draft.cells[line][0][start : match.end(1)]))


def name(draft: Draft) -> None:
    """A term of the trade, or the name of a table, a project or the body that stands elsewhere too, has a slip.

    A name that the report has only once or twice may be meant so: nobody could say what it should be.
    """
    whole = "\n".join("\t".join(line) for line in draft.cells)
    kinds: list[list[Place]] = []
    for pattern, least in ((_TERM, 1), (_TABLE, 3), (_PROJECT, 4)):
        kinds.append(_names(draft, pattern, lambda text, least=least: whole.count(text) >= least))  # type: ignore[misc]
    bodies = Counter(match[1] for match in _BODY.finditer(whole))
    body = next((text for text, count in bodies.most_common(1) if count >= 3), "")
    kinds.append(_names(draft, re.compile(body), lambda _: True) if body else [])
    _choose(draft, *kinds)


def _names(draft: Draft, pattern: re.Pattern[str], wanted: Callable[[str], bool]) -> list[Place]:
    return [
        (line, match.start(), match.end(), _slip(draft, match[0]))
        for line in range(len(draft.cells))
        for match in pattern.finditer(draft.cells[line][0])
        if len(draft.cells[line]) == 1 and wanted(match[0])
    ]


# --- remains of the template ----------------------------------------------------------------------------------------

_BEFORE_MARK = (
    "（增加/减少）", "XX", "（请根据实际情况填写）", "增（减）", "××万元", "（具体说明）", "（增/减）", "（据实填写）", "……", "【】", "___", "**万元",
    "［单位名称］", "（XX项目）", "（注：此处请补充）", "（略）XXX",
)  # fmt: skip
_FIGURE = re.compile(r"(?<![\d.,])\d[\d,]*(?:\.\d+)?(?=\s?(?:万元|%|人|辆))")
_FIGURES = ("XX", "××", "**", "____", "X", "xx", "XX.XX", "（）", "【】", "*")
_SENTENCE = re.compile(r"(?=[，。])")
_BEGIN = ("填报说明：", "注意：请", "（以下由单位填写）", "【填报说明】", "说明：此处填写")


def residue(draft: Draft) -> None:
    """A piece of the template stands in a sentence, in the place of a figure or year, or before a paragraph."""
    kind = draft.random.randrange(6)
    if kind <= 2:
        line, match = draft.find(_SENTENCE)
        draft.replace(line, match.start(), match.start(), draft.random.choice(_BEFORE_MARK))
    elif kind == 3:
        line, match = draft.find(_FIGURE)
        draft.replace(line, match.start(), match.end(), draft.random.choice(_FIGURES))
    elif kind == 4:
        line, match = draft.find(re.compile(r"(?<!\d)20\d\d(?=年)|(?<=\d)万元(?=[，。])"))
        other = ("XXXX", "xx", "20XX", "____") if match[0][0] == "2" else ("（万元）万元", "万元（元）", "XX万元")
        draft.replace(line, match.start(), match.end(), draft.random.choice(other))
    else:
        line, match = draft.find(re.compile(r"^(?=[^，。]{4,30}[，。])"))
        draft.replace(line, match.start(), match.start(), draft.random.choice(_BEGIN))


# --- phrases told twice -----------------------------------------------------------------------------------------------

_TWICE = re.compile(
    r"主要用于|主要是|增加|减少|较上年|原因是|财政拨款|万元(?=[，。])|与上年|其中|比上年|完成|年初预算|安排|反映|包括|加强|推进|提高|情况|按照|政府采购|一般公共预算|因公出国|用于"
)


def doubled(draft: Draft) -> None:
    """A phrase stands twice.

    Not 支出, 收入, 部门, 单位 (项目支出支出预算 and 本部门部门预算 are right), and no mark (a matter of typing: those rules are
    run on demand only).
    """
    line, match = draft.find(_TWICE)
    draft.replace(line, match.end(), match.end(), match[0])


ERRORS: dict[str, Spoiler] = {
    "正文年度": year,
    "科目名称": subject,
    "其他名称": name,
    "模板残留": residue,
    "重复词语": doubled,
}
