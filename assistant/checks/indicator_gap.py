"""与目标值的差距: by how much the text says that an indicator missed or passed its target (低于目标值2个百分点)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.checks.base import Check, Parameters
from assistant.checks.evaluated import name_of, part_evidence, said, shown, torn
from assistant.document import Paragraph
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Verdict
from assistant.indicators.linking import Evaluated, bare_name
from assistant.indicators.model import Indicator, Part
from assistant.indicators.values import ValueKind
from assistant.indicators.words import plain_text
from assistant.quantities import format_number
from assistant.rules import Rule

SHORTEST = 5
"""Characters of a name that is no word of any text."""

_GAP = re.compile(
    r"[^。；;]{0,16}?(?P<value>\d+(?:\.\d+)?)\s*%\s*[，,]\s*(?:比|较)?(?P<way>低于|高于|超过|超出|少于|未达)?\s*(?:年度|年初|预期|设定)*目标值?\s*(?P<way2>低|高|超出|多|少)?\s*(?P<gap>\d+(?:\.\d+)?)\s*个?百分点"
)


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Each gap told behind an indicator's name and value, against value and target of the indicator of that name."""
    ran = False
    named: dict[str, list[tuple[Evaluated, Indicator]]] = {}
    for project in facts.evaluated():
        for indicator in project.indicators:
            named.setdefault(bare_name(indicator.name), []).append((project, indicator))
    names = sorted((n for n in named if len(n) >= SHORTEST), key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, names))) if names else None
    for paragraph in facts.document.paragraphs if pattern else ():
        if pattern is None or "百分点" not in paragraph.text:
            continue
        text = plain_text(paragraph.text)
        for mention in pattern.finditer(text):
            match = _GAP.match(text, mention.end())
            outcome = _judge(facts, rule, named[mention[0]], paragraph, match) if match else None
            if outcome is not None:
                ran = True
                yield outcome
    if not ran:
        raise NotApplicableError("没有写明指标与目标值相差的百分点")


def _judge(
    facts: Facts, rule: Rule, found: list[tuple[Evaluated, Indicator]], paragraph: Paragraph, match: re.Match[str]
) -> Outcome | None:
    """The target must be one number of per cent, the same in all places that have the name."""
    project, indicator = found[0]
    targets = {
        i.target.value.point for _, i in found if i.target is not None and i.target.value.kind is ValueKind.PERCENT
    }
    target = next(iter(targets), None)
    if len(targets) != 1 or target is None:
        return None
    value, gap = Decimal(match["value"]), Decimal(match["gap"])
    exact = abs(value - target)
    span = match.span("gap")
    part = Part(paragraph.text[slice(*span)], paragraph.span(*span))
    verdict = Verdict.AGREE if exact == gap else Verdict.UNCLEAR if torn(facts, part) else Verdict.DISAGREE
    return said(
        rule, verdict, f"{name_of(project, indicator)}与目标值的差距", (part,), stated=f"{format_number(gap)}个百分点",
        expected=f"{format_number(exact)}个百分点",
        calculation=f"实际 {format_number(value)}%，目标值 {shown(indicator.target, indicator)}",
        evidence=[part_evidence(part), *([part_evidence(indicator.target, indicator.name)] if indicator.target else [])],
    )  # fmt: skip


CHECK = Check("indicator_gap", Parameters, run)
