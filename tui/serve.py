"""The workbench in a browser: textual-serve with a page of our own, and guarded.

The page that textual-serve brings asks a font server on the internet; ours asks nobody. A web page of somebody else must
not be able to talk to the workbench through the user's browser, and neither must other users of the machine: every request
needs the address that was printed (with its key), and must come to and from that address.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web
from textual_serve.server import Server

HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; font-src 'self'; connect-src 'self' ws: wss:; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}

MOST: Final = 4
"""Pages open at a time: behind each an audit runs."""
_FULL: Final = (
    '<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>核查助手</title>'
    '<body style="font:16px sans-serif;margin:15vh auto;max-width:30em"><h1>打开的页面太多</h1>'
    "<p>每个页面都要单独核查，同时打开的页面有上限。请关闭不用的页面后刷新，或用 hecha serve --connections 提高上限重新启动。</p></body></html>"
)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class ReviewServer(Server):
    """Serves one command to browsers that know the key. ``say`` is told the address when it can be opened."""

    def __init__(
        self, command: str, host: str, port: int, say: Callable[[str], None], public_url: str = "", most: int = MOST
    ) -> None:
        templates = Path(__file__).resolve().parent / "templates"
        super().__init__(
            command, host=host, port=port, title="核查助手", public_url=public_url or None, templates_path=templates
        )
        self.key = secrets.token_urlsafe(16)
        self._cookie = f"hecha-{port}"  # browsers share cookies between the ports of a host
        self._say = say
        self._most = most
        self._open = 0

    @property
    def address(self) -> str:
        """What to open in the browser."""
        return f"{self.public_url}/?key={self.key}"

    def initialize_logging(self) -> None:
        """No log on the screen: it would show the names of files."""

    async def on_startup(self, app: web.Application) -> None:
        """Tell the address."""
        self._say(self.address)

    async def _make_app(self) -> web.Application:
        app: web.Application = await super()._make_app()
        app.middlewares.append(self._guard)
        return app

    def allowed(self, request: web.Request) -> bool:
        """Whether a request comes to our address, from our own page, and (but for the static files) with the key."""
        expected = urlsplit(self.public_url).netloc
        origin = request.headers.get("Origin")
        if request.host != expected or (origin is not None and urlsplit(origin).netloc != expected):
            return False
        if request.path.startswith("/static/"):
            return True
        given = request.query.get("key", "") or request.cookies.get(self._cookie, "")
        return secrets.compare_digest(given.encode(), self.key.encode())

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """One open page: a workbench runs for it until it is closed."""
        self._open += 1
        try:
            response: web.WebSocketResponse = await super().handle_websocket(request)
            return response
        finally:
            self._open -= 1

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if not self.allowed(request):
            return web.Response(status=403, text="请使用 hecha serve 显示的完整地址。", headers=HEADERS)
        if request.path in ("/", "/ws") and self._open >= self._most:
            return web.Response(status=503, text=_FULL, content_type="text/html", headers=HEADERS)
        response = await handler(request)
        if not response.prepared:
            response.headers.update(HEADERS)
            if request.path == "/":
                response.set_cookie(self._cookie, self.key, httponly=True, samesite="Strict")
        return response


def serve(
    command: str, host: str, port: int, say: Callable[[str], None], public_url: str = "", most: int = MOST
) -> None:
    """Serve at most ``most`` open pages until Ctrl+C. Raises ``OSError`` when the address cannot be used."""
    ReviewServer(command, host, port, say, public_url, most).serve()
