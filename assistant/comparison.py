"""Comparing two states of a document by the identities of their findings: new, remaining, changed, fixed.

A finding's id is made of its rule, its subject and the stated figure. The same id is the same finding; where only the
stated figure changed, rule and title (which holds the subject) still agree, and the finding remains, changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final, Self

from assistant.decisions import document_key
from assistant.findings import Audit, Finding


@dataclass(frozen=True, slots=True)
class Pair:
    """One finding before and after."""

    old: Finding
    new: Finding


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of the findings.

    ``remaining`` are the same; ``changed`` remain with another figure; ``unchecked`` are gone only because their rule
    was not run this time.
    """

    new: tuple[Finding, ...]
    remaining: tuple[Pair, ...]
    changed: tuple[Pair, ...]
    fixed: tuple[Finding, ...]
    unchecked: tuple[Finding, ...] = ()

    def state(self, identity: str) -> str:
        """What a finding of the later state is: ``新增``, ``仍在`` or ``仍在（有变动）``; empty for an unknown id."""
        if any(finding.id == identity for finding in self.new):
            return "新增"
        if any(pair.new.id == identity for pair in self.changed):
            return "仍在（有变动）"
        return "仍在" if any(pair.new.id == identity for pair in self.remaining) else ""


def compare(old: Sequence[Finding], new: Sequence[Finding], *, not_run: Collection[str] = ()) -> Comparison:
    """What became of ``old`` in ``new``; ``not_run`` are the codes of rules that the later run left out."""
    earlier = {finding.id: finding for finding in old}
    same = [Pair(earlier[finding.id], finding) for finding in new if finding.id in earlier]
    kept = {pair.new.id for pair in same}
    gone = [finding for finding in old if finding.id not in kept]
    come = [finding for finding in new if finding.id not in kept]
    changed = _pair(gone, come)
    before, after = {pair.old.id for pair in changed}, {pair.new.id for pair in changed}
    gone = [finding for finding in gone if finding.id not in before]
    return Comparison(
        new=tuple(finding for finding in come if finding.id not in after),
        remaining=tuple(same),
        changed=tuple(changed),
        fixed=tuple(finding for finding in gone if finding.rule not in not_run),
        unchecked=tuple(finding for finding in gone if finding.rule in not_run),
    )


def _pair(gone: Iterable[Finding], come: Iterable[Finding]) -> list[Pair]:
    """Pair what has the same rule and title, in the order of the documents."""
    waiting: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in gone:
        waiting[finding.rule, finding.title].append(finding)
    return [
        Pair(waiting[finding.rule, finding.title].pop(0), finding)
        for finding in come
        if waiting.get((finding.rule, finding.title))
    ]


@dataclass(frozen=True, slots=True)
class State:
    """One document with its findings, from an audit or from a saved report.

    ``rules_run`` is None where only ``not_run``, the codes that are known to be left out, was saved.
    """

    key: str
    path: str
    title: str
    findings: tuple[Finding, ...]
    rules_run: frozenset[str] | None = None
    not_run: frozenset[str] = frozenset()

    @classmethod
    def of(cls, audit: Audit) -> Self:
        """The state that an audit found."""
        document = audit.document
        return cls(document_key(document), document.path, document.title, audit.findings, frozenset(audit.rules_run))

    def left_out(self, rules: Collection[str]) -> set[str]:
        """Those of some rules that were not run here."""
        return set(rules) - self.rules_run if self.rules_run is not None else set(rules) & self.not_run


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one document; ``old`` is None for one that is new, ``new`` for one that is there no more."""

    old: State | None
    new: State | None
    findings: Comparison


def compare_states(old: Sequence[State], new: Sequence[State]) -> tuple[Change, ...]:
    """Pair the documents of two runs and compare each; what was not audited again is not fixed but unchecked."""
    pairs = _partners(old, new)
    changes = []
    for index, state in enumerate(new):
        before = old[pairs[index]] if index in pairs else None
        earlier = before.findings if before else ()
        left_out = state.left_out({finding.rule for finding in earlier})
        changes.append(Change(before, state, compare(earlier, state.findings, not_run=left_out)))
    taken = set(pairs.values())
    for index, state in enumerate(old):
        if index not in taken:
            changes.append(Change(state, None, Comparison((), (), (), (), state.findings)))
    return tuple(changes)


_SIGNS: Final[tuple[Callable[[State], tuple[str, ...]], ...]] = (
    lambda state: (state.key, state.path),
    lambda state: (state.key, PurePath(state.path).name),
    lambda state: (state.key,),
)


def _partners(old: Sequence[State], new: Sequence[State]) -> dict[int, int]:
    """For the positions in ``new`` those of the same documents in ``old``: by key and path, key and name, key alone."""
    pairs: dict[int, int] = {}
    for sign in _SIGNS:
        waiting: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for index, state in enumerate(old):
            if index not in pairs.values():
                waiting[sign(state)].append(index)
        for index, state in enumerate(new):
            if index not in pairs and waiting.get(sign(state)):
                pairs[index] = waiting[sign(state)].pop(0)
    if len(old) == len(new) == 1:
        return {0: 0}  # two files that somebody named are two states of one document, whatever they say of themselves
    return pairs
