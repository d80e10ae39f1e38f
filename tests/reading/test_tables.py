"""Tables as understood: places, headers, codes, sides, units, damage; and grids that mean harm."""

from __future__ import annotations

import itertools
import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.audit import audit_document
from assistant.document import CellState, Kind
from assistant.reading import read_bytes
from assistant.reading.grid import blocks, make_cell
from assistant.reading.header import Holds, column_numbers, take_apart
from assistant.rules import load_rulebook

BOOK = load_rulebook()
HEAD = "某县粮食局2023年度部门决算\n"


def document(body: str, head: str = HEAD):
    return read_bytes((head + body).encode("utf-8"), "报告.txt")


def rows_of(table, side: str = ""):
    return {row.name: [cell.text for cell in row.cells] for row in table.side(side).rows}


def spending(
    rows: str, head: str = "科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n", unit: str = "单位：万元\n"
):
    return document(f"支出决算表\n公开03表\n{unit}{head}{rows}").tables[0]


def bounded(seconds: int, call):
    """The result of a call that must not take minutes (nothing finer is promised)."""
    start = time.perf_counter()
    result = call()
    assert time.perf_counter() - start < seconds
    return result


# Places


def cells_of(table):
    for row in (*table.header, *table.body):
        yield from row
    for side in table.sides:
        for row in side.rows:
            yield from row.cells


def test_every_cell_of_every_document_stands_where_it_says(document):
    for table in document.tables:
        for cell in cells_of(table):
            span = cell.span
            assert document.lines[span.line - 1][span.start : span.end] == cell.text
            assert table.span.line <= span.line <= table.span.last_line or table.span.line > span.line - 200


def test_tables_of_every_document_keep_order_and_do_not_overlap(document):
    spans = [table.span for table in document.tables]
    assert all(first.last_line < second.line for first, second in itertools.pairwise(spans))
    assert [table.index for table in document.tables] == list(range(len(spans)))
    for table in document.tables:
        for side in table.sides:
            assert all(len(row.cells) == len(side.columns) for row in side.rows)
            assert table.span.line <= min((row.span.line for row in side.rows), default=table.span.line)


@given(st.lists(st.lists(st.text("甲1２.,- 　\x1b|万元", max_size=8), min_size=2, max_size=5), min_size=2, max_size=6))
def test_every_cell_of_any_grid_stands_where_it_says(grid):
    lines = ["\t".join(cells) for cells in grid]
    for block in blocks(lines):
        for row in block.rows:
            for cell in row:
                assert lines[cell.span.line - 1][cell.span.start : cell.span.end] == cell.text


@given(st.lists(st.text("甲1.,- 　:", max_size=8), min_size=2, max_size=5))
def test_pipe_rows_have_places_too(cells):
    lines = ["|" + "|".join(cells) + "|"] * 2
    for block in blocks(lines):
        for row in block.rows:
            assert len(row) == len(cells)
            assert all(lines[0][cell.span.start : cell.span.end] == cell.text for cell in row)


# Cells


@pytest.mark.parametrize(
    ("text", "state", "value"),
    [
        ("", CellState.BLANK, None),
        (" 　 ", CellState.BLANK, None),
        ("-", CellState.DASH, None),
        ("——", CellState.DASH, None),
        ("0.00", CellState.NUMBER, "0.00"),
        ("0", CellState.NUMBER, "0"),
        ("388. 96", CellState.NUMBER, "388.96"),
        ("3 ,388.96", CellState.NUMBER, "3388.96"),
        ("12.50万元", CellState.NUMBER, "12.50"),
        ("<del>12.50</del>", CellState.NUMBER, "12.50"),
        (";13,805.69", CellState.NUMBER, "13805.69"),
        ("１２．５０", CellState.NUMBER, "12.50"),
        ("12.5%", CellState.TEXT, None),
        ("工资", CellState.TEXT, None),
        ("=1+2", CellState.TEXT, None),
        ("=cmd|'/c calc'!A0", CellState.TEXT, None),
        ("1.2.3", CellState.TEXT, None),
        ("12.50 13.60元整", CellState.TEXT, None),
        ("\u202e12.50", CellState.TEXT, None),
        ("\x1b[31m12.50\x1b[0m", CellState.TEXT, None),
    ],
)
def test_blank_dash_zero_and_text_are_different_things(text, state, value):
    cell = make_cell(text, 1, 0)
    assert cell.state is state
    assert (cell.figure.value if cell.figure else None) == (None if value is None else Decimal(value))
    assert cell.text == text.strip()


# Headers


def header_of(*rows: str):
    (block,) = blocks(rows)
    return take_apart(block.rows)


def test_the_row_of_column_numbers_ends_the_header():
    header = header_of(
        "科目编码\t科目名称\t合计\t其中\t", "\t\t\t基本\t项目", "栏次\t\t1\t2\t3", "201\t公共服务\t3.00\t1.00\t2.00"
    )
    assert len(header.rows) == 3
    assert [heading.number for heading in header.headings] == [None, None, 1, 2, 3]
    assert header.headings[4].own == ("项目",)
    assert "其中" in header.headings[4].parents
    assert header.holds == (Holds.CODE, Holds.TEXT, Holds.AMOUNT, Holds.AMOUNT, Holds.AMOUNT)


@pytest.mark.parametrize(
    ("row", "numbers"),
    [
        ("栏次\t\t1\t2\t3", [1, 2, 3]),
        ("\t1\t2\t3", [1, 2, 3]),
        ("栏次\t1=2+3\t2\t3", [1, 2, 3]),
        ("栏次\t1", [1]),
        ("甲\t1\t2\t3", []),
        ("\t1\t3\t5", []),
        ("\t1\t2", []),
        ("\t2\t3\t4", []),
        ("合计\t1.00\t2.00\t3.00", []),
    ],
)
def test_column_numbers(row, numbers):
    (block,) = blocks([row, "甲\t乙\t丙\t丁"])
    assert list(column_numbers(block.rows[0]).values()) == numbers


def test_a_header_without_column_numbers_ends_at_the_first_amounts():
    header = header_of("科目\t合计", "\t万元", "合计\t3.00", "工资\t3.00")
    assert len(header.rows) == 2
    assert len(header.body) == 2


def test_column_numbers_are_never_taken_for_amounts():
    table = spending("类款项\t栏次\t1\t2\t3\n\t合计\t3.00\t1.00\t2.00\n201\t一般公共服务支出\t3.00\t1.00\t2.00\n")
    assert list(rows_of(table)) == ["合计", "201 一般公共服务支出"]
    assert [column.number for column in table.sides[0].columns] == [1, 2, 3]


def test_an_empty_table_with_its_note():
    found = document(
        "国有资本经营预算财政拨款支出决算表\n公开08表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n栏次\t\t1\t2\t3\n合计\t\t\t\t\n\n本部门无此项支出，故本表无数据。\n"
    )
    table = found.tables[0]
    assert table.role == "公开08"
    assert all(cell.state is CellState.BLANK for row in table.sides[0].rows for cell in row.cells)
    assert "无数据" in table.notes[0].text


# Codes

NAMES = ("一般公共服务支出", "政府办公厅(室)及相关机构事务", "行政运行", "一般行政管理事务")
AMOUNTS = "\t3.00\t1.00\t2.00\n"


@pytest.mark.parametrize(
    "rows",
    [
        ["201\t{}", "20103\t{}", "2010301\t{}", "2010302\t{}"],
        ["201 {}\t", "20103 {}\t", "2010301 {}\t", "2010302 {}\t"],
        ["２０１\t{}", "20103\t{}", "20103 01\t{}", "2010302\t{}"],
    ],
)
def test_codes_alone_with_labels_and_split(rows):
    body = "".join(row.format(name) + AMOUNTS for row, name in zip(rows, NAMES, strict=True))
    table = spending("\t合计" + AMOUNTS + body)
    assert [row.code for row in table.sides[0].rows] == ["", "201", "20103", "2010301", "2010302"]
    assert [row.label for row in table.sides[0].rows] == ["合计", *NAMES]
    assert not any(row.code_derived for row in table.sides[0].rows)


@pytest.mark.parametrize(
    "pieces",
    [
        ["201\t\t", "201\t03\t", "201\t03\t01", "201\t03\t02"],
        ["201\t\t", "201\t20103\t", "201\t20103\t2010301", "201\t20103\t2010302"],
    ],
)
def test_codes_in_three_columns(pieces):
    head = "支出功能分类科目编码\t\t\t科目名称\t本年支出合计\t基本支出\t项目支出\n类\t款\t项\t\t\t\t\n栏次\t\t\t\t1\t2\t3\n"
    body = "".join(f"{code}\t{name}{AMOUNTS}" for code, name in zip(pieces, NAMES, strict=True))
    table = spending("合计\t\t\t" + AMOUNTS + body, head)
    assert [row.code for row in table.sides[0].rows if row.code] == ["201", "20103", "2010301", "2010302"]


def test_a_repeated_code_is_told_by_name_and_order():
    """The 款 of 000: the code of the row above printed again, the name says which it is."""
    rows = [("201", NAMES[0]), ("20103", NAMES[1]), ("2010301", NAMES[2]), ("2010301", NAMES[3])]
    table = spending("\t合计" + AMOUNTS + "".join(f"{code}\t{name}{AMOUNTS}" for code, name in rows))
    last = table.sides[0].rows[-1]
    assert (last.code, last.code_derived) == ("2010302", True)


def test_a_cut_code_is_completed_only_where_one_answer_is_left():
    rows = [
        ("201", NAMES[0]),
        ("20103", NAMES[1]),
        ("2010301", NAMES[2]),
        ("20103", NAMES[3]),
        ("20103", "某种无人知道的事务"),
    ]
    table = spending("\t合计" + AMOUNTS + "".join(f"{code}\t{name}{AMOUNTS}" for code, name in rows))
    known, unknown = table.sides[0].rows[-2:]
    assert (known.code, known.code_derived) == ("2010302", True)
    assert not unknown.code_derived
    assert unknown.code != "2010302"


# Layouts


def test_two_sides_are_two_lists_with_their_own_row_numbers():
    table = document(
        "收入支出决算总表\n公开01表\n单位：万元\n收入\t\t\t支出\t\t\n项目\t行次\t决算数\t项目\t行次\t决算数\n栏次\t\t1\t栏次\t\t2\n"
        "一、一般公共预算财政拨款收入\t1\t10.00\t一、一般公共服务支出\t4\t7.00\n二、政府性基金预算财政拨款收入\t2\t\t二、外交支出\t5\t3.00\n"
        "本年收入合计\t3\t10.00\t本年支出合计\t6\t10.00\n总计\t7\t10.00\t总计\t8\t10.00\n"
    ).tables[0]
    assert table.role == "公开01"
    income, spent = table.side("收入"), table.side("支出")
    assert [row.ordinal for row in income.rows] == [1, 2, 3, 7]
    assert [row.ordinal for row in spent.rows] == [4, 5, 6, 8]
    assert spent.rows[0].code == "201"
    assert income.row("总计").cells[0].text == "10.00"
    assert income.rows[1].cells[0].state is CellState.BLANK


def test_three_column_groups_and_their_scattered_totals():
    table = document(
        "一般公共预算财政拨款基本支出决算明细表\n公开06表\n单位：万元\n人员经费\t\t\t公用经费\t\t\t\t\t\n"
        "科目编码\t科目名称\t决算数\t科目编码\t科目名称\t决算数\t科目编码\t科目名称\t决算数\n"
        "301\t工资福利支出\t30.00\t302\t商品和服务支出\t8.00\t310\t资本性支出\t2.00\n"
        "30101\t基本工资\t20.00\t30201\t办公费\t5.00\t31002\t办公设备购置\t2.00\n"
        "30102\t津贴补贴\t10.00\t30202\t印刷费\t3.00\t\t\t\n"
        "人员经费合计\t\t30.00\t公用经费合计\t\t\t\t\t10.00\n"
    ).tables[0]
    assert table.role == "公开06"
    (side,) = table.sides
    assert [row.code for row in side.rows if row.code] == [
        "301",
        "30101",
        "30102",
        "302",
        "30201",
        "30202",
        "310",
        "31002",
    ]
    assert side.row("人员经费合计").cells[0].text == "30.00"
    assert side.row("公用经费合计").cells[0].text == "10.00"


def three_public(body: str):
    return document(f"财政拨款“三公”经费支出决算表\n公开09表\n单位：万元\n{body}").tables[0]


def test_three_public_as_one_row_of_twelve():
    table = three_public(
        "预算数\t\t\t\t\t\t决算数\t\t\t\t\t\n合计\t因公出国（境）费\t公务用车购置及运行费\t\t\t公务接待费\t合计\t因公出国（境）费\t公务用车购置及运行费\t\t\t公务接待费\n"
        "\t\t小计\t公务用车购置费\t公务用车运行费\t\t\t\t小计\t公务用车购置费\t公务用车运行费\t\n"
        "1\t2\t3\t4\t5\t6\t7\t8\t9\t10\t11\t12\n6.00\t1.00\t3.00\t\t3.00\t2.00\t5.00\t1.00\t3.00\t\t3.00\t1.00\n"
    )
    assert table.role == "公开09"
    (side,) = table.sides
    (row,) = side.rows
    assert row.cells[side.column("预算合计")].text == "6.00"
    assert row.cells[side.column("决算公务接待费")].text == "1.00"


def test_three_public_as_a_list_is_turned():
    table = three_public(
        "项目\t预算数\t决算数\n合计\t6.00\t5.00\n1.因公出国（境）费\t1.00\t1.00\n2.公务接待费\t2.00\t1.00\n3.公务用车购置及运行费\t3.00\t3.00\n"
        "其中：公务用车购置费\t0.00\t0.00\n公务用车运行费\t3.00\t3.00\n"
    )
    assert table.role == "公开09"
    (side,) = table.sides
    (row,) = side.rows
    found = {column.key: cell.text for column, cell in zip(side.columns, row.cells, strict=True)}
    assert found["决算公务接待费"] == "1.00"
    assert found["预算公务用车运行费"] == "3.00"
    assert found["预算合计"] == "6.00"


HEADER_03 = "科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n"
FIRST = "\t合计\t6.00\t2.00\t4.00\n201\t一般公共服务支出\t3.00\t1.00\t2.00\n"
REST = "205\t教育支出\t3.00\t1.00\t2.00\n"


@pytest.mark.parametrize(
    "between",
    [
        "\n3\n\n",
        "\n\n支出决算表（续）\n公开03表\n单位：万元\n" + HEADER_03,
        "\n" + HEADER_03,
        "\n支出决算表\n" + HEADER_03,
    ],
)
def test_a_table_over_two_pages_is_one(between):
    found = document(f"支出决算表\n公开03表\n单位：万元\n{HEADER_03}{FIRST}{between}{REST}")
    assert [(table.role, [row.code for row in table.sides[0].rows]) for table in found.tables] == [
        ("公开03", ["", "201", "205"])
    ]


def test_another_title_begins_another_table():
    found = document(
        f"支出决算表\n公开03表\n单位：万元\n{HEADER_03}{FIRST}\n一般公共预算财政拨款支出决算表\n公开05表\n单位：万元\n科目编码\t科目名称\t小计\t基本支出\t项目支出\n{FIRST}"
    )
    assert [table.role for table in found.tables] == ["公开03", "公开05"]


def test_an_unknown_money_table_is_a_problem_not_a_guess():
    found = document(
        "一、决算收入情况\n粮食专项资金分配支出表\n单位：万元\n乡镇\t面积\t金额\n甲\t10.50\t3.00\n乙\t20.50\t4.00\n丙\t5.50\t1.00\n"
    )
    assert [table.role for table in found.tables] == [""]
    assert any("粮食专项资金分配支出表" in problem.message for problem in found.problems)


# Units and damage


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("单位：万元", "万元"),
        ("金额单位：元", "元"),
        ("单位:人民币 元", "元"),
        ("（万元）", "万元"),
        ("单 位 ： 万 元", "万元"),
        ("公开03表　单位：千元", "千元"),
    ],
)
def test_the_unit_over_a_table(line, name):
    assert spending(FIRST, unit=line + "\n").unit.name == name


def test_a_table_without_a_unit_takes_the_one_of_all_others_or_none():
    bare = f"支出决算表\n公开03表\n{HEADER_03}{FIRST}"
    income = "收入决算表\n公开02表\n单位：万元\n科目编码\t科目名称\t本年收入合计\t财政拨款收入\t其他收入\n\t合计\t6.00\t6.00\t\n201\t一般公共服务支出\t6.00\t6.00\t\n\n"
    alone = document(bare)
    assert alone.tables[0].unit is None
    assert any("单位" in problem.message for problem in alone.problems)
    both = document(income + bare)
    assert both.tables[1].unit.name == "万元"
    assert both.tables[1].unit_assumed


def test_figures_with_fewer_digits_than_their_table_are_marked_and_zeros_are_not():
    table = spending(
        "\t合计\t13,805.6\t13,800.69\t5.00\n201\t一般公共服务支出\t13,805.69\t13,800.69\t0\n205\t教育支出\t1.00\t1.00\t\n"
    )
    cut = [cell.text for row in table.sides[0].rows for cell in row.cells if cell.cut]
    assert table.decimals == 2
    assert cut == ["13,805.6"]


def test_a_table_in_whole_numbers_is_not_damaged():
    table = spending("\t合计\t3,000\t1,000\t2,000\n201\t一般公共服务支出\t3,000\t1,000\t2,000\n")
    assert table.decimals == 0
    assert not any(cell.cut for row in table.sides[0].rows for cell in row.cells)


def test_a_budget_document_knows_budget_tables():
    found = document(
        "一般公共预算支出表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n\t合计\t3.00\t1.00\t2.00\n201\t一般公共服务支出\t3.00\t1.00\t2.00\n",
        head="某县粮食局2024年部门预算\n",
    )
    assert found.kind is Kind.BUDGET
    assert found.tables[0].role == "预算一般公共支出表"


# Harm


def long_table(count: int, wrong: int = 0) -> str:
    rows = "".join(
        f"{2010000 + i % 9000}\t科目{i}\t{i + (wrong if i % 50 == 0 else 0)}.00\t{i}.00\t0.00\n"
        for i in range(1, count + 1)
    )
    return f"支出决算表\n公开03表\n单位：万元\n{HEADER_03}\t合计\t10.00\t10.00\t\n{rows}"


@pytest.mark.parametrize("wrong", [0, 1])
def test_ten_thousand_rows(wrong):
    audit = bounded(30, lambda: audit_document(document(long_table(10_000, wrong)), BOOK))
    assert len(audit.document.tables[0].sides[0].rows) == 10_001
    broken = sum(1 for finding in audit.findings if finding.rule == "T102")
    assert broken == (200 if wrong else 0)


def test_a_table_over_a_thousand_pages():
    pages = "\n7\n\n".join([REST] * 1500)
    found = bounded(30, lambda: document(f"支出决算表\n公开03表\n单位：万元\n{HEADER_03}{FIRST}\n{pages}"))
    assert len(found.tables) == 1
    assert len(found.tables[0].sides[0].rows) == 1502


def test_five_thousand_columns_are_a_problem():
    wide = "\t".join(f"栏{i}" for i in range(5000)) + "\n" + "\t".join(["1.00"] * 5000) + "\n"
    found = bounded(30, lambda: document("收入决算表\n单位：万元\n" + wide + FIRST))
    assert any("列" in problem.message for problem in found.problems)
    assert bounded(30, lambda: audit_document(found, BOOK)).findings == ()


ENDLESS = [
    "-",
    ";",
    "1",
    "1,",
    "1, ",
    "1 ",
    "(",
    "（一）",
    "#",
    "|",
    "<del",
    "　",
    "一",
    "1行=",
    "1栏=2+",
    "2023年",
    "单位：",
    "其中",
    "1万元",
    "\t",
    "1\t",
    "-\t",
    "\u202e",
    "\x1b[31m",
    "1.",
    "决算",
]


@pytest.mark.parametrize("piece", ENDLESS, ids=repr)
def test_endless_lines_take_no_minutes(piece):
    line = piece * (20_000 // len(piece)) + "x"
    body = f"收入决算表\n公开02表\n单位：万元\n甲\t{line}\t1.00\n乙\t2.00\t{line}\n\n注：{line}\n\n{line}\n## {line}\n"
    bounded(30, lambda: audit_document(document(body), BOOK))


HARM = [
    "（" * 100 + "收入" + "）" * 100,
    "\x1b[2J\x1b]0;标题\x07收入",
    "\u202e入收\u202c",
    "收\u200b入\ufeff",
    "=cmd|'/c calc'!A0",
    "@SUM(1+1)",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "%s%n",
    "收入\x00".replace("\x00", "\x01"),
]


@pytest.mark.parametrize("text", HARM, ids=repr)
def test_odd_cells_stay_text_in_their_place(text):
    body = f"支出决算表\n公开03表\n单位：万元\n{HEADER_03}{FIRST}205\t{text}\t3.00\t1.00\t2.00\n"
    found = document(body)
    (table,) = found.tables
    row = table.sides[0].rows[-1]
    assert row.code == "205"
    assert [cell.text for cell in row.cells] == ["3.00", "1.00", "2.00"]
    assert not [finding for finding in audit_document(found, BOOK).findings if finding.severity == "error"]


@settings(deadline=None)
@given(st.lists(st.text("收支合计201甲1.0,-=（)　\t|年万元单位：\n公开表决算", max_size=40), max_size=15))
def test_any_lines_read_and_audit_without_a_bug(lines):
    found = document("支出决算表\n公开03表\n单位：万元\n" + HEADER_03 + FIRST + "\n".join(lines))
    audit = audit_document(found, BOOK)
    assert audit.counts()["total"] == len(audit.ledger)


@pytest.mark.parametrize("codes", [("科目编码", "{code}"), ("类\t款\t项", "{code}\t\t")])
@pytest.mark.parametrize("padding", ["", "\t\t\t"])
def test_words_of_a_header_that_lacks_a_cell_stand_over_their_amounts(codes, padding):
    head, code = codes
    row = code.format(code="204")
    table = spending(
        f"{code.format(code='')}\t合计\t500.00\t300.00\t200.00{padding}\n{row}\t公共安全支出\t500.00\t300.00\t200.00{padding}\n",
        head=f"{head}\t本年支出合计\t基本支出\t项目支出\n",
    )
    side = table.side()
    assert [column.key for column in side.columns[:3]] == ["本年支出合计", "基本支出", "项目支出"]
    assert [cell.text for cell in side.rows[0].cells[:3]] == ["500.00", "300.00", "200.00"]
    assert not table.doubt


def test_a_column_of_remarks_without_heading_moves_no_words():
    table = spending("204\t公共安全支出\t500.00\t300.00\t200.00\t另有说明\n205\t教育支出\t1.00\t1.00\t\t\n")
    assert [column.key for column in table.side().columns][:3] == ["本年支出合计", "基本支出", "项目支出"]


def test_three_public_with_the_economic_code_of_each_item():
    table = document(
        "财政拨款“三公”经费支出决算表\n公开09表\n单位：万元\n科目编码\t项目\t预算数\t决算数\n\t合计\t9.00\t8.00\n"
        "30212\t因公出国（境）费\t2.00\t2.00\n\t公务用车购置及运行维护费\t4.00\t4.00\n31013\t公务用车购置费\t\t\n"
        "30231\t公务用车运行维护费\t4.00\t4.00\n30217\t公务接待费\t3.00\t2.00\n"
    ).tables[0]
    assert table.role == "公开09"
    side = table.side()
    assert side.rows[0].cells[side.column("决算合计")].text == "8.00"
