"""Knowledge of the field from ``corpora/``: table roles, subject lists. Data only; loaded once."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.resources import corpora_dir
from assistant.text import squeeze
from assistant.yamlfile import load_yaml


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ColumnSpec(_Data):
    """A column of amounts: canonical key and the header words that mean it (``上层/下层`` for a two-level header).

    ``beside`` marks one that the usual form of the table does not have.
    """

    key: str
    names: tuple[str, ...] = ()
    beside: bool = False


class RowSpec(_Data):
    """A named row: canonical key, other wordings, the group that sums over it, and the row it is part of where listed."""

    key: str
    names: tuple[str, ...] = ()
    group: str = ""
    within: str = ""


class SideSpec(_Data):
    """One list of a table."""

    name: str = ""
    columns: tuple[ColumnSpec, ...]
    rows: tuple[RowSpec, ...] = ()
    subjects: Literal["", "functional", "economic"] = ""
    measure: str = ""
    """What the amounts are where the table does not say (决算数)."""

    def measure_of(self, words: Iterable[str]) -> tuple[str, ...]:
        """The word for what the amounts are, to be put over columns whose own words do not say it."""
        if not self.measure or any("预算" in word or "决算" in word for word in words):
            return ()
        return (self.measure,)


class RoleSpec(_Data):
    """A known table: its titles and how it is laid out.

    ``subjects``: rows with subject codes · ``sides``: two lists side by side · ``grouped``: one list in several column
    groups · ``flat``: one row of amounts, sometimes printed as a list · ``list``: details without codes under a total.
    """

    role: str
    kind: Literal["final_accounts", "budget"]
    titles: tuple[str, ...] = Field(min_length=1)
    layout: Literal["subjects", "sides", "grouped", "flat", "list"]
    sides: tuple[SideSpec, ...] = Field(min_length=1)

    @cached_property
    def column_words(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """For each column of amounts its names, each parted at ``/``."""
        columns = (column for side in self.sides for column in side.columns if not column.beside)
        return tuple(tuple(tuple(name.split("/")) for name in (column.key, *column.names)) for column in columns)


class _Tables(_Data):
    roles: tuple[RoleSpec, ...]
    total_names: tuple[str, ...]
    same_words: dict[str, tuple[str, ...]]


@cache
def table_roles() -> tuple[RoleSpec, ...]:
    """The known tables, from ``corpora/tables.yaml``."""
    return _tables().roles


@cache
def total_names() -> frozenset[str]:
    """How a total row is called (合计, 总计, …), squeezed."""
    return frozenset(_tables().total_names)


@cache
def same_words() -> dict[str, str]:
    """Words of headings with the usual word that means the same (公务用车运行维护费: 公务用车运行费)."""
    return {word: usual for usual, words in _tables().same_words.items() for word in words}


@cache
def column_words() -> frozenset[str]:
    """All words that may stand over a column of amounts."""
    columns = (column for spec in table_roles() for side in spec.sides for column in side.columns)
    return frozenset(part for column in columns for name in (column.key, *column.names) for part in name.split("/"))


@cache
def row_words() -> frozenset[str]:
    """The names of rows that stand over no column: where one of them is alone, a row of a table stands there."""
    rows = (row for spec in table_roles() for side in spec.sides for row in side.rows)
    return frozenset(name for row in rows for name in (row.key, *row.names)) - column_words()


@cache
def _tables() -> _Tables:
    return _Tables.model_validate(load_yaml(corpora_dir() / "tables.yaml"))


class Subjects:
    """A subject list (科目): names by code and codes by name, over all years, and the last year of each name that ended."""

    def __init__(self, path: Path) -> None:
        self.names: dict[str, list[str]] = {}
        self.codes: dict[str, list[str]] = {}
        self.ended: dict[tuple[str, str], int] = {}
        with path.open(encoding="utf-8", newline="") as file:
            for line in csv.DictReader(file):
                name = squeeze(line["name"])
                self.names.setdefault(line["code"], []).append(name)
                codes = self.codes.setdefault(name, [])
                if line["code"] not in codes:
                    codes.append(line["code"])
                if line.get("valid_to"):
                    self.ended[line["code"], name] = int(line["valid_to"])

    def names_in(self, code: str, year: int) -> list[str]:
        """The names of a code that had not ended before a year."""
        return [name for name in self.names.get(code, ()) if self.ended.get((code, name), year) >= year]

    def class_code(self, name: str) -> str:
        """The code of the 类 with this name, empty if there is none. The ending 支出 may be missing or added."""
        for form in (name, name.removesuffix("支出"), name + "支出"):
            found = [code for code in self.codes.get(form, ()) if len(code) == 3]
            if len(found) == 1:
                return found[0]
        return ""


@cache
def functional() -> Subjects:
    """支出功能分类科目."""
    return Subjects(corpora_dir() / "subjects" / "functional.csv")


@cache
def economic() -> Subjects:
    """部门预算支出经济分类科目."""
    return Subjects(corpora_dir() / "subjects" / "economic.csv")
