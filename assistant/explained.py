"""Whether the narrative explains a statement: its own reason, a clause that tells why, or a reason for the whole."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from assistant.document import Document
from assistant.reasons import Reason, moves_of, read_reasons
from assistant.statements import Statement
from assistant.text import normalise

_WHY = re.compile(
    r"原因|由于|因为|(?<!起)因(?![公素此而])|主要[是系为](?!用于)|受[^，。；,;]{1,20}影响|所致|导致|使得|追加|据实|暂未|尚未|未能|无可比"
)
"""What an explanation may begin with or hold."""

_CLAUSE = re.compile(
    r"(?!其中|主要用于|主要包括|用于|与|比|较|同比|按|具体|支出决算|决算|预算|占)[^\d%()]{6,}(?<!具体如下)(?<!用于)"
)
"""A clause that may be a reason without saying so (申报人数少于预计)."""

_NEW = re.compile(r"(?:此|该|本|这)[^,。;]{0,16}(?:新增|新设|增设|首次|上年没有|上年未|上年无)")
"""A sentence right behind that says why (此科目为今年新增科目。)."""

_ITEM = re.compile(r"\([类款项]\)|(?<!\d)\d{1,2}\s*[.、](?!\d)|\([\d一二三四五六七八九十]{1,2}\)|[①-⑳]|[一二三四五]是")
"""Where the next item of a list begins."""

_MARKS = (
    r"[一二三四五六七八九十]+、",
    r"\([一二三四五六七八九十]+\)",
    r"\d{1,2}\s*[.、](?!\d)",
    r"\(\d{1,2}\)",
    r"[①-⑳]",
)
_NO_CAUSE = re.compile(r"\d|用于|包括|其中|如下|分别|占|《|情况|支出决算|年初预算|[(:]")
"""A sentence after a change is no reason where it tells figures, uses or what follows; any other one may be."""

_FIGURE = re.compile(r"\d\s*(?:亿元|万元|元|%)")
_QUOTES = re.compile(r"[\"“”'\s]")
_FIRST = re.compile(r"\(?[一1①][、.)]|①")
_BELOW = 3
"""Paragraphs below a statement in which a reason that explains no figure of its own may still be meant for it."""


TELLING = 3
"""Digits of an amount from which on it is the same money wherever it stands."""


class Explanations:
    """All reasons of a document, asked for one statement at a time."""

    def __init__(self, document: Document, statements: Iterable[Statement]) -> None:
        self.document = document
        self.statements = list(statements)
        self.reasons: dict[int, list[Reason]] = defaultdict(list)
        self.moves: dict[int, list[int]] = defaultdict(list)
        self._elsewhere: frozenset[tuple[str, Decimal]] | None = None
        self.every = tuple(read_reasons(document, iter(self.statements)))
        for reason in self.every:
            self.reasons[reason.paragraph].append(reason)
        for statement in self.statements:
            self.moves[statement.paragraph] += [move.figure.mention.start for move in moves_of(statement)]

    def explains(self, statement: Statement) -> bool:
        """Whether something told with the statement, after it, or for all of its passage says why."""
        return self._here(statement) or bool(self._changes(statement) & self._explained())

    def _here(self, statement: Statement) -> bool:
        return self._own(statement) or self._below(statement)

    def _explained(self) -> frozenset[tuple[str, Decimal]]:
        """The changes by an amount that have a reason somewhere: the same money told again, under another name, needs no second one."""
        if self._elsewhere is None:
            told = (self._changes(statement) for statement in self.statements if self._here(statement))
            self._elsewhere = frozenset(change for changes in told for change in changes)
        return self._elsewhere

    @staticmethod
    def _changes(statement: Statement) -> set[tuple[str, Decimal]]:
        """The changes of a statement by an amount that no other would have by chance."""
        return {
            (comparison.change_way, change.mention.amount)
            for comparison in statement.comparisons
            if (change := comparison.change) is not None
            and change.mention.amount is not None
            and len(str(change.mention.quantity.value).strip("0.").replace(".", "")) >= TELLING
        }

    def _own(self, statement: Statement) -> bool:
        text = normalise(self.document.paragraphs[statement.paragraph].text)
        reasons = self.reasons[statement.paragraph]
        if any(move.statement is statement for reason in reasons for move in reason.moves):
            return True
        end = statement.end
        item = _ITEM.search(text, end)
        own = text[end : item.start() if item else len(text)]
        after = next((reason for reason in reasons if end <= reason.begin < end + len(own)), None)
        if after is not None:
            between = [at for at in self.moves[statement.paragraph] if end <= at < after.begin]
            fresh = re.search(r"[。\n][^。;]*$", text[end : after.begin]) is not None  # …。减少的主要原因是
            if not between or (fresh and "。" not in re.sub(r"。\s*其中", "", text[end : between[-1]])):
                return True
        if any(reason.begin >= end and self._named(statement, text, reason) for reason in reasons):
            return True
        if after is None and "原因" in own:
            return True  # cut at a page's end, or worded in a way that is not read
        part = re.split(r"[。;]", own)[0]
        then = "".join(re.split(r"[。;]", own)[1:2]).strip()
        if _NEW.match(then) or (len(then) > 5 and not _NO_CAUSE.search(then)):
            return True
        begin = max(text.rfind(stop, 0, statement.start) for stop in "。;\n") + 1
        if _WHY.search(part) or re.search(r"由于|因为|(?<!起)因(?![公素此而])|受[^,。;]{1,20}影响", text[begin:end]):
            return True
        return any(_CLAUSE.fullmatch(clause.strip()) for clause in re.split(r"[,:]", part))

    def _named(self, statement: Statement, text: str, reason: Reason) -> bool:
        """Whether a later reason of the paragraph names the statement's subject (… 支出减少的主要原因是)."""
        begin = max(text.rfind(stop, 0, reason.begin) for stop in "。;,\n") + 1
        return len(statement.subject) > 2 and statement.subject in _QUOTES.sub("", text[begin : reason.begin])

    def _below(self, statement: Statement) -> bool:
        """A reason in the paragraphs below that explains nothing told there, or with which the next one begins."""
        for index in range(statement.paragraph + 1, statement.paragraph + 1 + _BELOW):
            for reason in self.reasons.get(index, ()):
                if not reason.moves and (reason.way or reason.begin < 12):
                    return True
        following = self.document.paragraphs[statement.paragraph + 1 : statement.paragraph + 2]
        opened = (normalise(paragraph.text[:60]) for paragraph in following)
        return any((why := _WHY.search(text)) and not _FIGURE.search(text[: why.start()]) for text in opened)

    def parts(self, statement: Statement) -> bool:
        """Whether a total's items, told after it in its paragraph or section, have reasons of their own."""
        text = normalise(self.document.paragraphs[statement.paragraph].text)
        rest = text[statement.end :]
        if re.search(r"其中|包括|具体|分别", rest) and any(
            r.begin > statement.end for r in self.reasons[statement.paragraph]
        ):
            return True
        following = self.document.paragraphs[statement.paragraph + 1 : statement.paragraph + 2]
        texts = [normalise(paragraph.text).lstrip('- #"“') for paragraph in following]
        listed = any(_FIRST.match(below) and _rank(text) < _rank(below) for below in texts)
        whole = listed or re.search(r"其中[:,]?\s*$|具体|如下|三公", rest[-12:] + statement.subject) is not None
        return whole and any(
            other.section == statement.section
            and other.paragraph > statement.paragraph
            and self.reasons.get(other.paragraph)
            for other in self.statements
        )


def _rank(text: str) -> int:
    """How deep in the outline a paragraph's own number says it is; 0 for one without a number."""
    text = text.lstrip('- #"“')
    return next((rank for rank, mark in enumerate(_MARKS, 1) if re.match(mark, text)), 0)
