"""What a fuzzed run once broke stays whole, and a short run finds nothing new."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.fuzz import fuzz


@pytest.mark.parametrize("path", sorted(fuzz.FOUND.glob("*.*")), ids=lambda path: path.name)
def test_what_was_found_stays_whole(path: Path) -> None:
    assert fuzz.broken(path.suffix[1:], path.read_bytes()) == ""


def test_the_same_seed_makes_the_same_inputs() -> None:
    one, other = fuzz.inputs(7), fuzz.inputs(7)
    assert [each for each, _ in zip(one, range(12), strict=False)] == [
        each for each, _ in zip(other, range(12), strict=False)
    ]


def test_a_fault_is_found_and_made_small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def breaks(kind: str, data: bytes) -> bool:
        if "合计".encode() in data:
            raise ZeroDivisionError("合计")
        return True

    monkeypatch.setattr(fuzz, "audited", breaks)
    monkeypatch.setattr(fuzz, "FOUND", tmp_path)
    monkeypatch.setattr(fuzz, "ROOT", tmp_path)
    monkeypatch.setattr(
        fuzz, "inputs", lambda _: iter([("txt", b"x"), ("txt", b"y" * 300 + "部门合计\n".encode() + b"z" * 500)])
    )
    told: list[str] = []
    assert fuzz.run(1, 20, 10, told.append) == 1
    (kept,) = tmp_path.iterdir()
    assert kept.read_bytes() == "合计".encode()
    assert "输入 2" in told[1]
    assert "异常 1" in told[1]


def test_the_watchdog_bites() -> None:
    with pytest.raises(fuzz.TooSlowError), fuzz.watchdog(0.05):
        time.sleep(5)
