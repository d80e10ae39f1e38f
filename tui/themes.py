"""The two looks: dark and light. Quiet colours; the severities are told apart by words too.

The paints are what the panes that draw their own lines use. They are looked up here and not in the style sheet, which would
work out each of them for each pane whenever anything changes.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from rich.style import Style
from textual.theme import Theme

DARK: Final = Theme(
    name="hecha-dark",
    primary="#5ea3d6",
    secondary="#8fa3b5",
    accent="#e0b354",
    foreground="#d7dde3",
    background="#14181d",
    surface="#1b2027",
    panel="#252c35",
    success="#74b77c",
    warning="#dba84a",
    error="#e8706a",
    dark=True,
    variables={"hecha-cursor": "#2b4257", "hecha-mark": "#5c4a20", "hecha-heading": "#2a4a66"},
)
LIGHT: Final = Theme(
    name="hecha-light",
    primary="#1d5f96",
    secondary="#56687a",
    accent="#8a5a00",
    foreground="#1c2329",
    background="#fbfbf9",
    surface="#f3f3ef",
    panel="#e4e6e6",
    success="#2c7a3a",
    warning="#8f5a00",
    error="#b3261e",
    dark=False,
    variables={"hecha-cursor": "#cfe3f3", "hecha-mark": "#f3dfb0", "hecha-heading": "#c2dbef"},
)
PAINTS: Final = {
    "header": ("secondary", "surface", True),
    "dim": ("secondary", "", False),
    "strong": ("", "", True),
    "title": ("primary", "", True),
    "cursor": ("", "hecha-cursor", False),
    "chosen": ("accent", "", False),
    "mark": ("background", "accent", True),
    "mark2": ("", "hecha-mark", True),
    "heading": ("", "hecha-heading", True),
    "error": ("error", "", True),
    "warning": ("warning", "", False),
    "info": ("primary", "", False),
    "good": ("success", "", False),
}
"""Of each paint the colours of text and ground (empty: as they are), and whether it is bold."""


@lru_cache(maxsize=256)
def paint(theme: str, names: str) -> Style:
    """The style of one or more paints, separated by blanks."""
    chosen = LIGHT if theme == LIGHT.name else DARK
    style = Style.null()
    for name in names.split():
        front, ground, bold = PAINTS[name]
        colours = [_colour(chosen, each) if each else None for each in (front, ground)]
        style += Style(color=colours[0], bgcolor=colours[1], bold=bold or None)
    return style


def _colour(theme: Theme, name: str) -> str:
    return theme.variables.get(name) or str(getattr(theme, name))
