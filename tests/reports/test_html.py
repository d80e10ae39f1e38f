"""The web page, opened with lxml and, where there is one, in a real browser."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import html

from assistant.decisions import Decision, Review, Status, document_key
from assistant.findings import Report
from assistant.reports import render, render_file

from .hostile import TEXTS, hostile  # type: ignore[import-not-found]

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def test_one_file_that_reaches_for_nothing(report: Report) -> None:
    text = render(report, "html")
    root = html.fromstring(text)
    assert not root.xpath("//@src | //@href | //link | //iframe | //object | //form | //base")
    own = root.xpath("string(//style)") + root.xpath("string(//script)")
    assert not re.search(r"@import|url\(|//|\bfetch\(|XMLHttpRequest|eval\(|innerHTML", own)
    assert not root.xpath("//@style | //@*[starts-with(name(), 'on')]")
    policy = root.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    assert policy.startswith("default-src 'none';")
    for name in ("style", "script"):
        content = root.xpath(f"string(//{name})")
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy


def test_findings_stand_with_both_places_and_marks(report: Report) -> None:
    root = html.fromstring(render(report, "html"))
    articles = root.xpath("//article")
    assert [each.get("data-severity") for each in articles] == ["error", "warning", "info"]
    scenes = articles[1].xpath(".//section")
    assert len(scenes) == 2
    assert articles[1].xpath("string(.//td[contains(@class, 'm1')] | .//mark[contains(@class, 'm1')])")
    text = articles[1].text_content()
    for part in ("1,235.46", "《部门决算管理办法》第十条", "请核对后更正。", "T102-abc"):
        assert part in text
    assert root.xpath("//svg[@aria-label='各类疑点数']//rect")


def test_coverage_and_what_was_not_checked_are_there(report: Report) -> None:
    text = html.fromstring(render(report, "html")).text_content()
    for part in ("没有运行 T201：缺公开04", "数字台账：共 4 个数字", "文件为空，请换成完整的文件", "此行无法识别"):
        assert part in text
    assert "没有疑点；是否核查完整" in render(Report(()), "html")


def test_decisions_are_shown(report: Report) -> None:
    audit = report.audits[0]
    identity = audit.findings[1].id
    decision = Decision(finding=identity, status=Status.DISMISSED, reason="口径不同", reviewer="李四")
    root = html.fromstring(render(report, "html", review=Review({document_key(audit.document): {identity: decision}})))
    article = root.xpath("//article[@data-status='排除']")[0]
    assert "aside" in article.get("class")
    assert "口径不同" in article.text_content()
    assert "1已排除或已知" in root.text_content()


def test_hostile_text_is_only_text(report: Report) -> None:
    for review in (None, hostile(report)[1]):
        data = render_file(hostile(report)[0], "html", review)
        root = html.fromstring(data.decode("utf-8"))
        assert len(root.xpath("//script")) == 1
        assert not root.xpath("//img | //a | //@onerror")
        assert len(root.xpath("//article")) == len(TEXTS)
        shown = root.text_content()
        assert TEXTS[5] in shown
        assert not re.search("[\x00-\x08\x0b\x0c\x1b\x7f\ud800-\udfff\ufffe\uffff\u202e\u2066]", shown)


@pytest.mark.skipif(BROWSER is None, reason="no browser")
def test_the_filter_in_a_browser(report: Report, tmp_path: Path) -> None:
    page = tmp_path / "页.html"
    made, _ = hostile(report)
    both = Report((*report.audits, *made.audits), report.unread)
    # The page's own policy lets no other script run, so the test's script is put into the page's and the policy lifted.
    act = """
    document.querySelector('input[value=info]').click();
    var s=document.getElementById('search'); s.value='T102-ABC'; s.dispatchEvent(new Event('input'));
    setTimeout(function(){document.body.dataset.shown=
      Array.from(document.querySelectorAll('article')).filter(function(a){return !a.hidden}).map(function(a){return a.id}).join()
      +'|'+document.getElementById('count').textContent+'|'+typeof alerted;},400);
    """
    text = render(both, "html").replace(
        "</body>", f"<script>window.alert=function(){{alerted=1}};{act}</script></body>"
    )
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    page.write_bytes(text.encode("utf-8", "replace"))
    command = [
        str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=3000", "--dump-dom", page.as_uri(),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    found = re.search(r'data-shown="([^"]*)"', done.stdout.decode("utf-8", "replace"))
    if found is None:
        pytest.skip("the browser did not run")
    assert found[1] == f"f2|显示 1 / {3 + len(TEXTS)} 条|undefined"
