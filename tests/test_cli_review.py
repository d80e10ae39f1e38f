"""Decisions, baselines and differences on the command line, with the real audit."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from assistant.cli import main
from assistant.store import Store

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "corpora" / "samples" / "hubei-final" / "narrative-errors.txt"
RULES = ["N401", "R504", "W801", "N408", "N412"]  # one finding each, whatever rules come
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: object) -> tuple[int, str, str]:
        rules = [] if "--ignore" in arguments else ["--select", ",".join(RULES)]
        status = main([*map(str, arguments), *rules])
        out, err = capsys.readouterr()
        return status, out, err

    return call


@pytest.fixture
def drafts(tmp_path: Path) -> tuple[Path, Path]:
    """A draft with errors, and the one in which one of them was corrected."""
    text = SAMPLE.read_text(encoding="utf-8")
    assert "增长8.2%" in text
    first, second = tmp_path / "一稿.txt", tmp_path / "二稿.txt"
    first.write_text(text, encoding="utf-8")
    second.write_text(text.replace("增长8.2%", "增长6.8%"), encoding="utf-8")
    return first, second


def checked(run: Run, *arguments: object) -> tuple[int, Any]:
    status, out, _ = run("check", *arguments, "--format", "json")
    return status, json.loads(out)


def test_diff_of_files_and_of_saved_reports_is_the_same(run: Run, drafts: tuple[Path, Path], tmp_path: Path) -> None:
    first, second = drafts
    for draft in drafts:
        run("check", draft, "-o", draft.with_suffix(".json"))
    status, out, err = run("diff", first, second)
    assert (status, err) == (0, "")
    assert "仍在 4 项" in out
    assert "已改正 1 项\n    · [错误] N401" in out
    assert "新增" not in out
    status, whole, _ = run("diff", first.with_suffix(".json"), second.with_suffix(".json"), "--format", "json")
    found = json.loads(whole)
    assert status == 0
    assert found["summary"] == {"new": 0, "changed": 0, "remaining": 4, "fixed": 1, "unchecked": 0}
    assert [each["rule"] for each in found["documents"][0]["fixed"]] == ["N401"]
    status, out, _ = run("diff", second.with_suffix(".json"), first)
    assert status == 1
    assert "新增 1 项" in out
    assert "8.2%" in out


def test_diff_of_a_rule_left_out_fixes_nothing(run: Run, drafts: tuple[Path, Path]) -> None:
    run("check", drafts[0], "-o", drafts[0].with_suffix(".json"))
    status, out, _ = run(
        "diff", drafts[0].with_suffix(".json"), drafts[1], "--ignore", "N401", "--select", ",".join(RULES)
    )
    assert status == 0
    assert "本次未核查 1 项" in out
    assert "已改正" not in out


def test_diff_says_what_is_wrong_with_its_arguments(run: Run, drafts: tuple[Path, Path], tmp_path: Path) -> None:
    bad, other = tmp_path / "坏.json", tmp_path / "别.json"
    bad.write_text('{"documents": [', encoding="utf-8")
    other.write_text('{"schema": 9, "documents": []}', encoding="utf-8")
    for path, words in (
        (bad, "不是 JSON 文件"),
        (other, "其他版本"),
        (tmp_path / "无.json", "文件不存在"),
        (tmp_path / "无.txt", "没有可以比较的结果"),
    ):
        status, out, err = run("diff", path, drafts[0])
        assert (status, out) == (2, ""), path
        assert words in err


def test_what_the_baseline_has_is_known_and_does_not_count(run: Run, drafts: tuple[Path, Path]) -> None:
    first, second = drafts
    baseline = first.with_suffix(".json")
    run("check", second, "-o", baseline)
    status, out, _ = run("check", first, "--baseline", baseline)
    assert status == 1
    assert "错误 1 项\n" in out
    assert "已知 4 项（基线中已有，不计入疑点数）" in out
    status, out, _ = run("check", second, "--baseline", baseline)
    assert status == 0
    assert "结论：没有新的疑点" in out
    status, whole = checked(run, first, "--baseline", baseline)
    findings = whole["documents"][0]["findings"]
    assert (status, len(findings), [each.get("known", False) for each in findings].count(True)) == (1, 5, 4)
    assert whole["summary"] == {
        "documents": 1, "error": 1, "warning": 0, "info": 0, "dismissed": 0, "known": 4,
        "seconds": whole["summary"]["seconds"],
    }  # fmt: skip
    status, _, err = run("check", first, "--baseline", first.with_name("无.json"))
    assert status == 2
    assert "文件不存在" in err


def test_without_a_store_nothing_changes_and_none_is_made(
    run: Run, drafts: tuple[Path, Path], no_store_of_the_user: Path
) -> None:
    before = sorted(drafts[0].parent.iterdir())
    status, whole = checked(run, drafts[0])
    assert status == 1
    assert list(whole["summary"]) == ["documents", "error", "warning", "info", "seconds"]
    assert not [each for each in whole["documents"][0]["findings"] if "decision" in each or "known" in each]
    assert not no_store_of_the_user.parent.exists()
    assert sorted(drafts[0].parent.iterdir()) == before


def test_dismissed_stays_dismissed_in_the_corrected_draft(
    run: Run, drafts: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assistant.audit import audit_paths
    from assistant.rules import load_rulebook
    from assistant.store import document_key

    first, second = drafts
    file = tmp_path / "复核" / "decisions.sqlite"
    report = audit_paths([str(first)], load_rulebook(select=RULES))
    audit = report.audits[0]
    chosen = next(each.id for each in audit.findings if each.rule == "R504")
    confirmed = next(each.id for each in audit.findings if each.rule == "W801")
    with Store.open(file) as store:
        store.record(report)
        store.decide(document_key(audit.document), [chosen], "排除", "文件另有说明", reviewer="张三")
        store.decide(document_key(audit.document), [confirmed], "确认", note="退回更正")
    for arguments in (("--store", file), ("--baseline", file)):
        status, out, _ = run("check", second, *arguments)
        assert status == 1
        assert "R504" not in out.partition("错误 3 项")[2]
        assert "另有 1 条已被排除" in out
        assert "共核查 1 个文件：错误 3 项" in out
    monkeypatch.setenv("HECHA_STORE", str(file))
    _, whole = checked(run, second)
    found = {each["id"]: each for each in whole["documents"][0]["findings"]}
    assert found[chosen]["decision"]["status"] == "排除"
    assert found[chosen]["decision"]["reason"] == "文件另有说明"
    assert found[confirmed]["decision"]["note"] == "退回更正"
    assert (whole["summary"]["error"], whole["summary"]["dismissed"]) == (3, 1)
    assert checked(run, second, "--no-store")[1]["summary"]["error"] == 4
    with Store.open(file) as store:
        result = store.compare(audit_paths([str(second)], load_rulebook(select=RULES)).audits[0])
    assert result is not None
    assert ([each.rule for each in result.fixed], len(result.remaining), result.new) == (["N401"], 4, ())
    with Store.open(file) as store:
        store.decide(document_key(audit.document), [each.id for each in audit.findings], "排除", "都已说明")
    status, out, _ = run("check", second)
    assert status == 0
    assert "结论：疑点均已排除；另有 4 条已被排除" in out


def test_trouble_with_the_store(
    run: Run, drafts: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = tmp_path / "bad.sqlite"
    bad.write_text("x" * 5000)
    status, out, err = run("check", drafts[0], "--store", bad)
    assert (status, out) == (2, "")
    assert "已损坏" in err
    status, _, err = run("check", drafts[0], "--store", tmp_path / "none.sqlite")
    assert status == 2
    assert "没有这个复核记录文件" in err
    monkeypatch.setenv("HECHA_STORE", str(bad))
    status, out, err = run("check", drafts[0])
    assert status == 1
    assert "本次未使用复核记录" in err
    assert "错误 5 项" in out
    assert run("check", drafts[0], "--store", bad, "--no-store")[0] == 2


@pytest.mark.parametrize("form", ["xlsx", "docx", "html", "sarif"])
def test_every_form_is_written_by_its_name(run: Run, drafts: tuple[Path, Path], form: str) -> None:
    target = drafts[0].with_suffix(f".{form}")
    assert run("check", drafts[0], "-o", target)[:2] == (1, "")
    data = target.read_bytes()
    if form == "xlsx":
        assert openpyxl.load_workbook(io.BytesIO(data))["疑点清单"].max_row == 6
    elif form == "docx":
        assert docx.Document(io.BytesIO(data)).tables
    else:
        assert "N401" in data.decode("utf-8")


def test_a_binary_form_is_refused_by_a_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    status, out, err = run("check", SAMPLE, "--format", "xlsx")
    assert (status, out) == (2, "")
    assert "xlsx 不能显示在终端，请写入文件，例如：-o 核查结果.xlsx" in err


def test_a_binary_form_goes_into_a_pipe() -> None:
    command = [sys.executable, "-m", "assistant", "check", str(SAMPLE), "--format", "xlsx"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 1
    assert openpyxl.load_workbook(io.BytesIO(done.stdout)).sheetnames[0] == "汇总"
