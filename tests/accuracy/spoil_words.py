"""Errors in words: years, names, remains of the template, phrases told twice."""

from __future__ import annotations

import re

from drafts import Draft, Spoiler

_SUBJECT = re.compile(r"([一-鿿]{4,})(?=[（(](?:类|款|项)[）)])")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年度?[^，,。；]{0,14}(?:收入|支出|决算|预算|拨款|经费|结转))")


def year(draft: Draft) -> None:
    """The report's year is another one where an amount of it is told."""
    places = [
        (line, match)
        for line in draft.prose
        for match in _YEAR.finditer(draft.cells[line][0])
        if int(match[1]) == draft.year and re.match(r"[^。]*\d\s?(?:万元|元)", draft.cells[line][0][match.end() :])
    ]
    line, match = draft.random.choice(places)
    draft.replace(line, *match.span(1), str(draft.year - draft.random.choice([1, 2])))


def subject(draft: Draft) -> None:
    """A subject's name lacks a character."""
    line, match = draft.find(_SUBJECT)
    at = draft.random.randrange(match.start(1) + 1, match.end(1))
    draft.replace(line, at, at + 1, "")


RESIDUE = ("（增加/减少）", "XX", "（请根据实际情况填写）", "增（减）", "××万元")


def residue(draft: Draft) -> None:
    """A piece of the template stands in a sentence."""
    line, match = draft.find(re.compile(r"(?=[，。])"))
    draft.replace(line, match.start(), match.start(), draft.random.choice(RESIDUE))


def doubled(draft: Draft) -> None:
    """A phrase stands twice."""
    line, match = draft.find(re.compile(r"主要用于|主要是|增加|减少|较上年|原因是"))
    draft.replace(line, match.end(), match.end(), match[0])


ERRORS: dict[str, Spoiler] = {
    "正文年度": year,
    "科目名称": subject,
    "模板残留": residue,
    "重复词语": doubled,
}
