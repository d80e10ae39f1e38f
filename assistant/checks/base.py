"""What all checks share: their shape, and turning a judged tie into an outcome."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict

from assistant.checks.evidence import ref_evidence
from assistant.facts import Facts
from assistant.findings import Outcome, Severity, Tie, Verdict
from assistant.formulas import parse_formula
from assistant.rules import Rule
from assistant.tieouts import Judgement, amount, calculation, judge, side_value


class Parameters(BaseModel):
    """Base of a check's parameters, and all that a check without any takes; unknown ones are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _readable(text: str) -> str:
    parse_formula(text)
    return text


FormulaText = Annotated[str, AfterValidator(_readable)]
"""A formula in a rule file: one that cannot be read is refused when the rule is loaded."""


@dataclass(frozen=True, slots=True)
class Check:
    """A check: its name in rule files, the model of its parameters, and its function."""

    name: str
    parameters: type[Parameters]
    run: Callable[[Facts, Rule, Any], Iterator[Outcome]]


def tie_outcome(
    rule: Rule, tie: Tie, subject: str, *, doubt: str = "", blanks: bool = False, judged: Judgement | None = None
) -> Outcome:
    """Judge a tie and say the result in words.

    ``doubt`` is why a failure could not be told from a reading error (then 无法判断). ``blanks`` says that blank cells
    were taken as nothing, which makes a failure a warning at most: conversion may have lost a figure.
    """
    judgement = judged or judge(tie)
    verdict = judgement.verdict
    detail = caveat = ""
    severity: Severity | None = None
    if verdict is Verdict.DISAGREE:
        if doubt:
            verdict, detail = Verdict.UNCLEAR, doubt
        elif blanks:
            caveat = "其中空白单元格按无数额处理，请对照原件确认空白处是否有数"
    elif verdict is Verdict.UNCLEAR:
        detail = "金额末位疑似在转换中被截断" if judgement.cut else "有表格没有标明金额单位"
    elif verdict is Verdict.TAIL and judgement.generous:
        severity = "info"
        detail = "差额在逐项四舍五入可能造成的范围之内，但偏大"
    if verdict is Verdict.AGREE:
        return Outcome(rule.code, verdict, subject, tie=tie)  # most ties: nobody asks for their arithmetic
    left = tie.left if len(tie.left) == 1 else tie.right if len(tie.right) == 1 else tie.left
    other = tie.right if left is tie.left else tie.left
    return Outcome(
        rule=rule.code,
        verdict=verdict,
        subject=subject,
        detail=detail,
        caveat=caveat,
        tie=tie,
        stated=amount(side_value(left, judgement.unit), judgement),
        expected=_bound(tie, left) + amount(side_value(other, judgement.unit), judgement),
        calculation=calculation(tie, judgement),
        evidence=tuple(ref_evidence(term.ref) for term in (*left, *other)),
        severity=severity,
    )


def _bound(tie: Tie, left: object) -> str:
    if tie.relation == "=":
        return ""
    return "不大于 " if (tie.relation == "<=") == (left is tie.left) else "不小于 "
