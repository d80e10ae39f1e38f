"""公开表: the tables that the 目录 promises and the regulation requires are in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.announced import OFTEN_EMPTY, absent_tables, is_titled, table_titles, unread_tables
from assistant.checks.base import Check, Parameters
from assistant.checks.contents import evidence
from assistant.disclosure import TABLE_NAME, Announced
from assistant.document import Document
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Evidence, Outcome, Severity, Verdict
from assistant.rules import Rule
from assistant.text import squeeze

_ELSEWHERE = re.compile(r"附后|附件形式|(?:详|参)?见附|另附|另行|单独(?:公开|上传|发布)|https?://|www\.")
_TRACE = re.compile(r"公开\d{1,2}表|(?:金额)?单位[:：](?:人民币)?(?:万元|元)$")
_SHOWN = 12
MANY = 5
"""Known tables that a file must have before one of the required ones can be said to be missing."""

MOST = 7
"""Known tables with which a file holds the set: what the regulation wants besides must be among them, by its own title."""


class Required(Parameters):
    """A table that has to be public: name, role, words of which any names it, and the year from which it is required."""

    name: str
    role: str
    words: tuple[str, ...]
    since: int = 0


class TablesPresentParameters(Parameters):
    """The tables required of this kind of document."""

    tables: tuple[Required, ...]


def run(facts: Facts, rule: Rule, parameters: TablesPresentParameters) -> Iterator[Outcome]:
    """One outcome for the whole file."""
    document = facts.document
    disclosure = facts.disclosure()
    contents = disclosure.contents
    promised = [e for e in contents.entries if TABLE_NAME.search(squeeze(e.title)) and e.level > 1] if contents else []
    known = sum(1 for table in document.tables if table.role)
    if not known:
        yield _none(document, rule, promised, [line for _, line in disclosure.body if len(line) <= 400])
        return
    names = table_titles(disclosure)
    missing: dict[str, Announced | None] = {_name(entry): entry for entry in absent_tables(disclosure, names)}
    for table in parameters.tables if known >= MANY else ():
        told = any(word in name for word in table.words for name in missing)
        if not told and (document.year or 0) >= table.since and not _here(table, names, document):
            missing[table.name] = None
    if not missing:
        yield Outcome(rule.code, Verdict.AGREE, "应公开的表格")
        return
    severity: Severity | None = "info" if len(missing) > 2 or not _sure(document, tuple(missing)) else None
    entries = [entry for entry in missing.values() if entry is not None]
    yield Outcome(
        rule.code, Verdict.DISAGREE, "、".join(f"《{name}》" for name in missing), severity=severity,
        detail="如果原件中有，请检查是否为图片或在转换时遗漏", stated="未见", expected="列出该表，没有数据的列出空表并说明",
        calculation=f"识别到已知表格 {known} 张，未见 {len(missing)} 张",
        evidence=tuple(evidence(document, entry.line) for entry in entries) or (_last(document),),
    )  # fmt: skip


def _none(document: Document, rule: Rule, promised: list[Announced], lines: list[str]) -> Outcome:
    """A file without any known table: noted once, where the 目录 promises tables."""
    if len(promised) < 3:
        raise NotApplicableError("文件中没有公开表，目录也没有列出")
    if document.tables or any(_TRACE.search(line) for line in lines):
        lost = "文件中有表格的标题而没有内容，疑似转换时遗漏"
        return Outcome(rule.code, Verdict.UNCLEAR, "应公开的表格", detail=lost)
    said = any(_ELSEWHERE.search(line) and len(line) < 80 for line in lines)
    return Outcome(
        rule.code, Verdict.DISAGREE, f"目录所列的 {len(promised)} 张表", severity="info" if said else None, stated="没有表格",
        expected="表格，或者载有表格的附件、链接", calculation=f"目录列出 {len(promised)} 张表，文件中一张也没有",
        detail="文件中说明表格另行提供" if said else "如果以附件或者链接公开，请写明附件名称或者链接",
        evidence=tuple(evidence(document, entry.line) for entry in promised[:_SHOWN]),
    )  # fmt: skip


def _here(table: Required, names: list[str], document: Document) -> bool:
    """Whether a required table is there: read as what it is, or a title names it; where few were read, any line about it."""
    if any(known.role == table.role for known in document.tables):
        return True
    if sum(1 for known in document.tables if known.role) >= MOST:
        return is_titled(table.name, table.role, names, document)
    return any(word in line for word in table.words for line in names)


def _name(entry: Announced) -> str:
    return re.sub(r"^\W*(?:[一二三四五六七八九十]+|\d{1,2})[)）、.．]\s*", "", entry.title)


def _sure(document: Document, names: tuple[str, ...]) -> bool:
    """Whether the author left the tables out: they often hold nothing, or but one of the set is not there and no page was lost."""
    if any(re.search(r"扫描|图片|没有文字", problem.message) for problem in document.problems):
        return False
    if all(any(kind in name for kind in OFTEN_EMPTY) for name in names):
        return True
    native = document.path.lower().endswith((".docx", ".xlsx", ".pdf"))
    known = sum(1 for table in document.tables if table.role)
    return native or (len(names) == 1 and known >= MANY and not unread_tables(document))


def _last(document: Document) -> Evidence:
    table = next(table for table in document.tables if table.role)
    span = table.title_span
    return evidence(document, span.line if span else table.span.line)


CHECK = Check("tables_present", TablesPresentParameters, run)
