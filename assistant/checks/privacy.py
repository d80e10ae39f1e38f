"""个人信息: mobile numbers and identity numbers in what is published. Office lines and public hotlines are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from assistant.checks.base import Check, Parameters
from assistant.checks.evidence import text_evidence
from assistant.checks.prose import collected_evidence
from assistant.document import Span
from assistant.facts import Facts
from assistant.findings import Evidence, Outcome, Verdict
from assistant.passages import plain_lines
from assistant.rules import Rule

_MOBILE = re.compile(
    r"(?<![\dA-Za-z.,\-])1[3-9]\d(?:[\s-]?\d{4}){2}(?![\dA-Za-z%]|[.,]\d|\s*(?:万|亿|元|次|条|个|人|户|平方|号))"
)
_IDENTITY = re.compile(r"(?<![\dA-Za-z])[1-8]\d{16}[\dXx](?![\dA-Za-z])")
_CONTACT = re.compile(r"电\s*话|手\s*机|联\s*系|填\s*(?:报|表)\s*人|负\s*责\s*人|经\s*办\s*人|微\s*信")
_DIGITS = re.compile(r"\d{3}[\s-]?\d{4}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
NEAR = 3
"""Lines around a number in which a word for a contact makes a telephone number of it."""


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """One outcome for each kind; the numbers are shown masked, only the evidence quotes them."""
    lines, read = facts.document.lines, plain_lines(facts.document)
    mobiles: dict[str, list[Evidence]] = {}
    identities: dict[str, list[Evidence]] = {}
    for number, (line, plain) in enumerate(zip(lines, read, strict=True), start=1):
        if not _DIGITS.search(plain):
            continue
        for match in _IDENTITY.finditer(plain):
            if is_identity(match[0]):
                identities.setdefault(masked(match[0]), []).append(_evidence(number, match, line))
        for match in _MOBILE.finditer(plain):
            if _CONTACT.search("\n".join(lines[max(0, number - 1 - NEAR) : number + 1])):
                mobiles.setdefault(masked(re.sub(r"\D", "", match[0])), []).append(_evidence(number, match, line))
    for name, found in (("手机号码", mobiles), ("身份证号码", identities)):
        if found:
            evidence = [each for places in found.values() for each in places]
            yield collected_evidence(rule, name, "、".join(found), evidence)
    if not mobiles and not identities:
        yield Outcome(rule.code, Verdict.AGREE, "个人信息")


def is_identity(text: str) -> bool:
    """Whether 18 characters are an identity number: a date of birth, and the check character of GB 11643."""
    try:
        born = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    remainder = sum(int(char) * weight for char, weight in zip(text, _WEIGHTS, strict=False)) % 11
    return 1900 <= born.year <= date.today().year and "10X98765432"[remainder] == text[-1].upper()


def masked(number: str) -> str:
    """A number with its middle hidden (138****0000)."""
    return number[:3] + "*" * (len(number) - 7) + number[-4:]


def _evidence(line: int, match: re.Match[str], text: str) -> Evidence:
    return text_evidence(Span(line, match.start(), match.end()), text[match.start() : match.end()])


CHECK = Check("privacy", Parameters, run)
