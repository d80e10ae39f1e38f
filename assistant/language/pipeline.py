"""The spaCy pipeline: our tokenizer, then a component that marks every quantity with the role its sentence gives it."""

from __future__ import annotations

from functools import cache
from typing import Any

from spacy.lang.zh import Chinese
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from assistant.language.lexicon import Lexicon
from assistant.language.tokenizer import HechaTokenizer
from assistant.resources import corpora_dir
from assistant.yamlfile import load_yaml

ROLES = "roles"
"""The key in ``doc.spans`` under which role spans stand; a span's label is the role of the quantity it ends with."""


@cache
def claim_patterns() -> dict[str, list[list[dict[str, Any]]]]:
    """Token patterns by role, from ``corpora/patterns/claims.yaml``."""
    data = load_yaml(corpora_dir() / "patterns" / "claims.yaml")
    patterns: dict[str, list[list[dict[str, Any]]]] = {}
    for item in data["patterns"]:
        patterns.setdefault(item["role"], []).append(item["tokens"])
    return patterns


class RoleMarker:
    """Marks in ``doc.spans["roles"]`` the longest pattern that ends at each quantity."""

    def __init__(self, nlp: Language) -> None:
        self.matcher = Matcher(nlp.vocab)
        for role, patterns in claim_patterns().items():
            self.matcher.add(role, patterns)

    def __call__(self, doc: Doc) -> Doc:
        """Run the patterns over one Doc."""
        best: dict[int, Span] = {}
        for key, start, end in self.matcher(doc, allow_missing=True):
            role = doc.vocab.strings[key]
            held = best.get(end - 1)
            if held is None or _nearer(start, role, held):
                best[end - 1] = Span(doc, start, end, label=role)
        doc.spans[ROLES] = [best[i] for i in sorted(best)]
        return doc


def _nearer(start: int, role: str, held: Span) -> bool:
    """A pattern that begins nearer to its quantity says more about it, except that a rate in brackets needs its change.

    大于预算数 5 万元 is what goes beyond the budget, however near 预算数 stands.
    """
    if "beyond" in (role, held.label_):
        return role == "beyond"
    if "bracket" in (role, held.label_):
        return role != "bracket"
    return start > held.start if role != "rate" else start != held.start or held.label_ != "rate"


@Language.factory("claim_roles")
def _make_role_marker(nlp: Language, name: str) -> RoleMarker:
    return RoleMarker(nlp)


def build_pipeline(lexicon: Lexicon) -> Language:
    """A pipeline for one document's lexicon. Cheap: the shared parts are cached, no model is loaded."""
    nlp = Chinese(
        vocab=Vocab()
    )  # bare: the shapes and prefixes of words, worked out for every new one, are not asked for
    nlp.tokenizer = HechaTokenizer(nlp.vocab, lexicon)
    nlp.add_pipe("claim_roles")
    return nlp
