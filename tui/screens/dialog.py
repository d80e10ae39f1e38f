"""The base of all dialogs: a box in the middle, closed with Esc."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

Result = TypeVar("Result")


class Dialog(ModalScreen[Result | None]):
    """A dialog; its result is None where it was closed without an answer."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "关闭")]

    def action_close(self) -> None:
        """Close without an answer."""
        self.dismiss(None)
