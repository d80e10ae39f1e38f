"""No pattern takes much more than its share of time on long runs of one character: four times the text, at most six times the time.

All patterns count that the program compiles: those of its modules, and those that it builds from ``corpora`` and rules while it audits.
Each is timed in the way that it is used: what only ever matches at one place need not be fast at searching.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
RUNS = {"blanks": " ", "digits": "1", "letters": "x", "hanzi": "一", "opening": "(", "closing": ")"}
SHORT, LONG, MOST = 2_000, 8_000, 6.0
LEAST, HARM = 0.000_3, 0.015
"""Seconds: what is faster than the first on the short run, or the second on the long one, does no harm whatever it grows with."""


def compiled() -> tuple[dict[re.Pattern[str], str], dict[re.Pattern[str], set[str]]]:
    """Every pattern of the program, with the place where it is made; and what functions of ``re`` are called with it."""
    found: dict[re.Pattern[str], str] = {}
    called: dict[re.Pattern[str], set[str]] = {}
    real = re._compile  # type: ignore[attr-defined]

    def recording(pattern: object, flags: object) -> re.Pattern[str]:
        made = real(pattern, flags)
        frame = sys._getframe(2)
        name = frame.f_code.co_filename
        if name.startswith((str(ROOT / "assistant"), str(ROOT / "tui"))) and isinstance(made.pattern, str):
            function = sys._getframe(1).f_code.co_name
            if function != "compile":
                called.setdefault(made, set()).add(function)
            found.setdefault(made, f"{Path(name).relative_to(ROOT).as_posix()}:{frame.f_lineno}")
        return made

    re._compile = recording  # type: ignore[attr-defined]
    import assistant
    import tui

    for package in (assistant, tui):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    from assistant.audit import audit_document
    from assistant.reading import read
    from assistant.rules import load_rulebook

    rulebook = load_rulebook()
    for name in ("hubei-final/narrative-errors", "performance-forms/clean", "budget/clean"):
        path = ROOT / "corpora" / "samples" / f"{name}.txt"
        if path.exists():
            audit_document(read(str(path)), rulebook)
    re._compile = real  # type: ignore[attr-defined]
    return found, called


def uses() -> dict[re.Pattern[str], set[str]]:
    """What is called on each pattern that has a name in a module."""
    sources = {
        name: Path(module.__file__).read_text(encoding="utf-8")
        for name, module in list(sys.modules.items())
        if name.split(".")[0] in ("assistant", "tui") and getattr(module, "__file__", None)
    }
    found: dict[re.Pattern[str], set[str]] = {}
    for name in sources:
        for variable, value in vars(sys.modules[name]).items():
            if isinstance(value, re.Pattern):
                called = re.compile(rf"\b{variable}\.(\w+)\b|([(\[,] ?{variable}\b)(?!\.)")
                for match in called.finditer(sources[name]):
                    found.setdefault(value, set()).add(match[1] or "handed on")
    return found


def seconds(pattern: re.Pattern[str], how: set[str], text: str) -> float:
    """The time of going through a text in the slowest of the ways that a pattern is used; 9 where it takes too long."""
    start = time.process_time()
    signal.setitimer(signal.ITIMER_REAL, 5)
    try:
        if how - {"pattern", "handed on"} and how <= {"match", "fullmatch", "pattern", "handed on"}:
            pattern.match(text)
            pattern.fullmatch(text)
        else:
            for _ in pattern.finditer(text):
                pass
    except TimeoutError:
        return 9
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return time.process_time() - start


def slow() -> list[str]:
    """The patterns that grow too fast, each with where it is made, the run and the two times."""

    def late(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, late)
    patterns, called = compiled()
    used = uses()
    told = []
    for pattern, where in patterns.items():
        how = used.get(pattern, set()) | called.get(pattern, set())
        for name, char in RUNS.items():
            short = seconds(pattern, how, char * SHORT)
            if short < LEAST:
                continue
            short = min(short, *(seconds(pattern, how, char * SHORT) for _ in range(2)))
            long = min(seconds(pattern, how, char * LONG) for _ in range(2)) if short < 9 else 9
            if short >= 9 or (long > MOST * short and long > HARM):
                told.append(
                    f"{where} on {name}: {short * 1000:.1f} ms, {long * 1000:.1f} ms: {pattern.pattern[:100]!r}"
                )
    return [*told, f"{len(patterns)} patterns"]


@pytest.mark.skipif(sys.platform == "win32", reason="the alarm of POSIX")
def test_patterns_are_linear() -> None:
    done = subprocess.run([sys.executable, __file__], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    *told, count = json.loads(done.stdout)
    assert int(count.split()[0]) > 500
    assert told == []


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    print(json.dumps(slow(), ensure_ascii=False))
