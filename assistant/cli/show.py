"""The commands that show what was read and understood: ``tables``, ``claims``, ``indicators``, ``ledger``."""

from __future__ import annotations

import argparse
import sys

from assistant.cli.common import OK, UsageError, read_file, rulebook_of
from assistant.cli.parser import Commands, add_command, add_rules_option


def add(commands: Commands) -> None:
    """Add the commands to the parser."""
    tables = add_command(commands, "tables", "列出识别出的表格，供人工核对", _tables)
    tables.add_argument("file", metavar="FILE", help="要查看的文件")
    claims = add_command(commands, "claims", "列出从正文读出的陈述，供人核对", _claims)
    claims.add_argument("file", metavar="FILE", help="要查看的文件")
    indicators = add_command(
        commands, "indicators", "列出读出的绩效指标，各处的目标值与完成值并列，供人核对", _indicators
    )
    indicators.add_argument("file", metavar="FILE", help="要查看的文件")
    ledger = add_command(commands, "ledger", "列出表中每个数字的核查结论和理由", _ledger)
    ledger.add_argument("file", metavar="FILE", help="要核查的文件")
    add_rules_option(ledger)


def _tables(arguments: argparse.Namespace) -> int:
    from assistant.reports.streams import terminal_page, write_stdout
    from assistant.reports.tables import render_tables

    document = read_file(arguments.file)
    whole = not sys.stdout.isatty()
    write_stdout(render_tables(document, terminal_page(widest=400), whole=whole))
    return OK


def _claims(arguments: argparse.Namespace) -> int:
    from assistant.facts import Facts, NotApplicableError
    from assistant.reports.claims import render_claims
    from assistant.reports.streams import terminal_page, write_stdout

    document = read_file(arguments.file)
    try:
        claims = Facts(document).claims()
    except NotApplicableError as error:
        raise UsageError(f"{arguments.file}：{error}，没有陈述可以列出") from error
    write_stdout(render_claims(document, claims, terminal_page()))
    return OK


def _indicators(arguments: argparse.Namespace) -> int:
    from assistant.facts import Facts, NotApplicableError
    from assistant.reports.indicators import render_indicators
    from assistant.reports.streams import terminal_page, write_stdout

    document = read_file(arguments.file)
    try:
        performance = Facts(document).performance()
    except NotApplicableError as error:
        raise UsageError(f"{arguments.file}：{error}，没有绩效指标可以列出") from error
    write_stdout(render_indicators(document, performance, terminal_page()))
    return OK


def _ledger(arguments: argparse.Namespace) -> int:
    from assistant.audit import audit_document
    from assistant.reports.ledger import render_ledger
    from assistant.reports.streams import terminal_page, write_stdout

    rulebook = rulebook_of(arguments.folders)
    document = read_file(arguments.file)
    write_stdout(render_ledger(audit_document(document, rulebook), terminal_page()))
    return OK
