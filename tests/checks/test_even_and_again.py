"""The rules on 持平, items, completion of 0%, amounts told twice and shares: correct passages they must stay silent on."""

from __future__ import annotations

import pytest

from assistant.audit import audit_document
from assistant.reading import read_bytes
from assistant.rules import load_rulebook

CODES = {"N415", "N422", "N424", "N425", "N426", "N427", "N428"}
HEAD = "某县粮食局2023年度部门决算\n\n一、支出决算情况说明\n\n"

CORRECT = [
    "年初预算为 95.00 万元，支出决算为 82.61 万元。其中：公务接待费与预算持平。",
    "公务接待费支出决算 3.20 万元，比上年 2.80 万元增加 0.40 万元，与预算持平。",
    "公务接待费年初预算 3.00 万元，全年预算 3.20 万元，支出决算 3.20 万元，决算数与全年预算数持平。",
    "公务接待费预算 3.2 万元，支出决算 3.21 万元，与预算基本持平。",
    "公务接待费预算 3.2 万元，支出决算 3.21 万元，与预算持平。",
    "2023年三公经费支出预算为 40.00 万元，支出决算为 30.00 万元，与上年持平。",
    "三公经费支出预算为 400.00 万元，支出决算为 300.00 万元，完成预算的 75%，其中：公务接待费支出决算为 3.20 万元，完成预算的 0%。",
    "1.教育支出（类）普通教育（款）小学教育（项）30.00万元，主要用于：本级 20.00 万元、所属学校。支出决算为 24.60 万元。",
    "1.教育支出（类）普通教育（款）小学教育（项）上年 30.00万元，主要用于办学。支出决算为 24.60 万元。",
    "2023年度基本支出 400.00 万元，占 45.2%；项目支出 485.00 万元，占 54.9%。",
    "2023年收、支总计各是 100.00 万元。收、支总计分别增加 10.00 万元、12.00 万元。",
    "2022年公务接待费支出预算 0 万元。\n\n2023年公务接待费支出 1.20 万元，比上年增长 20%。",
    "公务接待费支出 1.20 万元，上年 0.00 万元，增长 24000%。",
]


@pytest.mark.parametrize("passage", CORRECT)
def test_correct_passages_stay_silent(passage: str) -> None:
    audit = audit_document(read_bytes((HEAD + passage).encode("utf-8"), "例.txt"), load_rulebook())
    assert not [finding for finding in audit.findings if finding.rule in CODES]
