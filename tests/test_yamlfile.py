"""YAML as plain data: nothing executes, nothing blows up, and the cache can do no harm."""

from __future__ import annotations

import json
import time

import pytest

from assistant.yamlfile import MAX_BYTES, MAX_DEPTH, YamlError, cache_dir, line_of, load_yaml


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def write(tmp_path):
    def written(content: str | bytes):
        path = tmp_path / "规则.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return written


def refusal(path) -> str:
    start = time.perf_counter()
    with pytest.raises(YamlError) as caught:
        load_yaml(path)
    assert time.perf_counter() - start < 5
    message = str(caught.value)
    assert message.startswith(str(path))
    assert "\n" not in message
    return message


def test_plain_data(write):
    assert load_yaml(write("甲: [1, 2.5, true, null]\n乙: {丙: '丁'}\n")) == {
        "甲": [1, 2.5, True, None],
        "乙": {"丙": "丁"},
    }
    assert load_yaml(write("")) is None


def test_yaml_1_2_has_no_norway(write):
    assert load_yaml(write("a: no\nb: 1:30\n")) == {"a": "no", "b": "1:30"}


def test_the_first_reading_and_the_cached_one_are_the_same(write):
    path = write("1: 甲\n2: {3: 乙}\n")
    assert load_yaml(path) == load_yaml(path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("a: 1\nb: 2\na: 3\n", "第 3 行"),
        ("a: [1\nb: 2\n", "第 2 行"),
        ("a:\n\t- b\n", "第 2 行"),
        ("a: 1\n---\nb: 2\n", "第 2 行"),
        ("a: 2023-01-01\n", "加引号"),
        ("a: .nan\n", "数据类型"),
        ("a: .inf\n", "数据类型"),
        ('a: "\\ud800"\n', "数据类型"),
        ("a: !!binary aGVsbG8=\n", "数据类型"),
        ("? [a]\n: b\n", "数据类型"),
        ("a: 1" + "0" * 6000, "YAML"),
        (b"a: \x00\n", "UTF-8"),
        ("名: 决算".encode("gbk"), "UTF-8"),
        (b"\xff\xd8\xff\xe0", "UTF-8"),
        (b"a: " + b"x" * MAX_BYTES, "超过"),
    ],
)
def test_what_is_refused_says_where_and_why(write, content, words):
    assert words in refusal(write(content))


@pytest.mark.parametrize(
    "content",
    [
        "a: !!python/object/apply:os.system ['touch {0}']\n",
        "a: !!python/name:os.system\n",
        "!!python/object/new:type {{}}\n",
        "a: !own x\n",
    ],
)
def test_tags_that_make_objects_are_refused_and_nothing_runs(write, tmp_path, content):
    proof = tmp_path / "ran"
    refusal(write(content.format(proof)))
    assert not proof.exists()


def test_an_alias_bomb_is_refused_at_once(write):
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    assert "引用" in refusal(write("\n".join(lines)))
    assert "引用" in refusal(write("a: &a [*a]\n"))
    assert "引用" in refusal(write("a: &a {b: 1}\nc: {<<: *a}\n"))


@pytest.mark.parametrize("content", ["[" * 20_000, "[" * 3000 + "]" * 3000, "{a: " * 20_000, "- " * 20_000])
def test_endless_nesting_is_refused_at_once(write, content):
    refusal(write(content))


def test_ordinary_nesting_is_read(write):
    depth = MAX_DEPTH - 2
    load_yaml(write("[" * depth + "]" * depth))


def test_what_cannot_be_opened_is_said(tmp_path):
    assert "无法读取" in refusal(tmp_path / "没有.yaml")
    assert "无法读取" in refusal(tmp_path)


def cached(tmp_path):
    return next((tmp_path / "cache").rglob("*.json"))


def test_the_cache_lies_where_xdg_says_and_is_used(write, tmp_path):
    path = write("a: 1\n")
    load_yaml(path)
    entry = cached(tmp_path)
    assert entry.is_relative_to(cache_dir())
    assert json.loads(entry.read_text(encoding="utf-8")) == {"a": 1}
    entry.write_text('{"a": "cached"}', encoding="utf-8")
    assert load_yaml(path) == {"a": "cached"}


def test_another_content_is_another_entry(write):
    assert load_yaml(write("a: 1\n")) == {"a": 1}
    assert load_yaml(write("a: 2\n")) == {"a": 2}


def test_without_xdg_the_cache_is_in_the_home_folder(monkeypatch, tmp_path):
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_dir() == tmp_path / ".cache" / "hecha"


@pytest.mark.parametrize("rubbish", [b"", b"{", b"\xff\xfe\x00", b"[" * 200_000, b"nope"])
def test_a_corrupt_cache_file_is_ignored_and_replaced(write, tmp_path, rubbish):
    path = write("a: 1\n")
    load_yaml(path)
    cached(tmp_path).write_bytes(rubbish)
    assert load_yaml(path) == {"a": 1}
    assert json.loads(cached(tmp_path).read_text(encoding="utf-8")) == {"a": 1}


def test_a_cache_folder_that_cannot_be_written_is_ignored(write, tmp_path, monkeypatch):
    path = write("a: 1\n")
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    file = tmp_path / "file"
    file.write_text("x")
    sealed = tmp_path / "sealed"
    sealed.mkdir()
    sealed.chmod(0o500)
    for folder in (loop, file, sealed, "/dev/null", "/proc/nothing", "x" * 300):
        monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
        assert load_yaml(path) == {"a": 1}


def test_nothing_is_left_behind_in_the_cache_but_the_entry(write, tmp_path):
    load_yaml(write("a: 1\n"))
    assert [file.suffix for file in (tmp_path / "cache").rglob("*") if file.is_file()] == [".json"]


def test_line_of(write):
    path = write("a: 1\nb:\n  c: 2\n  d:\n    - x\n    - y\n")
    assert line_of(path, ("a",)) == 1
    assert line_of(path, ("b", "c")) == 3
    assert line_of(path, ("b", "d", 1)) == 6
    assert line_of(path, ("b", "nothing")) == 2
    assert line_of(path, ("nothing",)) == 1
