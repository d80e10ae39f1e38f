"""The pages of help: the keys of a pane, the page of a rule, what was checked and what was not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from assistant.reports.catalogue import render_rule
from assistant.reports.coverage import conclusion, grouped_not_run, grouped_problems, ledger_line, rules_line
from assistant.reports.layout import Page
from assistant.reports.places import document_facts
from tui.auditing import unread_lines
from tui.texts import Block, fit

if TYPE_CHECKING:
    from assistant.findings import Audit, Report
    from assistant.rules import Rule

Keys = Iterable[tuple[str, str]]

COMMON: Final = (
    ("1–5", "疑点、台账、表格、指标、原文"),
    ("Tab", "到下一个窗格（Shift+Tab 上一个）"),
    ("d", "换一个文件"),
    ("e", "导出（Excel、Word、网页……）"),
    ("i", "核查范围：查了什么，什么没有查"),
    ("r", "文件改正后重新核查"),
    ("t", "深色、浅色"),
    ("Ctrl+P", "全部命令"),
    ("?", "本说明"),
    ("q", "退出（处理结果已随时保存）"),
)
REVIEWING: Final = (
    ("c", "确认：确有差错"),
    ("x", "排除：不是差错，要写理由"),
    ("w", "待核：留待核实"),
    ("n", "备注"),
    ("Del", "清除处理，恢复为待复核"),
    ("u", "撤销本窗口的上一次处理"),
    ("空格", "选中（可选多条一起处理），a 全选"),
    ("/", "查找；f 筛选，F 取消全部条件"),
    ("o", "换一列排序，O 倒序"),
    ("回车 z", "放大两处原文，Esc 返回清单"),
    (". ,", "下一条、上一条（放大时也可用）"),
    ("] [", "多于两处时换另一处"),
    ("g", "到原文中看"),
)


def help_page(name: str, text: str, rule: Rule | None, *, reviewing: bool) -> list[Block]:
    """What a pane shows, its keys, and the rule of the finding under the cursor."""
    blocks = [Block(name, paint="title"), Block(text), Block("")] if text else []
    if reviewing:
        blocks += [Block("处理疑点", paint="title"), *_keys(REVIEWING), Block("")]
    blocks += [Block("通用", paint="title"), *_keys(COMMON)]
    blocks += [Block("按键没有反应时，请把输入法切换到英文。", paint="dim"), Block("")]
    return [*blocks, *(rule_page(rule) if rule else [])]


def rule_page(rule: Rule) -> list[Block]:
    """The page of a rule with its examples; the widest page, because the pane breaks the lines itself."""
    return [Block(line) for line in render_rule(rule, Page(10_000)).splitlines()]


def _keys(keys: Keys) -> Iterator[Block]:
    for key, text in keys:
        yield Block(text, first=f"  {fit(key, 10)}", rest=" " * 12, lead_paint="strong")


def coverage_page(audit: Audit, report: Report) -> list[Block]:
    """What was checked in a document, what was not and why; then the files that could not be read."""
    document = audit.document
    blocks = [
        Block(document.title or "（未识别标题）", paint="title"),
        Block(document_facts(document)),
        Block(ledger_line(audit)),
        Block(rules_line(audit)),
        Block(conclusion(audit), paint="strong"),
        Block(""),
    ]
    problems = grouped_problems(audit.problems)
    if problems:
        blocks.append(Block("读取中的问题（不是报告的差错）", paint="title"))
        blocks += [
            Block(f"{message}（{places}）" if places else message, first="· ", rest="  ")
            for message, places in problems
        ]
        blocks.append(Block(""))
    skipped = grouped_not_run(audit)
    if skipped:
        blocks.append(Block("没有运行的规则", paint="title"))
        blocks += [Block(f"{why}：{'、'.join(codes)}", first="· ", rest="  ") for why, codes in skipped]
        blocks.append(Block(""))
    return [*blocks, *unread_page(report)]


def unread_page(report: Report) -> list[Block]:
    """The files that could not be audited."""
    if not report.unread:
        return []
    return [
        Block("没有核查的文件", paint="title"),
        *(Block(line, first="· ", rest="  ") for line in unread_lines(report.unread)),
    ]
