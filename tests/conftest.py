"""No test sees the decisions of the person who runs it."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def no_store_of_the_user(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    store = tmp_path_factory.getbasetemp() / "no-store" / "decisions.sqlite"
    monkeypatch.setenv("HECHA_STORE", str(store))
    return store
