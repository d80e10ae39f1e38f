"""Reading in a process of its own: what a file does to it is told in one line, and the next file is read."""

from __future__ import annotations

import os
import sys
import time
import zlib

import pytest

from assistant.reading import Limits, UnreadableError, read_bytes, sandbox, worker
from assistant.reading.sandbox import Reader, ReadingCrashError
from assistant.reading.source import Source
from tests.reading.office import docx, paragraph

GOOD = docx(paragraph("青禾市粮食局2023年度部门决算") + paragraph("2023年度收入决算120.50万元，支出决算120.50万元。"))

linux = pytest.mark.skipif(sys.platform != "linux", reason="copies of a process")


def _source(data: bytes, _: str) -> Source:
    """A reader that does what the file says; copies of this process have it too."""
    what = data.removeprefix(b"PK\x03\x04").decode()
    if what == "memory":
        held = [bytearray(b"x" * (1 << 20)) for _ in range(3000)]
        return Source((str(len(held)),))
    if what == "time":
        time.sleep(60)
    if what == "dies":
        os._exit(7)
    if what == "crash":
        raise ZeroDivisionError("division by zero")
    if what == "huge":
        return Source(("",) * 400_000)
    return Source((str(os.getpid()),))


@pytest.fixture(params=["copied", "watched"])
def reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("assistant.reading.formats.source_of", _source)
    monkeypatch.setattr("threading.active_count", lambda: 1)
    if request.param == "watched":
        monkeypatch.setattr(worker, "limit_by_kernel", lambda _: False)
    reader = Reader()
    yield reader
    reader.close()


def ask(reader: Reader, what: str, limits: Limits = Limits(300, 20)) -> Source:  # noqa: B008  # frozen
    return reader.read([("a.docx", b"PK\x03\x04" + what.encode())], limits)


@linux
def test_one_process_reads_one_file_after_the_other(reader: Reader) -> None:
    first = ask(reader, "")
    assert first == ask(reader, "")
    assert first.lines != (str(os.getpid()),)


@linux
@pytest.mark.parametrize(
    ("what", "limits", "said"),
    [
        ("memory", Limits(200, 20), "超过 200 MB"),
        ("time", Limits(300, 1), "超过 1 秒"),
        ("dies", Limits(300, 20), "中止"),
    ],
)
def test_limits(reader: Reader, what: str, limits: Limits, said: str) -> None:
    start = time.monotonic()
    with pytest.raises(UnreadableError, match=said) as caught:
        ask(reader, what, limits)
    assert "\n" not in str(caught.value)
    assert not reader.alive
    assert time.monotonic() - start < 10


@linux
def test_a_bug_is_told_with_its_place_and_the_process_lives(reader: Reader) -> None:
    with pytest.raises(ReadingCrashError, match="ZeroDivisionError") as caught:
        ask(reader, "crash")
    assert "in _source" in caught.value.__notes__[0]
    assert reader.alive
    with pytest.raises(UnreadableError, match="庞大"):
        ask(reader, "huge")
    assert ask(reader, "").lines


def test_a_new_process_is_started_where_none_can_be_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("threading.active_count", lambda: 2)
    reader = Reader()
    try:
        assert reader.read([("a.docx", GOOD)], Limits()).lines[0] == "青禾市粮食局2023年度部门决算"
        assert len(reader.read([("a.docx", GOOD), ("b.docx", GOOD)], Limits()).lines) > 4
    finally:
        reader.close()


def test_the_process_is_kept_and_replaced_when_it_ended() -> None:
    assert read_bytes(GOOD, "a.docx").title
    kept = sandbox._readers[0]
    assert read_bytes(GOOD, "a.docx").title
    assert sandbox._readers[0] is kept
    kept.close()
    assert read_bytes(GOOD, "a.docx").title
    assert sandbox._readers[0] is not kept


def form_bomb(levels: int) -> bytes:
    """A PDF whose forms show one another twice, again and again."""
    body = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>"]
    uses = b"/Resources<</XObject<</X %d 0 R>>>>"
    body.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R" + uses % 5 + b">>")
    body.append(b"<</Length 12>>stream\n/X Do /X Do \nendstream")
    for number in range(5, 5 + levels):
        form = (
            b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]"
            + uses % (number + 1)
            + b"/Length 12>>stream\n/X Do /X Do \nendstream"
        )
        body.append(form)
    body.append(b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 2>>stream\nn \nendstream")
    return (
        b"%PDF-1.7\n"
        + b"".join(b"%d 0 obj\n%s\nendobj\n" % each for each in enumerate(body, 1))
        + b"trailer<</Size 99/Root 1 0 R>>\n%%EOF"
    )


@linux
def test_nested_forms_are_refused_within_bounds() -> None:
    start = time.monotonic()
    with pytest.raises(UnreadableError, match="请"):
        read_bytes(form_bomb(40), "a.pdf", Limits(300, 15))
    assert time.monotonic() - start < 20


def pdf_of(stream: bytes, head: bytes = b"") -> bytes:
    return b"%%PDF-1.7\n4 0 obj\n<</Length %d/Filter/FlateDecode%s>>stream\n%s\nendstream\nendobj\n" % (
        len(stream),
        head,
        stream,
    )


def test_a_stream_that_inflates_a_thousand_times_is_a_bomb_but_no_white_picture() -> None:
    from assistant.reading.pdf.bombs import refuse_bombs

    bomb = zlib.compress(b"0 0 m " * 10_000_000, 9)
    with pytest.raises(UnreadableError, match="庞大"):
        refuse_bombs(pdf_of(b"x") + pdf_of(bomb))
    with pytest.raises(UnreadableError, match="庞大"):
        read_bytes(pdf_of(bomb), "a.pdf")
    refuse_bombs(pdf_of(bomb, b"/Type/XObject/Subtype/Image"))
    refuse_bombs(pdf_of(bomb[:200] + os.urandom(30_000)) + b"stream\nnever ends")
    refuse_bombs(pdf_of(zlib.compress(os.urandom(20_000) * 10)))
