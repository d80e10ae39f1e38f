"""Two figures that one slip of the pen makes the same."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.slips import Neighbours, one_slip

AMOUNTS = st.decimals(min_value=100, max_value=10**8, places=2)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1234.56", "1734.56"),
        ("1234.56", "1243.56"),
        ("1234.56", "124.56"),
        ("280.74", "2810.74"),
        ("-55.321", "-55.421"),
    ],
)
def test_one_digit_apart(one, other):
    assert one_slip(Decimal(one), Decimal(other))
    assert one_slip(Decimal(other), Decimal(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1234.56", "1234.56"),
        ("1234.56", "1734.57"),  # two digits
        ("800", "900"),  # round
        ("800.00", "8000.00"),
        ("1.2", "1.3"),  # too few
        ("1234.56", "-1234.56"),
        ("1234.56", "3214.56"),  # not neighbours
        ("0", "1234.56"),
    ],
)
def test_another_figure(one, other):
    assert not one_slip(Decimal(one), Decimal(other))


@given(AMOUNTS, AMOUNTS)
def test_likeness_has_no_direction(one, other):
    assert one_slip(one, other) == one_slip(other, one)


@given(st.lists(AMOUNTS, unique=True, max_size=30), st.data())
def test_neighbours_are_those_that_one_slip_makes_the_same(amounts, data):
    for amount in list(amounts):
        digits = str(int(amount * 100))
        at = data.draw(st.integers(0, len(digits) - 1))
        amounts.append(Decimal(int(digits[:at] + data.draw(st.sampled_from("0123456789")) + digits[at + 1 :])) / 100)
    amounts = list(dict.fromkeys(amounts))
    near = Neighbours(amounts)
    for amount in amounts:
        assert list(near.of(amount)) == [other for other in amounts if one_slip(amount, other)]
