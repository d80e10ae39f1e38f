"""得分与分值: points of the kinds told in a sentence (执行率9.6分、产出48分 …，总分94.6分) against their sum."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.checks.base import Check, Parameters
from assistant.checks.evaluated import said, torn
from assistant.document import Paragraph
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Verdict
from assistant.indicators.meeting import lost_digits
from assistant.indicators.model import Points
from assistant.indicators.stated import points_at
from assistant.indicators.words import plain_text
from assistant.quantities import format_number
from assistant.rules import Rule

_KIND = r"(?:预算|资金)?执行(?:率|情况)?|产出|效益|效果|满意度|成本|投入|过程|决策|管理|履职(?:效能)?|项目绩效"
_ITEM = (
    rf"(?:项目|绩效|服务对象)?(?P<kind>{_KIND})(?:指标|部分|目标)?(?:得分|自评|分值|权重|设置|占|为|是|得|[:：])*\s*"
)
_POINTS = re.compile(_ITEM + r"(?P<n>\d{1,3}(?:\.\d{1,2})?)\s*分")
_TOTAL = re.compile(
    r"(?P<word>总得?分|合计|总计|共计|综合得分|自评得分|最终得分|满分)(?:得分|为|是|[:：])*\s*(?P<n>\d{2,3}(?:\.\d{1,2})?)\s*分"
)
_BRACKET = re.compile(r"[（(][^（）()]*[）)]")
FEWEST = 3
"""Kinds that a sentence must give points for."""


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Sentences that give points to three kinds or more, and their sum before (其中) or behind them."""
    ran = False
    for paragraph in facts.document.paragraphs:
        if "分" in paragraph.text and ("效益" in paragraph.text or "产出" in paragraph.text):
            for outcome in _sentences(facts, rule, paragraph):
                ran = True
                yield outcome
    if not ran:
        raise NotApplicableError("没有在一句中写明各类得分及总分")


def _sentences(facts: Facts, rule: Rule, paragraph: Paragraph) -> Iterator[Outcome]:
    text = _BRACKET.sub(
        lambda m: m[0] if "其中" in m[0] or "产出" in m[0] else " " * len(m[0]), plain_text(paragraph.text)
    )
    for sentence in re.finditer(r"[^。]+", text):
        items = list(_POINTS.finditer(text, sentence.start(), sentence.end()))
        if len(items) < FEWEST or len({item["kind"] for item in items}) != len(items):
            continue
        total = _total(text, sentence.start(), sentence.end(), items)
        if total is not None:
            yield _sum(facts, rule, paragraph, items, total)


def _total(text: str, start: int, end: int, items: list[re.Match[str]]) -> re.Match[str] | None:
    """The one total of a sentence; 满分 only where the items are weights too, that is, where no other total is told."""
    found = [m for m in _TOTAL.finditer(text, start, end) if not any(i.start() <= m.start() < i.end() for i in items)]
    sums = [m for m in found if m["word"] != "满分"]
    chosen = sums or (found if not re.search("得分", text[start:end]) else [])
    return chosen[0] if len(chosen) == 1 else None


def _sum(facts: Facts, rule: Rule, paragraph: Paragraph, items: list[re.Match[str]], total: re.Match[str]) -> Outcome:
    parts = [p for item in items if (p := _points(paragraph, item)) is not None]
    whole = _points(paragraph, total)
    assert whole is not None
    exact = sum((part.figure.value for part in parts), Decimal(0))
    cut = any(torn(facts, part) for part in (whole, *parts)) or lost_digits(whole.figure.value, exact)
    verdict = Verdict.AGREE if whole.figure.value == exact else Verdict.UNCLEAR if cut else Verdict.DISAGREE
    terms = " + ".join(format_number(part.figure.value) for part in parts)
    return said(
        rule, verdict, f"“{total['word']}”", (whole, *parts), stated=f"{format_number(whole.figure.value)}分",
        expected=f"{format_number(exact)}分", calculation=f"{terms} = {format_number(exact)}",
    )  # fmt: skip


def _points(paragraph: Paragraph, match: re.Match[str]) -> Points | None:
    return points_at(paragraph, match.start("n"), match.end("n"))


CHECK = Check("points_prose", Parameters, run)
