"""整体支出自评表: the department's spending in its form against 支出决算表, where another figure of the form proves the scope."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.checks.base import Check, Parameters
from assistant.checks.evaluated import part_evidence, said
from assistant.checks.evidence import ref_evidence
from assistant.facts import Facts, NotApplicableError, find_column, find_rows, find_side, ref_at
from assistant.findings import Outcome, Ref, Verdict
from assistant.formulas import Name
from assistant.indicators.meeting import lost_digits
from assistant.indicators.model import Amount, Form
from assistant.quantities import Interval, format_number
from assistant.rules import Rule
from assistant.text import squeeze

_ROWS = (
    ("本年支出合计", re.compile(r"^(?:年度|部门|整体)?(?:资金|支出)?(?:总额|总计|合计)|^年度资金总额")),
    ("基本支出", re.compile(r"^(?:其中)?[:：]?(?:\(?[一1]\)?[、.]?)?基本支出(?:合计)?$")),
    ("项目支出", re.compile(r"^(?:其中)?[:：]?(?:\(?[二2]\)?[、.]?)?项目支出(?:合计)?$")),
)
ROLE = "公开03"


@dataclass(frozen=True, slots=True)
class _Pair:
    """One amount of the form and the one of the table that has its name."""

    key: str
    amount: Amount
    ref: Ref

    @property
    def agrees(self) -> bool:
        return _interval(self.amount).meets(_table(self.ref))


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """总额, 基本支出 and 项目支出 of the form of the whole: two that agree with the table accuse the third."""
    ran = False
    for project in facts.evaluated():
        for form in project.forms if project.whole else ():
            pairs = list(_pairs(facts, form))
            if len(pairs) < 2:
                continue
            ran = True
            yield from _judge(rule, pairs)
    if not ran:
        raise NotApplicableError("没有分列基本支出和项目支出的整体支出自评表")


def _pairs(facts: Facts, form: Form) -> Iterator[_Pair]:
    table = facts.table(ROLE)
    side = find_side(table, "")
    rows = find_rows(side, Name("合计"))
    for key, pattern in _ROWS:
        money = next((m for m in form.money if pattern.search(squeeze(m.label))), None)
        if money is None or money.executed is None or money.executed.unit is None or not rows or table.unit is None:
            continue
        ref = ref_at(table, side, rows[0], find_column(table, side, key))
        if ref.cell.figure is not None:
            yield _Pair(key, money.executed, ref)


def _interval(amount: Amount) -> Interval:
    assert amount.unit is not None
    return amount.figure.rounded().scaled(amount.unit.factor)


def _table(ref: Ref) -> Interval:
    assert ref.cell.figure is not None
    assert ref.table.unit is not None
    return ref.cell.figure.rounded().scaled(ref.table.unit.factor)


def _judge(rule: Rule, pairs: Sequence[_Pair]) -> Iterator[Outcome]:
    agreeing = [pair for pair in pairs if pair.agrees]
    for pair in pairs:
        proven = len(agreeing) > (pair in agreeing)
        assert pair.ref.cell.figure is not None
        assert pair.ref.table.unit is not None
        assert pair.amount.unit is not None
        shown = f"{format_number(pair.amount.figure.value)}{pair.amount.unit.name}"
        table = f"{format_number(pair.ref.cell.figure.value)}{pair.ref.table.unit.name}"
        scale = pair.ref.table.unit.factor / pair.amount.unit.factor
        cut = lost_digits(pair.amount.figure.value, (pair.ref.cell.figure.value * scale).quantize(Decimal("0.01")))
        verdict = Verdict.AGREE if pair.agrees else Verdict.DISAGREE if proven and not cut else Verdict.UNCLEAR
        yield said(
            rule, verdict, f"整体支出自评表的{pair.key}", (pair.amount,), stated=shown, expected=table,
            calculation=f"自评表执行数为 {shown}，{pair.ref.table.name}为 {table}",
            evidence=[part_evidence(pair.amount, pair.key, "执行数", form=True), ref_evidence(pair.ref)],
        )  # fmt: skip


CHECK = Check("form_whole", Parameters, run)
