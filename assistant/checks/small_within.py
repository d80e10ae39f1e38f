"""小微企业与中小企业: what goes to small and micro enterprises is part of what goes to small and medium-sized ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.base import Check, Parameters
from assistant.checks.told import money, told, usable, value
from assistant.claims import Figure
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.rules import Rule
from assistant.text import squeeze

_CLAUSE = re.compile(r"[,;:。、，；：]")
_LEAD = re.compile(r"^(?:其中|另外|同时)|[的为约共计是]+$")
SMALL, ALL = "小微", "中小"


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Pairs of amounts in one paragraph whose words are the same but for 小微 and 中小."""
    wholes: list[tuple[str, Figure]] = []
    for figure in facts.claims().figures:
        if figure.mention.unit is None:
            continue
        name = _name(facts, figure)
        if SMALL in name:
            same = (
                f for n, f in wholes[::-1] if f.paragraph == figure.paragraph and _alike(n, name.replace(SMALL, ALL))
            )
            whole = next(same, None)
            if whole is not None and usable(figure, whole):
                fits = value(figure) <= value(whole) or money(figure).meets(money(whole))
                yield told(
                    rule, Verdict.AGREE if fits else Verdict.DISAGREE, f"“{name}”", (figure, whole), expected=f"不大于 {whole.text}",
                    calculation=f"“{name.replace(SMALL, ALL)}”为 {whole.text}",
                )  # fmt: skip
        elif ALL in name:
            wholes.append((name, figure))


def _alike(one: str, other: str) -> bool:
    """Whether two names are one, but for what the first of them says of the year or the body."""
    return one.endswith(other) or other.endswith(one)


def _name(facts: Facts, figure: Figure) -> str:
    before = facts.document.paragraphs[figure.paragraph].text[max(0, figure.mention.start - 40) : figure.mention.start]
    return _LEAD.sub("", _CLAUSE.split(squeeze(before))[-1])


CHECK = Check("small_within", Parameters, run)
