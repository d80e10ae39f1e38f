"""用途: what an item's money is said to be for must not be what another item is for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.base import Check, Parameters
from assistant.checks.evidence import stretch_evidence, text_evidence
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Verdict
from assistant.rules import Rule
from assistant.text import normalise

_USE = re.compile(r"([^()“”\"，,。；;]{2,30})\((?:项|类)\)[^。；;(]{0,60}?[。,]?\s*主要用于\s*:?\s*([^。；;]{2,60})")


class Family(Parameters):
    """Items whose name has one of ``subject``: their use may be told with ``own`` words, not with ``other`` ones alone."""

    subject: tuple[str, ...]
    own: tuple[str, ...]
    other: tuple[str, ...]


class StatedUseParameters(Parameters):
    """The families of items that are for one thing only."""

    families: tuple[Family, ...]


def run(facts: Facts, rule: Rule, parameters: StatedUseParameters) -> Iterator[Outcome]:
    """Look at every 项, and every 类 that is told without its items, whose use is told."""
    told = False
    for paragraph in facts.document.paragraphs:
        for match in _USE.finditer(normalise(paragraph.text)) if "用于" in paragraph.text else ():
            name, use = match[1].strip(), match[2].strip()
            family = next((f for f in parameters.families if any(word in name for word in f.subject)), None)
            if family is None:
                continue
            told = True
            strange = [word for word in family.other if word in use]
            wrong = bool(strange) and not any(word in use for word in family.own)
            span = paragraph.span(match.start(2), match.end(2))
            shown = paragraph.text[match.start(2) : match.end(2)]
            if span.last_line != span.line:
                wrong = False  # broken over lines: what lies between may have come from elsewhere
            yield Outcome(
                rule.code, Verdict.DISAGREE if wrong else Verdict.AGREE, f"“{name}”", stated=shown,
                expected=f"与“{name}”相符的用途", calculation=f"用途写的是“{'、'.join(strange)}”" if wrong else "",
                evidence=(
                    text_evidence(span, shown),
                    stretch_evidence(paragraph, match.start(1), match.end(1)),
                ),
            )  # fmt: skip
    if not told:
        raise NotApplicableError("没有逐项说明用途的科目")


CHECK = Check("stated_use", StatedUseParameters, run)
