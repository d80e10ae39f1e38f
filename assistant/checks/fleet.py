"""公务用车保有量: vehicles kept on fiscal appropriation are not more than the vehicles that the body has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.base import Check, Parameters
from assistant.checks.headcount import count_figure
from assistant.checks.told import told
from assistant.claims import Figure
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.mentions import find_mentions
from assistant.rules import Rule
from assistant.text import normalise

_WORDS = re.compile(r"保\s*有\s*量|共\s*有")


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """The 公务用车保有量 against the vehicles that the body says it has."""
    kept = _vehicles(facts, re.compile(r"(?:公务用?车|车辆).{0,6}保有量[^,。;\d]{0,8}$"))
    owned = _vehicles(facts, re.compile(r"共有(?:公务用?)?(?:车辆|车)[^,。;\d]{0,4}$"))
    if len(kept) != 1 or len(owned) != 1:
        return
    fewer = owned[0].mention.quantity.value < kept[0].mention.quantity.value
    yield told(
        rule, Verdict.DISAGREE if fewer else Verdict.AGREE, "公务用车保有量", (kept[0], owned[0]), expected=f"不大于 {owned[0].text}",
        calculation=f"保有量 {kept[0].text}，国有资产中共有车辆 {owned[0].text}",
    )  # fmt: skip


def _vehicles(facts: Facts, before: re.Pattern[str]) -> list[Figure]:
    found = []
    for index, paragraph in enumerate(facts.document.paragraphs):
        if "车" not in paragraph.text or not _WORDS.search(paragraph.text):
            continue
        text = normalise(paragraph.text)
        for mention in find_mentions(text):
            if mention.word == "辆" and not mention.torn and before.search(text[: mention.start].replace(" ", "")):
                found.append(count_figure(paragraph, index, 0, mention))
    return found


CHECK = Check("fleet", Parameters, run)
