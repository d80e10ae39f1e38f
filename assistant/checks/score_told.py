"""自评得分: the score that the text tells of a project, against the total of its form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.checks.base import Check, Parameters
from assistant.checks.evaluated import name_of, part_evidence, said, torn
from assistant.document import Paragraph
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Verdict
from assistant.indicators.linking import Evaluated, bare_name
from assistant.indicators.meeting import lost_digits
from assistant.indicators.model import Form, Points
from assistant.indicators.stated import points_at
from assistant.indicators.words import plain_text
from assistant.rules import Rule

SHORTEST = 4
"""Characters of a name that is no word of any text."""

_SCORE = re.compile(
    r"[^。；;、，,（(]{0,12}[，,（(]?[^。；;、，,]{0,16}?(?:得分|评分|自评总分)\s*(?:为|是|[:：])?\s*(?P<n>\d{1,3}(?:\.\d+)?)\s*分"
)
_OTHER = re.compile(r"平均|满分|指标|执行率|上年|去年|以上|一类|二类")
_WHOLE = re.compile(r"(?:部门|单位)?整体支出(?:绩效)?(?:自评|评价)?")


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Each score told right behind a project's name, and each account's own score, against the total of the project's form."""
    ran = False
    for project in facts.evaluated():
        totals = [(form, form.total) for form in project.forms if form.total is not None and not form.total.percent]
        if len(totals) != 1:
            continue
        for told in _told(facts, project, totals[0][0]):
            ran = True
            yield _outcome(facts, rule, project, told, totals[0][1])
    if not ran:
        raise NotApplicableError("没有文中写明得分、又有自评表总分的项目")


def _told(facts: Facts, project: Evaluated, form: Form) -> Iterator[Points]:
    places: set[tuple[int, int]] = set()
    own = [summary.score for summary in project.summaries if summary.score is not None and not summary.scores]
    for points in (*own, *_named(facts, project, form)):
        if points.place not in places:
            places.add(points.place)
            yield points


def _named(facts: Facts, project: Evaluated, form: Form) -> Iterator[Points]:
    """Scores behind the name: 甲项目自评得分96分, 乙项目（自评得分98.5分）."""
    name = bare_name(form.project)
    if not project.whole and len(name) < SHORTEST:
        return
    called = _WHOLE if project.whole else re.compile(r"[\"“]?\s*".join(map(re.escape, name)))
    for paragraph in facts.document.paragraphs:
        text = plain_text(paragraph.text)
        for mention in called.finditer(text) if "分" in text else ():
            match = _SCORE.match(text, mention.end())
            if match is not None and not _OTHER.search(match[0]) and (points := _points(paragraph, match)):
                yield points


def _points(paragraph: Paragraph, match: re.Match[str]) -> Points | None:
    return points_at(paragraph, match.start("n"), match.end("n"))


def _outcome(facts: Facts, rule: Rule, project: Evaluated, told: Points, total: Points) -> Outcome:
    first, second = told.figure, total.figure
    step = max(first.ulp(), second.ulp()) if first.decimals != second.decimals else Decimal(0)
    same = abs(first.value - second.value) <= step
    cut = lost_digits(first.value, second.value) or torn(facts, told)
    return said(
        rule, Verdict.AGREE if same else Verdict.UNCLEAR if cut else Verdict.DISAGREE, f"{name_of(project)}的自评得分", (told, total),
        expected=f"{total.text.strip()}分", stated=f"{told.text.strip()}分", calculation=f"文中为 {told.text.strip()} 分，自评表总分为 {total.text.strip()} 分",
        evidence=[part_evidence(told), part_evidence(total, "总分", form=True)],
    )  # fmt: skip


CHECK = Check("score_told", Parameters, run)
