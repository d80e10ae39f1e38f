"""What an audit says: verdicts, outcomes, evidence, findings, the ledger and the report.

An Outcome is one comparison made by a rule. Outcomes that contradict become Findings, the form in which the report
leaves the library (pydantic models, the JSON contract). Trouble with our own reading is a Problem, never a Finding.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.document import Cell, Column, Document, Problem, Row, Table
from assistant.quantities import Interval


class Verdict(StrEnum):
    """The six verdicts that a figure can end with."""

    AGREE = "一致"
    TAIL = "尾差"
    DISAGREE = "不一致"
    NO_BASIS = "无依据"
    UNCLEAR = "无法判断"
    NOT_CHECKED = "非核对项"


Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
SEVERITY_NAMES = {"error": "错误", "warning": "警告", "info": "提示"}

Category = Literal[
    "narrative_vs_table", "percent", "sum_of_parts", "year_label", "row_shift", "table_formula", "cross_table",
    "cross_section", "missing_explanation", "reason_contradiction", "indicator_unmet", "indicator_score",
    "indicator_count", "template_residue", "name_mismatch", "unit", "implausible", "wrong_level", "item_list", "typo",
    "glossary", "empty_table_note", "completeness", "cross_year", "privacy", "other",
]  # fmt: skip

CATEGORY_NAMES: dict[str, str] = {
    "narrative_vs_table": "表文不符", "percent": "比例计算", "sum_of_parts": "分项合计", "year_label": "年度标注",
    "row_shift": "金额错行", "table_formula": "表内勾稽", "cross_table": "表间勾稽", "cross_section": "前后不一致",
    "missing_explanation": "缺少原因说明", "reason_contradiction": "原因与变动矛盾", "indicator_unmet": "指标未完成",
    "indicator_score": "指标得分", "indicator_count": "指标数量", "template_residue": "模板残留",
    "name_mismatch": "名称不一致", "unit": "单位", "implausible": "数值不合理", "wrong_level": "级次用语",
    "item_list": "明细列举", "typo": "文字差错", "glossary": "名词解释", "empty_table_note": "空表说明",
    "completeness": "披露完整性", "cross_year": "跨年衔接", "privacy": "个人信息", "other": "其他",
}  # fmt: skip


Key = tuple[int, int, int]
"""The identity of an amount in a table: table, line and offset."""


@dataclass(frozen=True, slots=True)
class Ref:
    """One amount in a table, with its row and column headings."""

    table: Table
    row: Row
    column: Column
    cell: Cell

    @property
    def key(self) -> Key:
        """What it is known by."""
        return (self.table.index, self.cell.span.line, self.cell.span.start)

    @property
    def name(self) -> str:
        """How a reader cites the amount: table, row, column."""
        return f"{self.row_name}{self.column.name}"

    @property
    def row_name(self) -> str:
        """The table and the row."""
        return self.table.name + (f"“{self.row.name}”" if self.row.name else "")

    def interval(self) -> Interval:
        """The values in 元 that the printed figure stands for. Raises ``ValueError`` for a cell without a figure."""
        figure, unit = self.cell.figure, self.table.unit
        if figure is None:
            raise ValueError(f"no figure in {self.name}")
        interval = figure.rounded(self.table.decimals)
        return interval.scaled(unit.factor) if unit else interval


@dataclass(frozen=True, slots=True)
class Term:
    """An amount with its sign in a sum."""

    sign: int
    ref: Ref


@dataclass(frozen=True, slots=True)
class Tie:
    """A linear tie-out (勾稽): the sum of ``left`` stands in ``relation`` to the sum of ``right``."""

    left: tuple[Term, ...]
    right: tuple[Term, ...]
    relation: Literal["=", "<=", ">="] = "="

    @property
    def terms(self) -> tuple[Term, ...]:
        """All terms, left then right."""
        return self.left + self.right


class Evidence(BaseModel):
    """One end of a contradiction: its role, its exact text and its place."""

    model_config = ConfigDict(frozen=True)

    role: Literal["claim", "table", "context", "reason"]
    line: int | None
    end_line: int | None
    start: int
    end: int
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    text: str
    table: str = ""
    row: str = ""
    column: str = ""
    anchor: str = ""


class Finding(BaseModel):
    """A contradiction for a reviewer to decide on, in the shape of the JSON contract."""

    model_config = ConfigDict(frozen=True)

    id: str
    rule: str
    category: Category
    severity: Severity
    title: str
    message: str
    stated: str
    expected: str
    calculation: str
    evidence: tuple[Evidence, ...]
    suggestion: str
    basis: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """One comparison made by a rule, with its verdict.

    ``tie`` is there when amounts were compared; ``subject`` names what was compared in a form that survives edits
    elsewhere (it makes the finding's id); ``detail`` is the sentence for the message. A ``caveat`` (blank cells were taken as
    nothing) makes an error a warning, unless other ties point at the same figure. ``severity`` overrides the rule's. ``covers`` are the
    amounts that slipped; ``figures`` the places (line, offset) of figures in the text that were judged, first the
    one in question.
    """

    rule: str
    verdict: Verdict
    subject: str
    detail: str = ""
    caveat: str = ""
    tie: Tie | None = None
    stated: str = ""
    expected: str = ""
    calculation: str = ""
    evidence: tuple[Evidence, ...] = ()
    suggestion: str = ""
    severity: Severity | None = None
    covers: frozenset[Key] = field(default=frozenset())
    figures: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the ledger: one figure, its place, its verdict and a few words why."""

    text: str
    where: str
    line: int
    start: int
    verdict: Verdict
    why: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotRun:
    """A rule that could not be run, and why."""

    rule: str
    why: str


@dataclass(frozen=True, slots=True)
class Audit:
    """The result for one document."""

    document: Document
    findings: tuple[Finding, ...]
    ledger: tuple[Entry, ...]
    rules_run: tuple[str, ...]
    not_run: tuple[NotRun, ...]
    problems: tuple[Problem, ...]

    def counts(self) -> dict[str, int]:
        """The ledger in numbers: the total, then each verdict."""
        result = {"total": len(self.ledger)} | {verdict.value: 0 for verdict in Verdict}
        for entry in self.ledger:
            result[entry.verdict.value] += 1
        return result


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that could not be audited: what is wrong and what to do, in one line; after a bug also where (``trace``)."""

    path: str
    message: str
    trace: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything one run has to say."""

    audits: tuple[Audit, ...]
    unread: tuple[Unread, ...] = ()
    seconds: str = "0.0"
    unfinished: tuple[str, ...] = ()
    """The files that were still to be audited when the run was interrupted."""

    def severities(self) -> dict[str, int]:
        """The number of findings of each severity."""
        result: dict[str, int] = dict.fromkeys(SEVERITIES, 0)
        for audit in self.audits:
            for finding in audit.findings:
                result[finding.severity] += 1
        return result
