"""The labelled samples: what should be found where, and how findings compare with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from inject import evidence_lines
from ruamel.yaml import YAML

from assistant.audit import audit_document
from assistant.findings import SEVERITIES, Finding
from assistant.reading import read
from assistant.rules import Rulebook

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "corpora" / "samples"
LABELLED = ROOT / "corpora" / "labelled"

ALIKE = (
    frozenset({"table_formula", "cross_table", "sum_of_parts", "narrative_vs_table", "percent"}),
    frozenset({"missing_explanation", "indicator_unmet"}),
)
"""Categories that one slip can rightly be told under: a wrong amount breaks its row, its total and its rate at once."""


def alike(one: str, other: str) -> bool:
    """Whether two categories say the same of one slip."""
    return one == other or any(one in group and other in group for group in ALIKE)


@dataclass(frozen=True)
class Label:
    """An error that a reviewer marked."""

    document: str
    line: int
    lines: frozenset[int]
    category: str
    what: str

    @property
    def key(self) -> str:
        """The name of the label in the baseline."""
        return f"{self.document}:{self.line} {self.category}"


@dataclass(frozen=True)
class Result:
    """One document: its labels and what the audit made of each, and the findings that belong to none."""

    document: str
    labels: tuple[Label, ...]
    hits: dict[str, tuple[Finding, ...]]
    mismatched: tuple[tuple[Label, Finding], ...]
    allowed: tuple[Finding, ...]
    false: tuple[Finding, ...]
    findings: tuple[Finding, ...]
    ledger: dict[str, int]

    @property
    def found(self) -> tuple[Label, ...]:
        """The labels that have a finding at their place and of their category."""
        return tuple(label for label in self.labels if self.hits.get(label.key))

    @property
    def located(self) -> tuple[Label, ...]:
        """The labels that have a finding at their place, whatever its category."""
        other = {label.key for label, _ in self.mismatched}
        return tuple(label for label in self.labels if self.hits.get(label.key) or label.key in other)


def load(path: Path) -> tuple[Path, tuple[Label, ...], frozenset[int]]:
    """One label file: the sample, its labels, and the lines where a remark is allowed."""
    data = YAML(typ="safe").load(path)
    name = str(data["document"])
    sample = SAMPLES / name
    labels = []
    for entry in data.get("expected") or ():
        places = frozenset({entry["line"], *(entry.get("lines") or ())})
        category = str(entry["category"])
        labels.append(Label(name, entry["line"], places, category, str(entry["what"])))
    allowed = frozenset(entry["line"] for entry in data.get("allowed") or ())
    return sample, tuple(labels), allowed


def compare(path: Path, rulebook: Rulebook) -> Result:
    """Audit the document of one label file and match findings with labels.

    A finding belongs to a label if one of its places is one of the label's lines and the category is the same. With
    another category it is a mismatch; without any label it is allowed or a false alarm.
    """
    sample, labels, allowed = load(path)
    audit = audit_document(read(str(sample)), rulebook)
    hits: dict[str, list[Finding]] = {label.key: [] for label in labels}
    mismatched: list[tuple[Label, Finding]] = []
    permitted: list[Finding] = []
    false: list[Finding] = []
    for finding in audit.findings:
        places = set(evidence_lines(finding))
        near = [label for label in labels if label.lines & places]
        same = [label for label in near if alike(label.category, finding.category)]
        for label in same:
            hits[label.key].append(finding)
        if near and not same:
            mismatched += [(label, finding) for label in near]
        elif not near:
            (permitted if places & allowed else false).append(finding)
    return Result(
        str(sample.relative_to(SAMPLES)),
        labels,
        {key: tuple(found) for key, found in hits.items()},
        tuple(mismatched),
        tuple(permitted),
        tuple(false),
        audit.findings,
        audit.counts(),
    )


def compare_all(rulebook: Rulebook) -> list[Result]:
    """All label files, in order."""
    return [compare(path, rulebook) for path in sorted(LABELLED.glob("*/*.yaml"))]


def by_severity(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings there are of each severity."""
    found = [finding.severity for finding in findings]
    return {severity: found.count(severity) for severity in SEVERITIES}
