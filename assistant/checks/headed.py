"""表头年度: a form whose amount columns are headed with years, none of which is the report's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.base import Check, Parameters
from assistant.checks.evidence import place_evidence, text_evidence
from assistant.checks.years import report_year
from assistant.document import Cell, Table
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Verdict
from assistant.rules import Rule
from assistant.text import squeeze

_HEADED = re.compile(
    r"^[“\"]?(20\d\d)年度?(?:度)?[^，。；]{0,6}?(预算|决算)(?:金额|数|执行数|安排数|收入|支出|总额|合计)?(?:[(（][^()（）]{1,8}[)）])?$"
)


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Compare the years in the headings of each table with the report's year."""
    year = report_year(facts)
    found = False
    for table in facts.document.tables:
        for row in (*table.header, *table.body):
            headed = [(cell, int(match[1])) for cell in row if (match := _HEADED.match(squeeze(cell.text)))]
            years = sorted({value for _, value in headed})
            if len(years) < 2 or len(headed) != len(years):
                continue
            found = True
            yield _outcome(facts, rule, table, headed, year)
    if not found:
        raise NotApplicableError("没有以年度为栏目的表格")


def _outcome(facts: Facts, rule: Rule, table: Table, headed: list[tuple[Cell, int]], year: int) -> Outcome:
    years = [value for _, value in headed]
    # This year and the one before is the form's plan; a span that starts with this year is a multi-year plan.
    fits = year in years
    cells = [cell for cell, _ in headed]
    title = table.title_span
    place = (place_evidence(facts.document, title, table.title),) if title and title.line else ()
    wanted = [value + year - max(years) for value in years]
    return Outcome(
        rule.code,
        Verdict.AGREE if fits else Verdict.DISAGREE if max(years) == year - 1 else Verdict.UNCLEAR,
        f"{table.name}表头年度",
        stated="、".join(squeeze(cell.text) for cell in cells),
        expected="、".join(f"{value}年" for value in wanted),
        calculation=f"报告年度为 {year} 年，表头最近的年度为 {max(years)} 年",
        evidence=(*(text_evidence(cell.span, cell.text, table.title) for cell in cells), *place),
    )


CHECK = Check("headed", Parameters, run)
