"""前后写法不一: a phrase that differs by one character from how the rest of the document writes it, and breaks a word by it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.base import Check, Parameters
from assistant.checks.prose import corrections
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.passages import Place, joined
from assistant.rules import Rule
from assistant.text import squeeze
from assistant.variants import rare_variants

MOST = 8
"""Odd phrases beyond which a reader of images made them, not a writer."""

_SCANNED = re.compile(r"[぀-ヿ가-힯�]|<(?:del|b|u)>")
"""Characters that no report has: the file was read from images, by a reader that takes characters for others alike."""


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """One outcome for all odd phrases of the text; tables are read with too many errors to be doubted for a character."""
    prose = joined(facts.document)
    scanned = _SCANNED.search("\n".join(facts.document.lines)) is not None
    own = squeeze(facts.document.organisation)
    found: dict[tuple[str, str], list[Place]] = {}
    for each in rare_variants(prose.text):
        place = prose.place(each.start, each.end)
        if place is None or place.passage.kind not in ("paragraph", "heading") or each.right in own:
            continue  # the body's own name has a rule to itself
        alike = scanned and len(each.wrong) == len(each.right)
        if not alike and not place.passage.broken(place.start, place.end):
            found.setdefault((each.wrong, each.right), []).append(place)
    if found and len(found) <= MOST:
        yield corrections(rule, found)
    else:
        yield Outcome(rule.code, Verdict.UNCLEAR if found else Verdict.AGREE, "前后写法")


CHECK = Check("variants", Parameters, run)
