"""名词解释: no term is explained twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from assistant.checks.base import Check
from assistant.checks.evidence import place_evidence
from assistant.checks.glossary import GlossaryParameters, glossary_of, plain, used
from assistant.disclosure import Term
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.reading.sections import numbering
from assistant.rules import Rule
from assistant.text import chinese


def run(facts: Facts, rule: Rule, _: GlossaryParameters) -> Iterator[Outcome]:
    """Terms by name; the same 项 under two 款 are two terms."""
    found = glossary_of(facts)
    lines = facts.document.lines
    same: dict[tuple[str, int], list[Term]] = defaultdict(list)
    for term in found.terms:
        same[chinese(term.name), numbering(lines[term.span.line - 1])[0]].append(term)
    numbered = any(level for _, level in same)
    shared = Counter(plain(ref.row.label) for ref in used(facts.document).values())
    for (name, level), terms in same.items():
        if (
            len(terms) < 2
            or (numbered and not level)
            or len(name) < 3
            or shared[name.removesuffix("项")] > 1
            or not _both_whole(terms)
        ):
            yield Outcome(rule.code, Verdict.AGREE, f"“{terms[0].name}”")
            continue
        yield Outcome(
            rule.code, Verdict.DISAGREE, f"“{terms[0].name}”", stated=f"{len(terms)} 处", expected="1 处",
            calculation=f"第 {'、'.join(str(term.span.line) for term in terms)} 行都解释了“{terms[0].name}”",
            evidence=tuple(place_evidence(facts.document, term.span) for term in terms),
        )  # fmt: skip


def _both_whole(terms: list[Term]) -> bool:
    """Whether each is an explanation of its own: with its own number, not a sentence of another one's text."""
    return all(len(chinese(term.meaning)) >= 6 for term in terms)


CHECK = Check("glossary_twice", GlossaryParameters, run)
