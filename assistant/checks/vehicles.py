"""车辆: the kinds of vehicles listed after 其中 must add up to their total."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.base import Check, Parameters
from assistant.checks.told import told
from assistant.claims import Figure
from assistant.document import Paragraph
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.mentions import Mention, find_mentions
from assistant.rules import Rule
from assistant.text import normalise

_AMONG = re.compile(r"其中|包括")


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Add up 辆 after 其中, up to the end of the sentence."""
    for index, paragraph in enumerate(facts.document.paragraphs):
        text = normalise(paragraph.text)
        among = _AMONG.search(text)
        if "车辆" not in text or among is None:
            continue
        found = [mention for mention in find_mentions(text) if mention.word == "辆"]
        before = [
            mention
            for mention in found
            if mention.end <= among.start() and "。" not in text[mention.end : among.start()]
        ]
        if not before or "车辆" not in text[: before[-1].start] or any(m.hedge or m.torn for m in found):
            continue
        end = next((text.find(mark, among.end()) for mark in "。" if mark in text[among.end() :]), len(text))
        parts = [mention for mention in found if among.end() <= mention.start < end]
        inner = _AMONG.search(text, among.end(), end)
        if len(parts) >= 2 and inner is None:
            yield _sum(rule, paragraph, index, before[-1], parts)


def _sum(rule: Rule, paragraph: Paragraph, index: int, whole: Mention, parts: list[Mention]) -> Outcome:
    def figure(mention: Mention) -> Figure:
        text = paragraph.text[mention.start : mention.end]
        return Figure(mention, index, paragraph.span(mention.start, mention.end), text, "count")

    total = sum(int(mention.quantity.value) for mention in parts)
    return told(
        rule, Verdict.AGREE if total == whole.quantity.value else Verdict.DISAGREE, "车辆总数", [figure(m) for m in (whole, *parts)],
        expected=f"{total}辆", calculation="＋".join(str(mention.quantity.value) for mention in parts) + f" ＝ {total}",
    )  # fmt: skip


CHECK = Check("vehicles", Parameters, run)
