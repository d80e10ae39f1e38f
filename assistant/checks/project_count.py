"""项目个数与金额: the stated number of projects and their money against the projects listed; single budgets against 项目支出."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.checks.base import Check, Parameters
from assistant.checks.evaluated import part_evidence, said
from assistant.checks.evidence import ref_evidence
from assistant.document import Kind
from assistant.facts import Facts, NotApplicableError, ref_at
from assistant.findings import Outcome, Ref, Verdict
from assistant.indicators.linking import yuan
from assistant.indicators.model import Amount, Part, Performance
from assistant.indicators.projects import Listed, budget_lists, project_lists, stated_projects
from assistant.indicators.stream import units
from assistant.quantities import format_number
from assistant.rules import Rule
from assistant.slips import one_slip

FEWEST_DIGITS = 4
"""Digits of a stated sum that no other list adds up to by chance."""


def run_count(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """共安排项目4个，资金631.00万元: a list that adds up to the money tells how many they are; one of so many, how much."""
    stated = [found for paragraph in facts.document.paragraphs for found in stated_projects(paragraph)]
    if not stated:
        raise NotApplicableError("没有同时写明个数和金额的项目")
    lists = list(project_lists(facts.document, _performance(facts)))
    ran = False
    for count, number, money, graded in stated:
        outcome = _judge(rule, count, number, money, lists)
        if outcome is not None and not (graded and outcome.verdict is Verdict.DISAGREE):
            ran = True
            yield outcome
    if not ran:
        raise NotApplicableError("没有可以与写明的个数和金额对照的项目")


def _performance(facts: Facts) -> Performance:
    try:
        return facts.performance()
    except NotApplicableError:
        return Performance()


def _judge(rule: Rule, count: Part, number: int, money: Amount, lists: Sequence[Listed]) -> Outcome | None:
    whole = yuan(money)
    if whole is None or money.unit is None or len(money.figure.value.as_tuple().digits) < FEWEST_DIGITS:
        return None
    printed = money.figure.rounded().scaled(money.unit.factor)
    equal = [(listed, at) for listed in lists for at, total in enumerate(listed.ranges()) if total.meets(printed)]
    same = next((found for found in equal if len(found[0].names) == number), None)
    slipped = [
        (listed, at) for listed in lists for at, total in enumerate(listed.sums())
        if len(listed.names) == number and not listed.reviewed and one_slip(total, whole)
    ]  # fmt: skip
    found = [same] if same else [*equal, *slipped]
    if not found:
        return None
    listed, at = found[0]
    total = f"{format_number(listed.sums()[at] / money.unit.factor)}{money.unit.name}"
    # Of a list that adds up, the number is in question; of one with so many projects, the money.
    lead = (count, money) if equal else (money, count)
    return said(
        rule, Verdict.AGREE if same else Verdict.DISAGREE, "项目", (*lead, *listed.columns[at]), stated=f"{number}个、{money.text.strip()}",
        expected=f"{len(listed.names)}个、{total}", calculation=f"{listed.where}为 {len(listed.names)} 个，合计 {total}",
        evidence=[*(part_evidence(part) for part in lead), *(part_evidence(a, n) for a, n in zip(listed.columns[at], listed.names, strict=True))],
    )  # fmt: skip


def run_sum(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """The budgets of single projects against 项目支出 in the tables: equal, or off by one slip; else they are not all."""
    if facts.document.kind is not Kind.BUDGET:
        raise NotApplicableError("不是预算公开文件")
    totals = list(_totals(facts))
    lists = (
        [listed for listed in budget_lists(facts.document, units(facts.document)) if len(listed.names) > 1]
        if totals
        else []
    )
    ran = False
    for listed in lists:
        total = listed.sums()[0]
        equal = next((ref for ref, value in totals if value == total), None)
        slip = next((ref for ref, value in totals if one_slip(value, total)), None) if len(listed.names) > 2 else None
        ref = equal or slip
        if ref is None:
            continue
        ran = True
        terms = " + ".join(a.text.strip() for a in listed.columns[0])
        yield said(
            rule, Verdict.AGREE if equal else Verdict.DISAGREE, "各项目预算之和", listed.columns[0], stated=f"{format_number(total)}元",
            expected=f"{ref.cell.text.strip()}（{ref.table.name}）", calculation=f"{terms} = {format_number(total)}元",
            evidence=[*(part_evidence(a, n) for a, n in zip(listed.columns[0], listed.names, strict=True)), ref_evidence(ref)],
        )  # fmt: skip
    if not ran:
        raise NotApplicableError("没有逐个写明预算、又能与项目支出对照的项目")


def _totals(facts: Facts) -> Iterator[tuple[Ref, Decimal]]:
    """项目支出 in the row of the total of each table, in 元."""
    for table in facts.document.tables:
        for side in table.sides if table.unit else ():
            at, row = side.column("项目支出"), side.row("合计")
            if at is not None and row is not None and (figure := row.cells[at].figure) is not None and table.unit:
                yield ref_at(table, side, row, at), figure.value * table.unit.factor


COUNT = Check("project_count", Parameters, run_count)
SUM = Check("project_budgets", Parameters, run_sum)
