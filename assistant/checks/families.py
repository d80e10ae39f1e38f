"""Families of lists: the parts that make up a whole (基本支出 and 项目支出; 货物, 工程 and 服务; …), as rule files name them."""

from __future__ import annotations

import re

from assistant.checks.base import Parameters
from assistant.claims import Statement
from assistant.terms import economic, functional


class Family(Parameters):
    """A kind of list: its members (``类`` for functional classes, ``经济`` for items of the economic classification),
    a ``pattern`` for members with many names, words its whole must have and must not have, and how many make it full.
    """

    name: str
    members: tuple[str, ...] = ()
    pattern: str = ""
    whole: tuple[str, ...]
    not_whole: tuple[str, ...] = ()
    full: int = 0


def belongs(statement: Statement, family: Family) -> bool:
    """Whether a statement is about a member of the family."""
    if family.members == ("类",):
        return bool(functional().class_code(statement.subject)) and statement.role == "amount"
    if family.members == ("经济",):
        codes = economic().codes.get(statement.subject, ()) or economic().codes.get(statement.subject + "用", ())
        listed = all(len(code) == 5 for code in codes) if codes else statement.among
        return statement.role == "amount" and not statement.shares and listed
    if family.pattern and re.fullmatch(family.pattern, statement.subject):
        return True
    return statement.subject in family.members
