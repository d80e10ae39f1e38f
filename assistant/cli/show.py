"""The commands that show what was read and understood: ``tables``, ``claims``, ``indicators``, ``ledger``."""

from __future__ import annotations

import argparse
import sys

from assistant.cli.common import OK, UsageError, one_document, rulebook_of
from assistant.cli.parser import (
    Commands,
    Parser,
    add_command,
    add_debug_option,
    add_limits,
    add_rules_option,
    limits_of,
    path_of,
)


def add(commands: Commands) -> None:
    """Add the commands to the parser."""
    tables = add_command(commands, "tables", "列出识别出的表格，供人工核对", _tables)
    _add_file(tables, "要查看的文件")
    claims = add_command(commands, "claims", "列出从正文读出的陈述，供人核对", _claims)
    _add_file(claims, "要查看的文件")
    indicators = add_command(
        commands, "indicators", "列出读出的绩效指标，各处的目标值与完成值并列，供人核对", _indicators
    )
    _add_file(indicators, "要查看的文件")
    ledger = add_command(commands, "ledger", "列出表中每个数字的核查结论和理由", _ledger)
    _add_file(ledger, "要核查的文件")
    add_rules_option(ledger)


def _add_file(command: Parser, text: str) -> None:
    command.add_argument("file", metavar="FILE", type=path_of, help=text)
    add_limits(command)
    add_debug_option(command)


def _tables(arguments: argparse.Namespace) -> int:
    from assistant.reading import read
    from assistant.reports.streams import terminal_page, write_stdout
    from assistant.reports.tables import render_tables

    with one_document(arguments.file, debug=arguments.debug):
        document = read(arguments.file, limits_of(arguments))
        text = render_tables(document, terminal_page(widest=400), whole=not sys.stdout.isatty())
    write_stdout(text)
    return OK


def _claims(arguments: argparse.Namespace) -> int:
    from assistant.facts import Facts, NotApplicableError
    from assistant.reading import read
    from assistant.reports.claims import render_claims
    from assistant.reports.streams import terminal_page, write_stdout

    with one_document(arguments.file, debug=arguments.debug):
        document = read(arguments.file, limits_of(arguments))
        try:
            claims = Facts(document).claims()
        except NotApplicableError as error:
            raise UsageError(f"{arguments.file}：{error}，没有陈述可以列出") from error
        text = render_claims(document, claims, terminal_page())
    write_stdout(text)
    return OK


def _indicators(arguments: argparse.Namespace) -> int:
    from assistant.facts import Facts, NotApplicableError
    from assistant.reading import read
    from assistant.reports.indicators import render_indicators
    from assistant.reports.streams import terminal_page, write_stdout

    with one_document(arguments.file, debug=arguments.debug):
        document = read(arguments.file, limits_of(arguments))
        try:
            performance = Facts(document).performance()
        except NotApplicableError as error:
            raise UsageError(f"{arguments.file}：{error}，没有绩效指标可以列出") from error
        text = render_indicators(document, performance, terminal_page())
    write_stdout(text)
    return OK


def _ledger(arguments: argparse.Namespace) -> int:
    from assistant.audit import audit_document
    from assistant.reading import read
    from assistant.reports.ledger import render_ledger
    from assistant.reports.streams import terminal_page, write_stdout

    rulebook = rulebook_of(arguments.folders)
    with one_document(arguments.file, debug=arguments.debug):
        text = render_ledger(audit_document(read(arguments.file, limits_of(arguments)), rulebook), terminal_page())
    write_stdout(text)
    return OK
