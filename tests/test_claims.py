"""From sentences to statements: the tokens lose nothing, the patterns give each figure its role, and it keeps its place."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.claims import Claims, Statement, read_claims
from assistant.document import Document
from assistant.language.lexicon import Lexicon, document_lexicon, function_words
from assistant.language.pipeline import ROLES, build_pipeline, claim_patterns
from assistant.mentions import MENTIONS
from assistant.reading import read_bytes

HEAD = "某市水务局2024年度部门决算\n\n第三部分 2024年度部门决算情况说明\n\n三、支出决算情况说明\n\n"
NLP = build_pipeline(Lexicon.of(function_words()))
WORDS = "支出 决算 占 比上年 增加 减少 完成 年初预算 12.5万元 3% 2024年度 （类） 主要原因是 其中： 。 ， 𠮷 ａ１ 7×24小时 数据"
PIECES = [*WORDS.split(), " ", "\n"]


def document_of(*paragraphs: str) -> Document:
    return read_bytes((HEAD + "\n\n".join(paragraphs) + "\n").encode(), "report.txt")


def claims_of(*paragraphs: str) -> Claims:
    document = document_of(*paragraphs)
    return read_claims(document, build_pipeline(document_lexicon(document)))


def one(*paragraphs: str) -> Statement:
    (statement,) = claims_of(*paragraphs).statements
    return statement


def roles(sentence: str) -> list[tuple[str, str]]:
    return [(figure.text, figure.role) for figure in claims_of(sentence).figures]


def texts(figures) -> list[str]:
    return [figure.text for figure in figures]


def compared(statement: Statement) -> list[tuple[str, ...]]:
    return [
        (c.base, *(figure.text if figure else "" for figure in (c.prior, c.change, c.rate)), c.change_way, c.rate_way)
        for c in statement.comparisons
    ]


# The pipeline


@settings(deadline=None)  # the first call loads the segmenter
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=15).map("".join)))
@example("")
@example("\u3000１２．５ 万元\r\n　")
def test_the_tokens_joined_are_the_text(text):
    doc = NLP(text)
    assert "".join(token.text for token in doc) == text
    assert doc.text == text
    for token in doc:
        if token.pos_ == "NUM":
            mention = doc.user_data[MENTIONS][token.i]
            assert (token.idx, token.idx + len(token.text)) == (mention.start, mention.end)
            assert token.tag_ == mention.kind.value
    assert sum(token.pos_ == "NUM" for token in doc) == len(doc.user_data[MENTIONS])
    for span in doc.spans[ROLES]:
        assert span[-1].tag_ in ("money", "percent")


def test_a_quantity_and_a_known_word_are_one_token():
    tokens = [token.text for token in NLP("比上年决算数增加3,456.78万元，完成年初预算的99. 8%。")]
    assert {"3,456.78万元", "99. 8%", "上年决算数", "年初预算", "增加"} <= set(tokens)


def test_single_characters_are_words_only_where_the_segmenter_leaves_them():
    tags = {token.text: token.tag_ for token in NLP("数据中心支出比上年多")}
    assert "数" not in tags
    assert tags["比"] == "versus"


# Roles


@pytest.mark.parametrize(
    ("sentence", "figure", "role"),
    [
        ("差旅费比上年增加 5.31 万元。", "5.31 万元", "change"),
        ("培训费较上年减少了0.7万元。", "0.7万元", "change"),
        ("收入合计各增加 20 万元。", "20 万元", "change"),
        ("差旅费 9 万元，同比增长 13.5%。", "13.5%", "rate"),
        ("差旅费 9 万元，降幅为 4%。", "4%", "rate"),
        ("差旅费减少 18.50 万元（65.37%）。", "65.37%", "rate"),
        ("基本支出 26 万元，占本年支出的 26.6%。", "26.6%", "share"),
        ("基本支出 26 万元，占比 26.6%。", "26.6%", "share"),
        ("会议费 3 万元，完成年初预算数的 87.8%。", "87.8%", "execution"),
        ("会议费 3 万元，预算执行率为100%。", "100%", "execution"),
        ("会议费年初预算数为 36.53 万元。", "36.53 万元", "budget"),
        ("会议费全年预算 8 万元。", "8 万元", "budget"),
        ("会议费支出决算数为 7 万元。", "7 万元", "actual"),
        ("支出总计 9 万元，上年支出总计 8 万元。", "8 万元", "prior"),
        ("会议费 3 万元，决算数大于预算数 1 万元。", "1 万元", "beyond"),
        ("会议费 3 万元。", "3 万元", "amount"),
    ],
)
def test_the_role_of_a_figure(sentence, figure, role):
    assert dict(roles(sentence))[figure] == role


def test_every_role_of_the_patterns_is_tried_above():
    known = {"change", "rate", "share", "execution", "budget", "actual", "prior", "beyond"}
    known |= {"amount", "bracket", "whole"}
    assert set(claim_patterns()) <= known


def test_a_pattern_stops_at_a_comma():
    assert dict(roles("年初预算，会议费 3 万元，占用办公室，满意率 90%。")) == {"3 万元": "amount", "90%": ""}


# Statements


def test_subject_amount_year_and_comparison():
    statement = one(
        "2024年度支出合计 8,120.5 万元，与2023年度相比，增加 620.5 万元，增长 8.27%，主要原因是新增河道整治项目。"
    )
    assert (statement.subject, statement.year, statement.amount.text) == ("支出合计", 2024, "8,120.5 万元")
    assert compared(statement) == [("2023年度", "", "620.5 万元", "8.27%", "up", "up")]
    assert "河道整治" in statement.reason
    assert statement.section[-1].startswith("三、支出决算")


def test_the_amount_of_last_year_in_brackets():
    statement = one("支出总计 500 万元（上年支出总计 400 万元，同比增加 100 万元，同比增长 25%）。")
    assert statement.amount.text == "500 万元"
    assert compared(statement) == [("上年", "400 万元", "100 万元", "25%", "up", "up")]


def test_a_budget_that_is_compared_with_is_a_prior():
    statement = one("2024年机关运行经费 60 万元，比年初预算 64 万元减少 4 万元，下降 6.25%，原因是厉行节约。")
    assert not statement.budgets
    assert compared(statement) == [("年初预算", "64 万元", "4 万元", "6.25%", "down", "down")]


def test_a_rate_alone_and_a_change_alone():
    assert compared(one("差旅费 5.5 万元，较上年下降 3.5%。")) == [("上年", "", "", "3.5%", "", "down")]
    assert compared(one("差旅费 5.5 万元，较上年压减0.5万元。")) == [("上年", "", "0.5万元", "", "down", "")]


def test_two_bases_in_one_sentence():
    statement = one("会议费 2 万元，比上年增加 0.5 万元，增长 33.3%，较年初预算减少 1 万元，降低 33.3%。")
    assert compared(statement) == [
        ("上年", "", "0.5 万元", "33.3%", "up", "up"),
        ("年初预算", "", "1 万元", "33.3%", "down", "down"),
    ]


def test_budget_actual_and_execution():
    statement = one("公务接待费年初预算为 4 万元，支出决算为 3.2 万元，完成年初预算的 80%。")
    assert (statement.subject, statement.amount.text, statement.role) == ("公务接待费", "3.2 万元", "actual")
    assert (texts(statement.budgets), texts(statement.executions)) == (["4 万元"], ["80%"])


def test_the_subject_of_a_heading_sentence_carries_over_with_its_path():
    statement = one(
        "1.农林水支出（类）水利（款）水利工程建设（项）。年初预算为 500 万元，支出决算为 450 万元，完成年初预算的 90%，支出决算数小于年初预算数的主要原因是：工程延期。"
    )
    assert statement.path == ("农林水支出", "水利", "水利工程建设")
    assert statement.subject == "水利工程建设"
    assert (texts(statement.budgets), statement.amount.text, texts(statement.executions)) == (
        ["500 万元"],
        "450 万元",
        ["90%"],
    )
    assert statement.reason.endswith("工程延期")


def test_a_subject_that_no_list_knows_is_read_before_its_bracket():
    assert one("2.农林水支出（类）水利（款）某种新设支出（项）支出决算为 5 万元。").subject == "某种新设支出"


def test_the_shares_of_a_list():
    first, second = claims_of(
        "基本支出 1,200 万元，占本年支出的 24%；项目支出 3,800 万元，占本年支出的 76%。"
    ).statements
    assert (first.subject, first.amount.text, texts(first.shares)) == ("基本支出", "1,200 万元", ["24%"])
    assert (second.subject, second.amount.text, texts(second.shares)) == ("项目支出", "3,800 万元", ["76%"])


def test_the_parts_of_a_whole_know_that_they_are_parts():
    whole, *parts = claims_of(
        "政府采购支出总额 90 万元，其中：政府采购货物支出 30 万元、政府采购工程支出 0 万元、政府采购服务支出 60 万元。"
    ).statements
    assert not whole.among
    assert [(part.subject, part.amount.text, part.among) for part in parts] == [
        ("政府采购货物支出", "30 万元", True),
        ("政府采购工程支出", "0 万元", True),
        ("政府采购服务支出", "60 万元", True),
    ]


def test_amounts_within_a_reason_say_so_and_those_after_it_do_not():
    reason, after = claims_of(
        "主要原因是：一是人员增加；二是增加设备购置支出合计 12 万元。项目支出 30 万元。"
    ).statements
    assert reason.in_reason
    assert (after.subject, after.in_reason, after.reason) == ("项目支出", False, "")


def test_what_money_was_spent_on_is_no_reason():
    assert one("支出决算为 450 万元，主要是用于河道清淤。").reason == ""


def test_a_reason_ends_with_its_sentence():
    statement = one("差旅费 5 万元，比上年减少 1 万元，主要原因是会议减少。下一步将继续压减。")
    assert statement.reason == "主要原因是会议减少"


def test_a_negative_amount():
    statement = one("年末结转和结余-0.96 万元，比上年减少 0.2 万元。")
    assert (statement.amount.text, statement.amount.mention.quantity.value < 0) == ("-0.96 万元", True)


def test_tables_indicators_and_plain_words_are_not_read():
    assert claims_of("数量指标：年度目标值为≥90%，实际完成 97.3%。", "本单位履行水务职责。") == Claims((), ())


# Places


@pytest.mark.parametrize(
    "paragraph",
    [
        "2024年度支出合计 8,120.5 万元，比上年增加 620. 5 万元，增长 8.27%。",
        "2024年度支出合计８，１２０．５万元，\n比上年增加 620.5\n万元，增长 8.27%。",
        "- 1. 差旅费　9 万元，占 **3%**，车辆 2 辆。",
    ],
)
def test_every_figure_is_cut_from_its_line(paragraph):
    document = document_of(paragraph)
    figures = read_claims(document, build_pipeline(document_lexicon(document))).figures
    assert len(figures) >= 2
    for figure in figures:
        span = figure.span
        line = document.lines[span.line - 1]
        if span.last_line == span.line:
            assert line[span.start : span.end] == figure.text
        else:
            assert figure.text.startswith(line[span.start :])


AMOUNT = st.decimals(0, 10**7, places=2, allow_nan=False, allow_infinity=False).map("{:,}万元".format)
RATE = st.decimals(0, 100, places=1, allow_nan=False, allow_infinity=False).map("{}%".format)
SENTENCE = st.one_of(
    st.builds("会议费{}，比上年增加{}，增长{}。".format, AMOUNT, AMOUNT, RATE),
    st.builds("年初预算为{}，支出决算为 {}，完成年初预算的 {}。".format, AMOUNT, AMOUNT, RATE),
    st.builds("其中：基本支出{}，占{}；项目支出 {}，占 {}。".format, AMOUNT, RATE, AMOUNT, RATE),
    st.text("会议费支出。，；：（）\u3000 \n", max_size=12),
)


@settings(deadline=None)
@given(st.lists(SENTENCE, min_size=1, max_size=5).map("".join))
def test_figures_of_any_paragraph_stand_once_and_in_place(text):
    document = document_of("说明：" + text)
    claims = read_claims(document, NLP)
    places = [(figure.span.line, figure.span.start) for figure in claims.figures]
    assert len(set(places)) == len(places)
    for figure in claims.figures:
        assert document.lines[figure.span.line - 1][figure.span.start :].startswith(figure.text.split("\n")[0])
    held = [figure.key for statement in claims.statements for figure in statement.figures()]
    assert len(set(held)) == len(held), "no figure belongs to two statements"


def test_what_follows_a_bracket_opened_elsewhere_is_about_something_unknown():
    (listed, change) = claims_of("其他商品和服务支出 7.16 万元) 比去年预算数增加 0.71 万元，增长 3.88%。").statements
    assert listed.comparisons == []
    assert change.amount is None


def test_a_total_said_again_in_other_words_goes_on():
    statement = one("2024年财政拨款支出合计 1,200.50 万元。与上年相比，财政拨款支出总计增加 100.30 万元，增长 9.1%。")
    assert statement.comparisons[0].change.text == "100.30 万元"


def test_what_goes_beyond_a_budget_is_no_budget():
    statement = one("公务接待费年初预算 2.00 万元，支出决算 1.50 万元，决算数小于预算数0.50万元。")
    (comparison,) = statement.comparisons
    assert texts(statement.budgets) == ["2.00 万元"]
    assert (comparison.base, comparison.change_way, comparison.change.text) == ("预算数", "down", "0.50万元")


def test_bare_words_of_direction_are_read_only_where_they_stand_alone():
    told = "公务接待费支出 1.50 万元，较上年增 0.20 万元。新增设备 3.00 万元。"
    (change,) = [figure for figure in claims_of(told).figures if figure.role == "change"]
    assert change.text == "0.20 万元"


@pytest.mark.parametrize(
    "told",
    [
        "公务接待费2024年预算8万元，2023年预算12万元，减少4万元。",
        "2024年公务接待费8万元，2023年公务接待费12万元，减少4万元。",
    ],
)
def test_the_year_before_told_behind_is_the_base(told):
    first = claims_of(told).statements[0]
    (comparison,) = first.comparisons
    (now,) = filter(None, (first.amount, *first.budgets))
    assert (now.text, comparison.prior.text, comparison.change.text) == ("8万元", "12万元", "4万元")


# What a reason tells, what money was for, and amounts of the year before


def test_a_rate_inside_a_reason_joins_no_earlier_claim_and_what_follows_it_does():
    told = claims_of("会议费支出12万元，比上年增加2万元，主要原因是公务接待费统一压减10%，完成预算的95%。").statements
    (meeting,) = [statement for statement in told if not statement.in_reason]
    assert compared(meeting) == [("上年", "", "2万元", "", "up", "")]
    assert texts(meeting.executions) == ["95%"]
    assert [statement.subject for statement in told if statement.in_reason] == ["公务接待费"]


@pytest.mark.parametrize("use", ["大气、土壤、水污染防治项目支出", "基本工资、津贴补贴", "差旅费等项目支出"])
def test_words_on_what_money_was_for_never_take_the_place_of_the_item(use):
    statement = one(f"1.节能环保支出（211类）污染防治（03款）大气（01项）主要用于{use}，支出决算为120万元。")
    assert (statement.subject, statement.amount.text) == ("大气", "120万元")


def test_last_years_amount_in_a_bracket_is_what_is_compared_with():
    statement = one("支出合计与2023年度相比（2023年度支出合计为80万元），增加20万元，增长25%。")
    assert compared(statement) == [("2023年度", "80万元", "20万元", "25%", "up", "up")]
    assert statement.amount is None


def test_last_years_amount_told_first_belongs_to_the_amount_that_follows():
    text = "某市水务局2024年部门预算\n\n一、收支预算情况说明\n\n" + (
        "1、农林水支出（213类）水利（03款）水利工程建设（05项）30万元。2023年当年预算执行数为20万元，"
        "2024年预算安排30万元，比2023年预算执行数增加50%。\n"
    )
    document = read_bytes(text.encode(), "report.txt")
    heading, statement = read_claims(document, build_pipeline(document_lexicon(document))).statements
    assert heading.subject == statement.subject == "水利工程建设"
    assert (statement.amount.text, statement.comparisons[0].prior.text) == ("30万元", "20万元")
