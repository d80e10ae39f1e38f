"""Choosing and ordering findings. No screen, no store."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from assistant.findings import SEVERITIES, SEVERITY_NAMES

if TYPE_CHECKING:
    from tui.session import Item

FAMILIES: Final = {
    "T": "表格勾稽", "N": "正文数字", "R": "原因说明", "P": "绩效", "D": "披露完整", "W": "规范表述", "X": "跨年跨文档",
}  # fmt: skip
UNDECIDED: Final = "待复核"
DECISIONS: Final = (UNDECIDED, "确认", "排除", "待核")
NEW: Final = "新增"
REMAINING: Final = "仍在"
FIXED: Final = "已改正"
STATES: Final = (NEW, REMAINING, FIXED)
SORTS: Final = {"severity": "级别", "rule": "规则", "place": "位置", "message": "疑点", "decision": "处理"}
CHOICES: Final = {"severity": "级别", "family": "类别", "decision": "处理", "state": "变化", "document": "文件"}


@dataclass(frozen=True, slots=True)
class Filter:
    """Which findings to list; an empty field asks for nothing. ``document`` is the number of one, -1 means all."""

    severity: str = ""
    family: str = ""
    decision: str = ""
    state: str = ""
    document: int = -1
    text: str = ""

    @property
    def active(self) -> bool:
        """Whether anything is left out."""
        return self != Filter()

    def takes(self, item: Item) -> bool:
        """Whether a finding is listed. What was fixed is listed only when asked for."""
        if (item.state == FIXED) != (self.state == FIXED):
            return False
        return (
            (not self.severity or item.finding.severity == self.severity)
            and (not self.family or item.finding.rule.startswith(self.family))
            and (not self.decision or item.status == self.decision)
            and (not self.state or item.state.startswith(self.state))
            and (self.document < 0 or item.document == self.document)
            and all(word in item.words for word in self.text.lower().split())
        )


def choose(items: Iterable[Item], chosen: Filter, sort: str = "severity", *, reverse: bool = False) -> list[Item]:
    """The findings that the filter takes, in order; equal ones stay in the order of the report."""
    return sorted((item for item in items if chosen.takes(item)), key=_KEYS[sort], reverse=reverse)


def _place(item: Item) -> tuple[int, int]:
    return (item.document, item.line)


_SEVERITY_ORDER = {severity: number for number, severity in enumerate(SEVERITIES)}
_KEYS: Final[dict[str, Callable[[Item], tuple[object, ...]]]] = {
    "severity": lambda item: (_SEVERITY_ORDER[item.finding.severity], *_place(item)),
    "rule": lambda item: (item.finding.rule, *_place(item)),
    "place": _place,
    "message": lambda item: (item.finding.title, *_place(item)),
    "decision": lambda item: (
        DECISIONS.index(item.status) if item.status in DECISIONS else len(DECISIONS),
        *_place(item),
    ),
}


def options(name: str, documents: Iterable[str], items: Iterable[Item]) -> list[tuple[str, str]]:
    """The values one can filter by (value, what to show with the number of findings); first the one for all."""
    everything = list(items)
    listed = [item for item in everything if item.state != FIXED]
    counts: dict[str, int]
    if name == "severity":
        counts = _count(SEVERITIES, (item.finding.severity for item in listed))
        shown = {key: SEVERITY_NAMES[key] for key in counts}
    elif name == "family":
        counts = _count((), (item.finding.rule[0] for item in listed))
        shown = {key: f"{key} {FAMILIES.get(key, '其他')}" for key in sorted(counts)}
    elif name == "decision":
        counts = _count(DECISIONS, (item.status for item in listed))
        shown = {key: key for key in counts}
    elif name == "state":
        counts = _count(STATES, (item.state[:2] if item.state != FIXED else FIXED for item in everything if item.state))
        shown = {key: key for key in counts}
    else:
        counts = _count((), (str(item.document) for item in listed))
        shown = {str(number): title for number, title in enumerate(documents)}
    whole = ("-1" if name == "document" else "", f"全部（{len(listed)}）")
    return [whole, *((key, f"{text}（{counts.get(key, 0)}）") for key, text in shown.items())]


def _count(keys: Iterable[str], found: Iterable[str]) -> dict[str, int]:
    counts = dict.fromkeys(keys, 0)
    for key in found:
        counts[key] = counts.get(key, 0) + 1
    return counts
