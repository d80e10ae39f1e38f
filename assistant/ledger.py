"""The ledger (数字台账): every figure ends here with exactly one verdict and a few words why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from assistant.document import Cell, Document, Table
from assistant.findings import Entry, Key, Outcome, Ref, Verdict
from assistant.mentions import MentionKind, find_mentions
from assistant.roots import Cause

# Nothing starts inside a run of digits: an endless one would be tried from each of its digits.

_WHY = {
    Verdict.AGREE: "勾稽相符",
    Verdict.TAIL: "差额在四舍五入范围内",
    Verdict.DISAGREE: "勾稽不符",
    Verdict.UNCLEAR: "相关勾稽无法判断",
    Verdict.NO_BASIS: "没有可以核对的勾稽关系",
}


def build_ledger(document: Document, outcomes: Sequence[Outcome], causes: Sequence[Cause]) -> tuple[Entry, ...]:
    """Give each figure of the tables, and each amount and percentage of the narrative, its verdict."""
    verdicts: dict[Key, set[Verdict]] = defaultdict(set)
    rules: dict[Key, dict[str, None]] = defaultdict(dict)
    for outcome in outcomes:
        if outcome.tie is None:
            continue
        for term in outcome.tie.terms:
            rules[term.ref.key][outcome.rule] = None
            if outcome.verdict is not Verdict.DISAGREE:
                # A 尾差 belongs to the total; the parts it is made of are confirmed by it.
                part = outcome.verdict is Verdict.TAIL and term not in outcome.tie.left
                verdicts[term.ref.key].add(Verdict.AGREE if part else outcome.verdict)
    blamed = _blamed(causes)
    shifted = {key for outcome in outcomes if outcome.verdict is Verdict.DISAGREE for key in outcome.covers}
    # By identity: hashing an outcome would hash whole tables.
    witnesses = {id(o) for cause in causes if cause.culprit for o in cause.outcomes if o.tie is None}
    judged = _judged([o for o in outcomes if o.figures and id(o) not in witnesses])
    entries: list[Entry] = []
    for table in document.tables:
        for where, cell in _figures(table):
            key = (table.index, cell.span.line, cell.span.start)
            verdict, why = _verdict(key in blamed, key in shifted, verdicts.get(key, set()), key in rules)
            names = tuple(rules.get(key, ()))
            if not table.sides:
                verdict, why, names = _form_cell(judged.get((cell.span.line, cell.span.start), {}))
            entries.append(Entry(cell.text, where, cell.span.line, cell.span.start, verdict, why, names))
    entries += _copied(document, judged)
    entries += _narrative(document, judged)
    entries.sort(key=lambda entry: (entry.line, entry.start))
    return tuple(entries)


def _copied(document: Document, judged: dict[tuple[int, int], dict[Verdict, str]]) -> Iterator[Entry]:
    """The figures of tables that are printed a second time: held against the first print only."""
    for copy, _ in document.copies:
        for where, cell in _figures(copy):
            verdict, why, names = _form_cell(judged.get((cell.span.line, cell.span.start), {}))
            yield Entry(cell.text, where, cell.span.line, cell.span.start, verdict, why, names)


def _blamed(causes: Iterable[Cause]) -> set[Key]:
    """The figures told as wrong: the culprit where there is one, else the totals that do not come out."""
    blamed: set[Key] = set()
    for cause in causes:
        if cause.culprit is not None:
            blamed.add(cause.culprit.key)
        else:
            for outcome in cause.outcomes:
                if outcome.tie is not None:
                    terms = outcome.tie.terms if len(outcome.tie.terms) == 2 else outcome.tie.left
                    blamed |= {term.ref.key for term in terms}
    return blamed


def _verdict(blamed: bool, shifted: bool, found: set[Verdict], tied: bool) -> tuple[Verdict, str]:
    if blamed:
        return Verdict.DISAGREE, _WHY[Verdict.DISAGREE]
    if shifted:
        return Verdict.DISAGREE, "金额错行"
    for verdict in (Verdict.TAIL, Verdict.AGREE, Verdict.UNCLEAR):
        if verdict in found:
            return verdict, _WHY[verdict]
    if tied:
        return Verdict.UNCLEAR, "只出现在不成立的勾稽中，不能确定是否有误"
    return Verdict.NO_BASIS, _WHY[Verdict.NO_BASIS]


def _figures(table: Table) -> Iterator[tuple[str, Cell]]:
    if not table.sides:
        for cells in table.body:
            for cell in cells:
                if cell.figure is not None:
                    yield table.name, cell
        return
    for side in table.sides:
        for row in side.rows:
            for column, cell in zip(side.columns, row.cells, strict=True):
                if cell.figure is not None:
                    yield Ref(table, row, column, cell).name, cell


_NEVER = {
    MentionKind.YEAR: "年度",
    MentionKind.DATE: "日期",
    MentionKind.REFERENCE: "文号",
    MentionKind.OTHER: "编号或序数",
}


def _judged(outcomes: Sequence[Outcome]) -> dict[tuple[int, int], dict[Verdict, str]]:
    """What outcomes say of single figures of the text and of forms, by line and start: verdicts, each with its rule."""
    judged: dict[tuple[int, int], dict[Verdict, str]] = defaultdict(dict)
    for outcome in outcomes:
        for i, place in enumerate(outcome.figures):
            verdict = outcome.verdict
            if verdict is Verdict.DISAGREE and i:
                continue  # the figure in question is the first; the others were only used to judge it
            judged[place].setdefault(verdict, outcome.rule)
    return judged


def _form_cell(found: dict[Verdict, str]) -> tuple[Verdict, str, tuple[str, ...]]:
    """The verdict on a figure of a table that is no table of amounts: only rules that name the figure give one."""
    told = next((v for v in _WORST if v in found), None)
    if told is None:
        return Verdict.NO_BASIS, "所在表格未作核对", ()
    return told, _WHY[told], tuple(found.values())


def _narrative(document: Document, judged: dict[tuple[int, int], dict[Verdict, str]]) -> Iterator[Entry]:
    """The figures of the text: judged ones with the worst they were told to be, the rest with why they were not."""
    for paragraph in document.paragraphs:
        for mention in find_mentions(paragraph.text):
            span = paragraph.span(mention.start, mention.end)
            found = judged.get((span.line, span.start), {})
            told = next((v for v in _WORST if v in found), None)
            if mention.kind in _NEVER:
                final, why = Verdict.NOT_CHECKED, _NEVER[mention.kind]
            elif told is not None:
                final, why = told, _WHY[told]
            elif mention.torn:
                final, why = Verdict.UNCLEAR, "数字疑似在转换中被拆开"
            else:
                final, why = Verdict.NO_BASIS, "没有可以核对的表格或计算关系"
            text = paragraph.text[mention.start : mention.end]
            yield Entry(text, "正文", span.line, span.start, final, why, tuple(found.values()))


_WORST = (Verdict.DISAGREE, Verdict.TAIL, Verdict.AGREE, Verdict.UNCLEAR)
