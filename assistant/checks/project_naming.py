"""项目名称: one project under two names, in narrative and form, or in a form and its own title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from assistant.checks.base import Check, Parameters
from assistant.checks.evaluated import part_evidence, said
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Verdict
from assistant.indicators.counted import named_projects
from assistant.indicators.forms import title_project
from assistant.indicators.linking import bare_name
from assistant.indicators.model import Form, Part, Summary
from assistant.rules import Rule

ALIKE = 45
"""Names less alike than this: the title may be that of another form."""

EDITS, NEAR = 4, 70
"""Characters in which two names of one project differ at most, and how alike they are at least (%)."""

SHORTEST = 6
"""Characters of a name that few edits do not make another project's."""

_BEFORE = re.compile(
    r"(?:^|[、，,。；;：:“\"\s]|\d[.、．])(?P<name>[一-鿿A-Za-z0-9]{4,40}?)项目(?=[（(“\"，、。：:绩自全])"
)


def run_names(facts: Facts, rule: Rule, _: Parameters) -> Iterator[Outcome]:
    """One project (the same budget and executed amount) under two names in narrative and form."""
    ran = False
    for outcome in _titled(facts, rule):
        ran = True
        yield outcome
    for outcome in _in_text(facts, rule):
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


def _in_text(facts: Facts, rule: Rule) -> Iterator[Outcome]:
    """The project that a form names, where the text nowhere has that name but one that differs by a few characters."""
    forms = [f for p in facts.evaluated() if not p.summaries for f in p.forms if f.named is not None and not f.whole]
    names = {bare_name(form.project) for form in forms}
    told = _mentions(facts) if forms else {}
    for form in forms:
        name = bare_name(form.project)
        if len(name) < SHORTEST or form.named is None:
            continue
        same = any(name in other or other in name for other in told)
        close = [
            o for o in told if o not in names and Levenshtein.distance(o, name) <= EDITS and fuzz.ratio(o, name) >= NEAR
        ]
        if same or len(close) == 1:
            found = told[close[0]] if not same else form.named
            yield said(
                rule, Verdict.AGREE if same else Verdict.DISAGREE, f"“{form.project}”", (), stated=form.project, expected=found.text,
                calculation=f"自评表中为“{form.project}”，正文中为“{found.text}”",
                evidence=[part_evidence(form.named, form.project, form=True), part_evidence(found)],
            )  # fmt: skip


def _mentions(facts: Facts) -> dict[str, Part]:
    """The projects that the text names: in lists with their number, and before the word 项目."""
    found: dict[str, Part] = {}
    for paragraph in facts.document.paragraphs:
        text = paragraph.text
        if "项目" not in text:
            continue
        listed = [name for one in named_projects(paragraph) for name in one.names]
        for name in (*listed, *(match["name"] for match in _BEFORE.finditer(text))):
            at = text.find(name.strip())
            if at >= 0 and len(bare_name(name)) >= SHORTEST:
                plain = bare_name(name).removesuffix("项目")
                found.setdefault(plain, Part(name.strip(), paragraph.span(at, at + len(name.strip()))))
    return found


def _named(rule: Rule, first: Summary | Form, group: Summary | Form, *, same: bool) -> Outcome:
    parts = [g.named for g in (group, first) if g.named is not None]
    return said(
        rule, Verdict.AGREE if same else Verdict.DISAGREE, f"“{group.project}”", (), stated=group.project, expected=first.project,
        calculation=f"两处预算数、执行数相同，名称分别为“{first.project}”“{group.project}”",
        evidence=[part_evidence(part, group.project) for part in parts],
    )  # fmt: skip


CHECK = Check("form_project_names", Parameters, run_names)
