"""YAML files (1.2) to plain data, with a cache, and with line numbers for error messages.

Parsing YAML costs about half a millisecond a line, so the parsed data of each file is kept as JSON in the user's own
cache folder, under the hash of the file's content. The cache is a convenience: whatever is wrong with it is ignored.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent

from assistant.files import write_whole

_FORMAT = b"1"
MAX_BYTES = 1_000_000
MAX_DEPTH = 30


class YamlError(Exception):
    """A YAML file that cannot be read; the message names file and line."""


def load_yaml(path: Path) -> Any:
    """The content of a YAML file as dicts, lists, strings and numbers. Raises ``YamlError``.

    Aliases (which can blow up a small file), tags and duplicate keys are refused; nothing in the file can execute.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise YamlError(f"{path}：无法读取（{error.strerror}）") from error
    if len(data) > MAX_BYTES:
        raise YamlError(f"{path}：文件超过 {MAX_BYTES:,} 字节，不是规则或词表文件")
    cached = cache_dir() / "yaml" / (hashlib.sha256(_FORMAT + data).hexdigest() + ".json")
    try:
        return json.loads(cached.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        pass
    content = _parse(path, data)
    try:
        text = json.dumps(content, ensure_ascii=False, allow_nan=False)
        stored = text.encode("utf-8")
    except (TypeError, ValueError, RecursionError):
        raise YamlError(f"{path}：含有不支持的数据类型或字符（如日期）；请加引号写成文字") from None
    _store(cached, stored)
    return json.loads(text)  # the same as from the cache: keys are text


def line_of(path: Path, location: tuple[str | int, ...]) -> int:
    """The line (1-based) at which the value at ``location`` stands, for messages; the nearest parent's where absent."""
    node: Any = YAML(typ="rt").load(path.read_bytes())
    line = 1
    for step in location:
        if isinstance(node, CommentedMap) and step in node:
            line = node.lc.key(step)[0] + 1
            node = node[step]
        elif isinstance(node, CommentedSeq) and isinstance(step, int) and step < len(node):
            line = node.lc.item(step)[0] + 1
            node = node[step]
        else:
            break
    return line


def _parse(path: Path, data: bytes) -> Any:
    try:
        depth = 0
        for event in YAML(typ="safe", pure=True).parse(data):
            if isinstance(event, AliasEvent):
                raise YamlError(f"{path}：不支持 YAML 引用（* 和 &）；请直接写出内容")
            depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
            if depth > MAX_DEPTH:
                raise YamlError(f"{path}：内容嵌套超过 {MAX_DEPTH} 层，不是规则或词表文件")
        return YAML(typ="safe", pure=True).load(data)
    except MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"第 {mark.line + 1} 行" if mark else "某处"
        raise YamlError(f"{path}：{where}不是正确的 YAML（{error.problem}）；请检查缩进、冒号和引号") from error
    except (YAMLError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise YamlError(f"{path}：不是正确的 UTF-8 编码 YAML 文件（{type(error).__name__}）") from error


def cache_dir() -> Path:
    """The user's own cache folder for this program (it may not exist, and may not be writable)."""
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path(home, "AppData", "Local"))
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path(home, ".cache"))
    return base / "hecha"


def _store(path: Path, data: bytes) -> None:
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data)
