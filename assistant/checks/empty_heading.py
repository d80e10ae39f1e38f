"""标题下没有内容: a heading of the narrative that the next one of its list follows at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.checks.base import Check, Parameters
from assistant.checks.contents import evidence
from assistant.checks.statements_present import whole_text
from assistant.disclosure import Disclosure
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Verdict
from assistant.numbered import Item, numbered_lists
from assistant.rules import Rule
from assistant.text import clean

_LEVELS = (2, 3)
_ANNOUNCES = re.compile(r"(?:情况|说明)(?:的说明)?[。.:]?$")
_SAYS = re.compile(r"无|没有|未|不涉及|不存在|\d[百千万亿]{0,2}元|见附|详见")
_PAGE = re.compile(r"[-—第]*\d{1,3}[-—页]*")


class EmptyHeadingParameters(Parameters):
    """``topics``: words of the headings that text must follow; a title without any of them may be an item of a list."""

    topics: tuple[str, ...]


def run(facts: Facts, rule: Rule, parameters: EmptyHeadingParameters) -> Iterator[Outcome]:
    """One outcome for all such headings; those that another rule has pointed at are left to it."""
    whole_text(facts)
    document, disclosure = facts.document, facts.disclosure()
    if any(re.search(r"扫描|图片|没有文字", problem.message) for problem in document.problems):
        raise NotApplicableError("有的页没有文字，不能判断标题下是否有内容")
    told = {e.line for outcome in facts.outcomes if outcome.verdict is Verdict.DISAGREE for e in outcome.evidence}
    wanted = _bare(disclosure, parameters.topics) - told
    headings = {section.span.line for section in document.sections}
    found: list[int] = []
    for items in numbered_lists(document) if wanted else ():
        lines = _empty([item for item in items if item.line in headings], disclosure)
        found += [line for line in lines if line in wanted]
    if not found:
        yield Outcome(rule.code, Verdict.AGREE, "各标题下的内容")
        return
    names = "、".join(f"“{clean(document.lines[line - 1]).lstrip('#*>- ')}”" for line in found)
    yield Outcome(
        rule.code, Verdict.DISAGREE, names, stated="没有内容", expected="有相应的说明，没有的写明没有",
        calculation="标题之后紧接下一个标题", evidence=tuple(evidence(document, line) for line in found),
    )  # fmt: skip


def _bare(disclosure: Disclosure, topics: Sequence[str]) -> set[int]:
    """The lines of headings that announce a statement and that another heading follows at once."""
    after = disclosure.contents.last if disclosure.contents else 0
    headings = [section for section in disclosure.document.sections if section.level in _LEVELS]
    return {
        first.span.line
        for first, second in pairwise(headings)
        if first.span.line > after
        and first.level == second.level
        and _nothing_between(first.span.line, second.span.line, disclosure)
        and _announces(disclosure.plain[first.span.line - 1], topics)
    }


def _empty(items: Sequence[Item], disclosure: Disclosure) -> Iterator[int]:
    """The lines of the headings of a list that nothing follows but the next one; none of several in a row: they only list titles."""
    bare = [_next_at_once(first, second, disclosure) for first, second in pairwise(items)]
    for at, is_bare in enumerate(bare):
        alone = not (at and bare[at - 1]) and not (at + 1 < len(bare) and bare[at + 1])
        if is_bare and alone and _has_text_after(items[at + 1].line, disclosure):
            yield items[at].line


def _next_at_once(first: Item, second: Item, disclosure: Disclosure) -> bool:
    goes_on = second.value == first.value + 1 and second.name != first.name
    return goes_on and _nothing_between(first.line, second.line, disclosure)


def _nothing_between(first: int, second: int, disclosure: Disclosure) -> bool:
    return all(not line or _PAGE.fullmatch(line) for line in disclosure.lines[first : second - 1])


def _has_text_after(line: int, disclosure: Disclosure) -> bool:
    return any(len(text) >= 10 for text in disclosure.lines[line : line + 8])


def _announces(title: str, topics: Sequence[str]) -> bool:
    announces = _ANNOUNCES.search(title) is not None and _SAYS.search(title) is None
    return announces and any(topic in title for topic in topics)


CHECK = Check("empty_heading", EmptyHeadingParameters, run)
