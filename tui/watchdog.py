"""In a browser the workbench is a child of the server: it must end when the server is gone.

Textual's reader of the input stops quietly at its end, and an app whose client left while it was starting would go on
for ever.
"""

from __future__ import annotations

import os
import threading
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from textual.app import App

PATIENCE: Final = 3
"""Seconds that the app has to end by itself."""


def watch_parent(app: App[None]) -> None:
    """End the app when the process that started it, or the thread that reads its input, is gone."""
    parent = os.getppid()
    threading.Thread(target=_watch, args=(app, parent), daemon=True, name="watch-parent").start()


def _watch(app: App[None], parent: int) -> None:
    seen = False
    while True:
        time.sleep(0.5)
        reading = any(thread.name == "textual-input" for thread in threading.enumerate())
        seen = seen or reading
        if os.getppid() != parent or (seen and not reading):
            break
    app.call_later(app.exit)
    time.sleep(PATIENCE)
    os._exit(1)
