"""hecha 核查助手: audits the disclosed final accounts and budgets of Chinese government departments.

The public API, about a dozen names. They are loaded on first use, so that ``hecha --help`` stays quick.

>>> from assistant import load_rulebook, read, audit_document
>>> audit = audit_document(read("决算公开.txt"), load_rulebook())
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.audit import audit_document, audit_paths
    from assistant.document import Document, Problem, Table
    from assistant.findings import Audit, Finding, Report, Verdict
    from assistant.reading import UnreadableError, read
    from assistant.rules import Rule, Rulebook, RuleFileError, load_rulebook
    from assistant.troubles import RuleCrashError

_HOMES = {
    "audit_document": "audit", "audit_paths": "audit",
    "Document": "document", "Problem": "document", "Table": "document",
    "Audit": "findings", "Finding": "findings", "Report": "findings", "Verdict": "findings",
    "UnreadableError": "reading", "read": "reading",
    "Rule": "rules", "RuleFileError": "rules", "Rulebook": "rules", "load_rulebook": "rules",
    "RuleCrashError": "troubles",
}  # fmt: skip

__all__ = [
    "Audit",
    "Document",
    "Finding",
    "Problem",
    "Report",
    "Rule",
    "RuleCrashError",
    "RuleFileError",
    "Rulebook",
    "Table",
    "UnreadableError",
    "Verdict",
    "audit_document",
    "audit_paths",
    "load_rulebook",
    "read",
]


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'assistant' has no attribute {name!r}")
    return getattr(import_module(f"assistant.{home}"), name)
