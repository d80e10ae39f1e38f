"""The audit, top to bottom: read, look at the facts, run the rules, find root causes, report."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path

from assistant.blank_form import is_blank_form
from assistant.checks import CHECKS
from assistant.claims import LONGEST
from assistant.document import Document, Problem
from assistant.doubt import doubted
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Audit, NotRun, Outcome, Ref, Report, Unread, Verdict
from assistant.ledger import build_ledger
from assistant.misreading import odd_tables, problems_of, without_doubtful, without_odd_rows, without_odd_tables
from assistant.parallel import Progress, one_by_one, shared_out
from assistant.reading import DEFAULT, SUFFIXES, Limits, read, read_together
from assistant.reading.sandbox import no_collection
from assistant.report import build_findings, is_notice
from assistant.roots import Cause, find_causes, settle_shifts, without_repeats
from assistant.rules import Rulebook
from assistant.troubles import RuleCrashError, unread_of

BLANK = "这是未填写的模板：应当填写的数额、名称仍是 XX、____ 等占位符号，未作核查"


@no_collection()
def audit_document(document: Document, rulebook: Rulebook) -> Audit:
    """Audit one document. Raises ``RuleCrashError`` if a check has a bug."""
    facts = Facts(document)
    blank = is_blank_form(document)
    run: list[str] = []
    not_run: list[NotRun] = []
    for rule in rulebook.rules:
        why = BLANK if blank else rule.applies_to(document.kind, document.year)
        if not why:
            check = CHECKS[rule.check]
            parameters = check.parameters.model_validate(rule.parameters)
            try:
                facts.outcomes += check.run(facts, rule, parameters)
                run.append(rule.code)
            except NotApplicableError as error:
                why = str(error)
            except Exception as error:
                raise RuleCrashError(f"规则 {rule.code} 出错：{type(error).__name__}：{error}") from error
        if why:
            not_run.append(NotRun(rule.code, why))
    severities = {rule.code: rule.severity for rule in rulebook.rules}
    outcomes = doubted(document, without_doubtful(document, facts.outcomes), severities)
    outcomes = settle_shifts(without_repeats(outcomes), facts.slips())
    outcomes = without_odd_rows(document, outcomes)
    causes = _causes(outcomes)
    odd = odd_tables(document.tables, outcomes, causes)
    if odd:
        outcomes = without_odd_tables(odd, outcomes)
        causes = _causes(outcomes)
    notices = [outcome for outcome in outcomes if is_notice(outcome)]
    problems = (Problem(BLANK),) if blank else (
        *document.problems, *problems_of(odd), *_cut_problems(outcomes), *_unchecked(document)
    )  # fmt: skip
    return Audit(
        document=document,
        findings=build_findings(document, causes, notices, rulebook),
        ledger=build_ledger(document, outcomes, causes),
        rules_run=tuple(run),
        not_run=tuple(not_run),
        problems=tuple(document.placed(problem) for problem in problems),
    )


def _causes(outcomes: Iterable[Outcome]) -> list[Cause]:
    given = list(outcomes)
    passing = [outcome for outcome in given if outcome.verdict in (Verdict.AGREE, Verdict.TAIL)]
    return find_causes([outcome for outcome in given if outcome.verdict is Verdict.DISAGREE], passing)


def _cut_problems(outcomes: Iterable[Outcome]) -> Iterator[Problem]:
    """One problem for each column in which figures seem to have lost their last digits."""
    columns: dict[tuple[int, int], list[Ref]] = {}
    for outcome in outcomes:
        if outcome.verdict is Verdict.UNCLEAR and outcome.tie is not None:
            for term in outcome.tie.terms:
                if term.ref.cell.cut:
                    found = columns.setdefault((term.ref.table.index, term.ref.column.index), [])
                    if all(term.ref.key != ref.key for ref in found):
                        found.append(term.ref)
    for refs in columns.values():
        first = refs[0]
        shown = "、".join(ref.cell.text for ref in refs[:3])
        yield Problem(
            f"{first.table.name}“{first.column.name}”栏有 {len(refs)} 个金额比同表其他金额少小数位（{shown}{'等' if len(refs) > 3 else ''}），"
            "疑似转换时截去末位；补足末位后勾稽可以成立，按无法判断处理，请对照原件",
            min(ref.cell.span.line for ref in refs),
        )


def _unchecked(document: Document) -> Iterator[Problem]:
    for paragraph in document.paragraphs:
        if len(paragraph.text) > LONGEST:
            line = paragraph.segments[0].line
            yield Problem(f"此段超过 {LONGEST:,} 个字，不像正常的叙述，其中的数字只列入台账，未作核对", line)


def audit_paths(
    paths: Sequence[str],
    rulebook: Rulebook,
    *,
    jobs: int = 1,
    progress: Progress | None = None,
    limits: Limits = DEFAULT,
) -> Report:
    """Audit files and folders. A file that cannot be read never loses the others' results.

    Ctrl+C ends the run, not its results: what is finished is in the report, and what is not is listed in ``unfinished``.
    """
    start = time.perf_counter_ns()
    files, unread = _expand(paths)
    work = partial(_one, rulebook, limits)
    results = (shared_out if jobs > 1 and len(files) > 1 else one_by_one)(work, files, jobs, progress)
    return Report(
        audits=tuple(result for result in results if isinstance(result, Audit)),
        unread=(*unread, *(result for result in results if isinstance(result, Unread))),
        seconds=_since(start),
        unfinished=tuple(file for file, result in zip(files, results, strict=True) if result is None),
    )


def audit_together(paths: Sequence[str], rulebook: Rulebook, *, limits: Limits = DEFAULT) -> Report:
    """Audit several files, and those in folders, as the parts of one document."""
    start = time.perf_counter_ns()
    files, unread = _expand(paths)
    result = (
        _guarded(" + ".join(files), lambda: audit_document(read_together(files, limits), rulebook)) if files else None
    )
    return Report(
        audits=(result,) if isinstance(result, Audit) else (),
        unread=(*unread, *((result,) if isinstance(result, Unread) else ())),
        seconds=_since(start),
    )


def _since(start: int) -> str:
    return f"{Decimal(time.perf_counter_ns() - start) / 1_000_000_000:.3f}"


def _one(rulebook: Rulebook, limits: Limits, path: str) -> Audit | Unread:
    return _guarded(path, lambda: audit_document(read(path, limits), rulebook))


def _guarded(path: str, audit: Callable[[], Audit]) -> Audit | Unread:
    try:
        return audit()
    except Exception as error:
        return unread_of(path, error)


def _expand(paths: Sequence[str]) -> tuple[list[str], list[Unread]]:
    files: list[str] = []
    unread: list[Unread] = []
    for path in paths:
        if not os.path.isdir(path):
            files.append(path)
            continue
        inside = sorted(_reports_in(path))
        files += inside
        if not inside:
            unread.append(Unread(path, f"文件夹里没有可以核查的文件（{'、'.join(SUFFIXES)}）；请检查路径"))
    return list(dict.fromkeys(files)), unread


def _reports_in(folder: str) -> Iterator[str]:
    """The files to audit in a folder and those in it; hidden ones (.git) hold no reports."""
    for base, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (str(file) for name in names if _is_report(file := Path(base, name)))


def _is_report(file: Path) -> bool:
    """Whether a file in a folder is to be audited; not what Word and macOS leave beside the files that they open."""
    return file.suffix.lower() in SUFFIXES and not file.name.startswith(("~$", "._", ".~")) and file.is_file()
