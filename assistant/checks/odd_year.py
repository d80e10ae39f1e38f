"""年度不一: a year that differs from the one which the report's other sentences or headings of the same form have."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.checks.base import Check, Parameters
from assistant.checks.prose import collected
from assistant.checks.years import FAR, report_year, told_of
from assistant.document import Document
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.passages import Place, joined
from assistant.rules import Rule

FEWEST = 2
"""Other sentences of the same form that there must be, and three times as many as differ."""

_YEAR = re.compile(r"(?<![\d〔\[(（《-])(20\d\d)\s?年(?!\s?[-—~～至到、和及]\s?20)(度?)")
_BEFORE = re.compile(r"(?:[^\s,，。;；:：、()（）\"“”《》\d]{1,3})$")
_AFTER = re.compile(r"\s?([一-鿿“”\"]{2,6})")
_COMPARES = re.compile(r"[与比较同]$")
_YEARS, _BASES = re.compile(r"20\d\d(?=\s?年)"), re.compile(r"(?<=[与比较同])\s?(20\d\d)(?=\s?年)")
_AMOUNT = re.compile(r"元,?[与比较同]\s?$")
_LOOKS_BACK = re.compile(r"上年|上一年|去年|历年|往年|回顾|分别|近[两三]年|规划|期间|《[^》]*$")


@dataclass(frozen=True, slots=True)
class _Told:
    """A year and where it stands, the other years of its sentence, and whether that looks back or lists several years."""

    year: int
    place: Place
    others: frozenset[int]
    aside: bool


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Collect the years that are off by one to three where the others of the same form agree."""
    document, year = facts.document, report_year(facts, known_kind=True)
    forms: dict[tuple[str, str], list[_Told]] = defaultdict(list)
    for form, each in _sentences(document):
        forms[form].append(each)
    wrong: dict[tuple[int, str], list[Place]] = defaultdict(list)
    lines = {other: told_of(facts, other) for other in range(year - 1, year + 1)}
    for key, found in forms.items():
        usual, count = Counter(told.year for told in found).most_common(1)[0]
        base = _COMPARES.search(key[0]) is not None
        if usual not in ((year - 1,) if base else (year, year - 1)) or count < max(FEWEST, 3 * (len(found) - count)):
            continue
        for told in found:
            off = 0 < abs(told.year - usual) <= FAR and usual not in told.others
            if off and (base or not told.aside) and told.place.span.line not in lines[usual]:
                wrong[usual, f"{key[0]}{told.year}年{key[1]}"].append(told.place)
    for (usual, words), places in sorted(wrong.items()):
        detail = f"报告中同类表述均为 {usual} 年"
        yield collected(rule, f"“{words}”", places, expected=f"{usual}年", detail=detail)
    if forms and not wrong:
        yield Outcome(rule.code, Verdict.AGREE, "同类表述的年度")


def _sentences(document: Document) -> Iterator[tuple[tuple[str, str], _Told]]:
    """Every year of the text with the words before and after it, which are its form."""
    prose = joined(document, "paragraph", "note")
    for match in _YEAR.finditer(prose.text):
        after = _AFTER.match(prose.text, match.end())
        place = prose.place(match.start(), match.end())
        if after is None or place is None:
            continue
        line = prose.text.rfind("\n", 0, match.start()) + 1
        paragraph = place.passage.text
        start = max(paragraph.rfind("。", 0, place.start) + 1, 0)
        sentence = paragraph[start:].split("。")[0]
        before = _BEFORE.search(prose.text[line : match.start()])
        section = document.sections[: place.passage.section][-1:] if place.passage.kind == "paragraph" else ()
        aside = _LOOKS_BACK.search(sentence) or any(match[1] in each.title for each in section)
        listed = len(re.findall(rf"20\d\d\s?年度?\s?{re.escape(after[1])}", sentence)) > 1
        compared = _COMPARES.search(before[0]) if before else None  # only what it is also compared with counts
        if compared and _AMOUNT.search(prose.text[line : match.start()]):
            sentence = sentence[place.start - start :].split(",")[0]  # an amount of its own goes before
        others = frozenset(map(int, (_BASES if compared else _YEARS).findall(sentence))) - {int(match[1])}
        told = _Told(int(match[1]), place, others, bool(aside) or listed)
        yield (before[0] if before else "", match[2] + after[1]), told


CHECK = Check("odd_year", Parameters, run)
