"""What a stated reason says of more and less: its words of direction, what they are said of, and what follows from them.

人员增加 speaks of more, 压减会议费 of less; what is said after 导致 stands for all that led to it. Whether less of a thing means
less spending (人员) or tells nothing (结余) is knowledge, and comes with the vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_UP = (
    "增加|增多|增长|增大|增至|提高|提升|上升|上涨|上浮|上调|调增|调高|扩大|扩充|新增|追加|增设|增购|增聘|增资|增编|增配|"
    "新招录|招录|新进|新录用|新聘|新购置?|新建|新成立|新开办|加大|激增|涨|较多|变多|多于|高于|大于|超出|超过"
)
_DOWN = "减少|减小|减至|下降|下滑|降低|降至|下调|下浮|调减|调低|缩减|缩小|核减|削减|裁减|变少|回落|较少|少于|低于|小于"
_SAVED = "压减|压缩|精简|厉行节约|勤俭节约|节约|节省|节支|紧日子|严格控制|从严控制|严控|从严从紧|控减"
_WORD = re.compile(rf"(?<![增减])(?:(?P<up>{_UP})|(?P<down>{_DOWN})|(?P<saved>{_SAVED}))")
_ITEM = re.compile(
    r"[。;](?:\s*[一二三四五六七八九]是)?|[一二三四五六七八九]是(?:因|由于)?|此外|同时|另外|另一方面|一方面"
)
_RESULT = re.compile(
    r"导致|致使|促使|使得|以致|造成|引起|从而|因此|因而|所以|相应|随之|(?<!事)故(?![障事居])|使(?!用|馆)"
)
_ADVERB = re.compile(
    r"(?:有所|相应地?|随之|大幅度?|大量|明显|显著|略有?|小幅|逐年|逐步|逐渐|进一步|较大幅度|幅度|都|均|也|又|各|同步|不断|持续|继续|"
    r"政策性|正常|自然|总体|整体|全面|适当|部分|实际|年中|年初|需要?|比较|较|的|地|在|上|稍|进行了?|予以|了|而|由|对|将|年末|年底|年内|当年|本年|按(?:规定|流程|要求|计划|合同|政策|程序|实际|进度))$"
)
_AFTER = re.compile(
    r"(?:了|的|较多|较大|较快|明显|幅度较大|幅度|所致|引起|导致|等|原因|造成|的?影响|有关|情况|变化|方面|数额?|金额|额|因素|安排|以及|和|及|、|,|\s)*[。;]?\s*"
)
_BOILERPLATE = frozenset({"厉行节约", "勤俭节约", "紧日子"})
"""Said of everything: what stands beside it is the reason."""

_GONE = re.compile(r"(?:不再|未再)(?:安排|列支|发生|实施|支付|开展)[^,。;]{0,12}[。;]?\s*$")
"""What ends a reason by saying that money is not spent any more: it explains a fall."""

_GIVEN_BACK = re.compile(r"冲减|收回|退回|减免|扣减|上缴|压减|减少|调减|抵|补贴收入|非税")
_EITHER = (("人员", "公用"), ("基本支出", "项目"), ("购置", "运行"), ("一般公共", "基金"), ("财政拨款", "事业收入"))
"""Kinds of money of which one may fall because the other rises."""

_SO = ("相应", "随之")
_WHOLE = re.compile(
    r"(?:一般公共预算|政府性基金|财政拨款|财政|拨款|本年度?|今年|当年|全年|年度|部门|单位|总体|总额?|收入?|支出?|经费|费用|开支|决算|预算|"
    r"资金|合计|总计|数|三公|机关运行|[、和与及的 “”\"])*"
)
"""What is said of a whole amount, or of nothing: 导致收支增加."""

_TURNS = re.compile(r"[,但由改而仍后因未没不无]|为了|用于|前提|基础上|同时|据实|需要")
"""What may turn round what was said before it."""

_NOT = re.compile(
    r"未(?!来)|没|无(?!锡|线|人机|形)|不(?!断|动产)|停止|防止|避免|取消|非(?=新增)|结束|到期|完工|竣工|执行|落实|控制人"
)
_OPENING = re.compile(
    r"^(?:本|我|各|该)?(?:年度?|单位|部门|局|院|中心|校|镇|街道|区|县|市|委|办|厅)?(?:主要)?(?:是|系|为|由于|因为|因|进一步|大力|认真|积极|着力|坚持|继续|切实|严格|主动|通过|对|将|要求|有效|合理|全年|当年|相应|不断|也|均|故|可能|预计|计划|按(?:规定|要求|政策))*"
)
_TAIL = re.compile(r"(?:等|的|预算|支出|安排|方面|相关|项|数|数量|金额|额|额度|开支|费用|经费|资金|\s|[\"”、])$")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a word of direction must be said of (``things``: their last characters), and what tells nothing.

    ``free`` are things whose increase may go with either (结余, 效率), ``endings`` and ``ended`` words that make of
    a thing its opposite (离职人员, 完工项目), the latter explaining any fall; ``excuses`` words that make any direction possible,
    unless they stand in one of ``plain`` (退休人员支出).
    """

    things: tuple[str, ...]
    free: tuple[str, ...]
    endings: tuple[str, ...]
    ended: tuple[str, ...]
    excuses: tuple[str, ...]
    plain: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signal:
    """One word of direction in a reason.

    ``known``: said of a thing that moves spending; ``result``: told as what followed; ``whole``: of the whole amount;
    ``verb``: what it is said of stands behind it (压减会议费).
    """

    way: str
    word: str
    start: int
    end: int
    known: bool
    result: bool = False
    whole: bool = False
    verb: bool = False


def opposed(text: str, way: str, vocabulary: Vocabulary, subject: str = "", year: int | None = None) -> Signal | None:
    """The word by which a reason says the opposite of ``way``; None where it may fit, or where nothing is certain."""
    shown = _compared_away(text, year)
    if not any(("up" if word["up"] else "down") != way for word in _WORD.finditer(shown)) and not _GONE.search(shown):
        return None
    parts = list(_items(shown))
    whole = [_signals(item, at, vocabulary, subject) for item, at in parts]
    items = [None if item is None else _outcome(item) for item in whole]
    told = [item for item in items if item is not None]
    last = told[-1] if told else []
    if last and last[-1].result and last[-1].whole and last[-1].way != way and _ends(shown, last[-1]):
        others = [signal for item in told[:-1] for signal in item]
        explicit = shown != text and re.search(r"[比较]", text[max(0, last[-1].start - 12) : last[-1].start])
        causes = next(item for item in reversed(whole) if item)[:-1]
        turned = bool(causes) and all(signal.way == way for signal in causes)  # 业务增多，使支出减少
        if explicit or turned or all(signal.way != way for signal in others):
            return last[-1]
    if way == "up" and (gone := _GONE.search(shown)) and not _GIVEN_BACK.search(shown):
        return Signal("down", gone[0], gone.start(), gone.end(), known=True)
    if not told or any(not item for item in told) or _excused(shown, way, vocabulary):
        return None
    every = [signal for item in told for signal in item if signal.word not in _BOILERPLATE]
    if not every:
        every = [signal for item in told for signal in item]
    if any(signal.way == way for signal in every) or not all(signal.known or signal.result for signal in every):
        return None
    if not all(
        item[-1].known and _ends(shown[: at + len(part)], item[-1])
        for (part, at), item in zip(parts, items, strict=True)
        if item
    ):
        return None
    return every[-1]


def _compared_away(text: str, year: int | None) -> str:
    """The text with what it compares with, and this year's number, blanked: they say nothing of other years."""
    blank = lambda match: " " * len(match[0])  # noqa: E731
    text = re.sub(
        r"[比较与同](?:上年度?|上一年度?|去年|20\d\d\s?年度?|年初)?(?:同期|预算|决算|执行|支出)*数?(?:相比|增减)?(?=[^,。;]{0,6}(?:有所|增|减|下降|上升|提高|降低|多|少))",
        lambda m: " " * len(m[0]) if len(m[0]) > 1 else m[0],
        text,
    )
    text = re.sub(
        r"同比|与上年相比|和上年相比|(?<=[大小多少高低]于)[^,。;、]{0,6}(?:预算|测算|预计|预期|计划)数?|(?<=超[出过])(?:年初|全年)?预算数?",
        blank,
        text,
    )
    return re.sub(rf"(?:{year}\s?年度?)", blank, text) if year else text


def _items(text: str) -> Iterator[tuple[str, int]]:
    at = 0
    for stop in _ITEM.finditer(text):
        if stop.start() > at:
            yield text[at : stop.start()], at
        at = stop.end()
    yield text[at:], at


def _signals(item: str, offset: int, vocabulary: Vocabulary, subject: str) -> list[Signal] | None:
    """The words of direction of one item; None for an item without any words at all."""
    if not re.search(r"[一-鿿]{2}", item):
        return None
    found: list[Signal] = []
    at = 0
    for clause in re.split(r"(?<=,)", item):
        found += _of_clause(clause, offset + at, vocabulary, subject)
        at += len(clause)
    return found


def _outcome(found: list[Signal]) -> list[Signal]:
    """The words that count: what led to a result is told by the result."""
    results = [i for i, signal in enumerate(found) if signal.result]
    return found[results[-1] :] if results else found


def _of_clause(clause: str, offset: int, vocabulary: Vocabulary, subject: str) -> Iterator[Signal]:
    marks = list(_RESULT.finditer(clause))
    done = 0
    for word in _WORD.finditer(clause):
        if word.start() < done:
            continue
        result = next((mark for mark in reversed(marks) if done <= mark.start() < word.start()), None)
        begin = done if result is None or result[0] in _SO else result.end()
        noun = _stripped(clause[begin : word.start()])
        thing = _object(clause[word.end() :])
        inner = _WORD.search(thing) if word["up"] and not noun else None
        if inner and not inner["up"] and thing.endswith("力度"):
            continue  # 加大压减力度: the word inside is the one that counts
        said = noun if _known(noun, vocabulary) or not _known(thing, vocabulary) else thing
        known = _known(said, vocabulary) or (bool(word["saved"]) and not _said_of(thing, vocabulary.free))
        known &= not any((_one(subject, a, b) and b in said) or (_one(subject, b, a) and a in said) for a, b in _EITHER)
        known &= not _NOT.search(clause[begin : word.start()])
        whole = bool(_WHOLE.fullmatch(said) or (len(said) > 2 and said in subject))
        told = result is not None or (whole and begin == 0 < offset and len(noun) > 1)
        yield Signal(
            "up" if word["up"] else "down", word[0], offset + word.start(), offset + word.end(), known,
            told, whole and told, verb=said is not noun or not noun,
        )  # fmt: skip
        done = word.end()


def _known(words: str, vocabulary: Vocabulary) -> bool:
    if any(word in words.rsplit("、", 1)[-1] for word in (*vocabulary.endings, *vocabulary.ended)):
        return False
    return _said_of(words, vocabulary.things) and not _said_of(words, vocabulary.free)


def _one(subject: str, word: str, other: str) -> bool:
    return word in subject and other not in subject


def _stripped(before: str) -> str:
    """The words a word of direction is said of, without adverbs."""
    text = re.sub(r"\(.{0,200}?\)", "", before)
    text = re.split(r"[,:(]", text)[-1].strip(' "”“、和及')
    while (short := _ADVERB.sub("", text).rstrip()) != text:
        text = short
    return _OPENING.sub("", text).strip(' "”“')


def _object(after: str) -> str:
    return re.sub(r"^[了的\s]+", "", re.split(r"[,。;:]", after)[0]).strip(' "”“')


@lru_cache(maxsize=4096)
def _said_of(words: str, things: tuple[str, ...]) -> bool:
    """Whether words end with one of the things, with or without what may follow (等, 数量, 预算安排)."""
    words = re.sub(r"\d[\d,.]*\s?(?:亿元|万元|元|%|人次|批次|[人名个辆台套次项])?$", "", words).rstrip()
    while not words.endswith(things):
        shorter = _TAIL.sub("", words)
        if shorter == words:
            return False
        words = shorter
    return True


def _excused(text: str, way: str, vocabulary: Vocabulary) -> bool:
    for phrase in vocabulary.plain:
        text = text.replace(phrase, "")
    words = (*vocabulary.excuses, *(vocabulary.ended if way == "down" else ()))
    return any(word in text for word in words) or re.search(r"20\d\d\s?年", text) is not None


def _ends(text: str, last: Signal) -> bool:
    """Whether nothing of weight follows the last word of direction: 人员减少，由其他单位承担 turns it round."""
    rest = text[last.end :].rstrip(" ,。;").replace("不必要", "")
    if _AFTER.fullmatch(rest):
        return True
    return not _TURNS.search(rest) and (last.verb or len(rest) <= 30)
