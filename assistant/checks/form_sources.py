"""项目资金来源: the whole sum of a form's money against the sources listed below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.checks.base import Check, Parameters
from assistant.checks.evaluated import name_of, part_evidence, said
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Verdict
from assistant.indicators.meeting import lost_digits
from assistant.indicators.model import Amount, Form, Money
from assistant.quantities import ZERO, Interval, format_number
from assistant.rules import Rule
from assistant.text import squeeze

_FIELDS = (("initial", "年初预算数"), ("budget", "全年预算数"), ("executed", "执行数"))
_WHOLE = re.compile(r"^(?:年度|本年度?)?(?:资金)?(?:总额|总计|合计)|^年度资金总额")
_SOURCE = re.compile(r"财政拨款|财政资金|结转|其他|专户|单位资金|自有")
_LEVEL = re.compile(r"中央|省级|市级|县级|区级|地方|一般公共|基金")
"""Sources of a source: with them a sum would count money twice."""

_NATURES = ("基本支出", "项目支出")
_NATURE = re.compile("|".join(_NATURES))


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """One outcome for each column of money of each form that lists the sources of a whole."""
    ran = False
    for project in facts.evaluated():
        for form in project.forms:
            whole, *rows = form.money or (Money(""),)
            natures = [row for row in rows if _NATURE.search(row.label)]
            parts = natures if len(natures) == len(_NATURES) else [row for row in rows if row not in natures]
            if not parts or not _WHOLE.match(squeeze(whole.label).rstrip(":：")):
                continue
            sources = all(_SOURCE.search(part.label) and not _LEVEL.search(part.label) for part in parts)
            if not sources and parts is not natures:
                continue
            for field, name in _FIELDS:
                total: Amount | None = getattr(whole, field)
                given = [amount for part in parts if (amount := getattr(part, field)) is not None]
                if total is not None and given:
                    ran = True
                    yield _sum(
                        rule,
                        f"{name_of(project)}资金总额的{name}",
                        total,
                        given,
                        complete=len(given) == len(_NATURES) if parts is natures else _complete(facts, form),
                    )
    if not ran:
        raise NotApplicableError("没有列出资金来源的自评表")


def _sum(rule: Rule, subject: str, whole: Amount, parts: Sequence[Amount], *, complete: bool) -> Outcome:
    exact = sum((part.figure.value for part in parts), Decimal(0))
    span = sum((part.figure.rounded() for part in parts), Interval(ZERO, ZERO))
    verdict = Verdict.DISAGREE
    if span.meets(whole.figure.rounded()):
        verdict = Verdict.AGREE
    elif (whole.figure.value > exact and not complete) or lost_digits(whole.figure.value, exact):
        verdict = Verdict.UNCLEAR
    terms = " + ".join(part.text.strip() for part in parts) + (f" = {format_number(exact)}" if len(parts) > 1 else "")
    return said(
        rule, verdict, subject, (whole, *parts), expected=format_number(exact),
        calculation=f"所列来源 {terms}，总额为 {whole.text.strip()}",
        evidence=[part_evidence(part, subject, form=True) for part in (whole, *parts)],
    )  # fmt: skip


def _complete(facts: Facts, form: Form) -> bool:
    """Whether the form has a row for other money, so that its sources are all there are."""
    table = next((table for table in facts.document.tables if table.index == form.table), None)
    rows = (*table.header, *table.body)[:14] if table else ()
    return any(squeeze(cell.text).startswith("其他资金") for row in rows for cell in row[:3])


CHECK = Check("form_sources", Parameters, run)
