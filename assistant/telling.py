"""What each figure of a sentence does to what is told: it begins a statement, or it is a part of the one that goes on.

``Telling`` holds the statements of one paragraph and what the words so far have said: the subjects named, the year, the
base of a comparison, open brackets. The walk over the words (claims.py) keeps these up to date and hands over each
figure with its role (corpora/patterns): amount, actual, budget, prior, change, rate, beyond, share, whole, execution, count.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.document import Kind, Paragraph
from assistant.naming import (
    SPENT,
    joined,
    more_name,
    one_of_several,
    opening_of,
    said_bare,
    same_again,
    total_again,
    words_before,
)
from assistant.statements import Comparison, Figure, Statement

_AMOUNTS = frozenset({"amount", "actual", "budget", "prior"})
_ONE_EACH = frozenset({"change", "rate", "share", "execution"})
_OF_IT = re.compile(r"\s*的(?!主?要?原因|情况)")
"""增加 1,200 万元的投入: no change of what was told before."""

_SHIFTED = re.compile(r"调[增减]")
"""A change of the budget within the year; a rate told with another word behind it has another base."""

_BEYOND = re.compile(r"(?:(大于|高于|多于|超出)|小于|低于|少于)(\D*?)[为了共约\s]*$")


class Telling:
    """The statements of one paragraph while they are being filled."""

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
        self.item: tuple[str, ...] = ()
        self.named_in = 0
        self.named_to = 0
        self.brackets: list[int] = []
        self.resume: int | None = None
        self.lost = 0
        self.report_year: int | None = None
        self.before: Comparison | None = None
        self.before_of: list[str] = []
        self.versus_depth = 0

    def tell(self, figure: Figure) -> None:
        """Give a figure its place in a statement."""
        self.figures.append(figure)
        if figure.role in _AMOUNTS and self._bracketed():
            if not self._versus(figure):
                self._told_before(figure)
            return
        handler = getattr(self, f"_on_{figure.role}", None)
        if handler is not None and not (figure.role in _ONE_EACH and one_of_several(self.paragraph, figure.mention)):
            handler(figure)

    def _current(self) -> Statement | None:
        """The statement that goes on: the last one, or after a closed bracket the one the bracket stood behind.

        What a reason tells goes on with the reason only, and what is told after it with what was told before.
        """
        if self.resume is not None:
            return self.statements[self.resume]
        alike = (s for s in reversed(self.statements[self.lost :]) if s.in_reason == self.in_reason)
        return next(alike, None)

    def _open(self, figure: Figure) -> Statement:
        if self.item and (self.named_in < self.sentence or not self.subjects) and said_bare(self.paragraph, figure):
            self.subjects = list(self.item)  # words on what the money was for lie between a 项 and its amounts
        subject = self._longer(figure) if self.subjects else words_before(self.paragraph, figure)
        statement = Statement(
            subject, tuple(self.subjects[-3:]) or (subject,) if subject else (), self.year, self.index, self.sentence, self.section,
            among=self.among or bool(self.brackets), in_reason=self.in_reason, opening=opening_of(self.paragraph, figure), start=figure.mention.start, end=figure.mention.end,
        )  # fmt: skip
        self.statements.append(statement)
        self.resume = None
        self._goes_on(statement)
        return statement

    def _longer(self, figure: Figure) -> str:
        """The last subject, with the words that make it another name (行政运行 + 工作经费 964.1万元)."""
        self.subjects[-1] += more_name(self.paragraph, self.named_to, figure)
        return self.subjects[-1]

    def _told_before(self, figure: Figure) -> None:
        """Keep an amount of the year before that is told ahead of the amount, or of the change, that goes on from it."""
        self.told_alone()
        self.before = Comparison(self.base or f"{self.year or '上'}年{figure.lead}", prior=figure)
        self.before_of, self.year = self.subjects or list(self.item), None

    def _goes_on(self, statement: Statement) -> None:
        """The statement that an amount of the year before was waiting for."""
        if self.before is None or self.among or statement.subject not in ("", *self.before_of[-1:]):
            return
        statement.comparisons.append(self.before)
        statement.subject = statement.subject or "".join(self.before_of[-1:])
        statement.path = statement.path or tuple(self.before_of[-3:])
        self.before = None

    def told_alone(self) -> None:
        """An amount of the year before that nothing went on from is a statement of its own."""
        if self.before is not None and self.before.prior is not None:
            figure, self.before = self.before.prior, None
            kept, self.subjects = self.subjects, list(self.before_of)
            self._open(figure).budgets.append(figure)
            self.subjects = kept

    def _bracketed(self) -> bool:
        """与 2016 年度相比（2016 年度为 8 万元），增加 …: an amount in a bracket behind what is compared with."""
        return self.versus and bool(self.base) and bool(self.brackets) and self.versus_depth < len(self.brackets)

    def _compared(self) -> Statement | None:
        """The statement that 比 … goes on with: this sentence's, else what the sentence before was about (no part of it)."""
        current = self._current()
        if current is None or current.sentence == self.sentence or self.subjects:
            return current if current is not None and current.sentence == self.sentence else None
        near = (s for s in self.statements[self.lost :][-9:] if s.in_reason == self.in_reason)
        wholes = [s for s in near if not s.among and s.sentence == self.sentence - 1]
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
        if self.kind is Kind.BUDGET and not self.versus:
            if "执行" in figure.lead and self.report_year and self.year == self.report_year - 1:
                self._told_before(figure)
                return
            if (self.subjects and figure.lead == "预算") or (self.before is not None and "安排" in figure.lead):
                self._on_amount(figure)  # in a budget every amount is one
                return
        compared = self._compared() if self.versus else None
        if compared is not None:
            compared.comparisons.append(Comparison(self.base, prior=figure))
            return
        current = self._current()
        if current is not None and not self.subjects and self._year_before(current):
            current.comparisons.append(Comparison(f"{self.year}年预算", prior=figure))
            return
        fresh = (
            current is None
            or current.sentence != self.sentence
            or (self.subjects and self.subjects[-1] != current.subject)
        )
        if fresh or (current is not None and current.executions):
            current = self._open(figure)
        assert current is not None
        current.budgets.append(figure)

    def _year_before(self, current: Statement) -> bool:
        """Whether the words have gone on from a statement without changes to the year before it, in one sentence."""
        years = current.year is not None and self.year == current.year - 1
        told = bool(current.budgets) + (current.amount is not None)
        alone = told == 1 and len(current.budgets) < 2 and not (current.comparisons or current.executions)
        return years and current.sentence == self.sentence and alone

    def _over_years(self, current: Statement) -> Statement:
        """2024 年公务接待费 8 万元，2023 年公务接待费 12 万元，减少 …: the change is the first one's, the second its base."""
        before = self.statements[-2] if len(self.statements) > 1 and current is self.statements[-1] else None
        if before is None or before.year is None or current.year != before.year - 1 or not current.subject:
            return current
        now, prior = (s.amount or (s.budgets[0] if len(s.budgets) == 1 else None) for s in (before, current))
        alike = (before.subject, before.sentence, before.among) == (current.subject, current.sentence, current.among)
        other_base = self.base[:2] == "20" and self.base[:4] != str(current.year)
        if not alike or now is None or prior is None or before.comparisons or current.comparisons or other_base:
            return current
        before.comparisons.append(Comparison(self.base or f"{current.year}年", prior=prior))
        return before

    def _on_prior(self, figure: Figure) -> None:
        current = self._compared() or self._current()
        if current is not None and current.among and current.sentence < self.sentence:
            return
        if current is not None and current.amount is not None and current.sentence >= self.sentence - 1:
            current.comparisons.append(Comparison(self.base, prior=figure))
        elif not self.among:
            self._told_before(figure)

    def _comparison(self, figure: Figure, *, needs: str) -> Comparison:
        """The comparison that a change or rate belongs to; a new subject of its own begins a statement without amount."""
        current = self._compared() or self._current()
        named = self.subjects[-1] if self.subjects else ""
        if not named and current and current.sentence < self.sentence and total_again(self.paragraph, figure):
            current = self._compared()
        if (
            current is None
            or (self.before is not None and current.sentence < self.sentence)
            or (named and not same_again(self.paragraph, named, current.subject, figure))
            or current.sentence < self.sentence - 1
        ):
            current = self._open(figure)
        self.moved = current = self._over_years(current)
        current.end = figure.mention.end
        last = current.comparisons[-1] if current.comparisons else None
        if last is None or getattr(last, needs) is not None or not self._same_base(last):
            current.comparisons.append(Comparison(self.base))
        return current.comparisons[-1]

    def _same_base(self, last: Comparison) -> bool:
        """Whether the words go on with the base of a comparison of which so far only the earlier amount is told."""
        if last.prior is None or last.change or last.rate or not self.base or not last.base:
            return True
        years = {text[:4] for text in (self.base, last.base) if text[:2] == "20"}
        return len(years) < 2 and ("执行" in self.base) == ("执行" in last.base)

    def _on_change(self, figure: Figure) -> None:
        if _OF_IT.match(self.paragraph.text, figure.mention.end):
            return
        comparison = self._comparison(figure, needs="change")
        # A rate stands before: this change begins another comparison.
        if comparison.rate is not None and not joined(self.paragraph, comparison.rate, figure):
            comparison = Comparison(self.base)
            self.moved.comparisons.append(comparison)
        comparison.change, comparison.change_way = figure, self._way(figure)

    def _on_beyond(self, figure: Figure) -> None:
        """决算数大于预算数 55.93 万元: the words before the figure say against what, and which way."""
        current, words = self._compared(), _BEYOND.match(figure.lead)
        if current is not None and words is not None and current.amount is not None and not self.subjects:
            way = "up" if words[1] else "down"
            current.comparisons.append(Comparison(words[2].strip(), change=figure, change_way=way))
            current.end = figure.mention.end

    def _on_rate(self, figure: Figure) -> None:
        comparison = self._comparison(figure, needs="rate")
        shifted = comparison.change is not None and _SHIFTED.match(comparison.change.lead)
        if shifted and not _SHIFTED.match(figure.lead):  # 调减 16 万元，下降 9%: against the budget, and last year
            comparison = Comparison(self.base)
            self.moved.comparisons.append(comparison)
        comparison.rate, comparison.rate_way = figure, self._way(figure)

    def _way(self, figure: Figure) -> str:
        negative = figure.mention.quantity.value < 0
        return "" if negative or not self.ways else self.ways[-1]

    def _on_share(self, figure: Figure) -> None:
        current = self._named_again() or self._current()
        if current is not None and current.sentence >= self.sentence - 1:
            current.shares.append(figure)

    def _named_again(self) -> Statement | None:
        """The statement of this sentence whose subject is named once more before a share (人员经费 A，公用经费 B，人员经费占 P%)."""
        if not self.subjects:
            return None
        same = (s for s in reversed(self.statements[self.lost :]) if s.sentence == self.sentence)
        return next((s for s in same if s.subject == self.subjects[-1]), None)

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
