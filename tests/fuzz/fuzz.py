"""Damage reports in every format at random and see that each is audited or refused with one clear line.

A seeded run makes the same inputs in the same order, however far it gets: ``python -m tests.fuzz.fuzz --seconds 600 --seed 1``. What breaks the
program is made as small as can be and kept in ``found``, whose files are tests. The status is 1 if anything broke.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import random
import re
import resource
import signal
import sys
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.audit import audit_document
from assistant.findings import Report
from assistant.reading import UnreadableError, read_bytes
from assistant.reports import FORMATS, render_file
from assistant.rules import load_rulebook
from tests.reading.office import archive
from tests.reading.pdf_writer import Page, pdf
from tests.tools import formats

ROOT = Path(__file__).resolve().parents[2]
FOUND = Path(__file__).parent / "found"

SLOWEST, LARGEST = 20.0, 1_000
"""Seconds and MB that no input may take."""
LINES = 90
KINDS = ("txt", "txt", "md", "docx", "xlsx", "html", "pdf", "zip", "ods")
TOKENS = (
    "²", "①", "٣", "-", "——", "0.00", "9" * 50, "-1.5.5", "1,2,3", "%", "‰", "万元", "元", "\t", "|", "\n", "\0", "\x85", "\u202e",
    "\u200b", "\ufeff", "XX", "____", "（", "）", "((((", "其中：", "合计", "2023年", "99999年", "0年", "增长", "下降", "-100%", "目录\n",
    "一、", "第二部分", "公开01表", "。。。", "1e9", "𝟚", "½", "〇", "Ⅳ", "\U0001f600", "<td>", "&#0;", "=1+1", "为0", "不变", "。",
)  # fmt: skip


def seeds() -> list[str]:
    """The samples as texts."""
    return [path.read_text(encoding="utf-8") for path in sorted((ROOT / "corpora" / "samples").rglob("*.txt"))]


def excerpt(text: str, dice: random.Random) -> str:
    """The head of a report and a stretch of it: short enough to be fast."""
    lines = text.split("\n")
    start = dice.randrange(max(len(lines) - LINES, 1))
    return "\n".join(lines[:12] + lines[start : start + LINES])


def written(text: str, kind: str) -> bytes:
    """A text as a file of this kind."""
    if kind in ("txt", "md"):
        return text.encode("utf-8", "replace")
    if kind == "pdf":
        pages, lines = [], [line for line in text.split("\n") if line.strip()]
        for start in range(0, len(lines), 40):
            page = Page()
            for number, line in enumerate(lines[start : start + 40]):
                for column, cell in enumerate(line.split("\t")[:8]):
                    page.text(50 + 90 * column, 50 + 19 * number, cell[:60], 10)
            pages.append(page)
        return pdf(*pages)
    if kind == "ods":
        return _ods(text)
    blocks = formats.read_sample(text)
    if kind == "docx":
        return timeless(formats.to_docx(blocks))
    if kind == "html":
        return formats.to_html(blocks)
    if kind == "xlsx":
        return timeless(formats.to_xlsx([blocks]))
    parts = {"说明.txt": text.encode("utf-8", "replace"), "公开表.docx": timeless(formats.to_docx(blocks))}
    return timeless(archive(parts))


def timeless(data: bytes) -> bytes:
    """An archive without the time at which it was made: a seed must make the same files on any day."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as made, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in made.namelist():
            content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2024-01-01T00:00:00Z", made.read(name))
            kept.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _ods(text: str) -> bytes:
    from xml.sax.saxutils import escape

    spaces = " ".join(
        f"xmlns:{name}='urn:oasis:names:tc:opendocument:xmlns:{name}:1.0'" for name in ("office", "table", "text")
    )
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f"<table:table-cell office:value-type='string'><text:p>{escape(cell)}</text:p></table:table-cell>"
            for cell in line.split("\t")
        )
        + "</table:table-row>"
        for line in text.split("\n")
    )
    content = f"<office:document-content {spaces} office:version='1.2'><office:body><office:spreadsheet><table:table table:name='表'>{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    return timeless(
        archive(
            {
                "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
                "content.xml": content.encode("utf-8", "replace"),
            }
        )
    )


# --- damage ---------------------------------------------------------------------------------------------------------


def spoil_text(text: str, dice: random.Random) -> str:
    """Tokens put in, stretches lost, doubled, moved or run together."""
    for _ in range(dice.choice((1, 2, 4, 10, 40))):
        at, length = dice.randrange(len(text) + 1), dice.choice((1, 2, 5, 30, 400))
        piece, way = text[at : at + length], dice.randrange(6)
        if way < 2:
            text = text[:at] + dice.choice(TOKENS) * dice.choice((1, 1, 1, 3, 30)) + text[at:]
        elif way == 2:
            text = text[:at] + text[at + length :]
        elif way == 3:
            text = text[:at] + piece * dice.choice((2, 2, 5, 60)) + text[at:]
        elif way == 4:
            other = dice.randrange(len(text) + 1)
            text = text[:other] + piece + text[other:]
        else:
            text = text[:at] + dice.choice(TOKENS) + text[at + length :]
    return text


def spoil_bytes(data: bytes, dice: random.Random) -> bytes:
    """Bytes changed, stretches lost or doubled, the end cut off."""
    spoilt = bytearray(data)
    for _ in range(dice.choice((1, 3, 20))):
        if not spoilt:
            break
        at, length, way = dice.randrange(len(spoilt)), dice.choice((1, 4, 100, 3000)), dice.randrange(5)
        if way == 0:
            spoilt[at] = dice.randrange(256)
        elif way == 1:
            del spoilt[at : at + length]
        elif way == 2:
            spoilt[at:at] = spoilt[at : at + length]
        elif way == 3:
            spoilt[at : at + length] = bytes(dice.randrange(256) for _ in range(min(length, 100)))
        elif dice.random() < 0.3:
            del spoilt[at:]
    return bytes(spoilt)


def spoil_members(data: bytes, dice: random.Random) -> bytes:
    """One file in an archive damaged, the archive whole."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as after:
        names = before.namelist()
        chosen = dice.choice(names)
        for name in names:
            content = before.read(name)
            if name == chosen:
                text = content.decode("utf-8", "replace")
                content = (
                    spoil_bytes(content, dice)
                    if dice.random() < 0.4
                    else spoil_text(text, dice).encode("utf-8", "replace")
                )
            after.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def inputs(seed: int) -> Iterator[tuple[str, bytes]]:
    """Damaged files without end: the ending of the name, and the content."""
    texts = seeds()
    for number in range(10**9):
        dice = random.Random(f"{seed} {number}")
        kind = dice.choice(KINDS)
        text = excerpt(dice.choice(texts), dice)
        if dice.random() < 0.75:
            text = spoil_text(text, dice)
        clean = (
            "".join(char for char in text if char in "\t\n" or char >= " ")
            if kind in ("docx", "xlsx", "zip", "ods")
            else text
        )
        try:
            data = written(clean, kind)
        except (ValueError, IndexError, StopIteration):  # the text cannot stand in a file of this kind
            continue
        if kind in ("docx", "xlsx", "zip", "ods") and dice.random() < 0.6:
            data = spoil_members(data, dice)
        elif dice.random() < 0.4:
            data = spoil_bytes(data, dice)
        yield kind, data


# --- the run --------------------------------------------------------------------------------------------------------


class TooSlowError(Exception):
    """The watchdog's: an input took too long."""


@contextmanager
def watchdog(seconds: float) -> Iterator[None]:
    """Raise ``TooSlowError`` in this thread after so many seconds."""

    def late(*_: object) -> None:
        raise TooSlowError(f"{seconds:.0f} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


RULEBOOK = load_rulebook()


def audited(kind: str, data: bytes) -> bool:
    """Whether a file could be read; then audited, and written in one of the forms. Any error but a refusal is a bug."""
    try:
        document = read_bytes(data, f"a.{kind}")
    except UnreadableError as error:
        if len(str(error).splitlines()) != 1:
            raise AssertionError(f"not one line: {error}") from error
        return False
    audit = audit_document(document, RULEBOOK)
    form = list(FORMATS)[len(data) % len(FORMATS)]
    render_file(Report((audit,)), form)
    return True


def broken(kind: str, data: bytes) -> str:
    """Where and how a file breaks the program; empty if it does not."""
    try:
        with watchdog(SLOWEST):
            audited(kind, data)
    except Exception as error:
        cause = error.__cause__ or error
        frames = [frame for frame in traceback.extract_tb(cause.__traceback__) if str(ROOT) in frame.filename]
        return f"{type(cause).__name__} {cause!s:.60} {frames[-1].name if frames else ''}"
    return ""


def smaller(kind: str, data: bytes, fault: str, seconds: float = 60) -> bytes:
    """The file without all that it does not take to break the program in the same way."""
    end, step = time.monotonic() + seconds, len(data) // 2
    same = fault.split()[0]
    while step and time.monotonic() < end:
        at = 0
        while at < len(data) and time.monotonic() < end:
            shorter = data[:at] + data[at + step :]
            if broken(kind, shorter).startswith(same):
                data = shorter
            else:
                at += step
        step //= 2
    return data


def peak() -> int:
    """The most memory in MB that this process or one of those that read took."""
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return most // (1 << 20 if sys.platform == "darwin" else 1 << 10)


def run(seed: int, seconds: float, most: int, tell: Callable[[str], object] = print) -> int:
    """Fuzz until the time is over or ``most`` inputs are done; returns how many ways of breaking were found."""
    end = time.monotonic() + seconds
    counts: Counter[str] = Counter()
    faults: dict[str, tuple[str, bytes]] = {}
    slowest, slow_kind = 0.0, ""
    for number, (kind, data) in enumerate(inputs(seed)):
        if number >= most or time.monotonic() > end:
            break
        start = time.process_time()
        try:
            with watchdog(SLOWEST * 5):  # of a busy machine; what counts is the time of this process
                counts["audited" if audited(kind, data) else "refused"] += 1
        except Exception as error:
            counts["exceptions"] += 1
            cause = error.__cause__ or error
            where = traceback.extract_tb(cause.__traceback__)[-1]
            faults.setdefault(f"{type(cause).__name__} {where.filename}:{where.lineno}", (kind, data))
            tell(f"#{number} {kind} {type(error).__name__}: {error!s:.300}")
        taken = time.process_time() - start
        counts["over the time"] += taken > SLOWEST
        if taken > slowest:
            slowest, slow_kind = taken, f"#{number} {kind}"
    total = counts["audited"] + counts["refused"] + counts["exceptions"]
    tell(
        f"输入 {total}（种子 {seed}），核查 {counts['audited']}，拒绝 {counts['refused']}，异常 {counts['exceptions']}，"
        f"超时 {counts['over the time']}；最慢 {slowest:.2f} 秒（{slow_kind}），内存峰值 {peak()} MB"
    )
    for place, (kind, data) in faults.items():
        fault = broken(kind, data)
        least = smaller(kind, data, fault) if fault else data
        FOUND.mkdir(exist_ok=True)
        target = FOUND / f"{hashlib.sha256(least).hexdigest()[:10]}.{kind}"
        target.write_bytes(least)
        tell(f"{place} → {target.relative_to(ROOT)}（{len(least)} 字节）")
    return len(faults) + (counts["over the time"] > 0) + (peak() > LARGEST + 500)


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(
        description="用损坏的文件试验：每个文件都应当得到核查，或以一行文字说明为何不能核查"
    )
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--inputs", type=int, default=10**9)
    options = parser.parse_args()
    sys.exit(run(options.seed, options.seconds, options.inputs) > 0)


if __name__ == "__main__":
    main()
