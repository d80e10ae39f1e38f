"""项目个数: the numbers of projects that the account of 绩效管理 states, against each other, their money and their list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.base import Check, Parameters
from assistant.checks.evaluated import part_evidence, said
from assistant.document import Paragraph
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Verdict
from assistant.indicators.counted import CountedProjects, Grade, counted, grades, named_projects
from assistant.indicators.model import Place
from assistant.rules import Rule

_GOALS = re.compile(r"绩效|自评|评价")
WHOLE = 4
"""Characters of a name that is no piece of one with a 、 in it (水利、农业专项)."""

_PROJECT = re.compile(r"(?:项目|经费|资金|补助|工程|专项)$")


def run(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """Each paragraph by itself; what is said to be all projects, against those evaluated one by one."""
    every: list[CountedProjects] = []
    for at, paragraph in enumerate(facts.document.paragraphs):
        if "个" in paragraph.text and "项目" in paragraph.text and _GOALS.search(paragraph.text):
            told = list(counted(paragraph, at))
            yield from _graded(rule, told or every[-1:], list(grades(paragraph)))
            every += told
            yield from _money(rule, told)
            yield from _named(rule, paragraph)
    if not every:
        raise NotApplicableError("没有写明开展绩效管理的项目个数")
    yield from _listed(facts, rule, every)


def _graded(rule: Rule, told: list[CountedProjects], found: list[Grade]) -> Iterator[Outcome]:
    """绩效自评的项目9个，其中“优”的项目7个、“良”的项目2个…: the grades, of which all are told once, add up.

    Two grades only may leave out others: they are too many, or say nothing.
    """
    if len(found) < 2 or len({grade.name for grade in found}) != len(found):
        return
    last = [t for t in told if t.part.place < found[0].part.place]
    total = sum(grade.number for grade in found)
    if last:
        terms = " + ".join(f"“{grade.name}”{grade.number}" for grade in found)
        open_end = len(found) < 3 and total < last[-1].number
        verdict = Verdict.AGREE if last[-1].number == total else Verdict.UNCLEAR if open_end else Verdict.DISAGREE
        yield said(
            rule, verdict, "绩效自评的项目", (last[-1].part, *(grade.part for grade in found)),
            stated=f"{last[-1].number}个", expected=f"{total}个", calculation=f"各等级项目个数 {terms} = {total}",
        )  # fmt: skip


def _named(rule: Rule, paragraph: Paragraph) -> Iterator[Outcome]:
    """对甲、乙、丙3个项目: as many names as the number says; fewer are doubtful where 、 may stand inside a name."""
    for one in named_projects(paragraph):
        fits = one.fewest <= one.number <= one.most
        whole = all(_PROJECT.search(name) or len(name.strip()) >= WHOLE for name in one.names)
        inside = one.number < one.fewest and not whole
        verdict = Verdict.AGREE if fits else Verdict.UNCLEAR if inside else Verdict.DISAGREE
        yield said(
            rule, verdict, "绩效自评的项目", (one.part,), stated=f"{one.number}个", expected=f"{one.fewest}个",
            calculation=f"列出的项目为 {one.fewest} 个：{'、'.join(name.strip() for name in one.names[:12])}",
        )  # fmt: skip


def _money(rule: Rule, told: list[CountedProjects]) -> Iterator[Outcome]:
    """The same money for another number of projects; projects without money, or money without projects."""
    for at, one in enumerate(told):
        if one.money is not None and (one.number == 0) != (one.money == 0):
            yield said(rule, Verdict.DISAGREE, "涉及的项目", (one.part,), stated=f"{one.number}个", expected="个数与金额同为零或者都不为零",
                       calculation=f"写作 {one.number} 个，而金额{'为零' if one.money == 0 else '不为零'}")  # fmt: skip
        for other in told[:at]:
            if one.money and one.money == other.money and one.step and other.step:
                same = one.number == other.number
                yield said(rule, Verdict.AGREE if same else Verdict.DISAGREE, f"{one.step}的项目", (one.part, other.part), stated=f"{one.number}个",
                           expected=f"{other.number}个", calculation=f"{other.step}的项目为 {other.number} 个，两处涉及的金额相同")  # fmt: skip


def _listed(facts: Facts, rule: Rule, told: list[CountedProjects]) -> Iterator[Outcome]:
    """反映全部6个项目的自评结果: the projects evaluated one by one after it; another number told like theirs confirms them."""
    try:
        summaries = [
            s for s in facts.performance().summaries if s.place is Place.NARRATIVE and not s.whole and s.project
        ]
    except NotApplicableError:
        return
    for one in (t for t in told if t.all):
        after = {s.project: s for s in summaries if s.first > one.at}
        raw = sum(
            "综述" in p.text[:80]
            for p in facts.document.paragraphs[one.at + 1 : max((s.last for s in after.values()), default=0) + 1]
        )
        if len(after) < 2 or (raw and raw != len(after)):
            continue
        same = one.number == len(after)
        sure = not one.graded or any(t.number == len(after) and t is not one for t in told)
        names = [part_evidence(s.named, s.project) for s in after.values() if s.named is not None]
        yield said(
            rule, Verdict.AGREE if same else Verdict.DISAGREE if sure else Verdict.UNCLEAR, "绩效自评的项目", (one.part,), stated=f"{one.number}个",
            expected=f"{len(after)}个", calculation=f"其后逐个说明的项目为 {len(after)} 个", evidence=[part_evidence(one.part), *names],
        )  # fmt: skip


CHECK = Check("project_numbers", Parameters, run)
