"""The command `outline`, which needs no index."""

from __future__ import annotations

from pathlib import Path

import typer

from corpus.errors import GovsearchError
from corpus.load import discover, read
from search_api.cli.terminal_output import print_json, print_outline


def outline(file: Path, as_json: bool) -> None:
    """`govsearch outline`: raises typer.Exit(1) if no section is found, GovsearchError."""
    if file.is_dir():
        raise GovsearchError(f"{file}: is a folder; name one report file")
    discovery = discover([file])
    for skipped in discovery.skipped:
        raise GovsearchError(f"{skipped.name}: {skipped.reason}")
    reports = [parsed for source in discovery.files for parsed in read(source)]
    if as_json:
        # pydantic is slow to import; only JSON needs it.
        from search_api.shapes.report_shapes import outline_out  # noqa: PLC0415

        found = [
            outline_out(each.report.report_id, each.sections).model_dump(exclude_unset=True)
            for each in reports
        ]
        print_json(found[0] if len(found) == 1 else found)
    else:
        for parsed in reports:
            if len(reports) > 1:
                typer.echo(f"== {parsed.report.report_id}")
            print_outline(parsed.report.text, parsed.sections)
    if not any(parsed.sections for parsed in reports):
        raise typer.Exit(1)
