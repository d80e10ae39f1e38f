"""单元格: formulas between single amounts, in one table or in several (公开01[收入:总计] = 公开02[合计] + …)."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.base import Check, FormulaText, Parameters, tie_outcome
from assistant.facts import Facts, NotApplicableError, tie_of
from assistant.findings import Outcome
from assistant.formulas import Name, parse_formula
from assistant.rules import Rule


class CellsParameters(Parameters):
    """The formulas; each name says its table."""

    formulas: tuple[FormulaText, ...]


def run(facts: Facts, rule: Rule, parameters: CellsParameters) -> Iterator[Outcome]:
    """Evaluate each formula whose tables are all there and whose amounts are all printed."""
    reasons: list[str] = []
    ran = False
    for text in parameters.formulas:
        try:
            tie, left, right = tie_of(facts, parse_formula(text), Name(""))
        except NotApplicableError as error:
            reasons.append(str(error))
            continue
        ran = True
        if tie is None:
            continue
        first, other = tie.left[0].ref, tie.right[0].ref
        within = first.table is other.table and len(tie.terms) > 2
        subject = first.name if within else f"{first.name}与{other.name}"
        yield tie_outcome(rule, tie, subject, blanks=bool(left.blanks or right.blanks) and len(tie.terms) > 2)
    if not ran:
        raise NotApplicableError("；".join(dict.fromkeys(reasons)))


CHECK = Check("cells", CellsParameters, run)
