"""正文中的指标: what the text tells of an indicator by its name, without target, against the form that lists it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from assistant.checks.base import Check, Parameters
from assistant.checks.evaluated import name_of, part_evidence, said, shown, torn
from assistant.document import Paragraph
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Verdict
from assistant.indicators.linking import Evaluated, bare_name, value_of
from assistant.indicators.meeting import Likeness, likeness, lost_digits
from assistant.indicators.model import Indicator, Part, Told
from assistant.indicators.values import ValueKind, parse_value
from assistant.indicators.words import plain_text
from assistant.rules import Rule

Listed = dict[str, list[tuple[Evaluated, Indicator]]]

_VALUE = re.compile(
    r"[”\"’]?\s*+(?:已|均|全部|实际|年末)*(?:达到了?|达|为|是|完成|实现|提升至|提高到|[:：])?\s*+(?P<value>[≥≤]?\s*+\d[\d,]*(?:\s?\.\s?\d+)?\s*[^\d\s，,。；;、：:（()）]{1,6})(?=\s*(?:[，,。；;、）)]|$))"
)
_AIMS = re.compile(r"目标|计划|不低于|不少于|不高于|不超过|力争|确保|要求|预期|上年|去年|同比|较|增长|提高了|下降|比20")
_YEAR = re.compile(r"(20\d\d)年")
BEFORE = 24
"""Characters before a name that may say that a target or another year is meant."""


class ProseParameters(Parameters):
    """``shortest``: names of fewer characters (满意度, 合格率) may be of anything."""

    shortest: int = 6


def run(facts: Facts, rule: Rule, parameters: ProseParameters) -> Iterator[Outcome]:
    """Each value told right behind an indicator's name, against every form that has an indicator of that name."""
    listed = _listed(facts, parameters.shortest)
    ran = False
    if listed:
        names = re.compile("|".join(re.escape(name) for name in sorted(listed, key=len, reverse=True)))
        for paragraph in facts.document.paragraphs:
            for name, told in _told(facts, names, paragraph):
                outcome = _judge(facts, rule, listed[name], told)
                if outcome is not None:
                    ran = True
                    yield outcome
    if not ran:
        raise NotApplicableError("正文没有按名称说到自评表中的指标")


def _listed(facts: Facts, shortest: int) -> Listed:
    """The indicators of forms by their names, where what was done is a number."""
    found: Listed = defaultdict(list)
    for project in facts.evaluated():
        for form in project.forms:
            for indicator in form.indicators:
                name = bare_name(indicator.name)
                if len(name) >= shortest and indicator.actual is not None and indicator.actual.value.numeric:
                    found[name].append((project, indicator))
    return found


def _told(facts: Facts, names: re.Pattern[str], paragraph: Paragraph) -> Iterator[tuple[str, Told]]:
    text = plain_text(paragraph.text)
    for mention in names.finditer(text):
        match = _VALUE.match(text, mention.end())
        if match is None or _AIMS.search(text, max(mention.start() - BEFORE, 0), match.end()):
            continue
        sentence = text[text.rfind("。", 0, mention.start()) + 1 : match.end()]
        if any(int(year) != facts.document.year for year in _YEAR.findall(sentence)):
            continue
        span = match.span("value")
        value = paragraph.text[slice(*span)]
        yield mention[0], Told(value, paragraph.span(*span), parse_value(value))


def _judge(facts: Facts, rule: Rule, listed: Sequence[tuple[Evaluated, Indicator]], told: Told) -> Outcome | None:
    """Against the indicator it fits best; more than one of a name, and none that fits, may be a third."""
    if told.value.kind not in (ValueKind.PERCENT, ValueKind.NUMBER, ValueKind.MONEY):
        return None
    order = (Likeness.EQUAL, Likeness.PRECISION, Likeness.UNKNOWN, Likeness.DIFFERENT)
    likes = [(_like(told, indicator), project, indicator) for project, indicator in listed]
    like, project, indicator = min(likes, key=lambda item: order.index(item[0]))
    if like is Likeness.UNKNOWN:
        return None
    sure = len(listed) == 1 and not torn(facts, told) and not _cut(told, indicator)
    wrong = Verdict.DISAGREE if sure else Verdict.UNCLEAR
    verdict = {Likeness.EQUAL: Verdict.AGREE, Likeness.PRECISION: Verdict.TAIL}.get(like, wrong)
    subject = f"{name_of(project, indicator)}的实际完成值"
    parts: list[Part | None] = [told, indicator.actual]
    return said(
        rule, verdict, subject, parts, stated=told.text.strip(), expected=shown(indicator.actual, indicator),
        calculation=f"正文为 {told.text.strip()}，自评表为 {shown(indicator.actual, indicator)}",
        evidence=(part_evidence(p, indicator.name, form=p is not told) for p in parts if p is not None),
    )  # fmt: skip


def _like(told: Told, indicator: Indicator) -> Likeness:
    assert indicator.actual is not None
    actual = value_of(indicator.actual, indicator.unit)
    like = likeness(told.value, actual, indicator.name)
    apart = like is Likeness.DIFFERENT and told.value.dimension != actual.dimension
    return Likeness.UNKNOWN if apart else like


def _cut(told: Told, indicator: Indicator) -> bool:
    figures = [t.value.figure for t in (told, indicator.actual) if t is not None and t.value.figure is not None]
    return len(figures) == 2 and lost_digits(figures[0].value, figures[1].value)


CHECK = Check("indicator_prose", ProseParameters, run)
