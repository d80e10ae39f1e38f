"""Judging tie-outs: exact, tail, cut digits, units, and the arithmetic as text."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.document import Cell, CellState, Column, Row, Span, Table
from assistant.findings import Ref, Term, Tie, Verdict
from assistant.quantities import UNITS, parse_number
from assistant.tieouts import calculation, common_unit, figure_of, judge

WAN, YUAN = UNITS["万元"], UNITS["元"]


def table(index: int = 0, unit=WAN, decimals: int = 2) -> Table:
    return Table(index, "公开01", "收入支出决算总表", Span(1), unit, (), (), (), (), decimals=decimals)


def ref(text: str, line: int, where: Table | None = None) -> Ref:
    figure = parse_number(text)
    place = where or table()
    state = CellState.BLANK if figure is None else CellState.NUMBER
    cut = figure is not None and figure.value != 0 and figure.decimals < place.decimals
    cell = Cell(text, Span(line, 0, len(text)), state, figure, cut)
    return Ref(place, Row("合计", (cell,), Span(line)), Column(1, "决算数"), cell)


def tie(left: str, *right: str, relation: str = "=", where: Table | None = None, other: Table | None = None) -> Tie:
    """``left`` against the sum of ``right`` (a term beginning with ~ is taken off)."""
    terms = tuple(
        Term(-1 if text.startswith("~") else 1, ref(text.lstrip("~"), line, other or where))
        for line, text in enumerate(right, start=2)
    )
    return Tie((Term(1, ref(left, 1, where)),), terms, relation)


def verdict(*args, **kwargs) -> Verdict:
    return judge(tie(*args, **kwargs)).verdict


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("3.00", ("1.00", "2.00"), Verdict.AGREE),
        ("3.01", ("1.00", "2.00"), Verdict.TAIL),
        ("3.02", ("1.00", "2.00"), Verdict.DISAGREE),
        ("1.00", ("3.00", "~2.00"), Verdict.AGREE),
        ("0.00", ("0.00", "0.00"), Verdict.AGREE),
        ("0", ("0", "0"), Verdict.AGREE),
        ("0.00", ("1.00", "~1.00"), Verdict.AGREE),
        ("0.00", ("5.00", "0.00"), Verdict.DISAGREE),
        ("-1.00", ("2.00", "~3.00"), Verdict.AGREE),
        ("12,345.67", ("12,345.76",), Verdict.DISAGREE),
        ("12,345.67", ("12,345.68",), Verdict.TAIL),
        ("12,345.67", ("12,345.69",), Verdict.DISAGREE),
    ],
)
def test_equalities(left, right, expected):
    assert verdict(left, *right) is expected


def test_a_usual_tail_is_silent_and_a_generous_one_is_told():
    parts = ["1.00"] * 20
    assert judge(tie("20.01", *parts)).verdict is Verdict.TAIL
    assert not judge(tie("20.01", *parts)).generous
    assert judge(tie("20.10", *parts)).verdict is Verdict.TAIL
    assert judge(tie("20.10", *parts)).generous
    assert judge(tie("20.11", *parts)).verdict is Verdict.DISAGREE


def test_zeros_share_one_rounding():
    """A hundred 0.00 do not excuse a difference of one: each is printed for nothing at all."""
    assert verdict("1.00", *["0.00"] * 100) is Verdict.DISAGREE


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("13,805.6", ("13,805.69",), Verdict.UNCLEAR),
        ("13,805.6", ("13,805.60",), Verdict.AGREE),
        ("13,805.6", ("13,805.79",), Verdict.DISAGREE),
        ("13,805.69", ("13,000.00", "805.6"), Verdict.UNCLEAR),
        ("13,805", ("13,805.69",), Verdict.UNCLEAR),
        ("-13,805.6", ("-13,805.69",), Verdict.UNCLEAR),
        ("-13,805.6", ("-13,805.51",), Verdict.DISAGREE),
        ("13,805.6", ("13,805.52",), Verdict.DISAGREE),
    ],
)
def test_a_cut_figure_agrees_with_what_it_is_the_beginning_of(left, right, expected):
    judgement = judge(tie(left, *right))
    assert judgement.verdict is expected
    assert bool(judgement.cut) == (expected is Verdict.UNCLEAR)


@pytest.mark.parametrize(
    ("left", "relation", "right", "expected"),
    [
        ("1.00", "<=", "2.00", Verdict.AGREE),
        ("2.00", "<=", "2.00", Verdict.AGREE),
        ("2.01", "<=", "2.00", Verdict.AGREE),
        ("2.02", "<=", "2.00", Verdict.DISAGREE),
        ("2.00", ">=", "1.00", Verdict.AGREE),
        ("1.98", ">=", "2.00", Verdict.DISAGREE),
        ("2.0", ">=", "2.05", Verdict.UNCLEAR),
        ("2.05", "<=", "2.0", Verdict.UNCLEAR),
        ("1.9", ">=", "2.05", Verdict.DISAGREE),
    ],
)
def test_inequalities(left, relation, right, expected):
    assert verdict(left, right, relation=relation) is expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("3,456.78", "34,567,800.00", Verdict.AGREE),
        ("3,456.78", "34,567,812.30", Verdict.TAIL),
        ("3,456.78", "34,567,849.99", Verdict.TAIL),
        ("3,456.78", "34,567,912.30", Verdict.DISAGREE),
    ],
)
def test_wan_yuan_against_yuan(left, right, expected):
    assert verdict(left, right, where=table(0, WAN), other=table(1, YUAN)) is expected
    assert verdict(right, left, where=table(1, YUAN), other=table(0, WAN)) is expected


def test_without_a_unit_only_one_table_can_be_compared():
    assert verdict("3.00", "3.50", where=table(0, None), other=table(1, None)) is Verdict.UNCLEAR
    assert verdict("3.00", "3.50", where=table(0, None), other=table(1, WAN)) is Verdict.UNCLEAR
    assert verdict("3.00", "3.50", where=table(0, None)) is Verdict.DISAGREE
    unit, comparable = common_unit(tie("3.00", "3.00", where=table(0, None), other=table(1, WAN)))
    assert not comparable
    assert unit is None


def test_a_cell_without_a_figure_is_never_taken_as_zero():
    with pytest.raises(ValueError, match="no figure"):
        figure_of(ref("", 1))
    with pytest.raises(ValueError, match="no figure"):
        judge(tie("0.00", ""))


def test_the_calculation_is_written_out():
    wrong = tie("3.50", "1.00", "2.00", "~-0.20")
    text = calculation(wrong, judge(wrong))
    assert text == "3.50 ≠ 1.00＋2.00－(-0.20)＝3.20万元，相差 0.30万元"
    right = tie("3.00", "1.00", "2.00")
    assert calculation(right, judge(right)) == "3.00 ＝ 1.00＋2.00＝3.00万元"
    more = tie("2.50", "2.00", relation="<=")
    assert calculation(more, judge(more)) == "2.50 ＞ 2.00，相差 0.50万元"
    mixed = tie("1.00", "12,000.00", where=table(0, WAN), other=table(1, YUAN))
    assert calculation(mixed, judge(mixed)) == "1.00 ≠ 12,000.00元＝1.200000万元，相差 0.200000万元"


FIGURES = st.integers(1, 10**9).map(lambda cents: Decimal(cents).scaleb(-2))


@given(st.lists(FIGURES, min_size=1, max_size=12))
def test_parts_rounded_one_by_one_never_contradict_their_sum(exact_parts):
    """Whatever the exact amounts, 万元 to two decimals of parts and total tie (or drift by a tail)."""
    exact = [part / 7 for part in exact_parts]
    cents = Decimal("0.01")
    printed = [f"{part.quantize(cents, 'ROUND_HALF_UP')}" for part in exact]
    total = f"{sum(exact).quantize(cents, 'ROUND_HALF_UP')}"
    assert verdict(total, *printed) in (Verdict.AGREE, Verdict.TAIL)


@given(st.lists(FIGURES, min_size=1, max_size=12), st.integers(1, 10**6))
def test_a_difference_beyond_the_rounding_is_never_passed(parts, beyond):
    slack = Decimal("0.005") * (len(parts) + 1)
    total = sum(parts) + slack.quantize(Decimal("0.01"), "ROUND_CEILING") + Decimal(beyond).scaleb(-2)
    assert verdict(f"{total:.2f}", *(f"{part:.2f}" for part in parts)) is Verdict.DISAGREE


@given(FIGURES, st.data())
def test_a_figure_that_lost_its_last_digits_is_no_contradiction(value, data):
    whole = f"{value:.2f}"
    lost = data.draw(st.integers(1, 2))
    short = whole[:-lost].rstrip(".") if lost == 1 else whole[:-3]
    if parse_number(short).value:
        assert verdict(short, whole) is not Verdict.DISAGREE
