"""数量分项: things counted after 其中 (车辆、团组、批次、人次) must not be more than their number, and where all are told make it up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from assistant.checks.base import Check, Parameters
from assistant.checks.headcount import count_figure
from assistant.checks.told import told
from assistant.document import Paragraph
from assistant.facts import Facts
from assistant.findings import Outcome, Severity, Verdict
from assistant.mentions import Mention, MentionKind, find_mentions
from assistant.rules import Rule
from assistant.text import chinese, normalise

_SAME = {"人次": "人", "名": "人", "批次": "批", "辆次": "辆"}
"""Unit words that count the same things within one list."""

_OPENER = re.compile(r"其中|包括|分别(?:为|是)|分为|结果为|[(]")
_BROKEN = re.compile(r"其中|包括|含|占|增|减|上年|去年|均|平均|共|合计|累计|总数|预算|目标|指标|20\d\d")
"""Words before a part that make it the whole of another list, or a number of another kind."""

_NEAR = 30
"""Characters between a number and the words that open its list."""


class TallyParameters(Parameters):
    """``units``: unit words of things that can be added up; ``full``: words of wholes whose kinds are always all told (车辆); ``open_end``: words that leave a list open."""

    units: tuple[str, ...]
    full: tuple[str, ...]
    open_end: tuple[str, ...] = ()


def run(facts: Facts, rule: Rule, parameters: TallyParameters) -> Iterator[Outcome]:
    """Each count with the list that 其中, 分别为 or a bracket opens behind it."""
    for index, paragraph in enumerate(facts.document.paragraphs):
        text = normalise(paragraph.text)
        if not _OPENER.search(text):
            continue
        counts = [m for m in find_mentions(text) if m.kind is MentionKind.COUNT and m.word in parameters.units]
        for at, whole in enumerate(counts):
            opener = _opened(text, counts, at)
            if opener is not None:
                parts = _parts(text, counts[at + 1 :], whole, opener)
                if len(parts) > 1 and all(m.checkable for m in (whole, *parts)):
                    yield from _judge(rule, parameters, paragraph, index, counts, whole, opener, parts)


def _unit(mention: Mention) -> str:
    return _SAME.get(mention.word, mention.word)


def _opened(text: str, counts: Sequence[Mention], at: int) -> re.Match[str] | None:
    """The words that open a list right behind a count, with no other count of the same kind and no money between."""
    whole = counts[at]
    opener = _OPENER.search(text, whole.end, whole.end + _NEAR)
    if opener is None:
        return None
    between = text[whole.end : opener.start()]
    other = any(_unit(m) == _unit(whole) and m.start < opener.start() for m in counts[at + 1 :])
    ended = re.search(r"[。;].", between) or re.search(r"元|%", between)
    return None if other or ended or (opener[0] == "(" and between.strip()) else opener


def _parts(text: str, following: Sequence[Mention], whole: Mention, opener: re.Match[str]) -> list[Mention]:
    """The counts of the same things up to the end of the list; none where a part is itself the whole of a list."""
    stop = ")" if opener[0] == "(" else "。"
    end = text.find(stop, opener.end())
    end = len(text) if end < 0 else end
    parts: list[Mention] = []
    inner = [(m.start(), m.end()) for m in re.finditer(r"\([^()]*\)", text) if m.start() >= opener.end()]
    for mention in following:
        if mention.start >= end:
            break
        if any(a < mention.start < b for a, b in inner):
            continue  # 新建 5 个（校舍 3 个、食堂 2 个）: parts of a part
        if mention.start < opener.end() or _unit(mention) != _unit(whole):
            continue
        label = text[parts[-1].end if parts else opener.end() : mention.start]
        if _BROKEN.search(label):
            return []
        if not parts and re.search(r"[。;,]\s*\S", label.lstrip(":, ")):
            return []
        if len(parts) > 1 and ";" in label and ";" not in text[opener.end() : parts[-1].start]:
            break  # 其中：行政 21 人，事业 17 人；离退休 12 人: what stands behind the list is no part of it
        parts.append(mention)
    return parts


def _judge(
    rule: Rule, parameters: TallyParameters, paragraph: Paragraph, index: int, counts: Sequence[Mention],
    whole: Mention, opener: re.Match[str], parts: Sequence[Mention],
) -> Iterator[Outcome]:  # fmt: skip
    text = normalise(paragraph.text)
    begin = max(text.rfind(mark, 0, whole.start) for mark in "。;") + 1
    full = any(word in text[begin : whole.start] for word in parameters.full)
    sums = list(accumulate(m.quantity.value for m in parts))
    if whole.quantity.value in sums[1:] and not full:
        parts = parts[: sums.index(whole.quantity.value, 1) + 1]  # what follows is told beside the list
    total, stated = sum(m.quantity.value for m in parts), whole.quantity.value
    inside = text[opener.start() : parts[-1].end + 4]
    numbered = any(
        m.quantity.value == len(parts) and m.end > begin for m in counts if m.end <= opener.start() and m is not whole
    )
    told_all = (numbered or opener[0] in ("(", "分别为", "分别是")) and not any(
        w in inside for w in parameters.open_end
    )
    severity: Severity | None = "warning"
    if total == stated:
        verdict = Verdict.AGREE
    elif full:
        verdict, severity = Verdict.DISAGREE, None
    else:
        over = _alike(text, opener, parts) or max(m.quantity.value for m in parts) > stated
        if not (over if total > stated else told_all):
            return
        verdict = Verdict.DISAGREE
    shown = f"{total}{whole.word}"
    subject = "车辆总数" if full else f"“{_named(text[begin : whole.start])}”的数量"
    yield told(
        rule, verdict, subject, [count_figure(paragraph, index, 0, m) for m in (whole, *parts)], expected=shown,
        calculation="＋".join(str(m.quantity.value) for m in parts) + f" ＝ {total}", severity=severity,
    )  # fmt: skip


def _alike(text: str, opener: re.Match[str], parts: Sequence[Mention]) -> bool:
    """Whether the parts are kinds side by side (出访团、培训团; “优”的、“良”的): their names end alike."""
    ends = [opener.end(), *(part.end for part in parts)]
    names = [
        re.split(r"[,;、]", text[end : part.start].rstrip("为是有共: "))[-1]
        for end, part in zip(ends, parts, strict=False)
    ]
    return len({name[-1:] for name in names}) == 1 and len(set(names)) == len(names) and bool(names[0])


def _named(before: str) -> str:
    """The last words before a number, to cite it by."""
    return chinese(re.split(r"[,、:(]", before)[-1])[-16:] or "所列"


CHECK = Check("tally", TallyParameters, run)
