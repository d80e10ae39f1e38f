"""PDF streams that inflate to far more than a page can hold: refused before anything reads them."""

from __future__ import annotations

import re
import zlib
from typing import Final

from assistant.reading.archive import MOST_RATIO, PLAIN_BYTES
from assistant.reading.errors import UnreadableError

_STREAM = re.compile(rb"stream\r?\n")
_BEST: Final = 1_032
"""Deflate packs no better: what is shorter than ``PLAIN_BYTES`` divided by it stays below that."""
_HEAD: Final = 500
_CHUNK: Final = 1 << 20


def refuse_bombs(data: bytes) -> None:
    """Raise ``UnreadableError`` if a stream other than a picture (which is not unpacked) is packed as no page's is."""
    position = 0
    while match := _STREAM.search(data, position):
        start = match.end()
        end = data.find(b"endstream", start)
        position = len(data) if end < 0 else end + len(b"endstream")
        if position - start < PLAIN_BYTES // _BEST or data[start : start + 1] not in (b"\x78", b"\x68", b"\x58"):
            continue
        head = data[max(match.start() - _HEAD, 0) : match.start()].rpartition(b" obj")[2]
        if re.search(rb"/Subtype\s*/Image", head) is None and _is_bomb(data[start:position]):
            raise UnreadableError("PDF 的内容解压后异常庞大，不是正常的报告文件；请检查来源，或重新导出")


def _is_bomb(packed: bytes) -> bool:
    unpacker = zlib.decompressobj()
    size, rest = 0, packed
    try:
        while rest and not unpacker.eof:
            size += len(unpacker.decompress(rest, _CHUNK))
            rest = unpacker.unconsumed_tail
            if size > PLAIN_BYTES and size > (len(packed) - len(rest)) * MOST_RATIO:
                return True
    except zlib.error:
        return False  # damaged: its reader will see
    return False
