"""New, remaining, changed, fixed: by the identity of findings, and of documents."""

from __future__ import annotations

from assistant.comparison import State, compare, compare_states
from assistant.findings import Finding


def finding(identity: str, title: str = "", stated: str = "1") -> Finding:
    return Finding(
        id=identity,
        rule=identity.partition("-")[0],
        category="table_formula",
        severity="error",
        title=title or f"合计不符：{identity}",
        message="合计不符。",
        stated=stated,
        expected="2",
        calculation="1 ≠ 2",
        evidence=(),
        suggestion="",
        basis="",
    )


def ids(findings: tuple[Finding, ...]) -> list[str]:
    return [each.id for each in findings]


def test_the_same_id_remains_and_the_others_are_new_or_fixed() -> None:
    result = compare([finding("T101-a"), finding("T102-b")], [finding("T103-c"), finding("T101-a")])
    assert ids(result.new) == ["T103-c"]
    assert [pair.new.id for pair in result.remaining] == ["T101-a"]
    assert ids(result.fixed) == ["T102-b"]
    assert (result.changed, result.unchecked) == ((), ())
    assert [result.state(each) for each in ("T103-c", "T101-a", "T999-z")] == ["新增", "仍在", ""]


def test_another_figure_of_the_same_subject_remains_changed() -> None:
    old, new = finding("T101-a", "合计不符：公开03", "10.00"), finding("T101-b", "合计不符：公开03", "11.00")
    result = compare([old], [new])
    assert [(pair.old.stated, pair.new.stated) for pair in result.changed] == [("10.00", "11.00")]
    assert not result.new
    assert not result.fixed
    assert result.state("T101-b") == "仍在（有变动）"


def test_the_same_title_under_another_rule_is_another_finding() -> None:
    result = compare([finding("T101-a", "不符：公开03")], [finding("T102-a", "不符：公开03")])
    assert ids(result.new) == ["T102-a"]
    assert ids(result.fixed) == ["T101-a"]


def test_of_two_alike_one_can_be_fixed() -> None:
    old = [finding("T101-a", "不符：甲"), finding("T101-a-2", "不符：甲")]
    result = compare(old, [finding("T101-a", "不符：甲")])
    assert (len(result.remaining), ids(result.fixed)) == (1, ["T101-a-2"])
    assert ids(compare([old[0]], old).new) == ["T101-a-2"]


def test_several_of_one_title_are_paired_one_to_one() -> None:
    old = [finding("T101-a", "不符：甲"), finding("T101-b", "不符：甲")]
    new = [finding("T101-c", "不符：甲"), finding("T101-d", "不符：甲"), finding("T101-e", "不符：甲")]
    result = compare(old, new)
    assert [(pair.old.id, pair.new.id) for pair in result.changed] == [("T101-a", "T101-c"), ("T101-b", "T101-d")]
    assert ids(result.new) == ["T101-e"]


def test_what_a_rule_that_was_not_run_found_is_not_fixed() -> None:
    result = compare([finding("T101-a"), finding("T102-b")], [], not_run={"T102"})
    assert ids(result.fixed) == ["T101-a"]
    assert ids(result.unchecked) == ["T102-b"]


def state(key: str, path: str, *findings: Finding, **more: object) -> State:
    return State(key, path, path, findings, **more)  # type: ignore[arg-type]


def test_documents_are_paired_by_key_then_path() -> None:
    old = [state("k", "v1/甲.txt", finding("T101-a")), state("k", "v1/乙.txt", finding("T101-b"))]
    new = [state("k", "v2/乙.txt", finding("T101-b")), state("k", "v2/甲.txt")]
    changes = compare_states(old, new)
    assert [(change.old.path, change.new.path) for change in changes if change.old and change.new] == [
        ("v1/乙.txt", "v2/乙.txt"),
        ("v1/甲.txt", "v2/甲.txt"),
    ]
    assert [len(change.findings.fixed) for change in changes] == [0, 1]


def test_a_document_that_is_gone_is_not_fixed() -> None:
    old = [state("k1", "甲", finding("T101-a")), state("k2", "乙", finding("T101-b"))]
    changes = compare_states(old, [state("k1", "甲", finding("T101-a"))])
    assert changes[1].new is None
    assert ids(changes[1].findings.unchecked) == ["T101-b"]
    assert not changes[1].findings.fixed


def test_two_single_files_are_one_document_whatever_their_names() -> None:
    changes = compare_states([state("k1", "甲", finding("T101-a"))], [state("k2", "乙", finding("T101-a"))])
    assert len(changes) == 1
    assert len(changes[0].findings.remaining) == 1


def test_rules_left_out_are_known_from_an_audit_or_from_a_saved_report() -> None:
    old = [state("k", "甲", finding("T101-a"), finding("T102-b"))]
    audited = compare_states(old, [state("k", "甲", rules_run=frozenset({"T101"}))])[0].findings
    saved = compare_states(old, [state("k", "甲", not_run=frozenset({"T102"}))])[0].findings
    for result in (audited, saved):
        assert ids(result.fixed) == ["T101-a"]
        assert ids(result.unchecked) == ["T102-b"]
