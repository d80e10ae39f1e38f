"""A report that never changes: real sample documents, findings and ledger made here, so that rules may evolve."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant import Audit, Document, Finding, Report, load_rulebook, read
from assistant.document import Problem
from assistant.findings import Entry, Evidence, NotRun, Unread, Verdict
from assistant.rules import Rulebook
from assistant.store import Store
from tui.app import ReviewApp
from tui.session import Session

SAMPLES = Path(__file__).resolve().parents[2] / "corpora" / "samples" / "hubei-final"
NOW = "2024-03-05T02:00:00Z"


def words(document: Document, text: str, role: str = "claim", nth: int = 0) -> Evidence:
    """Evidence that is some words of the narrative."""
    found = [(n, line.find(text)) for n, line in enumerate(document.lines, 1) if text in line and "\t" not in line]
    line, start = found[nth]
    return Evidence(role=role, line=line, end_line=line, start=start, end=start + len(text), text=text)


def cell(document: Document, role: str, row: str, column: str) -> Evidence:
    """Evidence that is a cell of a table."""
    table = document.roles[role]
    for side in table.sides:
        for each in side.rows:
            if row in each.name:
                number = next(n for n, one in enumerate(side.columns) if column in one.name)
                span = each.cells[number].span
                return Evidence(
                    role="table", line=span.line, end_line=span.line, start=span.start, end=span.end,
                    text=each.cells[number].text, table=role, row=each.name, column=column,
                )  # fmt: skip
    raise LookupError(f"{role} {row} {column}")


def finding(number: int, rule: str, title: str, *evidence: Evidence, severity: str = "error", **values: str) -> Finding:
    """A finding with fixed words."""
    texts = {
        "message": f"{title}：两处不符，请核对。", "stated": evidence[0].text, "expected": "3,467.57万元",
        "calculation": "812.03万元 ÷ (12,762.88万元－812.03万元) ＝ 6.8%", "suggestion": "请核对原始数据并更正有误的一处。",
        "basis": "地方预决算公开操作规程（财预〔2016〕143号）", "category": "narrative_vs_table",
    } | values  # fmt: skip
    return Finding(id=f"{rule}-{number:04}", rule=rule, severity=severity, title=title, evidence=evidence, **texts)


def findings_of(document: Document) -> tuple[Finding, ...]:
    """Seven findings of all kinds: one paragraph, text and table, two tables, a table alone, many places, markup in the text."""
    basic = cell(document, "公开05", "合计", "基本支出")
    return (
        finding(1, "N401", "增减比率与增减额不符：“收、支总计”", words(document, "12,762.88万元"), words(document, "812.03万元")),
        finding(2, "N301", "表文不符：“基本支出”", words(document, "3,467.57万元"), basic),
        finding(3, "T207", "基本支出与明细表不符", basic, cell(document, "公开03", "合计", "基本支出"), category="cross_table"),
        finding(4, "T101", "收入合计与分项不符：[/red]公开02", cell(document, "公开02", "合计", "本年收入合计")),
        finding(
            5, "W801", "数额标注的年度有误", words(document, "3,467.57万元"), basic,
            cell(document, "公开03", "合计", "基本支出"), cell(document, "公开01", "本年收入合计", "决算数"), severity="warning",
        ),
        finding(6, "R501", "预算完成率偏离较大而未说明原因", words(document, "12,762.88万元"), severity="warning"),
        finding(7, "N407", "占比与数额不符", words(document, "812.03万元"), severity="info"),
    )  # fmt: skip


def ledger_of(document: Document) -> tuple[Entry, ...]:
    """A figure of each row of the first tables, all verdicts in turn."""
    verdicts = list(Verdict)
    entries = []
    for table in document.tables[:4]:
        for side in table.sides:
            for row in side.rows:
                if row.cells and row.cells[0].figure is not None:
                    place, verdict = row.cells[0].span, verdicts[len(entries) % 6]
                    where = f"{table.name}“{row.name}”"
                    entries.append(
                        Entry(row.cells[0].text, where, place.line, place.start, verdict, "勾稽相符", ("T101",))
                    )
    return tuple(sorted(entries, key=lambda entry: (entry.line, entry.start)))


def audit_of(name: str, findings: Callable[[Document], tuple[Finding, ...]] = findings_of) -> Audit:
    """An audit of a sample."""
    document = read(str(SAMPLES / name))
    return Audit(
        document=document,
        findings=findings(document),
        ledger=ledger_of(document),
        rules_run=("N301", "N401", "T101", "T207", "W801", "R501", "N407"),
        not_run=(NotRun("T103", "没有所需的表格"),),
        problems=(Problem("第 3 页疑似扫描件，没有读出文字", 12),),
    )


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return load_rulebook()


@pytest.fixture(scope="session")
def audit() -> Audit:
    return audit_of("clean.txt")


@pytest.fixture(scope="session")
def report(audit: Audit) -> Report:
    return Report((audit,))


@pytest.fixture(scope="session")
def two(audit: Audit) -> Report:
    """Two documents, and a file that could not be read."""
    second = audit_of("table-errors.txt", lambda document: findings_of(document)[:3])
    return Report((audit, second), (Unread("坏文件.txt", "文件是空的；请检查"),))


@pytest.fixture(autouse=True)
def _fixed_time(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("assistant.store._now", lambda: NOW)
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    # Textual's pilot looks every 20 ms whether the app is idle; hundreds of keys are pressed here.
    monkeypatch.setattr("textual._wait.SLEEP_GRANULARITY", 0.005)
    monkeypatch.setattr("textual._wait.SLEEP_IDLE", 0.0005)
    if hasattr(time, "tzset"):
        time.tzset()
    yield
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "decisions.sqlite") as opened:
        yield opened


@pytest.fixture
def app(report: Report, rulebook: Rulebook, store: Store) -> ReviewApp:
    return ReviewApp([], rulebook, store, "张审计", report=report)


@pytest.fixture
def session(report: Report, rulebook: Rulebook, store: Store) -> Session:
    opened = Session(report, rulebook, store, "张审计")
    opened.open()
    return opened
