"""The indicators (绩效指标) as understood: one row for each, with what narrative, summary and form say of it side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz

from assistant.indicators.linking import compared, evaluated, judged, linked
from assistant.indicators.meeting import Likeness
from assistant.indicators.model import Form, Place, Role
from assistant.reports.layout import Page, block, inline, wrap
from assistant.reports.places import lines
from assistant.text import pad

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.document import Document
    from assistant.indicators.linking import Evaluated
    from assistant.indicators.model import Indicator, Money, Performance, Points, Summary

PLACES: Final = {Place.NARRATIVE: "正文", Place.SUMMARY: "摘要", Place.FORM: "表格"}
_ROLES: Final = {Role.LISTED: "", Role.UNMET: "未完成部分", Role.PROBLEM: "问题部分"}
ALIKE: Final = 70
NARROWEST: Final = 16
"""Columns that a place needs; on a narrower page the places stand under each other."""


def render_indicators(document: Document, performance: Performance, page: Page | None = None) -> str:
    """All indicators by project."""
    page = page or Page()
    projects = evaluated(performance)
    rows = [(project, _paired(linked(project))) for project in projects]
    told = sum(1 for _ in performance.indicators)
    count = sum(len(chains) for _, chains in rows)
    out = [*block(document.title or "（未识别标题）", page)]
    named = sum(1 for project in projects if not project.whole and project.name)
    out += block(f"项目 {named:,} 个，绩效指标 {count:,} 项，共在 {told:,} 处写到", page)
    for project, chains in rows:
        out += ["", *(page.paint(line, "bold") for line in block(_title(project), page))]
        for group in project.groups:
            out += block(_group(group), page, first="  ", rest="    ")
        out += _table(chains, page)
    return "\n".join(out) + "\n"


def _paired(chains: list[list[Indicator]]) -> list[list[Indicator]]:
    """For showing, those side by side too that only a form tells, or only a list of the unmet, under a name much alike.

    Rules do not rely on these pairs: a reader sees both names' places and decides.
    """
    listed = [any(i.role is Role.LISTED and i.place is not Place.FORM for i in chain) for chain in chains]
    told = [
        c
        for c, is_listed in zip(chains, listed, strict=True)
        if is_listed and all(i.place is not Place.FORM for i in c)
    ]
    formed = [c for c, is_listed in zip(chains, listed, strict=True) if not is_listed]
    pairs: dict[int, list[Indicator]] = {}
    for chain in formed:
        best = sorted(((_nearness(other[0], chain[0]), other) for other in told), key=lambda pair: -pair[0])
        clear = len(best) == 1 or (len(best) > 1 and best[0][0] > best[1][0])
        if best and clear and best[0][0] >= ALIKE and id(best[0][1]) not in {id(o) for o in pairs.values()}:
            pairs[id(chain)] = best[0][1]
    joined = {id(home): [*home, *chain] for chain in formed if (home := pairs.get(id(chain))) is not None}
    return [joined.get(id(chain), chain) for chain in chains if id(chain) not in pairs]


def _nearness(one: Indicator, other: Indicator) -> float:
    """How alike two indicators of one project are; nothing where a value differs."""
    if any(compared(one, other, part) is Likeness.DIFFERENT for part in ("target", "actual")):
        return 0
    return max(fuzz.ratio(one.name, other.name), fuzz.token_set_ratio(one.name, other.name))


def _title(project: Evaluated) -> str:
    names = list(dict.fromkeys(inline(group.project) for group in project.groups if group.project))
    if project.whole:
        return "整体支出绩效"
    if not names:
        return "（未写明项目）"
    return names[0] + (f"（又作：{'、'.join(names[1:])}）" if len(names) > 1 else "")


def _group(group: Summary | Form) -> str:
    """Where a project is told, its money and its points."""
    form = isinstance(group, Form)
    place = Place.FORM if isinstance(group, Form) else group.place
    parts = [
        f"{PLACES[place]}{lines(group.span.line, group.span.last_line)}：指标 {sum(i.role is Role.LISTED for i in group.indicators)} 项"
    ]
    money = (group.money[0] if group.money else None) if isinstance(group, Form) else group.money
    if money is not None:
        parts.append(_money(money))
    score = group.total if isinstance(group, Form) else group.score
    if score is not None:
        parts.append(f"{'总分' if form else '得分'} {_figure(score)}")
    return "，".join(parts)


def _money(money: Money) -> str:
    told = (("年初预算", money.initial), ("预算", money.budget), ("执行", money.executed), ("执行率", money.rate))
    return "，".join(f"{name} {inline(part.text)}" for name, part in told if part is not None)


def _figure(points: Points) -> str:
    return f"{points.figure.value}{'%' if points.percent else ''}"


def _table(chains: Sequence[Sequence[Indicator]], page: Page) -> list[str]:
    if not chains:
        return []
    places = [place for place in PLACES if any(i.place is place for chain in chains for i in chain)]
    name_room = max(min(page.columns * 2 // 5, 40) if len(places) < 3 else page.columns // 4, NARROWEST)
    room = (page.columns - 2 - name_room) // len(places) - 2
    if room < NARROWEST:
        return [line for chain in chains for line in _listed(chain, page)]
    head = "  " + pad("指标", name_room) + "".join("  " + pad(PLACES[place], room) for place in places)
    out = [page.paint(head.rstrip(), "dim")]
    kind = None
    for chain in chains:
        if (found := _kind(chain)) != kind:
            kind = found
            out.append(page.paint(f"  {kind or '（类别未写明）'}", "dim"))
        cells = [wrap(inline(chain[0].name), name_room)]
        for place in places:
            cells.append([line for text in _cell(chain, place) for line in wrap(text, room)])
        for number in range(max(len(cell) for cell in cells)):
            shown = [cell[number].rstrip(" ") if number < len(cell) else "" for cell in cells]
            line = "  " + pad(shown[0], name_room) + "".join("  " + pad(text, room) for text in shown[1:])
            out.append(line.rstrip())
    return out


def _kind(chain: Sequence[Indicator]) -> str:
    told = next((i for i in chain if i.role is Role.LISTED and (i.level1 or i.level2)), chain[0])
    return " › ".join(part for part in (told.level1, told.level2) if part)


def _cell(chain: Sequence[Indicator], place: Place) -> Iterator[str]:
    """What one place says: target, actual with whether it is met, points, line; what is repeated elsewhere only by line."""
    shown: set[tuple[str, str]] = set()
    for indicator in (i for i in chain if i.place is place):
        values = (
            indicator.target.shown if indicator.target else "",
            indicator.actual.shown if indicator.actual else "",
        )
        where = lines(indicator.title.span.line) + (f"（{_ROLES[indicator.role]}）" if _ROLES[indicator.role] else "")
        if values in shown:
            yield where
            continue
        shown.add(values)
        yield from _told(indicator)
        yield where
    if not shown:
        yield "—"


def _told(indicator: Indicator) -> Iterator[str]:
    yield f"目标 {inline(indicator.target.shown)}" if indicator.target else "目标 未写明"
    if indicator.actual is not None:
        yield f"实际 {inline(indicator.actual.shown)}（{judged(indicator).state.value}）"
    for goal in indicator.goals:
        yield f"{inline(goal.label)} {inline(goal.told.text)}"
    if indicator.score is not None or indicator.weight is not None:
        score = _figure(indicator.score) if indicator.score else "—"
        yield f"得分 {score}" + (f"／{_figure(indicator.weight)}" if indicator.weight else "")


def _listed(chain: Sequence[Indicator], page: Page) -> Iterator[str]:
    """The places under each other, for a narrow page."""
    yield from block(
        inline(chain[0].name) + (f"（{_kind(chain)}）" if _kind(chain) else ""), page, first="  ", rest="  "
    )
    for indicator in chain:
        told = "，".join(_told(indicator))
        role = f"（{_ROLES[indicator.role]}）" if _ROLES[indicator.role] else ""
        text = f"{PLACES[indicator.place]}{lines(indicator.title.span.line)}{role}：{told}"
        yield from block(text, page, first="    ", rest="      ")
