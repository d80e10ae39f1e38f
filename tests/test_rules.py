"""Rule files: what is wrong with one is said with file and line; every rule's examples hold."""

from __future__ import annotations

import json
import time
from pathlib import Path

import jsonschema
import pytest

from assistant.audit import audit_document
from assistant.checks import CHECKS
from assistant.facts import Facts, NotApplicableError
from assistant.findings import Verdict
from assistant.reading import read_bytes
from assistant.resources import rules_dir
from assistant.roots import settle_shifts, without_repeats
from assistant.rules import PLACEHOLDERS, Rulebook, RuleFileError, fill, load_rule, load_rulebook, rule_files
from assistant.yamlfile import load_yaml

BOOK = load_rulebook()
EXAMPLES = [(rule, example) for rule in BOOK.known for example in rule.examples]
WORST = (Verdict.DISAGREE, Verdict.UNCLEAR, Verdict.TAIL, Verdict.AGREE, Verdict.NO_BASIS, Verdict.NOT_CHECKED)

GOOD = """\
code: Z901
name: 合计与分项不符
summary: 合计等于分项之和。
category: table_formula
severity: error
check: columns
parameters:
  tables: [公开02]
  formulas:
    - 本年收入合计 = 财政拨款收入?
reference:
  - {title: 本单位内控要求}
message: "{subject}不符。"
suggestion: 请核对。
limits: 无。
"""


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory, monkeypatch):
    """Not the user's, and one for all tests: reading the built-in rules without it takes seconds."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "rules-cache"))


@pytest.fixture
def folder(tmp_path) -> Path:
    folder = tmp_path / "rules"
    folder.mkdir()
    return folder


def refusal(folder: Path, content: str | bytes, name: str = "z.yaml") -> str:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    start = time.perf_counter()
    with pytest.raises(RuleFileError) as caught:
        load_rulebook([folder])
    assert time.perf_counter() - start < 10
    message = str(caught.value)
    assert message.startswith(str(path))
    assert "\n" not in message
    return message.removeprefix(str(path))


def test_a_rule_of_ones_own_joins_the_others(folder):
    (folder / "deep").mkdir()
    (folder / "deep" / "z.yml").write_text(GOOD, encoding="utf-8")
    (folder / "README.md").write_text("不是规则", encoding="utf-8")
    book = load_rulebook([folder])
    assert book.get("z901") is not None
    assert len(book.rules) == len(BOOK.rules) + 1
    assert [rule.code for rule in book.rules] == sorted(rule.code for rule in book.rules)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("summary: ", "sumary: ", ("第 3 行", "sumary", "summary")),
        ("limits: 无。", "limits: 无。\nsevertiy: error", ("第 16 行", "severtiy", "severity")),
        ("limits: 无。\n", "", ("缺少字段", "limits")),
        ("check: columns", "check: colums", ("第 6 行", "colums", "columns")),
        ("  formulas:", "  formulae:", ("第 9 行", "parameters.formulae", "formulas")),
        ("  tables: [公开02]", "  tables: 公开02", ("第 8 行", "parameters.tables")),
        ("  tables: [公开02]\n", "", ("第 7 行", "缺少字段", "parameters.tables")),
        ("本年收入合计 = 财政拨款收入?", "本年收入合计 财政拨款收入?", ("第 10 行", "公式")),
        ("severity: error", "severity: fatal", ("第 5 行", "severity", "warning")),
        ("category: table_formula", "category: sums", ("第 4 行", "category")),
        ("code: Z901", "code: 901", ("第 1 行", "code")),
        ("code: Z901", "code: z901", ("第 1 行", "code")),
        ("  - {title: 本单位内控要求}", "  - {titel: 本单位内控要求}", ("第 12 行", "titel", "title")),
        ("reference:\n  - {title: 本单位内控要求}", "reference: []", ("第 11 行", "reference")),
        ("{subject}", "{subjekt}", ("第 13 行", "{subjekt}", "subject")),
        ("{subject}", "{subject.__class__}", ("第 13 行", "{subject.__class__}")),
        ("{subject}", "{subject!r:>{stated}}", ("第 13 行",)),
        ("{subject}", "{0}", ("第 13 行", "{0}")),
        ("请核对。", "请核对{self.x}。", ("第 14 行", "{self.x}")),
        ("limits: 无。", "limits: 无。\nvalid_from: 去年", ("第 16 行", "valid_from")),
        ("limits: 无。", "limits: 无。\nkinds: [决算]", ("第 16 行", "kinds")),
        ("name: 合计与分项不符", "name: *x", ("引用",)),
        ("name: 合计与分项不符", "name: !!python/name:os.system", ("第 2 行",)),
        ("name: 合计与分项不符", "name: 甲\nname: 乙", ("第 3 行",)),
        ("name: 合计与分项不符", "name: 2023-01-01", ("加引号",)),
        ("name: 合计与分项不符", "name: 12", ("第 2 行", "name")),
    ],
)  # fmt: skip
def test_a_wrong_rule_is_refused_with_file_and_line(folder, old, new, words):
    assert GOOD.count(old) == 1
    message = refusal(folder, GOOD.replace(old, new))
    for word in words:
        assert word in message


@pytest.mark.parametrize(
    "content",
    [
        "",
        "- 甲\n",
        "甲",
        "12",
        "1: 2\n",
        GOOD.encode("gb18030"),
        GOOD.encode("utf-8")[:-2] + b"\xe3",
        b"\x00\x01",
        b"x" * 1_100_000,
    ],
)
def test_what_is_no_rule_file_is_refused(folder, content):
    refusal(folder, content)


def test_a_code_can_be_used_only_once(folder):
    (folder / "a.yaml").write_text(GOOD, encoding="utf-8")
    message = refusal(folder, GOOD, "b.yaml")
    assert "Z901" in message
    assert str(folder / "a.yaml") in message
    (folder / "a.yaml").unlink()
    assert "T101" in refusal(folder, GOOD.replace("Z901", "T101"), "b.yaml")


def test_the_schema_for_editors_accepts_all_rule_files_and_no_slip():
    validator = jsonschema.Draft202012Validator(json.loads((rules_dir() / "schema.json").read_text(encoding="utf-8")))
    files = list(rule_files(rules_dir()))
    assert files
    assert [(path.name, error.message) for path in files for error in validator.iter_errors(load_yaml(path))] == []
    assert not validator.is_valid({**load_yaml(files[0]), "severty": "error"})


@pytest.mark.parametrize("name", ["没有", "file.yaml"])
def test_a_missing_folder_is_said(tmp_path, name):
    (tmp_path / "file.yaml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(RuleFileError, match="没有这个规则文件夹"):
        load_rulebook([tmp_path / name])


def test_links_that_lead_in_circles_do_no_harm(folder):
    (folder / "self.yaml").symlink_to(folder / "self.yaml")
    (folder / "up").symlink_to(folder)
    (folder / "z.yaml").write_text(GOOD, encoding="utf-8")
    assert load_rulebook([folder]).get("Z901") is not None


def test_selecting_and_ignoring_by_prefix():
    assert {rule.code[:2] for rule in load_rulebook(select=["t2"]).rules} == {"T2"}
    assert all(not rule.code.startswith("T1") for rule in load_rulebook(ignore=["T1"]).rules)
    assert next(rule.code for rule in load_rulebook(select=["T10"], ignore=["T101"]).rules) == "T102"
    with pytest.raises(RuleFileError, match="Q9"):
        load_rulebook(select=["Q9"])
    with pytest.raises(RuleFileError, match="Q9"):
        load_rulebook(ignore=["Q9"])


def test_filling_a_message_cannot_reach_into_objects():
    values = dict.fromkeys(PLACEHOLDERS, "值")
    assert fill("{subject}为 {stated}", values) == "值为 值"
    assert fill("{subject.__class__}{other}{}", values) == "{subject.__class__}{other}{}"
    assert fill("{subject}", {"subject": "{stated}", "stated": "x"}) == "{stated}"


def test_a_rule_applies_by_kind_and_year():
    rule = BOOK.rules[0].model_copy(update={"kinds": ("final_accounts",), "valid_from": 2019, "valid_to": 2022})
    assert rule.applies_to("final_accounts", 2020) == ""
    assert rule.applies_to("final_accounts", None) == ""
    assert "2019" in rule.applies_to("final_accounts", 2018)
    assert "2022" in rule.applies_to("final_accounts", 2023)
    assert "预算" in rule.applies_to("budget", 2020)


# The rules that come with the program


@pytest.mark.parametrize("path", list(rule_files(rules_dir())), ids=lambda path: path.stem)
def test_every_rule_file_is_named_by_its_code(path):
    assert path.name.startswith(load_rule(path).code + "_")


@pytest.mark.parametrize("rule", BOOK.known, ids=lambda rule: rule.code)
def test_every_rule_is_complete(rule):
    for text in (rule.name, rule.summary, rule.basis, rule.limits, rule.message, rule.suggestion):
        assert text.strip()
    assert any(example.verdict is Verdict.DISAGREE for example in rule.examples)
    assert len({example.name for example in rule.examples}) == len(rule.examples)


def worst_verdict(rule, document) -> Verdict:
    facts = Facts(document)
    check = CHECKS[rule.check]
    try:
        outcomes = list(check.run(facts, rule, check.parameters.model_validate(rule.parameters)))
    except NotApplicableError:
        return Verdict.NO_BASIS
    found = {outcome.verdict for outcome in settle_shifts(without_repeats(outcomes), facts.slips())}
    return next((verdict for verdict in WORST if verdict in found), Verdict.NO_BASIS)


@pytest.mark.parametrize(
    ("rule", "example"), EXAMPLES, ids=[f"{rule.code}-{example.name}" for rule, example in EXAMPLES]
)
def test_every_example_has_its_verdict(rule, example):
    document = read_bytes(example.document.encode("utf-8"), "例.txt")
    assert rule.applies_to(document.kind, document.year) == ""
    assert worst_verdict(rule, document) is example.verdict


@pytest.mark.parametrize(
    ("rule", "example"), EXAMPLES, ids=[f"{rule.code}-{example.name}" for rule, example in EXAMPLES]
)
def test_every_example_reports_what_its_verdict_says(rule, example):
    audit = audit_document(read_bytes(example.document.encode("utf-8"), "例.txt"), Rulebook((rule,)))
    errors = [finding for finding in audit.findings if finding.severity != "info" or rule.severity == "info"]
    if example.findings is not None:
        assert len(audit.findings) == example.findings
    assert bool(errors) == (example.verdict is Verdict.DISAGREE)
    for finding in audit.findings:
        assert finding.evidence
        assert finding.rule == rule.code
        assert "{" not in finding.message + finding.suggestion
        for evidence in finding.evidence:
            line = audit.document.lines[evidence.line - 1]
            if evidence.end_line == evidence.line:
                assert evidence.text in line
