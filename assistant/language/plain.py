"""Whether an amount stands under its bare name, or under words that may make it something else (人均…, 年中追加…)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from assistant.language.lexicon import field_subjects
from assistant.resources import corpora_dir
from assistant.terms import functional
from assistant.text import normalise
from assistant.yamlfile import load_yaml

if TYPE_CHECKING:
    from assistant.claims import Figure, Statement
    from assistant.document import Document

_BLANK = re.compile(r"\s")
_LEVEL = re.compile(r"[(][类款项][)]")
_BREAK = re.compile(r"[，。；！？,;()、]")
_MONEY = re.compile(r"\d[\d.,]*(?:亿元|万元|千元|元|%|万|个|辆|台|人次|人|批次|批)?|PAGEREF.*")
_NATURE = frozenset({"基本支出", "项目支出", "人员经费", "公用经费"})
_HERE = "◆"


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Patterns of the known subjects, of the words that change nothing, and of the words that narrow the scope."""
    data: dict[str, list[str]] = load_yaml(corpora_dir() / "terms" / "plain.yaml")

    def one_of(words: set[str]) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, sorted(map(normalise, words), key=len, reverse=True))))

    return (
        one_of({name for name in field_subjects() if len(name) > 2}),
        one_of(set(data["words"])),
        one_of(set(data["scopes"])),
    )


def stands_bare(text: str, end: int, subject: str) -> bool:
    """Whether nothing but known words stands beside ``subject`` and before the figure that begins at ``end``.

    Looked at are the clause that names the subject and the clause of the figure; of the sentence, whether it speaks of a
    part of the units only.
    """
    subjects, words, scopes = _words()
    before = _LEVEL.sub("", _BLANK.sub("", normalise(text[:end])))
    if scopes.search(before.rsplit("。", 1)[-1]):
        return False
    at = before.rfind(subject)
    if at < 0:
        return False
    marked = subjects.sub("", before[:at]) + _HERE + subjects.sub("", before[at + len(subject) :])
    marked = _MONEY.sub("", re.sub(r"(?<=[^\d\s])、|、(?=\D)", " ", marked))
    clauses = re.split(_BREAK, marked)
    naming = next(clause for clause in reversed(clauses) if _HERE in clause)
    return not any(re.search(r"[一-鿿]", words.sub("", clause)) for clause in (naming, clauses[-1]))


def narrowed(document: Document, statement: Statement) -> bool:
    """Whether the sentence of a statement speaks of a part of the units (局本级, 下属单位) before its amount."""
    text = normalise(document.paragraphs[statement.paragraph].text[: statement.start]).rsplit("。", 1)[-1]
    return _words()[2].search(text) is not None


def certain_name(document: Document, statement: Statement, figure: Figure, told: Iterable[Statement]) -> bool:
    """Whether the words around an amount leave no doubt what it is: no narrower scope, no part of another subject's list.

    ``told`` are the statements of the narrative: 教育支出 1,300 万元，其中基本支出 800 万元 is not the 基本支出 of the table.
    """
    if not stands_bare(document.paragraphs[statement.paragraph].text, figure.mention.start, statement.subject):
        return False
    first = statement.sentence - statement.among
    official = _official(statement.subject)
    return not any(
        other.paragraph == statement.paragraph
        and first <= other.sentence <= statement.sentence
        and other.start < statement.start
        and (other.subject in _NATURE if official else _official(other.subject))
        for other in told
    )


def _official(subject: str) -> bool:
    """Whether a name is one of the functional classification."""
    return subject in functional().codes or bool(functional().class_code(subject))
