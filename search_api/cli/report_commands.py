"""Options and help of the commands on reports and their index.

They import what they need when they run, as `command_line` says.
"""

# ruff: noqa: PLC0415 - see above
from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from search_api.cli.options import Data, Json


def index(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", show_default=False)],
    data: Data = None,
    model: Annotated[
        str | None,
        typer.Option(
            help="Embedding model: bundled, a sentence-transformers name or a folder. "
            "[default: that of the index, bundled for a new one]",
            show_default=False,
        ),
    ] = None,
    query_prompt: Annotated[
        str | None, typer.Option(help="What the model wants before a question.")
    ] = None,
    passage_prompt: Annotated[
        str | None, typer.Option(help="What the model wants before a passage.")
    ] = None,
    endpoint: Annotated[
        str | None,
        typer.Option(
            help="Base URL of an OpenAI-compatible embeddings server that has the model. "
            "Its key is read from GOVSEARCH_EMBEDDINGS_KEY."
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Add reports to the index, or bring it up to date.

    PATH is a file or a folder (searched recursively): txt, md, html, docx, pdf, csv, jsonl. Files
    that haven't changed cost a hash. Files that can't be read are skipped and named with the
    reason in the summary; the others are indexed. Reports whose files are gone are named too and
    stay until they are removed.

    \b
    Examples:
      govsearch index reports/
      govsearch index 桑日县-2025.docx --data data/counties
      govsearch index reports/ --model intfloat/multilingual-e5-small
      govsearch index reports/ --model bge-m3 --endpoint http://127.0.0.1:8080/v1

    Exit status: 0 when reports are in the index, even if some files were skipped (the summary on
    the error output says so), 1 when none is, 2 for bad input.
    """
    from search_api.cli import index_command

    index_command.index(paths, data, model, query_prompt, passage_prompt, endpoint, as_json)


def remove(
    report_ids: Annotated[list[str], typer.Argument(metavar="REPORT_ID", show_default=False)],
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Remove reports from the index with every trace: text, passages, vectors, words.

    \b
    Examples:
      govsearch remove 桑日县-2025
      govsearch list --json | jq -r '.reports[].report_id' | xargs govsearch remove

    Exit status: 0, or 2 if one of them isn't in the index (none is removed then).
    """
    from search_api.cli import index_command

    index_command.remove(report_ids, data, as_json)


def list_reports(data: Data = None, as_json: Json = False) -> None:
    """List the reports of the index.

    \b
    Examples:
      govsearch list
      govsearch list --json --data data/counties

    Exit status: 0, 1 if there are none, 2 if there is no index.
    """
    from search_api.cli import index_command

    index_command.list_reports(data, as_json)


def verify(data: Data = None, as_json: Json = False) -> None:
    """Check that the index is whole: texts, offsets, passages, vectors and words agree.

    \b
    Examples:
      govsearch verify
      govsearch verify --data data/counties --json

    Exit status: 0 when all is well, 1 when something is wrong, 2 if there is no index.
    """
    from search_api.cli import index_command

    index_command.verify(data, as_json)


def rebuild(
    data: Data = None,
    model: Annotated[
        str | None,
        typer.Option(help="Embed everything again with this model.", show_default=False),
    ] = None,
    query_prompt: Annotated[
        str | None, typer.Option(help="What the model wants before a question.")
    ] = None,
    passage_prompt: Annotated[
        str | None, typer.Option(help="What the model wants before a passage.")
    ] = None,
    endpoint: Annotated[
        str | None, typer.Option(help="Base URL of an embeddings server that has the model.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Make the vector and word indexes again from the stored reports.

    \b
    Examples:
      govsearch rebuild
      govsearch rebuild --model intfloat/multilingual-e5-small

    Exit status: 0, or 2 if there is no index.
    """
    from search_api.cli import index_command

    index_command.rebuild(data, model, query_prompt, passage_prompt, endpoint, as_json)


def outline(
    file: Annotated[Path, typer.Argument(metavar="FILE", show_default=False)],
    as_json: Json = False,
) -> None:
    """Print the section tree of a report file, with line numbers. Needs no index.

    \b
    Examples:
      govsearch outline 桑日县-2025.docx
      govsearch outline reports.csv --json

    With --json one report is printed as the HTTP interface does; a table with several reports
    gives a list of them.

    Exit status: 0, 1 if there are no sections, 2 if the file can't be read.
    """
    from search_api.cli import outline_command

    outline_command.outline(file, as_json)


def statements(
    report_id: Annotated[str, typer.Argument(metavar="REPORT_ID", show_default=False)],
    of: Annotated[
        str, typer.Option(help="Only of what these words name, all of them.", show_default=False)
    ] = "",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """List what a report states: each figure with what it is of.

    A row has the figure as it is written, what it is of, the years, whether it is done, planned or
    approved, what it says of what it measures (level, change, share, rank, difference), how it
    bounds that (exact, about, at_least, ...), and where it stands in the report's text. A hyphen is
    what the report doesn't say.

    \b
    Examples:
      govsearch statements 松涧市-2025
      govsearch statements 松涧市-2025 --of 人民调解
      govsearch statements 松涧市-2025 --json | jq '.statements[].figure.quote'

    Exit status: 0, 1 if it states nothing (of that), 2 if it isn't in the index.
    """
    from search_api.cli import statements_command

    statements_command.statements(report_id, of, data, as_json)
