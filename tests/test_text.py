"""Normalising keeps every position; padding and shortening keep to their columns."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.text import clean, has_cjk, normalise, pad, shorten, squeeze, width

ANY = st.text(st.characters(exclude_categories=()), max_size=80)
PRINTABLE = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cf", "Mn", "Me", "Mc")), max_size=60)


@given(ANY)
def test_normalise_keeps_the_length_and_is_idempotent(text):
    once = normalise(text)
    assert len(once) == len(text)
    assert normalise(once) == once


@given(ANY, st.data())
def test_normalise_works_on_each_character_by_itself(text, data):
    """So that an offset in the result is an offset in the source, whatever is cut where."""
    cut = data.draw(st.integers(0, len(text)))
    assert normalise(text[:cut]) + normalise(text[cut:]) == normalise(text)


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        ("１２３．４５", "123.45"),
        ("＝（１＋２）", "=(1+2)"),
        ("\u3000\u00a0\ufeff", "   "),
        ("〔2016〕", "(2016)"),
        ("⽀⼈⽣", "⽀人生"),
        ("−5", "-5"),
    ],
)
def test_normalise_gives_plain_forms(printed, plain):
    assert normalise(printed) == plain


@given(ANY)
def test_cleaning_twice_changes_nothing_more_and_leaves_no_outer_blanks(text):
    cleaned = clean(text)
    assert cleaned == cleaned.strip()
    assert " " not in squeeze(text)
    assert len(cleaned) <= len(text)


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("合　计", "合计"),
        ("<del>一、</del>一般公共 服务支出", "一、一般公共服务支出"),
        ("**合计**", "合计"),
        ("a<b", "a<b"),
        ('<span style="color:red">合计</span>', "合计"),
    ],
)
def test_squeeze_removes_markup_and_blanks(printed, label):
    assert squeeze(printed) == label


def test_has_cjk_is_about_chinese_characters_only():
    assert has_cjk("a合b")
    assert not has_cjk("１２３ abc ，。")


def test_width_counts_terminal_columns():
    assert width("合计12") == 6
    assert width("合\x1b[0m") >= 2  # control characters have no width, and no minus one either


@given(PRINTABLE, st.integers(0, 60), st.booleans())
def test_pad_fills_to_the_columns_and_never_cuts(text, columns, right):
    padded = pad(text, columns, right=right)
    assert width(padded) == max(width(text), columns)
    assert padded.strip() == text.strip()
    assert padded.endswith(text) if right else padded.startswith(text)


@given(PRINTABLE, st.integers(1, 60))
def test_shorten_keeps_to_the_columns_and_says_that_it_cut(text, columns):
    short = shorten(text, columns)
    assert width(short) <= max(columns, 1)
    if width(text) <= columns:
        assert short == text
    else:
        assert short.endswith("…")
        assert text.startswith(short[:-1])


@given(ANY, st.integers(1, 60))
@example("❤️❤️❤️❤️", 4)
@example("🇨🇳" * 4, 3)
@example("合\x1b[31m计合计", 3)
def test_shorten_keeps_to_the_columns_for_any_text(text, columns):
    assert width(shorten(text, columns)) <= columns
