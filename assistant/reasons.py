"""Stated reasons (原因): where one stands, which change it explains, and where it ends.

A reason belongs to the moves (增减、完成率) told right before it: those of its own sentence, or of the sentence before where
it begins one. A heading (减少的原因：) says itself which direction is explained. What cannot be told apart stays apart: the
moves are all given, and a check that finds two directions among them says nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.document import Document
from assistant.statements import Figure, Statement
from assistant.text import normalise

UP_WORDS = "增加|增多|增长|增大|提高|上升|上涨|上调|调增|扩大|新增|追加|增设|增购|增聘|加大|高于|大于|多于|超过|超出|增"
DOWN_WORDS = "减少|减小|下降|降低|压减|压缩|缩减|缩小|下调|调减|核减|削减|精简|回落|低于|小于|少于|降|减"

_MARK = re.compile(
    r"(?:主要|变动|变化|较大|的)*原因(?:主要|分别)?(?P<verb>[是为系有]|在于|如下)?(?:主要)?(?:是|由于|因为|因)?\s*(?P<colon>[::])?"
    r"|主要(?:是|系|为|由于|因为|因)(?!用于)(?:由于|因为|因)?\s*:?"
    r"|(?:由于|因为|因(?![公素此而]))"
)
_HEADING = re.compile(
    rf"(?<![增减/(])(?:(?P<up>{UP_WORDS})|(?P<down>{DOWN_WORDS}))(?P<base>(?:年初|全年|调整)?预算数?)?(?:较大|较多|幅度较大)?$"
)
_GOES_ON = re.compile(r"\s*(?:[一二三四五六七八九]是|另|同时|此外|而|但|以及)")
_CUT = re.compile(
    r"其中[:,]|主要?用于|具体(?:情况)?(?:如下|为)|主要内容|[一二三四五六七八九十]、|(?<!\d)\d+[、.](?!\d)"
)
_STOP = re.compile(r"[。;()\n]|(?<!\d),|,(?!\d{3})|$")
_TOLD = re.compile(r"\d\s*(?:亿元|万元|元|%)")
_COMPARED = re.compile(r"^\s*(?:比|较|与|占|完成|同比)")
_WAY = re.compile(rf"{UP_WORDS}|{DOWN_WORDS}")


@dataclass(frozen=True, slots=True)
class Move:
    """A change, rate or completion rate told before a reason; ``way`` is ``up`` or ``down``."""

    way: str
    base: str
    figure: Figure
    statement: Statement


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason at ``start``…``end`` of a paragraph (``text`` is that stretch, normalised), and what it may explain.

    ``way`` is the direction its heading names (empty where it has none), ``heading`` the heading's words, ``to_budget``
    whether it compares with the budget. ``moves`` are those told right before, ``begin`` is where its first words stand.
    """

    paragraph: int
    begin: int
    start: int
    end: int
    text: str
    way: str
    heading: str
    to_budget: bool
    moves: tuple[Move, ...]


def read_reasons(document: Document, statements: Iterator[Statement]) -> Iterator[Reason]:
    """The reasons of a document, paragraph by paragraph. ``statements`` are those that stand in no reason."""
    told: dict[int, list[Move]] = defaultdict(list)
    for statement in statements:
        for move in moves_of(statement):
            told[move.figure.paragraph].append(move)
    for index, paragraph in enumerate(document.paragraphs):
        if index in told or "原因" in paragraph.text:
            text = normalise(paragraph.text)
            moves = sorted(told.get(index, ()), key=lambda move: move.figure.mention.start)
            yield from _of_paragraph(index, text, moves)


def moves_of(statement: Statement) -> Iterator[Move]:
    """What a statement says of more or less: each comparison once, and a completion rate that is not 100%."""
    for comparison in statement.comparisons:
        figure = comparison.change or comparison.rate
        way = comparison.change_way or comparison.rate_way
        if figure is not None and way and figure.mention.quantity.value:
            last = comparison.rate or figure
            yield Move(way, comparison.base, max(figure, last, key=lambda f: f.mention.start), statement)
    for rate in statement.executions[:1]:
        value = rate.mention.quantity.value
        if value and value != 100:
            yield Move("up" if value > 100 else "down", "预算", rate, statement)


def _of_paragraph(index: int, text: str, moves: list[Move]) -> Iterator[Reason]:
    ends = [move.figure.mention.end for move in moves]
    done = 0
    for mark in _MARK.finditer(text):
        if mark.start() < done:
            continue
        heading = _HEADING.search(text, max(done, mark.start() - 24), mark.start())
        near = bisect_right(ends, mark.start())
        follows = bool(near) and not re.search(r"[^\s,。;:()]", text[ends[near - 1] : mark.start()])
        named = "原因" in mark[0]
        if not follows and not (named and (mark["verb"] or mark["colon"] or heading)):
            continue
        end = reason_end(text, mark.end())
        if end - mark.end() < 2:
            continue
        window = _window(text, moves, done, mark.start())
        way = "" if heading is None else "up" if heading["up"] else "down"
        yield Reason(
            index, heading.start() if heading else mark.start(), mark.end(), end, text[mark.end() : end], way,
            heading[0] if heading else "", bool(heading and heading["base"]), tuple(window),
        )  # fmt: skip
        done = end


def _window(text: str, moves: list[Move], done: int, mark: int) -> list[Move]:
    """The moves that a reason may explain: of its own part of the sentence, else of the sentence of the last one."""
    before = [m for m in moves if done <= m.figure.mention.start < mark]
    if not before:
        return []
    last = before[-1].figure.mention.end
    begin = max(done, *(text.rfind(stop, 0, last) for stop in ("。", ";", "\n")))
    return [move for move in before if move.figure.mention.start > begin or begin == done]


def reason_end(text: str, start: int) -> int:
    """Where a reason ends: at a full stop after which nothing goes on with it, or where figures are told anew."""
    at, depth = start, 0
    while at < len(text):
        stop = _STOP.search(text, at)
        assert stop is not None
        clause = text[at : stop.start()]
        other = _MARK.search(clause)
        if (cut := _CUT.search(text, at, stop.end())) or (at > start and other and "原因" in other[0]):
            return cut.start() if cut and cut.start() > at + 2 else max(start, at - 1)
        if at > start and (_COMPARED.match(clause) and _TOLD.search(clause)):
            return at - 1
        if at > start and (figure := _TOLD.search(clause)) and not _WAY.search(clause, 0, figure.start()) and not depth:
            return at - 1
        if stop[0] == "":
            break
        depth += (stop[0] == "(") - (stop[0] == ")")
        if depth < 0 or (stop[0] in "。\n" and not _GOES_ON.match(text, stop.end())):
            return stop.start()
        if stop[0] == ";" and not _GOES_ON.match(text, stop.end()):
            rest = re.split(r"[。;]", text[stop.end() :])[0]
            if _TOLD.search(rest) or _CUT.search(rest):
                return stop.start()
        at = stop.end()
    return len(text)
