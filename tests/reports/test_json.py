"""The JSON of the contract: names, order, and nothing that changes from run to run."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from assistant.findings import Report
from assistant.reports import BINARY, FORMATS, render, render_file, version
from assistant.reports.as_json import seconds


def test_names_and_their_order_are_those_of_the_contract(report: Report) -> None:
    whole = json.loads(render(report, "json"))
    assert list(whole) == ["schema", "tool", "documents", "unread", "summary"]
    assert whole["schema"] == 1
    assert whole["tool"] == {"name": "hecha", "version": version()}
    [document] = whole["documents"]
    assert list(document) == [
        "path",
        "sha256",
        "title",
        "kind",
        "year",
        "organisation",
        "tables",
        "ledger",
        "rules",
        "problems",
        "findings",
    ]
    assert document["tables"] == [
        {
            "role": "公开05",
            "title": "一般公共预算财政拨款支出决算表",
            "line": 10,
            "end_line": 18,
            "page": None,
            "rows": 3,
            "columns": 5,
            "unit": "万元",
        }
    ]
    assert list(document["ledger"]) == ["total", "一致", "尾差", "不一致", "无依据", "无法判断", "非核对项"]
    assert document["ledger"]["total"] == 4
    assert document["rules"]["run"] == 3
    assert document["rules"]["not_run"][2] == {"rule": "T201", "why": "缺公开04"}
    assert document["problems"][0] == {"line": 40, "page": None, "message": "此行无法识别"}
    assert list(document["findings"][0]) == [
        "id",
        "rule",
        "category",
        "severity",
        "title",
        "message",
        "stated",
        "expected",
        "calculation",
        "evidence",
        "suggestion",
        "basis",
    ]
    assert list(document["findings"][0]["evidence"][0]) == [
        "role",
        "line",
        "end_line",
        "start",
        "end",
        "page",
        "box",
        "text",
        "table",
        "row",
        "column",
        "anchor",
    ]
    assert whole["unread"] == [{"path": "in/坏.txt", "message": "文件为空，请换成完整的文件"}]
    assert list(whole["summary"].items()) == [
        ("documents", 1),
        ("error", 1),
        ("warning", 1),
        ("info", 1),
        ("seconds", 1.25),
    ]


def test_only_the_seconds_differ_between_runs(report: Report) -> None:
    slow = render(replace(report, seconds="99.5"), "json")
    assert slow.replace('"seconds": 99.5', '"seconds": 1.25') == render(report, "json")


@pytest.mark.parametrize(
    ("given", "printed"),
    [("0.0", "0.0"), ("1E+2", "100"), ("", "0.0"), ("NaN", "0.0"), ("inf", "0.0"), ("3.", "3")],
)
def test_seconds_are_always_a_json_number(given: str, printed: str) -> None:
    assert seconds(given) == printed


def test_text_that_looks_like_the_seconds_is_left_alone(report: Report) -> None:
    unread = replace(report.unread[0], message='"seconds": 0')
    whole = json.loads(render(replace(report, unread=(unread,)), "json"))
    assert whole["unread"][0]["message"] == '"seconds": 0'


def test_jsonl_has_one_finding_on_each_line_with_its_document(report: Report) -> None:
    lines = render(report, "jsonl").splitlines()
    assert [json.loads(line).get("record", "finding") for line in lines] == ["finding"] * 3 + ["coverage", "unread"]
    coverage = json.loads(lines[3])
    assert coverage["rules"]["not_run"][2] == {"rule": "T201", "why": "缺公开04"}
    assert coverage["ledger"]["total"] == 4
    first = json.loads(lines[0])
    assert first["path"] == "in/甲|局.txt"
    assert first["rule"] == "T103"
    assert first["title"] == "T103 的合计不等于分项之和"
    assert first["document"] == "2023年度甲局部门决算"


def test_every_listed_form_renders_and_no_other(report: Report) -> None:
    for form in FORMATS:
        assert render_file(report, form)
        assert render_file(Report(()), form) is not None
        if form not in BINARY:
            assert render(report, form)
    for form in ("xlsx", "pdf"):
        with pytest.raises(ValueError, match=form):
            render(report, form)
