"""The command palette in Chinese."""

from __future__ import annotations

from textual.command import CommandList, CommandPalette
from textual.widgets.option_list import Option


class Palette(CommandPalette):
    """The palette, with Chinese words where no command was found."""

    def on_mount(self) -> None:
        """Watch for the line that says that there is nothing."""
        self.set_interval(0.2, self._translate)

    def _translate(self) -> None:
        listed = self.query_one(CommandList)
        for number in range(listed.option_count):
            option: Option = listed.get_option_at_index(number)
            if option.id == self._NO_MATCHES:
                listed.replace_option_prompt_at_index(number, "没有这个命令")
