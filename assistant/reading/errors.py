"""The one error that reading raises for bad input."""

from __future__ import annotations


class UnreadableError(Exception):
    """A file that cannot be audited. The message is one clear Chinese line: what is wrong and what to do."""
