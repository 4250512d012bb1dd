"""The command `statements`."""

from __future__ import annotations

from pathlib import Path

import typer

from corpus.statements.statement import Aspect, Period, Statement
from indexer.index import Index
from indexer.simplify import simplify
from search_api.cli.terminal_output import line_of, notify, print_json
from search_api.engine import data_folder
from search_api.retrieval.folding import nfkc

_NOT_SAID = "-"


def statements(report_id: str, of: str, data: Path | None, as_json: bool) -> None:
    """`govsearch statements`: raises typer.Exit(1) if nothing is stated, GovsearchError."""
    with Index.open(data_folder(data)) as index:
        words = _folded(of).split()
        found = [each for each in index.statements(report_id) if _is_of(each, words)]
        text = index.text(report_id)
    if as_json:
        # pydantic is slow to import; only JSON needs it.
        from search_api.shapes.statement_shapes import statements_out  # noqa: PLC0415

        print_json(statements_out(report_id, text, found).model_dump(mode="json"))
    else:
        for statement in found:
            typer.echo(row(statement, text))
    if not found:
        notify("nothing found")
        raise typer.Exit(1)


def row(statement: Statement, text: str) -> str:
    """Figure, what it is of, time, sense, aspect, bound, place in the report's text."""
    figure = statement.quantity.span
    cells = (
        figure.of(text),
        " ".join(statement.words.split()),
        _period(statement.period),
        statement.sense,
        statement.aspect,
        statement.bound,
        f"text line {line_of(text, figure.start)}, characters {figure.start}-{figure.end}",
    )
    return "  ".join(cell or _NOT_SAID for cell in cells)


def _period(period: Period | None) -> str:
    """`2024`, `2021-2025`, `2025 H1`, `as of 2025` (what there is then, no sum over the year)."""
    if period is None:
        return ""
    years = f"{period.first}-{period.last}" if period.several else str(period.first)
    return " ".join(each for each in ("as of" if period.point else "", years, period.part) if each)


def _is_of(statement: Statement, words: list[str]) -> bool:
    """Whether all words stand in what the statement is of.

    A change, a share or a part (比上年增长5%) may be of what the sentence told of before.
    """
    if not words:
        return True
    is_of_whole = statement.component or statement.aspect is not Aspect.LEVEL
    said = _folded(f"{statement.words}\n{statement.whole if is_of_whole else ''}")
    return all(word in said for word in words)


def _folded(text: str) -> str:
    return simplify(nfkc(text)).lower() if text else ""
