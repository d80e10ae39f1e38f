"""``hecha diff``: what became of the findings between two drafts."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from assistant.cli.common import FOUND, OK, TROUBLE, UsageError, read_states, rulebook_of, say_unread
from assistant.cli.parser import Commands, add_command, add_debug_option, add_selection, one_of, path_of

if TYPE_CHECKING:
    from assistant.comparison import State
    from assistant.rules import Rulebook


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    command = add_command(commands, "diff", "比较两次核查：哪些疑点是新增的、仍在的、已改正的", _diff)
    command.description = (
        "比较两次核查：哪些疑点是新增的、仍在的、已改正的。\n"
        "OLD、NEW 是 hecha check --format json 的结果（.json），或待核查的文件、文件夹（当场核查）。"
    )
    command.epilog = "退出状态：\n  0  没有新增的疑点\n  1  有新增的疑点\n  2  用法错误，或有文件无法读取"
    command.add_argument("old", metavar="OLD", type=path_of, help="旧的结果或文件")
    command.add_argument("new", metavar="NEW", type=path_of, help="新的结果或文件")
    text = "输出格式：text（默认）或 json"
    command.add_argument("--format", metavar="FORMAT", type=one_of(("text", "json"), "格式"), default="text", help=text)
    add_selection(command)
    add_debug_option(command)


def _diff(arguments: argparse.Namespace) -> int:
    from assistant.comparison import compare_states
    from assistant.reports.difference import counts, render_difference, render_difference_json
    from assistant.reports.streams import terminal_page, write_stdout

    rulebook = rulebook_of(arguments.folders, arguments.select, arguments.ignore)
    old, old_whole = _states(arguments.old, rulebook, debug=arguments.debug)
    new, new_whole = _states(arguments.new, rulebook, debug=arguments.debug)
    if not old or not new:
        raise UsageError("没有可以比较的结果")
    changes = compare_states(old, new)
    if arguments.format == "json":
        write_stdout(render_difference_json(changes), machine=True)
    else:
        write_stdout(render_difference(changes, terminal_page()))
    if not (old_whole and new_whole):
        return TROUBLE
    return FOUND if counts(changes)["new"] else OK


def _states(path: str, rulebook: Rulebook, *, debug: bool) -> tuple[tuple[State, ...], bool]:
    """The documents behind an argument, and whether all of them could be read."""
    if path.lower().endswith(".json"):
        return read_states(path), True
    from assistant.audit import audit_paths
    from assistant.comparison import State

    report = audit_paths([path], rulebook)
    say_unread(report, debug=debug)
    if report.unfinished:
        raise KeyboardInterrupt
    return tuple(State.of(audit) for audit in report.audits), not report.unread
