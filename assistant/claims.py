"""Claims (陈述): what the narrative says of its figures, as statements that can be recomputed.

A Statement is about one subject: an amount, the amounts it is compared with, changes, rates, shares, completion rates and
the reason given. Every figure in it keeps its place. What a sentence leaves open stays open: no guess is made here.
Here is the walk over the words of a paragraph; what a figure does to a statement stands in telling.py.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.document import Document, Kind, Paragraph
from assistant.mentions import MENTIONS, Mention, MentionKind
from assistant.naming import TAILS, cut_above
from assistant.outline import BRACKETS, CODED, LEVEL, NAME_BREAK, heading_item, section_path
from assistant.reasons import reason_end
from assistant.statements import Claims, Comparison, Figure, Statement
from assistant.telling import Telling
from assistant.text import normalise

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

__all__ = ["Claims", "Comparison", "Figure", "Statement", "read_claims", "section_path"]

LONGEST = 6000
"""Characters of a paragraph: no report's is longer, and what is read of one takes time that grows with its square."""

MOST = 3000
"""Statements of a document: a long report has a few hundred."""

_WANTED = re.compile(r"\d\s*(?:亿元|万元|元|万\s*[、，,。;；)）]|%|％)|\d\s*辆|原因")
_INDICATOR = re.compile(r"目标值|指标值")
_USE = re.compile(r"(?<!不)用于[^。;\n]*")
"""From 用于 on to the end of the sentence the words tell what the money is for."""

_EVERYDAY = frozenset({"货物", "工程", "服务"})
"""Words that are items of 政府采购 only where an amount follows them at once."""


def read_claims(document: Document, nlp: Language) -> Claims:
    """Read the narrative. Only paragraphs with amounts or percentages are tokenised, each once."""
    statements: list[Statement] = []
    figures: list[Figure] = []
    item: tuple[str, ...] = ()
    for index, paragraph in enumerate(document.paragraphs):
        announced, item = item, heading_item(paragraph.text)
        if not _WANTED.search(paragraph.text) or _INDICATOR.search(paragraph.text):
            continue
        if len(paragraph.text) > LONGEST or len(statements) > MOST:
            continue  # no prose of a report: its figures stay in the ledger as not checked
        builder = _Builder(paragraph, index, section_path(document.sections, paragraph.section), document.kind)
        builder.report_year = document.year
        builder.item = announced
        builder.cut = cut_above(document, index, builder.section)
        builder.read(nlp(paragraph.text))
        statements += builder.statements
        figures += builder.figures
    return Claims(tuple(statements), tuple(figures))


class _Builder(Telling):
    """Walks one paragraph's tokens from left to right and fills statements."""

    def __init__(self, paragraph: Paragraph, index: int, section: tuple[str, ...], kind: Kind) -> None:
        super().__init__(paragraph, index, section, kind)
        self.tail = ""
        self.cut = False
        self.plain = normalise(paragraph.text)
        self.reason_to = 0
        self.level_to = 0
        self.uses = [(use.start(), use.end()) for use in _USE.finditer(self.plain)]

    def read(self, doc: Doc) -> None:
        """Fill statements from one Doc."""
        roles = {span.end - 1: span for span in doc.spans["roles"]}
        mentions: dict[int, Mention] = doc.user_data[MENTIONS]
        tags = doc.to_array("TAG")
        for i in ((tags != 0) & (tags != doc.vocab.strings["fill"])).nonzero()[0].tolist():
            token = doc[i]
            self._pass(token.idx)
            if token.idx < self.level_to:
                continue
            if token.tag_ == "open" and (level := LEVEL.match(self.plain, token.idx)):
                self._level(level)
            elif i in mentions:
                self._quantity(doc, token, mentions[token.i], roles.get(i))
            else:
                self._word(doc, token, token.tag_)
        self.told_alone()

    def _word(self, doc: Doc, token: Token, tag: str) -> None:
        """A word or mark that is no quantity: what it says of the statements before and after it."""
        if tag == "subject":
            self._subject(doc, token)
        elif tag in ("up", "down"):
            self.ways.append(tag)
        elif tag == "prior" or (tag == "budget" and self.versus):
            dated = self.versus and self.base[:2] == "20"  # 比2023年预算
            self.base = self.base + token.text if dated else token.text
        elif tag == "versus":
            self._against(token.text)
        elif tag in ("comma", "flat"):  # 与上年预算持平：一、…: what follows is told for itself
            self.versus = False
            if self._for_use(token.idx):  # 主要用于基本工资、津贴补贴，支出决算 …: what it was for names nothing
                self.subjects = []
        elif tag == "open":
            self.brackets.append(len(self.statements) - 1)
        elif tag == "close":
            self._close()
        elif tag == "among":
            self.among = True
        elif tag == "reason":
            self._reason(doc, token)
        elif tag == "end":
            self._sentence_end(token.text)

    def _pass(self, at: int) -> None:
        """Go on to a place; what a reason named is forgotten behind its end."""
        inside = at < self.reason_to
        if self.in_reason and not inside:
            self.subjects, self.ways, self.versus, self.base = [], [], False, ""
        self.in_reason = inside

    def _for_use(self, at: int) -> bool:
        """Whether the words before a place tell what the money is for."""
        return any(start < at <= end for start, end in self.uses)

    def _close(self) -> None:
        """A closing bracket: the statement before the opening one goes on."""
        if not self.brackets:  # opened by the text above: what goes on behind it is not known
            self.lost = len(self.statements)
        outside = self.brackets.pop() if self.brackets else -1
        self.resume = outside if 0 <= outside < len(self.statements) - 1 else None

    def _against(self, word: str) -> None:
        """A word of comparison begins a new base; 同比 is never against the budget told before it."""
        if word in ("比", "较", "与") or (word == "同比" and not self.versus and "预算" in self.base):
            self.base = ""
        self.versus, self.versus_depth = True, len(self.brackets)

    def _subject(self, doc: Doc, token: Token) -> None:
        name = BRACKETS.sub("", normalise(token.text))
        if name in _EVERYDAY:
            following = next((t for t in doc[token.i + 1 : token.i + 4] if t.tag_ not in ("fill", "budget")), None)
            if following is None or following.pos_ != "NUM":
                return
        if token.i and doc[token.i - 1].tag_ == "subject" and name in TAILS:
            self.tail = name  # 公务接待费支出预算: the tail of the name before it
            return
        self.subjects.append(name)
        self.named_in, self.named_to = self.sentence, token.idx + len(token.text)

    def _level(self, level: re.Match[str]) -> None:
        """…（类）…（款）…（01项）: the name is all that stands before the bracket, whether the lexicon knows it or not."""
        self.level_to = level.end()
        name = BRACKETS.sub("", NAME_BREAK.split(self.plain[: level.start()])[-1]).lstrip("-—·")
        name = CODED.sub("", name)
        if not 2 <= len(name) <= 40:
            return
        if self.subjects and (self.subjects[-1] in name or name in self.subjects[-1]):
            self.subjects[-1] = name
        else:
            self.subjects.append(name)
        if level[1] == "项":
            self.item = tuple(self.subjects[-3:])

    def _sentence_end(self, mark: str) -> None:
        self.told_alone()
        self.sentence += mark == "。"
        self.ways = []
        self.versus = False
        if mark == "。":
            self.subjects = []
            self.resume = None
            self.year = None
            self.among = False
            self.base = ""

    def _reason(self, doc: Doc, token: Token) -> None:
        text = self.paragraph.text[token.idx : token.idx + 160]
        # “增减的原因：…” before anything has been told is a heading, and what follows are statements.
        told = any(statement.sentence == self.sentence for statement in self.statements[-1:])
        named = bool(self.subjects) or not self.statements
        heading = not told and named and token.i > 0 and doc[token.i - 1].text == "的"
        if heading or self.in_reason or self._tells_use(token):
            return
        self.reason_to = max(reason_end(self.plain, token.idx + len(token.text)), token.idx + 1)
        for statement in reversed(self.statements[-3:]):
            if statement.reason:
                break
            statement.reason = re.split(r"。", text)[0]

    def _tells_use(self, token: Token) -> bool:
        """主要是用于…: what the money was spent on, no reason."""
        return "用于" in self.paragraph.text[token.idx : token.idx + len(token.text) + 3]

    def _quantity(self, doc: Doc, token: Token, mention: Mention, span: object) -> None:
        if mention.kind is MentionKind.YEAR:
            self._year(doc, token, mention)
            return
        if mention.kind not in (MentionKind.MONEY, MentionKind.PERCENT, MentionKind.COUNT):
            return
        role = getattr(span, "label_", "") or ("amount" if mention.kind is MentionKind.MONEY else "")
        if role == "amount" and "预算" in self.tail and self.kind is not Kind.BUDGET:
            role = "budget"
        self.tail = ""
        lead = doc[span.start : token.i].text if span is not None else ""  # type: ignore[attr-defined]
        place = self.paragraph.span(mention.start, mention.end)
        text = self.paragraph.text[mention.start : mention.end]
        if self.cut and not self.paragraph.text[: mention.start].strip():
            mention = replace(mention, torn=True)  # the paragraph above ends with the first digits
        role_of = role if mention.kind is not MentionKind.COUNT else "count"
        figure = Figure(mention, self.index, place, text, role_of, lead)
        self.tell(figure)
        if mention.kind is not MentionKind.COUNT:
            self.subjects = []
            self.versus = False
            self.base = "" if role in ("change", "rate") and role == "rate" else self.base

    def _year(self, doc: Doc, token: Token, mention: Mention) -> None:
        before = doc[token.i - 1].tag_ if token.i else ""
        after = self.paragraph.text[token.idx + len(token.text) : token.idx + len(token.text) + 4]
        if before == "versus" or "相比" in after or "同" in after[:1]:
            self.base = token.text
        else:
            self.year = int(mention.quantity.value)
