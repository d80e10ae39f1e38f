"""Outcomes to findings: wording, evidence, stable ids, order."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.checks.evidence import ref_evidence
from assistant.document import Document, Span
from assistant.findings import SEVERITIES, Evidence, Finding, Outcome, Severity, Verdict
from assistant.quantities import format_number
from assistant.roots import Cause
from assistant.rules import Rule, Rulebook, fill
from assistant.tieouts import show, unit_name

MOST_EVIDENCE = 60
NOTICES = 6
"""How many percentages that differ in the last digit are told in words; the evidence has all of them."""


def build_findings(
    document: Document, causes: Iterable[Cause], notices: Iterable[Outcome], rulebook: Rulebook
) -> tuple[Finding, ...]:
    """The findings of one document in their final order: severity, then place."""
    rules = {rule.code: rule for rule in rulebook.rules}
    findings = [_finding(cause, rules) for cause in causes]
    findings += [_finding(Cause((outcome,)), rules) for outcome in _together(notices)]
    findings.sort(key=lambda f: (SEVERITIES.index(f.severity), _line(f), f.rule, f.id))
    if document.origins:
        findings = [f.model_copy(update={"evidence": _located(document, f.evidence)}) for f in findings]
    return _distinct(findings)


def _together(notices: Iterable[Outcome]) -> list[Outcome]:
    """Percentages of one rule that differ in the last digit only are one notice: nobody reads ten of them one by one."""
    alike: dict[str, list[Outcome]] = {}
    for notice in notices:
        alike.setdefault(notice.rule if _recomputed(notice) else f"{id(notice)}", []).append(notice)
    return [_one_notice(group) for group in alike.values()]


def _recomputed(notice: Outcome) -> bool:
    """Whether a notice is about a percentage that was calculated from amounts of the text."""
    return notice.rule.startswith("N4") and notice.stated.endswith(("%", "％")) and not notice.detail


def _one_notice(group: Sequence[Outcome]) -> Outcome:
    first = group[0]
    if not _recomputed(first):
        return first
    others = [f"{other.subject}写作 {other.stated}，计算为 {other.expected}" for other in group[1:NOTICES]]
    more = f"等共 {len(group) - 1} 处" if len(group) > NOTICES else ""
    detail = "只差末位，应是截位或舍入方式不同" + (f"；同样情形还有：{'；'.join(others)}{more}" if others else "")
    evidence = tuple(one for outcome in group for one in outcome.evidence)
    return replace(first, detail=detail, evidence=evidence)


def _located(document: Document, evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The evidence with pages, boxes and anchors, for files that are no plain text."""
    result = []
    for one in evidence:
        if one.line is not None:
            span = document.located(Span(one.line, one.start, one.end, one.end_line or 0))
            one = one.model_copy(update={"page": span.page, "box": span.box, "anchor": span.anchor})
        result.append(one)
    return tuple(result)


def _line(finding: Finding) -> tuple[int, int]:
    first = finding.evidence[0] if finding.evidence else None
    return (first.line or 0, first.start) if first else (0, 0)


def _distinct(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Make ids unique: the second of two alike gets a number."""
    seen: Counter[str] = Counter()
    result = []
    for finding in findings:
        seen[finding.id] += 1
        count = seen[finding.id]
        result.append(finding if count == 1 else finding.model_copy(update={"id": f"{finding.id}-{count}"}))
    return tuple(result)


def _severity(outcome: Outcome, rule: Rule, certain: bool) -> Severity:
    if outcome.caveat and not certain and rule.severity == "error":
        return "warning"
    return outcome.severity or rule.severity


def _finding(cause: Cause, rules: dict[str, Rule]) -> Finding:
    main = _main(cause)
    rule = rules[main.rule]
    certain = cause.culprit is not None and len(cause.outcomes) > 1
    severity = min((_severity(o, rules[o.rule], certain) for o in cause.outcomes), key=SEVERITIES.index)
    stated, expected, tail = main.stated, main.expected, ""
    evidence = list(main.evidence)
    if cause.culprit is not None and cause.value is not None and main.tie is not None:
        ref, table = cause.culprit, cause.culprit.table
        unit = unit_name(table.unit)
        figure = ref.cell.figure
        decimals = max(table.decimals, figure.decimals if figure else 0)
        stated, expected = show(ref) + unit, format_number(cause.value, decimals) + unit
        others = f"，改正后另有 {len(cause.outcomes) - 1} 处勾稽同时成立" if len(cause.outcomes) > 1 else ""
        tail = f"最可能有误的是{ref.name}（{stated}），按勾稽关系应为 {expected}{others}。"
        evidence = [ref_evidence(ref), *evidence]
    elif len(cause.outcomes) > 1:
        tail = f"同一数据还有另外 {len(cause.outcomes) - 1} 处不符。"
    for outcome in cause.outcomes:
        evidence += outcome.evidence
    values = {
        "subject": main.subject,
        "stated": main.stated,
        "expected": main.expected,
        "calculation": main.calculation,
        "detail": main.detail,
    }
    message = fill(rule.message, values)
    if main.detail and "{detail}" not in rule.message:
        message = f"{message}{main.detail}。"
    if main.caveat and not certain:
        message = f"{message}{main.caveat}。"
    return Finding(
        id=_identity(main, stated),
        rule=rule.code,
        category=rule.category,
        severity=severity,
        title=f"{rule.name}：{main.subject}",
        message=message + tail,
        stated=stated,
        expected=expected,
        calculation=_calculations(cause, main),
        evidence=_unique(evidence),
        suggestion=fill(main.suggestion or rule.suggestion, values),
        basis=rule.basis,
    )


def _main(cause: Cause) -> Outcome:
    """The outcome to tell: the one in which the culprit is a total of its own table, else the first rule's."""
    if cause.culprit is None:
        return cause.outcomes[0]
    key = cause.culprit.key

    def rank(outcome: Outcome) -> tuple[int, int, str]:
        tie = outcome.tie
        if tie is None:
            return (len(cause.outcomes), 2, outcome.rule)  # a text is a witness, not the contradiction to tell
        tables = len({term.ref.table.index for term in tie.terms})
        alone = len(tie.left) == 1 and tie.left[0].ref.key == key
        return (tables, 0 if alone else 1, outcome.rule)

    return min(cause.outcomes, key=rank)


def _calculations(cause: Cause, main: Outcome) -> str:
    rest = [outcome for outcome in cause.outcomes if outcome is not main]
    if not rest:
        return main.calculation
    lines = [
        f"{main.subject}：{main.calculation}",
        *(f"{outcome.subject}：{outcome.calculation}" for outcome in rest[:12]),
    ]
    if len(rest) > 12:
        lines.append(f"另有 {len(rest) - 12} 处")
    return "；".join(lines)


def _unique(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(evidence))[:MOST_EVIDENCE]


_PLAIN_DIGITS = str.maketrans("０１２３４５６７８９．，", "0123456789.,")


def _identity(outcome: Outcome, stated: str) -> str:
    """Stable across runs, formats and edits elsewhere: no line numbers, no blanks, only what is contradicted and of what."""
    text = "".join("|".join((outcome.rule, outcome.subject, stated)).split()).translate(_PLAIN_DIGITS)
    return f"{outcome.rule}-{hashlib.sha256(text.encode()).hexdigest()[:10]}"


def is_notice(outcome: Outcome) -> bool:
    """Whether an agreeing outcome is still worth telling (a large 尾差)."""
    return outcome.verdict is Verdict.TAIL and outcome.severity == "info"
