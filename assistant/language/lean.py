"""Import spaCy without its command line, which takes a third of the time and is never used here."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

_COMMANDS = ("spacy.cli", "spacy.cli.info")


def import_spacy() -> None:
    """Import spaCy; where it is imported already, nothing happens.

    ``import spacy`` fetches ``spacy.cli`` (web requests, downloads, a terminal toolkit) for the sake of ``spacy.info``. Empty
    modules stand in for it meanwhile; afterwards ``spacy.cli`` and ``spacy.info`` are to be had as ever, when somebody asks.
    """
    if "spacy" in sys.modules or any(name in sys.modules for name in _COMMANDS):
        return
    for name in _COMMANDS:
        sys.modules[name] = ModuleType(name)
    sys.modules["spacy.cli"].__path__ = []
    setattr(sys.modules["spacy.cli.info"], "info", _info)  # noqa: B010  # a name that mypy cannot know of
    try:
        import spacy  # noqa: F401
    finally:
        for name in _COMMANDS:
            del sys.modules[name]


def _info(*arguments: Any, **options: Any) -> Any:
    """What ``spacy.info`` is, fetched when it is called."""
    from spacy.cli.info import info

    return info(*arguments, **options)
