"""Which parts of the performance speak of one project, and which indicators in them are one indicator.

Names differ a little between narrative, summary and form (a word, a stray character); budget and executed amount of a
project do not. Only pairs that are beyond doubt are joined: 内网 and 外网, 一期 and 二期 are two things.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from rapidfuzz import fuzz

from assistant.indicators.meeting import Judged, Likeness, aligned, likeness, lost_digits, meets, rounds
from assistant.indicators.model import Amount, Form, Indicator, Money, Performance, Place, Points, Role, Summary, Told
from assistant.indicators.values import Value, parse_value
from assistant.text import squeeze

_MARKS = re.compile(r"[\s“”\"'‘’《》〈〉「」、，,。.:：;；()（）\-—_/]+")
_TAIL = re.compile(r"(?:项目支出|专项资金|专项经费|项目经费|项目|专项|经费|支出)$")
_TELLING = re.compile(
    r"[0-9一二三四五六七八九十内外上下前后左右东西南北省市县区镇乡村新旧男女老少正负增减升降收支进出高中低大小首末]"
)
ALIKE = 90
"""Names of indicators at least so alike are one where target and kind are the same too."""
FEWEST_DIGITS = 4
"""Digits that budget and executed amount must show to tell a project by."""


@dataclass(frozen=True, eq=False)
class Evaluated:
    """One project (or, ``whole``, the department) with all that is told of it.

    Nearly every rule asks for the ``chains``; they are put together once.
    """

    name: str
    whole: bool
    summaries: tuple[Summary, ...] = ()
    forms: tuple[Form, ...] = ()

    @property
    def groups(self) -> Iterator[Summary | Form]:
        """Everything told of it: summaries, then forms."""
        yield from self.summaries
        yield from self.forms

    @property
    def indicators(self) -> Iterator[Indicator]:
        """Its indicators in all places."""
        for group in self.groups:
            yield from group.indicators

    @cached_property
    def chains(self) -> tuple[tuple[Indicator, ...], ...]:
        """Its indicators, each with all its places."""
        return tuple(tuple(chain) for chain in _linked(self))


@lru_cache(maxsize=8192)
def bare_name(name: str) -> str:
    """A name without marks and blanks, for comparing."""
    return _MARKS.sub("", squeeze(name))


def evaluated(performance: Performance) -> tuple[Evaluated, ...]:
    """The projects in the order in which they are first told."""
    clusters: list[list[Summary | Form]] = []
    told: tuple[Summary | Form, ...] = (*performance.summaries, *performance.forms)
    for group in told:
        home = next((cluster for cluster in clusters if any(_same_project(group, other) for other in cluster)), None)
        if home is None:
            clusters.append([group])
        else:
            home.append(group)
    return tuple(
        Evaluated(
            cluster[0].project, cluster[0].whole,
            tuple(g for g in cluster if isinstance(g, Summary)), tuple(g for g in cluster if isinstance(g, Form)),
        )
        for cluster in clusters
    )  # fmt: skip


def _same_project(one: Summary | Form, other: Summary | Form) -> bool:
    if one.whole or other.whole:
        return one.whole and other.whole
    first, second = (_TAIL.sub("", bare_name(g.project)) for g in (one, other))
    if not first or not second:
        return False
    if first == second:
        return True
    if _TELLING.findall(first) != _TELLING.findall(second):
        return False  # 一期 and 二期 may well have the same budget
    return (fuzz.ratio(first, second) >= ALIKE and len(first) >= 6) or same_money(one, other)


def same_money(one: Summary | Form, other: Summary | Form) -> bool:
    """Whether both tell the same budget and executed amount, to enough digits, under names that have words in common."""
    first, second = main_money(one), main_money(other)
    if first is None or second is None or fuzz.ratio(one.project, other.project) < 45:
        return False
    budgets, spent = (first.budget, second.budget), (first.executed, second.executed)
    return all(a is not None and b is not None and _same_amount(a, b) for a, b in (budgets, spent))


def _same_amount(one: Amount, other: Amount) -> bool:
    digits = min(len(a.figure.value.as_tuple().digits) for a in (one, other))
    return digits >= FEWEST_DIGITS and yuan(one) == yuan(other) is not None


def yuan(amount: Amount) -> Decimal | None:
    """The exact printed amount in 元; ``None`` where no unit is printed."""
    return amount.figure.value * amount.unit.factor if amount.unit else None


def main_money(group: Summary | Form) -> Money | None:
    """The money of the project as a whole: of a form the row of the total."""
    if isinstance(group, Summary):
        return group.money
    whole = [money for money in group.money if not money.part_of and money.budget is not None]
    return whole[0] if whole else None


def execution(form: Form) -> tuple[Money | None, Points | None]:
    """The row of money that points are given for, and the full points: printed in its row or in the heading over it."""
    money = next((m for m in form.money if not m.part_of and (m.score is not None or m.weight is not None)), None)
    heading = next((group.weight for group in form.groups if group.level1 == "预算执行"), None)
    return money, (money.weight if money is not None and money.weight is not None else heading)


def value_of(told: Told, unit: str = "") -> Value:
    """A told value with the unit that the indicator's name or a column gives it."""
    return told.value.with_unit(unit)


def judged(indicator: Indicator) -> Judged:
    """Whether the indicator is met where it stands."""
    actual, target = indicator.actual, indicator.target
    return meets(
        value_of(actual, indicator.unit) if actual else None, value_of(target, indicator.unit) if target else None,
        indicator.name,
    )  # fmt: skip


def may_be_cut(indicator: Indicator, chain: Iterable[Indicator] = ()) -> bool:
    """Whether a form's actual value may have lost digits: it begins or ends its target's, or the value told elsewhere."""
    if indicator.place is not Place.FORM or indicator.actual is None or indicator.actual.value.figure is None:
        return False
    target = indicator.target
    if target is not None and parse_value(target.text).unit and not parse_value(indicator.actual.text).unit:
        wanted, done = target.value.figure, indicator.actual.value.figure
        if wanted is None or done.value.adjusted() < wanted.value.adjusted():
            return True  # 215 beside 2000亩: where the unit is gone, digits may be gone with it
    others = [target, *(other.actual for other in chain if other is not indicator)]
    figures = [told.value.figure.value for told in others if told is not None and told.value.figure is not None]
    return any(lost_digits(indicator.actual.value.figure.value, figure) for figure in figures)


def compared(one: Indicator, other: Indicator, part: str) -> Likeness:
    """How ``target`` or ``actual`` of two places compare."""
    first: Told | None = getattr(one, part)
    second: Told | None = getattr(other, part)
    if first is None or second is None:
        return Likeness.UNKNOWN
    return likeness(value_of(first, one.unit), value_of(second, other.unit), one.name)


def is_rounded(one: Indicator, other: Indicator, part: str) -> bool:
    """Whether two values that differ in precision only are one number rounded half up, not cut."""
    first: Told | None = getattr(one, part)
    second: Told | None = getattr(other, part)
    if first is None or second is None:
        return False
    pair = aligned(value_of(first, one.unit), value_of(second, other.unit), one.name)
    return pair is not None and rounds(pair.one, pair.other)


def linked(project: Evaluated) -> list[list[Indicator]]:
    """The indicators of a project, each with all its places: first exact names, then names alike with the same target."""
    return [list(chain) for chain in project.chains]


def _linked(project: Evaluated) -> list[list[Indicator]]:
    chains: list[list[Indicator]] = []
    by_name: dict[str, list[list[Indicator]]] = {}
    for group in project.groups:
        mine = list(group.indicators)
        counts = Counter(bare_name(i.name) for i in mine if i.role is Role.LISTED)
        for indicator in mine:
            name = bare_name(indicator.name)
            chain = None
            if counts[name] <= 1:
                chain = _exact(by_name.get(name, []), indicator, name) or _alike(chains, indicator, name)
            if chain is None:
                chains.append([indicator])
                by_name.setdefault(name, []).append(chains[-1])
            else:
                chain.append(indicator)
    return chains


def _exact(named: list[list[Indicator]], indicator: Indicator, name: str) -> list[Indicator] | None:
    """The only chain of exactly this name; where there are several, the one of the same kind."""
    found = [chain for chain in named if not _taken(chain, indicator)]
    found = found if len(found) == 1 and len(name) >= 4 else [chain for chain in found if _fits(chain, indicator)]
    return found[0] if len(found) == 1 else None


def _alike(chains: list[list[Indicator]], indicator: Indicator, name: str) -> list[Indicator] | None:
    if len(name) < 6:
        return None
    found = []
    telling = _TELLING.findall(name)
    for chain in chains:
        other = bare_name(chain[0].name)
        inside = min(len(name), len(other)) >= 8 and (name in other or other in name)
        if not inside and not fuzz.ratio(name, other, score_cutoff=ALIKE):
            continue
        if telling != _TELLING.findall(other) or not _same_kind(chain[0].level1, indicator.level1):
            continue
        if _fits(chain, indicator) and compared(chain[0], indicator, "target") is Likeness.EQUAL:
            found.append(chain)
    return found[0] if len(found) == 1 else None


def _same_kind(one: str, other: str) -> bool:
    """Whether two kinds may be the same: one that a form's torn cells hide is any."""
    return not one or not other or one == other


def _fits(chain: list[Indicator], indicator: Indicator) -> bool:
    """Whether a chain can take an indicator: one LISTED in each group, and kinds that do not contradict."""
    kinds = {o.level2 for o in chain if o.level2 and o.role is Role.LISTED}
    other = indicator.role is Role.LISTED and bool(kinds) and bool(indicator.level2) and indicator.level2 not in kinds
    return not _taken(chain, indicator) and not (
        other and not any(_same_kind(o.level1, indicator.level1) for o in chain)
    )


def _taken(chain: list[Indicator], indicator: Indicator) -> bool:
    return any(_home(o) == _home(indicator) and o.role is Role.LISTED is indicator.role for o in chain)


def _home(indicator: Indicator) -> tuple[bool, int]:
    return (indicator.place is Place.FORM, indicator.group)


def mentioned(name: str, texts: Iterable[str]) -> bool:
    """Whether one of the texts speaks of an indicator by its name, whole or nearly so."""
    wanted = bare_name(name)
    for text in texts:
        plain = bare_name(text)
        if wanted in plain or (len(wanted) >= 6 and fuzz.partial_ratio(wanted, plain) >= 85):
            return True
    return False
