"""The command line: Chinese throughout, exit codes, where output goes. The audit is a stand-in here."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from assistant.cli import main, translate
from assistant.document import Document, Kind
from assistant.findings import Audit, Entry, Finding, Report, Unread, Verdict
from assistant.reading.errors import UnreadableError
from assistant.rules import Reference, Rule, Rulebook, RuleFileError

ROOT = Path(__file__).parents[1]
LATIN_WORDS = re.compile(
    r"usage|positional|option|show this|error|required|invalid|choose|unrecognized|expected|argument"
)


def audit_of(path: str, severity: str = "error") -> Audit:
    document = Document(path, "0" * 64, "甲局决算", "甲局", 2023, Kind.FINAL_ACCOUNTS, (), (), (), ())
    found = Finding(
        id="x1",
        rule="T101",
        category="table_formula",
        severity=severity,
        title="合计不符",
        message="合计不等于分项之和①。",
        stated="1",
        expected="2",
        calculation="1 + 1 = 2",
        evidence=(),
        suggestion="",
        basis="",
    )
    entry = Entry("1", "公开01", 3, 0, Verdict.DISAGREE, "")
    return Audit(document, (found,), (entry,), ("T101",), (), ())


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Stand-ins for the audit, the rules and the reading, with what they were called with."""
    seen = SimpleNamespace(calls=[], severity="error", unread=(), empty=False, raises=None, unfinished=())
    rule = Rule(
        code="T101",
        name="合计不符",
        summary="合计。",
        category="table_formula",
        severity="error",
        check="formula",
        reference=(Reference(title="部门决算管理办法"),),
        message="",
        suggestion="",
        limits="",
    )

    def load_rulebook(extra=(), select=(), ignore=()):
        if "BAD" in select:
            raise RuleFileError("rules/T101.yaml 第 3 行：不认识的字段 sumary，是不是 summary？")
        kept = () if "NONE" in select else (rule,)
        seen.rulebook = (tuple(extra), tuple(select), tuple(ignore))
        return Rulebook(kept)

    def audit_paths(paths, rulebook, *, jobs=1, progress=None, limits=None):
        seen.calls.append((tuple(paths), jobs, progress))
        if seen.raises:
            raise seen.raises
        audits = () if seen.empty else tuple(audit_of(path, seen.severity) for path in paths)
        return Report(audits, seen.unread, "0.5", seen.unfinished)

    def read(path, limits=None):
        if "坏" in path:
            raise UnreadableError("文件为空，请换成完整的文件")
        return audit_of(path).document

    monkeypatch.setattr("assistant.rules.load_rulebook", load_rulebook)
    modules = {
        "assistant.audit": {"audit_paths": audit_paths, "audit_document": lambda d, r: audit_of(d.path)},
        "assistant.reading": {"read": read, "UnreadableError": UnreadableError, "SUFFIXES": (".txt",)},
    }
    for name, members in modules.items():
        module = ModuleType(name)
        vars(module).update(members)
        monkeypatch.setitem(sys.modules, name, module)
    return seen


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], fake: SimpleNamespace) -> Run:
    def call(*arguments: str) -> tuple[int, str, str]:
        status = main(arguments)
        out, err = capsys.readouterr()
        return status, out, err

    return call


@pytest.mark.parametrize("command", [[], ["check"], ["tables"], ["ledger"], ["rules"], ["rule"]])
def test_help_is_chinese(run: Run, command: list[str]) -> None:
    status, out, err = run(*command, "--help")
    assert (status, err) == (0, "")
    assert out.startswith("用法：hecha")
    assert not LATIN_WORDS.search(re.sub(r"--[a-z-]+|error（默认）", "", out))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check"], "缺少参数：PATH"),
        (
            ["check", "a", "--format", "ofd"],
            "没有格式 ofd，可用的是：text、json、jsonl、csv、md、html、xlsx、docx、sarif",
        ),
        (["check", "a", "--fail-on", "all"], "没有级别 all，可用的是：error、warning、never"),
        (["check", "a", "--jobs", "0"], "应为大于 0 的整数，不是 0"),
        (["check", "a", "--jobs"], "后面要有一个值"),
        (["check", "a", "--quiet=1"], "不需要值"),
        (["check", "a", "--select", "，"], "没有给出规则编号"),
        (["check", "a", "--nonsense"], "无法识别的参数：--nonsense"),
        (["nonsense", "a"], "没有 'nonsense'，可用的是："),
        (["check", "a", "-o", "out.pdf"], "不能写出 .pdf 文件"),
        (["check", "a", "-o", "nowhere/out.json"], "文件夹 nowhere 不存在"),
        (["check", "a", "--select", "bad"], "rules/T101.yaml 第 3 行"),
        (["check", "a", "--select", "none"], "没有选中任何规则"),
        (["rule", "T110"], "没有规则 T110，相近的有：T101"),
        (["tables", "坏.txt"], "坏.txt：文件为空，请换成完整的文件"),
        (["ledger", "坏.txt"], "坏.txt：文件为空，请换成完整的文件"),
    ],
)
def test_wrong_usage_is_said_in_chinese_with_status_2(
    run: Run, fake: SimpleNamespace, arguments: list[str], said: str
) -> None:
    status, out, err = run(*arguments)
    assert (status, out, fake.calls) == (2, "", [])
    assert said in err
    assert not LATIN_WORDS.search(re.sub(r"--[a-z-]+|error、warning", "", err))


def test_without_a_command_the_help_is_shown(run: Run) -> None:
    status, out, err = run()
    assert (status, out) == (2, "")
    assert re.search(r"check +核查文件或文件夹", err)


def test_translation_leaves_chinese_alone() -> None:
    assert translate("argument -o/--output: expected one argument") == "参数 -o/--output：后面要有一个值"
    assert translate("没有文件") == "没有文件"


@pytest.mark.parametrize(
    ("severity", "fail_on", "status"),
    [
        ("error", "error", 1),
        ("error", "warning", 1),
        ("error", "never", 0),
        ("warning", "error", 0),
        ("warning", "warning", 1),
        ("info", "warning", 0),
    ],
)
def test_exit_status(run: Run, fake: SimpleNamespace, severity: str, fail_on: str, status: int) -> None:
    fake.severity = severity
    assert run("check", "a.txt", "--fail-on", fail_on)[0] == status


def test_unread_files_give_2_and_the_others_are_still_reported(run: Run, fake: SimpleNamespace) -> None:
    fake.unread = (Unread("坏\x1b[31m.txt", "文件为空，请换成完整的文件"),)
    status, out, err = run("check", "a.txt", "--fail-on", "never", "--format", "json")
    assert status == 2
    assert len(json.loads(out)["documents"]) == 1
    assert err == "坏.txt：文件为空，请换成完整的文件\n"
    assert "未能核查的文件 1 个" in run("check", "a.txt")[1]


def test_nothing_to_audit_is_not_success(run: Run, fake: SimpleNamespace) -> None:
    fake.empty = True
    status, _, err = run("check", "empty")
    assert status == 2
    assert "没有找到可以核查的文件" in err


def test_options_reach_the_audit(run: Run, fake: SimpleNamespace, tmp_path: Path) -> None:
    run("check", "a", "b", "--select", "t101，N3", "--select", "T2", "--ignore", "T201", "--jobs", "4",
        "--rules", str(tmp_path))  # fmt: skip
    assert fake.rulebook == ((tmp_path,), ("T101", "N3", "T2"), ("T201",))
    assert fake.calls == [(("a", "b"), 4, None)]


def test_output_file_is_utf8_and_its_name_gives_the_form(run: Run, tmp_path: Path) -> None:
    csv, whole = tmp_path / "疑点.csv", tmp_path / "x.json"
    assert run("check", "a.txt", "-o", str(csv))[:2] == (1, "")
    assert csv.read_bytes().startswith(b'\xef\xbb\xbf"\xe5\xba\x8f')
    run("check", "a.txt", "-o", str(whole))
    assert json.loads(whole.read_bytes())["schema"] == 1
    assert b"\x1b" not in whole.read_bytes()
    run("check", "a.txt", "-o", str(whole), "--format", "md")
    assert whole.read_text(encoding="utf-8").startswith("# 核查结果")


def test_an_input_is_never_overwritten(run: Run, tmp_path: Path) -> None:
    source, link = tmp_path / "a.txt", tmp_path / "b.json"
    source.write_text("原文", encoding="utf-8")
    link.symlink_to(source)
    for given, output in ((source, source), (source, link), (tmp_path, source)):
        status, _, err = run("check", str(given), "-o", str(output))
        assert status == 2
        assert "覆盖输入文件" in err
    assert source.read_text(encoding="utf-8") == "原文"


def test_interrupt_is_quiet_and_a_bug_is_said(run: Run, fake: SimpleNamespace) -> None:
    fake.raises = KeyboardInterrupt()
    assert run("check", "a") == (130, "", "")
    fake.raises = ZeroDivisionError("T101")
    status, out, err = run("check", "a")
    assert (status, out) == (3, "")
    assert "程序内部错误（请向开发者报告）：ZeroDivisionError: T101" in err


def test_an_interrupted_run_delivers_what_is_finished(run: Run, fake: SimpleNamespace) -> None:
    fake.unfinished = ("b", "c")
    status, out, err = run("check", "a", "--format", "json")
    assert status == 130
    assert [len(json.loads(out)["documents"]), json.loads(out)["unfinished"]] == [1, ["b", "c"]]
    assert "已中断：还有 2 个文件没有核查" in err
    assert "因中断没有核查 2 个" in run("check", "a")[1]


def test_an_empty_path_is_wrong_usage(run: Run, fake: SimpleNamespace) -> None:
    for command in ("check", "tables", "review", "ledger"):
        status, out, err = run(command, "")
        assert (status, out, fake.calls) == (2, "", [])
        assert "路径是空的" in err


def test_patterns_that_the_shell_left_are_expanded(run: Run, fake: SimpleNamespace, tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "[c].txt", "d.csv"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    run("check", str(tmp_path / "?.txt"), str(tmp_path / "[c].txt"), str(tmp_path / "*.pdf"))
    names = [os.path.basename(path) for path in fake.calls[0][0]]
    assert names == ["a.txt", "b.txt", "[c].txt", "*.pdf"]


def test_details_of_a_bug_are_written_when_asked_for(
    run: Run, fake: SimpleNamespace, monkeypatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    fake.raises = ZeroDivisionError("T101")
    assert run("check", "a", "--debug")[0] == 3
    (written,) = tmp_path.iterdir()
    assert "ZeroDivisionError: T101" in written.read_text(encoding="utf-8")


def test_other_commands(run: Run) -> None:
    assert "没有识别出表格" in run("tables", "a.txt")[1]
    assert "不一致 1 个" in run("ledger", "a.txt")[1]
    assert "T101  合计不符" in run("rules")[1]
    assert "检查什么" in run("rule", "t101")[1]
    assert re.fullmatch(r"hecha \d+\.\d+\.\d+\n", run("--version")[1])


def process(*arguments: str, **settings: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **settings}
    command = [sys.executable, "-m", "assistant", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, check=False, cwd=ROOT)


def test_help_is_fast_and_imports_nothing_heavy() -> None:
    heavy = "{'pydantic', 'rapidfuzz', 'ruamel', 'wcwidth'}"
    code = f"import sys, assistant.cli; sys.exit(','.join({heavy} & {{*sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert done.stderr.strip() == b""
    best = 9.9
    for _ in range(3):
        start = time.perf_counter()
        process("--help")
        best = min(best, time.perf_counter() - start)
    assert best < 0.5  # 0.3 s on a quiet machine


@pytest.mark.parametrize(("encoding", "shown"), [("ascii", "utf-8"), ("latin-1", "utf-8"), ("gbk", "gbk")])
def test_any_encoding_of_the_streams_will_do(encoding: str, shown: str) -> None:
    done = process("check", "--help", PYTHONIOENCODING=encoding)
    assert done.returncode == 0
    assert "核查文件或文件夹" in done.stdout.decode(shown)
    assert "缺少参数" in process("check", PYTHONIOENCODING=encoding).stderr.decode(shown)


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f"{sys.executable} -m assistant check --help | true"
    done = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, check=False)
    assert done.stderr == b""


def test_the_whole_way_with_the_real_audit(tmp_path: Path) -> None:
    source = tmp_path / "甲.txt"
    table = "| 项目 | 决算数 |\n| --- | --- |\n| 本年收入合计 | 1.00 |\n"
    source.write_text(f"# 2023年度甲局部门决算\n\n收入支出决算总表\n单位：万元\n\n{table}", encoding="utf-8")
    before = source.read_bytes()
    first, second = (process("check", str(source), "--format", "json", "--fail-on", "never") for _ in range(2))
    assert (first.returncode, first.stderr) == (0, b"")
    assert json.loads(first.stdout)["documents"][0]["path"] == str(source)
    cut = re.compile(rb'"seconds": [0-9.]+')
    assert cut.sub(b"", first.stdout) == cut.sub(b"", second.stdout)
    mixed = process("check", str(source), str(tmp_path / "无.txt"), "--format", "json")
    assert mixed.returncode == 2
    assert len(json.loads(mixed.stdout)["documents"]) == 1
    assert mixed.stderr.decode().startswith(f"{tmp_path / '无.txt'}：")
    assert (source.read_bytes(), [*tmp_path.iterdir()]) == (before, [source])
