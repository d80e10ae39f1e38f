"""级次用语: words of another level of government where a report speaks of itself (省级财政当年拨付 in a district's report)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.base import Check, Parameters
from assistant.checks.prose import collected
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Verdict
from assistant.passages import Place, joined
from assistant.rules import Rule
from assistant.text import squeeze

_WORD = "(中央|省|自治区|市|区|县|旗|乡镇|乡|镇|街道)(?:本级|级|直)"
_FUNDS = "(?:财政拨款|一般公共预算|政府性基金|国有资本经营预算)(?:预算)?(?:财政)?(?:拨款)?(?:[(]补助[)])?(?:收入)?"
_OF_ITSELF = re.compile(
    rf"{_FUNDS}[”\"]?\s*:?\s*(?:是?指|反映)(?:单位|部门|本部门|本单位)?(?:从)?{_WORD}(?:一般公共预算|部门预算)?财政"
    rf"|纳入{_WORD}(?:财政)?(?:预决算|部门预算|部门决算|预算|决算)管理的?[“\"]?三公"
    rf"|在{_WORD}部门(?:预算|决算)中(?:反映|公开)"
    rf"|为{_WORD}财政当年拨付的?资金"
)
_UNITS = re.compile(r"[^省市区县旗州盟镇乡()（）\s]{2,9}?(省|自治区|特别行政区|市|区|县|旗|州|盟|镇|乡|街道)")
_OTHER_PURSE = re.compile(
    r"法院|检察院|税务|海关|监狱|戒毒|公安|管理委员会|管委会|开发区|新区|分局|分院|支队|监管局|气象|地震|统计局"
)
"""Bodies that another level may pay (省以下垂直管理, 人财物省级统管) or whose level the name does not tell."""

MUNICIPALITIES = ("北京", "上海", "天津", "重庆")
_ALLOWED = {
    "省": frozenset({"省"}),
    "自治区": frozenset({"自治区"}),
    "直辖市": frozenset({"市", "省"}),
    "市": frozenset({"市", "县"}),
    "区": frozenset({"区"}),
    "县": frozenset({"县"}),
    "旗": frozenset({"旗"}),
}
"""The level words that a body of a level may use of itself; a 市 may be one of the county level."""


def level_of(organisation: str) -> str:
    """The level of government a body belongs to by its name; empty where the name does not tell."""
    name = re.sub(r"^中共|[(（].*", "", squeeze(organisation))
    if not name or _OTHER_PURSE.search(name):
        return ""
    found = [match[1] for match in _UNITS.finditer(name[:18])]
    if not found:
        return name[0] if name[0] in "省市区县旗" else ""
    last = found[-1]
    if last == "市" and len(found) == 1 and name.startswith(MUNICIPALITIES):
        return "直辖市"
    return last if last in _ALLOWED and found.count(last) == 1 else ""


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Collect phrases in which the report names its own budget, department or funds by another level's word."""
    level = level_of(facts.document.organisation)
    if not level:
        raise NotApplicableError("不能从单位名称确定其级次")
    wrong: dict[str, list[Place]] = {}
    right = False
    prose = joined(facts.document, "paragraph", "heading")
    for match in _OF_ITSELF.finditer(prose.text):
        word = next(group for group in match.groups() if group)
        place = prose.place(match.start(), match.end())
        if place is None:
            continue
        if word in _ALLOWED[level]:
            right = True
        else:
            wrong.setdefault(word, []).append(place)
    own = "市级" if level == "直辖市" else f"{level}级"
    for word, places in wrong.items():
        yield collected(rule, f"“{word}级”", places, expected=own, detail=f"单位名称为“{facts.document.organisation}”")
    if right and not wrong:
        yield Outcome(rule.code, Verdict.AGREE, "级次用语")


CHECK = Check("level_words", Parameters, run)
