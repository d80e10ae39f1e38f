"""Plant single errors and conversion damage in clean samples, and see what the audit makes of them.

An error must be found: a finding of severity error or warning with evidence on a changed line. Damage must not be called an
error: no error-severity finding that the clean sample does not have. Every case is made from its own seed (sample, kind, number),
so that case 3 is the same whether 5 or 50 are made.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from assistant.audit import audit_document
from assistant.document import Document
from assistant.findings import Finding
from assistant.reading import read_bytes
from assistant.rules import Rulebook, load_rulebook

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "corpora" / "samples"

_AMOUNT = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d{2})$")
_TOTAL = re.compile(r"合\s*计|总\s*计")

Grid = list[list[str]]


@dataclass
class Draft:
    """A sample being spoiled: its lines as cells, the lines of each known table, and which lines were changed."""

    cells: Grid
    tables: list[list[int]]
    random: random.Random
    changed: list[int]

    def amounts(self, line: int) -> list[int]:
        """The positions of the amounts in a line."""
        return [i for i, cell in enumerate(self.cells[line]) if _AMOUNT.match(cell.strip())]

    def rows(self, table: list[int]) -> list[int]:
        """The lines of a table that hold amounts."""
        return [line for line in table if self.amounts(line)]

    def pick(self, wanted: Callable[[str], bool] = lambda label: True) -> tuple[int, int]:
        """An amount anywhere in the tables, of a row whose text is wanted."""
        places = [
            (line, i)
            for table in self.tables
            for line in table
            if wanted("".join(self.cells[line]))
            for i in self.amounts(line)
        ]
        return self.random.choice(places)

    def put(self, line: int, position: int, text: str) -> None:
        """Change a cell and remember the line."""
        self.cells[line][position] = text
        self.changed.append(line + 1)


Spoiler = Callable[[Draft], None]


# --- errors ---------------------------------------------------------------------------------------------------------


def transposed(draft: Draft) -> None:
    """Two neighbouring digits change places."""
    places = []
    while not places:
        line, position = draft.pick()
        text = draft.cells[line][position]
        digits = [i for i, char in enumerate(text) if char.isdigit()]
        pairs = pairwise(digits)
        places = [(a, b) for a, b in pairs if text[a] != text[b] and not (a == 0 and text[b] == "0")]
    a, b = draft.random.choice(places)
    swapped = list(text)
    swapped[a], swapped[b] = swapped[b], swapped[a]
    draft.put(line, position, "".join(swapped))


def lost_digit(draft: Draft) -> None:
    """One digit before the point is missing."""
    text = ""
    while len(re.sub(r"\D", "", text.split(".")[0])) < 2:
        line, position = draft.pick()
        text = draft.cells[line][position]
    whole, point, rest = text.partition(".")
    digits = re.sub(r"\D", "", whole)
    gone = draft.random.randrange(1, len(digits))
    sign = "-" if text.startswith("-") else ""
    draft.put(line, position, f"{sign}{int(digits[:gone] + digits[gone + 1 :]):,}{point}{rest}")


def changed_digit(draft: Draft) -> None:
    """One digit of an amount is another one."""
    line, position = draft.pick()
    _change_digit(draft, line, position)


def changed_total(draft: Draft) -> None:
    """One digit of a total is another one."""
    line, position = draft.pick(lambda label: bool(_TOTAL.search(label)))
    _change_digit(draft, line, position)


def _change_digit(draft: Draft, line: int, position: int) -> None:
    text = draft.cells[line][position]
    last = len(text.split(".")[0])  # a digit before the point: never a mere tail difference
    places = [i for i, char in enumerate(text[:last]) if char.isdigit()]
    at = draft.random.choice(places)
    other = draft.random.choice([digit for digit in "123456789" if digit != text[at]])
    draft.put(line, position, text[:at] + other + text[at + 1 :])


def swapped_rows(draft: Draft) -> None:
    """The amounts of two neighbouring rows change places."""
    pairs = []
    for table in draft.tables:
        rows = draft.rows(table)
        pairs += [
            (a, b)
            for a, b in pairwise(rows)
            if draft.amounts(a) == draft.amounts(b)
            and [draft.cells[a][i] for i in draft.amounts(a)] != [draft.cells[b][i] for i in draft.amounts(b)]
        ]
    a, b = draft.random.choice(pairs)
    for i in draft.amounts(a):
        draft.cells[a][i], draft.cells[b][i] = draft.cells[b][i], draft.cells[a][i]
    draft.changed += [a + 1, b + 1]


def shifted(draft: Draft) -> None:
    """From some row on every amount stands one row low; the last one is lost."""
    tables = [draft.rows(table) for table in draft.tables]
    rows = draft.random.choice([rows for rows in tables if len(rows) >= 8])
    first = draft.random.randrange(1, len(rows) // 2)
    positions = sorted({i for line in rows for i in draft.amounts(line)})
    for low, high in reversed(list(zip(rows[first:], rows[first - 1 :], strict=False))):
        if len(draft.cells[low]) == len(draft.cells[high]):
            for i in positions:
                draft.cells[low][i] = draft.cells[high][i]
    draft.changed += [line + 1 for line in rows[first:]]


# --- damage ---------------------------------------------------------------------------------------------------------


def split_digits(draft: Draft) -> None:
    """A blank stands inside the amounts of one table, after a comma, a point or a digit."""
    for line in draft.random.choice([table for table in draft.tables if draft.rows(table)]):
        for i in draft.amounts(line):
            if draft.random.random() < 0.3:
                text = draft.cells[line][i]
                at = draft.random.randrange(1, len(text))
                draft.put(line, i, f"{text[:at]} {text[at:]}")


def stray_letters(draft: Draft) -> None:
    """Ruled lines were read as letters: blank cells of one table hold one."""
    for line in draft.random.choice([table for table in draft.tables if draft.rows(table)]):
        for i, cell in enumerate(draft.cells[line]):
            if draft.amounts(line) and not cell.strip() and draft.random.random() < 0.2:
                draft.put(line, i, draft.random.choice(["l", "I", "|", "J", "一"]))


def cut_decimals(draft: Draft) -> None:
    """The amounts of one column of one table lost their last decimal at the cell's edge."""
    table = draft.random.choice([table for table in draft.tables if draft.rows(table)])
    column = draft.random.choice([i for line in table for i in draft.amounts(line)])
    for line in table:
        if column in draft.amounts(line) and "." in draft.cells[line][column]:
            draft.put(line, column, draft.cells[line][column][:-1])


def tagged(draft: Draft) -> None:
    """Amounts of one table carry the remains of HTML."""
    for line in draft.random.choice([table for table in draft.tables if draft.rows(table)]):
        for i in draft.amounts(line):
            if draft.random.random() < 0.3:
                draft.put(line, i, f"<del>{draft.cells[line][i]}</del>")


ERRORS: dict[str, Spoiler] = {
    "两位数字颠倒": transposed,
    "漏一位数字": lost_digit,
    "改一位数字": changed_digit,
    "改合计": changed_total,
    "相邻两行互换": swapped_rows,
    "金额错行": shifted,
}
DAMAGE: dict[str, Spoiler] = {
    "数字断开": split_digits,
    "空格中的杂字": stray_letters,
    "截去末位小数": cut_decimals,
    "残留标签": tagged,
}


# --- the run --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    """One spoiled sample and what became of it. ``good``: the error was found, or the damage caused no error."""

    sample: str
    kind: str
    number: int
    damage: bool
    lines: tuple[int, ...]
    good: bool
    first: bool
    findings: tuple[Finding, ...]


def evidence_lines(finding: Finding) -> list[int]:
    """The lines of a finding's evidence, in its order."""
    return [evidence.line for evidence in finding.evidence if evidence.line is not None]


def spoil(text: str, tables: list[list[int]], spoiler: Spoiler, seed: str) -> Draft:
    """Apply one spoiler to a sample."""
    cells = [line.split("\t") for line in text.split("\n")]
    draft = Draft(cells, tables, random.Random(seed), [])
    spoiler(draft)
    return draft


def known_tables(document: Document) -> list[list[int]]:
    """The line numbers (from 0) of every table with a known role."""
    return [
        [line - 1 for line in range(table.span.line, table.span.last_line + 1)]
        for table in document.tables
        if table.role
    ]


def run(count: int, rulebook: Rulebook | None = None, samples: Path = SAMPLES) -> Iterator[Case]:
    """``count`` cases of each kind for each clean sample that has tables."""
    rulebook = rulebook or load_rulebook()
    for path in sorted(samples.glob("*/clean.txt")):
        text, name = path.read_text(encoding="utf-8"), path.parent.name
        clean = read_bytes(text.encode(), str(path))
        tables = known_tables(clean)
        before = {finding.id for finding in audit_document(clean, rulebook).findings}
        for kind, spoiler in (ERRORS | DAMAGE).items() if tables else ():
            for number in range(count):
                try:
                    draft = spoil(text, tables, spoiler, f"{name}/{kind}/{number}")
                except IndexError:  # nothing in this sample that could be spoiled so
                    break
                spoiled = "\n".join("\t".join(line) for line in draft.cells).encode()
                found = audit_document(read_bytes(spoiled, str(path)), rulebook).findings
                new = tuple(finding for finding in found if finding.id not in before)
                yield judge(name, kind, number, draft, new)


def judge(sample: str, kind: str, number: int, draft: Draft, new: tuple[Finding, ...]) -> Case:
    """Whether the audit did what it should with one case."""
    lines, damage = set(draft.changed), kind in DAMAGE
    errors = [finding for finding in new if finding.severity == "error"]
    hits = [f for f in new if f.severity != "info" and lines & set(evidence_lines(f))]
    first = any(evidence_lines(f)[0] in lines for f in hits)
    good = not errors if damage else bool(hits)
    return Case(sample, kind, number, damage, tuple(sorted(lines)), good, first, tuple(errors if damage else new))


def tally(cases: list[Case]) -> dict[str, tuple[int, int]]:
    """For each kind: the good cases and all cases."""
    kinds = dict.fromkeys(case.kind for case in cases)
    return {
        kind: (sum(case.good for case in cases if case.kind == kind), sum(case.kind == kind for case in cases))
        for kind in kinds
    }


def show(cases: list[Case], *, verbose: bool = False) -> None:
    """Print recall for each kind of error, and false alarms for each kind of damage."""
    print("注入差错（检出：有错误或警告级疑点落在被改动的行；首位：疑点的第一处就是被改动的行）")
    for kind, (good, total) in tally(cases).items():
        if kind in ERRORS:
            first = sum(case.first for case in cases if case.kind == kind)
            print(f"  {kind}：检出 {good}/{total}（{good / total:.1%}），首位 {first}")
    print("注入转换损坏（不应有新增的错误级疑点）")
    for kind, (good, total) in tally(cases).items():
        if kind in DAMAGE:
            print(f"  {kind}：无误报 {good}/{total}（{good / total:.1%}）")
    for case in cases:
        if verbose and not case.good:
            codes = "、".join(f"{f.rule}@{evidence_lines(f)[:3]}" for f in case.findings)
            print(f"  · {case.sample} {case.kind} #{case.number} 行 {list(case.lines[:4])}：{codes or '未检出'}")


def main() -> None:
    """Run the cases and print."""
    parser = argparse.ArgumentParser(description="注入差错与转换损坏，测量检出率与误报")
    parser.add_argument("--count", type=int, default=10, help="每个样本每一类的个数")
    parser.add_argument("--verbose", action="store_true", help="列出未达到预期的每个例子")
    options = parser.parse_args()
    show(list(run(options.count)), verbose=options.verbose)


if __name__ == "__main__":
    main()
