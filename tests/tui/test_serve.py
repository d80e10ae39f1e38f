"""The workbench in a browser: only for those who know the address, and without anything from the internet."""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.cli.serve import _command, is_loopback

pytest.importorskip("textual_serve")

from aiohttp.test_utils import TestClient, TestServer

from tui.serve import ReviewServer

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "corpora" / "samples" / "hubei-final"
PAGE = ROOT / "tui" / "templates" / "app_index.html"


def test_the_page_asks_nobody() -> None:
    assert re.findall(r"https?://|//\w", PAGE.read_text(encoding="utf-8")) == []


async def test_only_with_the_key_and_from_our_page() -> None:
    server = ReviewServer("true", "127.0.0.1", 8000, lambda _: None)
    async with TestClient(TestServer(await server._make_app())) as client:
        server.public_url = f"http://127.0.0.1:{client.port}"

        async def status(path: str, **headers: str) -> int:
            client.session.cookie_jar.clear()
            return (await client.get(path, headers=headers)).status

        assert await status("/") == 403
        assert await status("/?key=wrong") == 403
        assert await status(f"/?key={server.key}") == 200
        assert await status(f"/?key={server.key}", Host="evil.example") == 403
        assert await status(f"/?key={server.key}", Origin="http://evil.example") == 403
        assert await status("/ws") == 403
        assert await status(f"/ws?key={server.key}", Origin="http://evil.example") == 403
        assert await status("/static/js/textual.js") == 200
        page = await client.get(f"/?key={server.key}")
        assert "核查助手" in await page.text()
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]


async def test_pages_beyond_the_limit_are_told_so() -> None:
    server = ReviewServer("sleep 30", "127.0.0.1", 8000, lambda _: None, most=2)
    async with TestClient(TestServer(await server._make_app())) as client:
        server.public_url = f"http://127.0.0.1:{client.port}"
        page = f"/?key={server.key}"
        opened = [await client.ws_connect(f"/ws?key={server.key}") for _ in range(2)]
        answer = await client.get(page)
        assert answer.status == 503
        assert "打开的页面太多" in await answer.text()
        assert (await client.get(f"/ws?key={server.key}")).status == 503
        await opened[0].close()
        for _ in range(50):
            if (await client.get(page)).status == 200:
                break
            await asyncio.sleep(0.1)
        assert (await client.get(page)).status == 200


def test_the_page_gives_the_keys_to_the_workbench() -> None:
    assert ".xterm-helper-textarea" in PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("host", "ours"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("192.168.1.5", False),
        ("x.cn", False),
    ],
)
def test_loopback(host: str, ours: bool) -> None:
    assert is_loopback(host) is ours


def test_another_host_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", str(SAMPLES / "clean.txt"), "--host", "0.0.0.0"]) == 2
    assert "--allow-remote" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="the shell of POSIX")
def test_the_command_is_quoted() -> None:
    arguments = argparse.Namespace(
        paths=["a b;rm.txt", "-x.txt"], reviewer="张 三", store=None, folders=["规则"], jobs=None
    )
    parts = shlex.split(_command(arguments))
    assert parts[parts.index("--") + 1 :] == ["a b;rm.txt", "-x.txt"]
    assert parts[parts.index("--reviewer") + 1] == "张 三"


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
def test_ends_when_its_parent_goes(tmp_path: Path) -> None:
    """The client left while the app was starting: its input ends, nobody says quit."""
    environment = dict(os.environ, TEXTUAL_DRIVER="textual.drivers.web_driver:WebDriver", COLUMNS="80", ROWS="24")
    command = [sys.executable, "-m", "assistant", "review", str(SAMPLES / "clean.txt"), "--store", str(tmp_path / "s")]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=environment)
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdout.readline() == b"__GANGLION__\n"
    process.stdin.close()
    process.stdout.close()
    start = time.monotonic()
    try:
        process.wait(15)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
    assert time.monotonic() - start < 15


def test_review_needs_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", str(SAMPLES / "clean.txt")]) == 2
    assert "hecha serve" in capsys.readouterr().err


def test_without_textual(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("TEXTUAL_DRIVER", "web")
    monkeypatch.setitem(sys.modules, "textual", None)
    for name in [name for name in sys.modules if name.startswith("tui")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "tui.app", None)
    assert main(["review", str(SAMPLES / "clean.txt")]) == 2
    assert "缺少组件" in capsys.readouterr().err
