"""Merged cells that text writes as one: amounts and headings are put back over their columns, or nothing is accused."""

from __future__ import annotations

import pytest

from assistant.audit import audit_document
from assistant.reading import read_bytes
from assistant.rules import load_rulebook

BOOK = load_rulebook(select=["T"])
TABLE = """青禾市粮食局2023年度部门决算
第二部分 2023年度部门决算表
支出决算表
单位：万元
{header}{total}201\t一般公共服务支出\t110.00\t80.00\t30.00
20103\t政府办公厅（室）及相关机构事务\t110.00\t80.00\t30.00
2010301\t行政运行\t80.00\t80.00\t0.00
2010302\t一般行政管理事务\t30.00\t0.00\t30.00
208\t社会保障和就业支出\t21.00\t10.00\t11.00
"""
HEADERS = {
    "one row": "项目\t本年支出合计\t基本支出\t项目支出\n",
    "two rows": "项目\t本年支出合计\t基本支出\t项目支出\n科目编码\t科目名称\n",
    "numbers": "项目\t本年支出合计\t基本支出\t项目支出\n科目编码\t科目名称\n栏次\t1\t2\t3\n",
    "whole": "科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n",
}
TOTALS = {"drawn together": "合计\t131.00\t90.00\t41.00\n", "whole": "合计\t\t131.00\t90.00\t41.00\n"}


def errors(text: str) -> list[str]:
    findings = audit_document(read_bytes(text.encode(), "报告.txt"), BOOK).findings
    return [finding.rule for finding in findings if finding.severity == "error"]


@pytest.mark.parametrize("total", TOTALS, ids=str)
@pytest.mark.parametrize("header", HEADERS, ids=str)
def test_amounts_stand_under_their_headings(header, total):
    text = TABLE.format(header=HEADERS[header], total=TOTALS[total])
    table = read_bytes(text.encode(), "报告.txt").tables[0]
    assert table.role == "公开03"
    assert [column.key for column in table.sides[0].columns] == ["本年支出合计", "基本支出", "项目支出"]
    assert [cell.text for cell in table.sides[0].rows[0].cells] == ["131.00", "90.00", "41.00"]
    assert not table.doubt
    assert not errors(text)
    assert errors(text.replace("131.00", "135.00"))


def test_three_columns_of_codes_drawn_together():
    text = """青禾市粮食局2023年度部门决算
2023年度部门决算表
支出决算表
单位：万元
科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出
201\t\t\t一般公共服务支出\t110.00\t80.00\t30.00
201\t03\t\t政府办公厅（室）及相关机构事务\t110.00\t80.00\t30.00
201\t03\t01\t行政运行\t80.00\t80.00\t0.00
201\t03\t02\t一般行政管理事务\t30.00\t0.00\t30.00
合计\t110.00\t80.00\t30.00
"""
    table = read_bytes(text.encode(), "报告.txt").tables[0]
    assert [row.code for row in table.sides[0].rows] == ["201", "20103", "2010301", "2010302", ""]
    assert [column.key for column in table.sides[0].columns] == ["本年支出合计", "基本支出", "项目支出"]
    assert not errors(text)


def test_an_amount_among_names_is_doubted():
    text = TABLE.format(header=HEADERS["whole"], total="合计\t131.00\t90.00\n")
    assert not errors(text)


def test_blank_amounts_at_the_end_are_no_missing_cells():
    text = TABLE.format(header=HEADERS["whole"], total="合计\t\t131.00\t131.00\t\n")
    rows = read_bytes(text.encode(), "报告.txt").tables[0].sides[0].rows
    assert [cell.text for cell in rows[0].cells] == ["131.00", "131.00", ""]
