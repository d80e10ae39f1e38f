"""Shapes that published narratives have in other provinces, in our own words: right ones stay silent, planted errors are told."""

from __future__ import annotations

import pytest

from assistant.audit import audit_document
from assistant.checks.change_parts import CHECK
from assistant.claims import read_claims
from assistant.document import Kind
from assistant.facts import Facts
from assistant.findings import Audit, Verdict
from assistant.language.lexicon import document_lexicon
from assistant.language.pipeline import build_pipeline
from assistant.reading import read_bytes
from assistant.rules import load_rulebook

BOOK = load_rulebook()
BUDGET = "云湖省青川市北桥小学2024年单位预算\n\n"
FINAL = "云湖省青川市档案局2023年度部门决算\n\n按照部门决算公开要求说明如下。\n\n"


def audit(text: str) -> Audit:
    return audit_document(read_bytes(text.encode(), "例.txt"), BOOK)


RIGHT = {
    "两个年度的三公经费": BUDGET
    + "一、2024年“三公”经费预算\n\n2024年度“三公”经费预算总计 9.00 万元，其中：公务接待费 4.00 万元，公务用车运行费 5.00 万元。\n\n"
    "二、2023年“三公”经费决算\n\n2023年度“三公”经费支出 8.00 万元，其中：公务接待费 5.00 万元，公务用车运行费 3.00 万元。\n"
    "2024年度“三公”经费预算较2023年度增加 1.00 万元，其中公务接待费较上年减少 1.00 万元，下降 20.00%。"
    "公务用车运行费较上年增加 2.00 万元，增长 66.67%。\n",
    "持平之后是下一项": BUDGET
    + "一、“三公”经费预算\n\n2024年“三公”经费预算安排 60 万元，与2023年预算持平：一、2024年因公出国（境）费预算 20 万元，"
    "与2023年预算相比增加 20 万元，二、2024年公务接待费预算 40 万元，与2023年预算相比减少 20 万元。\n",
    "收入较上年是总额": BUDGET
    + "一、收支总体情况\n\n2024年收入预算数 650.00 万元，其中：一般公共预算拨款 630.00 万元，其他收入 20.00 万元。"
    "收入较2023年增加 40.00 万元，主要是人员增加。\n",
    "科室名称": FINAL + "一、机构设置\n\n本单位内设办公室、总务处教务处教科室，支出合计 100.00 万元。\n",
    "原因是为": FINAL
    + "一、支出\n\n公务接待费支出 3.00 万元，比上年增加 1.00 万元，增长 50.00%，主要原因是为做好接待工作。\n",
    "养老保险费": FINAL
    + "一、基本支出\n\n人员经费 100.00 万元，主要包括：基本工资、机关事业单位基本养老保险费、住房公积金。\n",
    "标题称部门而通篇称单位": "云湖省青川市北桥小学2023年部门预算情况说明\n\n一、单位基本情况\n\n二、单位收支总体情况\n\n三、单位预算情况说明\n\n"
    "本单位一般公共预算财政拨款支出 100.00 万元。\n",
    "三公经费财政拨款支出": FINAL
    + "七、“三公”经费\n\n“三公”经费财政拨款支出年初预算为 12.00 万元，支出决算为 5.00 万元，完成预算的 41.67%，"
    "其中：因公出国（境）费决算为 0 万元，公务用车购置及运行维护费支出决算为 4.60 万元，公务接待费支出决算为 0.40 万元。决算数小于预算数的主要原因：压减接待和用车。\n\n"
    "2023年度“三公”经费财政拨款支出决算数比2022年度减少 2.00 万元，下降 28.57%。\n",
    "三公经费各项和小项": BUDGET
    + "四、“三公”经费\n\n2024年“三公”经费预算数为 40.50 万元，比上年预算增加 9.00 万元。其中：\n"
    "（一）因公出国（境）费 0 万元，与上年预算持平。\n"
    "（二）公务用车购置及运行费 40.00 万元，比上年预算增加 9.00 万元。其中：公务用车购置费 25.00 万元，比上年预算增加 9.00 万元；"
    "公务用车运行费 15.00 万元，与上年预算持平。\n"
    "（三）公务接待费 0.50 万元，与上年预算持平。\n",
    "表在正文里": "云湖省青川市档案局2024年部门预算\n\n目录\n一、2024年部门收支预算总表\n二、2024年部门收入预算总表\n三、2024年部门支出预算总表\n"
    "四、部门预算编制说明\n\n部门预算编制说明\n\n2024年收入预算 100.00 万元，支出预算 100.00 万元。\n\n"
    "2024年部门收支预算总表\n编制部门：青川市档案局 单位：元\n本年收入 本年支出\n收入总计 1,000,000 支出总计 1,000,000\n",
}

WRONG = {
    "两个年度之间算错": (
        BUDGET + "一、“三公”经费预算\n\n2024年公务接待费预算 4.00 万元，比2023年预算 5.00 万元减少 1.00 万元，下降 25.00%。\n", "N401"),
    "分项增减不合": (
        BUDGET + "三、预算\n\n2024年一般公共预算财政拨款支出 700.00 万元，比2023年增加 40.00 万元。其中：基本支出 680.00 万元，比2023年增加 40.00 万元；"
        "项目支出 20.00 万元，比2023年减少 5.00 万元。\n", "N429"),
    "三公经费预算分项之和": (
        BUDGET + "四、“三公”经费\n\n2024年“三公”经费支出预算为 79.00 万元，比上年预算减少 4.00 万元。其中：因公出国（境）费支出预算为 0 万元，"
        "公务接待费支出预算为 6.00 万元，公务用车购置及运行费支出预算为 75.00 万元。\n", "N408"),
    "三公经费多出一项": (
        FINAL + "七、“三公”经费\n\n“三公”经费财政拨款支出年初预算为 12.00 万元，支出决算为 5.00 万元，完成预算的 41.67%，"
        "其中：因公出国（境）费决算为 0 万元，公务用车购置及运行维护费支出决算为 5.00 万元，公务接待费支出决算为 0.40 万元。\n", "N408"),
    "增加持平": (BUDGET + "一、支出\n\n政府性基金预算支出 0 万元，与上年预算增加持平。\n", "W812"),
    "减增加": (FINAL + "七、支出\n\n公务接待费决算比上年减增加 2.00 万元。\n", "W812"),
    "主要是是": (FINAL + "七、支出\n\n公务接待费 3.00 万元，增加原因主要是是接待任务增多。\n", "W811"),
    "原因是原因": (FINAL + "七、支出\n\n公务接待费 3.00 万元，主要原因是主要原因是接待任务增多。\n", "W811"),
    "数字没有填": (FINAL + "七、支出\n\n因公出国（境）费 0 万元，占 %，比上年减少 万元。\n", "W832"),
}  # fmt: skip


@pytest.mark.parametrize("name", RIGHT)
def test_right_shape_is_left_alone(name: str) -> None:
    told = [finding for finding in audit(RIGHT[name]).findings if finding.severity != "info"]
    assert not told, [finding.message for finding in told]


@pytest.mark.parametrize("name", WRONG)
def test_planted_error_is_told(name: str) -> None:
    text, rule = WRONG[name]
    assert {finding.rule for finding in audit(text).findings} >= {rule}


def test_wrapped_subject_is_no_heading() -> None:
    """A numbered item broken by the width of the page within its subject keeps its name."""
    text = (
        FINAL
        + "五、决算具体情况\n1、文化旅游体育与传媒支出（类）文化和旅游（款）行政\n运行（项）。主要用于：日常运转。年初预算为 51.60\n"
        "万元，支出决算为 45.80 万元。\n2、卫生健康支出（类）行政事业单位医疗（款）行政单位\n医疗（项）。年初预算为 8.60 万元，支出决算为 4.70 万元。\n"
    )
    document = read_bytes(text.encode(), "例.txt")
    claims = read_claims(document, build_pipeline(document_lexicon(document)))
    assert [statement.subject for statement in claims.statements if statement.budgets] == ["行政运行", "行政单位医疗"]


def test_three_public_release_is_a_document() -> None:
    """A page about 三公经费 alone is read, and its body is named without the words on what it is about."""
    document = read_bytes(
        "青川市2023年“三公”经费说明\n\n“三公”经费支出 43 万元，比上年减少 2 万元。\n".encode(), "例.txt"
    )
    assert document.kind is Kind.OTHER
    named = read_bytes("青川市档案局2024年部门预算及“三公”经费预算情况说明\n\n支出预算 43 万元。\n".encode(), "例.txt")
    assert named.organisation == "青川市档案局"


def test_parts_confirm_the_change_of_their_whole() -> None:
    """The list of three with its inner list of two is read as one, and both add up."""
    rule = next(rule for rule in BOOK.known if rule.code == "N429")
    document = read_bytes(RIGHT["三公经费各项和小项"].encode(), "例.txt")
    outcomes = CHECK.run(Facts(document), rule, CHECK.parameters.model_validate(rule.parameters))
    assert [outcome.verdict for outcome in outcomes] == [Verdict.AGREE, Verdict.AGREE]
