"""Streamlit's ASGI app behind our headers and compression, and the command that serves it."""

from __future__ import annotations

import base64
import gc
import hashlib
import re
import statistics  # noqa: F401 - streamlit puts the folder of app.py, which holds a statistics.py, before the library
import sys
from collections.abc import AsyncIterator, MutableMapping
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import click
import streamlit
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config, net_util
from streamlit.starlette import App
from streamlit.web.cli import configurator_options

from dashboard.api import serving
from dashboard.database.engine import DatabaseProblem
from dashboard.settings import ROOT
from dashboard.talks import answer, document
from dashboard.text import LANGUAGES
from dashboard.ui import session

PACKAGE = ROOT / "dashboard"
DAY = 86_400
FRAME_OPTIONS = "X-Frame-Options"


def content_policy(index: str) -> str:
    """What a page may load and run: our own files, and the scripts that stand in streamlit's page itself."""
    inline = re.findall(r"<script>(.*?)</script>", index, re.DOTALL)
    hashes = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(one.encode()).digest()).decode()}'" for one in inline)
    return "; ".join(
        (
            "default-src 'self'",
            # Vega and deck.gl compile their expressions and shaders' accessors.
            f"script-src 'self' 'unsafe-eval' 'wasm-unsafe-eval' blob: {hashes}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self' data: blob:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )


def headers() -> dict[str, str]:
    """The headers of every answer, unless streamlit sets its own."""
    index = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    return {
        "Content-Security-Policy": content_policy(index),
        "X-Content-Type-Options": "nosniff",
        FRAME_OPTIONS: "SAMEORIGIN",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


class Headers:
    """Adds our headers to every HTTP answer, and to our own static files how long they keep. What may stand in frames
    of other websites says so itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app, self.headers = app, headers()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        base = f"/{config.get_option('server.baseUrlPath').strip('/')}".rstrip("/")
        may_be_framed = scope["path"].startswith(f"{base}/embed/")
        if may_be_framed or scope["path"].startswith(f"{base}/api"):
            scope = {**scope, "root_path": base}  # streamlit puts the base before its own addresses, not before ours

        async def with_headers(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                found = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    if name != FRAME_OPTIONS or not may_be_framed:
                        found.setdefault(name, value)
                if "Vary" in found:  # streamlit packs some answers too, and names it again
                    found["Vary"] = ", ".join(dict.fromkeys(found["Vary"].split(", ")))
                if "/app/static/" in scope["path"] and message["status"] == 200:
                    found.setdefault("Cache-Control", f"public, max-age={DAY}")
            await send(message)

        await self.app(scope, receive, with_headers)


@asynccontextmanager
async def started(_: App) -> AsyncIterator[None]:
    """Load what pages use, spare it from the collection of garbage from then on, and read the record."""
    for room in ("api", "charts", "exports", "figures", "maps", "talks", "ui"):
        for module in iter_modules([str(PACKAGE / room)]):
            import_module(f"dashboard.{room}.{module.name}")
    gc.collect()
    gc.freeze()
    keeper = session.keeper()
    click.echo(f"The dashboard is at http://localhost:{config.get_option('server.port')}")
    try:
        yield
    finally:
        keeper.stop()
        gc.unfreeze()


def talk(request: Request) -> HTMLResponse:
    """A talk by its address; starlette runs what is no coroutine beside its loop."""
    query = {key: request.query_params.getlist(key) for key in request.query_params}
    headers = {"Content-Security-Policy": f"{document.policy()}; frame-ancestors 'self'", "Cache-Control": "no-cache"}
    try:
        store, _ = session.open_store()
    except DatabaseProblem as problem:
        language = next((one for one in query.get("lang", ()) if one in LANGUAGES), LANGUAGES[0])
        return HTMLResponse(answer.broken(problem, language), 503, headers)
    return HTMLResponse(answer.answer(query, session.choices(store), store), headers=headers)


def app() -> App:
    return App(
        PACKAGE / "app.py",
        routes=[Route("/talk", talk), *serving.routes(session.keeper)],
        lifespan=started,
        middleware=[Middleware(Headers), Middleware(GZipMiddleware, minimum_size=500, compresslevel=5)],
    )


@click.command(name="serve")
@configurator_options
def run(**flags: Any) -> None:
    """Serve the dashboard. Every option can stand in .streamlit/config.toml too."""
    # Streamlit compares the origin of a foreign WebSocket with an address that it asks a third party for.
    net_util.get_external_ip = lambda: None
    # From the place of the program it works out the folder of its configuration and one more for sys.path: the root.
    sys.argv = [str(PACKAGE)]
    chosen = {name.replace("_", "."): value for name, value in flags.items() if value is not None and value != ()}
    with suppress(KeyboardInterrupt):
        app().run(config=chosen)


def serve(arguments: list[str]) -> None:
    """Serve until interrupted; `arguments` are streamlit's own flags."""
    run.main(arguments, prog_name="dashboard serve")
