"""Tables whose columns are parted by blanks: read only where there is no doubt about the columns."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from assistant.reading import read_bytes
from assistant.reading.aligned import SURE, read_aligned
from assistant.reading.formats import read_plain

TITLE = ("          支出决算表", "部门：云岭市档案馆                     单位：万元")


def table(rows: tuple[tuple[str, str, str, str, str], ...]) -> tuple[str, ...]:
    """Rows with columns at fixed characters, amounts to the right."""
    return tuple(f"{a:<10}{b:<16}{c:>10}{d:>12}{e:>12}".rstrip() for a, b, c, d, e in rows)


BODY = (
    ("201", "一般公共服务支出", "300.00", "120.00", "180.00"),
    ("20126", "档案事务", "300.00", "120.00", "180.00"),
    ("2012601", "行政运行", "120.00", "120.00", ""),
    ("2012604", "档案馆", "180.00", "", "180.00"),
    ("", "合    计", "300.00", "120.00", "180.00"),
)
HEAD = (("科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"),)
GOOD = (*TITLE, *table(HEAD), *table(BODY), "注：本表反映各项支出情况。")


def test_every_cell_stands_in_its_column_and_place() -> None:
    found = read_aligned(GOOD)
    assert not found.problems
    (block,) = found.blocks
    assert (block.first, block.last) == (3, 8)
    assert [cell.text for cell in block.rows[4]] == ["2012604", "档案馆", "180.00", "", "180.00"]
    for row in block.rows:
        for cell in row:
            if cell.text:
                assert GOOD[cell.span.line - 1][cell.span.start : cell.span.end] == cell.text


def test_blank_lines_between_rows_and_display_width() -> None:
    spaced = [each for line in table(BODY) for each in (line, "")]
    assert [len(block.rows) for block in read_aligned((*TITLE, *table(HEAD), *spaced)).blocks] == [6]

    def wide(text: str, columns: int, *, right: bool = False) -> str:
        fill = " " * (columns - sum(2 if ord(char) > 255 else 1 for char in text))
        return fill + text if right else text + fill

    lines = [
        wide(a, 10) + wide(b, 26) + "".join(wide(each, 16, right=True) for each in rest) for a, b, *rest in HEAD + BODY
    ]
    (block,) = read_aligned((*TITLE, *lines)).blocks
    assert [cell.text for cell in block.rows[4]] == ["2012604", "档案馆", "180.00", "", "180.00"]


def test_a_figure_that_fits_no_column_leaves_the_table_out() -> None:
    lines = list(GOOD)
    lines[6] = lines[6].replace("              180.00", "       180.00")
    found = read_aligned(lines)
    assert not found.blocks
    assert found.unread == ((3, 8),)
    assert "没有读取" in found.problems[0].message


@pytest.mark.parametrize(
    "head",
    [
        ("科目编码", "科目名称", "", "基本支出", "项目支出"),
        ("科目编码", "科目名称", "本年支出合计", "本年支出合计", "项目支出"),
    ],
)
def test_a_header_that_does_not_name_each_column_leaves_the_table_out(head: tuple[str, str, str, str, str]) -> None:
    found = read_aligned((*TITLE, *table((("项目", "", "", "", ""), head)), *table(BODY)))
    assert not found.blocks
    assert found.problems


def test_columns_that_move_on_the_next_page_leave_the_table_out() -> None:
    moved = [line[:10] + line[14:] for line in table(BODY)]
    moved = [line[:38] for line in moved]
    found = read_aligned((*TITLE, *table(HEAD), *table(BODY), "\f" + moved[0], *moved[1:]))
    assert not found.blocks
    assert len(found.problems) == 1


def test_a_broken_name_leaves_the_table_out() -> None:
    broken = (
        *table(BODY[:3]),
        "          机关事业单位职业",
        *table((("2012699", "", "1.00", "1.00", ""),)),
        "          年金缴费支出",
    )
    assert not read_aligned((*TITLE, *table(HEAD), *broken)).blocks


@pytest.mark.parametrize(
    "text",
    [
        "本年收入  300.00万元，比上年增加  20.00万元，增长  7.14%。",
        "一、收入决算表  ............  3",
        "一、  部门职责    …………………  12",
        "行政运行    主要用于保障机构运转。    支出  120.00  万元。",
        "职能一    负责全市档案管理    职能二    负责利用",
    ],
)
def test_narrative_is_no_table(text: str) -> None:
    found = read_aligned([text] * 12)
    assert not found.blocks
    assert not found.unread


def test_text_with_tabs_is_read_as_before() -> None:
    source = read_plain(("\n".join(GOOD) + "\n项目\t金额\n合计\t1.00\n").encode())
    assert source.blocks is not None
    assert [block.first for block in source.blocks] == [len(GOOD) + 1]
    assert not source.origins


def test_the_document_has_the_table_and_nothing_in_it_is_certain(tmp_path: Path) -> None:
    text = "云岭市档案馆2023年度部门决算\n一、支出决算情况说明\n本年支出合计300.00万元。\n" + "\n".join(GOOD) + "\n"
    document = read_bytes(text.encode(), str(tmp_path / "a.txt"))
    (read,) = document.tables
    assert read.role == "公开03"
    assert [column.key or column.label for column in read.sides[0].columns] == ["本年支出合计", "基本支出", "项目支出"]
    assert document.sure(read.sides[0].rows[0].span) == SURE


def test_unread_lines_are_no_narrative() -> None:
    lines = list(GOOD)
    lines[6] = lines[6].replace("              180.00", "       180.00")
    text = "云岭市档案馆2023年度部门决算\n本年支出合计300.00万元。\n" + "\n".join(lines) + "\n"
    document = read_bytes(text.encode(), "a.txt")
    assert not any("档案事务" in paragraph.text for paragraph in document.paragraphs)
    assert any("没有读取" in problem.message for problem in document.problems)


def test_a_long_text_takes_no_time() -> None:
    begin = time.perf_counter()
    read_aligned([*TITLE, *table(HEAD), *(table(BODY) * 1500)])
    read_aligned(["甲  乙  1.00"] * 15_000)
    assert time.perf_counter() - begin < 10
