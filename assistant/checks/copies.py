"""重复列示: a table that is printed twice must show the same amounts in both places."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.base import Check, Parameters
from assistant.checks.evidence import ref_evidence
from assistant.document import Table
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Ref, Verdict
from assistant.reading.copies import amounts
from assistant.rules import Rule
from assistant.tieouts import show, unit_name


def run(facts: Facts, rule: Rule, parameters: Parameters) -> Iterator[Outcome]:
    """Hold each amount of a copy against the same one of the table it repeats; what only one of them lists is 无法判断."""
    if not facts.document.copies:
        raise NotApplicableError("没有重复列示的表格")
    for copy, original in facts.document.copies:
        yield from _compared(rule, copy, original)


def _compared(rule: Rule, copy: Table, original: Table) -> Iterator[Outcome]:
    others = dict(amounts(original))
    for place, filled in amounts(copy):
        ref = Ref(copy, *filled)
        where = ((ref.cell.span.line, ref.cell.span.start),)
        if place not in others:
            yield Outcome(rule.code, Verdict.UNCLEAR, ref.name, detail="另一处没有列示这一数额", figures=where)
            continue
        other = Ref(original, *others[place])
        if not ref.interval().meets(other.interval()):
            yield Outcome(
                rule.code,
                Verdict.DISAGREE,
                ref.name,
                stated=show(ref) + unit_name(copy.unit),
                expected=show(other) + unit_name(original.unit),
                calculation=f"{copy.name}两处列示：{show(other)}；{show(ref)}",
                evidence=(ref_evidence(ref), ref_evidence(other)),
                figures=where,
            )
        else:
            yield Outcome(rule.code, Verdict.AGREE, ref.name, figures=where)


CHECK = Check("copies", Parameters, run)
