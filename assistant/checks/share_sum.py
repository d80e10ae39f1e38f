"""占比之和: the shares that 基本支出 and 项目支出 (or all sources of income) have of one whole cannot exceed the whole."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import takewhile

from assistant.checks.base import Check, Parameters
from assistant.checks.families import Family, belongs
from assistant.checks.told import name_of, statements, told, usable
from assistant.claims import Figure, Statement
from assistant.facts import Facts
from assistant.findings import Outcome, Verdict
from assistant.quantities import format_number
from assistant.rules import Rule

FULL = Decimal(100)


class ShareSumParameters(Parameters):
    """Families whose members are never within one another, and how far rounding may carry their shares beyond 100."""

    families: tuple[Family, ...]
    slack: Decimal = Decimal("0.5")


def run(facts: Facts, rule: Rule, parameters: ShareSumParameters) -> Iterator[Outcome]:
    """Lists in a row in one sentence, each member once with one share; silent where a share is wrong by its amounts."""
    wrong = {figure for o in facts.outcomes if o.verdict is Verdict.DISAGREE for figure in o.figures}
    given = list(statements(facts))
    for family in parameters.families:
        at = 0
        while at < len(given):
            first = given[at]
            following = (given[i] for i in range(at, len(given)))
            members = list(takewhile(lambda s: _same_list(first, s) and belongs(s, family), following))  # noqa: B023
            at += max(len(members), 1)
            shares = [member.shares[0] for member in members if len(member.shares) == 1]
            names = {member.subject for member in members}
            if len(members) < 2 or len(shares) != len(members) or len(names) != len(members) or not _one_whole(shares):
                continue
            total = sum((share.mention.quantity.value for share in shares), Decimal(0))
            over = total > FULL + parameters.slack
            if any((share.span.line, share.span.start) in wrong for share in shares):
                continue
            shown = f"{format_number(total)}%"
            if over or total == FULL:
                yield told(
                    rule, Verdict.DISAGREE if over else Verdict.AGREE, name_of(members[-1]), (shares[-1], *shares[:-1]),
                    expected="合计不超过 100%", calculation="＋".join(share.text for share in shares) + f" ＝ {shown}",
                )  # fmt: skip


def _same_list(first: Statement, other: Statement) -> bool:
    return (first.paragraph, first.sentence, first.year) == (other.paragraph, other.sentence, other.year)


def _one_whole(shares: list[Figure]) -> bool:
    """Whether all are shares of the same: named alike."""
    leads = {share.lead.replace(" ", "").removesuffix("的").removesuffix("为") for share in shares}
    return usable(*shares) and len(leads) == 1


CHECK = Check("share_sum", ShareSumParameters, run)
