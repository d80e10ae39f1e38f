"""What is said of a document that could not be audited: whatever happens to one document is that document's alone."""

from __future__ import annotations

import traceback
from typing import Final

from assistant.findings import Unread
from assistant.reading.errors import UnreadableError
from assistant.reading.sandbox import ReadingCrashError

_LONGEST: Final = 200
_FEEDBACK: Final = "请把文件和本行信息反馈给维护者（加上 --debug 重新运行，可把出错详情写入文件）"


class RuleCrashError(Exception):
    """A bug in a check; the message carries the rule's code."""


def unread_of(path: str, error: Exception) -> Unread:
    """What to tell of the document at ``path`` after ``error``: which file, what happened, what to do."""
    if isinstance(error, UnreadableError):
        return Unread(path, str(error))
    if isinstance(error, RecursionError):
        return Unread(path, "文件的嵌套过深，无法处理；请确认文件是否正常")
    if isinstance(error, MemoryError):
        return Unread(path, "内存不足，此文件没有核查；请关闭其他程序后重试，或拆分文件")
    told = str(error) if isinstance(error, (RuleCrashError, ReadingCrashError)) else f"{type(error).__name__}：{error}"
    if len(told) > _LONGEST:
        told = told[:_LONGEST] + "…"
    trace = "".join(traceback.format_exception(error))
    return Unread(path, f"程序内部错误，此文件没有核查（{told}）；{_FEEDBACK}", trace)
