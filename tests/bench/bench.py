"""Measure time and memory of ``hecha check`` against a floor, and print the figures beside the design's targets.

A measurement, not a test: it always exits 0. Every figure is the median of several runs. Each measurement runs in a
process of its own, so that neither imports nor memory of one leak into the next, and this process stays small (the peak
memory of a child starts from that of its parent).

Two series of documents, 1×, 4× and 16× as long as the base sample: in ``tables`` everything is repeated, tables too
(artificial: a report has each table once); in ``narrative`` only the paragraphs are repeated, as in a longer report.

The floor is reading the file and cutting its narrative (all lines without tabs) once with a private jieba tokenizer.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import growth
import pdf_bench

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "corpora" / "samples" / "hubei-final" / "clean.txt"
FACTORS = (1, 4, 16)
SERIES = ("tables", "narrative")
REPORT_BYTES = 100_000
FOLDER = 100
HECHA = [sys.executable, "-c", "import sys; from assistant.cli import main; sys.exit(main())"]

Figures = dict[str, float]


# --- measured in a child process ------------------------------------------------------------------------------------


def timed(work: object, repeat: int) -> float:
    """The median seconds of calling ``work``, after one call that is not counted; of that one if ``repeat`` is 0."""
    assert callable(work)
    times = []
    for _ in range(repeat + 1):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:] or times)


def child_warm(path: Path, repeat: int) -> Figures:
    """Reading, and reading plus audit, in a process that has everything loaded."""
    from assistant.audit import audit_document
    from assistant.reading import read
    from assistant.rules import load_rulebook

    rulebook = load_rulebook()
    tables_only = load_rulebook(select=["T"])
    document = read(str(path))
    return {
        "rulebook": timed(load_rulebook, repeat),
        "read": timed(lambda: read(str(path)), repeat),
        "audit": timed(lambda: audit_document(document, rulebook), repeat),
        "warm": timed(lambda: audit_document(read(str(path)), rulebook), repeat),
        "tables": timed(lambda: audit_document(read(str(path)), tables_only), repeat),
    }


def child_growth() -> Figures:
    """How many times as long each of the dangerous inputs takes when it is four times as long."""
    from assistant.audit import audit_document
    from assistant.reading import read_bytes
    from assistant.rules import load_rulebook

    rulebook = load_rulebook()

    def work(text: str) -> object:
        return audit_document(read_bytes(text.encode(), "a.txt"), rulebook)

    work(growth.HEAD)
    return {name: growth.growth(work, name) for name in growth.INPUTS}


def child_floor(path: Path, repeat: int, cache: str) -> Figures:
    """One pass of jieba over the narrative, with the dictionary loaded."""
    import logging

    import jieba

    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = cache
    jieba.default_logger.setLevel(logging.ERROR)
    tokenizer.initialize()

    def work() -> int:
        lines = path.read_text(encoding="utf-8").split("\n")
        return sum(len(tokenizer.lcut(line)) for line in lines if "\t" not in line)

    return {"warm": timed(work, repeat)}


# --- measured from outside ------------------------------------------------------------------------------------------


def process(command: list[str], repeat: int) -> Figures:
    """Median seconds and peak MB of whole processes; the first run, which may compile bytecode, is not counted."""
    seconds, peaks = [], []
    for turn in range(repeat + 1):
        start = time.perf_counter()
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment())
        assert running.stderr is not None
        complaint = running.stderr.read()
        _, status, usage = os.wait4(running.pid, 0)
        elapsed = time.perf_counter() - start
        running.returncode = os.waitstatus_to_exitcode(status)
        if running.returncode != 0:
            raise SystemExit(f"命令失败（{running.returncode}）：{' '.join(command)}\n{complaint.decode()}")
        if turn:
            seconds.append(elapsed)
            peaks.append(usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024))
    return {"process": statistics.median(seconds), "peak": statistics.median(peaks)}


def environment() -> dict[str, str]:
    """This environment with bytecode allowed: without it every start compiles everything again."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def in_child(*arguments: str) -> Figures:
    """Run this file in a child in one of its modes and take over what it measured."""
    command = [sys.executable, str(Path(__file__)), *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment())
    result: Figures = json.loads(done.stdout)
    return result


# --- documents ------------------------------------------------------------------------------------------------------


def is_table(line: str) -> bool:
    """Whether a line of a sample belongs to a table."""
    return "\t" in line


def longer(text: str, factor: int, series: str) -> str:
    """A document ``factor`` times as long: all of it repeated, or only its paragraphs."""
    if series == "tables":
        return text * factor
    narrative = "\n".join(line for line in text.split("\n") if not is_table(line))
    return text + f"\n{narrative}" * (factor - 1)


def report_of(text: str, size: int) -> str:
    """The sample with its tables once, filled up with its own paragraphs to about ``size`` bytes."""
    narrative = "\n".join(line for line in text.split("\n") if not is_table(line))
    missing = size - len(text.encode())
    copies = max(math.ceil(missing / len(narrative.encode())), 0)
    return text + f"\n{narrative}" * copies


# --- the run --------------------------------------------------------------------------------------------------------


def measure(path: Path, repeat: int, scratch: Path) -> Figures:
    """All figures of one document."""
    out = scratch / "out.json"
    command = ["check", "--fail-on", "never", "--format", "json", "-o", str(out), str(path)]
    floor_command = [sys.executable, str(Path(__file__)), "--child", "floor", "--repeat", "0"]
    whole = process([*HECHA, *command], repeat)
    floor = process([*floor_command, "--scratch", str(scratch), str(path)], repeat)
    warm = in_child("--child", "warm", "--repeat", str(repeat), "--scratch", str(scratch), str(path))
    floor_warm = in_child("--child", "floor", "--repeat", str(repeat), "--scratch", str(scratch), str(path))
    return {
        "kb": path.stat().st_size / 1000,
        **whole,
        **warm,
        "floor_process": floor["process"],
        "floor_peak": floor["peak"],
        "floor_warm": floor_warm["warm"],
    }


def throughput(text: str, scratch: Path) -> Figures:
    """Seconds for a folder of copies with one process and with two, start-up and report included."""
    folder = scratch / "folder"
    folder.mkdir()
    for number in range(FOLDER):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    command = [*HECHA, "check", "--quiet", "--fail-on", "never", "--format", "json", "-o", str(scratch / "out.json")]
    return {jobs: process([*command, "--jobs", jobs, str(folder)], 1)["process"] for jobs in ("1", "2")}


def targets(results: dict[str, Figures], help_seconds: float) -> list[tuple[str, float, float]]:
    """Each target of the design: what it says, what was measured, and the limit."""
    rows = []
    for series in SERIES:
        first, last = results[f"{series} 1×"], results[f"{series} 16×"]
        rows.append((f"{series}：16 倍篇幅的用时倍数（热）", last["warm"] / first["warm"], 20.0))
        rows.append((f"{series}：16 倍篇幅的用时倍数（整个进程）", last["process"] / first["process"], 20.0))
    report = results["100 KB"]
    rows.append(("100 KB 报告的读取与表格核查（热，秒）", report["tables"], 0.3))
    rows.append(("100 KB 报告的全部核查（热，秒）", report["warm"], 0.5))
    rows.append(("100 KB 报告的全部核查（整个进程，秒）", report["process"], 2.0))
    rows.append(("100 KB 报告的内存峰值（MB）", report["peak"], 350.0))
    rows.append(("hecha --help（整个进程，秒）", help_seconds, 0.3))
    return rows


def show(results: dict[str, Figures], goals: list[tuple[str, float, float]]) -> None:
    """Print the two tables."""
    heads = ("document", "KB", "process s", "floor s", "ratio", "peak MB", "floor MB", "warm s", "read s", "audit s")
    heads = (*heads, "floor s", "ratio")
    print("  ".join(f"{head:>14}" if i == 0 else f"{head:>9}" for i, head in enumerate(heads)))
    for name, row in results.items():
        cells = (
            f"{row['kb']:.0f}",
            f"{row['process']:.3f}",
            f"{row['floor_process']:.3f}",
            f"{row['process'] / row['floor_process']:.2f}",
            f"{row['peak']:.0f}",
            f"{row['floor_peak']:.0f}",
            f"{row['warm']:.4f}",
            f"{row['read']:.4f}",
            f"{row['audit']:.4f}",
            f"{row['floor_warm']:.4f}",
            f"{row['warm'] / row['floor_warm']:.2f}",
        )
        print("  ".join((f"{name:>14}", *(f"{cell:>9}" for cell in cells))))
    print()
    for series in SERIES:
        first, last = results[f"{series} 1×"], results[f"{series} 16×"]
        exponent = math.log(last["warm"] / first["warm"]) / math.log(last["kb"] / first["kb"])
        print(f"{series}：篇幅增至 {last['kb'] / first['kb']:.1f} 倍，热用时的增长指数 {exponent:.2f}（1 为线性）")
    print(f"规则库载入（热）：{results['100 KB']['rulebook']:.4f} 秒\n")
    for text, value, limit in goals:
        verdict = "达到" if value <= limit else "未达到"
        print(f"{verdict:　<3} {text}：{value:.3f}（目标 ≤ {limit:.3g}）")


def run(sample: Path, repeat: int, target: Path | None) -> None:
    """Build the documents, measure them, print, and write the JSON where asked."""
    text = sample.read_text(encoding="utf-8").strip("\n") + "\n"
    results: dict[str, Figures] = {}
    shares: Figures = {}
    with tempfile.TemporaryDirectory(prefix="hecha-bench-") as folder:
        scratch = Path(folder)
        jobs = [(f"{series} {factor}×", longer(text, factor, series)) for series in SERIES for factor in FACTORS]
        for name, body in [*jobs, ("100 KB", report_of(text, REPORT_BYTES))]:
            path = scratch / f"{name.replace(' ', '-')}.txt"
            path.write_text(body, encoding="utf-8")
            results[name] = measure(path, repeat, scratch)
        helping = process([*HECHA, "--help"], max(repeat, 5))
        shares = throughput(text, scratch)
    paper = pdf_bench.run(sample, repeat, lambda command, times: process([*HECHA, *command], times))
    goals = targets(results, helping["process"])
    goals.append((f"{FOLDER} 个文件，--jobs 2 的用时（--jobs 1 的倍数）", shares["2"] / shares["1"], 1 / 1.8))
    goals.append(("读取 PDF 的用时（全部文件合计，为 PDFium 裸提取的倍数）", paper["ratio"], 1.5))
    goals.append(("30 页 PDF 的全部核查（整个进程，秒）", paper["process"], 3.0))
    grown = in_child("--child", "growth")
    goals += [(f"{name}：4 倍篇幅的用时倍数（热）", ratio, growth.LIMIT) for name, ratio in grown.items()]
    show(results, goals)
    if target:
        report = {
            "sample": sample.name,
            "repeat": repeat,
            "documents": results,
            "help": helping,
            "jobs": shares,
            "pdf": paper,
            "targets": [
                {"target": text, "value": value, "limit": limit, "met": value <= limit} for text, value, limit in goals
            ],
        }
        target.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    """Read the options; the hidden ones run a measurement inside a child."""
    parser = argparse.ArgumentParser(description="测量核查的用时与内存")
    parser.add_argument("sample", nargs="?", type=Path, default=SAMPLE, help="作为基准的文本报告")
    parser.add_argument("--repeat", type=int, default=5, help="每项测量的次数，取中位数")
    parser.add_argument("--json", type=Path, default=None, metavar="FILE", help="把结果写入 JSON 文件")
    parser.add_argument("--child", choices=("warm", "floor", "growth"), help=argparse.SUPPRESS)
    parser.add_argument("--scratch", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child == "warm":
        print(json.dumps(child_warm(options.sample, options.repeat)))
    elif options.child == "growth":
        print(json.dumps(child_growth(), ensure_ascii=False))
    elif options.child == "floor":
        print(json.dumps(child_floor(options.sample, options.repeat, options.scratch)))
    else:
        run(options.sample, options.repeat, options.json)


if __name__ == "__main__":
    main()
