"""``hecha annotate``: the file with its findings written in as comments."""

from __future__ import annotations

import argparse
import os
from typing import Final

from assistant.cli.common import OK, UsageError, one_document, rulebook_of, say
from assistant.cli.parser import Commands, add_command, add_debug_option, add_limits, add_selection, limits_of, path_of
from assistant.cli.reviewing import add_review_options, knowledge_of

_SUFFIXES: Final = {b"PK": ".docx", b"%P": ".pdf"}


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    command = add_command(commands, "annotate", "把疑点作为批注写入 Word 或 PDF 的副本", _annotate)
    command.add_argument("file", metavar="FILE", type=path_of, help="要核查的 .docx 或 .pdf 文件（原文件不会改动）")
    command.add_argument("-o", "--output", metavar="OUT", required=True, help="写入的副本")
    add_selection(command)
    add_review_options(command)
    add_limits(command)
    add_debug_option(command)


def _annotate(arguments: argparse.Namespace) -> int:
    from assistant.audit import audit_document
    from assistant.findings import Report
    from assistant.marking import MarkingError, mark
    from assistant.reading import read_bytes, read_file
    from assistant.reports.streams import check_target, write_file

    check_target(arguments.output, [arguments.file])
    knowledge = knowledge_of(arguments)
    rulebook = rulebook_of(arguments.folders, arguments.select, arguments.ignore)
    with one_document(arguments.file, debug=arguments.debug):
        data = read_file(arguments.file)
        document = read_bytes(data, arguments.file, limits_of(arguments))
        audit = audit_document(document, rulebook)
        findings = knowledge.review(Report((audit,))).counting(audit)
        try:
            marked = mark(data, document, findings)
        except MarkingError as error:
            raise UsageError(f"{arguments.file}：{error}") from error
    suffix = _SUFFIXES.get(data[:2], "")
    if suffix and os.path.splitext(arguments.output)[1].lower() != suffix:
        say(f"提示：副本的格式是 {suffix[1:].upper()}，文件名最好以 {suffix} 结尾。")
    write_file(arguments.output, marked.data)
    apart = f"，其中 {marked.unplaced} 条没有确切位置，写在文件开头" if marked.unplaced else ""
    left = len(audit.findings) - len(findings)
    aside = f"，另有 {left} 条已排除或已知，没有写入" if left else ""
    say(f"已写入 {len(findings)} 条批注{apart}{aside}：{arguments.output}")
    return OK
