"""Measure the ledger on figures of the real reports' narratives that were labelled by reading (``figures.yaml``).

``python tests/accuracy/figures.py [--verbose]``. The reports lie beside the project (``../shared/seeds``); where they do not, there is
nothing to measure.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from assistant.audit import audit_document
from assistant.document import Document
from assistant.findings import Entry, Verdict
from assistant.reading import read
from assistant.rules import Rulebook, load_rulebook
from assistant.text import squeeze
from assistant.yamlfile import load_yaml

LABELS = Path(__file__).with_name("figures.yaml")
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
DECIDED = (Verdict.AGREE, Verdict.TAIL, Verdict.DISAGREE)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A figure as labelled, with its place in the line (``start`` is -1 where the line does not hold it)."""

    doc: str
    line: int
    figure: str
    checkable: bool
    right: str
    start: int


@dataclass(frozen=True, slots=True)
class Measured:
    """A labelled figure and its entry in the ledger, if it was recognised."""

    label: Labelled
    entry: Entry | None

    @property
    def decided(self) -> bool:
        return self.entry is not None and self.entry.verdict in DECIDED

    @property
    def false_alarm(self) -> bool:
        """A right figure that is called wrong."""
        return self.entry is not None and self.label.right == "yes" and self.entry.verdict is Verdict.DISAGREE

    @property
    def overlooked(self) -> bool:
        """A wrong figure that is called right."""
        return self.decided and self.label.right == "no" and self.entry.verdict is not Verdict.DISAGREE  # type: ignore[union-attr]

    @property
    def told(self) -> str:
        """The figure and what became of it, in one line."""
        label, entry = self.label, self.entry
        verdict = (
            f"{entry.verdict.value}（{entry.why}{'；' + '、'.join(entry.rules) if entry.rules else ''}）"
            if entry
            else "未识别"
        )
        expected = f"可核对，{_RIGHT[label.right]}" if label.checkable else "无可核对"
        return f"{label.doc}:{label.line:<5}{label.figure:<16}{expected:<12}{verdict}"


_RIGHT = {"yes": "正确", "no": "有误", "open": "两说"}


def seed(doc: str) -> Path | None:
    """The report whose file's name begins so."""
    return next(iter(sorted(SEEDS.glob(f"{doc}_*.txt"))), None)


def labels_of(doc: str, document: Document) -> list[Labelled]:
    """The labels of one report, in the order of the text. The same figure twice in a line is two labels, left to right."""
    labels: list[Labelled] = []
    line, at = 0, 0
    for item in load_yaml(LABELS):
        if item["doc"] == doc:
            at = at if item["line"] == line else 0
            line = item["line"]
            found = re.compile(r"(?<![\d.,])" + re.escape(item["figure"])).search(document.lines[line - 1], at)
            at = found.end() if found else at
            labels.append(
                Labelled(
                    doc,
                    line,
                    item["figure"],
                    item["checkable"] == "yes",
                    item.get("right", ""),
                    found.start() if found else -1,
                )
            )
    return labels


def measure(rulebook: Rulebook | None = None) -> list[Measured]:
    """All labelled figures with what the audit says of them; empty where the reports are absent."""
    measured: list[Measured] = []
    rulebook = rulebook or load_rulebook()
    for doc in sorted({item["doc"] for item in load_yaml(LABELS)}):
        path = seed(doc)
        if path is not None:
            audit = audit_document(read(str(path)), rulebook)
            entries = {(entry.line, entry.start): entry for entry in audit.ledger}
            measured += [Measured(label, _recognised(label, entries)) for label in labels_of(doc, audit.document)]
    return measured


def _recognised(label: Labelled, entries: dict[tuple[int, int], Entry]) -> Entry | None:
    """The entry at the figure's place, if it has the whole of the figure: number and unit."""
    entry = entries.get((label.line, label.start))
    return entry if entry is not None and squeeze(entry.text) == squeeze(label.figure) else None


def recognised(measured: Iterable[Measured]) -> tuple[int, int]:
    """How many figures are in the ledger as figures, of how many."""
    found = [item.entry is not None for item in measured]
    return sum(found), len(found)


def decided(measured: Iterable[Measured]) -> tuple[int, int]:
    """How many of the checkable figures end in 一致, 尾差 or 不一致, of how many."""
    found = [item.decided for item in measured if item.label.checkable]
    return sum(found), len(found)


def _share(pair: tuple[int, int]) -> str:
    return f"{pair[0]}/{pair[1]}（{pair[0] / pair[1]:.1%}）" if pair[1] else "—"


def show(measured: list[Measured], *, verbose: bool = False) -> None:
    """Print the shares, the wrong verdicts and, on demand, every miss."""
    for doc in ("", *sorted({item.label.doc for item in measured})):
        some = [item for item in measured if item.label.doc.startswith(doc)]
        wrong = [item for item in some if item.label.right == "no"]
        caught = (sum(item.entry is not None and item.entry.verdict is Verdict.DISAGREE for item in wrong), len(wrong))
        print(
            f"{doc or '全部'}：识别为数字 {_share(recognised(some))}；可核对的有结论 {_share(decided(some))}；有误的判为不一致 {_share(caught)}"
        )
    verdicts = Counter(
        item.entry.verdict.value for item in measured if item.entry is not None and not item.label.checkable
    )
    print("无可核对的数字：" + "、".join(f"{name} {count}" for name, count in verdicts.most_common()))
    alarms = [item for item in measured if item.false_alarm]
    overlooked = [item for item in measured if item.overlooked]
    print(f"结论错误：正确的判为不一致 {len(alarms)} 个；有误的判为一致 {len(overlooked)} 个")
    for item in (*alarms, *overlooked):
        print("  " + item.told)
    if verbose:
        print("未识别，或可核对而无结论：")
        for item in measured:
            if item.entry is None or (item.label.checkable and not item.decided):
                print("  " + item.told)


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; 0 also where there is nothing to measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--verbose", action="store_true", help="列出每个未识别、未核对的数字")
    options = parser.parse_args(arguments)
    measured = measure()
    if not measured:
        print(f"{SEEDS} 下没有真实报告，无可测量")
        return 0
    show(measured, verbose=options.verbose)
    return 0


if __name__ == "__main__":
    sys.exit(main())
