"""The catalogue: by family, the same headings on every page, and Markdown that cannot be broken."""

from __future__ import annotations

from assistant.reports.catalogue import HEADINGS, catalogue_markdown, render_rule, render_rules
from assistant.reports.layout import Page
from assistant.rules import Rule, Rulebook


def test_list_is_grouped_by_family(rulebook: Rulebook) -> None:
    text = render_rules(rulebook, Page(80))
    assert text.index("表内勾稽（1 条）") < text.index("表文勾稽（1 条）")
    assert "T101  合计不等于分项之和（表内勾稽·错误·试行·2019 年度起）" in text


def test_page_has_the_fixed_headings_in_order(rule: Rule) -> None:
    text = render_rule(rule, Page(80))
    places = [text.index(f"\n{heading}\n") for heading in HEADINGS]
    assert places == sorted(places)
    for part in (
        "《部门决算管理办法》第十条：财库〔2021〕36号",
        "适用文件：部门决算（2019 年度起）",
        "strict：是",
        "parts：基本支出、项目支出",
        "1. 不符 → 不一致（少 2）",
        "    | 合计 | 3 |",
        "严重程度为错误",
        "疑点的表述：〔项目〕应为〔应为〕",
        "ties 1：left = a",
    ):
        assert part in text, part


def test_markdown_catalogue(rulebook: Rulebook) -> None:
    text = catalogue_markdown(rulebook)
    assert text.startswith("# 规则目录\n")
    assert "### N301 表文\\|不符" in text
    assert "````text\n| 合计 | 3 |\n```\n| 甲 | 1 |\n````" in text
    assert text.count("#### 检查什么") == 2
    assert "#### 示例\n\n（无）" in text
