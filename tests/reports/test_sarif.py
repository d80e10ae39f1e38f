"""SARIF: its structure, and the schema of the standard where a package that ships it is installed."""

from __future__ import annotations

import json
import re
from typing import Any

from assistant.decisions import Decision, Review, Status, document_key
from assistant.findings import Report
from assistant.reports import render, render_file

from .hostile import hostile  # type: ignore[import-not-found]


def run_of(report: Report, review: Review | None = None) -> Any:
    whole = json.loads(render_file(report, "sarif", review))
    assert whole["version"] == "2.1.0"
    assert whole["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = whole["runs"]
    return run


def test_results_point_at_their_rules_and_places(report: Report) -> None:
    run = run_of(report)
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert [result["level"] for result in run["results"]] == ["note", "error", "warning"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        for location in (*result["locations"], *result.get("relatedLocations", [])):
            physical = location["physicalLocation"]
            region = physical["region"]
            assert 1 <= region["startLine"] <= region["endLine"]
            assert region["startColumn"] >= 1
            assert region["startLine"] < region["endLine"] or region["startColumn"] <= region["endColumn"]
            artifact = run["artifacts"][physical["artifactLocation"]["index"]]
            assert artifact["location"]["uri"] == physical["artifactLocation"]["uri"] == "in/%E7%94%B2%7C%E5%B1%80.txt"
    assert run["results"][0]["partialFingerprints"] == {"hecha/v1": "T103-abc"}
    assert run["columnKind"] == "unicodeCodePoints"


def test_what_was_not_read_or_not_run_is_notified(report: Report) -> None:
    run = run_of(report)
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["message"]["text"] == "文件为空，请换成完整的文件"
    left = [each["descriptor"]["id"] for each in invocation["toolConfigurationNotifications"]]
    assert left == ["N301", "N302", "T201"]
    assert run["properties"]["coverage"][0]["ledger"]["total"] == 4


def test_dismissed_is_suppressed_and_known_is_unchanged(report: Report) -> None:
    audit = report.audits[0]
    key, (first, second, _) = document_key(audit.document), audit.findings
    decision = Decision(finding=first.id, status=Status.DISMISSED, reason="口径不同")
    results = run_of(report, Review({key: {first.id: decision}}, {key: frozenset({second.id})}))["results"]
    assert results[0]["suppressions"] == [{"kind": "external", "status": "accepted", "justification": "口径不同"}]
    assert [result["baselineState"] for result in results] == ["new", "unchanged", "new"]
    assert "suppressions" not in results[1]


def test_hostile_text_is_only_text(report: Report) -> None:
    made, review = hostile(report)
    text = render(made, "sarif", review=review)
    text.encode("utf-8")
    assert not re.search("[\x00-\x08\x0b\x0c\x1b\x7f\u202e]|\\\\u00[01]|\\\\ud[89a-f]", text)
    for artifact in run_of(made, review)["artifacts"]:
        assert re.fullmatch(r"[A-Za-z0-9%._~/:-]+", artifact["location"]["uri"])
