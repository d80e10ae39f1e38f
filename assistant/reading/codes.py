"""Subject codes (科目编码) of a row: read from one column or three, and re-derived where the print is damaged.

A code is derived only where order and name leave one answer; otherwise the row keeps no code.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.terms import Subjects

_LEADING = re.compile(r"^([1-5]\d{2}(?:\d{2}){0,2})(?!\d)[\s:：]*(.*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Coded:
    """A row's code and label; ``derived`` where the code is not printed so."""

    code: str
    label: str
    derived: bool = False


def read_code(pieces: Sequence[str], label: str, previous: str, subjects: Subjects | None) -> Coded:
    """Code and label of a row.

    ``pieces`` are the squeezed texts of the code columns, ``previous`` the code of the row above, ``subjects`` the list
    that the table's codes come from.
    """
    digits = [piece for piece in pieces if piece.isdigit()]
    words = "".join(
        piece for piece in pieces if piece and not piece.isdigit() and piece not in {"类", "款", "项", "类款项"}
    )
    words = re.sub(r"^(?:类款项|类款|类项|栏次)+", "", words)
    label = re.sub(r"^栏次(?=合计|总计)", "", label)
    match = _LEADING.match(words + label)
    if not digits and match:
        return _checked(match[1], match[2], previous, subjects)
    label = words + label
    code = _join(digits)
    if code:
        return _checked(code, label, previous, subjects)
    if not label:
        return Coded("", "")
    return _derive(label, previous, subjects, "".join(digits))


def _join(digits: Sequence[str]) -> str:
    if not digits:
        return ""
    if len(digits) == 1:
        return digits[0] if len(digits[0]) in (3, 5, 7) and digits[0][0] in "12345" else ""
    if len(digits[0]) != 3:
        return ""
    if all(len(piece) == 2 for piece in digits[1:]):
        return "".join(digits)
    if all(b.startswith(a) for a, b in itertools.pairwise(digits)):
        return digits[-1]  # each column repeats the code down to its own level
    return ""


def _checked(code: str, label: str, previous: str, subjects: Subjects | None) -> Coded:
    """Keep a printed code unless it merely repeats (or is cut to) the code above and the name says it is another one."""
    if subjects is None or not label or not previous or not previous.startswith(code):
        return Coded(code, label)
    if label in subjects.names.get(code, ()):
        return Coded(code, label)
    derived = _derive(label, previous, subjects, code)
    fits = derived.code.startswith(code) or (code == previous and derived.code[:-2] == code[:-2])
    return derived if derived.code and fits else Coded(code, label)


def _derive(label: str, previous: str, subjects: Subjects | None, tail: str) -> Coded:
    if subjects is None:
        return Coded("", label)
    candidates = subjects.codes.get(label, [])
    near = [code for code in candidates if len(code) > 3 and previous[:3] == code[:3]] or candidates
    if tail and len(near) > 1:
        near = [code for code in near if code.endswith(tail[-2:])] or near
    closer = [code for code in near if previous[:5] == code[:5]]
    near = closer if len(near) > 1 and closer else near
    return Coded(near[0], label, True) if len(near) == 1 else Coded("", label)
