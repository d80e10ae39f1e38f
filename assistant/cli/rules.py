"""The commands about rules: ``rules`` lists them, ``rule`` shows one."""

from __future__ import annotations

import argparse

from assistant.cli.common import OK, UsageError, rulebook_of
from assistant.cli.parser import Commands, add_command, add_rules_option


def add(commands: Commands) -> None:
    """Add the commands to the parser."""
    add_rules_option(add_command(commands, "rules", "列出全部规则", _rules))
    rule = add_command(commands, "rule", "显示一条规则：检查什么、依据、示例", _rule)
    rule.add_argument("code", metavar="CODE", help="规则编号，例如 T101")
    add_rules_option(rule)


def _rules(arguments: argparse.Namespace) -> int:
    from assistant.reports.catalogue import render_rules
    from assistant.reports.streams import terminal_page, write_stdout

    write_stdout(render_rules(rulebook_of(arguments.folders), terminal_page()))
    return OK


def _rule(arguments: argparse.Namespace) -> int:
    from difflib import get_close_matches

    from assistant.reports.catalogue import render_rule
    from assistant.reports.streams import terminal_page, write_stdout

    rulebook = rulebook_of(arguments.folders)
    code = arguments.code.strip().upper()
    rule = rulebook.get(code)
    if rule is None:
        near = get_close_matches(code, [each.code for each in rulebook.rules], n=3, cutoff=0.5)
        hint = f"，相近的有：{'、'.join(near)}" if near else "（hecha rules 列出全部规则）"
        raise UsageError(f"没有规则 {arguments.code}{hint}")
    write_stdout(render_rule(rule, terminal_page()))
    return OK
