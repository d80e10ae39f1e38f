"""Where the data that comes with the program lies: inside the wheel, or beside the package in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    shipped = _PACKAGE / "_data" / name
    return shipped if shipped.is_dir() else _PACKAGE.parent / name


def rules_dir() -> Path:
    """The folder of the built-in rules."""
    return _folder("rules")


def corpora_dir() -> Path:
    """The folder of language and subject data."""
    return _folder("corpora")
