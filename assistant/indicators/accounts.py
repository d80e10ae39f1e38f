"""Walks the text and gathers what it tells of each project: from 项目绩效自评综述 or the title of a summary to the next one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.document import Document, Paragraph, Table
from assistant.indicators.drafts import Draft, finished
from assistant.indicators.model import (
    Indicator,
    Part,
    Place,
    Role,
    Summary,
    Told,
)
from assistant.indicators.scores import read_scores
from assistant.indicators.sentences import Found, indicators_in, labels
from assistant.indicators.stated import counts_in, money_in, points_at, praises_in, score_in
from assistant.indicators.stream import Unit, enclosing
from assistant.indicators.values import parse_value
from assistant.indicators.words import (
    Level,
    clean_name,
    level_named,
    level_of,
    plain_text,
    weight_in,
    without_numbering,
)
from assistant.text import squeeze

LONGEST = 6000
"""Characters of a paragraph that is still read: no report's are longer."""

BEGINNING = 160
"""Characters in which a paragraph names the project that it begins to tell of."""

_MAY_START = re.compile(r"[述：:]|元\s*[，,。]|[。]\s*(?:全年|年初)?预算")

_GAP = re.compile(r"\s{200}")
"""A run of blanks that no sentence has: what is left of a drawing, slow to read and without meaning."""

_REVIEW = re.compile(
    r"^(?P<name>[^。；;，,：:]{2,60}?)(?:支出)?(?:项目)?(?:支出)?绩效(?:自我?评价?|评价)?(?:结果)?综述\s*[:：。]?|"
    r"^(?:项目名称|项目)[:：](?P<name2>[^。；;，,]{2,60})$|"
    r"^(?P<name3>[^。；;，,：:]{2,60}?项目)(?:支出)?(?:绩效)?自评(?:情况|结果|综述)?[:：]|"
    r"^(?P<name4>[^。；;，,：:]{2,60}?(?:项目|经费))[。:：](?:全年|年初)?预算数?为?\d"
)
_TOLD = re.compile(
    r"^(?P<name>[^。；;，,：:\d]{2,60}?(?:项目|经费))(?:支出)?(?:绩效|年度|目标|指标|完成|情况)*[:：](?=.*[≥≤目指].*实际.*实际)"
)
_OWNED = re.compile(r"(?:项目|经费)[^。；;，,]{0,12}[:：]")
"""某某项目绩效目标完成情况：甲≥420公顷，实际完成…；乙…，实际…: a project with all its indicators in one paragraph."""

_BUDGETED = re.compile(
    r"^(?P<name>[^。；;，,：:]{4,50}?)(?:项目)?20\d\d年度?(?:预算|安排|资金|年初)*(?:数|为|共)*\d[\d,.]*万?元[，,。]"
)
"""热线经费2024年预算10万元，…: how a budget begins what it tells of a project."""

_SUMMARY = re.compile(
    r"^(?:附件?\d*[-—.:：、]*\d*)?(?:(?:20\d\d|XX)年度?)?(?P<name>.{2,60}?)(?:绩效)?(?:自我?评价?|评价)(?:结果|报告)(?:[(（]?摘要版?[)）]?)?$"
)
_OUTPUTS = re.compile(
    r"主\s*要\s*产\s*出\s*[和及与]\s*效\s*[果益]\s*[:：是]*\s*(?P<told>[^:：\s].{3,}?)(?=发\s*现\s*的?\s*问\s*题|$)",
    re.DOTALL,
)
_WHOLE = re.compile(r"整体")
_WHOLE_HEADING = re.compile(r"(?:部门|单位)?整体(?:支出)?(?:绩效)?(?:自评|评价)?(?:结果|情况|目标)")
_ENTERS = re.compile(r"绩效")
_NOT_HERE = re.compile(r"上年度|上一年度|结果应用|结果拟?应用|改进措施|与预算安排|下一步|整改")
_UNMET = re.compile(r"未完成|未达到|未达标|未实现")
_PROBLEM = re.compile(r"发现的?(?:主要)?问题|存在的?(?:主要)?问题|问题和?原因|问题及原因|偏差|未完成原因")
_TURN = re.compile(r"[。；;]\s*(?P<turn>(?:发现的?|存在的?)(?:主要)?问题|下一步改进措施|下一步拟?改进)")
_INNER = re.compile(
    r"指标|目标|自评得分|执行率|执行情况|完成情况|完成的|未完成|问题|原因|措施|应用|预算安排|上年度|综合得分|产出|效益|满意度|成本"
)
_AS_HEADING = re.compile(
    r"^(?:[-]?[(（]?[一二三四五六七八九十\d]{1,2}[)）、.])[^:：,，;；。\d]{0,12}(?:未完成的|完成的|存在的?问题|上年度|改进措施|结果应用)[^:：,，;；。\d]{0,12}[。.]?$"
)
"""A paragraph that is a heading: a few numbered words about a part of the account."""

_ENDS = re.compile(r"^第[一二三四五六七八九十\d]+部分|名词解释")


class _Walk:
    """Goes through headings, paragraphs and tables in their order."""

    def __init__(self, document: Document, stream: Sequence[Unit]) -> None:
        self.document = document
        self.stream = stream
        self.drafts: list[Draft] = []
        self.current: Draft | None = None
        self.level = Level()
        self.role = Role.LISTED
        self.aside = False
        self.aside_level = 0
        self.unended = False
        self.state = ""
        self.paths: dict[int, str] = {}

    def run(self) -> tuple[Summary, ...]:
        """All summaries that tell something."""
        tables = sorted((t for t in self.document.tables if not t.sides and not t.role), key=lambda t: t.span.line)
        for unit in self.stream:
            while tables and tables[0].span.line <= unit.line:
                self._table(tables.pop(0))
            self._unit(unit)
        for table in tables:
            self._table(table)
        kept = [draft for draft in self.drafts if not draft.empty]
        return tuple(finished(draft, position) for position, draft in enumerate(kept))

    def _begin(
        self, unit: Unit, place: Place, project: str, named: Part | None, level: int, *, whole: bool = False
    ) -> None:
        self.current = Draft(place, project, named, whole, unit, level, last=unit)
        self.drafts.append(self.current)
        self.level, self.role, self.aside, self.state = Level(), Role.LISTED, False, ""

    def _end(self) -> None:
        self.current = None
        self.level, self.role, self.aside, self.state = Level(), Role.LISTED, False, ""

    def _table(self, table: Table) -> None:
        if self.current is not None and not self.current.scores:
            rows = read_scores(table)
            if rows:
                self.current.scores, self.current.table = rows, table.index

    def _unit(self, unit: Unit) -> None:
        text = unit.paragraph.text
        if len(text) > LONGEST or _GAP.search(text):
            return
        if self._starts(unit):
            if unit.is_heading:
                return
        elif unit.is_heading and self._stops(unit):
            self._end()
        if unit.is_heading:
            self._heading(unit)
        if self.current is not None:
            self.current.last = unit
        self._text(unit)

    def _starts(self, unit: Unit) -> bool:
        """Whether a new project's account begins here; begins it."""
        if not unit.is_heading and not _MAY_START.search(unit.paragraph.text, 0, BEGINNING):
            return False
        text = plain_text(unit.paragraph.text)
        offset = without_numbering(text)
        plain = squeeze(text[offset:] if unit.is_heading else text[offset:BEGINNING])
        if unit.is_heading:
            match = _SUMMARY.match(plain)
            if match and not plain.startswith("《") and self._summary(unit, match, offset):
                return True
            if (
                _WHOLE_HEADING.search(plain)
                and "表" not in plain
                and re.search(r"绩效|自评|评价", plain + self._path(unit))
                and len(plain) < 30
                and self._fresh(unit)
            ):
                self._begin(unit, Place.NARRATIVE, "", None, unit.level, whole=True)
                return True
        match = _REVIEW.match(plain) or (_BUDGETED.match(plain) if "绩效" in self._path(unit) else None)
        if match is None and "实" in text and _OWNED.search(plain):
            match = _TOLD.match(squeeze(text[offset:]))
        if match is None:
            return False
        name = next(name for name in match.groups() if name)
        end = _reach(text, offset, name)
        named = Part(unit.paragraph.text[offset:end], unit.paragraph.span(offset, end))
        level = next(
            (s.level for s in enclosing(self.document, unit.paragraph.section) if not _INNER.search(s.title)), 3
        )
        self._begin(unit, Place.NARRATIVE, _project(name), named, unit.level or level, whole=bool(_WHOLE.search(name)))
        return True

    def _fresh(self, unit: Unit) -> bool:
        """Whether a heading about the whole is not just a part of the account of the whole that is open."""
        return self.current is None or (
            not (self.current.whole and unit.level > self.current.level) and self.current.place is not Place.SUMMARY
        )

    def _summary(self, unit: Unit, match: re.Match[str], offset: int) -> bool:
        name = match["name"]
        whole = bool(_WHOLE.search(name))
        if not whole and not re.search(r"项目|经费|费$|资金|工程|补助|专项", name):
            return False
        if re.fullmatch(r"(?:部门|单位|重点|所有)?(?:项目|整体)(?:支出)?", name) and "摘要" not in unit.title:
            return False
        text = plain_text(unit.paragraph.text)
        start = max(text.find(name[:3]), offset)
        end = _reach(text, start, name)
        named = Part(unit.paragraph.text[start:end], unit.paragraph.span(start, end)) if end > start else None
        self._begin(unit, Place.SUMMARY, "" if whole else _project(name), named, unit.level, whole=whole)
        return True

    def _stops(self, unit: Unit) -> bool:
        if self.current is None:
            return False
        if _ENDS.search(unit.title) or re.search(r"自评表|申报表|绩效目标表", unit.title):
            return True
        if self.current.place is Place.SUMMARY or (_INNER.search(unit.title) and unit.level >= self.current.level):
            return bool(re.search(r"绩效(?:自评|评价)?结果应用", unit.title)) and self.current.place is Place.NARRATIVE
        return unit.level <= max(self.current.level, 3) and not level_of(unit.title).known and not indicator_like(unit)

    def _heading(self, unit: Unit) -> None:
        level = level_of(unit.title)
        if level.known:
            self._enter(level, numbered=True)
            if self.role is Role.PROBLEM:
                self.role = Role.LISTED
            return
        if indicator_like(unit):
            return
        self._part(unit.title, unit.level)

    def _part(self, title: str, level: int) -> None:
        """A heading inside an account: what the text under it is about. Last year's matters and plans are left out."""
        if self.aside and level > self.aside_level:
            return
        self.aside, self.aside_level = bool(_NOT_HERE.search(title)), level
        self.state, self.role = "", Role.LISTED
        self.level = Level()
        if _UNMET.search(title):
            self.role, self.state = Role.UNMET, "未完成"
        elif _PROBLEM.search(title):
            self.role = Role.PROBLEM

    def _enter(self, level: Level, *, numbered: bool) -> None:
        """A label: 成本 without a number under 产出 is one of its kinds, as older forms have it."""
        if level.second:
            self.level = level
        elif level.first == "成本" and self.level.first == "产出" and self.level.second and not numbered:
            self.level = Level("产出", "成本")
        else:
            self.level = Level(level.first, "")

    def _text(self, unit: Unit) -> None:
        paragraph = unit.paragraph
        if self.current is None and not _ENTERS.search(self._path(unit)):
            return
        plain = plain_text(paragraph.text)
        self._turns(plain, unit)
        if self.aside:
            return
        if self.current is not None and not unit.is_heading:
            self._stated(paragraph)
        for start, end in _stretches(plain):
            self._stretch(unit, start, end)
        if _PROBLEM.search(plain[-10:]) and re.search(r"[:：]\s*$", plain):
            self.role, self.level = Role.PROBLEM, Level()

    def _stretch(self, unit: Unit, start: int, end: int) -> None:
        """A part of a paragraph: all of it, or what lies before or after 发现的问题."""
        text = unit.paragraph.text
        if start:
            turn = plain_text(text[start : start + 8])
            self.aside = _NOT_HERE.match(turn) is not None
            self.aside_level = 6
            self.role, self.level = Role.PROBLEM, Level()
        if self.aside:
            return
        begin = start
        marks = [(mark, after) for mark, after in labels(text) if start <= mark.at < end]
        for mark, following in marks:
            self._indicators(unit, begin, mark.at)
            self._enter(mark.level, numbered=mark.numbered)
            if self.role is Role.PROBLEM:
                self.role = Role.LISTED
            begin = following
        self._indicators(unit, begin, end, labelled=bool(marks))
        if self.role is not Role.LISTED and self.current is not None and not unit.is_heading:
            told = text[start:end]
            if len(told.strip()) > 8 and not told.lstrip().startswith("附件"):
                self.current.problems.append(Part(told, unit.paragraph.span(start, end)))

    def _turns(self, plain: str, unit: Unit) -> None:
        """Words at the beginning of a paragraph that say what follows is not the list of indicators."""
        lead = plain[without_numbering(plain) :][:16]
        if unit.is_heading:
            return
        if _AS_HEADING.match(squeeze(plain)):
            self._part(squeeze(plain), 5)
        elif re.match(r"上年度|上一年度|结果应用|本年结果应用|今后|下一步", lead):
            self.aside, self.aside_level = True, self.aside_level if self.aside else 6
        elif re.match(r"(?:本年)?(?:发现的?|存在的?)(?:主要)?问题", lead):
            self.aside, self.role, self.level = False, Role.PROBLEM, Level()
        elif self.aside and self.aside_level > 5 and labels(plain):
            self.aside = False

    def _stated(self, paragraph: Paragraph) -> None:
        current = self.current
        assert current is not None
        if current.money is None:
            current.money = money_in(paragraph)
        if current.score is None and re.search(r"得\s*分", paragraph.text):
            current.score = score_in(paragraph)
        if current.outputs is None and self.role is Role.LISTED and (match := _OUTPUTS.search(paragraph.text)):
            current.outputs = Part(match["told"], paragraph.span(*match.span("told")))
        current.praises += list(praises_in(paragraph)) if self.role is Role.LISTED else []
        counts, _ = counts_in(paragraph, len(current.counts), self.state)
        current.counts += counts

    def _indicators(self, unit: Unit, start: int, end: int, *, labelled: bool = False) -> None:
        if end - start < 4:
            return
        bare = (labelled or self.unended) and self.role is Role.LISTED and not unit.is_heading
        self.unended = bare and unit.paragraph.text[start:end].rstrip()[-1:] in ("；", ";")
        for found in indicators_in(unit.paragraph.text, start, end, bare=bare):
            if found.actual is None and (self.role is not Role.LISTED or not (self.level.known or bare)):
                continue
            if self.current is None:
                self._begin_unnamed(unit)
            assert self.current is not None
            if found.kind:
                self._enter(level_named(found.kind), numbered=False)
            self.current.indicators.append(self._indicator(unit, found))

    def _begin_unnamed(self, unit: Unit) -> None:
        level, role = self.level, self.role
        path = self._path(unit)
        self._begin(unit, Place.NARRATIVE, "", None, 3, whole=bool(_WHOLE.search(path)))
        self.level, self.role = level, role

    def _indicator(self, unit: Unit, found: Found) -> Indicator:
        paragraph = unit.paragraph
        current = self.current
        assert current is not None
        title = Part(paragraph.text[slice(*found.name)], paragraph.span(*found.name))
        name, measure = clean_name([title.text])
        level = self.level if self.level.known else level_of(title.text)
        reason = Part(paragraph.text[slice(*found.reason)], paragraph.span(*found.reason)) if found.reason else None
        return Indicator(
            current.place,
            self.role,
            current.project,
            level.first,
            level.second,
            name,
            title,
            target=_told(paragraph, found.target),
            actual=_told(paragraph, found.actual),
            unit=measure,
            weight=points_at(paragraph, *found.weight) if found.weight else weight_in(title.text, title.span),
            score=points_at(paragraph, *found.score) if found.score else None,
            rate=points_at(paragraph, *found.rate, percent=True) if found.rate else None,
            reason=reason,
            full=Part(paragraph.text[slice(*found.full)], paragraph.span(*found.full)) if found.full else None,
            year=self.document.year,
            paragraph=None if unit.is_heading else unit.index,
        )

    def _path(self, unit: Unit) -> str:
        number = unit.paragraph.section
        if number not in self.paths:
            self.paths[number] = "/".join(section.title for section in enclosing(self.document, number))
        return self.paths[number]


def read_accounts(document: Document, stream: Sequence[Unit]) -> tuple[Summary, ...]:
    """What the text tells of each project, in its order."""
    return _Walk(document, stream).run()


def indicator_like(unit: Unit) -> bool:
    """Whether a heading is an item of a list that was taken for one (④开评标项目完成度：年初目标值为100%…)."""
    return any(found.target for found in indicators_in(unit.paragraph.text, 0, len(unit.paragraph.text)))


def _stretches(plain: str) -> list[tuple[int, int]]:
    """The text before and after words like 发现的问题 that stand in the middle of a paragraph."""
    cuts = [match.start("turn") for match in _TURN.finditer(plain)]
    return list(zip([0, *cuts], [*cuts, len(plain)], strict=True))


def _told(paragraph: Paragraph, bounds: tuple[int, int] | None) -> Told | None:
    if bounds is None:
        return None
    text = paragraph.text[slice(*bounds)]
    return Told(text, paragraph.span(*bounds), parse_value(text))


def _project(name: str) -> str:
    plain = squeeze(name).strip("《》“”\"'：:")
    return plain[:-2] if plain.endswith("项目") and len(plain) > 5 else plain


def _reach(text: str, start: int, name: str) -> int:
    """Where a name ends in a text whose blanks were taken out of the name."""
    at, taken = start, 0
    while at < len(text) and taken < len(name):
        if not text[at].isspace():
            taken += 1
        at += 1
    return at
