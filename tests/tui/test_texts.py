"""Text for a terminal, tables as grids, the ends of a contradiction."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from assistant import Audit
from assistant.findings import Verdict
from tui.ends import TableEnd, TextEnd, ends_of
from tui.tablemodel import mark_paints, model_of, verdict_paints
from tui.texts import Block, fit, safe
from tui.widgets.coverage import shares


@settings(max_examples=60)
@given(st.text(), st.integers(1, 40), st.booleans())
def test_fit_is_exact(text: str, columns: int, right: bool) -> None:
    assert cell_len(fit(safe(text), columns, right=right)) == columns


@settings(max_examples=60)
@given(st.text())
def test_safe_keeps_every_position(text: str) -> None:
    shown = safe(text)
    assert len(shown) == len(text)
    assert not any(char in shown for char in "\x1b\t\n\r\u202e\u200b")


@settings(max_examples=60)
@given(
    st.text(alphabet="决算12,3.4万元（）；。 %a", max_size=80),
    st.integers(20, 40),
    st.integers(0, 60),
    st.integers(1, 20),
)
def test_a_block_loses_nothing(text: str, columns: int, start: int, size: int) -> None:
    block = Block(text, ((start, start + size, "mark"),), "甲 ", "   ")
    lines = list(block.lines(columns))
    assert "".join("".join(part for part, _ in line[1:]) for line in lines) == text
    assert "".join(part for line in lines for part, paint in line[1:] if paint == "mark") == text[start : start + size]


def test_a_number_is_never_split() -> None:
    lines = list(Block("与上年相比增加12,345,678.90万元，增长13.5%").lines(20))
    assert any("12,345,678.90万元" in "".join(text for text, _ in line) for line in lines)


@pytest.mark.parametrize(
    ("counts", "room", "expected"),
    [
        ({"a": 98, "b": 1, "c": 1}, 10, [8, 1, 1]),
        ({"a": 0, "b": 0}, 10, [0, 0]),
        ({"a": 1, "b": 1}, 0, [0, 0]),
        ({"a": 1, "b": 0}, 7, [7, 0]),
    ],
)
def test_shares(counts: dict[str, int], room: int, expected: list[int]) -> None:
    assert shares(counts, room) == expected


def test_sides_stand_beside_each_other(audit: Audit) -> None:
    model = model_of(audit.document.roles["公开01"])
    titles = [column.title for column in model.columns]
    assert titles == ["行", "收入项目", "决算数", "支出项目", "决算数"]
    assert len(model.rows) == len(set(model.lines))
    assert model.labels == (0, 1, 1, 3, 3)


def test_every_table_becomes_a_grid(audit: Audit) -> None:
    for table in audit.document.tables:
        model = model_of(table)
        assert all(len(row) == len(model.columns) == len(model.labels) for row in model.rows)
        for place, (row, column) in model.where.items():
            assert model.rows[row][column].place == place


def test_marks_name_their_row(audit: Audit) -> None:
    table = audit.document.roles["公开01"]
    model = model_of(table)
    span = table.sides[1].rows[-1].cells[0].span
    found = model.within(span.line, span.line, span.start, span.end)
    assert len(found) == 1
    row, column = found[0]
    paints = mark_paints(model, [(found[0], "mark")])
    assert paints == {(row, column): "mark", (row, 3): "heading"}
    assert verdict_paints(model, {(span.line, span.start): Verdict.DISAGREE}) == {(row, column): "error"}
    assert model.within(table.span.line, table.span.last_line, 0, 9) == []


def test_ends(audit: Audit) -> None:
    by_rule = {each.rule: each for each in audit.findings}
    text, table = ends_of(audit.document, by_rule["N301"])
    assert isinstance(text, TextEnd)
    assert isinstance(table, TableEnd)
    start, end, paint = text.marks[0]
    assert (text.text[start:end], paint) == ("3,467.57万元", "mark")
    assert table.title.startswith("公开05")
    assert len(ends_of(audit.document, by_rule["N401"])) == 1
    assert len(ends_of(audit.document, by_rule["W801"])) == 4
    (quoted,) = ends_of(audit.document, by_rule["W801"], old=True)
    assert isinstance(quoted, TextEnd)
    assert quoted.title == "上次的稿件"
    assert all(
        quoted.text[start:end] == each.text
        for (start, end, _), each in zip(quoted.marks, by_rule["W801"].evidence, strict=True)
    )
