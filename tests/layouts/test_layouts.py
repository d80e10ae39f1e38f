"""One set of facts in many layouts: a seeded sample. ``make layouts`` measures all."""

from __future__ import annotations

import pytest
from layouts import Result, run, shapes

CELLS, ROLES, LOST, TOLD = 0.80, 0.87, 30, 6
"""Floors (and ceilings, of 40 layouts) that hold today; they only ever get stricter."""


@pytest.fixture(scope="module")
def results() -> list[Result]:
    return run(seed=3, count=40)


def test_every_value_of_every_aspect_is_rendered() -> None:
    some = list(shapes(3, 40))
    assert len({shape.format for shape in some}) == 10
    assert len({shape.set for shape in some}) == 12
    assert len(list(shapes(1))) >= 400


def test_cells_and_roles_are_read(results: list[Result]) -> None:
    assert sum(r.right for r in results) >= CELLS * sum(r.cells for r in results)
    assert sum(r.roles_right for r in results) >= ROLES * sum(r.roles for r in results)


def test_nothing_is_lost_and_nobody_accused(results: list[Result]) -> None:
    assert sum(len(r.lost) for r in results) <= LOST, [r.lost for r in results if r.lost]
    assert sum(len(r.told) for r in results) <= TOLD, [r.told for r in results if r.told]
