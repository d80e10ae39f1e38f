"""What a report says of its performance (绩效), as data: indicators, forms, accounts of projects, with their places.

Nothing is judged here. Every part keeps the text as printed and where it stands; what is not printed is ``None``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from assistant.document import Span
from assistant.indicators.values import Value
from assistant.quantities import Quantity, Unit


class Place(StrEnum):
    """Where something is told: in the narrative, in the summary (摘要) of a self-evaluation, or in a form."""

    NARRATIVE = "narrative"
    SUMMARY = "summary"
    FORM = "form"


class Role(StrEnum):
    """Why an indicator is mentioned: in the list of all, in the list of the unmet, or again as a problem found."""

    LISTED = "listed"
    UNMET = "unmet"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the report as printed, and where it stands."""

    text: str
    span: Span

    @property
    def place(self) -> tuple[int, int]:
        """Line and start: how outcomes and the ledger name a place."""
        return (self.span.line, self.span.start)


@dataclass(frozen=True, slots=True)
class Told(Part):
    """A target or an actual value: as printed, and as understood.

    Where a form prints operator, figure and unit in cells of their own, ``value`` is read from all three together
    (``whole``), ``text`` is the cell of the figure.
    """

    value: Value
    whole: str = ""

    @property
    def shown(self) -> str:
        """The value to show: with operator and unit where these stand apart."""
        return self.whole or self.text


@dataclass(frozen=True, slots=True)
class Points(Part):
    """A weight, a score, a rate or a share of a table or sentence: the figure, ``percent`` where it carries a %."""

    figure: Quantity
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Amount(Part):
    """An amount of money; ``unit`` is ``None`` where none is printed with it or over it."""

    figure: Quantity
    unit: Unit | None


@dataclass(frozen=True, slots=True)
class Goal:
    """The target of another year or period in the same row (前年, 上年, 中期): header of the column and the value."""

    label: str
    year: int | None
    told: Told


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator in one place.

    ``level1`` is 产出, 效益, 满意度 or 成本 (empty: not told), ``level2`` the kind below (数量, 质量, 时效, 社会效益 …) without
    “指标”, ``name`` the level-3 name without numbering, weight and unit. ``target`` is the one of the year of the
    report. ``unit`` is what the name or a column of its own says. ``year`` belongs to the column of ``target`` where the
    form has several. ``group`` is the position of the Form (place FORM) or of the Summary (else) in the Performance.
    ``paragraph`` counts in the document; ``table`` is the index of the Table and ``row`` the row of its body.
    ``full`` are the words of a sentence that it has all points (得满分).
    """

    place: Place
    role: Role
    project: str
    level1: str
    level2: str
    name: str
    title: Part
    target: Told | None = None
    actual: Told | None = None
    unit: str = ""
    weight: Points | None = None
    score: Points | None = None
    rate: Points | None = None
    reason: Part | None = None
    goals: tuple[Goal, ...] = ()
    year: int | None = None
    group: int = 0
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    full: Part | None = None

    @property
    def parts(self) -> Iterator[Part]:
        """All printed parts, the title first."""
        yield self.title
        for part in (self.target, self.actual, self.weight, self.score, self.rate, self.reason):
            if part is not None:
                yield part


@dataclass(frozen=True, slots=True)
class Money:
    """The money of a project in one place: ``label`` as printed (年度资金总额, 其中：财政拨款 …; empty in sentences).

    ``initial`` is 年初预算, ``budget`` 全年预算 (or the only one), ``rate`` the printed execution rate, ``weight`` and ``score``
    the points for it. ``part_of`` is True for rows that repeat a share of the row above (其中).
    """

    label: str
    budget: Amount | None = None
    executed: Amount | None = None
    initial: Amount | None = None
    rate: Points | None = None
    weight: Points | None = None
    score: Points | None = None
    part_of: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """The weight that a form prints for a level-1 or level-2 kind, or for all indicators (both levels empty)."""

    level1: str
    level2: str
    weight: Points


@dataclass(frozen=True, slots=True)
class Form:
    """A 自评表 or 绩效目标申报表.

    ``whole`` is True for the form of the whole department (整体支出). ``rules`` are the lines in which the form says how points
    are given (正向指标 得分=权重*B/A …). ``reason`` is the common field for deviations of forms that have one. ``heads`` are the
    columns that the header of the indicators has (target, actual, weight, score …). ``dated`` is where the form prints its
    year apart from its title. ``told`` is the money that texts of the form tell (goals, deviations).
    """

    project: str
    title: str
    year: int | None
    table: int
    span: Span
    indicators: tuple[Indicator, ...] = ()
    money: tuple[Money, ...] = ()
    groups: tuple[Group, ...] = ()
    total: Points | None = None
    rules: tuple[Part, ...] = ()
    reason: Part | None = None
    named: Part | None = None
    whole: bool = False
    heads: frozenset[str] = frozenset()
    dated: Part | None = None
    told: tuple[Money, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """A stated number of indicators or goals.

    ``of`` is 指标 or 目标; ``kind`` is empty for all, else a level-1 or level-2 kind; ``state`` is 设置, 完成 or 未完成. ``parent`` is
    the position (in the same tuple) of the count this is a part of. ``projects`` is how many projects it is over
    (四个项目共设置…), 0 for the one project of its summary.
    """

    of: str
    kind: str
    state: str
    number: int
    part: Part
    level: int = 0
    parent: int | None = None
    projects: int = 0


@dataclass(frozen=True, slots=True)
class Praise:
    """A statement that all indicators (``kind`` empty) or all of a kind were met (全面完成各项效益指标)."""

    kind: str
    part: Part


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A row of the table of summed scores: ``kind`` is 预算执行, 产出, 效益, 满意度, 成本, 合计 or empty; ``full`` 评级分值."""

    label: Part
    kind: str
    weight: Points | None = None
    full: Points | None = None
    score: Points | None = None
    rate: Points | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """What the narrative or a summary tells of one project (``whole``: of the whole department) in one stretch of text.

    ``problems`` is the text on problems, deviations and their reasons; ``score`` the stated overall score; ``table`` the table of
    scores with its index, ``outputs`` what is told right after 主要产出和效益. ``first`` and ``last`` are the paragraphs it takes.
    """

    place: Place
    project: str
    span: Span
    first: int
    last: int
    named: Part | None = None
    whole: bool = False
    money: Money | None = None
    counts: tuple[Count, ...] = ()
    praises: tuple[Praise, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    problems: tuple[Part, ...] = ()
    score: Points | None = None
    scores: tuple[ScoreRow, ...] = ()
    table: int | None = None
    outputs: Part | None = None


@dataclass(frozen=True, slots=True)
class Performance:
    """All that a document says of its performance, in its order."""

    summaries: tuple[Summary, ...] = ()
    forms: tuple[Form, ...] = ()
    projects: tuple[str, ...] = field(default=())

    @property
    def indicators(self) -> Iterator[Indicator]:
        """All indicators: of the narrative and the summaries, then of the forms."""
        for summary in self.summaries:
            yield from summary.indicators
        for form in self.forms:
            yield from form.indicators
