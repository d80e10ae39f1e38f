"""年度未更新: a paragraph about this year's amount that begins with the year before; 截至 last year's end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.checks.base import Check, Parameters
from assistant.checks.evidence import stretch_evidence
from assistant.checks.told import name_of, statements, told
from assistant.checks.years import FAR, report_year
from assistant.claims import Statement
from assistant.document import Kind
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.rules import Rule
from assistant.text import normalise

_BACK = re.compile(r"上年|上一年|去年|执行情况|回顾|历年")
_EARLIER = re.compile(r"上年|上一年|去年|回顾|历年")
_HELD = re.compile(r"[共实拥占保现]有|占用|账面|编制|在职")
"""What a report tells of its year's end; work done by an earlier day has that day."""
_ENDED = re.compile(r"实际|完成|执行率|(?:执行|决算)数?为")
_UNTIL = re.compile(r"截至?到?\s*(20\d\d)\s*年\s*12\s*月\s*31\s*日")

SHORT = 40
"""Characters of a line that heads what follows."""


class StaleYearParameters(Parameters):
    """Subjects of which a section tells this year's amount."""

    subjects: tuple[str, ...]


def run(facts: Facts, rule: Rule, parameters: StaleYearParameters) -> Iterator[Outcome]:
    """Amounts of the subjects labelled with the year before, where the section has none of this year."""
    year = report_year(facts)
    if facts.document.kind is Kind.FINAL_ACCOUNTS:
        yield from _until(facts, rule, year)
    known = [s for s in statements(facts) if set(s.path) & set(parameters.subjects) and s.role in ("amount", "actual")]
    labelled = {  # a label that was told to be wrong already is not told again
        (o.evidence[0].line, o.evidence[0].start)
        for o in facts.outcomes
        if o.verdict is Verdict.DISAGREE and o.evidence and o.expected == f"{year}年"
    }
    for statement in known:
        figure = statement.amount
        if figure is not None and (figure.span.line, figure.span.start) in labelled:
            continue
        if figure is None or statement.year is None or statement.among:
            continue
        this_year = any(s.section == statement.section and s.year == year for s in known)
        back = _EARLIER if facts.document.kind is Kind.FINAL_ACCOUNTS else _BACK
        looks_back = any(back.search(heading) or str(statement.year) in heading for heading in statement.section)
        near = 0 < year - statement.year <= FAR
        first = statement.sentence == 0 and not _tells_past(facts, statement)
        stale = near and first and not this_year and not looks_back
        outcome = told(
            rule, Verdict.DISAGREE if stale else Verdict.AGREE, name_of(statement), (figure,), stated=f"{statement.year}年",
            expected=f"{year}年", calculation=f"“{statement.subject}”{figure.text}标为 {statement.year} 年",
        )  # fmt: skip
        yield replace(outcome, figures=())  # the year is in question, not the amount


def _tells_past(facts: Facts, statement: Statement) -> bool:
    """Whether the passage says that it looks back: in its own words, in the line above, or by telling how a budget ended."""
    first = max(0, statement.paragraph - 1)
    above, own = ("".join(p.text for p in facts.document.paragraphs[i : i + 1]) for i in (first, statement.paragraph))
    ended = _ENDED.search(own[statement.start :].split("。")[0]) or statement.role == "actual"
    spent = facts.document.kind is Kind.BUDGET and ended
    title = above if first < statement.paragraph and len(above) < SHORT else ""
    both = str(facts.document.year) in own[statement.start :]  # 2023年预算 …，2024年预算 …
    return bool(spent or both or _BACK.search(title) or _BACK.search(own[: statement.start]))


def _until(facts: Facts, rule: Rule, year: int) -> Iterator[Outcome]:
    for paragraph in facts.document.paragraphs:
        plain = normalise(paragraph.text)
        dates = {int(match[1]) for match in _UNTIL.finditer(plain)}
        for match in _UNTIL.finditer(plain):
            place = stretch_evidence(paragraph, match.start(), match.end())
            held = _HELD.search(plain, match.end(), match.end() + 30)
            stale = 0 < year - int(match[1]) <= FAR and year not in dates and held is not None
            yield Outcome(
                rule.code, Verdict.DISAGREE if stale else Verdict.AGREE, f"“{place.text}”", stated=f"{match[1]}年",
                expected=f"{year}年", calculation=f"报告年度 {year} 年，时点 {match[1]} 年末", evidence=(place,),
            )  # fmt: skip


CHECK = Check("stale_year", StaleYearParameters, run)
