"""The command `demo`: the sample reports, one question, and what to try next."""

from __future__ import annotations

from dataclasses import asdict
from importlib.resources import as_file, files
from pathlib import Path

import typer

from search_api.cli import index_command
from search_api.cli.terminal_output import line_of, notify, print_hit, print_json
from search_api.engine import data_folder, open_index

QUESTION = "调整了多少个人民调解组织？"


def demo(data: Path | None, as_json: bool) -> None:
    """`govsearch demo`: raises typer.Exit(1) if nothing is found, GovsearchError."""
    folder = data_folder(data)
    with as_file(files("corpus").joinpath("samples")) as samples:
        summary = index_command.add([samples], folder)
    with open_index(folder) as engine:
        result = engine.search(QUESTION, top_k=1)
        if as_json:
            # pydantic is slow to import; only JSON needs it.
            from search_api.shapes.search_shapes import search_out  # noqa: PLC0415

            print_json({"index": asdict(summary), "search": search_out(result).model_dump()})
        else:
            index_command.print_summary(summary)
            typer.echo(f"\n? {QUESTION}\n")
            for hit in result.hits:
                print_hit(hit, line_of(engine.text(hit.citation.report_id), hit.citation.start))
    if not result.hits:
        raise typer.Exit(1)
    notify("Next:")
    notify(f'  govsearch search "how many mediation organizations were adjusted" --data {folder}')
    notify(f"  govsearch compare 地区生产总值增长预期目标 --sort highest --data {folder}")
    notify(f"  govsearch serve --data {folder}    then open http://127.0.0.1:8000/")
    notify("  govsearch index YOUR_FOLDER         your own reports")
