"""增减未说明原因: a change that alone among its like is not explained; a document that explains none of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.checks.base import Check, Parameters
from assistant.checks.difference import WAYS
from assistant.checks.told import figure_evidence, name_of, statements, told
from assistant.claims import Figure, Statement
from assistant.explained import Explanations
from assistant.facts import Facts
from assistant.findings import Evidence, Outcome, Severity, Verdict
from assistant.mentions import MentionKind
from assistant.reasons import moves_of
from assistant.rules import Rule
from assistant.text import normalise

_REVIEW = re.compile(r"绩效|自评|评价|指标|采购|资产|购买服务|结转|结余|车辆|面积")
"""Headings of evaluations, and of what need not be compared with the year before."""

_FISCAL = re.compile(r"收入|支出|收支|收、支|经费|总计|合计|预算|费|\([类款项]\)")


_TO_COME = re.compile(r"原因(?:主要)?(?:是|为|有|如下)?:?\s*$")


class ChangesParameters(Parameters):
    """How many changes must be explained for it to be the document's custom; how many without one make it a finding."""

    custom: int = 3
    many: int = 4


def run(facts: Facts, rule: Rule, parameters: ChangesParameters) -> Iterator[Outcome]:
    """Where nearly all changes have a reason, those without one are told; where nearly none has, the document is, once."""
    reasons = facts.explanations()
    changes = list(_changes(facts))
    bare = [(s, f) for s, f in changes if not reasons.explains(s) and not _settled(reasons, s)]
    given = len(changes) - len(bare)
    if len(bare) >= parameters.many and given * 4 <= len(bare):
        first, figure = bare[0]
        places = tuple(figure_evidence(each, name_of(s)) for s, each in bare[1:])
        yield _bare(
            rule, first, figure, severity="info", expected="说明增减变化的主要原因", more=places,
            calculation=f"全文共 {len(bare)} 处增减没有说明原因" + (f"，{given} 处已说明" if given else ""),
        )  # fmt: skip
        return
    for statement, figure in changes:
        if (statement, figure) not in bare:
            yield replace(told(rule, Verdict.AGREE, name_of(statement), (figure,)), figures=())
    custom = given >= parameters.custom and len(bare) * 4 <= given
    for statement, figure in bare if custom else ():
        if not reasons.parts(statement):
            yield _bare(
                rule, statement, figure, expected="说明增减变化的主要原因",
                calculation=f"同一文件中另有 {given} 处增减说明了原因",
            )  # fmt: skip


def _bare(
    rule: Rule, statement: Statement, figure: Figure, *, expected: str, calculation: str,
    severity: Severity | None = None, more: tuple[Evidence, ...] = (),
) -> Outcome:  # fmt: skip
    way = next(move.way for move in moves_of(statement))
    outcome = told(
        rule, Verdict.DISAGREE, name_of(statement), (figure,), stated=f"{WAYS[way]} {figure.text}", expected=expected,
        calculation=calculation, severity=severity, more=more,
    )  # fmt: skip
    return replace(outcome, figures=())  # whether a reason is there says nothing about the figure


def _changes(facts: Facts) -> Iterator[tuple[Statement, Figure]]:
    """The changes that may need a reason: of money of the accounts, of a whole, of known subject."""
    for statement in statements(facts):
        moves = [move for move in moves_of(statement) if move.figure not in statement.executions]
        if not moves or statement.among:
            continue
        text = normalise(facts.document.paragraphs[statement.paragraph].text)
        if not _FISCAL.search(statement.subject + text[: moves[0].figure.mention.start][-90:]):
            continue
        if _REVIEW.search("".join(statement.section) + text[: statement.start][-30:]):
            continue
        if _TO_COME.search(text):
            continue  # the reason is the next paragraph
        if any(figure.mention.kind is MentionKind.MONEY for figure in statement.figures()):
            yield statement, moves[0].figure


def _settled(reasons: Explanations, statement: Statement) -> bool:
    """Whether the paragraph explains a change before this one: it may be a part of that, or its conclusion (增减相抵后减少 …)."""
    return any(
        other is not statement and other.paragraph == statement.paragraph and other.start < statement.start
        and any(moves_of(other)) and reasons.explains(other)
        for other in reasons.statements
    )  # fmt: skip


CHECK = Check("change_reason", ChangesParameters, run)
