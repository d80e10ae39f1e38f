"""The tokenizer: quantities first, known words by longest match next, jieba for what is left. Offsets are lossless."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Token

from assistant.language.lexicon import Lexicon, function_words
from assistant.mentions import Mention, find_mentions
from assistant.text import has_cjk, normalise
from assistant.yamlfile import cache_dir

if TYPE_CHECKING:
    import jieba
    from spacy.vocab import Vocab

STOPS = frozenset("，,。；;：:！!？?\n")
"""Marks at which a wildcard in a pattern stops."""

for _name, _default in (("q", ""), ("tag", ""), ("stop", False), ("mention", -1)):
    if not Token.has_extension(_name):
        Token.set_extension(_name, default=_default)
if not Doc.has_extension("mentions"):
    Doc.set_extension("mentions", default=())


@cache
def segmenter() -> jieba.Tokenizer:
    """A private jieba tokenizer with the generated dictionary, its cache in the user's cache folder, silent on stderr.

    All it has to decide is whether a single function character (数, 为, 率) is a word by itself or part of one (数据, 作为,
    率先). The words with such characters are a tenth of jieba's dictionary and load in a tenth of the time.
    """
    import logging
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.CRITICAL)
    characters = frozenset(word for word, _ in function_words() if len(word) == 1)
    try:
        dictionary = _generated_dictionary(jieba.get_dict_file().read().decode("utf-8"), characters)
        tokenizer = jieba.Tokenizer(str(dictionary))
        tokenizer.tmp_dir = str(dictionary.parent)
    except OSError:
        tokenizer = jieba.Tokenizer()  # no cache folder: the whole dictionary, which is only slower
    tokenizer.initialize()
    return tokenizer


def _generated_dictionary(text: str, characters: frozenset[str]) -> Path:
    """Write the lines of jieba's dictionary with one of ``characters`` to the cache, once. Raises ``OSError``."""
    mark = hashlib.sha256(("".join(sorted(characters)) + text[:1000] + str(len(text))).encode()).hexdigest()[:12]
    path = cache_dir() / f"dictionary-{mark}.txt"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        kept = [line for line in text.splitlines() if not characters.isdisjoint(line.split(" ", 1)[0])]
        temporary = path.with_suffix(f".{os.getpid()}.tmp")
        temporary.write_text("\n".join(kept) + "\n", encoding="utf-8")
        temporary.replace(path)
    return path


class HechaTokenizer:
    """Text to ``Doc``. ``token._.q`` is the kind of a quantity, ``._.mention`` its number in ``doc._.mentions``,
    ``._.tag`` the tag of a known word, ``._.stop`` whether the token ends a clause.
    """

    def __init__(self, vocab: Vocab, lexicon: Lexicon) -> None:
        self.vocab = vocab
        self.lexicon = lexicon

    def __call__(self, text: str) -> Doc:
        """Tokenise; the tokens joined are the text."""
        plain = normalise(text)
        mentions = find_mentions(plain)
        words: list[str] = []
        marks: list[tuple[str, str, int]] = []
        for word, q, tag, number in self._pieces(text, plain, mentions):
            words.append(word)
            marks.append((q, tag, number))
        doc = Doc(self.vocab, words=words, spaces=[False] * len(words))
        for token, (q, tag, number) in zip(doc, marks, strict=True):
            if q:
                token._.q = q
                token._.mention = number
            if tag:
                token._.tag = tag
            if token.text in STOPS:
                token._.stop = True
        doc._.mentions = tuple(mentions)
        return doc

    def _pieces(self, text: str, plain: str, mentions: Sequence[Mention]) -> Iterator[tuple[str, str, str, int]]:
        position = 0
        for number, mention in enumerate(mentions):
            yield from self._words(text, plain, position, mention.start)
            yield text[mention.start : mention.end], mention.kind.value, "", number
            position = mention.end
        yield from self._words(text, plain, position, len(text))

    def _words(self, text: str, plain: str, start: int, end: int) -> Iterator[tuple[str, str, str, int]]:
        rest = start
        at = start
        while at < end:
            word = self.lexicon.match(plain, at)
            if word and at + len(word) <= end:
                yield from self._rest(text, rest, at)
                yield text[at : at + len(word)], "", self.lexicon.words[word], -1
                at += len(word)
                rest = at
            elif plain[at] in STOPS or plain[at].isspace():
                yield from self._rest(text, rest, at)
                yield text[at], "", "fill" if plain[at].isspace() else self.lexicon.words.get(plain[at], ""), -1
                at += 1
                rest = at
            else:
                at += 1
        yield from self._rest(text, rest, end)

    def _rest(self, text: str, start: int, end: int) -> Iterator[tuple[str, str, str, int]]:
        if end <= start:
            return
        piece = text[start:end]
        known = self.lexicon.words
        words = (
            segmenter().cut(piece, HMM=False)
            if re.search(r"[一-鿿]{2}", piece)
            else re.findall(r"[A-Za-z\d]+|[\s\S]", piece)
        )
        unknown = ""
        for word in words:
            tag = known.get(normalise(word), "")
            if tag or word in STOPS or not has_cjk(word):
                if unknown:
                    yield unknown, "", "", -1
                    unknown = ""
                yield word, "", tag, -1
            else:
                unknown += word
        if unknown:
            yield unknown, "", "", -1
