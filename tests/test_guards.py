"""The guards of the design: sizes, forbidden words, imports, the top level, generated files, the lock."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
EXPECTED = {
    ".ci", ".gitattributes", ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile", "README.md",
    "assistant", "corpora", "pyproject.toml", "requirements-dev.lock", "requirements.lock", "rules", "tests", "tui",
}  # fmt: skip
TEXTS = (".py", ".yaml", ".md", ".csv", ".txt", ".json", ".tcss")


def project_files() -> list[str]:
    """Every file of the project: as git sees it, or in an unpacked archive all but what is made locally."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0 and listed.stdout:
        return [name for name in listed.stdout.splitlines() if (ROOT / name).exists()]
    made = {".git", ".venv", "build", "dist"}
    return [
        entry.name
        for entry in ROOT.iterdir()
        if entry.name not in made and not entry.name.endswith(("_cache", ".egg-info", "__pycache__"))
        and entry.name != ".hypothesis"
    ]  # fmt: skip


def test_functions_have_few_branches() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]["lint"]
    assert "C901" in settings["select"]
    assert settings["mccabe"]["max-complexity"] <= 15


def test_figures_are_never_float() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in (ROOT / "assistant").rglob("*.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"\bfloat\(", line)
    ]
    assert found == []


def test_rules_hold_no_program() -> None:
    assert list((ROOT / "rules").rglob("*.py")) == []


def test_no_path_of_one_machine() -> None:
    files = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]
    for folder in ("assistant", "rules", "corpora", "tui"):
        files += [path for path in (ROOT / folder).rglob("*") if path.suffix in TEXTS]
    foreign = re.compile(r"shared/seeds|/work/|/home/|/root/|/tmp/")
    assert [str(path.relative_to(ROOT)) for path in files if foreign.search(path.read_text("utf-8"))] == []


def test_top_level_is_the_agreed_one() -> None:
    assert {name.split("/")[0] for name in project_files()} - EXPECTED == set()


def test_imports_keep_their_direction() -> None:
    tool = Path(sys.executable).with_name("lint-imports")
    command = [str(tool), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_generated_files_are_fresh() -> None:
    script = ROOT / "tests" / "tools" / "catalogue.py"
    command = [sys.executable, str(script), "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_the_lock_names_no_place(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "--hash=sha256:" in text
    assert re.findall(r"\w+://\S+|--(?:index-url|extra-index-url|find-links)|(?:^|\s)/\S+", text) == []


def test_the_lock_holds_what_the_project_needs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {
        "requirements.lock": project["project"]["dependencies"],
        "requirements-dev.lock": [
            *project["project"]["dependencies"],
            *project["dependency-groups"]["dev"],
        ],
    }
    pins: dict[str, dict[str, str]] = {}
    for name, requirements in wanted.items():
        text = (ROOT / name).read_text(encoding="utf-8")
        pins[name] = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))
        needed = {re.split(r"[<>=!~ \[;]", each)[0].replace(".", "-").lower() for each in requirements}
        assert needed - pins[name].keys() == set(), name
    runtime = pins["requirements.lock"]
    assert {key: pins["requirements-dev.lock"].get(key) for key in runtime} == runtime
