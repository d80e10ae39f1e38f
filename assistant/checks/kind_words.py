"""文种用语: headings that call the report another kind than its title does (部门/单位, 预算/决算)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from assistant.checks.base import Check, Parameters
from assistant.checks.prose import collected
from assistant.document import Kind
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Verdict
from assistant.passages import Place, joined
from assistant.rules import Rule
from assistant.text import normalise

_NAMED = re.compile(r"(?<!所属)(部门|单位)(预算|决算)(?=(?:公开)?(?:表|报表|情况说明|公开情况))")
_SCOPE = re.compile(r"(部门|单位)(预算|决算)(?=编制范围)")
"""In the text: what the bodies that are told are put together for."""

_TITLE = re.compile(r"(部门|单位)(预算|决算)")


class KindWordsParameters(Parameters):
    """``words``: whose accounts they are (部门, 单位), or what kind (预算, 决算)."""

    words: Literal["body", "kind"]


def run(facts: Facts, rule: Rule, parameters: KindWordsParameters) -> Iterator[Outcome]:
    """Compare the words in the headings with those of the title."""
    document = facts.document
    titles = set(_TITLE.findall(re.sub(r"\s", "", normalise(document.title))))
    both = "预算" in document.title and "决算" in document.title
    if both or document.kind is Kind.OTHER or (parameters.words == "body" and len(titles) != 1):
        raise NotApplicableError("标题没有写明文种")
    own = (
        next(iter(titles))[0]
        if parameters.words == "body"
        else "决算" if document.kind is Kind.FINAL_ACCOUNTS else "预算"
    )  # fmt: skip
    found: dict[str, list[Place]] = {}
    if parameters.words == "kind":
        prose = joined(document, "paragraph")
        for match in _SCOPE.finditer(prose.text):
            if (place := prose.place(match.start(), match.end())) is not None:
                found.setdefault(match[2], []).append(place)
    prose = joined(document, "heading")
    for match in _NAMED.finditer(prose.text):
        word = match[1] if parameters.words == "body" else match[2]
        line = prose.text[prose.text.rfind("\n", 0, match.start()) + 1 : match.end() + 12].split("\n")[0]
        if parameters.words == "kind" and "预算" in line and "决算" in line:
            continue  # 部门预算执行及决算情况: both are meant
        place = prose.place(match.start(), match.end())
        if place is not None:
            found.setdefault(word, []).append(place)
    wrong = [place for word, places in found.items() if word != own for place in places]
    if wrong:
        other = next(word for word in found if word != own)
        alone = (
            parameters.words == "body" and own not in found
        )  # no heading agrees with the title: it may be the wrong one
        yield collected(
            rule, f"“{other}”", wrong, expected=own, detail=f"标题为“{document.title}”",
            verdict=Verdict.UNCLEAR if alone and f"本{own}" not in "".join(document.lines) else Verdict.DISAGREE,
        )  # fmt: skip
    elif found:
        yield Outcome(rule.code, Verdict.AGREE, "标题用语")


CHECK = Check("kind_words", KindWordsParameters, run)
