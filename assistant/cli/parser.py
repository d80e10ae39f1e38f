"""A parser that speaks Chinese, and the values that options take."""

from __future__ import annotations

import argparse
import re
import sys
from typing import TYPE_CHECKING, Final, NoReturn, TypeAlias

from assistant.cli.common import TROUBLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.reading.sandbox import Limits

# argparse words its errors in English; each pattern is one of its messages.
_MESSAGES: Final = tuple(
    (re.compile(pattern, re.DOTALL), chinese)
    for pattern, chinese in (
        (r"the following arguments are required: (.+)", r"缺少参数：\1"),
        (r"unrecognized arguments: (.+)", r"无法识别的参数：\1"),
        (r"invalid choice: (.+?)(?:, maybe you meant .+?)? \(choose from (.+)\)", r"没有 \1，可用的是：\2"),
        (r"invalid \w+ value: (.+)", r"不是有效的值：\1"),
        (r"expected one argument", r"后面要有一个值"),
        (r"expected at least one argument", r"后面至少要有一个值"),
        (r"ignored explicit argument (.+)", r"不需要值：\1"),
    )
)
_ARGUMENT = re.compile(r"argument (.+?): (.+)", re.DOTALL)


def translate(message: str) -> str:
    """One of argparse's messages in Chinese; what is Chinese already stays."""
    match = _ARGUMENT.fullmatch(message)
    if match is not None:
        return f"参数 {match[1]}：{translate(match[2])}"
    for pattern, chinese in _MESSAGES:
        match = pattern.fullmatch(message)
        if match is not None:
            return match.expand(chinese)
    return message


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Help whose lines break only where the text says so: argparse would measure Chinese wrongly."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=28, width=100)

    def _format_usage(self, usage, actions, groups, prefix) -> str:  # type: ignore[no-untyped-def]
        return super()._format_usage(usage, actions, groups, "用法：" if prefix is None else prefix)

    def _format_action(self, action: argparse.Action) -> str:
        if isinstance(action, argparse._SubParsersAction):  # the commands alone, without a line for their metavar
            self._action_max_length = max(self._action_max_length, 4 + max(map(len, action.choices or ("",))))
            return "".join(self._format_action(each) for each in self._iter_indented_subactions(action))
        return super()._format_action(action)

    def _split_lines(self, text: str, width: int) -> list[str]:
        return text.splitlines()


class Parser(argparse.ArgumentParser):
    """A parser that speaks Chinese; its errors end with status 2."""

    def __init__(self, **settings: object) -> None:
        settings = {"formatter_class": _Formatter, "add_help": False, "allow_abbrev": False, **settings}
        super().__init__(**settings)  # type: ignore[arg-type]
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示本说明")

    def error(self, message: str) -> NoReturn:
        """Print the usage and the error in Chinese, and stop."""
        self.print_usage(sys.stderr)
        self.exit(TROUBLE, f"{self.prog}：{translate(message)}\n")


Commands: TypeAlias = "argparse._SubParsersAction[Parser]"


def add_command(commands: Commands, name: str, text: str, run: Callable[[argparse.Namespace], int]) -> Parser:
    """A command of ``hecha``: what it does in a few words, and the function that does it."""
    command = commands.add_parser(name, help=text, description=f"{text}。")
    command.set_defaults(run=run)
    return command


def path_of(text: str) -> str:
    """A path as given; an empty one (of a variable that is not set) would mean the folder one stands in."""
    if not text.strip():
        raise argparse.ArgumentTypeError("路径是空的，请给出文件或文件夹")
    return text


def add_debug_option(command: Parser) -> None:
    """The option ``--debug``."""
    text = "遇到程序内部错误时，把出错详情写入临时文件并说明位置，供反馈"
    command.add_argument("--debug", action="store_true", help=text)


def add_limits(command: Parser) -> None:
    """The options ``--memory`` and ``--timeout``."""
    text = "读取一个文件（纯文本除外）最多使用的内存，单位 MB，默认 1024"
    command.add_argument("--memory", metavar="MB", type=_at_least(64), default=1024, help=text)
    text = "读取一个文件（纯文本除外）最多使用的时间，单位秒，默认 60"
    command.add_argument("--timeout", metavar="SECONDS", type=_at_least(1), default=60, help=text)


def limits_of(arguments: argparse.Namespace) -> Limits:
    """What the options of ``add_limits`` say."""
    from assistant.reading.sandbox import Limits

    return Limits(arguments.memory, arguments.timeout)


def _at_least(least: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < 8 and int(text) >= least):
            raise argparse.ArgumentTypeError(f"应为不小于 {least} 的整数，不是 {text}")
        return int(text)

    return number


def add_rules_option(command: Parser) -> None:
    """The option for more rules."""
    text = "另加一个规则文件夹，可以重复"
    command.add_argument("--rules", metavar="DIR", action="append", default=[], dest="folders", help=text)


def add_selection(command: Parser) -> None:
    """The options that choose rules: ``--select``, ``--ignore``, ``--rules``."""
    add = command.add_argument
    text = "只运行这些规则，用逗号分隔"
    add("--select", metavar="CODES", action="extend", type=rule_codes, default=[], help=text)
    text = "不运行这些规则，用逗号分隔"
    add("--ignore", metavar="CODES", action="extend", type=rule_codes, default=[], help=text)
    add_rules_option(command)


def one_of(names: tuple[str, ...], what: str) -> Callable[[str], str]:
    """A type of argument: one of some names."""

    def chosen(text: str) -> str:
        if text not in names:
            raise argparse.ArgumentTypeError(f"没有{what} {text}，可用的是：{'、'.join(names)}")
        return text

    return chosen


def rule_codes(text: str) -> list[str]:
    """The rule codes in a list with commas (Chinese ones too) or blanks."""
    found = [code.upper() for code in re.split(r"[,，、;；\s]+", text) if code]
    if not found:
        raise argparse.ArgumentTypeError("没有给出规则编号")
    return found


def job_count(text: str) -> int:
    """The number of files to audit at once."""
    if not (text.isascii() and text.isdigit() and len(text) < 5 and int(text)):
        raise argparse.ArgumentTypeError(f"应为大于 0 的整数，不是 {text}")
    return int(text)
