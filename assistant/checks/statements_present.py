"""应当说明的事项: 机关运行经费, 政府采购, 国有资产, 绩效 and the like are spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.base import Check, Parameters
from assistant.checks.contents import evidence
from assistant.disclosure import Announced, Disclosure
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Evidence, Outcome, Severity, Verdict
from assistant.rules import Rule
from assistant.text import clean, normalise
from assistant.topics import Hole, holes, is_body, is_plain, is_told, item_stated, listed_entry, read_blocks


class Topic(Parameters):
    """Something a report speaks of: its name, words (patterns) that name it, how bad it is if it does not.

    ``items``: where the name is nowhere, two of these spoken of will do. ``anywhere``: the words alone will do. ``bodies``
    limits it to bodies whose name ends in one of these; ``since`` to reports from that year on. ``before``: what usually
    follows it; a number left out there shows that it was there once. ``terms``: the 名词解释, which only a whole report lacks.
    """

    name: str
    words: tuple[str, ...]
    items: tuple[str, ...] = ()
    anywhere: bool = False
    terms: bool = False
    severity: Severity = "warning"
    bodies: tuple[str, ...] = ()
    since: int = 0
    before: tuple[str, ...] = ()


class TopicsParameters(Parameters):
    """The topics that this kind of report must speak of."""

    topics: tuple[Topic, ...]


def whole_text(facts: Facts) -> str:
    """The narrative of a whole report without 目录 and 名词解释. Raises ``NotApplicableError`` for an excerpt."""
    if not facts.disclosure().whole:
        raise NotApplicableError("不能确定是一份完整的报告，不判断缺少哪些说明")
    return facts.disclosure().narrative


def run(facts: Facts, rule: Rule, parameters: TopicsParameters) -> Iterator[Outcome]:
    """Look for a statement of each topic; what the 目录 lists and another rule has told is not told again."""
    text = whole_text(facts)
    disclosure = facts.disclosure()
    blocks, left_out = read_blocks(disclosure), list(holes(disclosure))
    told = {e.line for outcome in facts.outcomes if outcome.verdict is Verdict.DISAGREE for e in outcome.evidence}
    for topic in parameters.topics:
        words = "|".join(topic.words)
        hole = next((h for h in left_out if any(re.search(word, h.after.name) for word in topic.before)), None)
        stated = is_told(disclosure, blocks, words, anywhere=topic.anywhere, terms=topic.terms)
        if stated and (hole is None or is_plain(blocks, words)):
            yield Outcome(rule.code, Verdict.AGREE, topic.name)
            continue
        partly = sum(item_stated(blocks, item) for item in topic.items) >= 2
        if partly and hole is None:
            yield Outcome(rule.code, Verdict.AGREE, topic.name)
            continue
        required = (facts.document.year or 0) >= topic.since and is_body(disclosure, topic.bodies, text)
        listed = listed_entry(disclosure, words)
        if (required or hole) and not (listed and listed.line in told):
            yield _missing(rule, disclosure, topic, listed, hole, partly)


def _missing(
    rule: Rule, disclosure: Disclosure, topic: Topic, listed: Announced | None, hole: Hole | None, partly: bool
) -> Outcome:
    found = f"正文只说明了分项，未见{topic.name}总额" if partly else f"正文未见{topic.name}的说明"
    document, places = disclosure.document, []
    if listed:
        places.append(evidence(document, listed.line))
        found += f"，目录列有“{clean(listed.title)}”"
    if hole:
        places.append(evidence(document, hole.after.line))
        found += f"，其他说明的编号缺第 {hole.number} 项"
    empty = next(
        (b for b in read_blocks(disclosure) if b.kind == "heading" and re.search("|".join(topic.words), b.text)), None
    )
    if empty:
        places.append(evidence(document, empty.line))
        found += f"，标题“{clean(document.lines[empty.line - 1]).lstrip('# ')}”下没有内容"
    severity: Severity = "warning" if hole else "info" if topic.anywhere and not disclosure.contents else topic.severity
    return Outcome(
        rule.code, Verdict.DISAGREE, topic.name, severity=severity, stated="没有说明",
        expected=f"说明{topic.name}{'总额' if partly else ''}，没有的写明没有", calculation=found, evidence=tuple(places) or (_place(disclosure),),
    )  # fmt: skip


def _place(disclosure: Disclosure) -> Evidence:
    """Where a reader would look: the last heading about 其他 or 说明, else the first line of the file."""
    document, after = disclosure.document, disclosure.contents.last if disclosure.contents else 0
    headings = [s for s in document.sections if s.span.line > after and s.level <= 2]
    other = [s.span.line for s in headings if re.search(r"其他.{0,4}(?:事项|情况|说明)", normalise(s.title))]
    shown = other or [s.span.line for s in headings if "说明" in s.title]
    return evidence(document, shown[-1] if shown else next(n for n, line in enumerate(disclosure.plain, 1) if line))


CHECK = Check("statements_present", TopicsParameters, run)
