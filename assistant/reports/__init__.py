"""The forms in which a report leaves the library. Each renders to text.

The modules of the formats are imported when they are used: asking for the list of formats costs nothing.
Only ``streams`` touches the terminal and files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from assistant.findings import Report
    from assistant.reports.layout import Page

FORMATS: Final[dict[str, str]] = {
    "text": "供人阅读的文字报告",
    "json": "完整结果，供程序读取",
    "jsonl": "每行一条疑点，供程序读取",
    "csv": "疑点清单，可用 Excel 打开",
    "md": "疑点清单，Markdown 表格",
}


def render(report: Report, form: str, page: Page | None = None) -> str:
    """The whole report in one of ``FORMATS``; ``page`` is the width and the colours of the text form.

    Raises ``ValueError`` for a form that is not one of ``FORMATS``.
    """
    if form == "text":
        from assistant.reports.as_text import render_text

        return render_text(report, page)
    if form in ("json", "jsonl"):
        from assistant.reports.as_json import render_json, render_jsonl

        return render_json(report) if form == "json" else render_jsonl(report)
    if form == "csv":
        from assistant.reports.as_csv import render_csv

        return render_csv(report)
    if form == "md":
        from assistant.reports.as_markdown import render_markdown

        return render_markdown(report)
    raise ValueError(f"unknown form {form!r}")


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
