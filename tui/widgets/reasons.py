"""Why a finding is one: the sentence, the two values, the arithmetic, the suggestion, the basis, the decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.findings import CATEGORY_NAMES, SEVERITY_NAMES
from tui.session import short_time
from tui.texts import Block
from tui.widgets.lines import Lines

if TYPE_CHECKING:
    from tui.session import Item


class Reasons(Lines):
    """The words of a finding."""

    NAME = "说明"
    HELP = "疑点的表述（可以直接写入整改意见）、原文与应为、计算过程、建议、依据，以及对它作过的处理。"

    def show_item(self, item: Item | None, history: list[str]) -> None:
        """Show what is known of a finding."""
        if item is None:
            self.show([Block("没有选中的疑点。", paint="dim")])
            return
        finding = item.finding
        blocks = [Block(finding.message, paint="strong")]
        rows = [
            ("原文", finding.stated),
            ("应为", finding.expected),
            ("计算", finding.calculation),
            ("建议", finding.suggestion),
            ("依据", finding.basis),
            (
                "规则",
                f"{finding.rule} · {SEVERITY_NAMES[finding.severity]} · {CATEGORY_NAMES.get(finding.category, '')}",
            ),
        ]
        decision = item.decision
        if decision is not None:
            who = " ".join(filter(None, (decision.reviewer, short_time(decision.time))))
            remark = f"：{decision.remark}" if decision.remark else ""
            rows.insert(0, ("处理", f"{decision.status}{remark}（{who}）"))
        if item.state:
            rows.append(("变化", f"与上次的稿件相比：{item.state}"))
        for name, text in rows:
            if text:
                for number, part in enumerate(text.split("\n")):
                    blocks.append(
                        Block(part, first="     " if number else f"{name} ", rest="     ", lead_paint="title")
                    )
        if len(history) > 1:
            blocks += [
                Block(line, first="     " if number else "经过 ", rest="     ", lead_paint="title")
                for number, line in enumerate(history)
            ]
        self.show(blocks)
