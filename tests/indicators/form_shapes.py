"""Forms of performance in the shapes that provinces print: one set of facts, laid out in many ways, in several formats.

A shape makes a grid of ``Box`` (text with the rows and columns it spans) from ``Facts``; a writer makes a file of the grid.
All bodies, projects and indicators are fictional.
"""

from __future__ import annotations

import html
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import docx
import openpyxl


@dataclass(frozen=True)
class Box:
    """A cell: its text, how many rows and columns it takes."""

    text: str = ""
    down: int = 1
    across: int = 1


@dataclass(frozen=True)
class Line:
    """An indicator: kinds, name, sign, target, unit, actual, weight, score, reason."""

    level1: str
    level2: str
    name: str
    sign: str
    target: str
    unit: str
    actual: str
    weight: str
    score: str
    reason: str = ""


@dataclass(frozen=True)
class Purse:
    """A row of money: label, 年初预算数, 全年预算数, 执行数, 执行率."""

    label: str
    initial: str
    budget: str
    executed: str
    rate: str


@dataclass(frozen=True)
class Told:
    """What a form tells."""

    project: str = "粮食仓储设施维修"
    year: int = 2023
    whole: bool = False
    money: tuple[Purse, ...] = (
        Purse("年度资金总额", "150.00", "162.50", "130.00", "80.00%"),
        Purse("其中：当年财政拨款", "150.00", "150.00", "120.00", "80.00%"),
        Purse("上年结转资金", "0.00", "12.50", "10.00", "80.00%"),
        Purse("其他资金", "0.00", "0.00", "0.00", "-"),
    )
    rate_score: str = "8"
    lines: tuple[Line, ...] = field(
        default=(
            Line("产出指标", "数量指标", "维修仓房数量", "≥", "6", "座", "6", "10", "10"),
            Line("产出指标", "数量指标", "更换密封门窗数", "≥", "24", "扇", "26", "10", "10"),
            Line("产出指标", "质量指标", "工程验收合格率", "=", "100", "%", "100", "10", "10"),
            Line(
                "产出指标", "时效指标", "维修完工及时率", "≥", "95", "%", "90", "10", "9", "雨季施工，个别仓房推迟完工"
            ),
            Line("产出指标", "成本指标", "单座仓房维修成本", "≤", "25", "万元", "21.6", "10", "10"),
            Line("效益指标", "经济效益指标", "减少储粮损耗金额", "≥", "8", "万元", "9.2", "15", "15"),
            Line("效益指标", "社会效益指标", "储粮安全保障能力", "定性", "提升", "", "提升", "15", "13"),
            Line("满意度指标", "服务对象满意度指标", "保管人员满意度", "≥", "90", "%", "93", "10", "10"),
        )
    )
    total: str = "95"


Grid = list[list[Box]]


def _value(line: Line) -> str:
    return f"{line.target}" if line.sign == "定性" else f"{line.sign}{line.target}{line.unit}"


def _done(line: Line) -> str:
    return line.actual if line.sign == "定性" else f"{line.actual}{line.unit}"


def _kinds(lines: Sequence[Line], rows: list[list[Box]], *, sums: bool = False) -> Grid:
    """Rows with the cells of the kinds merged over the indicators they belong to."""
    result: Grid = []
    for at, (line, cells) in enumerate(zip(lines, rows, strict=True)):
        lead: list[Box] = []
        for name in ("level1", "level2"):
            own = getattr(line, name)
            upper = line.level1
            before = lines[at - 1] if at else None
            if before is not None and getattr(before, name) == own and before.level1 == upper:
                continue
            mine = [o for o in lines if getattr(o, name) == own and o.level1 == upper]
            weight = sum(int(o.weight) for o in mine)
            lead.append(Box(f"{own}（{weight}分）" if sums and name == "level1" else own, down=len(mine)))
        result.append([*lead, *cells])
    return result


def _money(told: Told, columns: str, *, weight: str = "10") -> Grid:
    names = {"i": "initial", "b": "budget", "e": "executed", "r": "rate"}
    rows: Grid = []
    for at, purse in enumerate(told.money):
        cells = [Box(purse.label)]
        for mark in columns:
            if mark in names:
                cells.append(Box(getattr(purse, names[mark])))
            elif mark == "w":
                cells.append(Box("-" if at else weight))
            elif mark == "s":
                cells.append(Box("-" if at else told.rate_score))
            else:
                cells.append(Box())
        rows.append(cells)
    return rows


def central(told: Told) -> Grid:
    """The form of the Ministry, as most provinces print it."""
    rows = [
        [Box(_named(line)), Box(_value(line)), Box(_done(line)), Box(line.weight), Box(line.score), Box(line.reason)]
        for line in told.lines
    ]
    body = _kinds(told.lines, rows)
    money = _money(told, "ibewrs")
    return [
        [Box("项目名称"), Box(told.project, across=8)],
        [Box("主管部门"), Box("青禾市粮食和物资储备局", across=4), Box("实施单位"), Box("青禾市粮食储备库", across=3)],
        [Box("项目资金（万元）", down=len(money) + 1), Box("", across=2), *(Box(w) for w in ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"))],
        *([replace(row[0], across=2), *row[1:]] for row in money),
        [Box("年度总体目标", down=2), Box("预期目标", across=4), Box("实际完成情况", across=4)],
        [Box("完成库区仓房维修，保障储粮安全。", across=4), Box("完成6座仓房维修，储粮安全得到保障。", across=4)],
        [Box("绩效指标", down=len(body) + 1), *(Box(w) for w in ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分")), Box("偏差原因分析及改进措施")],
        *body,
        [Box("总分", across=6), Box("100"), Box(told.total), Box()],
    ]  # fmt: skip


def _named(line: Line) -> str:
    return line.name


def weight_first(told: Told) -> Grid:
    """分值 before the values, another order of columns, kinds with their sums in brackets."""
    rows = [
        [Box(line.name), Box(line.weight), Box(_value(line)), Box(_done(line)), Box(line.score), Box(line.reason)]
        for line in told.lines
    ]
    body = _kinds(told.lines, rows, sums=True)
    money = _money(told, "iberws")
    return [
        [Box("项目名称"), Box(told.project, across=7)],
        [Box("预算部门"), Box("青禾市粮食和物资储备局", across=3), Box("执行单位"), Box("青禾市粮食储备库", across=3)],
        [Box("预算执行情况（万元）", down=len(money) + 1), Box("资金来源"), *(Box(w) for w in ("年初预算数", "全年预算数（A）", "全年执行数（B）", "执行率（B/A）", "分值", "得分"))],
        *money,
        [*(Box(w) for w in ("一级指标", "二级指标", "三级指标", "分值", "年度指标值", "全年实际值", "得分", "未完成原因和改进措施"))],
        *body,
        [Box("总分", across=3), Box("100"), Box("", across=2), Box(told.total), Box()],
    ]  # fmt: skip


def signs_apart(told: Told) -> Grid:
    """Sign, value and unit in columns of their own; 权重; the money's rate with a reason."""
    rows = [
        [
            Box(line.name),
            Box(line.sign),
            Box(line.target),
            Box(line.unit),
            Box(line.actual),
            Box(line.weight),
            Box(line.score),
            Box(line.reason),
        ]
        for line in told.lines
    ]
    body = _kinds(told.lines, rows)
    money = _money(told, "iberws")
    return [
        [Box("项目名称"), Box(f"51000023T00000123-{told.project}", across=10)],
        [Box("主管部门"), Box("青禾市粮食和物资储备局", across=5), Box("实施单位"), Box("青禾市粮食储备库", across=4)],
        [Box("项目基本情况", down=2), Box("1.项目年度目标完成情况", across=2), Box("完成库区仓房维修。", across=4), Box("已完成。", across=4)],
        [Box("2.项目实施内容及过程概述", across=2), Box("全年维修仓房6座，更换门窗26扇。", across=8)],
        [Box("预算执行情况（10分）", down=len(money) + 1), Box("年度预算数（万元）", across=2), *(Box(w) for w in ("年初预算", "调整后预算数", "预算执行数", "预算执行率", "权重", "得分")), Box("原因", across=2)],
        *([replace(row[0], across=2), *row[1:], Box("", across=2)] for row in money),
        [Box("绩效指标（90分）", down=len(body) + 1), *(Box(w) for w in ("一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "完成值", "权重", "得分", "未完成原因分析"))],
        *body,
        [Box("合计", across=8), Box("100"), Box(told.total), Box()],
        [Box("评价结论"), Box("自评总分较高，项目达到预期目标。", across=10)],
        [Box("存在问题"), Box("个别仓房未按期完工。", across=10)],
    ]  # fmt: skip


def flat(told: Told) -> Grid:
    """No kinds: names, units, signs, values of two stages, factor, weight and score; money on one row."""
    purse = told.money[0]
    return [
        [Box("项目名称"), Box(told.project, across=3), Box("自评总分（分）"), Box(told.total, across=4)],
        [Box("项目资金（万元）", down=2), *(Box(w) for w in ("年初预算数", "全年（调整）预算数", "全年执行数", "执行率（%）", "执行率权重（分）")), Box("执行率得分（分）", across=3)],
        [Box(purse.initial), Box(purse.budget), Box(purse.executed), Box(purse.rate), Box("10"), Box(told.rate_score, across=3)],
        [Box("绩效指标", down=len(told.lines) + 1), *(Box(w) for w in ("指标名称", "计量单位", "指标性质", "年初指标值", "全年完成值", "得分系数（%）", "指标权重（分）", "指标得分（分）"))],
        *(
            [Box(line.name), Box(line.unit), Box(line.sign), Box(line.target), Box(line.actual), Box("100"), Box(line.weight), Box(line.score)]
            for line in told.lines
        ),
    ]  # fmt: skip


def numbered(told: Told) -> Grid:
    """指标1：… in front of the names, blank kinds left in the form, kinds with their points below the name."""
    rows = [
        [
            Box(f"指标{at}：{line.name}"),
            Box(_value(line)),
            Box(_done(line)),
            Box(line.weight),
            Box(line.score),
            Box(line.reason),
        ]
        for at, line in enumerate(told.lines, 1)
    ]
    body = _kinds(told.lines, rows, sums=True)
    money = _money(told, "ibewrs")
    return [
        [Box("项目名称"), Box(told.project, across=8)],
        [Box("主管部门"), Box("青禾市粮食和物资储备局", across=3), Box("实施单位"), Box("青禾市粮食储备库", across=4)],
        [Box("项目资金（万元）", down=len(money) + 1), Box(""), *(Box(w) for w in ("年初预算数", "全年预算数（A）", "全年执行数（B）", "分值", "执行率（B/A）")), Box("得分", across=2)],
        *([*row[:-1], replace(row[-1], across=2)] for row in money),
        [Box("年度绩效指标完成情况", down=len(body) + 1), *(Box(w) for w in ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分")), Box("偏差原因分析及改进措施")],
        *body,
        [Box("总分", across=6), Box("100"), Box(told.total), Box()],
        [Box("注：1.一级指标分值统一设置为产出指标50分、效益指标30分、满意度指标10分、预算执行率10分。", across=9)],
    ]  # fmt: skip


def two_sided(told: Told) -> Grid:
    """The department as a whole: money by source and by kind of spending beside each other under one row of figures."""
    rows = [
        [Box(line.name), Box(_value(line)), Box(_done(line)), Box(line.weight), Box(line.score), Box(line.reason)]
        for line in told.lines
    ]
    body = _kinds(told.lines, rows)
    purse = told.money[0]
    return [
        [Box("预算单位名称"), Box("青禾市粮食和物资储备局", across=8)],
        [Box("年度预算申请（万元）", down=4), Box("", across=2), *(Box(w) for w in ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"))],
        [Box("年度资金总额", across=2), Box(purse.initial), Box(purse.budget), Box(purse.executed), Box("10"), Box(purse.rate), Box(told.rate_score)],
        [Box("按收入性质分：", across=4), Box("按支出性质分：", across=4)],
        [Box("其中：一般公共预算：162.50", across=4), Box("其中：基本支出：100.00 项目支出：62.50", across=4)],
        [Box("绩效指标", down=len(body) + 1), *(Box(w) for w in ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分")), Box("偏差原因分析及改进措施")],
        *body,
        [Box("总分", across=6), Box("100"), Box(told.total), Box()],
    ]  # fmt: skip


def paired(told: Told) -> Grid:
    """Money in pairs of label and figure; 目标值（A） and 完成值（B）; 权重 behind the values."""
    rows = [
        [Box(line.name), Box(line.weight), Box(_value(line)), Box(_done(line)), Box(line.score)] for line in told.lines
    ]
    body = _kinds(told.lines, rows)
    purse = told.money[0]
    return [
        [Box("项目名称"), Box(told.project, across=6)],
        [Box("年初预算数（万元）"), Box(purse.initial), Box("全年预算数（万元）"), Box(purse.budget), Box("实际执行数（万元）"), Box(purse.executed), Box("")],
        [Box("预算执行率"), Box(purse.rate), Box("分值"), Box("10"), Box("得分"), Box(told.rate_score), Box("")],
        [*(Box(w) for w in ("一级指标", "二级指标", "三级指标", "权重", "目标值（A）", "完成值（B）", "自评得分"))],
        *body,
        [Box("自评总分", across=6), Box(told.total)],
    ]  # fmt: skip


SHAPES: dict[str, Callable[[Told], Grid]] = {
    "central": central, "weight_first": weight_first, "signs_apart": signs_apart, "flat": flat, "numbered": numbered,
    "two_sided": two_sided, "paired": paired,
}  # fmt: skip


# Writers


def placed(grid: Grid) -> list[list[str]]:
    """The grid with a blank in every place that a merged cell covers."""
    taken: dict[tuple[int, int], str] = {}
    width = 0
    for row, boxes in enumerate(grid):
        column = 0
        for box in boxes:
            while (row, column) in taken:
                column += 1
            for down in range(box.down):
                for across in range(box.across):
                    taken[row + down, column + across] = box.text if not down and not across else ""
            column += box.across
            width = max(width, column)
    return [[taken.get((row, column), "") for column in range(width)] for row in range(len(grid))]


def as_tabs(grid: Grid, title: str, lead: str) -> tuple[bytes, str]:
    """Text with tabs between cells, merged places blank."""
    body = "\n".join("\t".join(row).rstrip("\t") for row in placed(grid))
    return f"{lead}\n\n{title}\n\n{body}\n".encode(), "form.txt"


def as_pipes(grid: Grid, title: str, lead: str) -> tuple[bytes, str]:
    """A web page's text: cells between bars, and what a merged cell covers in later rows is not there at all."""
    body = "\n".join("| " + " | ".join(box.text for box in row) + " |" for row in grid)
    return f"{lead}\n\n{title}\n\n{body}\n".encode(), "form.txt"


def as_html(grid: Grid, title: str, lead: str) -> tuple[bytes, str]:
    """A web page with rowspan and colspan."""
    rows = "".join(
        "<tr>" + "".join(f'<td rowspan="{b.down}" colspan="{b.across}">{html.escape(b.text)}</td>' for b in row) + "</tr>"
        for row in grid
    )  # fmt: skip
    paragraphs = "".join(f"<p>{line}</p>" for line in lead.split("\n") if line)
    return f"<html><body>{paragraphs}<p>{title}</p><table>{rows}</table></body></html>".encode(), "form.html"


def as_docx(grid: Grid, title: str, lead: str) -> tuple[bytes, str]:
    """A Word file with merged cells."""
    file = docx.Document()
    for line in lead.split("\n"):
        if line:
            file.add_paragraph(line)
    file.add_paragraph(title)
    texts = placed(grid)
    table = file.add_table(rows=len(texts), cols=len(texts[0]))
    for row, column, box in corners(grid):
        cell = table.cell(row, column)
        if box.down > 1 or box.across > 1:
            cell = cell.merge(table.cell(row + box.down - 1, column + box.across - 1))
        cell.text = box.text
    out = io.BytesIO()
    file.save(out)
    return out.getvalue(), "form.docx"


def as_xlsx(grid: Grid, title: str, lead: str) -> tuple[bytes, str]:
    """A workbook with merged cells: the title in the first row."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([title])
    for row, column, box in corners(grid):
        sheet.cell(row + 2, column + 1, box.text).data_type = "s"  # "=100%" is a target, no formula
        if box.down > 1 or box.across > 1:
            sheet.merge_cells(
                start_row=row + 2, start_column=column + 1, end_row=row + 1 + box.down, end_column=column + box.across
            )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), "form.xlsx"


def corners(grid: Grid) -> list[tuple[int, int, Box]]:
    """Each cell with the row and column of its upper left corner."""
    taken: set[tuple[int, int]] = set()
    found = []
    for row, boxes in enumerate(grid):
        column = 0
        for box in boxes:
            while (row, column) in taken:
                column += 1
            found.append((row, column, box))
            taken |= {(row + down, column + across) for down in range(box.down) for across in range(box.across)}
            column += box.across
    return found


WRITERS = {"tabs": as_tabs, "pipes": as_pipes, "html": as_html, "docx": as_docx, "xlsx": as_xlsx}
