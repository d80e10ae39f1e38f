"""名词解释: if subjects are explained, all that carry amounts; none that the report does not use."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from assistant.checks.base import Check, Parameters
from assistant.checks.contents import evidence
from assistant.checks.evidence import place_evidence, ref_evidence
from assistant.disclosure import Glossary, Term
from assistant.document import Document
from assistant.facts import Facts, NotApplicableError, ref_at
from assistant.findings import Outcome, Ref, Verdict
from assistant.rules import Rule
from assistant.terms import functional
from assistant.text import chinese, squeeze

FEW = 3


class GlossaryParameters(Parameters):
    """``least``: how many subjects must be explained before one says that the list is meant to hold them all."""

    least: int = FEW


def glossary_of(facts: Facts) -> Glossary:
    """The 名词解释. Raises ``NotApplicableError`` where there is none that could be read."""
    found = facts.disclosure().glossary
    if found is None or len(found.terms) < FEW:
        raise NotApplicableError("没有识别到名词解释")
    return found


def run_covered(facts: Facts, rule: Rule, parameters: GlossaryParameters) -> Iterator[Outcome]:
    """One outcome with all subjects of the tables that are not explained, where most are."""
    document = facts.document
    found = glossary_of(facts)
    items = used(document)
    if len(items) < FEW:
        raise NotApplicableError("表格中没有可核对的项级科目")
    text = chinese(found.text)
    missing = [ref for ref in items.values() if not _explained(ref, text)]
    if len(items) - len(missing) < parameters.least:
        raise NotApplicableError("名词解释没有逐个解释支出科目")
    if not missing:
        yield Outcome(rule.code, Verdict.AGREE, "名词解释")
        return
    few = len(missing) * 3 <= len(items)
    names = "、".join(ref.row.name for ref in missing)
    yield Outcome(
        rule.code, Verdict.DISAGREE, "名词解释", stated=f"解释了 {len(items) - len(missing)} 个", expected=f"{len(items)} 个项级科目",
        calculation=f"表中有金额而没有解释的有 {len(missing)} 个：{names}", severity=None if few else "info",
        detail="" if few else "只解释了部分科目，如系有意从略请忽略。",
        evidence=(evidence(document, found.line), *(ref_evidence(ref) for ref in missing[:12])),
    )  # fmt: skip


def used(document: Document) -> dict[str, Ref]:
    """The subjects (项) with an amount in any known table, by code."""
    refs: dict[str, Ref] = {}
    for table in document.tables:
        for side in table.sides if table.role else ():
            for row in side.rows:
                if re.fullmatch(r"2\d{6}", row.code) and not row.code_derived and plain(row.label):
                    at = next((i for i, c in enumerate(row.cells) if c.figure is not None and c.figure.value), None)
                    if at is not None:
                        refs.setdefault(row.code, ref_at(table, side, row, at))
    return refs


def _explained(ref: Ref, text: str) -> bool:
    names = {plain(ref.row.label), *(plain(name) for name in functional().names.get(ref.row.code, ()))}
    forms = {form for name in names for form in (name, name.removesuffix("支出")) if len(form) >= 3}
    return any(form in text for form in forms) or any(fuzz.partial_ratio(form, text) >= 85 for form in forms)


def run_left_over(facts: Facts, rule: Rule, _: GlossaryParameters) -> Iterator[Outcome]:
    """One outcome with all subjects that are explained as 项 and stand nowhere else in the report."""
    document = facts.document
    found = glossary_of(facts)
    text = facts.disclosure().narrative
    if len(used(document)) < FEW and text.count("(项)") < FEW:
        raise NotApplicableError("报告中没有可核对的项级科目")
    elsewhere = chinese(text)
    unused = [(name, term) for term in found.terms for name in _items(term) if not _known(name, elsewhere)]
    if not unused:
        yield Outcome(rule.code, Verdict.AGREE, "名词解释")
        return
    names = "、".join(f"“{name}”" for name, _ in unused)
    places = dict.fromkeys(term.span for _, term in unused)
    yield Outcome(
        rule.code, Verdict.DISAGREE, names, stated=names, expected="只解释本报告使用的科目", calculation=f"表格和正文中没有{names}",
        evidence=tuple(place_evidence(document, at) for at in places),
    )  # fmt: skip


def _items(term: Term) -> list[str]:
    """The subjects marked （项） in what is explained."""
    parts = re.split(r"\([类款]\)|、", squeeze(term.name))
    return [plain(part.removesuffix("(项)")) for part in parts if part.endswith("(项)")]


def _known(name: str, text: str) -> bool:
    forms = {name, name.removesuffix("支出")}
    return len(name) < 4 or any(
        form in text or fuzz.partial_ratio(form, text) >= 85 for form in forms if len(form) >= 3
    )


def plain(name: str) -> str:
    """The Chinese characters of a name, for comparing."""
    return chinese(squeeze(name))


COVERED = Check("glossary_covered", GlossaryParameters, run_covered)
LEFT_OVER = Check("glossary_left_over", GlossaryParameters, run_left_over)
