"""Measure what the audit finds in the labelled samples and among planted errors, and guard it with a baseline.

``--update`` writes ``baseline.json``; ``--check`` compares with it and exits 1 if something that was found is lost, or a
false alarm is new. The baseline names each label, so new labels and samples do not disturb it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from inject import Case, evidence_lines, percent, run, tally
from inject import show as show_cases
from labels import Label, Result, by_severity, compare_all
from spoil_performance import MISSING

from assistant.findings import CATEGORY_NAMES, SEVERITY_NAMES, Finding
from assistant.rules import Rulebook, load_rulebook

BASELINE = Path(__file__).with_name("baseline.json")
GUARDED = 1
"""The first so many planted cases of each kind and sample are in the baseline: with fifty kinds already some 290 audits."""

Baseline = dict[str, dict[str, list[str]]]


@dataclass(frozen=True)
class RuleFigures:
    """What was measured of one rule.

    ``labelled`` findings that a label asked for, ``allowed`` ones that it permits, ``false`` ones that nobody asked for.
    ``at_stake`` planted errors in figures that the rule had confirmed, of which ``caught`` were found by it or another rule;
    ``planted`` errors that it found itself, ``first`` of them with the changed line as its first evidence.
    """

    labelled: int
    allowed: int
    false: int
    at_stake: int
    caught: int
    planted: int
    first: int

    def words(self) -> list[str]:
        """As the catalogue shows it."""
        told = self.labelled + self.allowed + self.planted
        return [
            f"疑点属实 {percent(told, told + self.false)}",
            f"它核对过的数字改错后检出 {percent(self.caught, self.at_stake)}",
            f"自己检出注入差错 {self.planted} 处，首处证据即差错所在行 {percent(self.first, self.planted)}",
        ]


def by_rule(results: list[Result], cases: list[Case]) -> dict[str, RuleFigures]:
    """What was measured of each rule that said something, or had confirmed a figure in which an error was planted."""
    told = Counter(
        f.rule for result in results for f in {id(f): f for hits in result.hits.values() for f in hits}.values()
    )
    allowed = Counter(f.rule for result in results for f in (*result.allowed, *(f for _, f in result.mismatched)))
    false = Counter(f.rule for result in results for f in result.false)
    planted = [case for case in cases if not case.damage]
    at_stake = Counter(rule for case in planted for rule in case.rules)
    caught = Counter(rule for case in planted if case.good for rule in case.rules)
    finders = Counter(rule for case in planted for rule in case.finders)
    first = Counter(rule for case in planted for rule in case.finders if _names_first(case, rule))
    return {
        code: RuleFigures(
            told[code], allowed[code], false[code], at_stake[code], caught[code], finders[code], first[code]
        )
        for code in sorted({*told, *allowed, *false, *at_stake, *finders})
    }


def _names_first(case: Case, rule: str) -> bool:
    """Whether a finding of the rule has a changed line as its first evidence (or there is no line to name)."""
    return case.kind in MISSING or any(f.rule == rule and evidence_lines(f)[0] in case.lines for f in case.findings)


def brief(finding: Finding) -> str:
    """A finding in one line."""
    lines = "、".join(str(evidence.line) for evidence in finding.evidence[:4])
    return f"{SEVERITY_NAMES[finding.severity]} {finding.rule} {finding.category} 第 {lines} 行：{finding.message[:70]}"


def show_labels(results: list[Result]) -> None:
    """Print recall, localisation and precision over the labelled samples."""
    labels = [label for result in results for label in result.labels]
    found = {label.key for result in results for label in result.found}
    placed = {label.key for result in results for label in result.labels if _placed(result, label)} & found
    print(f"标注样本 {len(results)} 份；标注 {len(labels)} 处")
    located = sum(len(result.located) for result in results)
    print(f"  检出（位置与类别都相符）{percent(len(found), len(labels))}；位置相符 {percent(located, len(labels))}")
    print(f"  检出的之中，疑点的首处就是差错所在行 {percent(len(placed), len(found))}")
    print()
    print("按类别（检出 / 标注；疑点中与标注相符的 / 全部）")
    findings = [finding for result in results for finding in result.findings]
    true = {id(finding) for result in results for hits in result.hits.values() for finding in hits}
    for category in sorted({label.category for label in labels} | {finding.category for finding in findings}):
        wanted = [label.key for label in labels if label.category == category]
        made = [finding for finding in findings if finding.category == category]
        recall = percent(sum(key in found for key in wanted), len(wanted))
        precision = percent(sum(id(finding) in true for finding in made), len(made))
        print(f"  {CATEGORY_NAMES[category]}：检出 {recall}；相符 {precision}")

    false = [finding for result in results for finding in result.false]
    alarms = by_severity(false)
    counts = "误报：" + "，".join(f"{SEVERITY_NAMES[name]} {count}" for name, count in alarms.items())
    print(f"{counts}；每份 {sum(alarms.values()) / len(results):.2f} 项\n")


def _placed(result: Result, label: Label) -> bool:
    """Whether a finding names the very line of the error first."""
    return any(finding.evidence[0].line == label.line for finding in result.hits[label.key])


def show_details(results: list[Result]) -> None:
    """Print what was missed, of another category, or false; and the ledger of every document."""
    for result in results:
        missed = [label for label in result.labels if label not in result.found]
        other = {label.key for label, _ in result.mismatched}
        lines = [
            f"  {'类别不同' if label.key in other else '漏报'}：第 {label.line} 行 {label.category}：{label.what}"
            for label in missed
        ]
        lines += [f"  类别不同：标注 {label.category}，疑点 {brief(f)}" for label, f in result.mismatched]
        lines += [f"  误报：{brief(finding)}" for finding in result.false]
        if lines:
            print(result.document, *lines, sep="\n")
    print("\n数字台账（已核对 = 一致 + 尾差 + 不一致）")
    for result in results:
        counts = result.ledger
        checked = counts["一致"] + counts["尾差"] + counts["不一致"]
        rest = " · ".join(f"{name} {counts[name]}" for name in ("无依据", "无法判断", "非核对项"))
        print(f"  {result.document}：已核对 {percent(checked, counts['total'])} · {rest}")
    totals = [sum(result.ledger[name] for result in results) for name in ("一致", "尾差", "不一致", "total")]
    print(f"  合计：已核对 {percent(sum(totals[:3]), totals[3])}\n")


def show_rules(figures: dict[str, RuleFigures]) -> None:
    """Print what was measured of each rule."""
    print("按规则（疑点属实 = 标注、允许与注入的 / 加上误报的全部）")
    for code, measured in figures.items():
        print(f"  {code}：{'；'.join(measured.words())}")


# --- the baseline ---------------------------------------------------------------------------------------------------


def baseline(results: list[Result], cases: list[Case]) -> Baseline:
    """What must not get worse: labels found, false alarms, planted cases that went well."""
    guarded = [case for case in cases if case.number < GUARDED]
    return {
        "labels": {
            "found": sorted(label.key for result in results for label in result.found),
            "located": sorted(label.key for result in results for label in result.located),
        },
        "false_alarms": {
            result.document: sorted(f"{finding.severity} {finding.rule}" for finding in result.false)
            for result in results
            if result.false
        },
        "rules": {code: figures.words() for code, figures in by_rule(results, cases).items()},
        "planted": {
            kind: sorted(f"{case.sample} #{case.number}" for case in guarded if case.kind == kind and case.good)
            for kind in tally(guarded)
        },
    }


def worse(now: Baseline, before: Baseline) -> list[str]:
    """In words, everything that is worse than the baseline."""
    lines = []
    for name, words in (("located", "不再检出"), ("found", "不再以正确的类别检出")):
        lines += [f"{words}：{key}" for key in before["labels"][name] if key not in now["labels"][name]]
    for document, alarms in now["false_alarms"].items():
        new = Counter(alarms) - Counter(before["false_alarms"].get(document, []))
        lines += [f"新的误报：{document} {alarm}" for alarm in new.elements()]
    for kind, cases in before["planted"].items():
        lines += [f"{kind}不如从前：{case}" for case in cases if case not in now["planted"].get(kind, [])]
    return lines


def compare_with_baseline(rulebook: Rulebook) -> list[str]:
    """Measure what the baseline holds, and say what is worse."""
    now = baseline(compare_all(rulebook), run(GUARDED, rulebook))
    return worse(now, json.loads(BASELINE.read_text(encoding="utf-8")))


def main() -> int:
    """Measure and print; update or check the baseline where asked."""
    parser = argparse.ArgumentParser(description="测量检出率与误报")
    parser.add_argument("--count", type=int, default=6, help="每个样本每一类注入的个数")
    parser.add_argument("--update", action="store_true", help="把结果写成新的基线")
    parser.add_argument("--check", action="store_true", help="与基线比较，变差时退出码为 1")
    parser.add_argument("--verbose", action="store_true", help="列出注入中未达到预期的每个例子")
    options = parser.parse_args()
    rulebook = load_rulebook()
    results, cases = compare_all(rulebook), run(max(options.count, GUARDED), rulebook)
    show_labels(results)
    show_details(results)
    show_cases(cases, verbose=options.verbose)
    show_rules(by_rule(results, cases))
    now = baseline(results, cases)
    if options.update:
        BASELINE.write_text(json.dumps(now, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        print(f"已更新 {BASELINE.name}")
    if options.check:
        lines = worse(now, json.loads(BASELINE.read_text(encoding="utf-8")))
        print("\n".join(lines) or "不低于基线")
        return 1 if lines else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
