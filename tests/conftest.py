"""No test sees the decisions of the person who runs it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.reading import sandbox


@pytest.fixture(autouse=True)
def reading_as_patched(request: pytest.FixtureRequest) -> Iterator[None]:
    """Files are read in a copy of this process: one made before a test changed something would not know of it."""
    patches = "monkeypatch" in request.node.fixturenames
    if patches:
        sandbox.stop()
    yield
    if patches:
        sandbox.stop()


@pytest.fixture(autouse=True)
def no_store_of_the_user(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    store = tmp_path_factory.getbasetemp() / "no-store" / "decisions.sqlite"
    monkeypatch.setenv("HECHA_STORE", str(store))
    return store
