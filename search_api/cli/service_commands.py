"""Options and help of `serve`, and of `demo`, which leads to it.

They import what they need when they run, as `command_line` says.
"""

# ruff: noqa: PLC0415 - see above
from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from search_api.cli.options import Data, Json, LlmModel, LlmUrl


def serve(
    data: Data = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 8000,
    reranker: Annotated[
        str | None,
        typer.Option(
            help="A cross-encoder that reads the first passages again: a hub name or a folder."
        ),
    ] = None,
    llm_url: LlmUrl = None,
    llm_model: LlmModel = None,
    results: Annotated[
        Path | None,
        typer.Option(
            help="Where evaluations lie that the page shows. [default: evaluations in the index "
            "folder, where eval run writes them]",
            show_default=False,
        ),
    ] = None,
    allow_upload: Annotated[
        bool,
        typer.Option(
            "--allow-upload",
            help="Let whoever reaches the address add and remove reports. An index is made if the "
            "folder is empty.",
        ),
    ] = False,
    allowed_hosts: Annotated[
        list[str] | None,
        typer.Option(
            "--allowed-host",
            help="A name by which the page is opened to add and remove reports, beside its address, "
            "localhost and this machine's own name. May be repeated.",
        ),
    ] = None,
) -> None:
    """Serve the index over HTTP: a page to search and read, and the JSON interface.

    \b
    Examples:
      govsearch serve
      govsearch serve --data data/counties --host 0.0.0.0 --port 8080
      govsearch serve --data data/new --allow-upload

    Reports added to or removed from the index meanwhile are served without a restart.

    Warning: with --allow-upload everybody who can reach the address may add and remove reports,
    without a password. Keep to 127.0.0.1 (the default) unless all of them may. Uploaded files are
    kept in the folder uploads in the index folder.
    """
    from search_api.cli import serve_command

    serve_command.serve(
        data,
        host,
        port,
        reranker,
        llm_url,
        llm_model,
        results=results,
        allow_upload=allow_upload,
        allowed_hosts=allowed_hosts or (),
    )


def demo(
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Index the sample reports and ask a sample question.

    \b
    Examples:
      govsearch demo --data data/demo

    Quick when the samples are indexed already. Exit status as for index and search.
    """
    from search_api.cli import demo_command

    demo_command.demo(data, as_json)
