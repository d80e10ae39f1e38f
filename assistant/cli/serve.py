"""``hecha serve``: the workbench in a browser of this machine."""

from __future__ import annotations

import argparse
import ipaddress
import os
import shlex
import subprocess
import sys

from assistant.cli.common import OK, UsageError, rulebook_of, say
from assistant.cli.parser import Commands, add_command, job_count
from assistant.cli.review import add_review_arguments, load, missing_file, reviewer_of

_LOOPBACK = "127.0.0.1"


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    command = add_command(commands, "serve", "在浏览器里复核：与 hecha review 相同的界面，只供本机访问", _serve)
    add_review_arguments(command)
    add = command.add_argument
    text = "同时打开的页面数，默认 4；每个页面各自核查一次，占用各自的内存"
    add("--connections", metavar="N", type=job_count, default=4, help=text)
    add("--port", metavar="N", type=_port, default=8000, help="端口，默认 8000")
    add("--host", metavar="HOST", default=_LOOPBACK, help=f"监听的地址，默认 {_LOOPBACK}（只有本机能打开）")
    text = "允许 --host 使用其他地址：同一网络中得到完整地址的人都能看到报告、\n改动处理结果，传输不加密，请谨慎使用"
    add("--allow-remote", action="store_true", help=text)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise argparse.ArgumentTypeError(f"应为 1 到 65535 的整数，不是 {text}")
    return int(text)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _serve(arguments: argparse.Namespace) -> int:
    if not is_loopback(arguments.host) and not arguments.allow_remote:
        raise UsageError(f"默认只供本机访问；确实要监听 {arguments.host}，请同时给出 --allow-remote")
    if missing := missing_file(arguments.paths):
        raise UsageError(f"{missing}：没有这个文件或文件夹，请检查路径")
    rulebook_of(arguments.folders)
    load("tui.app", "tui textual", "请安装完整的 hecha（pip install hecha）")
    server = load(
        "tui.serve",
        "tui textual_serve aiohttp aiohttp_jinja2 jinja2",
        "请安装 pip install 'hecha[serve]'；在终端里可以直接用 hecha review",
    )
    os.environ.update(load("tui.auditing", "tui", "请安装完整的 hecha（pip install hecha）").child_environment())
    host = f"[{arguments.host}]" if ":" in arguments.host else arguments.host
    try:
        server.serve(
            _command(arguments),
            arguments.host,
            arguments.port,
            _told,
            f"http://{host}:{arguments.port}",
            arguments.connections,
        )
    except OSError as error:
        raise UsageError(f"端口 {arguments.port} 不能使用（可能已被占用），请用 --port 换一个") from error
    return OK


def _told(address: str) -> None:
    say(f"请在浏览器中打开：{address}")
    say("按 Ctrl+C 结束。")


def _command(arguments: argparse.Namespace) -> str:
    """The command of the workbench as the shell of this system reads it."""
    parts = [sys.executable, "-P", "-m", "assistant", "review", "--reviewer", reviewer_of(arguments)]
    for name, values in (("--store", [arguments.store]), ("--rules", arguments.folders), ("--jobs", [arguments.jobs])):
        for value in values:
            if value is not None:
                parts += [name, str(value)]
    parts += ["--", *arguments.paths]
    return subprocess.list2cmdline(parts) if sys.platform == "win32" else shlex.join(parts)
