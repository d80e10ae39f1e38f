"""What the reading got wrong is never an author's error."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.audit import audit_document
from assistant.findings import Audit
from assistant.misreading import odd_rows
from assistant.reading import UnreadableError, read_bytes
from assistant.reading.grid import make_cell
from assistant.rules import load_rulebook

SAMPLES = sorted((Path(__file__).resolve().parents[1] / "corpora" / "samples").glob("*/clean.txt"))


def _audit(text: str) -> Audit:
    return audit_document(read_bytes(text.encode(), "a.txt"), load_rulebook())


def _errors(audit: Audit) -> list[str]:
    return [finding.message for finding in audit.findings if finding.severity == "error"]


def test_a_row_with_a_cell_too_few_is_odd_and_accuses_nobody() -> None:
    """The amounts of such a row stand in the wrong columns."""
    text = SAMPLES[0].read_text(encoding="utf-8")
    document = read_bytes(text.encode(), "a.txt")
    table = next(t for t in document.tables if t.role and len(t.body) > 8 and not odd_rows(t))
    row = next(r for r in table.body if sum(1 for cell in r if cell.figure is not None) > 1)
    lines = text.split("\n")
    cells = lines[row[0].span.line - 1].split("\t")
    at = next(i for i, cell in enumerate(row) if cell.figure is not None)
    lines[row[0].span.line - 1] = "\t".join(cells[:at] + cells[at + 1 :])
    damaged = "\n".join(lines)
    again = next(t for t in read_bytes(damaged.encode(), "a.txt").tables if t.span.line == table.span.line)
    assert row[0].span.line in odd_rows(again)
    assert _errors(_audit(damaged)) == _errors(_audit(text))


def test_a_report_that_comes_twice_is_read_once() -> None:
    """The second copy is said, not audited."""
    text = SAMPLES[0].read_text(encoding="utf-8")
    one, two = _audit(text), _audit(text + "\n" + text)
    assert len(two.document.tables) == len(one.document.tables)
    assert any("出现了两次" in problem.message for problem in two.problems)
    assert [f.id for f in two.findings] == [f.id for f in one.findings]


@pytest.mark.parametrize("text", ["2,100 3,200", "5.33 5.33", "25.00 1", "19,412,2"])
def test_two_numbers_in_one_cell_are_none(text: str) -> None:
    """Neither is one large number."""
    assert make_cell(text, 1, 0).figure is None


@pytest.mark.parametrize(("text", "value"), [("12.34①", "12.34"), ("12.34²", "12.34"), ("25000,00", "25000.00")])
def test_marks_and_commas_are_understood(text: str, value: str) -> None:
    """The mark of a footnote is no digit; a comma before two digits is a point."""
    figure = make_cell(text, 1, 0).figure
    assert figure is not None
    assert str(figure.value) == value


def test_a_budget_without_amounts_says_so() -> None:
    """It is a disclosure, only there is nothing to audit."""
    text = "某某镇2022年部门预算\n一、部门主要职责\n执行预算。" + "负责日常管理。\n" * 5
    with pytest.raises(UnreadableError, match="没有任何金额"):
        read_bytes(text.encode(), "a.txt")
