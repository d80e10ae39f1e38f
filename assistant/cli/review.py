"""``hecha review``: the workbench in the terminal."""

from __future__ import annotations

import argparse
import getpass
import importlib
import os
import sys
from typing import TYPE_CHECKING, Any

from assistant.cli.common import OK, UsageError, rulebook_of, say
from assistant.cli.parser import (
    Commands,
    Parser,
    add_command,
    add_debug_option,
    add_rules_option,
    job_count,
    path_of,
)  # fmt: skip
from assistant.cli.reviewing import add_store_option

if TYPE_CHECKING:
    from assistant.store import Store


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    command = add_command(commands, "review", "在终端里逐条复核疑点，记录处理结果", _review)
    add_review_arguments(command)
    add_debug_option(command)


def add_review_arguments(command: Parser) -> None:
    """What the workbench needs to know; ``hecha serve`` hands it on."""
    add = command.add_argument
    add("paths", metavar="PATH", nargs="+", type=path_of, help="文件或文件夹，可以有多个")
    add_store_option(command)
    text = "复核人姓名，记在每个处理上；默认取环境变量 HECHA_REVIEWER，\n否则为本机登录名"
    add("--reviewer", metavar="NAME", help=text)
    add_rules_option(command)
    add("--jobs", metavar="N", type=job_count, help="同时核查的文件数，默认按文件多少自动选择")


def load(name: str, needed: str, advice: str) -> Any:
    """A module of the workbench, which is no part of the library. Raises ``UsageError`` where something is missing."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] not in needed.split():
            raise
        raise UsageError(f"缺少组件 {error.name}，{advice}") from error


def missing_file(paths: list[str]) -> str:
    """The first path at which there is nothing."""
    return next((path for path in paths if not os.path.exists(path)), "")


def _review(arguments: argparse.Namespace) -> int:
    if not (sys.stdin.isatty() and sys.stdout.isatty()) and not os.environ.get("TEXTUAL_DRIVER"):
        raise UsageError("需要在终端里运行；不用终端可以用 hecha serve（浏览器）或 hecha check（直接输出）")
    if missing := missing_file(arguments.paths):
        raise UsageError(f"{missing}：没有这个文件或文件夹，请检查路径")
    app = load("tui.app", "tui textual", "请安装完整的 hecha（pip install hecha）；也可以用 hecha check 直接输出结果")
    rulebook = rulebook_of(arguments.folders)
    with _store(arguments.store) as store:
        status, trouble = app.run(arguments.paths, rulebook, store, reviewer_of(arguments), jobs=arguments.jobs)
    if trouble:
        say(trouble)
    return int(status) or OK


def _store(path: str | None) -> Store:
    from assistant.store import Store, StoreError

    try:
        return Store.open(path)
    except StoreError as error:
        raise UsageError(str(error)) from error


def reviewer_of(arguments: argparse.Namespace) -> str:
    """The name to keep decisions under."""
    named: str = arguments.reviewer or os.environ.get("HECHA_REVIEWER", "")
    if named.strip():
        return named.strip()
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
