"""The two formula languages: that of rule files, and that of the notes printed under tables."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.formulas import MAX_PARTS, FormulaError, Item, Name, parse_formula, read_printed

PLUS = range(33, 59)


def parts(text: str) -> list[tuple[str, int, list[int]]]:
    return [(f.axis, f.total, [sign * number for sign, number in f.parts]) for f in read_printed(text)]


# Rule files


def test_a_full_name_with_all_its_parts():
    formula = parse_formula("公开01[收入:总计].决算数 = Σ类 + 甲|乙? - 公开02[合计]")
    assert formula.relation == "="
    assert formula.left == (Item(1, (Name("总计", "公开01", "收入", "决算数"),)),)
    assert formula.right == (
        Item(1, (Name("类", total=True),)),
        Item(1, (Name("甲"), Name("乙", optional=True))),
        Item(-1, (Name("合计", "公开02"),)),
    )


@pytest.mark.parametrize("relation", ["=", "<=", ">="])
def test_relations(relation):
    assert parse_formula(f"甲 {relation} 乙").relation == relation


def test_a_leading_minus_belongs_to_its_term():
    assert [item.sign for item in parse_formula("甲 = - 乙 + 丙").right] == [-1, 1]


@pytest.mark.parametrize(
    "text",
    ["", "甲", "甲 = 乙 = 丙", "甲 == 乙", "= 乙", "甲 =", "甲 = -", "甲 = 乙 +", "甲 = 乙 + ", "甲 = ++乙", "甲 = --乙", "甲 = + - 乙", "甲 = 乙 丙",
     "甲 = [乙", "甲 = 乙|", "甲 = 公开01[收入:总计", "甲 = ??", "甲 < 乙"],
)  # fmt: skip
def test_a_formula_that_cannot_be_read_is_named(text):
    with pytest.raises(FormulaError) as caught:
        parse_formula(text)
    message = str(caught.value)
    assert f"公式“{text}”" in message
    assert "\n" not in message


@given(st.text("甲乙=<>+-|?[]:.Σ ", max_size=20))
def test_any_text_is_a_formula_or_a_formula_error(text):
    try:
        formula = parse_formula(text)
    except FormulaError:
        return
    assert formula.left
    assert formula.right
    # Nothing was dropped: as many operators as there are items to join.
    for items, side in (
        (formula.left, text.split(formula.relation)[0]),
        (formula.right, text.split(formula.relation)[1]),
    ):
        operators = side.count("+") + side.count("-")
        assert operators in (len(items) - 1, len(items))


# Printed under tables


@pytest.mark.parametrize(
    ("text", "axis", "total", "numbers"),
    [
        ("27行=(1+2+3)行；", "行", 27, [1, 2, 3]),
        ("59行=(33+34+…+58)行", "行", 59, [*PLUS]),
        ("59行=(33+34+...+58)行", "行", 59, [*PLUS]),
        ("59行=(33+34+······+58)行", "行", 59, [*PLUS]),
        ("59行=(33+34+……+58)行", "行", 59, [*PLUS]),
        ("59行=(33至58)行", "行", 59, [*PLUS]),
        ("6栏各行=(1+2-3)栏各行", "栏", 6, [1, 2, -3]),
        ("2７行＝（１＋２＋３）行", "行", 27, [1, 2, 3]),
        (" 27 行 = ( 1 + 2 + 3 ) 行 。", "行", 27, [1, 2, 3]),
        ("27　行＝（1＋2＋3）　行", "行", 27, [1, 2, 3]),
        ("第27行=第1行+第2行", "行", 27, [1, 2]),
        ("27行=1行+2行-3行", "行", 27, [1, 2, -3]),
        ("4栏=1-(2+3)栏", "栏", 4, [1, -2, -3]),
        ("9栏=7+(8-(5-6))栏", "栏", 9, [7, 8, -5, 6]),
        ("20行=(1+3+…+9)行", "行", 20, [1, 3, 5, 7, 9]),
        ("注：27行=(1+2+3)行", "行", 27, [1, 2, 3]),
    ],
)
def test_printed_formulas(text, axis, total, numbers):
    assert parts(text) == [(axis, total, numbers)]


@pytest.mark.parametrize("between", [";", "；", "，", " ", "。", ""])
def test_several_formulas_in_a_note(between):
    text = f"注：1栏=(2+3+6)栏{between}3栏=(4+5)栏"
    assert parts(text) == [("栏", 1, [2, 3, 6]), ("栏", 3, [4, 5])]


def test_the_text_of_a_formula_is_what_stands_there():
    (formula,) = read_printed("注：本表反映收支。27 行=(1+2+3) 行；其余从略。")
    assert formula.text == "27行=(1+2+3)行"
    assert formula.cited == (27, 1, 2, 3)


@pytest.mark.parametrize(
    "text",
    ["", "注：本表反映收支情况。", "本表金额转换为万元时，因四舍五入可能存在尾差。", "2023年1行", "27行=", "27行=1行", "27行=(1+2+", "59行=(33+34+…",
     "59行=(33+34", "27行=…+3行", "27行=(58+…+33)行", "27行=(1+2+2023)行", "6栏=(3+4)/2", "6栏=3/2*100%", "27行=1栏+2栏", "27行=1++2", "27行=1+-2",
     "27行=(1.5+2.5)行", "第27行至第30行", "x行=(1+2)行", "2027行=(1+2)行", "27行=甲行+乙行"],
)  # fmt: skip
def test_text_that_is_no_whole_formula_yields_nothing(text):
    assert parts(text) == []


@pytest.mark.parametrize(
    "text",
    ["1行=(1+2+…+999999999)行", "1行=(1+…+999)行", "1行=(1~999999999)行", "1行=(" + "1+" * 100_000, "1行=" * 50_000, "1行=" + "(" * 100_000,
     "1行=(" + "1+…+99+" * 20_000, "1栏=2+" * 40_000],
)  # fmt: skip
def test_hostile_ranges_are_bounded(text):
    start = time.perf_counter()
    assert sum(len(formula.parts) for formula in read_printed(text)) <= len(text)
    assert time.perf_counter() - start < 10


@given(st.integers(1, 500), st.integers(2, MAX_PARTS - 1))
def test_an_ellipsis_counts_every_number_once(first, count):
    (formula,) = read_printed(f"999行=({first}+{first + 1}+…+{first + count})行")
    assert [number for _, number in formula.parts] == list(range(first, first + count + 1))


@given(st.text("0123456789行栏各第=+-()…. ，；", max_size=60))
def test_any_text_is_read_without_raising(text):
    for formula in read_printed(text):
        assert len(formula.parts) > 1
        assert all(sign in (1, -1) and 0 <= number <= 999 for sign, number in formula.parts)
