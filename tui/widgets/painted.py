"""The base of all widgets that draw their own lines: named paints, and their help."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from tui.texts import Piece
from tui.themes import paint


class Painted(ScrollView, can_focus=True):
    """A scrolling widget that draws its lines from pieces of text with named paints (``themes.PAINTS``)."""

    NAME: ClassVar[str] = ""
    """What the pane is called in its help."""
    HELP: ClassVar[str] = ""
    """What the pane shows and how it is used."""

    base: Style = Style.null()
    """The style of the widget while its lines are drawn."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a stretch of the screen; what all of them share is looked up once."""
        self.base = self.rich_style
        return super().render_lines(crop)

    def paint(self, name: str) -> Style:
        """The style of a paint; several may be given, separated by blanks."""
        return paint(self.app.theme, name)

    def segments(self, pieces: Iterable[Piece], base: Style) -> list[Segment]:
        """Pieces as segments over a base style."""
        return [Segment(text, base + self.paint(name) if name else base) for text, name in pieces if text]

    def strip(self, pieces: Iterable[Piece], width: int, base: Style | None = None) -> Strip:
        """One line of exactly ``width`` columns."""
        style = self.base if base is None else base
        return Strip(self.segments(pieces, style)).adjust_cell_length(width, style)

    @property
    def parent_shown(self) -> bool:
        """Whether the pane it stands in is shown."""
        return isinstance(self.parent, Widget) and self.parent.display

    @property
    def room(self) -> int:
        """The columns that lines may take."""
        return max(self.scrollable_content_region.width, 1)
