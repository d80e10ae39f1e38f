"""What the commands share: exit statuses, the error of wrong usage, reading, rules, progress, delivery."""

from __future__ import annotations

import glob
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.comparison import State
    from assistant.findings import Report
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


@contextmanager
def one_document(path: str, *, debug: bool) -> Iterator[None]:
    """The work on the one document of a command. Raises ``UsageError`` with its name for whatever goes wrong with it."""
    from assistant.reports.streams import OutputError

    try:
        yield
    except (UsageError, OutputError):
        raise
    except Exception as error:
        from assistant.troubles import unread_of

        unread = unread_of(path, error)
        if debug:
            say_trace(unread.trace)
        raise UsageError(f"{path}：{unread.message}") from error


def say_unread(report: Report, *, debug: bool) -> None:
    """One line for each file that could not be audited; with ``debug`` also where the details of bugs were written."""
    for unread in report.unread:
        say(f"{unread.path}：{unread.message}")
    if debug:
        say_trace("\n".join(f"{each.path}\n{each.trace}" for each in report.unread if each.trace))


def say_trace(trace: str) -> None:
    """Write the details of a bug to a temporary file and say where it is."""
    if not trace:
        return
    import tempfile

    try:
        number, name = tempfile.mkstemp(prefix="hecha-debug-", suffix=".txt")
        with open(number, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(trace)
    except OSError:
        sys.stderr.write(trace)
    else:
        say(f"出错详情已写入 {name}（可能引用文件中的文字）")


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


def expanded(paths: Sequence[str]) -> list[str]:
    """The paths, with patterns (*.pdf) that the shell left alone, as that of Windows does, replaced by what they match."""
    found: list[str] = []
    for path in paths:
        here = not glob.has_magic(path) or os.path.exists(path)
        found += [path] if here else sorted(glob.glob(path, recursive=True)) or [path]
    return found


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
