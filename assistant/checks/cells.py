"""单元格: formulas between single amounts, in one table or in several (公开01[收入:总计] = 公开02[合计] + …)."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.base import Check, FormulaText, Parameters, tie_outcome
from assistant.facts import Facts, NotApplicableError, tie_of
from assistant.findings import Outcome, Verdict
from assistant.formulas import Name, parse_formula
from assistant.rules import Rule
from assistant.tieouts import judge


class CellsParameters(Parameters):
    """The formulas; each name says its table. Of each group under ``either`` one must hold (totals with or without 结转)."""

    formulas: tuple[FormulaText, ...] = ()
    either: tuple[tuple[FormulaText, ...], ...] = ()


def run(facts: Facts, rule: Rule, parameters: CellsParameters) -> Iterator[Outcome]:
    """Evaluate each formula whose tables are all there and whose amounts are all printed."""
    reasons: list[str] = []
    ran = False
    for group in (*((text,) for text in parameters.formulas), *parameters.either):
        found = []
        for text in group:
            try:
                found.append(tie_of(facts, parse_formula(text), Name("")))
                ran = True
            except NotApplicableError as error:
                reasons.append(str(error))
        judged = [(tie, left, right) for tie, left, right in found if tie is not None]
        if not judged:
            continue
        tie, left, right = next((one for one in judged if judge(one[0]).verdict is not Verdict.DISAGREE), judged[0])
        first, other = tie.left[0].ref, tie.right[0].ref
        within = first.table is other.table and len(tie.terms) > 2
        subject = first.name if within else f"{first.name}与{other.name}"
        yield tie_outcome(rule, tie, subject, blanks=bool(left.blanks or right.blanks) and len(tie.terms) > 2)
    if not ran:
        raise NotApplicableError("；".join(dict.fromkeys(reasons)))


CHECK = Check("cells", CellsParameters, run)
