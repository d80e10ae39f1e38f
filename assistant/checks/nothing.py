"""说明为无: a statement that there is none, against amounts elsewhere; a section that answers for another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.base import Check, Parameters
from assistant.checks.evidence import place_evidence, stretch_evidence
from assistant.checks.told import figure_evidence, statements, value
from assistant.document import Paragraph
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.outline import section_path
from assistant.rules import Rule
from assistant.text import normalise

FUNDS = {"政府性基金": "国有资本", "国有资本": "政府性基金"}
_NOTHING = re.compile(
    r"(?:无|没有|未安排|不涉及)[^，。；]{0,6}(政府性基金|国有资本)|(政府性基金|国有资本)[^，。；]{0,16}(?:为零|没有安排)"
)

_OTHER = re.compile(r"项目|评价|自评|采购|部分|所属|下属|二级|本级")
"""Words before it that make a statement of nothing one about projects or about some of the units."""


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Look at every short statement that there is no 政府性基金 or no 国有资本经营 money."""
    document = facts.document
    for paragraph in document.paragraphs:
        match = _NOTHING.search(normalise(paragraph.text))
        if match is None or len(paragraph.text) > 120 or _OTHER.search(normalise(paragraph.text)[: match.start()]):
            continue
        fund = match[1] or match[2]
        yield _amounts(facts, rule, paragraph, fund)
        heading = (section_path(document.sections, paragraph.section) or ("",))[-1]
        other = FUNDS[fund]
        if other in heading and fund not in heading and other not in paragraph.text:
            above = document.sections[paragraph.section - 1].span
            yield Outcome(
                rule.code, Verdict.DISAGREE, f"“{heading}”", detail=f"标题是{other}，说明的却是{fund}，答非所问",
                stated=match[0], expected=f"说明{other}有无", calculation=f"标题“{heading}”；说明“{match[0]}”",
                evidence=(
                    stretch_evidence(paragraph, 0, len(paragraph.text)),
                    place_evidence(document, above),
                ),
            )  # fmt: skip


def _amounts(facts: Facts, rule: Rule, paragraph: Paragraph, fund: str) -> Outcome:
    found = [s for s in statements(facts) if fund in s.subject and s.amount is not None and value(s.amount) > 0]
    place = stretch_evidence(paragraph, 0, len(paragraph.text))
    if not found or found[0].amount is None:
        return Outcome(rule.code, Verdict.AGREE, f"“{fund}”", evidence=(place,))
    figure = found[0].amount
    income = "收入" in found[0].subject and "收入" not in paragraph.text
    return Outcome(
        rule.code, Verdict.DISAGREE, f"“{fund}”", detail=f"此处说明没有{fund}收支，另一处{found[0].subject}为 {figure.text}",
        stated=paragraph.text.strip(), expected="前后一致", calculation=f"“{found[0].subject}”{figure.text}",
        evidence=(place, figure_evidence(figure)), severity="warning" if income else None,
    )  # fmt: skip


CHECK = Check("nothing", Parameters, run)
