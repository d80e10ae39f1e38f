"""What was known before a run: the reviewers' decisions in the store, and a baseline."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.cli.common import UsageError, read_states, say
from assistant.cli.parser import Parser

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.comparison import State
    from assistant.decisions import Review
    from assistant.findings import Report


def add_store_option(
    command: Parser,
    text: str = "复核记录文件，默认为本用户数据文件夹中的 hecha/decisions.sqlite，\n也可用环境变量 HECHA_STORE 指定",
) -> None:
    """The option ``--store``."""
    command.add_argument("--store", metavar="FILE", help=text)


def add_review_options(command: Parser) -> None:
    """The options ``--baseline``, ``--store`` and ``--no-store``."""
    text = (
        "以前一次 --format json 的结果为基线：其中已有的疑点列为“已知”，\n"
        "不计入疑点数和退出状态；也可以是复核记录文件（同 --store）"
    )
    command.add_argument("--baseline", metavar="FILE", help=text)
    text = (
        "复核记录文件：其中已排除的疑点只计数、不列出，不计入退出状态。\n"
        "默认读取本用户数据文件夹中的 hecha/decisions.sqlite（如果有），\n"
        "也可用环境变量 HECHA_STORE 指定；本命令只读取，不建立也不改动"
    )
    add_store_option(command, text)
    command.add_argument("--no-store", action="store_true", help="不理会复核记录，列出全部疑点")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Where decisions are read from, and the documents of a baseline."""

    store: Path | None
    baseline: tuple[State, ...]
    named: bool

    def review(self, report: Report) -> Review:
        """What is known about the findings of a report. Raises ``UsageError`` for a named store that cannot be read."""
        from assistant.decisions import Review

        decisions = Review()
        if self.store is not None:
            from assistant.store import Store, StoreError

            try:
                with Store.open(self.store, readonly=True) as store:
                    decisions = store.review(report)
            except StoreError as error:
                if self.named:
                    raise UsageError(str(error)) from error
                say(f"{error}；本次未使用复核记录")
        return Review(decisions.decisions, _known(self.baseline, report))


def knowledge_of(arguments: argparse.Namespace) -> Knowledge:
    """What the options name. Raises ``UsageError`` before any work is done."""
    from assistant.storefile import StoreError, existing_store, is_database

    named, baseline = arguments.store, arguments.baseline
    if arguments.no_store and named:
        raise UsageError("--store 与 --no-store 不能同时使用")
    states: tuple[State, ...] = ()
    if baseline and is_database(baseline):
        if named or arguments.no_store:
            raise UsageError("--baseline 已给出复核记录文件，不能再用 --store 或 --no-store")
        named = baseline
    elif baseline:
        states = read_states(baseline)
    try:
        store = None if arguments.no_store else existing_store(named)
    except StoreError as error:
        raise UsageError(str(error)) from error
    return Knowledge(store, states, named=bool(named))


def _known(baseline: tuple[State, ...], report: Report) -> dict[str, frozenset[str]]:
    """By document key the ids of the baseline; a single file and a single document belong together anyhow."""
    from assistant.decisions import document_key

    known: dict[str, frozenset[str]] = {}
    for state in baseline:
        ids = frozenset(finding.id for finding in state.findings)
        known[state.key] = known.get(state.key, frozenset()) | ids
    if len(baseline) == len(report.audits) == 1:
        return {document_key(report.audits[0].document): next(iter(known.values()))}
    return known
