"""Correct documents as provinces publish them, and correct ones that conversion damaged: no table finding may come of them."""

from __future__ import annotations

import pytest

from assistant.audit import audit_document
from assistant.reading import read_bytes
from assistant.rules import load_rulebook

HEAD = {"决算": "# 2023年度云湖省青川市档案馆部门决算公开", "预算": "# 2024年云湖省青川市档案馆部门预算"}
END = "## 情况说明\n\n按照部门决算、部门预算公开要求，收入支出情况见各表。\n"

OLD_INCOME = """收入支出决算总表

单位：万元

项目	决算数	项目	决算数
一、财政拨款收入	130.00	一、一般公共服务支出	90.00
其中：一般公共预算财政拨款	100.00	二、外交支出
政府性基金预算财政拨款	30.00	三、国防支出
二、事业收入		四、城乡社区支出	30.00
三、其他收入	10.00	五、住房保障支出	20.00
本年收入合计	140.00	本年支出合计	140.00
年初结转和结余	5.00	年末结转和结余	5.00
总计	145.00	总计	145.00
"""

RATES = """一般公共预算支出表

单位：万元

科目编码	科目名称	2023年执行数	2024年预算数			比上年增减%
			合计	基本支出	项目支出
201	一般公共服务支出	100.00	110.00	70.00	40.00	10.00
20126	档案事务	100.00	110.00	70.00	40.00	10.00
2012601	行政运行	60.00	70.00	70.00		16.67
2012604	档案馆	40.00	40.00		40.00	0.00
合计		100.00	110.00	70.00	40.00	10.00
"""

SUBTOTALS = """项目支出表

单位：万元

项目名称	项目单位	合计	一般公共预算	政府性基金预算
合计		470.40	385.40	85.00
青川市档案局		385.40	385.40
数字化加工	业务科	265.40	265.40
乡镇档案室	业务科	120.00	120.00
青川市档案馆		85.00		85.00
库房改造	办公室	85.00		85.00
"""

TWO_ECONOMIC = """一般公共预算基本支出表

单位：万元

部门预算支出经济分类			政府预算支出经济分类
科目编码	科目名称	金额	科目编码	科目名称	金额
	合计	150.00		合计	150.00
301	工资福利支出	100.00	501	机关工资福利支出	100.00
30101	基本工资	60.00	50101	工资奖金津补贴	60.00
30102	津贴补贴	40.00	50101	工资奖金津补贴	40.00
302	商品和服务支出	50.00	502	机关商品和服务支出	50.00
30201	办公费	50.00	50201	办公经费	50.00
"""

WITH_CARRY = """收支总表

单位：万元

收入		支出
项目	预算数	项目	预算数
一、一般公共预算拨款收入	110.00	一、一般公共服务支出	110.00
本年收入合计	110.00	本年支出合计	110.00
上年结转	20.00	年终结转结余	20.00
收入总计	130.00	支出总计	130.00

支出总表

单位：万元

科目编码	科目名称	合计	基本支出	项目支出
201	一般公共服务支出	110.00	70.00	40.00
20126	档案事务	110.00	70.00	40.00
2012601	行政运行	70.00	70.00
2012604	档案馆	40.00		40.00
合计		110.00	70.00	40.00
"""

SPENDING = """支出决算表

单位：万元

科目编码	科目名称	本年支出合计	基本支出	项目支出	上缴上级支出	经营支出	对附属单位补助支出
合计		1,166.99	826.99	340.00
201	一般公共服务支出	1,000.00	660.00	340.00
20126	档案事务	1,000.00	660.00	340.00
2012601	行政运行	660.00	660.00
2012604	档案馆	340.00		340.00
208	社会保障和就业支出	166.99	166.99
20805	行政事业单位养老支出	166.99	166.99
2080501	行政单位离退休	22.18	22.18
2080505	机关事业单位基本养老保险缴费支出	96.54	96.54
2080506	机关事业单位职业年金缴费支出	48.27	48.27
"""

BROKEN_TITLE = """财政拨款“三公”经
费支出决算表

单位：万元

项目	预算数	决算数
合计	15.00	12.15
1.因公出国（境）费	0.00	0.00
2.公务用车购置及运行维护费	12.00	9.80
（1）公务用车购置费	0.00	0.00
（2）公务用车运行维护费	12.00	9.80
3.公务接待费	3.00	2.35
"""

UNIT_ROWS = """财政拨款“三公”经费支出决算表

单位：万元

单位名称	预算数						决算数
	合计	因公出国（境）费	公务用车购置及运行维护费			公务接待费	合计	因公出国（境）费	公务用车购置及运行维护费			公务接待费
			小计	公务用车购置费	公务用车运行维护费				小计	公务用车购置费	公务用车运行维护费
合计	15.00	0.00	12.00	0.00	12.00	3.00	12.15	0.00	9.80	0.00	9.80	2.35
本级	10.00	0.00	8.00	0.00	8.00	2.00	8.00	0.00	6.50	0.00	6.50	1.50
信息中心	5.00	0.00	4.00	0.00	4.00	1.00	4.15	0.00	3.30	0.00	3.30	0.85
"""

SPLIT_INCOME = """收入决算表

单位：万元

科目编码	科目名称	本年收入合计	财政拨款收入			上级补助收入	事业收入		经营收入	附属单位上缴收入	其他收入
			小计	一般公共预算财政拨款	政府性基金预算财政拨款		小计	其中：教育收费
合计		160.00	130.00	100.00	30.00		20.00	12.00			10.00
201	一般公共服务支出	130.00	100.00	100.00			20.00	12.00			10.00
20126	档案事务	130.00	100.00	100.00			20.00	12.00			10.00
212	城乡社区支出	30.00	30.00		30.00
21208	国有土地使用权出让收入安排的支出	30.00	30.00		30.00
"""


def slipped(text: str) -> str:
    """The table with its 基本支出 column one row low, as conversion leaves it."""
    lines = text.rstrip("\n").split("\n")
    rows = [line.split("\t") + [""] * 3 for line in lines[5:]]
    column = ["", *(row[3] for row in rows[:-1])]
    moved = ["\t".join([*row[:3], value, *row[4:]]) for row, value in zip(rows, column, strict=True)]
    return "\n".join([*lines[:5], *moved, ""])


MERGED_ROWS = SPENDING.replace(
    "2080505	机关事业单位基本养老保险缴费支出	96.54	96.54\n2080506	机关事业单位职业年金缴费支出	48.27	48.27",
    "2080505 2080506	机关事业单位基本养老保险缴费支出 机关事业单位职业年金缴费支出	96.54 48.27	96.54 48.27",
)
CASES = {
    "财政拨款收入下列两项其中数": ("决算", OLD_INCOME, ["公开01"]),
    "增减比率栏不相加": ("预算", RATES, ["预算一般公共支出表"]),
    "项目清单有单位小计": ("预算", SUBTOTALS, ["预算项目支出表"]),
    "部门与政府经济分类并列": ("预算", TWO_ECONOMIC, ["预算一般公共基本支出表"]),
    "支出总表不含结转下年": ("预算", WITH_CARRY, ["预算收支总表", "预算支出总表"]),
    "标题断成两行": ("决算", BROKEN_TITLE, ["公开09"]),
    "三公经费按单位分行": ("决算", UNIT_ROWS, ["公开09"]),
    "收入决算表分列三本预算": ("决算", SPLIT_INCOME, ["公开02"]),
    "两行并成一行": ("决算", MERGED_ROWS, ["公开03"]),
    "金额并入名称": ("决算", SPENDING.replace("缴费支出	96.54	", "缴费支出 96.54		"), ["公开03"]),
    "一行左移一格": (
        "决算",
        SPENDING.replace("机关事业单位职业年金缴费支出	48.27	48.27", "48.27	48.27"),
        ["公开03"],
    ),
    "小数点丢失": ("决算", SPENDING.replace("	96.54	96.54", "	9654	9654"), ["公开03"]),
    "小数点成逗号": ("决算", SPENDING.replace("96.54", "96,54").replace("340.00", "34O.0O"), ["公开03"]),
    "表左多一空列": (
        "决算",
        SPENDING.replace("\n2", "\n\t2").replace("\n合", "\n\t合").replace("\n科", "\n\t科"),
        ["公开03"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_no_table_finding(name: str) -> None:
    kind, tables, roles = CASES[name]
    document = read_bytes(f"{HEAD[kind]}\n\n{tables}\n{END}".encode(), name)
    audit = audit_document(document, load_rulebook())
    assert [
        finding.message for finding in audit.findings if finding.rule.startswith("T") and finding.severity != "info"
    ] == []
    assert [table.role for table in document.tables] == roles


def test_one_column_that_slipped_is_one_finding() -> None:
    audit = audit_document(read_bytes(f"{HEAD['决算']}\n\n{slipped(SPENDING)}\n{END}".encode(), "x"), load_rulebook())
    assert [finding.category for finding in audit.findings if finding.rule.startswith("T")] == ["row_shift"]


def test_a_wrong_figure_is_still_found() -> None:
    text = SPENDING.replace("2012604	档案馆	340.00		340.00", "2012604	档案馆	430.00		430.00")
    audit = audit_document(read_bytes(f"{HEAD['决算']}\n\n{text}\n{END}".encode(), "x"), load_rulebook())
    assert {finding.rule for finding in audit.findings} & {"T112", "T113"}
