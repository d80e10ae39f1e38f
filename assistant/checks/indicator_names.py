"""指标名称: one indicator under two names, in the text and in the form of its project."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from assistant.checks.base import Check, Parameters
from assistant.checks.evaluated import name_of, part_evidence, said
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Verdict
from assistant.indicators.linking import Evaluated, bare_name, compared
from assistant.indicators.meeting import Likeness
from assistant.indicators.model import Indicator, Place, Role
from assistant.rules import Rule

SHOWN = 5
"""How many pairs a finding names."""

PIECE = 3
"""Characters that the edge of a cell takes from a name at a time."""

_WORD = re.compile(r"[一-鿿A-Za-z0-9]")

Pair = tuple[Indicator, Indicator]


class NamesParameters(Parameters):
    """``alike``: how alike two names of one indicator are at least (%), where target and actual value are the same."""

    alike: int = 60


def run(facts: Facts, rule: Rule, parameters: NamesParameters) -> Iterator[Outcome]:
    """One outcome for each project that tells its indicators in the text and in a form."""
    ran = False
    for project in facts.evaluated():
        told = [i for s in project.summaries for i in s.indicators if i.role is Role.LISTED]
        listed = [i for form in project.forms for i in form.indicators]
        if not told or not listed:
            continue
        ran = True
        pairs = list(_pairs(project, told, listed, parameters.alike))
        shown = "；".join(f"“{one.name}”与“{other.name}”" for one, other in pairs[:SHOWN])
        more = f"等 {len(pairs)} 个" if len(pairs) > SHOWN else ""
        yield said(
            rule, Verdict.DISAGREE if pairs else Verdict.AGREE, name_of(project), (), stated=f"{len(pairs)} 个指标", calculation=shown + more,
            evidence=[part_evidence(i.title, i.name, form=i.place is Place.FORM) for pair in pairs for i in pair],
        )  # fmt: skip
    if not ran:
        raise NotApplicableError("没有既在正文、又在自评表中逐个列出的指标")


def _pairs(project: Evaluated, told: list[Indicator], listed: list[Indicator], alike: int) -> Iterator[Pair]:
    """Those of the text that have no namesake in the form, each with the only one there that has its values and is alike."""
    names = {bare_name(i.name) for i in listed}
    rest = [i for i in listed if bare_name(i.name) not in {bare_name(o.name) for o in told}]
    seen: set[str] = set()
    for one in told:
        name = bare_name(one.name)
        if name in names or name in seen:
            continue
        seen.add(name)
        found = [other for other in rest if _same(one, other, alike)]
        if len(found) == 1 and not _torn(name, bare_name(found[0].name)):
            yield one, found[0]


def _same(one: Indicator, other: Indicator, alike: int) -> bool:
    kinds = (one.level1, other.level1)
    return (
        ("" in kinds or kinds[0] == kinds[1])
        and compared(one, other, "target") is Likeness.EQUAL
        and compared(one, other, "actual") is Likeness.EQUAL
        and fuzz.ratio(bare_name(one.name), bare_name(other.name)) >= alike
    )


def _torn(one: str, other: str) -> bool:
    """Whether one name is a piece of the other, as a cell's edge or a page break leaves it, or differs in marks only."""
    plain = ["".join(_WORD.findall(name)) for name in (one, other)]
    short, long = sorted(plain, key=len)
    lost = [edit for edit in Levenshtein.opcodes(long, short) if edit.tag != "equal"]
    pieces = [edit for edit in lost if edit.tag == "delete" and edit.src_end - edit.src_start >= PIECE]
    return short in long or (len(pieces) > 1 and len(pieces) == len(lost))


CHECK = Check("indicator_names", NamesParameters, run)
