"""The forms in which a report leaves the library: text, or the bytes of a file.

The modules of the formats are imported when they are used: asking for the list of formats costs nothing.
Only ``streams`` touches the terminal and files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from assistant.decisions import Review
    from assistant.findings import Report
    from assistant.reports.layout import Page

FORMATS: Final[dict[str, str]] = {
    "text": "供人阅读的文字报告",
    "json": "完整结果，供程序读取",
    "jsonl": "每行一条疑点，最后是核查范围，供程序读取",
    "csv": "疑点清单，最后是核查范围，可用 Excel 打开",
    "md": "疑点清单，Markdown 表格",
    "html": "单个网页文件，可筛选、可打印，两处原文并列",
    "xlsx": "Excel 工作簿：汇总、疑点清单、数字台账、未核查内容",
    "docx": "Word 审核工作底稿，含签字栏",
    "sarif": "SARIF 2.1.0，供其他工具读取",
}
BINARY: Final = ("xlsx", "docx")


def render(report: Report, form: str, page: Page | None = None, review: Review | None = None) -> str:
    """The whole report as text in one of ``FORMATS``; ``page`` is the width and the colours of the text form.

    ``review`` holds the decisions to show. Raises ``ValueError`` for a form that is not one of ``FORMATS``, or is no text.
    """
    if form == "text":
        from assistant.reports.as_text import render_text

        return render_text(report, page, review)
    if form in ("json", "jsonl"):
        from assistant.reports.as_json import render_json, render_jsonl

        return render_json(report, review) if form == "json" else render_jsonl(report, review)
    if form == "csv":
        from assistant.reports.as_csv import render_csv

        return render_csv(report, review)
    if form == "md":
        from assistant.reports.as_markdown import render_markdown

        return render_markdown(report, review)
    if form == "html":
        from assistant.reports.as_html import render_html

        return render_html(report, review)
    if form == "sarif":
        from assistant.reports.as_sarif import render_sarif

        return render_sarif(report, review)
    raise ValueError(f"not a form of text: {form!r}")


def render_file(report: Report, form: str, review: Review | None = None) -> bytes:
    """The contents of a file in any of ``FORMATS``. Raises ``ValueError`` for another form."""
    if form == "xlsx":
        from assistant.reports.as_xlsx import render_xlsx

        return render_xlsx(report, review)
    if form == "docx":
        from assistant.reports.as_docx import render_docx

        return render_docx(report, review)
    data = render(report, form, None, review).encode("utf-8", errors="backslashreplace")
    return b"\xef\xbb\xbf" + data if form == "csv" else data  # Excel needs the mark


def version() -> str:
    """The version of the installed tool, or the one in ``pyproject.toml`` of the checkout."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return installed("hecha")
    except PackageNotFoundError:
        return _checkout_version()


def _checkout_version() -> str:
    import tomllib
    from pathlib import Path

    try:
        text = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
        return str(tomllib.loads(text)["project"]["version"])
    except (OSError, KeyError, tomllib.TOMLDecodeError):
        return "0"
