"""Older and other spreadsheets (.xls, .et, .xlsb, .ods): values only, so that their display is taken to be the usual one."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from assistant.document import Problem
from assistant.reading.errors import UnreadableError
from assistant.reading.excel.display import GENERAL, exact, shown
from assistant.reading.excel.sheets import add_sheet
from assistant.reading.source import Source, SourceBuilder

_DAMAGED = "表格文件损坏或格式不受支持；请用 Excel 或 WPS 打开后另存为 .xlsx 再核查"


def read_old_workbook(data: bytes) -> Source:
    """The sheets of a workbook as lines and tables. Raises ``UnreadableError``."""
    import python_calamine

    builder = SourceBuilder(exact=True)
    skipped = []
    try:
        workbook = python_calamine.load_workbook(io.BytesIO(data))
        for sheet in workbook.sheets_metadata:
            if sheet.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            if sheet.visible != python_calamine.SheetVisibleEnum.Visible:
                skipped.append(sheet.name)
                continue
            rows = workbook.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
            cells = {
                number: {column: text for column, value in enumerate(row) if (text := _shown(value))}
                for number, row in enumerate(rows)
            }
            add_sheet(builder, sheet.name, {number: row for number, row in cells.items() if row})
    except python_calamine.PasswordError as error:
        raise UnreadableError("表格文件设有打开密码；请去掉密码后再核查") from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise UnreadableError(_DAMAGED) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the library's own failure, which is no Exception
            raise
        raise UnreadableError(_DAMAGED) from error
    if skipped:
        builder.problems.append(Problem(f"隐藏的工作表没有读取：{'、'.join(skipped[:10])}"))
    if not builder.lines:
        raise UnreadableError("工作簿里没有内容；请确认文件是否正确，或取消隐藏工作表")
    return builder.source()


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        number = exact(repr(value))
        return shown(number if number is not None else Decimal(0), GENERAL) if number is not None else str(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, (date, time, timedelta)):
        return str(value)
    return str(value) if value is not None else ""
