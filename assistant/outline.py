"""The outline of a narrative: the headings over a paragraph, and the items that a line announces for the next one."""

from __future__ import annotations

import re

from assistant.document import Section
from assistant.text import normalise

LEVEL = re.compile(r"[(]\s*\d{0,3}\s*([类款项])\s*[)]")
"""The level of a subject behind its name, bare or with its code: …（类）, …（01项）."""

NAME_BREAK = re.compile(r"[(（]\s*\d{0,3}\s*[类款项]\s*[)）]|[.、，,。：:\s“\"；;]")
CODED = re.compile(r"^\d{2,7}(?=\D)|(?<=\D)\d{2,3}$")
"""The code of a subject written to its name: 201一般公共服务支出（类）, 行政运行01（项）."""

BRACKETS = re.compile(r"[\s\"'“”‘’]")


def heading_item(text: str) -> tuple[str, ...]:
    """类, 款 and 项 of a paragraph that only announces an item (1.…（类）…（款）…（项）。); empty for any other."""
    plain = normalise(text)
    if len(plain) > 120 or not re.search(r"\(\s*\d{0,2}\s*项\s*\)[。.;:]?\s*$", plain):
        return ()
    return tuple(
        CODED.sub("", BRACKETS.sub("", NAME_BREAK.split(name)[-1]))
        for name in re.findall(r"([^()]+(?:\([^()类款项]+\)[^()]*)*)\(\s*\d{0,3}\s*[类款项]\s*\)", plain)
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
