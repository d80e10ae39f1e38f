"""Plant slipped amounts in the clean samples: every slip must be told as one finding, and nothing that follows from it besides.

``python tests/accuracy/shifts.py [--count N] [--verbose]``. Each case is made from its own seed (sample, kind, number).
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from drafts import Draft
from inject import draft_of, evidence_lines, percent, sources, told_as

from assistant.audit import audit_document
from assistant.findings import Finding
from assistant.reading import read_bytes
from assistant.rules import Rulebook, load_rulebook

_CODED = re.compile(r"\d{3}(?:\d\d){0,2}")
FEWEST_ROWS = 9
FEWEST_MOVED = 6

Order = list[int | None]
"""For each row the row whose amounts it prints, ``None`` for none."""


def up(rows: int, draw: random.Random) -> Order:
    """From some row on everything stands higher, the last rows are blank."""
    first, by = draw.randrange(rows // 2), draw.randint(1, 3)
    return [i if i < first else i + by if i + by < rows else None for i in range(rows)]


def down(rows: int, draw: random.Random) -> Order:
    """From some row on everything stands lower; the row above is printed once more, the last ones are lost."""
    first, by = draw.randrange(1, rows // 2), draw.randint(1, 3)
    return [i if i < first + by else i - by for i in range(rows)]


def down_blank(rows: int, draw: random.Random) -> Order:
    """From some row on everything stands lower, and nothing stands in the rows where that begins."""
    first, by = draw.randrange(1, rows // 2), draw.randint(1, 2)
    return [i if i < first else None if i < first + by else i - by for i in range(rows)]


def piece(rows: int, draw: random.Random) -> Order:
    """A stretch in the middle stands higher or lower, what follows is right again."""
    first = draw.randrange(1, max(rows - FEWEST_MOVED - 3, 2))
    last = draw.randrange(first + FEWEST_MOVED, rows)
    by = draw.choice([-1, 1, 2])
    return [i + by if first <= i <= last and 0 <= i + by < rows else i for i in range(rows)]


def steps(rows: int, draw: random.Random) -> Order:
    """Two pieces with different steps."""
    first = draw.randrange(rows // 3)
    second = draw.randrange(first + 5, max(rows - 5, first + 6))
    one, more = draw.randint(1, 2), draw.randint(1, 2)
    moved = [i if i < first else i + one if i < second else i + one + more for i in range(rows)]
    return [at if at < rows else None for at in moved]


def wrapped(rows: int, draw: random.Random) -> Order:
    """Everything stands higher, past the end of the table, and goes on from its top."""
    first, by = draw.randrange(rows // 2), draw.randint(1, 4)
    return [i if i < first else (i + by) % rows for i in range(rows)]


KINDS: dict[str, Callable[[int, random.Random], Order]] = {
    "整段上移": up,
    "整段下移（重复一行）": down,
    "整段下移（留空）": down_blank,
    "中间一段": piece,
    "两段不同行数": steps,
    "越过表尾回到表首": wrapped,
}


@dataclass(frozen=True)
class Case:
    """One planted slip: whether it was told once, and what else was told."""

    name: str
    kind: str
    lines: tuple[int, ...]
    found: int
    extra: tuple[Finding, ...]


def plant(draft: Draft, kind: str, *, single: bool) -> None:
    """Let amounts of one coded table slip; with ``single`` those of one column. Raises ``IndexError`` where none can.

    Only slips that the table's own sums show in three places or more: fewer could be single slips of the pen.
    """
    tables = [rows for table in draft.tables if len(rows := _coded(draft, table)) >= FEWEST_ROWS]
    for _ in range(80):
        rows = draft.random.choice(tables)
        columns = sorted({i for line in rows for i in draft.amounts(line)})
        if single or len(_codes(draft, rows[1])) > 1:  # several lists side by side slip one by one
            columns = [draft.random.choice(columns)]
        order = KINDS[kind](len(rows), draft.random)
        old = [[draft.cells[line][i] for i in columns] for line in rows]
        new = [old[at] if at is not None else ["" for _ in columns] for at in order]
        moved = [i for i, (one, other) in enumerate(zip(old, new, strict=True)) if one[0] != other[0]]
        placed = {new[i][0] for i in moved if new[i][0].strip()}
        right = _failing(draft, rows, columns[0])
        for line, cells in zip(rows, new, strict=True):
            for i, text in zip(columns, cells, strict=True):
                draft.cells[line][i] = text
        if len(moved) >= FEWEST_MOVED and len(placed) >= 4 and _failing(draft, rows, columns[0]) >= right + 3:
            draft.changed += [rows[i] + 1 for i in moved]
            return
        for line, cells in zip(rows, old, strict=True):
            for i, text in zip(columns, cells, strict=True):
                draft.cells[line][i] = text
    raise IndexError("no table to spoil")


def _codes(draft: Draft, line: int) -> list[str]:
    return [cell.strip() for cell in draft.cells[line] if _CODED.fullmatch(cell.strip())]


def _coded(draft: Draft, table: list[int]) -> list[int]:
    """The rows of a table that lists subjects under each other, from its first amount to its last."""
    filled = draft.rows(table)
    rows = [line for line in table if filled and filled[0] <= line <= filled[-1]]
    rows = [line for line in rows if len(draft.cells[line]) == len(draft.cells[filled[0]])]
    return rows if sum(1 for line in rows if _codes(draft, line)) >= FEWEST_ROWS - 1 else []


def _failing(draft: Draft, rows: list[int], column: int) -> int:
    """The sums of subjects of one column that do not hold."""
    shown: dict[str, Decimal] = {}
    for line in rows:
        before = [cell.strip() for cell in draft.cells[line][:column] if _CODED.fullmatch(cell.strip())]
        text = draft.cells[line][column].strip().replace(",", "")
        if before and column in draft.amounts(line):
            shown[before[-1]] = Decimal(text)
    below: dict[str, Decimal] = {}
    for code, value in shown.items():
        below[code[:-2]] = below.get(code[:-2], Decimal(0)) + value
    return sum(1 for code, value in below.items() if code in shown and abs(shown[code] - value) > Decimal("0.1"))


def cases(count: int, rulebook: Rulebook | None = None) -> Iterator[Case]:
    """``count`` cases of each kind for each sample, every second one in a single column."""
    rulebook = rulebook or load_rulebook()
    for path in sources():
        yield from _cases(path, count, rulebook)


def _cases(path: Path, count: int, rulebook: Rulebook) -> Iterator[Case]:
    text, name = path.read_text(encoding="utf-8"), path.parent.name
    audit = audit_document(read_bytes(text.encode(), str(path)), rulebook)
    before = {told_as(finding) for finding in audit.findings}
    for kind in KINDS:
        for number in range(count):
            draft = draft_of(audit, text, f"{name}/{kind}/{number}")
            try:
                plant(draft, kind, single=bool(number % 2))
            except IndexError:
                break
            spoiled = "\n".join("\t".join(line) for line in draft.cells)
            told = [
                finding
                for finding in audit_document(read_bytes(spoiled.encode(), str(path)), rulebook).findings
                if told_as(finding) not in before and finding.severity != "info"
            ]
            lines = set(draft.changed)
            slips = [f for f in told if f.category == "row_shift" and lines & {*evidence_lines(f)}]
            extra = tuple(finding for finding in told if finding not in slips[:1])
            yield Case(f"{name} #{number}", kind, tuple(draft.changed), len(slips), extra)


def main() -> None:
    """Print how many slips are told as one finding, and how much is told besides."""
    parser = argparse.ArgumentParser(description="注入错行，测量是否报成一条、有无连带误报")
    parser.add_argument("--count", type=int, default=10, help="每个样本每一类的个数")
    parser.add_argument("--verbose", action="store_true", help="列出未达到预期的每个例子")
    options = parser.parse_args()
    done = list(cases(options.count))
    for kind in KINDS:
        mine = [case for case in done if case.kind == kind]
        once = sum(case.found == 1 for case in mine)
        print(f"  {kind}：报成一条 {percent(once, len(mine))}；另有疑点 {sum(len(case.extra) for case in mine)} 条")
    once, extra = sum(case.found == 1 for case in done), sum(len(case.extra) for case in done)
    print(f"  合计：报成一条 {percent(once, len(done))}；另有疑点 {extra} 条")
    for case in done:
        if options.verbose and (case.found != 1 or case.extra):
            told = "；".join(f"{finding.rule} {finding.title[:60]}" for finding in case.extra)
            print(f"  · {case.kind} {case.name} 行 {case.lines[:8]}：{case.found} 条，另有 {told or '无'}")


if __name__ == "__main__":
    main()
