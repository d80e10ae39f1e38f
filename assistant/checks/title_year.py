"""标题年度: a heading, an entry of the 目录 or a table's title with another year than its like."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from assistant.checks.base import Check, Parameters
from assistant.checks.evidence import text_evidence
from assistant.checks.years import FAR, report_year, told_of
from assistant.document import Kind, Span
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.passages import plain_lines
from assistant.rules import Rule
from assistant.text import chinese, squeeze

HEAD = 10
"""Lines at the beginning that say what the document is, where only one title has a year."""

SHORT, ALONE = 60, 3
"""Characters of a title at most, and times that the text below it says another year at least."""

OFTEN = 8
"""Times that the text says the report's year, where too few titles do."""

MOST = 4
"""Titles with one year for each with another, for it to be the report's."""

_TITLE = re.compile(r"^.{0,40}?(20\d\d)年.{0,40}?(?:表|说明|情况|结果|决算|预算|报告)(?:\(.{1,10}\))?$")
_PART = r"第[一二三四五六七八九]部分(?!.{0,40}(?:执行|上年|绩效评价))|"
_OURS = {
    Kind.FINAL_ACCOUNTS: re.compile(
        _PART + r"决算[^执,。]{0,6}表\s*$|自评(?:表|结果|报告)\s*$|决算(?:公开|编制)?(?:情况)?说明\s*$"
    ),
    Kind.BUDGET: re.compile(
        _PART + r"预算(?!执行|调整)[^执绩决完,。]{0,20}表\s*$|(?:部门|单位)预算(?:公开)?(?:情况|编制)?说明\s*$"
    ),
}
_LEADER = re.compile(r"[.·…\s_]*\d{0,3}$")
_NUMBER = re.compile(r"^(?:第?[一二三四五六七八九十]+(?:部分|章)?)")


_OWN_YEAR = re.compile(r"(?<![比与较同和及至到])(?<![比与较同和及至到] )(?<![\d〔(\[《])(20\d\d)年(?!\s?\d)")
_ANY_YEAR = re.compile(r"(?<!\d)(20\d\d)年")


def _title_apart(facts: Facts) -> tuple[int, int] | None:
    """The line of the title, and the year that all of the text is about, where the title's only serves to compare with.

    For short reports, whose few headings tell nothing: one title 2017年…, below it 2018年… throughout, 比 2017年.
    """
    document = facts.document
    year, lines = document.year, [line.replace(" ", "") for line in document.lines]
    first = next((n for n, line in enumerate(lines[:HEAD]) if f"{year}年" in line), None)
    if first is None or year is None or len(lines[first]) > SHORT or "。" in lines[first]:
        return None
    rest = "\n".join(lines[first + 1 :])
    own = Counter(int(match[1]) for match in _OWN_YEAR.finditer(rest))
    if own[year] or not own or len(own) > 1:
        return None
    (other, often), compared = own.most_common(1)[0], Counter(map(int, _ANY_YEAR.findall(rest)))
    return (first + 1, other) if often >= ALONE and abs(other - year) == 1 and compared[year] else None


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Headings, entries of the 目录 and titles of tables that stand elsewhere with the report's year."""
    document, year = facts.document, report_year(facts, known_kind=True)
    apart = _title_apart(facts)
    if apart is not None:
        line = document.lines[apart[0] - 1]
        yield Outcome(
            rule.code, Verdict.DISAGREE, "标题中的年度", stated=f"“{line.strip()}”", expected=f"{apart[1]}年",
            detail=f"正文各处均为 {apart[1]} 年", evidence=(text_evidence(Span(apart[0], 0, len(line)), line),),
        )  # fmt: skip
        return
    found: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    years, bodies = Counter[int](), Counter[int]()
    ours = _OURS[document.kind]
    for number, line in enumerate(plain_lines(document), start=1):
        text = squeeze(_LEADER.sub("", line)) if len(line) <= 90 and "年" in line and "\t" not in line else ""
        if (match := _TITLE.match(text)) and "。" not in text and len(set(re.findall(r"20\d\d(?=年)", text))) == 1:
            years[int(match[1])] += 1
            bodies[int(match[1])] += ours.search(line) is not None
            bare = chinese(text)
            found[_NUMBER.sub("", bare)].append((int(match[1]), number, line))
    most, often = bodies.most_common(1)[0] if bodies else (year, 0)
    if often >= MOST * max(bodies[year], 1) and 0 < abs(most - year) <= FAR:
        year = most  # the one that was read for the report's is the odd one
    wrong = [
        (number, line)
        for same in found.values()
        for stated, number, line in same
        if 0 < abs(stated - year) <= FAR and (any(other == year for other, _, _ in same) or ours.search(line))
    ]
    wrong = [(number, line) for number, line in wrong if number not in told_of(facts, year)]
    head = any(str(year) in line for line in document.lines[:HEAD])
    often = sum(line.count(f"{year}年") + line.count(f"{year} 年") for line in document.lines) >= OFTEN
    if wrong and (years[year] >= 3 * len(wrong) or (len(wrong) == 1 and head and (often or years.total() == 1))):
        evidence = tuple(
            text_evidence(Span(number, 0, len(line)), document.lines[number - 1]) for number, line in wrong
        )
        yield Outcome(
            rule.code, Verdict.DISAGREE, "标题中的年度", stated="、".join(f"“{line.strip()}”" for _, line in wrong[:4]),
            expected=f"{year}年", detail=f"同一标题或同类标题在别处写作 {year} 年", evidence=evidence,
        )  # fmt: skip
    elif years:
        yield Outcome(rule.code, Verdict.AGREE, "标题中的年度")


CHECK = Check("title_year", Parameters, run)
