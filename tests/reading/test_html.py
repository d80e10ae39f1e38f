"""Web pages: the text a browser shows, data tables as grids, whatever the page wraps around them."""

from __future__ import annotations

import pytest

from assistant.reading import UnreadableError, read_bytes
from assistant.reading.formats import source_of


def lines(body: str) -> list[str]:
    return [line for line in source_of(f"<html><body>{body}</body></html>".encode(), "a.html").lines if line]


def test_blocks_are_lines():
    assert lines("<p>甲<b>乙</b></p><div>丙<br>丁<span>戊</span></div>己") == ["甲乙", "丙", "丁戊", "己"]


def test_blanks_are_folded_as_a_browser_does():
    assert lines("<p>增加\n  162.84万元，\n增长 11.06%。</p>") == ["增加 162.84万元，增长 11.06%。"]
    assert lines("<p>本年收\n    入合计</p><p>合 计</p>") == ["本年收入合计", "合 计"]


def test_what_is_not_shown_is_not_read():
    hidden = "<script>var a=1</script><style>p{}</style><p style='display: none'>密</p><p hidden>密</p><!--密--><nav>首页</nav>"
    assert lines(f"{hidden}<p>见</p><footer>主办</footer>") == ["见"]


def test_headings_and_numbered_lists():
    assert lines("<h2>收支情况</h2><ol start=3><li>甲</li><li>乙</li></ol><ul><li>丙</li></ul>") == [
        "## 收支情况", "3. 甲", "4. 乙", "丙",
    ]  # fmt: skip


def test_spans_of_rows_and_columns():
    body = (
        "<table><tr><th rowspan=2>项目</th><th colspan=2>支出</th></tr><tr><td>基本</td><td>项目</td></tr>"
        "<tr><td>合计</td><td>1.00</td><td>2.00</td></tr></table>"
    )
    assert lines(body) == ["项目\t支出\t", "\t基本\t项目", "合计\t1.00\t2.00"]
    source = source_of(f"<html>{body}</html>".encode(), "a")
    assert source.origins[2][1].anchor == "表1第3行第2列"


def test_tables_that_arrange_the_page_are_opened():
    data = "<table><tr><td>合计</td><td><p>1.00</p></td></tr><tr><td>甲</td><td>2.<span>00</span></td></tr></table>"
    assert lines(f"<table><tr><td>菜单</td><td><p>正文</p>{data}</td></tr></table>") == [
        "菜单",
        "正文",
        "合计\t1.00",
        "甲\t2.00",
    ]
    assert lines("<table><tr><td>甲</td></tr><tr><td>乙</td></tr></table>") == ["甲", "乙"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_encodings(encoding):
    page = "<html><head><meta charset='{}'></head><body><p>某局2023年部门决算公开，决算收入1万元。</p></body></html>"
    stated = "gb2312" if encoding == "gb18030" else encoding
    assert read_bytes(page.format(stated).encode(encoding), "a").year == 2023
    assert read_bytes(page.format("gb2312").encode("utf-8"), "a").year == 2023, "the stated encoding is wrong"


def test_a_page_saved_under_another_name_and_a_web_archive():
    page = "<html><p>某局2023年部门决算公开，决算收入1万元。</p></html>".encode()
    assert read_bytes(page, "报告.doc").year == 2023
    archive = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=X\r\n\r\n--X\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    assert read_bytes(archive + page + b"\r\n--X--\r\n", "报告.doc").year == 2023


def test_text_with_remains_of_a_page_is_text():
    text = "某局2023年部门决算公开\n<del>决算</del>收入1万元\n"
    assert read_bytes(text.encode(), "a.txt").lines == ("某局2023年部门决算公开", "<del>决算</del>收入1万元")


@pytest.mark.parametrize("body", ["", "<script>1</script>"])
def test_an_empty_page(body):
    with pytest.raises(UnreadableError, match="没有文字"):
        source_of(f"<html>{body}</html>".encode(), "a")


PAGE = """<html><head><meta charset="utf-8">{head}</head><body><div class="nav"><a>部门预决算</a><a>政务公开</a></div>
<div>{body}</div><p>本年支出合计12.00万元，其中基本支出8.00万元，项目支出4.00万元，决算数为12.00万元。</p></body></html>"""
NAME = "青溪县图书馆2021年度单位决算"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (f'<meta name="ArticleTitle" content="{NAME}"><title>预决算公开_青溪县人民政府</title>', ""),
        (f"<title>{NAME}_青溪县人民政府</title>", ""),
        ("<title>青溪县人民政府</title>", f'<div class="article_title">{NAME}</div>'),
        ("<title>信息公开</title>", f'<h1 id="tit">{NAME}</h1>'),
        ("<title>信息公开</title>", f'<p class="news-title">{NAME}</p>'),
    ],
)
def test_the_title_is_that_of_the_article(head: str, body: str) -> None:
    document = read_bytes(PAGE.format(head=head, body=body).encode(), "页.html")
    assert (document.title, document.organisation, document.year) == (NAME, "青溪县图书馆", 2021)
