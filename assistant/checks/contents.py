"""目录: what it announces and the text does not have; headings that differ from it in number or are not in it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from assistant.announced import absent
from assistant.checks.base import Check, Parameters
from assistant.checks.evidence import place_evidence
from assistant.disclosure import Announced, Contents
from assistant.document import Document, Section, Span
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Evidence, Outcome, Verdict
from assistant.rules import Rule
from assistant.text import chinese, clean, squeeze

MOST_MISSING = 3
"""An entry or three may have been forgotten; if more are not there, the file holds only a part of the report."""


class ContentsParameters(Parameters):
    """``topics``: words that name what a part is about; any of them at the head of a line shows that the part is there."""

    topics: tuple[str, ...] = ()


def announced(facts: Facts) -> Contents:
    """The 目录, where the text after it is a narrative. Raises ``NotApplicableError``."""
    contents, document = facts.disclosure().contents, facts.document
    if contents is None:
        raise NotApplicableError("没有目录")
    prose = sum(1 for p in document.paragraphs if p.segments[0].line > contents.last and len(p.text) > 40)
    if prose < 5:
        raise NotApplicableError("目录之后没有正文叙述")
    return contents


def evidence(document: Document, line: int) -> Evidence:
    """The evidence for a line of the file as a whole."""
    text = document.lines[line - 1]
    start = len(text) - len(text.lstrip("#*>- \t　"))
    end = len(text.rstrip())
    return place_evidence(document, Span(line, start, end))


def run_missing(facts: Facts, rule: Rule, parameters: ContentsParameters) -> Iterator[Outcome]:
    """One outcome: everything that the 目录 announces is there, or what is not."""
    document, contents = facts.document, announced(facts)
    missing = absent(facts.disclosure(), contents, parameters.topics)
    titles = "、".join(f"“{entry.title}”" for entry in missing)
    if not missing:
        yield Outcome(rule.code, Verdict.AGREE, "目录所列内容")
        return
    verdict = Verdict.DISAGREE if len(missing) <= MOST_MISSING else Verdict.UNCLEAR
    detail = "" if verdict is Verdict.DISAGREE else "目录的多数条目在文件中找不到，可能只有报告的一部分"
    yield Outcome(
        rule.code, verdict, titles if len(missing) <= MOST_MISSING else f"目录的 {len(missing)} 项内容", stated=titles,
        expected="正文有相应的标题和内容", calculation=f"目录共 {len(contents.entries)} 项，正文未见 {len(missing)} 项",
        detail=detail, evidence=tuple(evidence(document, entry.line) for entry in missing),
    )  # fmt: skip


def run_numbers(facts: Facts, rule: Rule, _: ContentsParameters) -> Iterator[Outcome]:
    """One outcome for all headings that carry another number than their entry in the 目录."""
    document, contents = facts.document, announced(facts)
    body = [section for section in document.sections if section.span.line > contents.last]
    named: dict[tuple[int, str], list[Section]] = defaultdict(list)
    for heading in body:
        named[heading.level, _words(heading.title)].append(heading)
    pairs = [(entry, section) for entry in contents.entries if (section := _same(entry, named)) is not None]
    wrong = [(e, s) for e, s in pairs if _plain(e.number) != _plain(s.number) and s.number]
    if not pairs:
        raise NotApplicableError("正文标题与目录对应不上")
    if not wrong:
        yield Outcome(rule.code, Verdict.AGREE, "目录与正文的标题编号")
        return
    told = "；".join(f"目录“{clean(e.title)}”，正文“{s.title}”" for e, s in wrong)
    yield Outcome(
        rule.code, Verdict.DISAGREE, "目录与正文的标题编号", stated=told, expected="编号一致", calculation=told,
        evidence=tuple(evidence(document, line) for e, s in wrong for line in (e.line, s.span.line)),
    )  # fmt: skip


def _same(entry: Announced, named: Mapping[tuple[int, str], list[Section]]) -> Section | None:
    """The one heading of an entry's depth with just its words."""
    name = _words(entry.title)
    found = named.get((entry.level, name), []) if entry.level <= 2 and len(name) > 4 else []
    return found[0] if len(found) == 1 and entry.number else None


def _words(title: str) -> str:
    bare = re.sub(r"^\W*[第（(]?[一二三四五六七八九十]+(?:部分|[、.．)）])", "", title)
    return chinese(squeeze(bare))


def _plain(number: str) -> str:
    return re.sub(r"[^一二三四五六七八九十\d]", "", number)


MISSING = Check("contents", ContentsParameters, run_missing)
NUMBERS = Check("contents_numbers", ContentsParameters, run_numbers)
