"""What the checks of wording share: outcomes that collect several places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from assistant.checks.evidence import text_evidence
from assistant.findings import Evidence, Outcome, Severity, Verdict
from assistant.passages import Place
from assistant.rules import Rule

SHOWN = 6
"""How many different texts a finding about several places quotes."""


def evidence_of(place: Place) -> Evidence:
    """The exact words and where they stand."""
    return text_evidence(place.span, place.shown)


def collected(
    rule: Rule,
    subject: str,
    places: Sequence[Place],
    *,
    expected: str = "",
    verdict: Verdict = Verdict.DISAGREE,
    severity: Severity | None = None,
    detail: str = "",
) -> Outcome:
    """One outcome for one kind of defect, with all its places in the order of the file."""
    found = sorted((evidence_of(place) for place in places), key=lambda each: (each.line or 0, each.start))
    return collected_evidence(
        rule, subject, quoted(each.text for each in found), found, expected=expected, detail=detail, verdict=verdict,
        severity=severity,
    )  # fmt: skip


def quoted(texts: Iterable[str]) -> str:
    """Different texts in quotes, blanks folded, as many as a message bears."""
    different = list(dict.fromkeys(" ".join(text.split()) for text in texts))
    shown = "".join(f"“{text if len(text) <= 40 else text[:39] + '…'}”" for text in different[:SHOWN])
    return shown + (f"等 {len(different)} 种" if len(different) > SHOWN else "")


def collected_evidence(
    rule: Rule,
    subject: str,
    stated: str,
    evidence: Sequence[Evidence],
    *,
    expected: str = "",
    detail: str = "",
    verdict: Verdict = Verdict.DISAGREE,
    severity: Severity | None = None,
) -> Outcome:
    """One outcome for places that are no passages."""
    several = f"共 {len(evidence)} 处" if len(evidence) > 1 else ""
    return Outcome(
        rule.code, verdict, subject, detail=detail, stated=stated, expected=expected, calculation=several,
        evidence=tuple(evidence), severity=severity,
    )  # fmt: skip


def corrections(
    rule: Rule, found: Mapping[tuple[str, str], Sequence[Place]], *, detail: str = "", severity: Severity | None = None
) -> Outcome:
    """One outcome for slips of several kinds: each as it is written, what it should be, and all their places."""
    pairs = list(found)[:SHOWN]
    more = f"等 {len(found)} 种" if len(found) > SHOWN else ""
    return collected_evidence(
        rule,
        "、".join(f"“{wrong}”应为“{right}”" for wrong, right in pairs) + more,
        "".join(f"“{wrong}”" for wrong, _ in pairs) + more,
        sorted(
            (evidence_of(place) for places in found.values() for place in places), key=lambda e: (e.line or 0, e.start)
        ),
        expected="".join(f"“{right}”" for _, right in pairs) + more,
        detail=detail,
        severity=severity,
    )
