"""Inputs that are four times as long take about four times as long, not sixteen."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from assistant.audit import audit_document
from assistant.reading import read_bytes
from assistant.rules import load_rulebook

sys.path.insert(0, str(Path(__file__).parent))

import growth

RULES = load_rulebook()


def work(text: str) -> object:
    return audit_document(read_bytes(text.encode(), "a.txt"), RULES)


@pytest.mark.parametrize("name", growth.INPUTS)
def test_time_grows_with_the_text(name: str) -> None:
    work(growth.HEAD + growth.INPUTS[name](500))
    ratios = []
    for _ in range(3):  # a busy machine may spoil one measurement
        ratios.append(growth.growth(work, name, repeat=1))
        if ratios[-1] <= growth.LIMIT:
            break
    assert min(ratios) <= growth.LIMIT + 1
