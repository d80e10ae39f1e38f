"""项目名称: one project under two names, in narrative and form, or in a form and its own title."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz import fuzz

from assistant.checks.base import Check, Parameters
from assistant.checks.evaluated import part_evidence, said
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Verdict
from assistant.indicators.forms import title_project
from assistant.indicators.linking import bare_name
from assistant.indicators.model import Form, Summary
from assistant.rules import Rule

ALIKE = 45
"""Names less alike than this: the title may be that of another form."""


def run_names(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """One project (the same budget and executed amount) under two names in narrative and form."""
    ran = False
    for outcome in _titled(facts, rule):
        ran = True
        yield outcome
    for project in facts.evaluated():
        named = [(g, bare_name(g.project)) for g in project.groups if g.project and not project.whole]
        for group, name in named[1:]:
            first, known = named[0]
            ran = True
            same = name in known or known in name or fuzz.ratio(name, known) >= 93
            told = any(
                o.rule == "N419" and {o.stated, o.expected} <= {first.project, group.project} for o in facts.outcomes
            )
            if same or not told:
                yield _named(rule, first, group, same=same)
    if not ran:
        raise NotApplicableError("没有在两处说明的项目")


def _titled(facts: Facts, rule: Rule) -> Iterator[Outcome]:
    """The project that a form names, against the one in its own title; one that holds the other is a short form."""
    for project in facts.evaluated():
        for form in project.forms:
            title, name = bare_name(title_project(form.title)), bare_name(form.project)
            if form.named is None or len(title) < 4 or len(name) < 4 or form.whole:
                continue
            same = name in title or title in name or fuzz.ratio(name, title) >= 93
            verdict = (
                Verdict.AGREE if same else Verdict.DISAGREE if fuzz.ratio(name, title) >= ALIKE else Verdict.UNCLEAR
            )
            yield said(
                rule, verdict, f"“{form.project}”", (), stated=form.project, expected=title_project(form.title),
                calculation=f"自评表标题为“{form.title}”，表内项目名称为“{form.project}”", evidence=[part_evidence(form.named, form.project, form=True)],
            )  # fmt: skip


def _named(rule: Rule, first: Summary | Form, group: Summary | Form, *, same: bool) -> Outcome:
    parts = [g.named for g in (group, first) if g.named is not None]
    return said(
        rule, Verdict.AGREE if same else Verdict.DISAGREE, f"“{group.project}”", (), stated=group.project, expected=first.project,
        calculation=f"两处预算数、执行数相同，名称分别为“{first.project}”“{group.project}”",
        evidence=[part_evidence(part, group.project) for part in parts],
    )  # fmt: skip


CHECK = Check("form_project_names", Parameters, run_names)
