"""疑为笔误: an amount told once that is a slip away from what the document tells of the same thing elsewhere."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from assistant.checks.amounts import amount_evidence, table_amounts, usual_unit
from assistant.checks.base import Check, Parameters
from assistant.checks.readings import other_year
from assistant.checks.told import name_of, statements, told, usable, value
from assistant.claims import Figure, Statement
from assistant.document import Kind
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Ref, Verdict
from assistant.language.plain import narrowed
from assistant.quantities import format_number
from assistant.rules import Rule
from assistant.slips import Neighbours

NEAR, NAMED, ANYWHERE = 4, 5, 6
"""Digits from which on likeness says something: under one name in one section, under one name, under any."""
LONG = 8
"""Characters by which a name is known: 大数据中心专项工作经费 and the same with 项目."""
OFTEN, REACH = 4, 3
"""Times that a value must be told to be meant whatever its name; paragraphs within which a difference is looked for."""
_WORDS = re.compile(r"预算|决算|合计|总计|总额|总数|本年度?|年度|安排|当年|其中|(?:支出|费用?)?数?$|[、\s“”\"()（）‘’]")
_RATES = frozenset({"N401", "N405", "N407", "N435"})  # a rate says little of the amounts it was computed from


@dataclass(frozen=True, slots=True)
class _Told:
    """An amount in the usual unit of the text: of a statement, or of a table."""

    amount: Decimal
    name: str
    source: Figure | Ref
    kind: str = "amount"
    statement: Statement | None = None


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Amounts that nothing has confirmed or refuted, against all that is told elsewhere."""
    judged = [o for o in facts.outcomes if o.verdict in (Verdict.AGREE, Verdict.TAIL, Verdict.DISAGREE)]
    sums = [o for o in judged if o.verdict is not Verdict.DISAGREE and o.rule not in _RATES]
    settled = {o.figures[0] for o in judged if o.figures} | {place for o in sums for place in o.figures}
    everything = list(_all(facts))
    known: dict[Decimal, list[_Told]] = defaultdict(list)
    for each in everything:
        known[each.amount].append(each)
    near = Neighbours(known)
    for item in everything:
        figure, statement = item.source, item.statement
        if not isinstance(figure, Figure) or statement is None or len(known[item.amount]) > 1:
            continue
        if (figure.span.line, figure.span.start) in settled:
            continue
        meant = next((found for amount in near.of(item.amount) if _meant(item, found := known[amount], known)), None)
        if meant and (item.name in {each.name for each in meant} or not narrowed(facts.document, statement)):
            settled |= {
                (f.span.line, f.span.start) for f in (figure, *(m.source for m in meant)) if isinstance(f, Figure)
            }
            yield _outcome(rule, statement, figure, item, meant)


def _all(facts: Facts) -> Iterator[_Told]:
    given = list(statements(facts))
    if (usual := usual_unit(facts)) is None:
        raise NotApplicableError("正文没有可比较的金额")
    factor = usual.factor
    budget = facts.document.kind is Kind.BUDGET
    for statement in given:
        now, changes = statement.year in (None, facts.document.year), [c.change for c in statement.comparisons]
        for figure in filter(None, (statement.amount, *statement.budgets, *changes)):
            planned = "安排" in figure.lead  # 2023年预算执行数 …，2024年预算安排 …
            if other_year(facts, figure) or figure.lead.startswith(("上", "去")):
                continue
            if usable(figure) and value(figure) and (now or planned):
                own = figure is statement.amount or planned or not figure.lead or (budget and "执行" not in figure.lead)
                kind = "change" if figure in changes else "amount" if own else figure.lead[:2]
                amount, name = abs(value(figure)) / factor, _WORDS.sub("", statement.subject or statement.opening)
                yield _Told(amount, name, figure, kind, statement)
    for ref in table_amounts(facts):
        if ref.cell.figure is not None and ref.table.unit is not None:
            exact = abs(ref.cell.figure.value) * ref.table.unit.factor / factor
            shown = exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
            yield _Told(shown, _WORDS.sub("", ref.row.label), ref)


def _meant(item: _Told, found: list[_Told], known: dict[Decimal, list[_Told]]) -> bool:
    """Whether an amount was meant to be the one, but for a slip, that is told in ``found``."""
    other = found[0].amount
    if any(_rounded(item.source, each.source) for each in found):
        return False  # 38,000 beside 38,000.06: one is the other to whole 万元
    digits = len(item.amount.normalize().as_tuple().digits)
    if digits < NEAR or not 0 < (apart := abs(item.amount - other)) < 10 * other:
        return False
    here, at = (item.statement.section[:2], item.statement.paragraph) if item.statement else ((), 0)
    if (gaps := known.get(apart)) and any(gap.statement and abs(gap.statement.paragraph - at) <= REACH for gap in gaps):
        return False
    alike = [f for f in found if f.kind == item.kind and f.statement is not item.statement]
    named = [f for f in alike if len(item.name) > 1 and f.name[:LONG] == item.name[:LONG]]
    if any(f.statement and f.statement.section[:2] == here for f in named):
        return True
    if named and digits >= (NAMED if len(named) > 1 else ANYWHERE):
        return True
    beside = digits >= NAMED and any(f.statement and f.statement.paragraph == at for f in alike)
    return len(alike) >= OFTEN + 2 * bool(gaps) and (digits >= ANYWHERE or (beside and not gaps))


def _rounded(one: Figure | Ref, other: Figure | Ref) -> bool:
    """Whether two amounts stand for a common value: one is rounded, or rounding has been carried on."""
    a, b = (s.mention.interval() if isinstance(s, Figure) else s.interval() for s in (one, other))
    return a.meets(b)


def _outcome(rule: Rule, statement: Statement, figure: Figure, item: _Told, meant: list[_Told]) -> Outcome:
    shown = format_number(meant[0].amount, 2) + (figure.mention.unit.name if figure.mention.unit else "")
    meant = sorted(meant, key=lambda m: (m.name != item.name, m.statement is None))
    return told(
        rule, Verdict.DISAGREE, name_of(statement), (figure,), expected=shown,
        calculation=f"{shown} 在文中出现 {len(meant)} 处", more=[amount_evidence(m.source) for m in meant[:3]],
    )  # fmt: skip


CHECK = Check("near_figure", Parameters, run)
