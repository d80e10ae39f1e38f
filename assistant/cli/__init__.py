"""The command ``hecha``. Only this package knows arguments and exit codes; all work is done elsewhere.

Each module adds its commands to the parser. Whatever is heavy is imported inside the commands, so that
``hecha --help`` is instant.
"""

from __future__ import annotations

import argparse
import sys
import traceback
from typing import TYPE_CHECKING

from assistant.cli import annotate, check, diff, review, rules, serve, show
from assistant.cli.common import BUG, INTERRUPTED, OK, TROUBLE, UsageError, expanded, say, say_trace
from assistant.cli.parser import Parser, translate
from assistant.reports import version

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["build_parser", "main", "translate"]


class _Version(argparse.Action):
    """Prints the version, which is looked up only when asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object, **__: object) -> None:
        sys.stdout.write(f"hecha {version()}\n")
        parser.exit(OK)


def build_parser() -> Parser:
    """The whole command line."""
    parser = Parser(
        prog="hecha",
        description="核查助手：核查部门决算、部门预算公开报告中的数字与表述。\n全部在本机运行，不连接任何网络。",
        epilog="查看一个命令的说明：hecha 命令 --help",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="显示版本")
    commands = parser.add_subparsers(title="命令", metavar="命令", dest="command", parser_class=Parser)
    for module in (check, annotate, review, serve, diff, show, rules):
        module.add(commands)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    from assistant.reports.streams import close_stdout, prepare_streams

    prepare_streams()
    try:
        return _run(argv)
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as stop:  # argparse: help, version, wrong usage
        return stop.code if isinstance(stop.code, int) else TROUBLE
    finally:
        close_stdout()


def _run(argv: Sequence[str] | None) -> int:
    from assistant.reports.streams import OutputError

    parser = build_parser()
    arguments = parser.parse_args(argv)
    if arguments.command is None:
        parser.print_help(sys.stderr)
        return TROUBLE
    run: Callable[[argparse.Namespace], int] = arguments.run
    try:
        if "paths" in arguments:
            arguments.paths = expanded(arguments.paths)
        return run(arguments)
    except (UsageError, OutputError) as error:
        say(f"hecha {arguments.command}：{error}")
        return TROUBLE
    except Exception as error:
        say(f"程序内部错误（请向开发者报告）：{type(error).__name__}: {error}")
        if getattr(arguments, "debug", False):
            say_trace(traceback.format_exc())
        else:
            say(f"用 hecha {arguments.command} --debug 重新运行，可把出错详情写入文件。")
        return BUG
