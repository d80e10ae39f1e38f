"""Wrapping: nothing lost, nothing too wide, no number split, no line starting with closing punctuation."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from assistant.reports.layout import CLOSING, OPENING, Page, block, inline, printable, wrap
from assistant.text import width

NUMBER = re.compile(r"[-+−]?\d(?:(?:[\d,，]|\. ?(?=\d))*\d)?(?:%|％|‰|万元|亿元|千元|元)?")
PIECES = st.sampled_from(
    [
        "收入",
        "支出合计",
        "1,234,567.89万元",
        "-0.96",
        "12.5%",
        "388. 96",
        "、",
        "，",
        "。",
        "；",
        "）",
        "》",
        "”",
        "（",
        "《",
        "“",
        " ",
        "total",
        "T101",
        "2023年度",
        " + ",
        " = ",
    ]
)


@given(st.text(st.characters(exclude_characters="\n")), st.integers(10, 120))
def test_any_text_is_kept_and_fits(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    assert "".join(lines) == text
    for line in lines:
        assert width(line.rstrip(" ")) <= columns or NUMBER.search(line), line


@given(st.lists(PIECES, max_size=60), st.integers(30, 120))
def test_prose_breaks_only_where_a_reader_would(pieces: list[str], columns: int) -> None:
    text = ""
    for piece in pieces:  # runs of punctuation are as long as in real prose
        run = re.search(r"[^\w]*$", text)
        if not (len(piece) == 1 and run and len(run[0]) >= 3):
            text += piece
    # a run of joined letters and digits without a break is one word, which may have to be cut
    if re.search(r"[!-~]{25}", text):
        return
    lines = wrap(text, columns)
    assert "".join(lines) == text
    breaks, at = set(), 0
    for line in lines[:-1]:
        at += len(line)
        breaks.add(at)
        assert line.rstrip(" ")[-1:] not in OPENING or line.endswith(" ")
    for number in NUMBER.finditer(text):
        assert not breaks & set(range(number.start() + 1, number.end())), lines
    for line in lines[1:]:
        assert line[:1] not in CLOSING, lines
    assert all(width(line.rstrip(" ")) <= columns for line in lines)


@given(st.text())
def test_nothing_printed_steers_a_terminal(text: str) -> None:
    shown = printable(text)
    assert all(char == "\n" or unicodedata.category(char) not in ("Cc", "Cs") for char in shown)
    assert "\n" not in inline(text)
    shown.encode("utf-8")


def test_escape_sequences_vanish_and_what_is_unseen_is_shown() -> None:
    assert printable("\x1b[31m红\x1b[0m\x1b[2J\u202e反\x9b1m") == "红[U+202E]反[U+009B]1m"
    assert printable("零\u200b宽\ufeff\u061c\u180e\xad") == "零[U+200B]宽[U+FEFF][U+061C][U+180E][U+00AD]"


def test_long_calculation_breaks_before_an_operator() -> None:
    assert wrap("1,000.50+2,000.25+3,000.75=6,001.50", 20) == ["1,000.50+2,000.25", "+3,000.75=6,001.50"]


def test_percentages_and_units_stay_with_their_number() -> None:
    assert wrap("增长了百分之几呢12.5%，", 20) == ["增长了百分之几呢", "12.5%，"]
    assert wrap("支出甲乙丙丁戊1,234.5万元。", 20) == ["支出甲乙丙丁戊", "1,234.5万元。"]


def test_block_leads_lines_and_colours_only_when_asked() -> None:
    lines = block("一二三四五六七八九十一二三四五六七八九十\n甲", Page(30), first="位置　")
    assert lines == ["位置　一二三四五六七八九十一二", "      三四五六七八九十", "      甲"]
    assert Page().paint("x", "bold") == "x"
    assert Page(colours=True).paint("x", "bold", "error") == "\x1b[1;31mx\x1b[0m"
