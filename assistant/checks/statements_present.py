"""应当说明的事项: 机关运行经费, 政府采购, 国有资产, 绩效 and the like are spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.base import Check, Parameters
from assistant.checks.contents import evidence
from assistant.disclosure import narrative, read_contents, read_glossary, whole_report
from assistant.document import Document
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Evidence, Outcome, Severity, Verdict
from assistant.rules import Rule
from assistant.text import normalise

_INSTITUTION = re.compile(r"(?<![所下])(?:为|是|系|属于)[^。;\n]{0,24}事业单位")


class Topic(Parameters):
    """Something a report speaks of: its name, words of which any shows that it does, how bad it is if it does not.

    ``bodies`` limits it to bodies whose name ends in one of these; ``since`` to reports from that year on.
    """

    name: str
    words: tuple[str, ...]
    severity: Severity = "warning"
    bodies: tuple[str, ...] = ()
    since: int = 0


class TopicsParameters(Parameters):
    """The topics that this kind of report must speak of."""

    topics: tuple[Topic, ...]


def whole_text(document: Document) -> str:
    """The narrative of a whole report without 目录 and 名词解释. Raises ``NotApplicableError`` for an excerpt."""
    if not whole_report(document):
        raise NotApplicableError("不能确定是一份完整的报告，不判断缺少哪些说明")
    contents = read_contents(document)
    return narrative(document, contents, read_glossary(document, contents))


def run(facts: Facts, rule: Rule, parameters: TopicsParameters) -> Iterator[Outcome]:
    """Look for each topic's words; what the 目录 lists and the text lacks is told by another rule."""
    document = facts.document
    text = whole_text(document)
    contents = read_contents(document)
    listed = contents.entries if contents else ()
    for topic in parameters.topics:
        if (document.year or 0) < topic.since or (topic.bodies and not _is_body(document, topic.bodies, text)):
            continue
        if any(re.search(word, text) for word in topic.words):
            yield Outcome(rule.code, Verdict.AGREE, topic.name)
        elif not any(re.search(word, entry.title) for entry in listed for word in topic.words):
            yield Outcome(
                rule.code, Verdict.DISAGREE, topic.name, severity=topic.severity, stated="没有说明",
                expected=f"说明{topic.name}，没有的写明没有", calculation=f"全文未见“{topic.name}”的说明",
                evidence=(_place(document),),
            )  # fmt: skip


def _is_body(document: Document, endings: tuple[str, ...], text: str) -> bool:
    if _INSTITUTION.search(text):
        return False
    name = re.sub(r"\(.*?\)$|(?:本级|机关|汇总)$", "", normalise(document.organisation))
    return name.endswith(endings)


def _place(document: Document) -> Evidence:
    """Where a reader would look: the last heading about 其他 or 说明, else the first line of the file."""
    contents = read_contents(document)
    after = contents.last if contents else 0
    headings = [s for s in document.sections if s.span.line > after and s.level <= 2]
    other = [s for s in headings if re.search(r"其他.{0,4}(?:事项|情况|说明)", normalise(s.title))]
    shown = other or [s for s in headings if "说明" in s.title]
    if shown:
        return evidence(document, shown[-1].span.line)
    return evidence(document, next(n for n, line in enumerate(document.lines, 1) if line.strip("#*>- \t　")))


CHECK = Check("statements_present", TopicsParameters, run)
