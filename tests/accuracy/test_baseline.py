"""Accuracy does not drop: what the baseline says was found is still found, and no false alarm is new."""

from __future__ import annotations

from measure import compare_with_baseline, worse

from assistant.rules import load_rulebook


def test_nothing_is_worse_than_the_baseline() -> None:
    assert compare_with_baseline(load_rulebook()) == []


def test_a_loss_and_a_new_alarm_are_named() -> None:
    before = {
        "labels": {"found": ["b:2 y"], "located": ["a:1 x", "b:2 y"]},
        "false_alarms": {},
        "planted": {"k": ["s #0"]},
    }
    now = {"labels": {"found": [], "located": ["b:2 y"]}, "false_alarms": {"a": ["error T1"]}, "planted": {"k": []}}
    assert worse(now, before) == [
        "不再检出：a:1 x",
        "不再以正确的类别检出：b:2 y",
        "新的误报：a error T1",
        "k不如从前：s #0",
    ]
