"""Figures in running text: what is printed is what is found, where it is; what is torn says so."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from assistant.mentions import Mention, MentionKind, find_mentions
from assistant.quantities import UNITS, format_number

AMOUNTS = st.integers(0, 4).flatmap(
    lambda places: st.tuples(
        st.decimals(0, 10**11, places=places, allow_nan=False, allow_infinity=False), st.just(places)
    )
)
FULL_WIDTH = str.maketrans("0123456789.,-%()", "０１２３４５６７８９．，－％（）")
BEFORE = st.sampled_from(["", "支出合计", "支出 ", "（", "，其中：办公费", "为"])
AFTER = st.sampled_from(["", "。", "，增长", "、", "；", "）", " 元旦"])
BLANKS = st.sampled_from(["", " ", "\u3000", "\u00a0"])
COUNTED = ["人次", "批次", "人", "辆", "台", "个", "家", "项", "次", "件", "条", "平方米", "公里", "小时"]
TEXTS = st.one_of(
    st.text(max_size=60),
    st.text("0123456789.,，．－-+() %％〔〕年月日度号约近余万亿千百元个分点以上下≥≤×xX*\n\t 支出增长占", max_size=60),
)


def only(text: str) -> Mention:
    (mention,) = find_mentions(text)
    return mention


def shown(text: str) -> list[tuple[str, str]]:
    return [(mention.kind.value, text[mention.start : mention.end]) for mention in find_mentions(text)]


# Format, then find


@given(AMOUNTS, st.sampled_from(sorted(UNITS)), BEFORE, AFTER, BLANKS, st.booleans(), st.booleans())
def test_an_amount_is_found_as_printed(amount, unit, before, after, blank, grouped, wide):
    value, places = amount
    number = format_number(value, places) if grouped else f"{value:.{places}f}"
    printed = number.translate(FULL_WIDTH) if wide else number
    assume(not (unit == "元" and after == " 元旦"))
    text = before + printed + blank + unit + after
    mention = only(text)
    assert mention.kind is MentionKind.MONEY
    assert (mention.quantity.value, mention.quantity.decimals) == (value, places)
    assert mention.unit == UNITS[unit]
    assert text[mention.start : mention.end] == printed + blank + unit
    assert mention.checkable
    assert mention.amount == value * UNITS[unit].factor
    assert mention.interval().low <= mention.amount <= mention.interval().high


@given(
    AMOUNTS.filter(lambda amount: amount[1] > 0), st.sampled_from([(" ", ""), ("", " "), (" ", " "), ("", "\u3000")])
)
def test_a_point_with_blanks_around_it_joins(amount, blanks):
    value, places = amount
    number = f"{value:.{places}f}".replace(".", f"{blanks[0]}.{blanks[1]}")
    for unit in ("万元", "%"):
        mention = only(f"完成 {number}{unit}")
        assert (mention.quantity.value, mention.quantity.decimals, mention.torn) == (value, places, False)


@given(AMOUNTS, BEFORE, AFTER, BLANKS, st.booleans())
def test_a_percentage_is_found_as_printed(amount, before, after, blank, wide):
    value, places = amount
    printed = f"{value:.{places}f}{blank}%"
    text = before + (printed.translate(FULL_WIDTH) if wide else printed) + after
    mention = only(text)
    assert (mention.kind, mention.quantity.value, mention.quantity.decimals) == (MentionKind.PERCENT, value, places)
    assert mention.end - mention.start == len(printed)


@given(st.integers(0, 10**7), st.sampled_from(COUNTED), st.sampled_from(["", "万", "亿"]), BLANKS, AFTER)
def test_a_count_is_found_as_printed(value, word, power, blank, after):
    mention = only(f"共有{format_number(Decimal(value))}{blank}{power}{word}{after}")
    assert (mention.kind, mention.quantity.value, mention.word) == (MentionKind.COUNT, value, power + word)


@given(AMOUNTS)
def test_a_negative_amount_keeps_its_sign(amount):
    value, places = amount
    for sign in "-−－":
        mention = only(f"年末结余{sign}{value:.{places}f}万元")
        assert mention.quantity.value == -value


@given(st.lists(AMOUNTS, min_size=2, max_size=6), st.sampled_from(["、", "，", "；", "和", "。"]))
def test_several_amounts_are_found_in_order(amounts, mark):
    text = mark.join(f"{value:.{places}f}万元" for value, places in amounts)
    assert [mention.quantity.value for mention in find_mentions(text)] == [value for value, _ in amounts]


# The wording of real documents


@pytest.mark.parametrize(
    ("text", "kind", "value", "decimals", "word", "hedge"),
    [
        ("支出合计 19,412.26 万元", "money", "19412.26", 2, "万元", ""),
        ("388. 96 万元", "money", "388.96", 2, "万元", ""),
        ("99. 8%", "percent", "99.8", 1, "%", ""),
        ("3.66万家", "count", "3.66", 2, "万家", ""),
        ("近30亿元", "money", "30", 0, "亿元", "约"),
        ("约 30 万元", "money", "30", 0, "万元", "约"),
        ("30余万元", "money", "30", 0, "万元", "约"),
        ("90 万元以上", "money", "90", 0, "万元", ">="),
        ("不低于90%", "percent", "90", 0, "%", ">="),
        ("不超过90 万元", "money", "90", 0, "万元", "<="),
        ("0.83 个百分点", "points", "0.83", 2, "个百分点", ""),
        ("增减率为 -0.96", "other", "-0.96", 2, "", ""),
        ("4 次", "count", "4", 0, "次", ""),
        ("≥80,000 m²", "count", "80000", 0, "m²", ">="),
        ("结余 40.02 万、", "money", "40.02", 2, "万", ""),
        ("收入为0。", "other", "0", 0, "", ""),
        ("0元。", "money", "0", 0, "元", ""),
        ("１２，３４５．６７万元", "money", "12345.67", 2, "万元", ""),
    ],
)
def test_wordings(text, kind, value, decimals, word, hedge):
    mention = only(text)
    assert (mention.kind.value, mention.quantity.value, mention.quantity.decimals) == (kind, Decimal(value), decimals)
    assert (mention.word, mention.hedge, mention.torn) == (word, hedge, False)
    assert mention.checkable is not bool(hedge)


def test_a_list_without_blanks():
    assert shown("7,760.12万元、0万元") == [("money", "7,760.12万元"), ("money", "0万元")]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("7×24小时", MentionKind.OTHER),
        ("7x24小时", MentionKind.OTHER),
        ("2023 年 12 月 31 日", MentionKind.DATE),
        ("2023年12月", MentionKind.DATE),
        ("11 月 22 日", MentionKind.DATE),
        ("〔2021〕546号", MentionKind.REFERENCE),
        ("（2021）546 号", MentionKind.REFERENCE),
        ("2022-2023年", MentionKind.YEAR),
    ],
)
def test_figures_that_are_never_checked_are_one_mention(text, kind):
    mention = only(text)
    assert mention.kind is kind
    assert (mention.start, mention.end) == (0, len(text))


def test_numbers_in_chinese_financial_capitals_are_not_read():
    """壹佰万元 is left alone: nothing is said of it, and nothing wrong. Reports print amounts in digits."""
    assert find_mentions("金额壹佰万元整") == ()


@given(st.integers(1901, 2099), AMOUNTS, st.sampled_from(["年", " 年", "年度", "年 度", " 年 度"]))
def test_a_year_is_never_an_amount(year, amount, word):
    value, places = amount
    mentions = find_mentions(f"{year}{word}支出 {value:.{places}f} 万元，比{year - 1}年增加。")
    assert [mention.kind for mention in mentions] == [MentionKind.YEAR, MentionKind.MONEY, MentionKind.YEAR]
    assert mentions[0].quantity.value == year
    assert mentions[0].unit is None


@given(st.integers(1900, 2099), st.integers(1, 12), st.integers(1, 31), BLANKS)
def test_a_date_is_one_mention_and_never_an_amount(year, month, day, blank):
    text = blank.join([str(year), "年", str(month), "月", str(day), "日"])
    assert only(f"截至{text}，").kind is MentionKind.DATE


def test_a_number_before_yuan_is_an_amount_even_if_it_looks_like_a_year():
    assert only("支出 2023 元").kind is MentionKind.MONEY
    assert only("支出 2023. 5 万元").quantity.value == Decimal("2023.5")


# Torn


@given(st.integers(1, 999), st.integers(0, 999), st.integers(0, 99), st.sampled_from([" , ", " ,", " "]))
@example(3, 388, 96, " , ")
@example(1, 234, 5, " ")
def test_a_number_cut_in_two_is_marked(first, second, cents, gap):
    mention = find_mentions(f"支出 {first}{gap}{second:03d}.{cents:02d} 万元，")[-1]
    whole = mention.quantity.value == first * 1000 + second + Decimal(cents) / 100
    assert whole or (mention.torn and not mention.checkable)


@pytest.mark.parametrize(
    "text", ["3 , 388.96 万元", "1 234.5", "12 34.5万元", "388.9 6 万元", "8.851463.8万元", "1,23.4万元"]
)
def test_torn_numbers(text):
    assert find_mentions(text)[-1].torn


@pytest.mark.parametrize(
    "text",
    ["1. 办公费 3 万元", "项目 2、3.5 万元", "（1）3.5万元", "2023年3.5万元", "占100%，3.5万元", "1,388.96 万元"],
)
def test_whole_numbers_are_not_marked(text):
    assert not find_mentions(text)[-1].torn


# Whatever comes


@given(TEXTS)
@example("1,")
@example("-")
@example("(2021)")
@example("9" * 40 + "万元")
@example("²³¹½٣万元")
def test_mentions_of_any_text_stand_in_order_within_it(text):
    end = 0
    for mention in find_mentions(text):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end
        assert mention.quantity.value.is_finite()
        assert (mention.kind is MentionKind.MONEY) == (mention.unit is not None)
        assert mention.interval().low <= mention.interval().high


@given(TEXTS)
def test_full_width_text_says_the_same(text):
    def told(given_text: str) -> list[tuple[object, ...]]:
        return [(m.kind, m.start, m.end, m.quantity, m.hedge, m.torn) for m in find_mentions(given_text)]

    assert told(text) == told(text.translate(FULL_WIDTH))


@pytest.mark.parametrize(
    "unit", ["1", "1,", "1, ", "12 ", "1.", "1 . ", "1,234", "- ", "约", "2023年", "(2021)", " ", "1万", "年1 ", ",234"]
)
def test_long_runs_take_linear_time(unit):
    text = (unit * 100_000)[:100_000]
    start = time.perf_counter()
    find_mentions(text)
    assert time.perf_counter() - start < 5  # quadratic would be minutes


@pytest.mark.parametrize("digits", [21, 100, 5000])
def test_an_endless_number_is_no_amount(digits):
    assert not [m for m in find_mentions("1" * digits + "万元") if m.kind is MentionKind.MONEY]


@pytest.mark.parametrize("text", [",805.69 万元", ".76万元", ", 388.96万元"])
def test_a_figure_behind_a_comma_at_the_start_lacks_its_first_digits(text):
    assert find_mentions(text)[0].torn


def test_a_blank_between_all_characters_is_read_through():
    (found,) = find_mentions("支出 1 2 , 3 4 5 . 6 7 万元")
    assert (str(found.quantity.value), found.torn) == ("12345.67", False)
    assert find_mentions("1 6 0 . 2 8万元")[0].quantity.value == Decimal("160.28")
    assert find_mentions("12 3 . 4 5 万元")[-1].torn
