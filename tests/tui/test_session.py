"""What the workbench works on, without a screen."""

from __future__ import annotations

import dataclasses

import pytest

from assistant import Audit, Report
from assistant.decisions import Status
from assistant.rules import Rulebook
from assistant.store import Store
from tui.filters import Filter, choose, options
from tui.session import Session


def test_decisions_are_kept_and_taken_back(session: Session) -> None:
    first, second, third = session.items[:3]
    assert session.decide([first, second], Status.CONFIRMED) == 2
    assert [first.status, second.status, third.status] == ["确认", "确认", "待复核"]
    assert session.decide([third], Status.DISMISSED, "口径不同") == 1
    assert third.decision is not None
    assert (third.decision.reason, third.decision.reviewer) == ("口径不同", "张审计")
    assert session.progress() == (3, 7)
    assert session.undo() == 1
    assert third.status == "待复核"
    assert session.undo() == 2
    assert session.undo() == 0
    assert session.progress() == (0, 7)


def test_a_note_keeps_the_decision(session: Session) -> None:
    first, second = session.items[:2]
    session.decide([first], Status.DISMISSED, "口径不同")
    assert session.annotate([first, second], "已电话核实") == 2
    assert first.decision is not None
    assert second.decision is not None
    assert (first.decision.status, first.decision.reason, first.decision.note) == (
        Status.DISMISSED,
        "口径不同",
        "已电话核实",
    )
    assert (second.decision.status, second.decision.note) == (Status.PENDING, "已电话核实")
    session.decide([second], Status.CONFIRMED)
    assert second.decision.note == "已电话核实"
    assert session.undo() == 1
    assert session.undo() == 2
    assert second.decision is None
    assert len(session.history(first)) == 2


def test_undo_spans_documents(two: Report, rulebook: Rulebook, store: Store) -> None:
    session = Session(two, rulebook, store)
    session.open()
    assert session.decide(session.items, Status.CONFIRMED) == len(session.items)
    assert session.undo() == len(session.items)


def test_the_corrected_draft(audit: Audit, rulebook: Rulebook, store: Store) -> None:
    first = Session(Report((audit,)), rulebook, store)
    first.open()
    first.decide(first.items[:1], Status.CONFIRMED)
    document = dataclasses.replace(audit.document, sha256="0" * 64)
    corrected = dataclasses.replace(audit, document=document, findings=(audit.findings[0], *audit.findings[2:]))
    again = Session(Report((corrected,)), rulebook, store)
    again.open()
    states = {item.finding.id: item.state for item in again.items}
    assert states["N301-0002"] == "已改正"
    assert {state for key, state in states.items() if key != "N301-0002"} == {"仍在"}
    assert next(item for item in again.items if item.finding.id == "N401-0001").status == "确认"
    assert [item.finding.id for item in choose(again.items, Filter(state="已改正"))] == ["N301-0002"]
    assert len(choose(again.items, Filter())) == 6
    assert again.progress() == (1, 6)


def test_decisions_of_another_window(session: Session, report: Report, rulebook: Rulebook) -> None:
    assert session.store is not None
    assert not session.changed_elsewhere()
    with Store.open(session.store.path) as other:
        colleague = Session(report, rulebook, other, "李复核")
        colleague.open()
        colleague.decide(colleague.items[:1], Status.PENDING)
    assert session.changed_elsewhere()
    session.reload()
    assert session.items[0].status == "待核"
    assert not session.changed_elsewhere()


@pytest.mark.parametrize(
    ("chosen", "rules"),
    [
        (Filter(severity="error"), ["N301", "N401", "T101", "T207"]),
        (Filter(family="T"), ["T101", "T207"]),
        (Filter(text="收入 合计"), ["T101"]),
        (Filter(text="没有这句话"), []),
        (Filter(decision="确认"), ["N401"]),
        (Filter(document=0, severity="info"), ["N407"]),
        (Filter(document=1), []),
    ],
)
def test_filters(session: Session, chosen: Filter, rules: list[str]) -> None:
    session.decide(session.items[:1], Status.CONFIRMED)
    assert sorted(item.finding.rule for item in choose(session.items, chosen)) == rules


def test_orders(session: Session) -> None:
    def rules(sort: str, *, reverse: bool = False) -> list[str]:
        return [item.finding.rule for item in choose(session.items, Filter(), sort, reverse=reverse)]

    assert rules("rule") == sorted(rules("rule"))
    assert rules("rule", reverse=True) == sorted(rules("rule"), reverse=True)
    assert rules("severity")[-1] == "N407"
    lines = [item.line for item in choose(session.items, Filter(), "place")]
    assert lines == sorted(lines)


def test_options_count(session: Session) -> None:
    assert options("severity", [], session.items) == [
        ("", "全部（7）"), ("error", "错误（4）"), ("warning", "警告（2）"), ("info", "提示（1）"),
    ]  # fmt: skip
    assert ("T", "T 表格勾稽（2）") in options("family", [], session.items)
    assert options("document", ["甲", "乙"], session.items)[1:] == [("0", "甲（7）"), ("1", "乙（0）")]
