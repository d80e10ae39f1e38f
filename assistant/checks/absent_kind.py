"""没有设置的指标: points or praise for a kind of indicators (效益, 满意度) that the project does not have."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.base import Check, Parameters
from assistant.checks.evaluated import name_of, part_evidence, said
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Evidence, Outcome, Verdict
from assistant.indicators.linking import Evaluated
from assistant.indicators.model import Summary
from assistant.rules import Rule

LEVELS = ("产出", "效益", "满意度", "成本")


class AbsentParameters(Parameters):
    """``fewest``: indicators that must be listed for the list to count as the project's own."""

    fewest: int = 3


def run(facts: Facts, rule: Rule, parameters: AbsentParameters) -> Iterator[Outcome]:
    """Kinds in the table of scores and in “全面完成各项…指标” against the kinds listed or counted, which must be known for sure."""
    ran = False
    for project in facts.evaluated():
        kinds = _kinds(project, parameters.fewest)
        if kinds is None:
            continue
        for summary in project.summaries:
            for outcome in _judge(rule, project, summary, kinds):
                ran = True
                yield outcome
    if not ran:
        raise NotApplicableError("没有可以与指标种类对照的得分或表述")


def _judge(rule: Rule, project: Evaluated, summary: Summary, kinds: frozenset[str]) -> Iterator[Outcome]:
    had = f"该项目只设置了{'、'.join(sorted(kinds))}指标"
    scored = [row for row in summary.scores if row.kind in LEVELS and row.full is not None and row.full.figure.value]
    absent = [row for row in scored if row.kind not in kinds]
    if scored:
        told = absent or scored
        parts = [part for row in told for part in (row.score, row.full)]
        points = "、".join(
            f"{row.label.text.strip()} {row.score.text.strip() if row.score else ''} 分" for row in absent
        )
        yield said(
            rule, Verdict.DISAGREE if absent else Verdict.AGREE, name_of(project), parts, stated=points, expected="不计分",
            calculation=f"{had}，得分汇总表却列有{points}" if absent else "",
            evidence=[*(part_evidence(row.label, form=True) for row in told), *_counts(project), *_listed(project)],
        )  # fmt: skip
    for praise in summary.praises:
        if praise.kind in LEVELS:
            wrong = praise.kind not in kinds
            yield said(
                rule, Verdict.DISAGREE if wrong else Verdict.AGREE, f"{name_of(project)}的表述", (praise.part,), expected="",
                calculation=f"{had}，文中却写“{praise.part.text.strip()}”" if wrong else "",
                evidence=[part_evidence(praise.part), *_counts(project), *_listed(project)],
            )  # fmt: skip


def _counts(project: Evaluated) -> Iterator[Evidence]:
    """The stated counts by kind: the other end of the contradiction."""
    for summary in project.summaries:
        yield from (
            part_evidence(count.part) for count in summary.counts if count.kind in LEVELS and count.state == "设置"
        )


def _listed(project: Evaluated) -> Iterator[Evidence]:
    seen: set[str] = set()
    for indicator in project.indicators:
        if indicator.level1 not in seen:
            seen.add(indicator.level1)
            yield part_evidence(indicator.title, indicator.level1)


def _kinds(project: Evaluated, fewest: int) -> frozenset[str] | None:
    """The kinds that the project has, by its lists and counts; ``None`` where they are not told for sure."""
    found: set[str] = set()
    sure = False
    for group in project.groups:
        levels = [indicator.level1 for indicator in group.indicators]
        if len(levels) >= fewest and all(level in LEVELS for level in levels):
            sure = sure or not project.whole
        found |= set(levels)
        counts = [c for c in getattr(group, "counts", ()) if c.of == "指标" and c.state == "设置"]
        tops = [c for c in counts if c.level == 1 and c.kind in LEVELS]
        whole = [c.number for c in counts if not c.kind]
        if whole and tops and sum(c.number for c in tops) == whole[0]:
            sure = True
        found |= {c.kind for c in tops if c.number}
    return frozenset(found - {""}) if sure and "" not in found else None


CHECK = Check("absent_kind", AbsentParameters, run)
