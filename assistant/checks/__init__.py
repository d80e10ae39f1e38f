"""The checks that rules name: each takes the facts and its parameters and yields outcomes.

A module of this package that defines a ``Check`` has registered it; nothing needs to be listed here.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from assistant.checks.base import Check


def _all() -> dict[str, Check]:
    """Every check by its name. Raises ``ValueError`` where two have the same."""
    found: dict[str, Check] = {}
    for module in sorted(module.name for module in iter_modules(__path__)):
        for value in vars(import_module(f"{__name__}.{module}")).values():
            if isinstance(value, Check) and found.setdefault(value.name, value) is not value:
                raise ValueError(f"two checks are named {value.name}")
    return found


CHECKS: dict[str, Check] = _all()
