"""Reports on the execution of a budget, short ones and forms of evaluation: shapes that are right, and what is told once."""

from __future__ import annotations

import pytest

from assistant.audit import audit_document
from assistant.findings import Audit
from assistant.reading import read_bytes
from assistant.rules import load_rulebook

BOOK = load_rulebook()


def audit(text: str) -> Audit:
    return audit_document(read_bytes(text.encode(), "例.txt"), BOOK)


def rules(text: str) -> list[str]:
    return [f"{finding.severity} {finding.rule}" for finding in audit(text).findings if finding.severity != "info"]


RIGHT = [
    "4月，一般公共预算收入完成 2,400 万元，比上年减收 100 万元，下降 4%；支出完成 900 万元，比上年减支 300 万元，下降 25%。",
    "上半年，一般公共预算支出完成 2,200 万元，比上年同期增支 200 万元，增长 10%。",
    "税收收入拟调整为 8,500 万元，调减 1,600 万元，下降 9.7%；非税收入 4,900 万元，保持不变，增长 3.6%。",
    "上级补助收入拟调整为 3,895 万元，调增 840 万元，增长 2.1%，分别是一般性转移支付调增 556 万元、专项转移支付调增 284 万元。",
]


@pytest.mark.parametrize("text", RIGHT)
def test_words_of_more_and_less_income_are_directions(text):
    assert rules(f"曲水县2023年财政预算执行情况\n\n一、预算收支情况\n\n{text}\n") == []


def test_a_wrong_rate_behind_such_a_word_is_still_told():
    text = "上半年，一般公共预算支出完成 2,200 万元，比上年同期增支 200 万元，增长 19%。"
    assert rules(f"曲水县2023年财政预算执行情况\n\n一、预算收支情况\n\n{text}\n") == ["error N401"]


def test_the_score_is_not_its_coefficient():
    form = """曲水县广播站2023年度部门决算

十三、预算绩效情况说明

2023年度部门整体绩效自评表

指标名称	计量单位	指标性质	年初指标值	全年完成值	得分系数(%)	指标权重(分)	指标得分(分)	是否核心指标
播出节目数量	档	≥	60	66	100%	40	40	是
设备完好比率	%	≥	95	97	100%	60	60	否
"""
    assert not [finding for finding in audit(form).findings if finding.rule.startswith("P6")]


def test_changes_without_a_reason_are_one_finding_with_every_place():
    lines = [f"2023年度{name} {200 + n} 万元，比上年增加 {n} 万元，增长 {n / 2:g}%。" for n, name in NAMED]
    found = [
        f
        for f in audit("曲水县粮站2023年度部门决算\n\n一、收入支出决算情况说明\n\n" + "\n\n".join(lines)).findings
        if f.rule == "R506"
    ]
    assert [len(finding.evidence) for finding in found] == [len(NAMED)]
    assert f"全文共 {len(NAMED)} 处" in found[0].message


NAMED = [(10, "收入合计"), (12, "支出合计"), (14, "财政拨款收入"), (16, "财政拨款支出"), (18, "机关运行经费支出")]


def test_rates_that_differ_in_the_last_digit_are_one_notice():
    text = """曲水县粮站2023年度部门决算

一、收入支出决算情况说明

2023年度收入合计 1,000.00 万元，比上年增加 134.00 万元，增长 15.4%，主要原因是项目增加。

2023年度支出合计 900.00 万元，比上年增加 123.20 万元，增长 15.8%，主要原因是项目增加。
"""
    (notice,) = [finding for finding in audit(text).findings if finding.rule == "N401"]
    assert notice.severity == "info"
    assert "“支出合计”写作 15.8%，计算为 15.86%" in notice.message
    assert {"15.4%", "15.8%"} <= {each.text for each in notice.evidence}


@pytest.mark.parametrize(
    ("title", "organisation"),
    [
        ("关于曲水县粮站2023年度部门决算情况的说明", "曲水县粮站"),
        ("曲水县人民法院2023年部门决算编制说明", "曲水县人民法院"),
    ],
)
def test_the_name_of_the_body_is_bare(title, organisation):
    text = f"{title}\n\n一、决算情况\n\n2023年度决算支出合计 900.00 万元。\n"
    assert read_bytes(text.encode(), "例.txt").organisation in (organisation, "")


def test_a_short_report_whose_title_has_another_year():
    text = """曲水县粮站2022年“三公”经费预算情况

2023年“三公”经费预算 12.00 万元，比2022年减少 1.00 万元。

2023年公务接待费预算 2.00 万元，与2022年持平。

2023年公务用车运行维护费预算 10.00 万元，比2022年减少 1.00 万元。
"""
    assert [f.rule for f in audit(text).findings if f.rule == "W834"] == ["W834"]
    assert not [f for f in audit(text.replace("站2022年", "站2023年")).findings if f.rule == "W834"]
