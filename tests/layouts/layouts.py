"""Render one set of facts in hundreds of layouts and see what is read of it: cells, roles, figures lost, false errors.

``python tests/layouts/layouts.py [--seed N] [--count N] [--only TEXT] [--verbose] [--keep FOLDER] [--errors]``
"""

from __future__ import annotations

import argparse
import os
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from made import Department, make
from render import FORMATS
from ruamel.yaml import YAML
from sheets import Shape, Sheet, sheets

from assistant.audit import audit_document
from assistant.document import Document, Table
from assistant.reading import read_bytes
from assistant.reading.sides import bare_label
from assistant.rules import load_rulebook
from assistant.text import normalise, squeeze

HERE = Path(__file__).resolve().parent
COUNT = 400


@cache
def aspects() -> dict[str, list[str]]:
    """The values of each aspect, and the tables' names by province."""
    data: dict[str, list[str]] = YAML(typ="safe").load((HERE / "shapes.yaml").read_text(encoding="utf-8"))
    return data


def shapes(seed: int, count: int = COUNT) -> Iterator[Shape]:
    """``count`` layouts: every value of every aspect comes up as often as the others, in combinations drawn from the seed."""
    data = aspects()
    names = [
        "formats",
        "sets",
        "units",
        "zeros",
        "codes",
        "header",
        "totals",
        "total_place",
        "public",
        "breaks",
        "frames",
    ]
    decks = {}
    for name in names:
        values = data[name]
        deck = [values[i % len(values)] for i in range(count)]
        random.Random(f"{seed} {name}").shuffle(deck)
        decks[name] = deck
    for i in range(count):
        chosen = [decks[name][i] for name in names]
        yield Shape(i, *chosen)


@dataclass
class Result:
    """What was read of one layout."""

    shape: Shape
    cells: int = 0
    right: int = 0
    roles: int = 0
    roles_right: int = 0
    lost: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    planted: int = 0
    found: int = 0


def rendered(shape: Shape, who: Department, made: list[Sheet]) -> tuple[str, bytes]:
    """The file name and content of a layout."""
    suffix, write = FORMATS[shape.format]
    return f"{shape.number:03}_{shape.format}_{shape.set}.{suffix}", write(who, shape, made)


def measure(task: tuple[int, Shape, bool]) -> Result:
    """Render one layout, read it, and compare."""
    seed, shape, errors = task
    who = make(seed * 1000 + shape.number % 7)
    made = sheets(who, shape, aspects()["titles"].get(shape.set, {}))  # type: ignore[attr-defined]
    name, data = rendered(shape, who, made)
    document = read_bytes(data, name)
    result = Result(shape)
    _compare(document, made, result)
    rulebook = load_rulebook()
    told = audit_document(document, rulebook).findings
    result.told = tuple(f"{f.severity} {f.rule} {f.title}" for f in told if f.severity != "info")
    if errors:
        _plant(seed, shape, who, made, result, {f.id for f in told})
    return result


def _compare(document: Document, made: Iterable[Sheet], result: Result) -> None:
    wrong: list[str] = []
    for sheet in made:
        tables = [table for table in document.tables if table.role == sheet.role]
        result.roles += 1
        result.roles_right += len(tables) == 1
        if len(tables) != 1:
            wrong.append(f"{sheet.title}：识别为 {sheet.role} 的有 {len(tables)} 张")
        read = _read(tables[0]) if tables else {}
        for place, value in sheet.expected.items():
            result.cells += 1
            if read.get(_plain(place)) == value:
                result.right += 1
            elif tables:
                wrong.append(f"{sheet.title} {place}：应为 {value}，读为 {read.get(_plain(place))}")
    result.wrong = tuple(wrong)
    shown = Counter(text for sheet in made for row in sheet.rows for text in row if "." in text and text != "0.00")
    seen = Counter(
        cell.text.strip() for table in document.tables for row in (*table.header, *table.body) for cell in row
    )
    prose = normalise(
        "\n".join(p.text for p in document.paragraphs) + "\n".join(n.text for t in document.tables for n in t.notes)
    )
    said = " ".join(problem.message for problem in document.problems)
    result.lost = tuple(
        text for text, count in shown.items() if seen[text] < count and text not in prose and text not in said
    )


def _plain(place: tuple[str, str, str]) -> tuple[str, str, str]:
    side, row, column = place
    return side, squeeze(row), column


def _read(table: Table) -> dict[tuple[str, str, str], int]:
    found: dict[tuple[str, str, str], int] = {}
    factor = table.unit.factor if table.unit else Decimal(1)
    for side in table.sides:
        for row in side.rows:
            names = dict.fromkeys(squeeze(name) for name in (row.code, row.key, bare_label(row.label)))
            for column, cell in zip(side.columns, row.cells, strict=True):
                if cell.figure is not None and cell.figure.value:
                    for name in names:
                        found.setdefault((side.name, name, column.key), int(cell.figure.value * factor * 100))
    return found


def _plant(seed: int, shape: Shape, who: Department, made: list[Sheet], result: Result, before: set[str]) -> None:
    """One digit of one amount that a sum stands on is changed: the audit must say so, at that amount or the sum."""
    draw = random.Random(f"{seed} {shape.number} error")
    places = [
        (sheet, r, c)
        for sheet in made
        if sheet.role in ("公开02", "公开03", "公开05", "预算收入总表", "预算支出总表", "预算一般公共支出表")
        for r, row in enumerate(sheet.rows)
        for c, text in enumerate(row)
        if "." in text and text != "0.00"
    ]
    sheet, r, c = draw.choice(places)
    text = sheet.rows[r][c]
    at = draw.choice([i for i, char in enumerate(text.split(".")[0]) if char.isdigit()])
    changed = text[:at] + draw.choice([d for d in "123456789" if d != text[at]]) + text[at + 1 :]
    spoiled = [replace(s, rows=[list(row) for row in s.rows]) for s in made]
    spoiled[made.index(sheet)].rows[r][c] = changed
    name, data = rendered(shape, who, spoiled)
    told = audit_document(read_bytes(data, name), load_rulebook()).findings
    result.planted = 1
    result.found = int(any(f.severity != "info" and f.id not in before for f in told))
    if not result.found:
        result.wrong = (*result.wrong, f"{sheet.title} 第{r + 1}行第{c + 1}列 {text} 改为 {changed}：没有发现")


def run(seed: int, count: int = COUNT, only: str = "", *, errors: bool = False) -> list[Result]:
    """Measure the layouts of a seed on all cores."""
    tasks = [(seed, shape, errors) for shape in shapes(seed, count) if only in _described(shape)]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(measure, tasks, chunksize=4))


def _described(shape: Shape) -> str:
    return " ".join(str(getattr(shape, field.name)) for field in fields(shape))


def percent(part: int, whole: int) -> str:
    """A share in words."""
    return f"{part}/{whole}（{part / whole:.2%}）" if whole else "—"


def show(results: list[Result], *, verbose: bool = False) -> None:
    """Print a table a format and the totals; with ``verbose`` what went wrong in each layout."""
    groups: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        groups[result.shape.format].append(result)
    for name, group in [*groups.items(), ("合计", results)]:
        cells = percent(sum(r.right for r in group), sum(r.cells for r in group))
        roles = percent(sum(r.roles_right for r in group), sum(r.roles for r in group))
        lost, told = sum(len(r.lost) for r in group), sum(len(r.told) for r in group)
        planted = percent(sum(r.found for r in group), sum(r.planted for r in group))
        print(
            f"  {name:18} {len(group):4} 种：单元格 {cells}；表名 {roles}；丢失 {lost}；误报 {told}；注入差错检出 {planted}"
        )
    print(
        "  LibreOffice 转换的 Word、Excel：未运行（本机没有安装）"
        if not _office()
        else "  LibreOffice 转换：已安装，未纳入"
    )
    if verbose:
        for result in results:
            if result.wrong or result.lost or result.told:
                print(f"· {_described(result.shape)}")
                for text in (*result.wrong[:6], *(f"丢失 {x}" for x in result.lost[:4]), *result.told[:6]):
                    print(f"    {text}")


def _office() -> bool:
    return any((Path(folder) / "soffice").exists() for folder in os.environ.get("PATH", "").split(os.pathsep))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="同一套数字排成各种版式，测量读得对不对")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--only", default="", help="只做描述中含有此文字的版式，例如 html、three、alternating")
    parser.add_argument("--errors", action="store_true", help="每种版式另外注入一处差错")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--keep", type=Path, help="把文件写到这个文件夹")
    options = parser.parse_args()
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        for shape in shapes(options.seed, options.count):
            who = make(options.seed * 1000 + shape.number % 7)
            if options.only in _described(shape):
                name, data = rendered(shape, who, sheets(who, shape, aspects()["titles"].get(shape.set, {})))  # type: ignore[attr-defined]
                (options.keep / re.sub(r"\s", "", name)).write_bytes(data)
    show(run(options.seed, options.count, options.only, errors=options.errors), verbose=options.verbose)


if __name__ == "__main__":
    main()
