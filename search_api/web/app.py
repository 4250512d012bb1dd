"""The app factory."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import anyio.to_thread
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from fastapi_offline import FastAPIOffline
from prometheus_fastapi_instrumentator import Instrumentator
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corpus.errors import GovsearchError
from search_api.answering.language_model import LanguageModelSettings
from search_api.engine import Engine
from search_api.retrieval.settings import DEFAULTS, RetrievalSettings
from search_api.web import compare_routes, pages, problems, routes
from search_api.web.state import State

_STATIC = Path(__file__).parent / "static"
_log = logging.getLogger("govsearch")

# Pages run no scripts and load nothing but our style sheet.
PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
# The interactive API documentation is a script, served from here like everything else.
DOCS_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def create_app(
    data: Path | str | None = None,
    engine: Engine | None = None,
    settings: RetrievalSettings = DEFAULTS,
    language_model: LanguageModelSettings | None = None,
) -> FastAPI:
    """The service over the index in the folder `data`, or over an engine that is already open.

    With `data` a new generation of the index is served as soon as it has landed, and a folder
    without an index answers 503 until there is one. With `language_model` answers are written by it,
    as far as they are proven. Raises ValueError unless exactly one is given.
    """
    state = State(Path(data) if data is not None else None, engine, settings, language_model)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        try:
            await anyio.to_thread.run_sync(state.warm_up)
        except GovsearchError as error:
            # The service still answers /healthz, and questions once there is an index.
            _log.error("not ready: %s", error)
        yield
        state.close()

    app: FastAPI = FastAPIOffline(
        title="govsearch",
        description="Search Chinese government reports; every passage with its exact citation.",
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.govsearch = state
    app.state.templates = pages.templates()
    problems.install(app)
    app.add_middleware(SecurityHeaders)
    Instrumentator(registry=state.registry, excluded_handlers=["/metrics"]).instrument(app).expose(
        app, include_in_schema=False
    )
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    app.include_router(routes.router)
    app.include_router(compare_routes.router)
    app.include_router(pages.router)
    return app


class SecurityHeaders:
    """Tells browsers to run and load nothing that is not ours."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        policy = DOCS_POLICY if scope["path"].startswith("/docs") else PAGE_POLICY

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", policy)
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "no-referrer"
            await send(message)

        await self.app(scope, receive, send_with_headers)
