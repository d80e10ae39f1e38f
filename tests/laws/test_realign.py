"""Slipped amounts: pieces of any step are found and put back; lists that are right, or wrong in single amounts, stay."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.laws.realign import Piece, broken_sums, exchanged, put_back, realign, same, sums_of_codes

amounts = st.decimals(min_value=1, max_value=99999, places=2)
lists = st.lists(amounts, min_size=8, max_size=40, unique=True)


def numbers(*texts: str) -> list[Decimal]:
    return [Decimal(text) for text in texts]


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("19412.2", "19412.26", True),
        ("19412.26", "19412.26", True),
        ("13805", "13805.69", True),
        ("5", "5.69", False),
        ("19412.2", "19412.36", False),
        ("12.34", "12.35", False),
    ],
)
def test_a_cut_off_decimal_is_no_difference(one: str, other: str, equal: bool) -> None:
    assert same(Decimal(one), Decimal(other)) is equal


def test_sums_of_codes_with_a_total() -> None:
    codes = ["", "201", "20101", "2010101", "2010102", "205", "20502"]
    assert sums_of_codes(codes, [True, *[False] * 6]) == [(0, [1, 5]), (1, [2]), (2, [3, 4]), (5, [6])]


def test_sums_of_cut_amounts_are_not_broken() -> None:
    sums = sums_of_codes(["201", "20101", "20102", "20103"])
    assert broken_sums(numbers("10.0", "3.3", "3.3", "3.1"), sums) == 0
    assert broken_sums(numbers("10.00", "3.30", "3.30", "3.10"), sums) == 1


@given(lists)
def test_a_list_that_is_right_is_left_alone(values: list[Decimal]) -> None:
    assert realign(values, values, []) == ()


@given(lists, st.data())
def test_single_wrong_amounts_are_no_shift(values: list[Decimal], data: st.DataObject) -> None:
    printed = list(values)
    for at in data.draw(st.sets(st.integers(0, len(values) - 1), max_size=3)):
        printed[at] += Decimal("123456.78") + at
    assert realign(printed, values, []) == ()


@given(lists, st.data())
def test_neighbours_that_changed_places_are_no_shift(values: list[Decimal], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(values) - 2))
    printed = [*values[:at], values[at + 1], values[at], *values[at + 2 :]]
    assert realign(printed, values, []) == ()


@given(st.lists(amounts, min_size=12, max_size=40, unique=True), st.data())
def test_a_piece_is_found_and_put_back(values: list[Decimal], data: st.DataObject) -> None:
    by = data.draw(st.sampled_from([-3, -2, -1, 1, 2, 3]))
    first = data.draw(st.integers(0, len(values) - 9))
    last = data.draw(st.integers(first + 8, len(values) - 1))
    inside = [i for i in range(first, last + 1) if 0 <= i + by < len(values)]
    printed = [values[i + by] if i in inside else value for i, value in enumerate(values)]
    assert realign(printed, values, []) == (Piece(inside[0], inside[-1], by),)
    right = put_back(printed, realign(printed, values, []))
    assert all(one == other for one, other in zip(right, values, strict=True) if one is not None)
    assert right[inside[0] + by] == values[inside[0] + by]


@given(st.lists(amounts, min_size=20, max_size=40, unique=True), st.integers(1, 3), st.integers(1, 3))
def test_pieces_with_different_steps_past_the_end_and_round_to_the_top(
    values: list[Decimal], one: int, more: int
) -> None:
    count, middle = len(values), len(values) // 2
    printed = [values[(i + (one if i < middle else one + more)) % count] for i in range(count)]
    pieces = realign(printed, values, [])
    assert [piece.by for piece in pieces] == [one, one + more] or pieces[-1].by == one + more - count
    assert all(printed[i] == values[i + p.by] for p in pieces for i in range(p.first, p.last + 1))


CODES = [
    "", "201", "20103", "2010301", "2010302", "2010350", "208", "20805", "2080501", "2080505", "2080506",
    "210", "21011", "2101101", "2101103", "221", "22102", "2210201",
]  # fmt: skip
SUMS = sums_of_codes(CODES, [not code for code in CODES])
RIGHT = numbers(
    "158.33", "90.11", "90.11", "40.07", "30.02", "20.02", "33.08", "33.08", "3.01", "20.05", "10.02",
    "15.09", "15.09", "8.06", "7.03", "20.05", "20.05", "20.05",
)  # fmt: skip
NOTHING: list[Decimal | None] = [None] * len(RIGHT)


def test_the_sums_of_a_list_alone_show_that_it_slipped() -> None:
    assert broken_sums(RIGHT, SUMS) == 0
    assert realign(RIGHT, NOTHING, SUMS) == ()
    down = [*RIGHT[:2], RIGHT[1], *RIGHT[2:-1]]
    (piece,) = realign(down, NOTHING, SUMS)
    assert piece.by == -1
    assert put_back(down, [piece])[3:-1] == RIGHT[3:-1]


def test_two_wrong_amounts_in_a_nested_list_are_no_shift() -> None:
    wrong = [*RIGHT[:4], Decimal("44.07"), *RIGHT[5:13], Decimal("80.60"), *RIGHT[14:]]
    assert realign(wrong, NOTHING, SUMS) == ()


@given(st.lists(st.one_of(st.none(), amounts), min_size=1, max_size=30), st.data())
def test_nothing_printed_is_lost_or_doubled_by_putting_back(values: list[Decimal | None], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(values) - 1))
    last = data.draw(st.integers(first, len(values) - 1))
    right = put_back(values, [Piece(first, last, data.draw(st.integers(-5, 5)))])
    assert len(right) == len(values)
    for value in right:
        assert value is None or right.count(value) <= values.count(value)


LEVELS = [(0, [1, 5]), (1, [2, 4]), (2, [3]), (5, [6, 8]), (6, [7]), (8, [9])]
NESTED = numbers("90", "30", "10", "10", "20", "60", "45", "45", "15", "15")


def test_neighbours_that_changed_places_in_a_nested_list() -> None:
    assert exchanged([*NESTED[:3], NESTED[4], NESTED[3], *NESTED[5:]], LEVELS)
    assert not exchanged([*NESTED[:3], Decimal(11), *NESTED[4:]], LEVELS)
