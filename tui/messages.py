"""What the parts of the workbench tell each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from assistant.findings import Report
    from tui.filters import Filter
    from tui.session import Item


@dataclass
class AuditProgress(Message):
    """So many files of so many are done; the last one was ``path``."""

    done: int
    total: int
    path: str


@dataclass
class AuditFinished(Message):
    """The audit came to its end: with a report, or with what went wrong in one line."""

    report: Report | None = field(repr=False)
    trouble: str = ""


@dataclass
class ItemShown(Message):
    """The cursor is on another finding (None: no finding is listed)."""

    item: Item | None = field(repr=False)


@dataclass
class FilterChanged(Message):
    """Another choice of findings is wanted."""

    chosen: Filter


@dataclass
class DecisionsChanged(Message):
    """Decisions were made, taken back, or came in from another window."""


@dataclass
class PlaceWanted(Message):
    """A line of the current document is to be shown in the full text, with ``start:end`` marked."""

    line: int
    start: int = 0
    end: int = 0


@dataclass
class DocumentChanged(Message):
    """Another document is the current one."""

    number: int
