"""热线号码: a five-digit public number that is none, one digit away from one that the report itself or everybody knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from assistant.checks.base import Check, Parameters
from assistant.checks.prose import collected, evidence_of
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.passages import Place, joined
from assistant.resources import corpora_dir
from assistant.rules import Rule
from assistant.yamlfile import load_yaml

_NUMBERS = (
    re.compile(
        r"12\d{3}(?<!\d12\d{3})(?<!\d[.,]12\d{3})(?=\s*[”\"]?\s*(?:市长|公共|政务|便民|服务|政府|公益|投诉|举报|维权|咨询|监督|平台){0,4}热线)"
    ),
    re.compile(
        r"(?:热线|举报|投诉|维权|求助)(?:电话|号码)?\s*[为是]?[:(“\"]{0,2}\s*(12\d{3})(?!\d|[.,]\d|\s*(?:件|个|次|人|元|万|条|起|宗|通))"
    ),
)
_ANY = re.compile(r"(?<!\d)12\d{3}(?!\d)")


@cache
def hotlines() -> frozenset[str]:
    """The public numbers of the whole country."""
    data: dict[str, list[str]] = load_yaml(corpora_dir() / "terms" / "hotlines.yaml")
    return frozenset(number for numbers in data.values() for number in numbers)


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Collect unknown numbers that miss by one digit a public number which the report has elsewhere."""
    prose = joined(facts.document, "paragraph", "heading", "cell")
    own = {number for number in _ANY.findall(prose.text) if number in hotlines()}
    wrong: dict[tuple[str, str], list[Place]] = {}
    known = False
    for match in (match for pattern in _NUMBERS for match in pattern.finditer(prose.text)):
        group = match.re.groups
        number = match[group]
        if number in hotlines():
            known = True
            continue
        near = [other for other in sorted(own) if sum(a != b for a, b in zip(number, other, strict=True)) == 1]
        place = prose.place(match.start(group), match.end(group))
        if place and len(near) == 1:
            wrong.setdefault((number, near[0]), []).append(place)
        elif place:
            yield Outcome(rule.code, Verdict.UNCLEAR, f"“{number}”", evidence=(evidence_of(place),))
    for (number, expected), places in wrong.items():
        yield collected(rule, f"“{number}”", places, expected=expected)
    if known and not wrong:
        yield Outcome(rule.code, Verdict.AGREE, "热线号码")


CHECK = Check("hotline", Parameters, run)
