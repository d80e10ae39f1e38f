"""What a figure of the text is called where no known subject names it: the words before it, the project, the sentence."""

from __future__ import annotations

import re

from assistant.document import Document, Paragraph
from assistant.mentions import Mention
from assistant.statements import Figure
from assistant.text import normalise

REACH = 200
"""How many characters before a figure are looked at for a name to cite it by."""

TAILS = frozenset({"支出预算", "收入预算", "预算支出", "预算收入", "支出决算", "收入决算", "支出合计", "收入合计"})
"""Names of totals that, right after another name, only say which of its amounts is meant."""

SPENT = frozenset(
    {"支出", "支出数", "实际支出", "本年支出", "支出金额", "执行", "实际执行", "执行数", "使用", "实际使用"}
)
"""What is said, right after a budget, of the amount spent of it."""

_TOTAL_AGAIN = re.compile(r"\s*(?:本年|全年)?(?:收入|支出|收支)(?:总?预算|总计|合计)?(?:较|比|与)")
_BEFORE_LIST = re.compile(r"\d\s*(?:亿元|万元|元|%)\s*[、和与及]\s*$")
_AFTER_LIST = re.compile(r"\s*[、和与及]\s*-?\d")

_JOINED = re.compile(r"\s*+[，,、]?\s*+(?:增加|减少|下降|增长)(?:额|了|额为)?\s*")
_TOTALS = ("总计", "总预算", "总决算", "预算总计", "决算总计")
_KIND = re.compile(r"预算|决算|合计|总计|总额|总数|总|数|[、\s]")

_PROJECT = re.compile(r"([^，,。；;：:、《》\s]{2,40}?(?:项目|经费|费))(?:支出)?(?:绩效)?(?:自评|评价)?(?:综述|情况)")
_ITEM = re.compile(r"[、,(:;]\s*([一-鿿()]{2,14}(?<![为是共达计约额金有]))\s*$")
_CLAUSE = re.compile(r"[。;,]")
_BARE = re.compile(
    r"(?:20\d\d年度?)?(?:本年度?|当年|全年|实际)?(?:财政拨款)?(?:支出|预算|决算|安排|完成|执行)+(?:数|金额|总额)?(?:为|是|共计|约)?"
)
_MORE_NAME = re.compile(r"[一-鿿]{2,12}")
_NO_NAME = re.compile(
    r"^(?:支出|收入|预算|决算|拨款|经费拨款|总额|金额|合计|总计|共计|资金)|[为是约共各达计]$|实际|安排|完成|分别|发生"
)


def cut_above(document: Document, index: int, section: tuple[str, ...]) -> bool:
    """Whether the text above a paragraph ends within a number: its first figure then lacks its first digits.

    A line that is cut short may have passed for a heading.
    """
    above = document.paragraphs[index - 1] if index else None
    first = above is None or above.section != document.paragraphs[index].section
    text = "".join(section[-1:]) if first else above.text if above else ""
    return re.search(r"[\d.,，]\s*$", text) is not None


def one_of_several(paragraph: Paragraph, mention: Mention) -> bool:
    """各减少 C、D，各下降 E%、F%; 分别占 60%和 40%: which figure belongs to which amount is not read."""
    text = normalise(paragraph.text)
    listed = _AFTER_LIST.match(text, mention.end) or _BEFORE_LIST.search(text[: mention.start])
    return listed is not None


def total_again(paragraph: Paragraph, figure: Figure) -> bool:
    """Whether the sentence of a change begins with 收入较上年…: it is about the total told before, not the last part."""
    return _TOTAL_AGAIN.match(normalise(paragraph.text[: figure.mention.start]).rsplit("。", 1)[-1]) is not None


def joined(paragraph: Paragraph, rate: Figure, change: Figure) -> bool:
    """同比增长 14%，增加 560 万元: a change that follows its own rate at once."""
    return _JOINED.fullmatch(paragraph.text[rate.mention.end : change.mention.start]) is not None


def same_again(paragraph: Paragraph, named: str, subject: str, figure: Figure) -> bool:
    """Whether a name says again what was just told: 财政拨款预算支出 … 财政拨款支出增加; 收、支总预算 … 收、支总计.

    Not where 各增加 A、B gives two figures at once.
    """
    if named == subject:
        return True
    core, other = (_KIND.sub("", name).removesuffix("支出") for name in (named, subject))
    both = "收" in named and "支" in named
    if len(core) > 1 and core == other and not both:
        return True
    listed = re.match(r"\s*[、,，和]\s*\d", paragraph.text[figure.mention.end :])
    whole = both and named.endswith(_TOTALS) and subject.endswith(_TOTALS)
    return whole and not listed and ("财政拨款" in named) == ("财政拨款" in subject)


def said_bare(paragraph: Paragraph, figure: Figure) -> bool:
    """Whether an amount is told as budget or spending without a name, so that it is the item's told before."""
    if figure.role in ("budget", "actual"):
        return True
    clause = _CLAUSE.split(normalise(paragraph.text[: figure.mention.start]))[-1]
    return figure.role == "amount" and _BARE.fullmatch(re.sub(r"\s", "", clause)) is not None


def words_before(paragraph: Paragraph, figure: Figure) -> str:
    """The item of a list that the lexicon does not know: the words between the last separator and its amount."""
    before = normalise(paragraph.text[max(0, figure.mention.start - 24) : figure.mention.start])
    match = _ITEM.search(before)
    return match[1] if match and figure.role == "amount" else ""


def more_name(paragraph: Paragraph, named_to: int, figure: Figure) -> str:
    """What stands between a subject (which ends at ``named_to``) and its amount, if it makes it another name."""
    gap = normalise(paragraph.text[named_to : figure.mention.start]).strip()
    longer = figure.role == "amount" and _MORE_NAME.fullmatch(gap) and not _NO_NAME.search(gap)
    return gap if longer else ""


def opening_of(paragraph: Paragraph, figure: Figure) -> str:
    """What to cite a figure by that names no subject: the project under review, else how its sentence begins."""
    before = paragraph.text[max(0, figure.mention.start - REACH) : figure.mention.start]
    project: list[str] = _PROJECT.findall(before)
    if project:
        return project[-1].strip()
    sentence = re.split(r"[。；;]", before)[-1].strip()
    return re.split(r"[，,：:]", sentence)[0][:30].strip()
