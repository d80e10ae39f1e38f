"""The outline of a narrative: the headings over a paragraph, and the items that a line announces for the next one."""

from __future__ import annotations

import re

from assistant.document import Section
from assistant.text import normalise

NAME_BREAK = re.compile(r"[(（][类款项][)）]|[.、，,。：:\s“\"；;]")
BRACKETS = re.compile(r"[\s\"'“”‘’]")


def heading_item(text: str) -> tuple[str, ...]:
    """类, 款 and 项 of a paragraph that only announces an item (1.…（类）…（款）…（项）。); empty for any other."""
    plain = normalise(text)
    if len(plain) > 120 or not re.search(r"\(项\)[。.;:]?\s*$", plain):
        return ()
    return tuple(
        BRACKETS.sub("", NAME_BREAK.split(name)[-1])
        for name in re.findall(r"([^()]+(?:\([^()类款项]+\)[^()]*)*)\([类款项]\)", plain)
    )


def section_path(sections: tuple[Section, ...], count: int) -> tuple[str, ...]:
    """The titles of the headings over a paragraph, outermost first."""
    path: list[str] = []
    at = count - 1
    while at is not None and 0 <= at < len(sections):
        path.append(normalise(sections[at].title).replace(" ", ""))
        parent = sections[at].parent
        if parent is None:
            break
        at = parent
    return tuple(reversed(path))
