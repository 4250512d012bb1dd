"""The command `search`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import typer

from search_api.cli.terminal_output import line_of, notify, print_hits, print_json
from search_api.engine import Engine, checked_question, data_folder, open_index
from search_api.results import SearchResult
from search_api.retrieval.settings import DEFAULTS


def search(
    question: str,
    data: Path | None,
    *,
    top_k: int,
    region: str | None,
    year: int | None,
    report_id: str | None,
    kind: str | None,
    mode: str,
    reranker: str | None,
    as_json: bool,
) -> None:
    """`govsearch search`: raises typer.Exit(1) if nothing is found, GovsearchError."""
    checked_question(question)  # before an index is opened for nothing
    settings = replace(DEFAULTS, reranker=reranker or "")
    with open_index(data_folder(data), settings) as engine:
        result = engine.search(
            question,
            top_k=top_k,
            region=region,
            year=year,
            report_id=report_id,
            kind=kind,
            mode=mode,
        )
        if as_json:
            # pydantic is slow to import; only JSON needs it.
            from search_api.shapes.search_shapes import search_out  # noqa: PLC0415

            print_json(search_out(result).model_dump())
        else:
            show(engine, result)
    if not result.hits:
        raise typer.Exit(1)


def show(engine: Engine, result: SearchResult) -> None:
    """Print the hits of a result, or that there are none."""
    if not result.hits:
        notify("nothing found")
        return
    texts = {hit.citation.report_id: "" for hit in result.hits}
    texts = {report_id: engine.text(report_id) for report_id in texts}
    lines = [line_of(texts[h.citation.report_id], h.citation.start) for h in result.hits]
    print_hits(result, lines)
