"""应当说明的事项: 机关运行经费, 政府采购, 国有资产, 绩效 and the like are spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.base import Check, Parameters
from assistant.checks.contents import evidence
from assistant.disclosure import TABLE_NAME, Announced, Disclosure
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Evidence, Outcome, Severity, Verdict
from assistant.rules import Rule
from assistant.text import clean, normalise, squeeze
from assistant.topics import Hole, holes, is_stated, item_stated, read_blocks

_INSTITUTION = re.compile(r"(?<![所下])(?:为|是|系|属于)[^。;\n]{0,24}事业单位")


class Topic(Parameters):
    """Something a report speaks of: its name, words (patterns) that name it, how bad it is if it does not.

    ``items``: where the name is nowhere, two of these spoken of will do. ``anywhere``: the words alone will do. ``bodies``
    limits it to bodies whose name ends in one of these; ``since`` to reports from that year on. ``before``: what usually
    follows it; a number left out just before that shows that it was there once, whatever the body and the year.
    """

    name: str
    words: tuple[str, ...]
    items: tuple[str, ...] = ()
    anywhere: bool = False
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
    blocks = read_blocks(disclosure)
    told = {e.line for outcome in facts.outcomes if outcome.verdict is Verdict.DISAGREE for e in outcome.evidence}
    for topic in parameters.topics:
        words = "|".join(topic.words)
        if re.search(words, text) is not None if topic.anywhere else is_stated(blocks, words):
            yield Outcome(rule.code, Verdict.AGREE, topic.name)
            continue
        hole = next((h for h in holes(disclosure) if any(re.search(word, h.after.name) for word in topic.before)), None)
        partly = sum(item_stated(blocks, item) for item in topic.items) >= 2
        if partly and hole is None:
            yield Outcome(rule.code, Verdict.AGREE, topic.name)
            continue
        required = (facts.document.year or 0) >= topic.since and _is_body(disclosure, topic.bodies, text)
        listed = _listed(disclosure, words)
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
    return Outcome(
        rule.code, Verdict.DISAGREE, topic.name, severity="warning" if hole else topic.severity, stated="没有说明",
        expected=f"说明{topic.name}{'总额' if partly else ''}，没有的写明没有", calculation=found, evidence=tuple(places) or (_place(disclosure),),
    )  # fmt: skip


def _listed(disclosure: Disclosure, words: str) -> Announced | None:
    """The entry of the 目录 for a topic; tables are no statements."""
    entries = disclosure.contents.entries if disclosure.contents else ()
    named = ((e, squeeze(e.title)) for e in entries)
    return next((e for e, title in named if re.search(words, title) and not TABLE_NAME.search(title)), None)


def _is_body(disclosure: Disclosure, endings: tuple[str, ...], text: str) -> bool:
    """Whether a topic for some bodies is one for this: an office, by its name, and no institution, by what it says."""
    institution = _INSTITUTION.search(text) or ("事业运行" in text and "行政运行" not in text)
    if not endings or institution:
        return not endings
    return re.sub(r"\(.*?\)$|(?:本级|机关|汇总)$", "", normalise(disclosure.document.organisation)).endswith(endings)


def _place(disclosure: Disclosure) -> Evidence:
    """Where a reader would look: the last heading about 其他 or 说明, else the first line of the file."""
    document, after = disclosure.document, disclosure.contents.last if disclosure.contents else 0
    headings = [s for s in document.sections if s.span.line > after and s.level <= 2]
    other = [s.span.line for s in headings if re.search(r"其他.{0,4}(?:事项|情况|说明)", normalise(s.title))]
    shown = other or [s.span.line for s in headings if "说明" in s.title]
    return evidence(document, shown[-1] if shown else next(n for n, line in enumerate(disclosure.plain, 1) if line))


CHECK = Check("statements_present", TopicsParameters, run)
