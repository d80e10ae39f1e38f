"""基期: a comparison with an earlier year names the year before the report's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.checks.base import Check, Parameters, text_evidence
from assistant.checks.told import name_of, statements, told
from assistant.document import Kind
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Verdict
from assistant.rules import Rule

_LIKEWISE = re.compile(r"(20\d\d)\s*年度?(?:也|亦|同样)(?:无|没有|未)")

FARTHEST = 3
"""Years back within which a base is one left over from an earlier report."""


class BaseYearParameters(Parameters):
    """No parameters: the year is the document's."""


def run(facts: Facts, rule: Rule, _: BaseYearParameters) -> Iterator[Outcome]:
    """Compare the base year of every comparison that carries a change or a rate."""
    year = facts.document.year
    if year is None:
        raise NotApplicableError("未能确定报告年度")
    for statement in statements(facts):
        text = facts.document.paragraphs[statement.paragraph].text
        for comparison in statement.comparisons:
            match = re.search(r"20\d\d", comparison.base)
            figure = comparison.change or comparison.rate
            if match is None or figure is None:
                continue
            base = int(match[0])
            closed = re.search(rf"{base}\s*年度?[^，。；]{{0,12}}(?:决算|执行|实际)", text)
            last_closed = closed is not None and facts.document.kind is Kind.BUDGET
            if base < year - 1 and (last_closed or str(year - 1) in text):
                continue  # the last accounts closed, or the year before is told as well: an earlier base is meant
            # farther back a base is chosen (2019 for 三公经费, a plan's first year)
            stale = year - FARTHEST <= base < year - 1
            verdict = Verdict.AGREE if base == year - 1 else Verdict.DISAGREE if stale else Verdict.UNCLEAR
            outcome = told(
                rule, verdict, name_of(statement), (figure,), stated=comparison.base, expected=f"{year - 1}年",
                calculation=f"报告年度 {year} 年，比较基期 {base} 年",
            )  # fmt: skip
            yield replace(outcome, figures=())  # the figure itself is judged elsewhere
    yield from _likewise(facts, rule, year)


def _likewise(facts: Facts, rule: Rule, year: int) -> Iterator[Outcome]:
    """“2022年也无因公出国”: the year likened to this one must be the year before."""
    for paragraph in facts.document.paragraphs:
        for match in _LIKEWISE.finditer(paragraph.text):
            base = int(match[1])
            span = paragraph.span(match.start(), match.end())
            yield Outcome(
                rule.code, Verdict.AGREE if base == year - 1 else Verdict.DISAGREE, f"“{match[0]}”", stated=f"{base}年",
                expected=f"{year - 1}年", calculation=f"报告年度 {year} 年，比较基期 {base} 年",
                evidence=(text_evidence(span, match[0]),),
            )  # fmt: skip


CHECK = Check("base_year", BaseYearParameters, run)
