"""单位名称: the body's own name, or its short form, written with a character too many, too few or wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.checks.base import Check, Parameters
from assistant.checks.evidence import place_evidence
from assistant.checks.prose import collected_evidence
from assistant.document import Span
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Evidence, Outcome, Verdict
from assistant.passages import plain_lines
from assistant.rules import Rule
from assistant.spelling import KINDS, stretches
from assistant.text import squeeze

_DROP = re.compile(r"(?:及|和)?(?:所属|下属|二级)(?:事业)?单位.*$|(?:汇总|本级|机关本级)$|^中共")
_PLACE = re.compile(
    r"^(?:[^省市州盟区县旗镇乡]{1,8}?(?:省|自治区|市|州|盟|区|县|旗|镇|乡))(?:[^省市州盟区县旗镇乡]{2,8}?(?:市|州|盟|区|县|旗|镇|乡))*(?=.{5,})"
)
_SHORT = re.compile(r"以下简称[:：]?\s*[“\"]?([一-鿿]{4,8}?)[”\")）]")
_AFTER = re.compile(
    r"(?:在|已|按|将|对|于|高度|认真|积极|严格|坚持|进一步|持续|组织|开展|结合|根据|共有|部门|整体|年初|为)"
)
LEAST = 6
"""Characters of a name without its place: in a shorter one a character's difference proves nothing."""

OFTEN = 3
"""A short form that the report uses so often is its own; another spelling that it uses as often is meant."""


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Look on every line for what is nearly one of the body's names."""
    names = [_DROP.sub("", squeeze(part)) for part in re.split(r"[()（）]", facts.document.organisation)]
    places = [(name, place[0] if (place := _PLACE.match(name)) else "") for name in names]
    wanted = [(_own(place), name[len(place) :]) for name, place in places if place and len(name) - len(place) >= LEAST]
    if not wanted and not any(len(name) > LEAST for name in names):
        raise NotApplicableError("没有可以比对的单位名称")
    lines = plain_lines(facts.document)
    found: dict[tuple[str, str], list[Evidence]] = {}
    for number, line in enumerate(lines, start=1):
        for own, core in wanted:
            if own in line and (core[: len(core) // 2] in line or core[-(len(core) // 2) :] in line):
                for start, end, text in stretches(line, own, core):
                    found.setdefault((text, core), []).append(place_evidence(facts.document, Span(number, start, end)))
        for name, at in places:
            half = len(name) // 2
            if len(name) > LEAST and line.count(name) < max(line.count(name[:half]), line.count(name[-half:])):
                for start, end, text in stretches(line, "", name):
                    other = len(text) == len(name) and text[: len(at)] != at and sorted(text) != sorted(name)
                    told = any(text.endswith(known) for known, _ in found)
                    if not other and not told:  # another place's body of the same name
                        found.setdefault((text, name), []).append(
                            place_evidence(facts.document, Span(number, start, end))
                        )
    text_of_all = "\n".join(lines)
    for short in dict.fromkeys(_SHORT.findall(text_of_all)):
        for number, start, text in _near_short(lines, short) if text_of_all.count(short) >= OFTEN else ():
            found.setdefault((text, short), []).append(
                place_evidence(facts.document, Span(number, start, start + len(text)))
            )
    whole = re.sub(r"[^\S\n]", "", text_of_all)
    for (text, name), evidence in found.items():
        if whole.count(text) <= whole.count(name):  # else the name that was read for the body is the odd one
            yield collected_evidence(rule, f"“{text}”", text, evidence, expected=name)
    if not found:
        yield Outcome(rule.code, Verdict.AGREE, "单位名称")


def _own(place: str) -> str:
    """The last unit of a place: 曲水区 of 某某市曲水区."""
    return re.sub(r"^.*(?=.{2}[省市州区县旗镇乡]$)", "", place)


def _near_short(lines: Sequence[str], short: str) -> Iterator[tuple[int, int, str]]:
    """The short form with another last character, used as the body that acts, in a report that else writes it rightly."""
    stem, last = short[:-1], short[-1]
    pattern = re.compile(rf"(?:年度|由|经|,|。|^){re.escape(stem)}([一-鿿])(?={_AFTER.pattern})")
    holding = ((number, line) for number, line in enumerate(lines, start=1) if stem in line)
    matches = [(number, match) for number, line in holding for match in pattern.finditer(line)]
    others = [(number, match) for number, match in matches if match[1] != last and match[1] not in KINDS]
    if len(others) < OFTEN:
        yield from ((number, match.start(1) - len(stem), stem + match[1]) for number, match in others)


CHECK = Check("own_name", Parameters, run)
