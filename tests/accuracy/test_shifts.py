"""Slipped amounts are told once, and nothing that follows from them besides: the first cases of every kind."""

from __future__ import annotations

from shifts import KINDS, cases


def test_slips_are_told_once() -> None:
    found = list(cases(2))
    assert {case.kind for case in found} == set(KINDS)
    once = sum(case.found == 1 for case in found)
    assert once * 100 >= len(found) * 96, [f"{case.kind} {case.name}" for case in found if case.found != 1]
    extra = sum(len(case.extra) for case in found)
    assert extra * 100 <= len(found) * 8, [finding.title for case in found for finding in case.extra]
