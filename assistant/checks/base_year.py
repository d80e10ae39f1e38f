"""基期: a comparison with an earlier year names the year before the report's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.checks.base import Check, Parameters
from assistant.checks.evidence import stretch_evidence
from assistant.checks.told import name_of, statements, told
from assistant.checks.years import FAR, report_year
from assistant.document import Kind
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.rules import Rule
from assistant.text import normalise

_LIKEWISE = re.compile(r"(20\d\d)\s*年度?(?:也|亦|同样)(?:无|没有|未)")
_LATER = re.compile(
    r"(?:^|(?<=[。,;]))[^。,;\d]{0,24}(?<![与比较同])(?P<own>20\d\d)\s?年度?(?P<what>[^。,;\d]{2,24}?)(?:[为是]?\s?[\d,.]+\s?万?元)?,?"
    r"(?:与|比|较)\s?(?P<base>20\d\d)\s?年(?!初)度?(?P<of>[^。,;\d]{0,8})"
)
_CLOSED = re.compile(r"执行|决算|实际|完成|调整|支出数")


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Compare the base year of every comparison that carries a change or a rate."""
    year = report_year(facts)
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
            stale = year - FAR <= base < year - 1
            verdict = Verdict.AGREE if base == year - 1 else Verdict.DISAGREE if stale else Verdict.UNCLEAR
            outcome = told(
                rule, verdict, name_of(statement), (figure,), stated=comparison.base, expected=f"{year - 1}年",
                calculation=f"报告年度 {year} 年，比较基期 {base} 年",
            )  # fmt: skip
            yield replace(outcome, figures=())  # the figure itself is judged elsewhere
    yield from _likewise(facts, rule, year)
    yield from _later(facts, rule, year)


def _likewise(facts: Facts, rule: Rule, year: int) -> Iterator[Outcome]:
    """“2022年也无因公出国”: the year likened to this one must be the year before."""
    for paragraph in facts.document.paragraphs:
        for match in _LIKEWISE.finditer(paragraph.text):
            base = int(match[1])
            yield Outcome(
                rule.code, Verdict.AGREE if base == year - 1 else Verdict.DISAGREE, f"“{match[0]}”", stated=f"{base}年",
                expected=f"{year - 1}年", calculation=f"报告年度 {year} 年，比较基期 {base} 年",
                evidence=(stretch_evidence(paragraph, match.start(), match.end()),),
            )  # fmt: skip


def _later(facts: Facts, rule: Rule, year: int) -> Iterator[Outcome]:
    """“2022年…预算数 6 万元，与2023年预算持平”: the base is last year, and the year compared with it is no later one.

    How last year's accounts stand to last year's budget is told with other words for the two.
    """
    for paragraph in facts.document.paragraphs:
        plain = normalise(paragraph.text)
        for match in _LATER.finditer(plain) if str(year - 1) in plain else ():
            own, base = int(match["own"]), int(match["base"])
            same = own == base and bool(_CLOSED.search(match["what"])) == bool(_CLOSED.search(match["of"]))
            if base != year - 1 or not (year - FAR <= own < base or same) or str(year) in match[0]:
                continue
            place = stretch_evidence(paragraph, match.start("own"), match.end("base"))
            yield Outcome(
                rule.code, Verdict.DISAGREE, f"“{place.text}”", stated=f"{own}年", expected=f"{year}年",
                calculation=f"写作 {own} 年，却与 {base} 年比较；报告年度 {year} 年", evidence=(place,),
            )  # fmt: skip


CHECK = Check("base_year", Parameters, run)
