"""Where a report goes: the terminal with its width and encoding, or a file that must not be an input."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from assistant.files import write_whole
from assistant.reports.layout import DEFAULT_WIDTH, MINIMUM_WIDTH, Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WIDEST: Final = 120
_SAMPLE: Final = "核查（—）《①》"


class OutputError(Exception):
    """The report cannot be written there; the message is one line that says why."""


def prepare_streams() -> None:
    """Make both streams take Chinese: one that cannot becomes UTF-8, and no character is ever refused."""
    for stream in (sys.stdout, sys.stderr):
        if not hasattr(stream, "reconfigure"):
            continue
        if _speaks_chinese(stream):
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8", errors="replace")


def _speaks_chinese(stream: TextIO) -> bool:
    try:
        _SAMPLE.encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def terminal_page(*, widest: int = _WIDEST) -> Page:
    """The page that standard output is: the terminal's width and colours, or plain text where it is none."""
    if not sys.stdout.isatty():
        return Page()
    columns = shutil.get_terminal_size((DEFAULT_WIDTH, 24)).columns
    return Page(max(min(columns, widest), MINIMUM_WIDTH), _colours())


def _colours() -> bool:
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return os.name != "nt" or "WT_SESSION" in os.environ or "TERM" in os.environ


def write_stdout(text: str, *, machine: bool = False) -> None:
    """Write to standard output; what programs read is always UTF-8. A reader that went away is no error."""
    if machine and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        silence_stdout()
    except OSError as error:
        silence_stdout()
        raise OutputError(f"无法写到标准输出：{reason(error)}") from error


def write_stdout_bytes(data: bytes) -> None:
    """Write a file to standard output, which leads into another file or program."""
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        silence_stdout()
    except OSError as error:
        silence_stdout()
        raise OutputError(f"无法写到标准输出：{reason(error)}") from error


def close_stdout() -> None:
    """Flush what argparse printed, quietly where nobody reads any more."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except (OSError, ValueError):
        silence_stdout()


def silence_stdout() -> None:
    """Point standard output at nothing, so that Python's last flush does not complain."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # a stream without a descriptor


def check_target(target: str, inputs: Sequence[str]) -> None:
    """Raise ``OutputError`` if the report cannot be written there, or would replace an input."""
    from assistant.reading import SUFFIXES

    path, there = Path(target), os.path.exists(target)
    if os.path.isdir(target):
        raise OutputError(f"{target}：这是文件夹，请用 -o 给出文件名")
    if not os.path.isdir(path.parent):
        raise OutputError(f"{target}：文件夹 {path.parent} 不存在，请先建立")
    if not os.access(target if there else path.parent, os.W_OK):
        raise OutputError(f"{target}：没有写入权限")
    refuse_input(target, inputs)
    if there and path.suffix.lower() in SUFFIXES:
        real = path.resolve()
        for folder in filter(os.path.isdir, inputs):
            if real.is_relative_to(Path(folder).resolve()):
                raise OutputError(f"{target}：会覆盖输入文件夹中的文件，请换一个文件名或位置")


def refuse_input(target: str, inputs: Iterable[str]) -> None:
    """Raise ``OutputError`` if ``target`` is one of the input files, by whatever name."""
    if not os.path.exists(target):
        return
    for name in inputs:
        if os.path.exists(name) and os.path.samefile(target, name):
            raise OutputError(f"{target}：会覆盖输入文件，请换一个文件名")


def write_file(target: str, data: bytes) -> None:
    """Write the report, whole or not at all. Raises ``OutputError``."""
    try:
        write_whole(target, data)
    except OSError as error:
        raise OutputError(f"{target}：无法写入，{reason(error)}") from error


def reason(error: OSError) -> str:
    """The cause of a failed file operation in a few Chinese words."""
    known = {
        FileNotFoundError: "文件不存在",
        PermissionError: "没有权限",
        IsADirectoryError: "这是文件夹",
        NotADirectoryError: "路径中有一段不是文件夹",
    }
    for kind, words in known.items():
        if isinstance(error, kind):
            return words
    return {28: "磁盘已满", 36: "文件名太长"}.get(error.errno or 0, error.strerror or type(error).__name__)
