"""表文: an amount in the narrative against the table amounts that its words, its section and its role can mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.checks.base import Check, Parameters
from assistant.checks.evidence import ref_evidence
from assistant.checks.told import name_of, statements, told, usable
from assistant.claims import Figure, Statement
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Outcome, Ref, Verdict
from assistant.language.plain import certain_name, narrowed, of_less
from assistant.matching import agrees, cells, equals, named_amounts, nearly, slipped, subject_cells
from assistant.rules import Rule
from assistant.tieouts import show, unit_name


class Topic(Parameters):
    """Amounts by name: subjects, words the headings above must (not) have, and the cells that can be meant."""

    subjects: tuple[str, ...]
    cells: tuple[str, ...]
    section: tuple[str, ...] = ()
    not_section: tuple[str, ...] = ()
    role: str = ""


class AgreeParameters(Parameters):
    """The topics; the columns for functional subjects; columns that may confirm an amount but never contradict it."""

    topics: tuple[Topic, ...]
    subject_columns: tuple[str, ...] = ()
    confirm_columns: tuple[str, ...] = ()


def run(facts: Facts, rule: Rule, parameters: AgreeParameters) -> Iterator[Outcome]:
    """Confirm amounts that equal a candidate; accuse where all candidates agree on another value, or one by a slip."""
    if not any(table.role for table in facts.document.tables):
        raise NotApplicableError("没有识别到可以对照的表格")
    for statement in statements(facts):
        figure = statement.amount
        if figure is None or not usable(figure) or figure.mention.unit is None:
            continue
        if statement.year is not None and facts.document.year not in (None, statement.year):
            continue
        found = _candidates(facts, parameters, statement)
        if not found and not figure.mention.quantity.value and _blank(facts, parameters, statement):
            yield told(rule, Verdict.AGREE, name_of(statement), (figure,), expected="空白")
        elif found:
            yield from _judge(facts, rule, parameters, statement, figure, found)
        else:
            more = subject_cells(facts, statement, parameters.confirm_columns)
            fitting = [candidate.ref for candidate in more if agrees(figure, candidate.ref)]
            if fitting:
                yield _outcome(rule, Verdict.AGREE, statement, figure, fitting[:1])


def _judge(
    facts: Facts, rule: Rule, parameters: AgreeParameters, statement: Statement, figure: Figure, found: list[Ref]
) -> Iterator[Outcome]:
    fitting = [ref for ref in found if agrees(figure, ref)]
    if fitting:
        yield _outcome(rule, Verdict.AGREE, statement, figure, fitting[:1])
    else:
        certain = len({ref.interval() for ref in found}) == 1 and all(r.table.unit and not r.cell.cut for r in found)
        near = [ref for ref in found if nearly(figure, ref)]
        less = narrowed(facts.document, statement) or of_less(facts.document, statement, {r.table.role for r in found})
        elsewhere = (*_other_scopes(facts, parameters, statement), *named_amounts(facts, statement.subject))
        if less or any(agrees(figure, ref) for ref in elsewhere):
            yield _outcome(rule, Verdict.UNCLEAR, statement, figure, found)  # the section's scope is not this amount's
        elif certain and certain_name(facts.document, statement, figure, statements(facts)):
            yield _outcome(rule, Verdict.DISAGREE, statement, figure, found)
        elif near:
            slip = _outcome(rule, Verdict.DISAGREE, statement, figure, near)
            yield replace(slip, severity="warning", detail="两者只差一位数字")
        else:
            yield _outcome(rule, Verdict.UNCLEAR, statement, figure, found)


def _candidates(facts: Facts, parameters: AgreeParameters, statement: Statement) -> list[Ref]:
    section = "|".join(statement.section)
    for topic in parameters.topics:
        named = statement.subject in topic.subjects
        placed = not topic.section or any(word in section for word in topic.section)
        if named and placed and not any(word in section for word in topic.not_section):
            if topic.role and topic.role != statement.role:
                continue
            return [ref for ref in cells(facts, topic.cells) if not slipped(facts, ref)]
    columns = parameters.subject_columns
    found = [candidate.ref for candidate in subject_cells(facts, statement, columns)]
    return [ref for ref in found if not slipped(facts, ref)]


def _other_scopes(facts: Facts, parameters: AgreeParameters, statement: Statement) -> list[Ref]:
    """The amounts that the same words mean in other sections (all money, where this one is on 一般公共预算)."""
    names = [name for topic in parameters.topics if statement.subject in topic.subjects for name in topic.cells]
    return cells(facts, names)


def _blank(facts: Facts, parameters: AgreeParameters, statement: Statement) -> bool:
    named = [topic for topic in parameters.topics if statement.subject in topic.subjects]
    return any(cells(facts, topic.cells, blank=True) for topic in named)


def _outcome(rule: Rule, verdict: Verdict, statement: Statement, figure: Figure, refs: list[Ref]) -> Outcome:
    ref = refs[0]
    if verdict is Verdict.AGREE and not equals(figure, ref):
        verdict = Verdict.TAIL
    value = show(ref) + unit_name(ref.table.unit)
    return told(
        rule, verdict, name_of(statement), (figure,), expected=value,
        calculation=f"正文 {figure.text}；{ref.name} {value}",
        more=tuple(ref_evidence(item) for item in refs),
    )  # fmt: skip


CHECK = Check("agree", AgreeParameters, run)
