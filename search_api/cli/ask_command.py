"""The command `ask`."""

from __future__ import annotations

from pathlib import Path

import typer

from search_api.answering.answerer import ask
from search_api.answering.types import Answer, Said
from search_api.answering.written.language_model import LanguageModel, settings_from
from search_api.cli.terminal_output import line_of, notify, print_hit, print_json
from search_api.engine import Engine, checked_question, data_folder, open_index

# Passages shown where there is no answer.
_NEAREST = 3


def ask_question(
    question: str,
    data: Path | None,
    *,
    region: str | None,
    year: int | None,
    report_id: str | None,
    kind: str | None,
    llm_url: str | None,
    llm_model: str | None,
    as_json: bool,
) -> None:
    """`govsearch ask`: raises typer.Exit(1) if the reports don't say it, GovsearchError."""
    question = checked_question(question)  # before an index is opened for nothing
    settings = settings_from(llm_url, llm_model)
    model = LanguageModel(settings) if settings else None
    with open_index(data_folder(data)) as engine:
        try:
            answer = ask(
                engine,
                question,
                region=region,
                year=year,
                report_id=report_id,
                kind=kind,
                model=model,
            )
        finally:
            if model is not None:
                model.close()
        if as_json:
            # pydantic is slow to import; only JSON needs it.
            from search_api.shapes.answer_shapes import answer_out  # noqa: PLC0415

            print_json(answer_out(answer).model_dump())
        else:
            _show(engine, answer)
    if not answer.answered:
        raise typer.Exit(1)


def _show(engine: Engine, answer: Answer) -> None:
    for notice in answer.notices:
        notify(notice)
    if not answer.answered:
        notify(answer.reason)
        for hit in answer.hits[:_NEAREST]:
            print_hit(hit, line_of(engine.text(hit.citation.report_id), hit.citation.start))
        return
    typer.echo(typer.style(answer.answer or "", bold=True))
    typer.echo()
    for said in answer.said:
        _show_said(engine, said)


def _show_said(engine: Engine, said: Said) -> None:
    """A sentence of the answer, the quote that proves it where it is another, and its source."""
    citation = said.citation
    year = f"{citation.year}年" if citation.year else ""
    where = " · ".join(part for part in (citation.region or citation.title, year) if part)
    typer.echo(" › ".join((where or citation.report_id, *citation.heading_path)))
    mark = "" if said.proven else "  (not proven)"
    if said.text != citation.quote:
        typer.echo(f"   {said.text}{mark}")
    typer.echo(f"   “{citation.quote}”")
    line = line_of(engine.text(citation.report_id), citation.start)
    page = f", page {citation.page}" if citation.page else ""
    offsets = f"{citation.start}-{citation.end}"
    source = f"{citation.source}, text line {line}{page}, characters {offsets}"
    typer.echo(typer.style(f"   {source}", dim=True))
    typer.echo()
