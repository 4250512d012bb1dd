"""The app factory."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio.to_thread
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from fastapi_offline import FastAPIOffline
from prometheus_fastapi_instrumentator import Instrumentator
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corpus.errors import GovsearchError
from search_api.answering.written.language_model import LanguageModelSettings
from search_api.engine import Engine
from search_api.retrieval.settings import DEFAULTS, RetrievalSettings
from search_api.web import compare_routes, problems, routes
from search_api.web.pages import compare_page, corpus_page, quality_page, reader_page, search_page
from search_api.web.pages.layout import templates
from search_api.web.quality import EVALUATIONS, Quality
from search_api.web.state import State
from search_api.web.uploading import upload_routes as uploading_routes

_STATIC = Path(__file__).parent / "static"
_log = logging.getLogger("govsearch")

# Pages load our own scripts and styles and nothing else; scripts can't turn text into markup.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
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
    results: Path | str | None = None,
    allow_upload: bool = False,
    hosts: Collection[str] = (),
) -> FastAPI:
    """The service over the index in the folder `data`, or over an engine that is already open.

    With `data` a new generation of the index is served as soon as it has landed, and a folder
    without an index answers 503 until there is one. With `language_model` answers are written by it,
    as far as they are proven. `results` holds evaluations to show; without it they are looked for in
    `data`, where `govsearch eval run` writes them. With `allow_upload` whoever reaches the service by an
    address, or by one of the names `hosts`, may add and remove reports, which needs `data`. Raises
    ValueError unless either an index or an engine is given.
    """
    folder = Path(data) if data is not None else None
    shown = Path(results) if results is not None else folder and folder / EVALUATIONS
    state = State(folder, engine, settings, language_model, Quality(shown), allow_upload, hosts)

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
    app.state.templates = templates()
    problems.install(app)
    # Around everything: an unexpected error is answered outside of what `add_middleware` adds.
    stack = app.build_middleware_stack
    app.build_middleware_stack = lambda: SecurityHeaders(stack())  # type: ignore[method-assign]
    Instrumentator(registry=state.registry, excluded_handlers=["/metrics"]).instrument(app).expose(
        app, include_in_schema=False
    )
    app.mount("/static", Static(directory=_STATIC), name="static")
    app.include_router(routes.router)
    app.include_router(compare_routes.router)
    app.include_router(uploading_routes.router)
    app.include_router(search_page.router)
    app.include_router(compare_page.router)
    app.include_router(reader_page.router)
    app.include_router(corpus_page.router)
    app.include_router(quality_page.router)
    return app


class Static(StaticFiles):
    """Our styles and scripts. Browsers ask each time whether they have changed: pages rely on them."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "no-cache"
        return response


class SecurityHeaders:
    """Tells browsers to run and load nothing that is not ours."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_docs = scope["path"] == "/docs" or scope["path"].startswith("/docs/")
        policy = DOCS_POLICY if is_docs else PAGE_POLICY

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", policy)
                headers["X-Content-Type-Options"] = "nosniff"
                # Of our own pages we are told where a request comes from (see `permission`); no other
                # site is.
                headers["Referrer-Policy"] = "same-origin"
            await send(message)

        await self.app(scope, receive, send_with_headers)
