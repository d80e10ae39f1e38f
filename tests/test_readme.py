"""What README shows and says to type is what the program prints and takes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.cli import main

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SAMPLE = "corpora/samples/hubei-final/table-errors.txt"
COMMANDS = re.findall(r"^hecha (\w+) ?(.*?) *(?:#.*)?$", README, re.MULTILINE)


def untimed(text: str) -> list[str]:
    return re.sub(r"用时 \S+ 秒", "用时 秒", text).splitlines()


def test_the_report_shown_is_what_is_printed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("COLUMNS", raising=False)
    assert main(["check", "--no-store", "--fail-on", "never", SAMPLE]) == 0
    printed = untimed(capsys.readouterr().out)
    shown = untimed(README.split("```text\n")[1].split("```")[0])
    assert [line for line in shown if "……" not in line and line not in printed] == []


@pytest.mark.parametrize(("command", "words"), COMMANDS)
def test_the_commands_shown_exist(command: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    told = capsys.readouterr().out
    assert [option for option in re.findall(r"(?<!\S)--?[a-z][\w-]*", words) if option not in told] == []
