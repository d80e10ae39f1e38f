"""Numbers split over two cells."""

from __future__ import annotations

import pytest

from assistant.document import CellState
from assistant.reading.grid import blocks
from assistant.reading.mending import mended


def block(*rows: str, usual: str = "201\t一般公共服务支出\t1,234.56\t200.00\t1,034.56"):
    lines = [*[usual] * 8, *rows]
    return mended(next(blocks(lines)))


@pytest.mark.parametrize(
    ("row", "texts"),
    [
        ("202\t外交支出\t1,2\t34.56\t200.00\t1,034.56", ["202", "外交支出", "1,234.56", "200.00", "1,034.56"]),
        ("202\t外交支出\t1,234\t.56\t200.00\t1,034.56", ["202", "外交支出", "1,234.56", "200.00", "1,034.56"]),
        ("202\t外交支出\t6\t17.84\t617.84\t0.00", ["202", "外交支出", "617.84", "617.84", "0.00"]),
        ("202\t外交支出\t1,234.56\t1,234.5\t6", ["202", "外交支出", "1,234.56", "1,234.56", ""]),
        ("202\t外交支出\t0\t.56\t0.56\t0.00", ["202", "外交支出", "0.56", "0.56", "0.00"]),
    ],
)
def test_pieces_are_joined_where_it_is_certain(row: str, texts: list[str]) -> None:
    assert [cell.text for cell in block(row).rows[-1]] == texts


def test_joined_numbers_are_read() -> None:
    cell = block("202\t外交支出\t1,2\t34.56\t200.00\t1,034.56").rows[-1][2]
    assert cell.figure is not None
    assert str(cell.figure.value) == "1234.56"
    assert (cell.span.start, cell.span.end) == (9, 18)


@pytest.mark.parametrize("row", ["202\t外交支出\t1,234.56\t6\t17.84"])
def test_a_lone_hint_makes_the_pieces_unreadable(row: str) -> None:
    cells = block(row).rows[-1]
    assert [cell.state for cell in cells[3:]] == [CellState.TEXT, CellState.TEXT]


@pytest.mark.parametrize(
    "row",
    [
        "202\t外交支出\t1,234.56\t1,000.00\t234.56",
        "202\t外交支出\t100.00\t0\t100.00",
        "202\t外交支出\t-\t200.00\t-",
        "202\t外交支出\t1,234.56\t1,034.56\t",
    ],
)
def test_whole_numbers_stay(row: str) -> None:
    cells = block(row).rows[-1]
    assert [cell.text for cell in cells] == row.split("\t")
    assert all(cell.state is not CellState.TEXT for cell in cells[2:])


def test_amounts_in_yuan_show_their_pieces_by_the_commas() -> None:
    found = block("202\t外交支出\t1,350,48\t0\t1,350,480", usual="201\t公共服务\t1,234,560\t200,000\t1,034,560")
    assert [cell.text for cell in found.rows[-1]] == ["202", "外交支出", "1,350,480", "", "1,350,480"]
