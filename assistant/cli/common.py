"""What the commands share: exit statuses, the error of wrong usage, reading, rules, progress, delivery."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.comparison import State
    from assistant.document import Document
    from assistant.rules import Rulebook

OK: Final = 0
FOUND: Final = 1
TROUBLE: Final = 2
BUG: Final = 3
INTERRUPTED: Final = 130


class UsageError(Exception):
    """The command was called wrongly; the message is one Chinese line."""


def rulebook_of(folders: Sequence[str], select: Sequence[str] = (), ignore: Sequence[str] = ()) -> Rulebook:
    """The rules to run. Raises ``UsageError``."""
    from pathlib import Path

    from assistant.rules import RuleFileError, load_rulebook

    try:
        rulebook = load_rulebook([Path(folder) for folder in folders], select, ignore)
    except RuleFileError as error:
        raise UsageError(str(error)) from error
    if not rulebook.rules and (select or ignore):
        raise UsageError("没有选中任何规则，请检查 --select 和 --ignore（hecha rules 列出全部规则）")
    return rulebook


def read_file(path: str) -> Document:
    """Read the one file of a command that shows something. Raises ``UsageError`` with the file's name."""
    from assistant.reading import UnreadableError, read

    try:
        return read(path)
    except UnreadableError as error:
        raise UsageError(f"{path}：{error}") from error


def read_states(path: str) -> tuple[State, ...]:
    """The documents of a saved report (JSON). Raises ``UsageError`` with the file's name."""
    from pathlib import Path

    from assistant.reports.from_json import SavedReportError, read_report
    from assistant.reports.streams import reason

    try:
        return read_report(Path(path).read_text(encoding="utf-8-sig", errors="replace"))
    except OSError as error:
        raise UsageError(f"{path}：无法读取，{reason(error)}") from error
    except SavedReportError as error:
        raise UsageError(f"{path}：{error}") from error


class Progress:
    """One line on the terminal that says which file is being audited."""

    def __call__(self, done: int, total: int, path: str) -> None:
        """Show how far the run has come."""
        from assistant.reports.layout import inline
        from assistant.text import shorten

        name = shorten(inline(os.path.basename(path)), 50)
        sys.stderr.write(f"\r\x1b[K已核查 {done}/{total} {name}")
        sys.stderr.flush()

    def clear(self) -> None:
        """Remove the line."""
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


def say(text: str) -> None:
    """One line on standard error, safe to print."""
    from assistant.reports.layout import inline

    sys.stderr.write(inline(text) + "\n")
