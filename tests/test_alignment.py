"""Slipped amounts: decimals that conversion cut off are no difference; sums of a list that does not carry codes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.alignment import Shift, broken_sums, exchanged, find_shift, same, shift_of_sums


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


def test_sums_of_cut_amounts_are_not_broken() -> None:
    codes = ["201", "20101", "20102", "20103"]
    assert broken_sums(codes, numbers("10.0", "3.3", "3.3", "3.1")) == 0
    assert broken_sums(codes, numbers("10.00", "3.30", "3.30", "3.10")) == 1


def test_a_shift_is_seen_through_cut_decimals() -> None:
    wanted = numbers("100.26", "60.17", "40.09", "30.05", "10.04", "5.55")
    shown = [Decimal("100.26"), *numbers("100.26", "60.17", "40.09", "30.05", "10.04")]
    cut = numbers("100.2", "60.1", "40.0", "30.0", "10.0", "5.5")
    assert find_shift(shown, wanted, 3) == find_shift(shown, cut, 3) == Shift(1, 4, 1, 5)


SUMS = [(0, [1, 5]), (1, [2, 4]), (2, [3]), (5, [6, 8]), (6, [7]), (8, [9])]
RIGHT = numbers("90", "30", "10", "10", "20", "60", "45", "45", "15", "15")


def test_neighbours_that_changed_places_in_a_nested_list() -> None:
    assert exchanged([*RIGHT[:3], RIGHT[4], RIGHT[3], *RIGHT[5:]], SUMS)
    assert not exchanged([*RIGHT[:3], Decimal(11), *RIGHT[4:]], SUMS)


def test_a_nested_list_that_slipped() -> None:
    assert shift_of_sums(RIGHT, SUMS) is None
    assert shift_of_sums([*RIGHT[:5], RIGHT[4], *RIGHT[5:-1]], SUMS) == (4, 1)
    assert shift_of_sums([*RIGHT[:8], RIGHT[7], *RIGHT[8:-1]], SUMS) is None
