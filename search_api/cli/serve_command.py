"""The command `serve`."""

from __future__ import annotations

import socket
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import uvicorn

from corpus.errors import GovsearchError
from indexer import build
from indexer.encoders.encoder import EncoderSettings, open_encoder
from indexer.errors import IndexNotFoundError
from search_api.answering.written.language_model import settings_from
from search_api.cli.terminal_output import notify
from search_api.engine import Engine, data_folder, open_reranker
from search_api.retrieval.settings import DEFAULTS
from search_api.web.app import create_app


def serve(
    data: Path | None,
    host: str,
    port: int,
    reranker: str | None,
    llm_url: str | None = None,
    llm_model: str | None = None,
    *,
    results: Path | None = None,
    allow_upload: bool = False,
    allowed_hosts: Collection[str] = (),
) -> None:
    """`govsearch serve`: runs until it is stopped.

    Raises GovsearchError if there is no index and none may be made (`allow_upload`).
    """
    folder = data_folder(data)
    if results is not None and not results.is_dir():
        raise GovsearchError(f"--results: {results} is no folder; give the --out of eval run")
    # Told here rather than by a service that answers nothing.
    try:
        Engine.open(folder).close()
    except IndexNotFoundError:
        if not allow_upload:
            raise
        check_address(host, port)
        make_index(folder)
    check_address(host, port)
    language_model = settings_from(llm_url, llm_model)
    settings = replace(DEFAULTS, reranker=reranker or "")
    if settings.reranker:
        open_reranker(settings.reranker)
    notify(f"serving {folder}")
    if allow_upload:
        notify(f"whoever reaches http://{host}:{port}/ may add and remove reports")
    if language_model is not None:
        notify(f"answers are written by {language_model.model} at {language_model.url}")
    notify(f"open http://{host}:{port}/ to search and read, http://{host}:{port}/docs for the API")
    notify(
        f'try  curl http://{host}:{port}/api/ask --json \'{{"question": "调整了多少个人民调解组织"}}\''
    )
    notify(
        f"try  curl -G http://{host}:{port}/api/search --data-urlencode q=调整了多少个人民调解组织"
    )
    uvicorn.run(
        create_app(
            folder,
            settings=settings,
            language_model=language_model,
            results=results,
            allow_upload=allow_upload,
            hosts=(host, socket.gethostname(), *allowed_hosts),
        ),
        host=host,
        port=port,
        log_level="warning",
    )


def make_index(folder: Path) -> None:
    """Make an index without reports, for the default model. Raises GovsearchError."""
    settings = EncoderSettings()
    build.create(folder, open_encoder(settings, notify), settings)
    notify(f"made an index without reports in {folder}")


def check_address(host: str, port: int) -> None:
    """Raise GovsearchError if nothing can listen there (taken, not allowed, not ours)."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        raise GovsearchError(
            f"--host {host} --port {port}: can't listen there ({error.strerror or error}). "
            "Name another port, or stop what listens there"
        ) from error
