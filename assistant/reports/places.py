"""Saying where something stands, in the words of a reader: line, page, table, row, column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assistant.document import Kind

if TYPE_CHECKING:
    from assistant.document import Document, Problem, Table
    from assistant.findings import Evidence

KIND_NAMES: Final[dict[Kind, str]] = {
    Kind.FINAL_ACCOUNTS: "部门决算",
    Kind.BUDGET: "部门预算",
    Kind.OTHER: "其他公开文件",
}


def lines(first: int | None, last: int | None = None, page: int | None = None) -> str:
    """``第 7 页第 12–14 行``, as far as known."""
    where = f"第 {page} 页" if page is not None else ""
    if first is None:
        return where
    span = f"{first}–{last}" if last is not None and last > first else str(first)
    return f"{where}第 {span} 行"


def place(evidence: Evidence) -> str:
    """Where one end of a finding stands: table, row, column and line."""
    cell = "".join(
        (
            evidence.table,
            evidence.row if evidence.row.startswith("“") else f"“{evidence.row}”" if evidence.row else "",
            f"“{evidence.column}”栏" if evidence.column else "",
        )
    )
    where = evidence.anchor or lines(None if evidence.box else evidence.line, evidence.end_line, evidence.page)
    if not cell:
        return where
    return f"{cell}（{where}）" if where else cell


def problem_text(problem: Problem) -> str:
    """A problem of the reading with its place."""
    where = lines(problem.line, None, problem.page)
    return f"{where}：{problem.message}" if where else problem.message


def table_name(table: Table) -> str:
    """Number and title of a table, as far as known."""
    role = table.role if table.role.startswith("公开") else ""  # other roles are titles themselves
    return f"{role} {table.title}".strip() or table.role or "未命名表格"


def document_facts(document: Document) -> str:
    """Kind, year and organisation in one line."""
    year = f"{document.year} 年" if document.year else "未识别"
    organisation = document.organisation or "未识别"
    return f"类型：{KIND_NAMES[document.kind]}　年度：{year}　单位：{organisation}"
