"""Lines to paragraphs, by their geometry: a line that fills its measure goes on in the next one, over page breaks too."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.reading.pdf.lines import TextLine
from assistant.reading.preamble import is_title
from assistant.reading.sections import is_heading, numbering

_UNBROKEN = re.compile(r"[（(《“‘\[]*(?:[0-9A-Za-z.,%％:/\-]+|.)[）)》”’\]。，、；：:！？%％]*")
_SENTENCE_END = "。！？；"
_LEADERS = re.compile(r"(?:[.．·…‥]\s?){4,}\d*$|…{2,}\s*\d*$")
_LABEL = re.compile(
    r"^(?:金额)?单位[:：]|^(?:编制|预算|填报|公开)?(?:主管)?(?:部门|单位)(?:名称)?[:：]|^公开\d\d表?$|^附[表件]\s*\d*[:：]?$"
)
_BEGINS = re.compile(r"^(?:注|说明|备注|附注)\d?[:：]")
_MOST_SPACING = 1.9
_WIDE, _SEVERAL = 0.45, 3


@dataclass(frozen=True, slots=True)
class Measure:
    """The left and right edges between which the text of a page is set, and the page's width."""

    left: float
    right: float
    page_width: float


def measures_of(pages: Sequence[Sequence[TextLine]], widths: Sequence[float]) -> list[Measure]:
    """The measure of each page: its own where several of its lines fill it, else that of the pages of its width."""
    own = [_own(lines, width) for lines, width in zip(pages, widths, strict=True)]
    common: dict[int, list[Measure]] = {}
    for measure in own:
        if measure is not None:
            common.setdefault(round(measure.page_width), []).append(measure)
    result = []
    for lines, width, measure in zip(pages, widths, own, strict=True):
        others = common.get(round(width), [])
        if measure is None and others:
            lefts, rights = sorted(m.left for m in others), sorted(m.right for m in others)
            measure = Measure(lefts[len(lefts) // 2], rights[len(rights) // 2], width)
        elif measure is None:
            left = min((line.left for line in lines), default=0)
            measure = Measure(left, max(width - left, width / 2), width)
        result.append(measure)
    return result


def _own(lines: Sequence[TextLine], width: float) -> Measure | None:
    """The edges that lines of a page share, if enough of them reach far enough to be running text."""
    long = [line for line in lines if line.right - line.left > _WIDE * width]
    if len(long) < _SEVERAL:
        return None
    em = sorted(line.em for line in long)[len(long) // 2]
    right = _shared(sorted((line.right for line in long), reverse=True), em)
    left = _shared(sorted(line.left for line in lines), em)
    return None if right is None else Measure(long[0].left if left is None else left, right, width)


def _shared(edges: list[float], em: float) -> float | None:
    """The outermost edge that at least two lines share."""
    for edge, following in itertools.pairwise(edges):
        if abs(edge - following) <= em * 0.8:
            return edge
    return None


def is_label(text: str) -> bool:
    """Whether a line belongs to the heading of a table by its words (单位：万元, 部门：…, 公开01表)."""
    return _LABEL.search(text.replace(" ", "")) is not None


def goes_on(above: TextLine, below: TextLine, *, first: bool, measure: Measure, following: Measure) -> bool:
    """Whether ``below`` continues the paragraph that ends with ``above`` (``first``: that line begins its paragraph).

    ``measure`` is that of the page of ``above``, ``following`` that of the page of ``below``.
    """
    em = max(above.em, below.em)
    if min(above.em, below.em) < 0.8 * em or _LEADERS.search(above.text) or _LEADERS.search(below.text):
        return False
    if is_label(above.text) or is_label(below.text) or _BEGINS.search(below.text):
        return False
    if above.text[-1:] in _SENTENCE_END and is_title(below.text):
        return False
    same_page = above.page == below.page
    if same_page and below.top - above.bottom > _MOST_SPACING * em:
        return False
    if above.right - measure.left < _WIDE * measure.page_width:
        return False
    token = _UNBROKEN.match(below.text)
    room = (sum(0.5 if char.isascii() else 1 for char in token[0][:24]) if token else 1) * em + 0.8 * em
    level, _ = numbering(below.text)
    ended = above.text[-1:] in _SENTENCE_END + "：:"
    if measure.right - above.right > room and not (first and _centred(above, below, measure)):
        # The line ends early, and so does its paragraph; unless only its first line is indented, and it does not end.
        return first and same_page and not level and not ended and 1.2 * em < above.left - below.left < 3.5 * em
    if same_page and not level and _centred(above, below, measure) and numbering(above.text)[0] == 1:
        return True  # 第三部分 … set over two lines in the middle of the page
    shift = 0 if same_page else following.left - measure.left
    if below.left - following.left > 1.2 * em:
        aligned = abs(below.left - above.left - shift) <= 0.5 * em
        return not first and aligned and not level and above.text[-1:] not in _SENTENCE_END
    return not (level and (ended or (first and is_heading(above.text))))


def _centred(above: TextLine, below: TextLine, measure: Measure) -> bool:
    """Whether two lines stand in the middle of the page, the lower one well within it."""
    em = max(above.em, below.em)
    axis = measure.page_width / 2
    return (
        below.left - measure.left > 3 * em
        and abs(above.left + above.right - 2 * axis) < 3 * em
        and abs(below.left + below.right - above.left - above.right) < 1.5 * em
    )
