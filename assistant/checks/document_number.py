"""文号: one document of the same title cited with different numbers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from assistant.checks.base import Check, Parameters
from assistant.checks.evidence import place_evidence
from assistant.checks.prose import collected_evidence
from assistant.document import Span
from assistant.facts import Facts
from assistant.findings import Evidence, Outcome, Verdict
from assistant.passages import plain_lines
from assistant.rules import Rule

_CITED = re.compile(
    r"《([^《》]{6,160}?)(?:》\s*[(\[]?|[(\[])\s*"
    r"(?P<number>(?P<body>[一-鿿]{1,10}(?:\s?[一-鿿]{1,4})?)\s*[(\[【]\s*(?P<year>20\d\d)\s*[)\]】]\s*(?:第\s*)?(?P<count>\d{1,4})\s*号)"
)
_BLANK = re.compile(r"[\s\"“”'‘’〈〉<>《》]+")


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Group the citations by title; numbers that conversion may have cut are not told."""
    lines = plain_lines(facts.document)
    text = "\n".join(lines)
    if "号" not in text:
        return
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    cited: dict[str, dict[str, tuple[tuple[str, str, str], Evidence]]] = {}
    for match in _CITED.finditer(text):
        title = _BLANK.sub("", match[1])
        number = (_BLANK.sub("", match["body"]), match["year"], match["count"])
        place = _evidence(facts, starts, match.start("number"), match.end("number"))
        cited.setdefault(title, {}).setdefault("|".join(number), (number, place))
    for title, found in cited.items():
        numbers = [number for number, _ in found.values()]
        if len(numbers) < 2:
            yield Outcome(rule.code, Verdict.AGREE, f"《{title}》")
            continue
        shown = [f"{body}〔{year}〕{count}号" for body, year, count in numbers]
        evidence = [place for _, place in found.values()]
        cut = all(_cut(number, numbers[0]) for number in numbers[1:])
        yield collected_evidence(
            rule, f"《{title}》", "与".join(shown), evidence, verdict=Verdict.UNCLEAR if cut else Verdict.DISAGREE
        )


def _cut(one: tuple[str, str, str], other: tuple[str, str, str]) -> bool:
    """Whether one number is the other with digits or characters lost at an end, as conversion loses them."""
    return all(
        a == b or a.startswith(b) or b.startswith(a) or a.endswith(b) or b.endswith(a)
        for a, b in zip(one, other, strict=True)
    )


def _evidence(facts: Facts, starts: list[int], start: int, end: int) -> Evidence:
    first, last = bisect_right(starts, start), bisect_right(starts, end - 1)
    span = Span(first, start - starts[first - 1], end - starts[last - 1], last if last != first else 0)
    return place_evidence(facts.document, span)


CHECK = Check("document_number", Parameters, run)
