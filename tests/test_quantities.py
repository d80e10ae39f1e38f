"""Figures: what is printed is what is read, and a damaged figure is never read as a smaller one."""

from __future__ import annotations

import re
import time
from decimal import Decimal

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from assistant.quantities import UNITS, Interval, Quantity, format_number, parse_number

AMOUNTS = st.integers(0, 6).flatmap(
    lambda places: st.tuples(
        st.decimals(-(10**11), 10**11, places=places, allow_nan=False, allow_infinity=False), st.just(places)
    )
)
NUMBERS = st.decimals(-(10**9), 10**9, places=4, allow_nan=False, allow_infinity=False)
INTERVALS = st.tuples(NUMBERS, NUMBERS).map(lambda ends: Interval(min(ends), max(ends)))
FULL_WIDTH = str.maketrans("0123456789.,-()", "０１２３４５６７８９．，－（）")


def value_of(text: str) -> Decimal | None:
    quantity = parse_number(text)
    return None if quantity is None else quantity.value


@given(AMOUNTS)
def test_a_printed_amount_reads_back(amount):
    value, places = amount
    assert parse_number(format_number(value, places)) == Quantity(value, places)


@given(AMOUNTS)
def test_full_width_digits_read_the_same(amount):
    value, places = amount
    assert parse_number(format_number(value, places).translate(FULL_WIDTH)) == Quantity(value, places)


@given(AMOUNTS, st.data())
def test_blanks_between_the_characters_change_nothing(amount, data):
    value, places = amount
    printed = format_number(value, places)
    at = data.draw(st.integers(1, len(printed)))
    blank = data.draw(st.sampled_from([" ", "  ", "\u3000", "\u00a0", "\t"]))
    assert parse_number(printed[:at] + blank + printed[at:]) == Quantity(value, places)


@given(AMOUNTS)
def test_accounting_brackets_are_negative(amount):
    value, places = amount
    assert parse_number(f"({format_number(abs(value), places)})") == Quantity(-abs(value), places)


@pytest.mark.parametrize(
    ("printed", "value", "decimals"),
    [
        ("388. 96", "388.96", 2),
        ("3 ,388.96", "3388.96", 2),
        ("3, 388 .96", "3388.96", 2),
        ("1，234，567.8", "1234567.8", 1),
        ("−5.20", "-5.20", 2),
        ("-5.20", "-5.20", 2),
        ("—5.20", "-5.20", 2),
        ("（12.3）", "-12.3", 1),
        ("0.00", "0.00", 2),
        ("12,345.", "12345", 0),
        ("007", "7", 0),
    ],
)
def test_forms_seen_in_documents(printed, value, decimals):
    assert parse_number(printed) == Quantity(Decimal(value), decimals)


@pytest.mark.parametrize(
    "text",
    ["", " ", "-", "—", "()", "(-)", ".", ".5", "1.2.3", "1.234.567", "1e5", "12%", "3万元", "1/2", "1-2", "+-3", "--3", "NaN", "Infinity",
     "0x10", "١٢x", "十二", "²", "①", "1_000", "(12", "12)", ",5", "5#", "12 34 a"],
)  # fmt: skip
def test_what_is_no_number_is_none(text):
    assert parse_number(text) is None


@given(AMOUNTS, st.data())
def test_a_damaged_number_is_never_read_as_a_smaller_one(amount, data):
    """Anything put into a number either leaves its digits alone or makes it unreadable."""
    value, places = amount
    printed = format_number(abs(value), places)
    at = data.draw(st.integers(0, len(printed)))
    foreign = data.draw(st.sampled_from(["?", "O", "l", "万", "�", "、", "\x00", "元", ":", " ", ",", "\u200b"]))
    read = parse_number(printed[:at] + foreign + printed[at:])
    if read is not None:
        digits = re.sub(r"\D", "", printed)
        assert re.sub(r"\D", "", f"{read.value:f}").lstrip("0") == digits.lstrip("0")
        assert abs(read.value) >= abs(value)


@given(st.text(st.characters(exclude_categories=()), max_size=40) | st.text("0123456789,，. -()（）—eE\t", max_size=40))
@example("1\n")
@example("(" * 10 + "1" + ")" * 10)
def test_any_text_reads_without_raising(text):
    read = parse_number(text)
    if read is not None:
        assert read.value.is_finite()
        assert 0 <= read.decimals <= 8
        assert any(char.isdigit() for char in text)


@pytest.mark.parametrize(
    "body",
    [
        "9" * 200_000,
        "1" + ", " * 100_000 + "x",
        "1" + " " * 200_000 + "x",
        "1," * 100_000,
        "1." + "1 " * 90_000 + "x",
        "(" * 200_000,
    ],
)
def test_huge_input_is_refused_at_once(body):
    start = time.perf_counter()
    assert parse_number(body) is None
    assert time.perf_counter() - start < 5


def test_an_account_number_is_no_amount():
    assert parse_number("6222021234567890123") is None
    assert parse_number("1.123456789") is None
    assert value_of("123456789012345678") == 123456789012345678


@given(AMOUNTS)
def test_a_value_lies_in_its_own_intervals(amount):
    value, places = amount
    figure = Quantity(value, places)
    for interval in (figure.rounded(), figure.prefix()):
        assert interval.low <= value <= interval.high


@given(
    st.decimals(-(10**9), 10**9, places=6, allow_nan=False),
    st.integers(0, 5),
    st.sampled_from(["ROUND_HALF_UP", "ROUND_HALF_EVEN"]),
)
def test_rounding_stays_in_the_interval(exact, places, rounding):
    printed = exact.quantize(Decimal(1).scaleb(-places), rounding=rounding)
    assume(printed)  # a zero stands for itself alone
    interval = Quantity(printed, places).rounded()
    assert interval.low <= exact <= interval.high


@given(st.decimals(-(10**9), 10**9, places=6, allow_nan=False), st.integers(0, 5))
def test_a_cut_figure_holds_every_longer_one(exact, places):
    text = f"{exact:.6f}"
    cut = text[: len(text) - (6 - places)].removesuffix(".")
    read = parse_number(cut)
    assume(read is not None and read.value)
    assert read.prefix().low <= exact <= read.prefix().high


def test_zero_stands_for_itself_and_coarse_figures_take_their_tables_digits():
    assert Quantity(Decimal("0.00"), 2).rounded() == Interval(Decimal(0), Decimal(0))
    assert Quantity(Decimal("12.5"), 1).rounded(2) == Interval(Decimal("12.495"), Decimal("12.505"))
    assert Quantity(Decimal("12.345"), 3).rounded(2) == Interval(Decimal("12.3445"), Decimal("12.3455"))


@given(INTERVALS, INTERVALS)
def test_meeting_is_symmetric_and_means_a_common_value(a, b):
    assert a.meets(b) == b.meets(a)
    assert a.meets(b) == (max(a.low, b.low) <= min(a.high, b.high))
    assert a.meets(a)


@given(INTERVALS, INTERVALS, INTERVALS)
def test_interval_sums(a, b, c):
    assert a + b == b + a
    assert (a + b) + c == a + (b + c)
    mirrored = -a
    assert -mirrored == a
    assert (a + -a).low <= 0 <= (a + -a).high
    assert (-(a + b)) == -a + -b


@given(INTERVALS, INTERVALS, st.sampled_from([unit.factor for unit in UNITS.values()]))
def test_scaling_keeps_what_meets(a, b, factor):
    assert a.scaled(factor).meets(b.scaled(factor)) == a.meets(b)


def test_two_units_agree_without_a_setting():
    wan = Quantity(Decimal("3456.78"), 2).rounded().scaled(UNITS["万元"].factor)
    assert wan.meets(Quantity(Decimal("34567812.30"), 2).rounded())
    assert not wan.meets(Quantity(Decimal("34567912.30"), 2).rounded())


@given(AMOUNTS)
def test_formatting_without_digits_keeps_the_value(amount):
    printed = format_number(amount[0])
    assert Decimal(printed.replace(",", "")) == amount[0]
    assert "E" not in printed


def test_formatting_groups_and_rounds():
    assert format_number(Decimal("1234567.8"), 2) == "1,234,567.80"
    assert format_number(Decimal("1E+3")) == "1,000"
    assert format_number(Decimal("0.50")) == "0.5"
