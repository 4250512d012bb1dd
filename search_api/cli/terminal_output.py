"""How results look in a terminal, and as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer

from corpus.report import Metadata, Section, Span

if TYPE_CHECKING:
    from indexer.progress import Progress, Step
    from search_api.results import Hit, SearchResult

_STAGES = {
    "hashing": "looking at files",
    "indexing": "reading and embedding",
    "stating": "reading statements",
    "finding": "making indexes",
    "checking": "checking",
}


def print_error(message: str) -> None:
    """Print an error for people on the error output."""
    typer.echo(f"error: {message}", err=True)


def print_json(value: Any) -> None:
    """Print a value as JSON, Chinese characters as they are."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_hits(result: SearchResult, lines: Sequence[int]) -> None:
    """Print hits; `lines` are the line numbers of the text (from 1) their passages begin at."""
    for hit, line in zip(result.hits, lines, strict=True):
        print_hit(hit, line)


def print_hit(hit: Hit, line: int) -> None:
    """Print rank, place and year, headings, the passage with its best sentence, the source."""
    citation = hit.citation
    year = f"{citation.year}年" if citation.year else ""
    where = " · ".join(part for part in (citation.region or citation.title, year) if part)
    typer.echo(typer.style(f"{hit.rank}. {where or citation.report_id}", bold=True))
    if hit.heading_path:
        typer.echo("   " + " › ".join(hit.heading_path))
    typer.echo("   " + _marked(hit).strip().replace("\n", "\n   "))
    page = f", page {citation.page}" if citation.page else ""
    offsets = f"{citation.start}-{citation.end}"
    source = f"{citation.source}, text line {line}{page}, characters {offsets}"
    typer.echo(typer.style(f"   {source}", dim=True))
    typer.echo()


def _marked(hit: Hit) -> str:
    """The passage with its best sentence bold (typer drops the codes outside a terminal)."""
    if hit.sentence is None:
        return hit.text
    start = hit.citation.start
    inner = Span(hit.sentence.start - start, hit.sentence.end - start)
    bold = typer.style(inner.of(hit.text), bold=True)
    return hit.text[: inner.start] + bold + hit.text[inner.end :]


def print_outline(text: str, sections: Sequence[Section]) -> None:
    """Print the section tree: line number, indent by depth, marker and heading."""
    width = len(str(text.count("\n") + 1))
    depths: dict[str | None, int] = {None: 0}
    for section in sections:
        depths[section.section_id] = depths[section.parent_id] + 1
        line = line_of(text, section.start)
        part = "" if section.part == "body" else f"  [{section.part}]"
        indent = "  " * depths[section.parent_id]
        typer.echo(f"{line:>{width}}  {indent}{section.title}{part}")


def line_of(text: str, offset: int) -> int:
    """The number of the line that holds a character, from 1."""
    return text.count("\n", 0, offset) + 1


def described(metadata: Metadata) -> str:
    """`桑日县 · 2025年`, whatever of it is known."""
    parts = (
        metadata.region.name if metadata.region else "",
        f"{metadata.year}年" if metadata.year else "",
    )
    return " · ".join(part for part in parts if part)


@contextmanager
def progress_bars() -> Iterator[Progress]:
    """A bar a stage with the time left on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield _silent
        return
    # rich takes a tenth of a second to import, only a terminal needs it.
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        TaskID,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as Bars  # noqa: PLC0415

    tasks: dict[str, TaskID] = {}
    with Bars(
        TextColumn("{task.description:<22}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[name]}"),
        console=Console(stderr=True),
    ) as bars:

        def show(step: Step) -> None:
            if step.stage not in tasks:
                label = _STAGES.get(step.stage, str(step.stage))
                tasks[step.stage] = bars.add_task(label, total=step.total, name="")
            bars.update(tasks[step.stage], completed=step.done, total=step.total, name=step.name)

        yield show


def _silent(step: Step) -> None:
    pass


def notify(message: str) -> None:
    """Say what is going on, on the error output, so that output stays clean."""
    typer.echo(message, err=True)
