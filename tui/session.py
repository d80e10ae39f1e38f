"""What the workbench works on: the report of a run, the decisions about it, the comparison with the run before."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.decisions import Decision, Review, Status, document_key
from tui.filters import FIXED, UNDECIDED
from tui.texts import safe

if TYPE_CHECKING:
    from assistant import Audit, Finding, Report, Rule, Rulebook
    from assistant.comparison import Comparison
    from assistant.store import Store


@dataclass(slots=True, eq=False)
class Item:
    """A finding in the list: ``document`` is the number of its audit, ``state`` what became of it since the last run."""

    document: int
    finding: Finding
    state: str = ""
    decision: Decision | None = None
    words: str = field(init=False)

    def __post_init__(self) -> None:
        finding = self.finding
        parts = (finding.rule, finding.title, finding.message, finding.stated, finding.expected)
        self.words = "\n".join((*parts, *(each.text for each in finding.evidence))).lower()

    @property
    def line(self) -> int:
        """The first line that the finding is about."""
        return next((each.line for each in self.finding.evidence if each.line is not None), 0)

    @property
    def status(self) -> str:
        """The decision in a word."""
        return str(self.decision.status) if self.decision else UNDECIDED

    @property
    def place(self) -> str:
        """Where it stands, in few columns: the table, or the line of the text."""
        first = next(iter(self.finding.evidence), None)
        if first is None:
            return "全文"
        # In a file of pages or numbered paragraphs the lines are ours, and nobody could find them in the original.
        where = f"第{first.page}页" if first.page else first.anchor or (f"第{first.line}行" if first.line else "")
        return safe(f"{first.table or '正文'} {where}".strip())

    @property
    def summary(self) -> str:
        """What is wrong, in one line."""
        return safe(self.finding.title)


class Session:
    """The findings of a run with their decisions. Calls that touch the store may block and raise ``StoreError``."""

    def __init__(self, report: Report, rulebook: Rulebook, store: Store | None, reviewer: str = "") -> None:
        self.report = report
        self.rulebook = rulebook
        self.store = store
        self.reviewer = reviewer
        self.items: list[Item] = []
        self.comparisons: list[Comparison | None] = []
        self.before: list[str] = []
        self.names = _names([audit.document.path for audit in report.audits])
        self._keys = [document_key(audit.document) for audit in report.audits]
        self._actions: list[int] = []
        self._seen = 0

    @property
    def audits(self) -> Sequence[Audit]:
        """The documents that were audited."""
        return self.report.audits

    def open(self) -> None:
        """Compare with the run before, keep this run, and take up the decisions that there are."""
        for number, audit in enumerate(self.audits):
            comparison = self.store.compare(audit) if self.store else None
            before = self.store.previous(audit) if self.store and comparison else None
            self.comparisons.append(comparison)
            self.before.append(before.time if before else "")
            states: dict[str, str] = {}
            if comparison is not None:
                states = dict.fromkeys((each.id for each in comparison.new), "新增")
                states |= dict.fromkeys((pair.new.id for pair in comparison.remaining), "仍在")
                states |= dict.fromkeys((pair.new.id for pair in comparison.changed), "仍在（有变动）")
                self.items += [Item(number, finding, FIXED) for finding in comparison.fixed]
            self.items += [Item(number, finding, states.get(finding.id, "")) for finding in audit.findings]
        if self.store:
            self.store.record(self.report)
        self.reload()

    def reload(self) -> None:
        """Read the decisions again."""
        if self.store is None:
            return
        self._seen = self.store.changes()
        found = [self.store.decisions(key) for key in self._keys]
        for item in self.items:
            item.decision = found[item.document].get(item.finding.id)

    def changed_elsewhere(self) -> bool:
        """Whether another process wrote to the store since the last look."""
        return self.store is not None and self.store.changes() != self._seen

    def decide(self, items: Iterable[Item], status: Status | None, reason: str = "", note: str | None = None) -> int:
        """Decide on findings as one action; ``note`` None keeps the notes that there are. Returns how many."""
        if self.store is None:
            return 0
        groups: dict[tuple[int, str], list[str]] = {}
        for item in items:
            kept = item.decision.note if note is None and item.decision else note or ""
            groups.setdefault((item.document, kept), []).append(item.finding.id)
        for (document, kept), findings in groups.items():
            self.store.decide(self._keys[document], findings, status, reason, kept, self.reviewer)
        if groups:
            self._actions.append(len(groups))
        self.reload()
        return sum(len(findings) for findings in groups.values())

    def annotate(self, items: Iterable[Item], note: str) -> int:
        """Write a note on findings: decisions stay as they are, an undecided finding becomes one to be looked into."""
        chosen = list(items)
        actions = len(self._actions)
        done = 0
        for item in chosen:
            status, reason = (item.decision.status, item.decision.reason) if item.decision else (Status.PENDING, "")
            if not isinstance(status, Status):
                continue  # of a later version, which alone knows what may be changed about it
            done += self.decide([item], status, reason, note)
        parts = self._actions[actions:]
        self._actions[actions:] = [sum(parts)] if parts else []
        return done

    def undo(self) -> int:
        """Take back the last action of this window; returns how many findings it was about."""
        if self.store is None or not self._actions:
            return 0
        count = 0
        for _ in range(self._actions.pop()):
            undone = self.store.undo()
            count += len(undone.findings) if undone else 0
        self.reload()
        return count

    def history(self, item: Item) -> list[str]:
        """Everything that was decided about a finding, one line each."""
        if self.store is None:
            return []
        lines = []
        for event in self.store.history(self._keys[item.document], item.finding.id):
            decision = event.decision
            words = "、".join(filter(None, (decision.reviewer, decision.remark))) if decision else ""
            status = str(decision.status) if decision else "清除"
            lines.append(f"{short_time(event.time)} {status} {words}" + ("（已撤销）" if event.undone else ""))
        return lines

    def review(self) -> Review:
        """The decisions as the exports take them."""
        return self.store.review(self.report) if self.store else Review()

    def rule(self, code: str) -> Rule | None:
        """The rule with this code."""
        return self.rulebook.get(code)

    def progress(self) -> tuple[int, int]:
        """How many findings are decided (to be looked into counts as not), and how many there are."""
        listed = [item for item in self.items if item.state != FIXED]
        return sum(item.status in ("确认", "排除") for item in listed), len(listed)


def _names(paths: Sequence[str]) -> list[str]:
    """The names of the files, as short as they can be told apart."""
    bases = [os.path.basename(path) for path in paths]
    count = Counter(bases)
    return [safe(path if count[base] > 1 else base) for path, base in zip(paths, bases, strict=True)]


def short_time(time: str) -> str:
    """A time of the store (ISO 8601, UTC) as the local minute."""
    from datetime import datetime

    try:
        return datetime.fromisoformat(time).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return time
