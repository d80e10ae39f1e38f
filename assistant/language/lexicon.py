"""Words the tokenizer keeps whole: function words with their tags, and subject names of the field and of a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from assistant.document import Document
from assistant.reading.sides import bare_label
from assistant.resources import corpora_dir
from assistant.terms import economic, functional, table_roles
from assistant.text import normalise
from assistant.yamlfile import load_yaml

SUBJECT = "subject"
LONGEST = 30
VAGUE = frozenset({"合计", "小计", "金额", "数量", "单价", "总计", "决算数", "预算数", "其他", "一致", "数额"})
"""Column words that name nothing by themselves."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words and their tags, ready for longest match: by their first two characters, longest first."""

    words: dict[str, str]
    by_start: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, tagged: Iterable[tuple[str, str]]) -> Lexicon:
        """Build from (word, tag) pairs; of two tags for one word the first stands."""
        words: dict[str, str] = {}
        for word, tag in tagged:
            words.setdefault(word, tag)
        start: dict[str, list[str]] = {}
        for word in (word for word in words if len(word) > 1):
            start.setdefault(word[:2], []).append(word)
        return cls(words, {two: tuple(sorted(found, key=len, reverse=True)) for two, found in start.items()})

    def match(self, text: str, at: int) -> str:
        """The longest word of two characters or more that stands at a position, empty if none.

        Single characters (为, 数, 比) are words only where the segmenter leaves them alone: 数 in 数据 is none.
        """
        for word in self.by_start.get(text[at : at + 2], ()):
            if text.startswith(word, at):
                return word
        return ""


@cache
def function_words() -> tuple[tuple[str, str], ...]:
    """The tagged function words of ``corpora/terms/claims.yaml``."""
    data: dict[str, list[str]] = load_yaml(corpora_dir() / "terms" / "claims.yaml")
    return tuple((normalise(word), tag) for tag, words in data.items() for word in words)


@cache
def field_subjects() -> tuple[str, ...]:
    """Names of subjects, rows and columns that the field uses: official subjects and the known tables' rows and columns."""
    names: set[str] = set()
    for subjects in (functional(), economic()):
        names.update(normalise(name) for name in subjects.codes)
    for spec in table_roles():
        for side in spec.sides:
            for spelled in [(row.key, *row.names) for row in side.rows] + [(c.key, *c.names) for c in side.columns]:
                names.update(part for name in spelled for part in name.split("/"))
    names.update(name.removesuffix("支出") for name, codes in functional().codes.items() if len(codes[0]) == 3)
    extra: dict[str, list[str]] = load_yaml(corpora_dir() / "terms" / "subjects.yaml")
    for words in extra.values():
        names.update(normalise(word) for word in words)
    return tuple(name for name in names - VAGUE if 2 <= len(name) <= LONGEST)


def document_lexicon(document: Document) -> Lexicon:
    """Function words, the field's subjects, and the row names of this document's own tables."""
    return Lexicon.of(_tagged(document))


def _tagged(document: Document) -> Iterator[tuple[str, str]]:
    functions = dict(function_words())
    yield from functions.items()
    for name in field_subjects():
        if name not in functions:
            yield name, SUBJECT
    for table in document.tables:
        for side in table.sides:
            for row in side.rows:
                label = normalise(bare_label(row.label))
                if 3 <= len(label) <= LONGEST and not any(char.isdigit() for char in label):
                    yield label, SUBJECT
