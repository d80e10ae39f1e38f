"""Documents to read: those written for this project, and the real ones where they lie beside the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.reading import read
from assistant.resources import corpora_dir

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
PATHS = sorted(corpora_dir().glob("samples/*/*.txt")) + sorted(SEEDS.glob("*.txt"))


@pytest.fixture(params=PATHS, ids=lambda path: f"{path.parent.name}/{path.stem[:20]}", scope="session")
def document(request):
    """Every document, one after the other."""
    return read(str(request.param))
