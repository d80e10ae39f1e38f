"""Words of everyday Chinese: whether a text is one, and how characters sound.

From the dictionary that comes with jieba and the readings of pypinyin, both loaded when they are first asked for: most
documents need them only for a handful of places.
"""

from __future__ import annotations

import hashlib
import os
from functools import cache

from assistant.yamlfile import cache_dir

LONGEST = 4
"""Characters of the longest words that are kept."""

OFTEN = 3
"""How often a word must occur in what the dictionary was counted on: what is rarer is mostly a slip itself."""


@cache
def words() -> frozenset[str]:
    """The words of two to four characters."""
    import logging
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.CRITICAL)
    with jieba.get_dict_file() as file:
        data: bytes = file.read()
    path = (
        cache_dir()
        / f"words-{hashlib.sha256(data[:4096] + str((len(data), LONGEST, OFTEN)).encode()).hexdigest()[:12]}.txt"
    )
    try:
        return frozenset(path.read_text(encoding="utf-8").split("\n"))
    except (OSError, UnicodeDecodeError):
        pass
    entries = (line.split(" ") for line in data.decode("utf-8").splitlines())
    found = frozenset(word for word, often, *_ in entries if 2 <= len(word) <= LONGEST and int(often) >= OFTEN)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(f".{os.getpid()}.tmp")
        temporary.write_text("\n".join(sorted(found)), encoding="utf-8")
        temporary.replace(path)
    except OSError:
        pass  # no cache folder: read anew the next time
    return found


def is_word(text: str) -> bool:
    """Whether a text of two to four characters is a word."""
    return text in words()


def within_word(text: str, at: int, *, shortest: bool = False) -> str:
    """The longest word of ``text`` (or the shortest) that the character at ``at`` is part of, empty where it stands alone."""
    known = words()
    for length in range(2, LONGEST + 1) if shortest else range(LONGEST, 1, -1):
        for start in range(max(0, at - length + 1), min(at, len(text) - length) + 1):
            if text[start : start + length] in known:
                return text[start : start + length]
    return ""


@cache
def sounds(char: str) -> frozenset[str]:
    """The readings of a character without tones (行: xing, hang, heng); empty for what has none."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")  # readings of phrases take most of the time to load
    from pypinyin import Style, pinyin

    (readings,) = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore") or [[]]
    return frozenset(readings)


def sound_alike(one: str, other: str) -> bool:
    """Whether two texts can be read the same, tones not counted: what a writer with a pinyin keyboard mixes up."""
    return len(one) == len(other) and all(
        a == b or not sounds(a).isdisjoint(sounds(b)) for a, b in zip(one, other, strict=True)
    )
