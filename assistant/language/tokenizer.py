"""The tokenizer: quantities first, known words by longest match next, jieba for what is left. Offsets are lossless."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from assistant.files import write_whole
from assistant.language.lexicon import Lexicon, function_words
from assistant.mentions import MENTIONS, Mention, find_mentions
from assistant.text import has_cjk, normalise
from assistant.yamlfile import cache_dir

if TYPE_CHECKING:
    import jieba
    from spacy.vocab import Vocab

STOPS = frozenset("，,。；;：:！!？?\n")
"""Marks at which a wildcard in a pattern stops."""

_SEVERAL = re.compile(r"[一-鿿]{2}")
_FOREIGN = re.compile(r"[^㐀-鿿]")
_ALONE = re.compile(r"[A-Za-z\d]+|[\s\S]")


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
        write_whole(path, "".join(f"{line}\n" for line in kept).encode())
    return path


class HechaTokenizer:
    """Text to ``Doc``. Every token's ``tag_`` is the tag of a known word or the kind of a quantity, else empty; its ``pos_`` is
    NUM for a quantity and PUNCT for a mark that ends a clause. ``doc.user_data`` holds the quantities.
    """

    def __init__(self, vocab: Vocab, lexicon: Lexicon) -> None:
        self.vocab = vocab
        self.lexicon = lexicon
        self.single = re.compile("[" + "".join(re.escape(word) for word in lexicon.words if len(word) == 1) + "]")

    def __call__(self, text: str) -> Doc:
        """Tokenise; the tokens joined are the text."""
        plain = normalise(text)
        mentions = find_mentions(plain)
        words: list[str] = []
        tags: list[str] = []
        found: dict[int, Mention] = {}
        position = 0
        for mention in mentions:
            self._words(text, plain, position, mention.start, words, tags)
            found[len(words)] = mention
            words.append(text[mention.start : mention.end])
            tags.append(mention.kind.value)
            position = mention.end
        self._words(text, plain, position, len(text), words, tags)
        classes = ["PUNCT" if word in STOPS else "" for word in words]
        for i in found:
            classes[i] = "NUM"
        spaces = [False] * len(words)
        return Doc(self.vocab, words=words, spaces=spaces, tags=tags, pos=classes, user_data={MENTIONS: found})

    def _words(self, text: str, plain: str, start: int, end: int, words: list[str], tags: list[str]) -> None:
        """Append the words of a stretch without quantities, and their tags."""
        rest = start
        at = start
        while at < end:
            word = self.lexicon.match(plain, at)
            if word and at + len(word) <= end:
                self._rest(text[rest:at], words, tags)
                words.append(text[at : at + len(word)])
                tags.append(self.lexicon.words[word])
                at += len(word)
                rest = at
            elif plain[at] in STOPS or plain[at].isspace():
                self._rest(text[rest:at], words, tags)
                words.append(text[at])
                tags.append(self.lexicon.words.get(plain[at], "fill" if plain[at].isspace() else ""))
                at += 1
                rest = at
            else:
                at += 1
        self._rest(text[rest:end], words, tags)

    def _rest(self, piece: str, words: list[str], tags: list[str]) -> None:
        """Append what no longer word was found in: single function characters, foreign words, and the unknown between."""
        if not piece:
            return
        if not self.single.search(normalise(piece)) and not _FOREIGN.search(piece):
            words.append(piece)  # nothing in it that a segmenter could find
            tags.append("")
            return
        unknown = ""
        for word in segmenter().cut(piece, HMM=False) if _SEVERAL.search(piece) else _ALONE.findall(piece):
            tag = self.lexicon.words.get(normalise(word), "")
            if tag or word in STOPS or not has_cjk(word):
                if unknown:
                    words.append(unknown)
                    tags.append("")
                    unknown = ""
                words.append(word)
                tags.append(tag)
            else:
                unknown += word
        if unknown:
            words.append(unknown)
            tags.append("")
