"""数量说明: the numbers that go with an amount (团组, 保有量, 批次, 人数; the share of small enterprises) are stated."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.base import Check, Parameters
from assistant.checks.evidence import ref_evidence
from assistant.checks.statements_present import whole_text
from assistant.checks.told import figure_evidence, statements, value
from assistant.facts import Facts, NotApplicableError, ref_at
from assistant.findings import Evidence, Outcome, Verdict
from assistant.rules import Rule

BEFORE = 40


class Detail(Parameters):
    """A number to be stated beside an amount: its name, what shows that it is, and the amount that calls for it.

    ``column`` is the amount in the 三公 table; ``subjects`` are its names in the narrative. One of the ``shown`` patterns is
    looked for from up to ``BEFORE`` characters before one of the words ``near`` to ``reach`` after it, but not past ``stop``.
    """

    name: str
    column: str = ""
    subjects: tuple[str, ...]
    near: str
    shown: tuple[str, ...]
    stop: str = ""
    reach: int = 300


class DetailsParameters(Parameters):
    """The numbers to be stated, the role of the table with the amounts, and the topic that they belong to.

    Where another rule has told that nothing is said of the topic, its numbers are not asked for.
    """

    topic: str = ""
    table: str = ""
    details: tuple[Detail, ...]


def run(facts: Facts, rule: Rule, parameters: DetailsParameters) -> Iterator[Outcome]:
    """For every amount above zero its number is looked for."""
    if any(o.verdict is Verdict.DISAGREE and o.subject == parameters.topic for o in facts.outcomes):
        raise NotApplicableError(f"没有{parameters.topic}的说明，已由其他规则指出")
    text = whole_text(facts).replace("\n", "")
    for detail in parameters.details:
        amount = _amount(facts, parameters.table, detail)
        if amount is None:
            continue
        windows = [_window(text, match, detail) for match in re.finditer(detail.near, text)]
        if any(re.search(pattern, window) for window in windows for pattern in detail.shown):
            yield Outcome(rule.code, Verdict.AGREE, detail.name, evidence=(amount,))
        elif windows:
            yield Outcome(
                rule.code, Verdict.DISAGREE, detail.name, stated="没有说明", expected=f"说明{detail.name}",
                calculation=f"有支出（{amount.text}），正文未见{detail.name}", evidence=(amount,),
            )  # fmt: skip


def _window(text: str, match: re.Match[str], detail: Detail) -> str:
    before, after = text[max(0, match.start() - BEFORE) : match.start()], text[match.end() : match.end() + detail.reach]
    if detail.stop:
        before, after = re.split(detail.stop, before)[-1], re.split(detail.stop, after)[0]
    return before + match[0] + after


def _amount(facts: Facts, role: str, detail: Detail) -> Evidence | None:
    """The amount above zero that calls for a number: in the table, else in the narrative."""
    tables = [table for table in facts.document.tables if table.role == role]
    for table in tables:
        for side in table.sides:
            at = side.column(detail.column)
            if at is None:
                continue
            for row in side.rows:
                figure = row.cells[at].figure
                if figure is not None and figure.value:
                    return ref_evidence(ref_at(table, side, row, at))
    if tables:
        return None
    for statement in statements(facts):
        figure_ = statement.amount
        if (
            figure_ is not None
            and statement.subject in detail.subjects
            and value(figure_) > 0
            and statement.role in ("amount", "actual")
        ):
            return figure_evidence(figure_, statement.subject)
    return None


CHECK = Check("details_present", DetailsParameters, run)
