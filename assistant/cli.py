"""The command ``hecha``. Only this module knows arguments and exit codes; all work is done elsewhere.

Whatever is heavy is imported inside the commands, so that ``hecha --help`` is instant.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from typing import TYPE_CHECKING, Final, NoReturn

from assistant.reports import FORMATS, render, version

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.document import Document
    from assistant.findings import Report
    from assistant.rules import Rulebook

OK: Final = 0
FOUND: Final = 1
TROUBLE: Final = 2
BUG: Final = 3
INTERRUPTED: Final = 130

_SUFFIXES: Final = {".json": "json", ".jsonl": "jsonl", ".csv": "csv", ".md": "md", ".markdown": "md"}
_OTHER_FORMS: Final = (".xlsx", ".xls", ".docx", ".doc", ".pdf", ".html", ".htm", ".sarif")

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


class UsageError(Exception):
    """The command was called wrongly; the message is one Chinese line."""


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
    _add_check(_command(commands, "check", "核查文件或文件夹", _check))
    tables = _command(commands, "tables", "列出识别出的表格，供人工核对", _tables)
    tables.add_argument("file", metavar="FILE", help="要查看的文件")
    claims = _command(commands, "claims", "列出从正文读出的陈述，供人核对", _claims)
    claims.add_argument("file", metavar="FILE", help="要查看的文件")
    ledger = _command(commands, "ledger", "列出表中每个数字的核查结论和理由", _ledger)
    ledger.add_argument("file", metavar="FILE", help="要核查的文件")
    _add_rules(ledger)
    _add_rules(_command(commands, "rules", "列出全部规则", _rules))
    rule = _command(commands, "rule", "显示一条规则：检查什么、依据、示例", _rule)
    rule.add_argument("code", metavar="CODE", help="规则编号，例如 T101")
    _add_rules(rule)
    return parser


def _command(
    commands: argparse._SubParsersAction[Parser],
    name: str,
    text: str,
    run: Callable[[argparse.Namespace], int],
) -> Parser:
    command = commands.add_parser(name, help=text, description=f"{text}。")
    command.set_defaults(run=run)
    return command


def _add_check(command: Parser) -> None:
    command.epilog = (
        "退出状态：\n"
        "  0  没有达到 --fail-on 的疑点\n"
        "  1  有达到 --fail-on 的疑点\n"
        "  2  用法错误，或有文件无法读取（其余文件照常核查，结果照常输出）"
    )
    add = command.add_argument
    add("paths", metavar="PATH", nargs="+", help="文件或文件夹，可以有多个")
    forms = "\n".join(f"  {name:<6} {meaning}" for name, meaning in FORMATS.items())
    text = f"输出格式；不给出时按 -o 的扩展名，否则为 text\n{forms}"
    add("--format", metavar="FORMAT", type=_one_of(tuple(FORMATS), "格式"), help=text)
    add("-o", "--output", metavar="FILE", help="写入文件（UTF-8）；不给出时写到终端")
    add(
        "--select",
        metavar="CODES",
        action="extend",
        type=_codes,
        default=[],
        help="只运行这些规则，用逗号分隔",
    )
    add(
        "--ignore",
        metavar="CODES",
        action="extend",
        type=_codes,
        default=[],
        help="不运行这些规则，用逗号分隔",
    )
    _add_rules(command)
    text = "疑点达到何种严重程度时退出状态为 1：\nerror（默认）、warning、never"
    level = _one_of(("error", "warning", "never"), "级别")
    add("--fail-on", metavar="LEVEL", type=level, default="error", help=text)
    add("--jobs", metavar="N", type=_jobs, default=1, help="同时核查的文件数，默认 1")
    add("--quiet", action="store_true", help="不显示进度")


def _add_rules(command: Parser) -> None:
    text = "另加一个规则文件夹，可以重复"
    command.add_argument("--rules", metavar="DIR", action="append", default=[], dest="folders", help=text)


def _one_of(names: tuple[str, ...], what: str) -> Callable[[str], str]:
    def chosen(text: str) -> str:
        if text not in names:
            raise argparse.ArgumentTypeError(f"没有{what} {text}，可用的是：{'、'.join(names)}")
        return text

    return chosen


def _codes(text: str) -> list[str]:
    """The rule codes in a list with commas (Chinese ones too) or blanks."""
    found = [code.upper() for code in re.split(r"[,，、;；\s]+", text) if code]
    if not found:
        raise argparse.ArgumentTypeError("没有给出规则编号")
    return found


def _jobs(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 5 and int(text)):
        raise argparse.ArgumentTypeError(f"应为大于 0 的整数，不是 {text}")
    return int(text)


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
    except Exception as error:
        if os.environ.get("HECHA_DEBUG"):
            raise
        _say(f"程序内部错误（请向开发者报告）：{type(error).__name__}: {error}")
        _say("设置环境变量 HECHA_DEBUG=1 后重新运行可看到详情。")
        return BUG
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
        return run(arguments)
    except (UsageError, OutputError) as error:
        _say(f"hecha {arguments.command}：{error}")
        return TROUBLE


def _check(arguments: argparse.Namespace) -> int:
    from assistant.audit import audit_paths
    from assistant.reports.streams import check_target, refuse_input

    form = arguments.format or _form_of(arguments.output)
    if arguments.output:
        check_target(arguments.output, arguments.paths)
    rulebook = _rulebook(arguments.folders, arguments.select, arguments.ignore)
    progress = _Progress() if sys.stderr.isatty() and not arguments.quiet else None
    try:
        report = audit_paths(arguments.paths, rulebook, jobs=arguments.jobs, progress=progress)
    finally:
        if progress is not None:
            progress.clear()
    if arguments.output:
        refuse_input(arguments.output, [audit.document.path for audit in report.audits])
    _deliver(report, form, arguments.output)
    for unread in report.unread:
        _say(f"{unread.path}：{unread.message}")
    if not report.audits and not report.unread:
        raise UsageError("没有找到可以核查的文件")
    return _status(report, arguments.fail_on)


def _form_of(output: str | None) -> str:
    """The form that the name of the output file asks for."""
    suffix = os.path.splitext(output)[1].lower() if output else ""
    if suffix in _OTHER_FORMS:
        raise UsageError(f"不能写出 {suffix} 文件，可用的格式是：{'、'.join(FORMATS)}（用 --format 指定）")
    return _SUFFIXES.get(suffix, "text")


def _deliver(report: Report, form: str, output: str | None) -> None:
    from assistant.reports.streams import terminal_page, write_file, write_stdout

    if output:
        write_file(output, render(report, form), mark=form == "csv")
    else:
        write_stdout(render(report, form, terminal_page()), machine=form != "text")


def _status(report: Report, fail_on: str) -> int:
    if report.unread:
        return TROUBLE
    counts = report.severities()
    failing = {"error": ("error",), "warning": ("error", "warning"), "never": ()}[fail_on]
    return FOUND if any(counts[severity] for severity in failing) else OK


def _rulebook(folders: Sequence[str], select: Sequence[str] = (), ignore: Sequence[str] = ()) -> Rulebook:
    from pathlib import Path

    from assistant.rules import RuleFileError, load_rulebook

    try:
        rulebook = load_rulebook([Path(folder) for folder in folders], select, ignore)
    except RuleFileError as error:
        raise UsageError(str(error)) from error
    if not rulebook.rules and (select or ignore):
        raise UsageError("没有选中任何规则，请检查 --select 和 --ignore（hecha rules 列出全部规则）")
    return rulebook


def _read(path: str) -> Document:
    """Read the one file of a command that shows something. Raises ``UsageError`` with the file's name."""
    from assistant.reading import UnreadableError, read

    try:
        return read(path)
    except UnreadableError as error:
        raise UsageError(f"{path}：{error}") from error


def _tables(arguments: argparse.Namespace) -> int:
    from assistant.reports.streams import terminal_page, write_stdout
    from assistant.reports.tables import render_tables

    document = _read(arguments.file)
    whole = not sys.stdout.isatty()
    write_stdout(render_tables(document, terminal_page(widest=400), whole=whole))
    return OK


def _claims(arguments: argparse.Namespace) -> int:
    from assistant.facts import Facts, NotApplicableError
    from assistant.reports.claims import render_claims
    from assistant.reports.streams import terminal_page, write_stdout

    document = _read(arguments.file)
    try:
        claims = Facts(document).claims()
    except NotApplicableError as error:
        raise UsageError(f"{arguments.file}：{error}，没有陈述可以列出") from error
    write_stdout(render_claims(document, claims, terminal_page()))
    return OK


def _ledger(arguments: argparse.Namespace) -> int:
    from assistant.audit import audit_document
    from assistant.reports.ledger import render_ledger
    from assistant.reports.streams import terminal_page, write_stdout

    rulebook = _rulebook(arguments.folders)
    document = _read(arguments.file)
    write_stdout(render_ledger(audit_document(document, rulebook), terminal_page()))
    return OK


def _rules(arguments: argparse.Namespace) -> int:
    from assistant.reports.catalogue import render_rules
    from assistant.reports.streams import terminal_page, write_stdout

    write_stdout(render_rules(_rulebook(arguments.folders), terminal_page()))
    return OK


def _rule(arguments: argparse.Namespace) -> int:
    from difflib import get_close_matches

    from assistant.reports.catalogue import render_rule
    from assistant.reports.streams import terminal_page, write_stdout

    rulebook = _rulebook(arguments.folders)
    code = arguments.code.strip().upper()
    rule = rulebook.get(code)
    if rule is None:
        near = get_close_matches(code, [each.code for each in rulebook.rules], n=3, cutoff=0.5)
        hint = f"，相近的有：{'、'.join(near)}" if near else "（hecha rules 列出全部规则）"
        raise UsageError(f"没有规则 {arguments.code}{hint}")
    write_stdout(render_rule(rule, terminal_page()))
    return OK


class _Progress:
    """One line on the terminal that says which file is being audited."""

    def __call__(self, done: int, total: int, path: str) -> None:
        from assistant.reports.layout import inline
        from assistant.text import shorten

        name = shorten(inline(os.path.basename(path)), 50)
        sys.stderr.write(f"\r\x1b[K已核查 {done}/{total} {name}")
        sys.stderr.flush()

    def clear(self) -> None:
        """Remove the line."""
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


def _say(text: str) -> None:
    """One line on standard error, safe to print."""
    from assistant.reports.layout import inline

    sys.stderr.write(inline(text) + "\n")
