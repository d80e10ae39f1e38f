"""A sample being spoiled: its lines as cells, where its tables and its prose stand, and what was changed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

_AMOUNT = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d{2})$")

Grid = list[list[str]]

OTHER_WAY = {"增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长"}
"""The opposite of each word of direction."""


@dataclass
class Draft:
    """A sample being spoiled.

    ``cells`` are its lines, parted at tabs; ``tables`` the lines of each known table and ``prose`` those of the paragraphs,
    all counted from 0; ``changed`` the lines that were changed, counted from 1; ``year`` is the report's. ``verified`` are
    the figures (line from 0, offset) that the audit of the clean sample confirmed, with the rules that did: an error put
    where nothing can contradict it could not be found by anyone.
    """

    cells: Grid
    tables: list[list[int]]
    prose: list[int]
    year: int
    verified: dict[tuple[int, int], tuple[str, ...]]
    random: random.Random
    changed: list[int]

    def amounts(self, line: int) -> list[int]:
        """The positions of the amounts in a line."""
        return [i for i, cell in enumerate(self.cells[line]) if _AMOUNT.match(cell.strip())]

    def rows(self, table: list[int]) -> list[int]:
        """The lines of a table that hold amounts."""
        return [line for line in table if self.amounts(line)]

    def pick(self, wanted: Callable[[str], bool] = lambda label: True) -> tuple[int, int]:
        """An amount anywhere in the tables, of a row whose text is wanted."""
        places = [
            (line, i)
            for table in self.tables
            for line in table
            if wanted("".join(self.cells[line]))
            for i in self.amounts(line)
        ]
        return self.random.choice(places)

    def put(self, line: int, position: int, text: str) -> None:
        """Change a cell and remember the line."""
        self.cells[line][position] = text
        self.changed.append(line + 1)

    def find(self, pattern: re.Pattern[str], families: str = "", group: str | int = 1) -> tuple[int, re.Match[str]]:
        """A match anywhere in the prose; with ``families`` (of rules: ``NR``) one whose ``group`` they confirmed.

        Raises ``IndexError`` where there is none.
        """
        found = ((line, match) for line in self.prose for match in pattern.finditer(self.cells[line][0]))
        return self.random.choice(
            [(i, match) for i, match in found if not families or self.confirmed(i, match.start(group), families)]
        )

    def confirmed(self, line: int, start: int, families: str) -> bool:
        """Whether rules of these families confirmed the figure at a place."""
        return any(rule[0] in families for rule in self.verified.get((line, start), ()))

    def replace(self, line: int, start: int, end: int, text: str) -> None:
        """Change a stretch of a line of the prose."""
        old = self.cells[line][0]
        self.put(line, 0, old[:start] + text + old[end:])

    def change_digit(self, text: str, until: int | None = None) -> str:
        """The text with one of its digits (the first ``until`` characters) changed; never a leading digit to zero."""
        places = [i for i, char in enumerate(text[:until]) if char.isdigit()]
        at = self.random.choice(places)
        other = self.random.choice([digit for digit in "123456789" if digit != text[at]])
        return text[:at] + other + text[at + 1 :]


Spoiler = Callable[[Draft], None]
