"""Whether an amount stands under its bare name, or under words that may make it something else (人均…, 年中追加…)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from assistant.language.lexicon import field_subjects
from assistant.outline import LEVEL
from assistant.resources import corpora_dir
from assistant.terms import functional
from assistant.text import normalise, squeeze
from assistant.yamlfile import load_yaml

if TYPE_CHECKING:
    from assistant.claims import Figure, Statement
    from assistant.document import Document

_BLANK = re.compile(r"\s")
_BREAK = re.compile(r"[，。；！？,;()、]")
_MONEY = re.compile(r"\d[\d.,]*(?:亿元|万元|千元|元|%|万|个|辆|台|人次|人|批次|批)?|PAGEREF.*")
_NATURE = frozenset({"基本支出", "项目支出", "人员经费", "公用经费"})
_SOURCE = re.compile(r"财政拨款|一般公共预算|政府性基金|国有资本经营|非财政|单位资金|财政专户")
_FUNDS = frozenset({"政府性基金", "国有资本经营"})
_PAID_FROM = re.compile(r"(?:收入|资金|结转|拨款)安排(?!的)[^，。；]{0,12}$")
_UNITS = re.compile(r"(?:下属|所属|直属|二级)[^，。；]{1,16}(?:支出|收入|预算|决算)")
_ALL_MONEY = frozenset({"公开01", "公开02", "公开03", "预算收支总表", "预算收入总表", "预算支出总表"})
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
    before = LEVEL.sub("", _BLANK.sub("", normalise(text[:end])))
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


def narrowed(document: Document, statement: Statement, whole: Statement | None = None) -> bool:
    """Whether the sentence of a statement speaks of a part of the units (局本级, 下属单位) before its amount.

    With the ``whole`` of a list: whether it does so behind the whole, that is for this part alone.
    """
    since = whole.start if whole is not None and whole.paragraph == statement.paragraph else 0
    text = normalise(document.paragraphs[statement.paragraph].text[since : statement.start]).rsplit("。", 1)[-1]
    return _words()[2].search(text) is not None


def of_less(document: Document, statement: Statement, roles: Iterable[str]) -> bool:
    """Whether the sentence or its headings speak of a part of the money (财政拨款) and none of the tables is about that.

    ``roles`` are those of the tables. Also true where the sentence goes on with the units under the department.
    """
    text = normalise(document.paragraphs[statement.paragraph].text)
    before, behind = text[: statement.start].rsplit("。", 1)[-1], text[statement.start :].split("。", 1)[0]
    if _UNITS.search(behind) or _PAID_FROM.search(before):
        return True
    sources = set(_SOURCE.findall("".join(statement.section) + before))
    if sources & _FUNDS and sources <= _FUNDS | {"财政拨款"} and _official(statement.subject):
        return False  # a fund's subject is in no other budget
    return bool(sources) and all(role in _ALL_MONEY for role in roles)


def certain_name(document: Document, statement: Statement, figure: Figure, told: Iterable[Statement]) -> bool:
    """Whether the words around an amount leave no doubt what it is: no narrower scope, no part of another subject's list.

    ``told`` are the statements of the narrative: 教育支出 1,300 万元，其中基本支出 800 万元 is not the 基本支出 of the table.
    """
    if _after_its_path(document, statement, figure):
        return True
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


def _after_its_path(document: Document, statement: Statement, figure: Figure) -> bool:
    """Whether an amount stands right behind 类、款、项 as one of the tables prints the three, known subjects or not."""
    before = _BLANK.sub("", normalise(document.paragraphs[statement.paragraph].text[: figure.mention.start]))
    if len(statement.path) < 3 or not re.search(r"\(\d{0,2}项\)[”\"]?$", before):
        return False
    wanted = [squeeze(name) for name in statement.path[-3:]]
    for side in (side for table in document.tables for side in table.sides):
        names = {row.code: squeeze(row.label) for row in side.rows if row.code}
        ends = (code for code, name in names.items() if len(code) == 7 and name == wanted[2])
        if any([names.get(code[:3]), names.get(code[:5])] == wanted[:2] for code in ends):
            return True
    return False


def _official(subject: str) -> bool:
    """Whether a name is one of the functional classification."""
    return subject in functional().codes or bool(functional().class_code(subject))
