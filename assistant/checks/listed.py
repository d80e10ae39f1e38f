"""列举: items of a list told twice with two amounts; the items of 基本支出 in words against the rows of 公开06."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import Field
from rapidfuzz import fuzz

from assistant.checks.base import Check, Parameters
from assistant.checks.evidence import ref_evidence
from assistant.checks.told import figure_evidence, money, name_of, statements, told, usable
from assistant.claims import Statement
from assistant.document import Row, Table
from assistant.facts import Facts, find_side, ref_at
from assistant.findings import Outcome, Verdict
from assistant.language.plain import narrowed
from assistant.rules import Rule
from assistant.terms import economic
from assistant.text import normalise, squeeze

_LIST = re.compile(r"主要(?:包括|用于|是)[:：]?(?P<items>[^。；;]{6,600})[。；;]?")
_SPLIT = re.compile(r"[、，,]|以及")
_BRACKET = re.compile(r"[(（][^()（）]*[)）]")
LIKE = 88


class ListedParameters(Parameters):
    """The table whose non-blank rows must be listed, and for each subject the classes (301, 302, …) that belong to it."""

    table: str = ""
    subjects: dict[str, tuple[str, ...]] = Field(default_factory=dict)


def run_twice(facts: Facts, rule: Rule, _: ListedParameters) -> Iterator[Outcome]:
    """The same item twice in one list with two different amounts."""
    seen: dict[tuple[int, int, str], Statement] = {}
    for statement in statements(facts):
        if not statement.among or not statement.subject or not usable(statement.amount) or statement.amount is None:
            continue
        if statement.subject not in economic().codes or statement.role != "amount":
            continue
        if narrowed(facts.document, statement):
            continue
        key = (statement.paragraph, statement.sentence, statement.subject)
        first = seen.setdefault(key, statement)
        if first is not statement and first.amount and not money(first.amount).meets(money(statement.amount)):
            yield told(
                rule, Verdict.DISAGREE, name_of(statement), (statement.amount, first.amount),
                stated=f"{first.amount.text}、{statement.amount.text}", expected="同一项目只列一次",
                calculation=f"“{statement.subject}”先列 {first.amount.text}，又列 {statement.amount.text}",
            )  # fmt: skip


def run_words(facts: Facts, rule: Rule, parameters: ListedParameters) -> Iterator[Outcome]:
    """The items named in words and the non-blank rows of the table, both ways."""
    table = facts.table(parameters.table)
    side = find_side(table, "")
    for statement in statements(facts):
        classes = parameters.subjects.get(statement.subject)
        match = _list_after(facts, statement) if classes and statement.amount else None
        if classes is None or match is None or statement.amount is None:
            continue
        words = [_plain(word) for word in _SPLIT.split(match) if _plain(word)]
        if len(words) < 3 or any(char.isdigit() for char in match):
            continue
        rows = [row for row in side.rows if len(row.code) == 5 and row.code.startswith(classes) and row.label]
        filled = [row for row in rows if row.cells[0].figure is not None and row.cells[0].figure.value != 0]
        if len(filled) < 3:
            continue
        open_end = match.rstrip("。；; ").endswith(("等", "等支出", "等方面"))
        missing = [row for row in filled if not open_end and not any(_same(row, word) for word in words)]
        blank = [row for row in rows if _nothing(table, row) and any(_exactly(row, word) for word in words)]
        if len(missing) * 2 > len(filled):
            continue  # the list names something else (uses, not items)
        parts = [f"正文未列“{row.label}”（表中有数）" for row in missing] + [
            f"正文列有“{row.label}”（表中无数）" for row in blank
        ]
        refs = [ref_at(table, side, row, 0) for row in (*missing, *blank)]
        yield told(
            rule, Verdict.DISAGREE if parts else Verdict.AGREE, name_of(statement), (statement.amount,),
            stated="；".join(parts) or "列举与表一致", expected="正文列举的项目与表中有数额的项目一致", calculation="；".join(parts),
            more=(*(figure_evidence(statement.amount) for _ in ()), *(ref_evidence(ref) for ref in refs)),
        )  # fmt: skip


def _nothing(table: Table, row: Row) -> bool:
    """Whether a row shows no money; 0.00 万元 may stand for less than fifty yuan."""
    figure = row.cells[0].figure
    return figure is None or (figure.value == 0 and table.unit is not None and table.unit.factor == 1)


def _list_after(facts: Facts, statement: Statement) -> str | None:
    text = facts.document.paragraphs[statement.paragraph].text
    start = statement.amount.mention.end if statement.amount else 0
    match = _LIST.search(normalise(text), start, start + 700)
    return match["items"] if match and match.start() - start <= 12 else None


def _plain(word: str) -> str:
    return re.sub(r"等(?:支出|方面)?$", "", squeeze(word).strip("。;；. "))


def _same(row: Row, word: str) -> bool:
    label = squeeze(row.label)
    bare = [_BRACKET.sub("", label), label]
    if len(bare[0]) > 4 and re.match(re.escape(bare[0]) + "[及和与]", word):
        return True  # 公务用车运行维护费及购置费: two rows in one
    return any(fuzz.ratio(a, b) >= LIKE for a in bare for b in (word, _BRACKET.sub("", word)))


def _exactly(row: Row, word: str) -> bool:
    return squeeze(row.label) == word


TWICE = Check("listed_twice", ListedParameters, run_twice)
WORDS = Check("listed_words", ListedParameters, run_words)
