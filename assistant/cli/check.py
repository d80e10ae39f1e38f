"""``hecha check``: audit files and folders."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING, Final

from assistant.cli.common import (
    FOUND,
    INTERRUPTED,
    OK,
    TROUBLE,
    Progress,
    UsageError,
    rulebook_of,
    say,
    say_unread,
)  # fmt: skip
from assistant.cli.parser import (
    Commands,
    Parser,
    add_command,
    add_debug_option,
    add_limits,
    add_selection,
    job_count,
    limits_of,
    one_of,
    path_of,
)  # fmt: skip
from assistant.cli.reviewing import add_review_options, knowledge_of
from assistant.reports import BINARY, FORMATS, render, render_file

if TYPE_CHECKING:
    from assistant.decisions import Review
    from assistant.findings import Report

_SUFFIXES: Final = {
    ".json": "json", ".jsonl": "jsonl", ".csv": "csv", ".md": "md", ".markdown": "md", ".html": "html", ".htm": "html",
    ".xlsx": "xlsx", ".docx": "docx", ".sarif": "sarif",
}  # fmt: skip
_OTHER_FORMS: Final = (".xls", ".doc", ".pdf", ".wps", ".et")


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    _arguments(add_command(commands, "check", "核查文件或文件夹", _check))


def _arguments(command: Parser) -> None:
    command.epilog = (
        "退出状态：\n"
        "  0  没有达到 --fail-on 的疑点\n"
        "  1  有达到 --fail-on 的疑点\n"
        "  2  用法错误，或有文件无法读取（其余文件照常核查，结果照常输出）\n"
        "  130  按 Ctrl+C 中断（已核查完的文件照常输出）"
    )
    add = command.add_argument
    add("paths", metavar="PATH", nargs="+", type=path_of, help="文件或文件夹，可以有多个")
    forms = "\n".join(f"  {name:<6} {meaning}" for name, meaning in FORMATS.items())
    text = f"输出格式；不给出时按 -o 的扩展名，否则为 text\n{forms}"
    add("--format", metavar="FORMAT", type=one_of(tuple(FORMATS), "格式"), help=text)
    add("-o", "--output", metavar="FILE", help="写入文件；不给出时写到终端（xlsx、docx 必须写入文件）")
    add_selection(command)
    add_review_options(command)
    text = "疑点达到何种严重程度时退出状态为 1：\nerror（默认）、warning、never"
    level = one_of(("error", "warning", "never"), "级别")
    add("--fail-on", metavar="LEVEL", type=level, default="error", help=text)
    add("--together", action="store_true", help="把这些文件作为同一份报告的各部分一起核查（如说明.docx 与公开表.xlsx）")
    add("--jobs", metavar="N", type=job_count, default=1, help="同时核查的文件数，默认 1")
    add("--quiet", action="store_true", help="不显示进度")
    add_limits(command)
    add_debug_option(command)


def _check(arguments: argparse.Namespace) -> int:
    from assistant.audit import audit_paths
    from assistant.reports.streams import check_target, refuse_input

    form = arguments.format or _form_of(arguments.output)
    if arguments.output:
        check_target(arguments.output, arguments.paths)
    elif form in BINARY and sys.stdout.isatty():
        raise UsageError(f"{form} 不能显示在终端，请写入文件，例如：-o 核查结果.{form}")
    knowledge = knowledge_of(arguments)
    rulebook = rulebook_of(arguments.folders, arguments.select, arguments.ignore)
    limits = limits_of(arguments)
    progress = Progress() if sys.stderr.isatty() and not arguments.quiet else None
    try:
        if arguments.together:
            from assistant.audit import audit_together

            report = audit_together(arguments.paths, rulebook, limits=limits)
        else:
            report = audit_paths(arguments.paths, rulebook, jobs=arguments.jobs, progress=progress, limits=limits)
    finally:
        if progress is not None:
            progress.clear()
    if arguments.output:
        refuse_input(arguments.output, [audit.document.path for audit in report.audits])
    review = knowledge.review(report)
    _deliver(report, form, arguments.output, review)
    say_unread(report, debug=arguments.debug)
    if report.unfinished:
        say(f"已中断：还有 {len(report.unfinished)} 个文件没有核查，以上是已核查完的结果")
        return INTERRUPTED
    if not report.audits and not report.unread:
        raise UsageError("没有找到可以核查的文件")
    return _status(report, arguments.fail_on, review)


def _form_of(output: str | None) -> str:
    """The form that the name of the output file asks for."""
    suffix = os.path.splitext(output)[1].lower() if output else ""
    if suffix in _OTHER_FORMS:
        raise UsageError(f"不能写出 {suffix} 文件，可用的格式是：{'、'.join(FORMATS)}（用 --format 指定）")
    return _SUFFIXES.get(suffix, "text")


def _deliver(report: Report, form: str, output: str | None, review: Review) -> None:
    from assistant.reports.streams import terminal_page, write_file, write_stdout, write_stdout_bytes

    if output:
        write_file(output, render_file(report, form, review))
    elif form in BINARY:
        write_stdout_bytes(render_file(report, form, review))
    else:
        write_stdout(render(report, form, terminal_page(), review), machine=form != "text")


def _status(report: Report, fail_on: str, review: Review) -> int:
    if report.unread:
        return TROUBLE
    counts = review.severities(report)
    failing = {"error": ("error",), "warning": ("error", "warning"), "never": ()}[fail_on]
    return FOUND if any(counts[severity] for severity in failing) else OK
