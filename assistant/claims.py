"""Claims (陈述): what the narrative says of its figures, as statements that can be recomputed.

A Statement is about one subject: an amount, the amounts it is compared with, changes, rates, shares, completion rates and
the reason given. Every figure in it keeps its place. What a sentence leaves open stays open: no guess is made here.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.document import Document, Kind, Paragraph
from assistant.mentions import MENTIONS, Mention, MentionKind
from assistant.naming import (
    SPENT,
    TAILS,
    cut_above,
    joined,
    more_name,
    one_of_several,
    opening_of,
    same_again,
    total_again,
    words_before,
)
from assistant.outline import BRACKETS, NAME_BREAK, heading_item, section_path
from assistant.statements import Claims, Comparison, Figure, Statement
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
_EVERYDAY = frozenset({"货物", "工程", "服务"})
"""Words that are items of 政府采购 only where an amount follows them at once."""

_ONE_EACH = frozenset({"change", "rate", "share", "execution"})
_OF_IT = re.compile(r"\s*的(?!主?要?原因|情况)")
"""增加 1,200 万元的投入: no change of what was told before."""

_GOES_ON = re.compile(r"\s*(?:[一二三四五六七八九]是|另|同时|此外)")
"""How the next part of a list of reasons begins."""


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
        builder.item = announced
        builder.cut = cut_above(document, index, builder.section)
        builder.read(nlp(paragraph.text))
        statements += builder.statements
        figures += builder.figures
    return Claims(tuple(statements), tuple(figures))


class _Builder:
    """Walks one paragraph's tokens from left to right and fills statements."""

    def __init__(self, paragraph: Paragraph, index: int, section: tuple[str, ...], kind: Kind) -> None:
        self.paragraph = paragraph
        self.kind = kind
        self.index = index
        self.section = section
        self.statements: list[Statement] = []
        self.figures: list[Figure] = []
        self.sentence = 0
        self.year: int | None = None
        self.subjects: list[str] = []
        self.ways: list[str] = []
        self.base = ""
        self.among = False
        self.in_reason = False
        self.versus = False
        self.tail = ""
        self.item: tuple[str, ...] = ()
        self.named_in = 0
        self.named_to = 0
        self.brackets: list[int] = []
        self.resume: int | None = None
        self.cut = False
        self.lost = 0

    def read(self, doc: Doc) -> None:
        """Fill statements from one Doc."""
        roles = {span.end - 1: span for span in doc.spans["roles"]}
        mentions: dict[int, Mention] = doc.user_data[MENTIONS]
        tags = doc.to_array("TAG")
        for i in ((tags != 0) & (tags != doc.vocab.strings["fill"])).nonzero()[0].tolist():
            token = doc[i]
            tag = token.tag_
            if i in mentions:
                self._quantity(doc, token, mentions[token.i], roles.get(i))
            elif tag == "subject":
                self._subject(doc, token)
            elif tag == "level" and i and doc[i - 1].tag_ == "open":
                self._level(doc, token)
            elif tag in ("up", "down"):
                self.ways.append(tag)
            elif tag == "prior" or (tag == "budget" and self.versus):
                dated = self.versus and self.base[:2] == "20"  # 比2023年预算
                self.base = self.base + token.text if dated else token.text
            elif tag == "versus":
                self._against(token.text)
            elif tag in ("comma", "flat"):  # 与上年预算持平：一、…: what follows is told for itself
                self.versus = False
            elif tag == "open":
                self.brackets.append(len(self.statements) - 1)
            elif tag == "close":
                if not self.brackets:  # opened by the text above: what goes on behind it is not known
                    self.lost = len(self.statements)
                outside = self.brackets.pop() if self.brackets else -1
                self.resume = outside if 0 <= outside < len(self.statements) - 1 else None
            elif tag == "among":
                self.among = True
            elif tag == "reason":
                self._reason(doc, token)
            elif tag == "end":
                self._sentence_end(token.text)
                if self.in_reason and not _GOES_ON.match(self.paragraph.text, token.idx + 1):
                    self.in_reason = False

    def _against(self, word: str) -> None:
        """A word of comparison begins a new base; 同比 is never against the budget told before it."""
        if word in ("比", "较", "与") or (word == "同比" and not self.versus and "预算" in self.base):
            self.base = ""
        self.versus = True

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

    def _level(self, doc: Doc, token: Token) -> None:
        """…（类）…（款）…（项）: the name is all that stands before the bracket, whether the lexicon knows it or not."""
        name = BRACKETS.sub("", NAME_BREAK.split(normalise(self.paragraph.text[: token.idx - 1]))[-1]).lstrip("-—·")
        if not 2 <= len(name) <= 40:
            return
        if self.subjects and (self.subjects[-1] in name or name in self.subjects[-1]):
            self.subjects[-1] = name
        else:
            self.subjects.append(name)
        if token.text == "项":
            self.item = tuple(self.subjects[-3:])

    def _sentence_end(self, mark: str) -> None:
        self.sentence += mark == "。"
        self.ways = []
        self.versus = False
        if mark == "。":
            self.subjects = []
            self.resume = None
            self.year = None
            self.among = False
            self.in_reason = False
            self.base = ""

    def _reason(self, doc: Doc, token: Token) -> None:
        text = self.paragraph.text[token.idx : token.idx + 160]
        # “增减的原因：…” before anything has been told is a heading, and what follows are statements.
        told = any(statement.sentence == self.sentence for statement in self.statements[-1:])
        named = bool(self.subjects) or not self.statements
        heading = not told and named and token.i > 0 and doc[token.i - 1].text == "的"
        self.in_reason = not heading and not self._tells_use(token)
        if not self.in_reason:
            return
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
        self.figures.append(figure)
        handler = getattr(self, f"_on_{figure.role}", None)
        if handler is not None and not (figure.role in _ONE_EACH and one_of_several(self.paragraph, mention)):
            handler(figure)
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

    def _current(self) -> Statement | None:
        """The statement that goes on: the last one, or after a closed bracket the one the bracket stood behind."""
        if self.resume is not None:
            return self.statements[self.resume]
        return self.statements[-1] if len(self.statements) > self.lost else None

    def _open(self, figure: Figure) -> Statement:
        if self.item and figure.role in ("budget", "actual") and (self.named_in < self.sentence or not self.subjects):
            self.subjects = list(self.item)  # words on what the money was for lie between a 项 and its amounts
        subject = self._longer(figure) if self.subjects else words_before(self.paragraph, figure)
        statement = Statement(
            subject, tuple(self.subjects[-3:]) or (subject,) if subject else (), self.year, self.index, self.sentence, self.section,
            among=self.among or bool(self.brackets), in_reason=self.in_reason, opening=opening_of(self.paragraph, figure), start=figure.mention.start, end=figure.mention.end,
        )  # fmt: skip
        self.statements.append(statement)
        self.resume = None
        return statement

    def _longer(self, figure: Figure) -> str:
        """The last subject, with the words that make it another name (行政运行 + 工作经费 964.1万元)."""
        self.subjects[-1] += more_name(self.paragraph, self.named_to, figure)
        return self.subjects[-1]

    def _compared(self) -> Statement | None:
        """The statement that 比 … goes on with: this sentence's, else what the sentence before was about (no part of it)."""
        current = self._current()
        if current is None or current.sentence == self.sentence or self.subjects:
            return current if current is not None and current.sentence == self.sentence else None
        wholes = [s for s in self.statements[self.lost :][-9:] if not s.among and s.sentence == self.sentence - 1]
        return wholes[-1] if wholes else None

    def _versus(self, figure: Figure) -> bool:
        """比 2023 年决算 18 万元增加 …: an amount right after what is compared with is the earlier one of the statement."""
        current = self._compared()
        if not (self.versus and self.base) or current is None or not (current.amount or current.budgets):
            return False
        current.comparisons.append(Comparison(self.base, prior=figure))
        return True

    def _on_amount(self, figure: Figure) -> None:
        if self._versus(figure):
            return
        current = self._current()
        named = self.subjects[-1] if self.subjects else words_before(self.paragraph, figure)
        if current is not None and named in SPENT and self._planned(current):
            current.amount, current.role, current.end = figure, "actual", figure.mention.end
            return
        self._open(figure).amount = figure
        self.statements[-1].role = "amount"

    def _planned(self, current: Statement) -> bool:
        """Whether a statement so far tells only a budget in this sentence (接待费预算 2 万元，支出 …)."""
        if current.sentence != self.sentence or current.among or self.among or current.executions:
            return False
        if current.amount is None:
            return len(current.budgets) == 1
        if current.budgets or current.shares or current.comparisons or not current.subject.endswith("预算"):
            return False
        current.budgets.append(current.amount)
        return True

    def _on_actual(self, figure: Figure) -> None:
        if self._versus(figure):
            return
        current = self._current()
        if current is not None and not self.subjects and self._planned(current):
            pass
        elif current is None or current.amount is not None or (self.subjects and self.subjects[-1] != current.subject):
            current = self._open(figure)
        current.amount, current.role = figure, "actual"
        current.end = figure.mention.end

    def _on_budget(self, figure: Figure) -> None:
        if self.kind is Kind.BUDGET and self.subjects and figure.lead == "预算" and not self.versus:
            self._on_amount(figure)  # in a budget every amount is one
            return
        compared = self._compared() if self.versus else None
        if compared is not None:
            compared.comparisons.append(Comparison(self.base, prior=figure))
            return
        current = self._current()
        fresh = (
            current is None
            or current.sentence != self.sentence
            or (self.subjects and self.subjects[-1] != current.subject)
        )
        if fresh or (current is not None and current.executions):
            current = self._open(figure)
        assert current is not None
        current.budgets.append(figure)

    def _on_prior(self, figure: Figure) -> None:
        current = self._compared() or self._current()
        if current is not None and current.among and current.sentence < self.sentence:
            return
        if current is not None and current.amount is not None and current.sentence >= self.sentence - 1:
            current.comparisons.append(Comparison(self.base, prior=figure))

    def _comparison(self, figure: Figure, *, needs: str) -> Comparison | None:
        """The comparison that a change or rate belongs to; a new subject of its own begins a statement without amount."""
        current = self._compared() or self._current()
        named = self.subjects[-1] if self.subjects else ""
        if not named and current and current.sentence < self.sentence and total_again(self.paragraph, figure):
            current = self._compared()
        if (
            current is None
            or (named and not same_again(self.paragraph, named, current.subject, figure))
            or current.sentence < self.sentence - 1
        ):
            current = self._open(figure)
        current.end = figure.mention.end
        if not current.comparisons or getattr(current.comparisons[-1], needs) is not None:
            current.comparisons.append(Comparison(self.base))
        return current.comparisons[-1]

    def _on_change(self, figure: Figure) -> None:
        if _OF_IT.match(self.paragraph.text, figure.mention.end):
            return
        comparison = self._comparison(figure, needs="change")
        if comparison is not None:
            # A rate stands before: this change begins another comparison.
            if comparison.rate is not None and not joined(self.paragraph, comparison.rate, figure):
                comparison = Comparison(self.base)
                self.statements[-1].comparisons.append(comparison)
            comparison.change, comparison.change_way = figure, self._way(figure)

    def _on_rate(self, figure: Figure) -> None:
        comparison = self._comparison(figure, needs="rate")
        if comparison is not None:
            comparison.rate, comparison.rate_way = figure, self._way(figure)

    def _way(self, figure: Figure) -> str:
        negative = figure.mention.quantity.value < 0
        return "" if negative or not self.ways else self.ways[-1]

    def _on_share(self, figure: Figure) -> None:
        current = self._current()
        if current is not None and current.sentence >= self.sentence - 1:
            current.shares.append(figure)

    def _on_whole(self, figure: Figure) -> None:
        """占本年支出 2,000 万元的 60%: the whole is told with the share."""
        current = self._current()
        if current is not None and current.sentence >= self.sentence - 1:
            current.whole = figure

    def _on_bracket(self, figure: Figure) -> None:
        """其中：事业收入 300 万元（15%）: in a list of parts a bare percentage in brackets is the share."""
        current = self._current()
        if current is not None and current.among and current.amount is not None and not current.comparisons:
            current.shares.append(replace(figure, lead=""))

    def _on_execution(self, figure: Figure) -> None:
        current = self._current()
        if current is not None and not current.budgets and current.among:
            near = [s for s in self.statements[-6:] if s.budgets and s.amount and not s.executions and not s.among]
            current = near[-1] if near else current
        if current is not None and current.sentence >= self.sentence - 1:
            current.executions.append(figure)
            current.end = figure.mention.end

    def _on_count(self, figure: Figure) -> None:
        current = self._current()
        if current is not None:
            current.counts.append(figure)
