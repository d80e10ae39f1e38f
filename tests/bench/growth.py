"""Inputs on which a careless program takes four or sixteen times as long when they are four times as long."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Final

HEAD: Final = "青禾市粮食局2023年度部门决算\n一、收入支出决算总表\n单位：万元\n2023年度收入决算120.50万元。\n2023年度支出决算120.50万元。\n"
LIMIT: Final = 5.0
"""Four times the text may take this many times as long."""


def _amounts(size: int) -> str:
    lines, number = [], 0
    while sum(map(len, lines[-1:])) * len(lines) < size:
        number += 1
        now, more = 37 * number + 11, 7 * number % 90 + 1
        lines.append(
            f"2023年度收入{now}.{number % 90 + 10}万元，比上年增加{more}.11万元，增长{number % 40 + 1}.1{number % 10}%。"
        )
    return "\n".join(lines)


def _enumeration(size: int) -> str:
    return "分别为" + "、".join(f"{number % 97 + 1}.1万元" for number in range(size // 6)) + "。"


def _named(size: int) -> str:
    return (
        "主要用于" + "、".join(f"项目{number % 997}支出{number % 97 + 1}.1万元" for number in range(size // 13)) + "。"
    )


INPUTS: Final[dict[str, Callable[[int], str]]] = {
    "许多数额": _amounts,
    "一段之内的列举": _enumeration,
    "一段之内的项目": _named,
    "占位符": lambda size: "X" * size,
    "空白": lambda size: "收入" + " " * size + "万元",
    "数字": lambda size: "收入" + "1" * size + "万元",
    "长段": lambda size: "根据年初预算安排，做好粮食储备工作，支出120.50万元。" * (size // 26),
}


def growth(work: Callable[[str], object], name: str, size: int = 8_000, repeat: int = 3) -> float:
    """How many times as long ``work`` takes for the input of this name when it is four times as long."""
    seconds = []
    for factor in (1, 4):
        text = HEAD + INPUTS[name](size * factor)
        times = []
        for _ in range(repeat):
            start = time.process_time()
            work(text)
            times.append(time.process_time() - start)
        seconds.append(min(times) if repeat < 3 else statistics.median(times))
    return seconds[1] / seconds[0]
