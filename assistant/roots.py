"""Root causes: contradictions that one wrong figure explains are one finding, and that figure is named.

Every failing tie-out says what each of its figures would have to be. A figure whose one change repairs the most failing
ties, less the passing ones it would break, is the most likely culprit; it is named only if it is the only best one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.findings import Key, Outcome, Ref, Tie, Verdict
from assistant.laws.shift import Slip
from assistant.quantities import HALF, Unit
from assistant.tieouts import common_unit, figure_of, side_value

FIRST = ("W804", "N404", "N403", "N402")
"""Rules that say more about a figure than the arithmetic that fails because of it: a wrong unit, an impossible
fall, words that go two ways, a change that is not the difference of two printed amounts."""

MOST = 600
"""Beyond so many failing ties the file is no ordinary report, and grouping them would take minutes."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Outcomes that belong together; ``culprit`` and the value (in its own table's unit) that repairs them, if certain."""

    outcomes: tuple[Outcome, ...]
    culprit: Ref | None = None
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class _Need:
    """What one tie needs a figure to be."""

    index: int
    ref: Ref
    value: Decimal
    slack: Decimal


def settle_shifts(outcomes: Iterable[Outcome], slips: Sequence[Slip]) -> list[Outcome]:
    """Failures that follow from slipped amounts are not told again: they become 无法判断."""
    given = list(outcomes)
    if not slips:
        return given
    return [
        replace(outcome, verdict=Verdict.UNCLEAR, detail="所在表格金额错行，以改正错行后的数额为准")
        if outcome.verdict is Verdict.DISAGREE and not outcome.covers and any(_follows(outcome, slip) for slip in slips)
        else outcome
        for outcome in given
    ]


def _follows(outcome: Outcome, slip: Slip) -> bool:
    """Whether a failure may come of a slip: it uses an amount that slipped."""
    touched = {(e.line, e.start) for e in outcome.evidence if e.role == "table"}
    if outcome.tie is not None:
        touched = {(term.ref.cell.span.line, term.ref.cell.span.start) for term in outcome.tie.terms}
    return any((line, start) in touched for _, line, start in slip.doubted)


def without_repeats(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Drop ties over the very same figures that an earlier rule has judged already (a printed and a standard formula)."""
    seen: set[frozenset[tuple[Key, int]]] = set()
    kept = []
    for outcome in outcomes:
        if outcome.tie is not None:
            signature = _signature(outcome.tie)
            if signature in seen:
                continue
            seen.add(signature)
        kept.append(outcome)
    return kept


def _signature(tie: Tie) -> frozenset[tuple[Key, int]]:
    signed = [(term.ref.key, term.sign) for term in tie.left] + [(term.ref.key, -term.sign) for term in tie.right]
    first = min(signed)
    return frozenset((key, sign * first[1]) for key, sign in signed) | {((0, 0, len(tie.relation)), 0)}


def find_causes(failing: Sequence[Outcome], passing: Iterable[Outcome]) -> list[Cause]:
    """Group failing outcomes by the figure that explains them."""
    ties = [outcome for outcome in failing if outcome.tie is not None and outcome.tie.relation == "="]
    others = [outcome for outcome in failing if outcome.tie is not None and outcome.tie.relation != "="]
    causes: list[Cause] = []
    holding: dict[Key, int] = defaultdict(int)
    for outcome in passing:
        if outcome.tie is not None and outcome.tie.relation == "=":
            for key in {term.ref.key for term in outcome.tie.terms}:
                holding[key] += 1
    needs: dict[Key, list[_Need]] = defaultdict(list)
    for index, outcome in enumerate(ties):
        for need in _needs(index, outcome.tie):  # type: ignore[arg-type]  # ties without a tie were set aside
            needs[need.ref.key].append(need)
    left = set(range(len(ties)))
    if len(left) > MOST:
        causes += [Cause((outcome,)) for outcome in ties]
        left = set()
    while left:
        cause, explained = _best(ties, needs, holding, left)
        causes.append(cause)
        left -= explained
    causes = _joined_twins(causes)
    told = _by_figure(outcome for outcome in failing if outcome.tie is None)
    return _with_text(_absorb(causes, others), told)


def _with_text(tables: list[Cause], told: Sequence[Cause]) -> list[Cause]:
    """A text that contradicts a table amount which the table itself shows to be wrong is right: one more witness."""
    alone: list[Cause] = []
    for cause in told:
        places = {(e.line, e.start) for outcome in cause.outcomes for e in outcome.evidence if e.role == "table"}
        for i, table in enumerate(tables):
            span = table.culprit.cell.span if table.culprit else None
            if span is not None and (span.line, span.start) in places:
                tables[i] = replace(table, outcomes=(*table.outcomes, *cause.outcomes))
                break
        else:
            alone.append(cause)
    return [*alone, *tables]


def _by_figure(outcomes: Iterable[Outcome]) -> list[Cause]:
    """Failures over one figure of the text (a rate wrong and impossible; a unit slip and all that follows) are one cause.

    So are the same contradictions told twice in the same words.
    """
    given = sorted(outcomes, key=lambda outcome: (_rank(outcome), outcome.rule))
    causes: list[list[Outcome]] = []
    owner: dict[object, int] = {}
    for outcome in given:
        marks: list[object] = [(outcome.rule, outcome.subject, outcome.stated)]
        marks += outcome.figures if outcome.rule in FIRST else outcome.figures[:1]
        looked = outcome.figures[:2]  # what is in question, and what it was computed from
        at = next((owner[mark] for mark in (*marks[:1], *looked) if mark in owner), None)
        if at is None:
            at = len(causes)
            causes.append([])
        causes[at].append(outcome)
        for mark in marks[:2]:
            owner.setdefault(mark, at)
    return [Cause(tuple(group)) for group in causes]


def _rank(outcome: Outcome) -> int:
    return FIRST.index(outcome.rule) if outcome.rule in FIRST else len(FIRST)


def _absorb(causes: list[Cause], others: Sequence[Outcome]) -> list[Cause]:
    """Inequalities that fail over a figure already told (and wrong by itself) belong to the same cause."""
    for outcome in others:
        keys = {term.ref.key for term in outcome.tie.terms} if outcome.tie else set()
        for i, cause in enumerate(causes):
            told = {cause.culprit.key} if cause.culprit else set()
            told |= {term.ref.key for o in cause.outcomes if o.tie and not cause.culprit for term in o.tie.left}
            if keys & told:
                causes[i] = replace(cause, outcomes=(*cause.outcomes, outcome))
                break
        else:
            causes.append(Cause((outcome,)))
    return causes


def _joined_twins(causes: Sequence[Cause]) -> list[Cause]:
    """Join causes over the same rows with the same difference: one slip printed in two columns (合计 and 基本支出)."""
    joined: list[Cause] = []
    places: dict[tuple[int, frozenset[int], Decimal], int] = {}
    for cause in causes:
        marks = [mark for outcome in cause.outcomes if outcome.tie is not None for mark in _marks(outcome.tie)]
        at = next((places[mark] for mark in marks if mark in places), None)
        if at is None:
            at = len(joined)
            joined.append(cause)
        else:
            first, second = (joined[at], cause) if joined[at].culprit or not cause.culprit else (cause, joined[at])
            joined[at] = replace(first, outcomes=(*first.outcomes, *second.outcomes))
        for mark in marks:
            places.setdefault(mark, at)
    return joined


def _marks(tie: Tie) -> Iterable[tuple[int, frozenset[int], Decimal]]:
    tables = {term.ref.table.index for term in tie.terms}
    lines = frozenset(term.ref.cell.span.line for term in tie.terms)
    if len(tables) == 1 and len(lines) > 1:
        unit, _ = common_unit(tie)
        yield tables.pop(), lines, abs(side_value(tie.left, unit) - side_value(tie.right, unit))


def _best(
    ties: Sequence[Outcome], needs: dict[Key, list[_Need]], holding: dict[Key, int], left: set[int]
) -> tuple[Cause, set[int]]:
    ranked = []
    for key, wants in needs.items():
        group = _largest_agreeing([want for want in wants if want.index in left])
        if group:
            ranked.append((len(group) - holding[key], len(group), key, group))
    ranked.sort(key=lambda item: (-item[0], -item[1], item[2]))
    score, count, _, group = ranked[0]
    indices = {need.index for need in group}
    rivals = [item for item in ranked[1:] if item[0] == score and {need.index for need in item[3]} & indices]
    certain = score > 0 and not rivals and (count > 1 or len(ranked) == 1 or _confirmed(group[0], ties, holding))
    if count == 1 and not certain:
        # Nothing points at one figure: tell the contradictions one by one, in order.
        first = min(left)
        return Cause((ties[first],)), {first}
    members = tuple(ties[i] for i in sorted(indices))
    if not certain:
        return Cause(members), indices
    value, _ = Counter(need.value for need in group).most_common(1)[0]
    return Cause(members, group[0].ref, value), indices


def _confirmed(need: _Need, ties: Sequence[Outcome], holding: dict[Key, int]) -> bool:
    """Whether every other figure of the tie is confirmed by ties that hold, so that only this one can be wrong."""
    tie = ties[need.index].tie
    assert tie is not None
    return all(holding[term.ref.key] > 0 for term in tie.terms if term.ref.key != need.ref.key)


def _needs(index: int, tie: Tie) -> Iterable[_Need]:
    unit, _ = common_unit(tie)
    difference = side_value(tie.left, unit) - side_value(tie.right, unit)
    slack = sum((_half(term.ref, unit) for term in tie.terms), Decimal(0))
    for terms, side in ((tie.left, 1), (tie.right, -1)):
        for term in terms:
            scale = _scale(term.ref, unit)
            value = figure_of(term.ref).value - difference / (scale * term.sign * side)
            yield _Need(index, term.ref, value, slack / scale)


def _scale(ref: Ref, unit: Unit | None) -> Decimal:
    return ref.table.unit.factor / unit.factor if unit and ref.table.unit else Decimal(1)


def _half(ref: Ref, unit: Unit | None) -> Decimal:
    figure = figure_of(ref)
    return figure.ulp(max(figure.decimals, ref.table.decimals)) * HALF * _scale(ref, unit)


def _largest_agreeing(wants: Sequence[_Need]) -> list[_Need]:
    best: list[_Need] = []
    for want in wants:
        group = [other for other in wants if abs(other.value - want.value) <= other.slack + want.slack]
        if len(group) > len(best):
            best = [want, *(other for other in group if other is not want)]
    return best
