"""The real reports: what must be found in them, what must not, and that everything told stands where it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.audit import audit_document
from assistant.document import CellState, Kind
from assistant.findings import Verdict
from assistant.reading import read
from assistant.rules import load_rulebook

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
PATHS = sorted(SEEDS.glob("*.txt"))

pytestmark = pytest.mark.skipif(not PATHS, reason="the real reports do not lie beside the project")


def seed(number: str):
    path = next((path for path in PATHS if path.name.startswith(number)), None)
    if path is None:
        pytest.skip(f"no report {number}")
    # The rules on tables: what is told of the narrative has its own acceptance tests.
    return audit_document(read(str(path)), load_rulebook(select=["T", "W802"]))


@pytest.fixture(scope="module")
def final():
    """A city's final accounts with all nine tables and much damage of conversion."""
    return seed("000")


@pytest.fixture(scope="module")
def narrative():
    """Final accounts without any table."""
    return seed("002")


@pytest.fixture(scope="module")
def budget():
    """A district's budget."""
    return seed("004")


@pytest.fixture(scope="module", params=["000", "002", "004"])
def audit(request):
    return seed(request.param)


def of(audit, category: str):
    return [finding for finding in audit.findings if finding.category == category]


# Whatever the report


def test_evidence_is_the_exact_text_at_its_place(audit):
    for finding in audit.findings:
        assert finding.evidence
        for evidence in finding.evidence:
            first = audit.document.lines[evidence.line - 1]
            if evidence.end_line == evidence.line:
                assert first[evidence.start : evidence.end] == evidence.text
            else:
                assert evidence.text in first


def test_every_finding_says_what_was_compared(audit):
    for finding in audit.findings:
        assert finding.stated
        assert finding.expected
        assert finding.calculation
        assert finding.basis
        assert finding.suggestion
        assert "{" not in finding.title + finding.message + finding.suggestion
        assert len(finding.evidence) > 1, "two places"
    assert len({finding.id for finding in audit.findings}) == len(audit.findings)


def test_every_figure_of_a_table_is_in_the_ledger_once(audit):
    entries = {(entry.line, entry.start) for entry in audit.ledger}
    assert len(entries) == len(audit.ledger) == audit.counts()["total"]
    for table in audit.document.tables:
        for side in table.sides:
            for row in side.rows:
                for cell in row.cells:
                    assert cell.figure is None or (cell.span.line, cell.span.start) in entries


def test_a_rule_runs_or_says_why_not(audit):
    rules = {rule.code for rule in load_rulebook(select=["T", "W802"]).rules}
    silent = {entry.rule for entry in audit.not_run}
    assert set(audit.rules_run) | silent == rules
    assert not set(audit.rules_run) & silent
    assert all(entry.why for entry in audit.not_run)


def test_twice_the_same(audit):
    again = audit_document(read(audit.document.path), load_rulebook(select=["T", "W802"]))
    assert again.findings == audit.findings
    assert again.ledger == audit.ledger


# 000


def test_all_nine_tables_are_known(final):
    assert final.document.kind is Kind.FINAL_ACCOUNTS
    assert final.document.year == 2023
    assert [table.role for table in final.document.tables if table.role] == [f"公开0{n}" for n in range(1, 10)]
    assert {table.unit.name for table in final.document.tables if table.role} == {"万元"}


def test_the_slipped_rows_are_one_finding(final):
    (finding,) = of(final, "row_shift")
    assert finding.severity == "error"
    assert finding.evidence[0].table == "公开05"
    assert finding.evidence[0].row.startswith("201 ")
    for amount in ("19,412.26", "13,805.69", "1,383.51", "71.28", "117.02"):
        assert amount in finding.message + finding.calculation + finding.stated + finding.expected
    shifted = {entry.line for entry in final.ledger if entry.why == "金额错行"}
    assert len(shifted) > 20


def test_the_slipped_rows_are_not_told_again_as_broken_sums(final):
    others = [f for f in final.findings if f.category != "row_shift" and f.severity == "error"]
    assert not [f for f in others if f.evidence[0].table == "公开05" and not f.evidence[0].row.startswith("2081199")]


def test_what_follows_from_slipped_rows_is_not_told_besides(final):
    slipped = {e.table for f in final.findings if f.category == "row_shift" for e in f.evidence[:1]}
    assert slipped == {"公开05"}
    others = [f for f in final.findings if f.category != "row_shift"]
    assert not [f.title for f in others if any(e.role == "table" and e.table in slipped for e in f.evidence)]


def test_the_footnote_that_was_copied_is_found(final):
    found = [f for f in of(final, "table_formula") if f.rule == "T142"]
    (finding,) = found
    assert {evidence.table for evidence in finding.evidence} == {"公开01"}
    assert "公开04" in finding.message
    assert "64" in finding.stated


def test_cut_amounts_are_a_problem_of_reading_and_never_an_error(final):
    table = final.document.roles["公开01"]
    cut = [cell.text for side in table.sides for row in side.rows for cell in row.cells if cell.cut]
    assert {"13,805.6", "3,857.1"} <= set(cut)
    assert any("公开01" in problem.message and "13,805.6" in problem.message for problem in final.problems)
    for finding in final.findings:
        assert not [e for e in finding.evidence if e.table == "公开01" and e.text in cut]
    for entry in final.ledger:
        if entry.text in cut and table.span.line <= entry.line <= table.span.last_line:
            assert entry.verdict is not Verdict.DISAGREE


@pytest.mark.parametrize(("side", "row"), [("收入", "本年收入合计"), ("支出", "本年支出合计")])
def test_a_blank_total_is_no_zero(final, side, row):
    total = final.document.roles["公开01"].side(side).row(row)
    assert total is not None
    assert [cell.state for cell in total.cells] == [CellState.BLANK]
    assert not [f for f in final.findings if any(row in e.row and e.table == "公开01" for e in f.evidence)]


def test_no_other_error_in_the_tables(final):
    assert len([finding for finding in final.findings if finding.severity == "error"]) == 2


# 002


def test_a_report_without_tables_says_that_nothing_was_checked(narrative):
    assert narrative.document.tables == ()
    assert any("表格类检查均未运行" in problem.message for problem in narrative.problems)
    assert narrative.findings == ()
    assert narrative.counts()["一致"] == 0


# 004


def test_the_budget_is_understood(budget):
    assert budget.document.kind is Kind.BUDGET
    assert budget.document.year == 2023
    roles = set(budget.document.roles)
    assert {
        "预算支出总表",
        "预算财政拨款收支总表",
        "预算一般公共支出表",
        "预算一般公共基本支出表",
        "预算三公经费表",
        "预算政府采购表",
    } <= roles
    assert budget.document.roles["预算政府采购表"].unit.name == "元"
    assert budget.document.roles["预算支出总表"].unit.name == "万元"


def test_the_formula_of_the_heading_letters(budget):
    (finding,) = [f for f in budget.findings if f.severity == "error"]
    assert finding.category in ("table_formula", "sum_of_parts")
    assert finding.stated == "12"
    assert finding.expected == "21"
    assert sorted(e.text for e in finding.evidence) == ["12", "12", "9"]


def test_the_years_of_the_headings(budget):
    (finding,) = of(budget, "year_label")
    assert finding.severity == "warning"
    assert "2022" in finding.stated
    assert "2021" in finding.stated
    assert "2023" in finding.expected


def test_procurement_ties_in_yuan(budget):
    table = budget.document.roles["预算政府采购表"]
    (side,) = table.sides
    column = side.column("采购金额")
    spans = {
        (row.cells[column].span.line, row.cells[column].span.start) for row in side.rows if row.cells[column].figure
    }
    entries = [entry for entry in budget.ledger if (entry.line, entry.start) in spans]
    total = side.row("合计").cells[column]
    tied = next(entry for entry in entries if (entry.line, entry.start) == (total.span.line, total.span.start))
    assert tied.verdict is Verdict.AGREE
    assert "T152" in tied.rules
    assert {entry.verdict for entry in entries} <= {Verdict.AGREE, Verdict.NO_BASIS}
    assert sum(1 for entry in entries if entry.verdict is Verdict.AGREE) > len(entries) // 2


def test_sums_that_drift_by_a_hundredth_are_tails(budget):
    assert budget.counts()["尾差"] > 0
    assert not [
        f
        for f in of(budget, "table_formula") + of(budget, "cross_table")
        if "相差 0.01" in f.calculation or "相差 0.02" in f.calculation
    ]
