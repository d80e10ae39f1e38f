"""Facts: the document as rules look at it. Finds amounts by table, side, row and column names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from assistant.claims import Claims
from assistant.document import Cell, CellState, Column, Document, Row, Side, Table
from assistant.findings import Key, Outcome, Ref, Term, Tie
from assistant.formulas import Formula, Item, Name
from assistant.laws.shift import Slip, find_slips
from assistant.terms import economic, functional, table_roles

if TYPE_CHECKING:
    from assistant.disclosure import Disclosure
    from assistant.explained import Explanations
    from assistant.indicators.linking import Evaluated
    from assistant.indicators.model import Performance


class NotApplicableError(Exception):
    """A rule that cannot be run on this document; the message says why, in a few Chinese words."""


@dataclass(slots=True)
class Facts:
    """A document and what earlier checks found out about it (``outcomes``, in the order of the rules)."""

    document: Document
    outcomes: list[Outcome] = field(default_factory=list)
    _claims: Claims | None = None
    _performance: Performance | None = None
    _evaluated: tuple[Evaluated, ...] | None = None
    _slips: tuple[Slip, ...] | None = None
    _slipped: frozenset[Key] | None = None
    _disclosure: Disclosure | None = None
    _explanations: Explanations | None = None

    def performance(self) -> Performance:
        """The performance part (绩效), read once, when a rule first asks for it.

        Raises ``NotApplicableError`` for a document that tells no indicators, forms or evaluated projects.
        """
        if self._performance is None:
            from assistant.indicators import read_performance

            self._performance = read_performance(self.document)
        if not self._performance.summaries and not self._performance.forms:
            raise NotApplicableError("没有识别到绩效内容")
        return self._performance

    def evaluated(self) -> tuple[Evaluated, ...]:
        """The projects with all that is told of each, put together once. Raises ``NotApplicableError`` as ``performance``."""
        if self._evaluated is None:
            from assistant.indicators.linking import evaluated

            self._evaluated = evaluated(self.performance())
        return self._evaluated

    def claims(self) -> Claims:
        """The statements of the narrative, read once, when a rule first asks for them.

        Raises ``NotApplicableError`` for a document without narrative.
        """
        if self._claims is None:
            if not self.document.paragraphs:
                raise NotApplicableError("没有正文叙述")
            from assistant.claims import read_claims  # spaCy takes most of a second to import
            from assistant.language.lean import import_spacy
            from assistant.language.lexicon import document_lexicon

            import_spacy()
            from assistant.language.pipeline import build_pipeline

            self._claims = read_claims(self.document, build_pipeline(document_lexicon(self.document)))
        return self._claims

    def explanations(self) -> Explanations:
        """The reasons that the narrative gives, read once. Raises ``NotApplicableError`` as ``claims``."""
        if self._explanations is None:
            from assistant.explained import Explanations

            told = [statement for statement in self.claims().statements if not statement.in_reason]
            self._explanations = Explanations(self.document, told)
        return self._explanations

    def disclosure(self) -> Disclosure:
        """The 目录, the 名词解释 and the text between them, read once, when a rule first asks for them."""
        if self._disclosure is None:
            from assistant.disclosure import Disclosure

            self._disclosure = Disclosure(self.document)
        return self._disclosure

    def slips(self) -> tuple[Slip, ...]:
        """The tables in which amounts slipped against their labels, looked for once."""
        if self._slips is None:
            self._slips = find_slips(self.document)
        return self._slips

    def slipped(self) -> frozenset[Key]:
        """The amounts of the columns that slipped: they confirm and refute nothing."""
        if self._slipped is None:
            self._slipped = frozenset(key for slip in self.slips() for key in slip.doubted)
        return self._slipped

    def table(self, role: str) -> Table:
        """The one table of a role. Raises ``NotApplicableError`` where there is none or more than one."""
        found = [table for table in self.document.tables if table.role == role]
        if not found:
            raise NotApplicableError(f"没有识别到{role}")
        if len(found) > 1:
            raise NotApplicableError(f"{role}出现了 {len(found)} 次，无法确定用哪一张")
        return found[0]

    def tables(self, roles: Iterable[str]) -> list[Table]:
        """All tables of the roles. Raises ``NotApplicableError`` where there is none."""
        wanted = list(roles)
        found = [table for table in self.document.tables if table.role in wanted]
        if not found:
            raise NotApplicableError(f"没有识别到{'、'.join(wanted)}")
        return found


def is_garbled(cell: Cell) -> bool:
    """Whether a cell where an amount belongs holds digits that could not be read as one number."""
    return cell.state is CellState.TEXT and any(char.isdigit() for char in cell.text)


def ref_at(table: Table, side: Side, row: Row, column: int) -> Ref:
    """The amount at a row and the position of a column."""
    return Ref(table, row, side.columns[column], row.cells[column])


def find_side(table: Table, name: str) -> Side:
    """The side of a table. Raises ``NotApplicableError``."""
    side = table.side(name)
    if side is None:
        raise NotApplicableError(f"{table.name}没有{name or '可核对的内容'}")
    return side


def find_column(table: Table, side: Side, key: str) -> int:
    """The position of a column; without a key the first. Raises ``NotApplicableError``."""
    if not key and side.columns:
        return 0
    position = side.column(key)
    if position is None:
        raise NotApplicableError(f"{table.name}没有识别到“{key}”栏")
    return position


def find_rows(side: Side, name: Name) -> list[Row]:
    """The rows that a name means: a group (Σ), a known row, or a subject code; at most one without Σ."""
    if not name.total:
        rows = [row for row in side.rows if name.row and (name.row == row.key or _is_subject(row, name.row))]
        if not name.row:
            rows = [row for row in side.rows if len(side.rows) == 1 or row.key == "合计"]
        elif name.row == "合计" and not rows and len(side.rows) == 1 and not side.rows[0].name:
            rows = list(side.rows)  # a table of nothing but one row of totals
        return rows[:1]
    if name.row == "类":
        return [row for row in side.rows if len(row.code) == 3]
    members = group_members(side, name.row)
    shown = {row.key for row in side.rows if any(cell.figure is not None for cell in row.cells)}
    return [
        row
        for row in side.rows
        if row.key in members and not row.part_of and not contained_in(side.name, row.key) & shown
    ]


def _is_subject(row: Row, code: str) -> bool:
    """Whether a row is the subject of a code: its label may differ from the list's name, but must not be another thing."""
    if row.code != code:
        return False
    names = (economic() if code[0] in "35" else functional()).names.get(code, [])
    return not row.label or not names or max(fuzz.ratio(row.label, name) for name in names) >= 50


def group_members(side: Side, group: str) -> frozenset[str]:
    """The keys of the rows in a group, over all known tables with such a side."""
    return frozenset(
        row.key
        for spec in table_roles()
        for s in spec.sides
        if s.name == side.name
        for row in s.rows
        if row.group == group
    )


def contained_in(side: str, key: str) -> frozenset[str]:
    """The rows that contain a row (财政拨款收入 contains the three budgets), over all known tables with such a side."""
    specs = [s for spec in table_roles() for s in spec.sides if s.name == side]
    return frozenset(row.within for s in specs for row in s.rows if row.key == key and row.within)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A formula's side as terms, and whether everything it needs was there."""

    terms: tuple[Term, ...]
    complete: bool
    blanks: tuple[str, ...] = ()


def resolve(facts: Facts, items: tuple[Item, ...], default: Name) -> Resolved:
    """Find the amounts of one side of a formula; ``default`` supplies table, side and column where names lack them.

    Raises ``NotApplicableError`` where a table, side or column that the formula needs is not there.
    """
    terms: list[Term] = []
    blanks: list[str] = []
    complete = True
    for item in items:
        found = False
        for name in item.choices:
            refs = _refs(facts, name, default)
            if any(is_garbled(ref.cell) for ref in refs):
                return Resolved((), False)
            with_figures = [ref for ref in refs if ref.cell.figure is not None]
            if with_figures:
                terms += [Term(item.sign, ref) for ref in with_figures]
                found = True
                break
            blanks += [ref.row.name for ref in refs]
        if not found and not all(name.optional for name in item.choices):
            complete = False
    return Resolved(tuple(terms), complete, tuple(blanks))


def _refs(facts: Facts, name: Name, default: Name) -> list[Ref]:
    try:
        table = facts.table(name.table or default.table)
        side = find_side(table, name.side or default.side)
        column = find_column(table, side, name.column or default.column)
    except NotApplicableError:
        if name.optional:
            return []
        raise
    rows = find_rows(side, name)
    if name.total and rows:
        rows = _before_total(side, rows)
    return [ref_at(table, side, row, column) for row in rows]


def _before_total(side: Side, rows: list[Row]) -> list[Row]:
    """Rows of a group up to the next total or 结转, under which the same names may break that down."""
    members = {id(row) for row in rows}
    first = next(i for i, row in enumerate(side.rows) if id(row) in members)
    end = next((i for i, row in enumerate(side.rows) if i > first and _ends_group(row)), len(side.rows))
    return [row for row in side.rows[first:end] if id(row) in members]


def _ends_group(row: Row) -> bool:
    return row.key.startswith("本年") or row.key in ("总计", "合计") or "结转" in row.key


def tie_of(facts: Facts, formula: Formula, default: Name) -> tuple[Tie | None, Resolved, Resolved]:
    """The tie that a formula makes on a document, or ``None`` where figures are missing."""
    left, right = resolve(facts, formula.left, default), resolve(facts, formula.right, default)
    if not left.complete or not right.complete or not left.terms or not right.terms:
        return None, left, right
    return Tie(left.terms, right.terms, formula.relation), left, right


def unknown_figures(side: Side, column: int) -> bool:
    """Whether rows that we could not name show figures in a column: a sum over named rows may then be incomplete."""
    return any(
        not row.key and not row.code and not row.part_of and row.cells[column].figure is not None
        and row.cells[column].figure.value != 0  # type: ignore[union-attr]  # checked just before
        for row in side.rows
    )  # fmt: skip


__all__ = ["Column", "Facts", "NotApplicableError", "Resolved"]
