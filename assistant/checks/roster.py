"""机构数: 内设五个科室：甲科、乙科 … — the number told against the names listed in the same sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.base import Check, Parameters
from assistant.checks.evidence import text_evidence
from assistant.document import Paragraph
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.rules import Rule
from assistant.text import normalise

_DIGITS = {c: n for n, c in enumerate("一二三四五六七八九", start=1)} | {"两": 2}
_NUMBER = r"(?P<number>\d{1,2}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])\s*(?:个|家)"
_BRACKET = re.compile(r"\([^()]*\)")
_COUNTED = re.compile(rf"(?<![第\d.]){_NUMBER.replace('?P<number>', '?:')}")
_JOIN = re.compile(r"[和及与]|以及")
_FEWEST = 2
_LONGEST_NAME = 30


class RosterParameters(Parameters):
    """``verbs`` open a list of bodies, ``kinds`` are what is counted, ``endings`` the last characters of a body's name.

    ``itself`` are endings of the body's own name, which a list of units may tell beside those counted; ``open_end`` leave a list open.
    """

    verbs: tuple[str, ...]
    kinds: tuple[str, ...]
    endings: tuple[str, ...]
    itself: tuple[str, ...]
    open_end: tuple[str, ...]


def run(facts: Facts, rule: Rule, parameters: RosterParameters) -> Iterator[Outcome]:
    """Sentences that tell one number of bodies and list their names before or behind it."""
    verbs, kinds = "|".join(parameters.verbs), "|".join(parameters.kinds)
    before = re.compile(
        rf"(?:{verbs}|{kinds})[^。;,:\d]{{0,12}}?{_NUMBER}[^。;,:\d、]{{0,12}}[,(]?\s*"
        rf"(?:分别(?:为|是)|具体(?:为|是|包括)|即|包括|为|是)?\s*:?\s*(?P<names>[^。;:\d]+)"
    )
    behind = re.compile(
        rf"(?:{verbs})\s*:?\s*(?P<names>[^。;:\d]{{4,300}}?)(?P<open>等)?,?(?:共(?:计|有)?)?\s*{_NUMBER}\s*(?:{kinds})"
    )
    for paragraph in facts.document.paragraphs:
        text = normalise(paragraph.text)
        if "、" not in text or not _COUNTED.search(text):
            continue
        for sentence in re.finditer(r"[^。;\n]+", text):
            if len(_COUNTED.findall(_blank(sentence[0]))) == 1:
                match = behind.search(_blank(sentence[0])) or before.search(_blank(sentence[0]))
                if match is not None:
                    yield from _judge(rule, parameters, paragraph, sentence.start(), match)


def _blank(text: str) -> str:
    """The text with what stands in brackets blanked out, so that positions stay."""
    return _BRACKET.sub(lambda match: " " * len(match[0]), text)


def _judge(
    rule: Rule, parameters: RosterParameters, paragraph: Paragraph, offset: int, match: re.Match[str]
) -> Iterator[Outcome]:
    names = re.sub(r"\s", "", match["names"]).strip(",")
    items = [name for name in names.split("、") if name]
    if any(word in names for word in parameters.open_end) or match.groupdict().get("open") or len(items) < _FEWEST:
        return
    ended = tuple(parameters.endings)
    if not all(item.endswith(ended) and len(item) <= _LONGEST_NAME for item in items) or "," in names:
        return  # a name with a mark inside, or words that are no names
    least = len(items)
    most = least + sum(
        1 for item in items for join in _JOIN.finditer(item) if item[: join.start()].endswith(ended)
    )  # 甲中心和乙中心 may be two
    number = _number(match["number"])
    itself = "单位" in match[0] and any(item.endswith(tuple(parameters.itself)) for item in items)
    fits = least - itself <= number <= most + itself
    span = paragraph.span(offset + match.start("number"), offset + match.end("number"))
    torn = span.last_line != span.line
    whole = paragraph.span(offset + match.start("names"), offset + match.end("names"))
    shown = paragraph.text[offset + match.start("number") : offset + match.end("number")]
    counted = f"{least}个" if least == most else f"{least}至{most}个"
    yield Outcome(
        rule.code, Verdict.AGREE if fits else Verdict.UNCLEAR if torn else Verdict.DISAGREE, "机构个数", stated=f"{shown}个",
        expected=counted, calculation=f"列出的有：{'、'.join(items)}",
        evidence=(text_evidence(span, shown), text_evidence(whole, match["names"].strip())),
    )  # fmt: skip


def _number(text: str) -> int:
    """A number up to 99 in digits or in words."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS[text]
    return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)


CHECK = Check("roster", RosterParameters, run)
