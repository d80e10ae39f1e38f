"""Headers, footers and page numbers: what stands at the edge of pages and is no part of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.reading.pdf.lines import TextLine
from assistant.text import squeeze

EDGE = 0.12
"""The part of a page's height, at top and bottom, where headers and footers stand."""

_NUMBER = re.compile(
    r"[-—–－·.•~～_|/\\\[(（【]*(?:第|P|Page|page)?([0-9]{1,3}|[ivxIVX]{1,6})(?:页)?(?:[,，/／]?(?:共|of)?([0-9]{1,3})页?)?[-—–－·.•~～_|/\\\])）】]*"
)
_SHAPE = re.compile(r"\d+")
_SEVERAL = 3
_PLACE = 12


def page_number(text: str) -> bool:
    """Whether a line is a page number: 3, - 12 -, 第3页 共40页, 3/40, iv."""
    return _NUMBER.fullmatch(squeeze(text)) is not None


def remove_furniture(
    pages: Sequence[list[TextLine]], heights: Sequence[float], tops: Sequence[float], bottoms: Sequence[float]
) -> list[list[TextLine]]:
    """The lines of each page without what is repeated at its edges and without page numbers.

    ``tops`` and ``bottoms`` are where the tables of each page begin and end: what stands between is never furniture.
    """
    counts: Counter[tuple[str, bool]] = Counter()
    edges: list[list[tuple[TextLine, str, bool]]] = []
    for lines, height, top, bottom in zip(pages, heights, tops, bottoms, strict=True):
        at_edge = []
        ordered = sorted(lines, key=lambda line: line.top)
        for group, upper in ((ordered[:3], True), (ordered[-3:][::-1], False)):
            for line in group:
                inside = (
                    line.middle < height * EDGE and line.bottom <= top + 2
                    if upper
                    else (line.middle > height * (1 - EDGE) and line.top >= bottom - 2)
                )
                if inside:
                    at_edge.append((line, _shape(line), upper))
        edges.append(at_edge)
        counts.update({(shape, upper) for _, shape, upper in at_edge})
    enough = max(_SEVERAL, len(pages) // 4)
    places = _counted(edges)
    result = []
    for number, (lines, at_edge) in enumerate(zip(pages, edges, strict=True)):
        gone: set[int] = set()
        for line, shape, upper in at_edge:
            outermost = all(
                id(other) in gone or (other.top >= line.top - 1 if upper else other.top <= line.top + 1)
                for other in lines
            )
            numbered = page_number(line.text)
            if outermost and (numbered or (counts[shape, upper] >= enough and not _is_title(line.text))):
                gone.add(id(line))
        kept = [line for line in lines if id(line) not in gone]
        last = max(kept, key=lambda line: line.middle, default=None)
        if last is not None and last.top >= bottoms[number] - 2 and _in_step(last, number, places):
            kept.remove(last)  # a short page, whose number stands right under its text
        result.append(kept)
    return result


def _counted(edges: Sequence[Sequence[tuple[TextLine, str, bool]]]) -> dict[int, list[tuple[int, int]]]:
    """Page numbers by their place across the page: the page's place in the file with the number that it bears."""
    places: dict[int, list[tuple[int, int]]] = {}
    for page, at_edge in enumerate(edges):
        for line, _, _ in at_edge:
            number = _number(line)
            if number is not None:
                places.setdefault(_place(line), []).append((page, number))
    return {place: numbers for place, numbers in places.items() if len(numbers) >= _SEVERAL}


def _in_step(line: TextLine, page: int, places: dict[int, list[tuple[int, int]]]) -> bool:
    """Whether a line counts on from the number of the page before and to that of the page after, in the same place."""
    number = _number(line)
    numbers = places.get(_place(line), [])
    if number is None or not numbers:
        return False
    before = max((known for known in numbers if known[0] < page), default=None)
    after = min((known for known in numbers if known[0] > page), default=None)
    return (before is None or 0 < number - before[1] <= page - before[0]) and (
        after is None or 0 < after[1] - number <= after[0] - page
    )


def _number(line: TextLine) -> int | None:
    match = _NUMBER.fullmatch(squeeze(line.text))
    return int(match[1]) if match and match[1].isdigit() else None


def _place(line: TextLine) -> int:
    return round((line.left + line.right) / 2 / _PLACE)


def _shape(line: TextLine) -> str:
    return f"{_SHAPE.sub('#', squeeze(line.text))}@{round(line.middle / 12)}"


def _is_title(text: str) -> bool:
    """Whether a repeated line belongs to a table after all (单位：万元, 部门：…)."""
    return re.search(r"单位[:：]|部门[:：]|公开\d", squeeze(text)) is not None
