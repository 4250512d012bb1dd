"""The commands about the index itself: index, remove, list, verify, rebuild."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path

import typer

import indexer.rebuild
import indexer.verify
from corpus.load import discover
from indexer import build
from indexer.build import BuildSummary
from indexer.encoders.encoder import Encoder, EncoderSettings, open_encoder
from indexer.errors import IndexNotFoundError
from indexer.index import Index
from search_api.cli.terminal_output import described, notify, print_json, progress_bars
from search_api.engine import data_folder


def index(
    paths: Sequence[Path],
    data: Path | None,
    model: str | None,
    query_prompt: str | None,
    passage_prompt: str | None,
    endpoint: str | None,
    as_json: bool,
) -> None:
    """`govsearch index`: raises typer.Exit(1) if no report is in the index afterwards."""
    summary = add(paths, data_folder(data), model, query_prompt, passage_prompt, endpoint)
    if as_json:
        print_json(asdict(summary) | {"characters_per_second": characters_per_second(summary)})
    else:
        print_summary(summary)
    if not (summary.added or summary.updated or summary.unchanged):
        raise typer.Exit(1)


def add(
    paths: Sequence[Path],
    folder: Path,
    model: str | None = None,
    query_prompt: str | None = None,
    passage_prompt: str | None = None,
    endpoint: str | None = None,
) -> BuildSummary:
    """Index files and folders with progress bars. Raises GovsearchError."""
    discover(paths)  # says at once what is wrong with a path; a model may take a minute
    settings = _settings(folder, model, query_prompt, passage_prompt, endpoint)
    encoder = open_encoder(settings, notify)
    with progress_bars() as progress:
        return build.add(paths, folder, encoder, settings, progress)


def characters_per_second(summary: BuildSummary) -> float:
    """Characters of added and updated reports by the seconds of the whole build."""
    return round(summary.characters / summary.seconds, 1) if summary.seconds else 0.0


def print_summary(summary: BuildSummary) -> None:
    """Say what a build did: counts on the output, what was skipped and why on the error output."""
    counts = {
        "added": summary.added,
        "updated": summary.updated,
        "unchanged": summary.unchanged,
        "skipped": summary.skipped,
        "vanished": summary.vanished,
    }
    typer.echo(", ".join(f"{len(each)} {name}" for name, each in counts.items()))
    if summary.characters:
        typer.echo(
            f"{summary.characters:,} characters in {summary.passages:,} passages, "
            f"{summary.seconds:.1f} s, {characters_per_second(summary):,.0f} characters/s"
        )
    for skipped in summary.skipped:
        notify(f"skipped {skipped.name}: {skipped.reason}")
    for report_id in summary.vanished:
        notify(f"vanished {report_id}: its file is gone; `govsearch remove {report_id}` drops it")


def remove(report_ids: Sequence[str], data: Path | None, as_json: bool) -> None:
    """`govsearch remove`. Raises UnknownReportError."""
    with progress_bars() as progress:
        summary = build.remove(report_ids, data_folder(data), progress)
    if as_json:
        print_json(asdict(summary))
        return
    typer.echo(f"{len(summary.removed)} removed, {summary.passages:,} passages")
    if not summary.erased:
        notify("another process reads the index: what was removed leaves the disk when it ends")


def list_reports(data: Path | None, as_json: bool) -> None:
    """`govsearch list`: raises typer.Exit(1) if there are none."""
    index = Index.open(data_folder(data))
    reports = index.reports()
    if as_json:
        # pydantic is slow to import; only JSON needs it.
        from search_api.shapes.report_shapes import report_out  # noqa: PLC0415

        print_json({"reports": [report_out(info).model_dump() for info in reports]})
    else:
        for info in reports:
            known = described(info.metadata)
            typer.echo(
                f"{info.report_id}  {known}  {info.metadata.title}  "
                f"{info.characters:,} characters, {info.passages:,} passages  {info.source}"
            )
    index.close()
    if not reports:
        raise typer.Exit(1)


def verify(data: Path | None, as_json: bool) -> None:
    """`govsearch verify`: raises typer.Exit(1) if something is wrong."""
    with progress_bars() as progress:
        summary = indexer.verify.verify(data_folder(data), progress)
    if as_json:
        print_json(asdict(summary))
    else:
        for problem in summary.problems:
            notify(problem)
        typer.echo(
            f"{summary.reports:,} reports, {summary.passages:,} passages, "
            f"{summary.vectors:,} vectors, {summary.statements:,} statements: "
            + (f"{len(summary.problems):,} problems" if summary.problems else "all is well")
        )
    if summary.problems:
        raise typer.Exit(1)


def rebuild(
    data: Path | None,
    model: str | None,
    query_prompt: str | None,
    passage_prompt: str | None,
    endpoint: str | None,
    as_json: bool,
) -> None:
    """`govsearch rebuild`: embeds again if a model, prompt or endpoint is given."""
    folder = data_folder(data)
    encoder: Encoder | None = None
    settings: EncoderSettings | None = None
    if any(value is not None for value in (model, query_prompt, passage_prompt, endpoint)):
        settings = _settings(folder, model, query_prompt, passage_prompt, endpoint)
        encoder = open_encoder(settings, notify)
    with progress_bars() as progress:
        summary = indexer.rebuild.rebuild(folder, encoder, settings, progress)
    if as_json:
        print_json(asdict(summary))
        return
    typer.echo(
        f"rebuilt {summary.reports:,} reports, {summary.passages:,} passages, "
        f"{summary.embedded:,} texts embedded, {summary.seconds:.1f} s"
    )


def _settings(
    folder: Path,
    model: str | None,
    query_prompt: str | None,
    passage_prompt: str | None,
    endpoint: str | None,
) -> EncoderSettings:
    """What is asked for; where no model is, what the index was made with."""
    settings = EncoderSettings()
    if model is None and endpoint is None:
        with suppress(IndexNotFoundError):  # a new index gets the default model
            index = Index.open(folder)
            settings = index.encoder_settings
            index.close()
    return replace(
        settings,
        model=model if model is not None else settings.model,
        endpoint=endpoint if endpoint is not None else settings.endpoint,
        query_prompt=query_prompt if query_prompt is not None else settings.query_prompt,
        passage_prompt=passage_prompt if passage_prompt is not None else settings.passage_prompt,
    )
