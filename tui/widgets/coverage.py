"""The coverage of a document: a bar of the verdicts of all its figures, and their numbers to filter by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Static

from assistant.findings import Verdict

KEYS: Final = dict(zip(Verdict, "zxcvbn", strict=True))
CLASSES: Final = dict(zip(Verdict, ("agree", "tail", "disagree", "basis", "unclear", "never"), strict=True))


def shares(counts: Mapping[str, int], room: int) -> list[int]:
    """The columns of the bar that each number takes: all together ``room``, and none that is there is lost."""
    total = sum(counts.values())
    if not total or room <= 0:
        return [0] * len(counts)
    sizes = [max(number * room // total, 1) if number else 0 for number in counts.values()]
    biggest = sizes.index(max(sizes))
    sizes[biggest] += room - sum(sizes)
    return sizes


class VerdictChip(Static):
    """One verdict with its number; a click filters by it."""

    @dataclass
    class Clicked(Message):
        """This verdict is wanted."""

        verdict: Verdict

    def __init__(self, verdict: Verdict) -> None:
        super().__init__("", markup=False, classes=f"verdict -{CLASSES[verdict]}")
        self.verdict = verdict

    def on_click(self, _: events.Click) -> None:
        """Ask for this verdict."""
        self.post_message(self.Clicked(self.verdict))


class Coverage(Vertical):
    """The bar over the numbers."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._counts: dict[str, int] = {verdict.value: 0 for verdict in Verdict}

    def compose(self) -> ComposeResult:
        """The parts of the bar, and the chips."""
        with Horizontal(id="bar"):
            for verdict in Verdict:
                yield Static("", classes=f"part -{CLASSES[verdict]}", markup=False)
        with Horizontal(id="verdicts"):
            for verdict in Verdict:
                yield VerdictChip(verdict)

    def show(self, counts: Mapping[str, int], chosen: Verdict | None) -> None:
        """Show the numbers of a document (by verdict)."""
        self._counts = {verdict.value: counts.get(verdict.value, 0) for verdict in Verdict}
        for chip in self.query(VerdictChip):
            chip.update(f"{KEYS[chip.verdict]} {chip.verdict.value} {self._counts[chip.verdict.value]}")
            chip.set_class(chip.verdict is chosen, "-on")
        self._draw()

    def on_resize(self) -> None:
        """Divide the bar again."""
        self._draw()

    def _draw(self) -> None:
        for part, size in zip(self.query(".part"), shares(self._counts, self.size.width), strict=True):
            part.styles.width = size
