"""Plant single errors and conversion damage in clean samples, and see what the audit makes of them.

An error must be found: a finding of severity error or warning with evidence on a changed line. Damage must not be called an
error: no error-severity finding that the clean sample does not have. Every case is made from its own seed (sample, kind, number),
so that case 3 is the same whether 5 or 50 are made.
"""

from __future__ import annotations

import argparse
import os
import random
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import spoil_performance
import spoil_reasons
import spoil_tables
import spoil_text
import spoil_words
from drafts import Draft, Spoiler

from assistant.audit import audit_document
from assistant.document import Document
from assistant.findings import Audit, Finding, Verdict
from assistant.reading import read_bytes
from assistant.rules import Rulebook, load_rulebook

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "corpora" / "samples"

ERRORS: dict[str, Spoiler] = (
    spoil_tables.ERRORS | spoil_text.ERRORS | spoil_words.ERRORS | spoil_reasons.ERRORS | spoil_performance.ERRORS
)
DAMAGE: dict[str, Spoiler] = spoil_tables.DAMAGE | spoil_text.DAMAGE


# --- the run --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    """One spoiled sample and what became of it.

    ``good``: the error was found where it stands, or the damage caused no error; ``told``: something new was said, wherever;
    ``first``: its first evidence is the changed line. ``rules`` are those that had confirmed the changed figure in the clean
    sample, ``finders`` those that found the error, and ``findings`` all that is new (of damage: the errors).
    """

    sample: str
    kind: str
    number: int
    damage: bool
    lines: tuple[int, ...]
    rules: tuple[str, ...]
    good: bool
    told: bool
    first: bool
    finders: tuple[str, ...]
    findings: tuple[Finding, ...]


def evidence_lines(finding: Finding) -> list[int]:
    """The lines of a finding's evidence, in its order."""
    return [evidence.line for evidence in finding.evidence if evidence.line is not None]


def draft_of(audit: Audit, text: str, seed: str) -> Draft:
    """A copy of an audited document to spoil."""
    document = audit.document
    verified = {
        (entry.line - 1, entry.start): entry.rules
        for entry in audit.ledger
        if entry.verdict in (Verdict.AGREE, Verdict.TAIL)
    }
    prose = sorted({segment.line - 1 for paragraph in document.paragraphs for segment in paragraph.segments})
    cells = [line.split("\t") for line in text.split("\n")]
    return Draft(cells, known_tables(document), prose, document.year or 0, verified, random.Random(seed), [])


def known_tables(document: Document) -> list[list[int]]:
    """The line numbers (from 0) of every table with a known role."""
    return [
        [line - 1 for line in range(table.span.line, table.span.last_line + 1)]
        for table in document.tables
        if table.role
    ]


def sources(samples: Path = SAMPLES) -> Iterator[Path]:
    """The documents in which errors are planted: the clean samples."""
    return iter(sorted(samples.glob("*/clean.txt")))


def run(count: int, rulebook: Rulebook | None = None, paths: Iterable[Path] | None = None) -> list[Case]:
    """``count`` cases of each kind for each document in which that kind of error can be planted."""
    rulebook = rulebook or load_rulebook()
    tasks = [(path, tuple(ERRORS | DAMAGE), count, rulebook) for path in paths or sources()]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        return [case for cases in pool.map(spoil, tasks) for case in cases]


def spoil(task: tuple[Path, tuple[str, ...], int, Rulebook]) -> list[Case]:
    """All cases of one document."""
    path, kinds, count, rulebook = task
    text, name = path.read_text(encoding="utf-8"), path.parent.name if path.stem == "clean" else path.stem
    audit = audit_document(read_bytes(text.encode(), str(path)), rulebook)
    before, marks = {told_as(finding) for finding in audit.findings}, {mark(finding) for finding in audit.findings}
    cases = []
    for kind in kinds:
        for number in range(count):
            draft = draft_of(audit, text, f"{name}/{kind}/{number}")
            try:
                (ERRORS | DAMAGE)[kind](draft)
            except IndexError:  # nothing in this sample that could be spoiled so
                break
            spoiled = "\n".join("\t".join(line) for line in draft.cells)
            found = audit_document(read_bytes(spoiled.encode(), str(path)), rulebook).findings
            new = [finding for finding in found if told_as(finding) not in before]
            if kind in DAMAGE:  # the same error, worded anew because some other figure of it was damaged
                new = [finding for finding in new if mark(finding) not in marks]
            rules = confirming(draft, text) if kind in ERRORS else ()
            cases.append(judge(name, kind, number, draft, rules, new))
    return cases


def told_as(finding: Finding) -> tuple[object, ...]:
    """What makes a finding another one: also a graver severity, and a further place of the same slip."""
    return finding.id, finding.severity, *evidence_lines(finding)


def mark(finding: Finding) -> tuple[str, str]:
    """The rule of a finding and the text of its first place: lines may have been put in before it."""
    return finding.rule, next((evidence.text for evidence in finding.evidence), "")


def confirming(draft: Draft, text: str) -> tuple[str, ...]:
    """The rules that had confirmed the figure at the first changed place of each changed line."""
    old = text.split("\n")
    rules: dict[str, None] = {}
    for line in {line - 1 for line in draft.changed}:
        new = "\t".join(draft.cells[line])
        at = next((i for i, (a, b) in enumerate(zip(old[line], new, strict=False)) if a != b), 0)
        places = [start for where, start in draft.verified if where == line and start <= at]
        if places:
            rules |= dict.fromkeys(draft.verified[line, max(places)])
    return tuple(rules)


def judge(sample: str, kind: str, number: int, draft: Draft, rules: tuple[str, ...], new: list[Finding]) -> Case:
    """Whether the audit did what it should with one case."""
    lines, damage = set(draft.changed), kind in DAMAGE
    told = [finding for finding in new if finding.severity != "info"]
    if kind in spoil_performance.MISSING:  # what is not there has no line
        hits = [finding for finding in told if finding.category == "completeness"]
        first = bool(hits)
    else:
        hits = [finding for finding in told if lines & {*evidence_lines(finding)}]
        first = any(evidence_lines(finding)[0] in lines for finding in hits)
    errors = [finding for finding in new if finding.severity == "error"]
    return Case(
        sample,
        kind,
        number,
        damage,
        tuple(sorted(lines)),
        rules,
        good=not errors if damage else bool(hits),
        told=bool(told),
        first=first,
        finders=tuple(dict.fromkeys(finding.rule for finding in hits)),
        findings=tuple(errors if damage else new),
    )


def tally(cases: list[Case]) -> dict[str, tuple[int, int]]:
    """For each kind: the good cases and all cases."""
    kinds = dict.fromkeys(case.kind for case in cases)
    return {
        kind: (sum(case.good for case in cases if case.kind == kind), sum(case.kind == kind for case in cases))
        for kind in kinds
    }


def show(cases: list[Case], *, verbose: bool = False) -> None:
    """Print recall and localisation for each kind of error, and false alarms for each kind of damage."""
    print(
        "注入差错（检出：有错误或警告级疑点落在被改动的行；定位：有新疑点的之中落在被改动的行；首处：疑点的第一处就是该行）"
    )
    for kind, (good, total) in tally(cases).items():
        if kind in ERRORS:
            mine = [case for case in cases if case.kind == kind]
            placed, first = percent(good, sum(case.told for case in mine)), sum(case.first for case in mine)
            print(f"  {kind}：检出 {percent(good, total)}；定位 {placed}；首处 {first}")
    planted = [case for case in cases if not case.damage]
    found = sum(case.good for case in planted)
    told = sum(case.told for case in planted)
    print(f"  合计：检出 {percent(found, len(planted))}；定位 {percent(found, told)}")
    print("注入转换损坏（不应有新增的错误级疑点）")
    for kind, (good, total) in tally(cases).items():
        if kind in DAMAGE:
            print(f"  {kind}：无误报 {percent(good, total)}")
    for case in cases:
        if verbose and not case.good:
            codes = "、".join(f"{f.rule}@{evidence_lines(f)[:3]}" for f in case.findings)
            print(f"  · {case.sample} {case.kind} #{case.number} 行 {list(case.lines[:4])}：{codes or '未检出'}")


def percent(part: int, whole: int) -> str:
    """A share in words, or a dash where there is nothing to share."""
    return f"{part}/{whole}（{part / whole:.1%}）" if whole else "—"


def main() -> None:
    """Run the cases and print."""
    parser = argparse.ArgumentParser(description="注入差错与转换损坏，测量检出率与误报")
    parser.add_argument("--count", type=int, default=10, help="每个样本每一类的个数")
    parser.add_argument("--kinds", default="", help="只做名称含有此文字的种类")
    parser.add_argument("files", nargs="*", type=Path, help="在这些文件中注入；默认为没有差错的示例")
    parser.add_argument("--verbose", action="store_true", help="列出未达到预期的每个例子")
    options = parser.parse_args()
    for group in (ERRORS, DAMAGE):
        for kind in [kind for kind in group if options.kinds not in kind]:
            del group[kind]
    show(run(options.count, paths=options.files), verbose=options.verbose)


if __name__ == "__main__":
    main()
