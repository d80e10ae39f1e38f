"""A file that holds the same report twice: only the first is read."""

from __future__ import annotations

from dataclasses import replace

from assistant.document import Problem
from assistant.reading.grid import Block
from assistant.reading.source import Source

LEAST = 40
"""Lines with text that must come again, in the same order and up to the end of the file."""


def once(source: Source) -> tuple[Source, list[Problem]]:
    """The source with its second half emptied where that repeats the first, and what to say about it."""
    texts = [(number, line.strip()) for number, line in enumerate(source.lines) if line.strip()]
    half, odd = divmod(len(texts), 2)
    if odd or half < LEAST or texts[0][1] != texts[half][1]:
        return source, []
    if any(one[1] != other[1] for one, other in zip(texts[:half], texts[half:], strict=True)):
        return source, []
    first = texts[half][0]
    lines = (*source.lines[:first], *("" for _ in source.lines[first:]))
    kept: tuple[Block, ...] | None = None
    if source.blocks is not None:
        kept = tuple(block for block in source.blocks if block.last <= first)
    problem = Problem("自此处起与前文完全相同，同一份报告在文件中出现了两次；只核查前一份", first + 1)
    return replace(source, lines=lines, blocks=kept), [problem]
