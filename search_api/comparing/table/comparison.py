"""The table: one row for every report that was asked, by a search in each, not a global top-k."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from search_api.answering.settings import DEFAULT_ANSWERS, AnswerSettings
from search_api.comparing.comparison_types import Comparison, Piece, Row, Sort, TopicKind
from search_api.comparing.likeness.marking import marked
from search_api.comparing.likeness.similarity import most_usual
from search_api.comparing.table import notices
from search_api.comparing.table.elsewhere import passage_rows
from search_api.comparing.table.measured import measured
from search_api.comparing.table.rows import figure_row, theme_row
from search_api.comparing.table.selection import Chosen
from search_api.comparing.table.topic import topic_of
from search_api.engine import Engine


def compare(
    engine: Engine,
    topic: str,
    chosen: Chosen,
    settings: AnswerSettings = DEFAULT_ANSWERS,
) -> Comparison:
    """What each of the reports says on a topic, or that it doesn't.

    A report is asked on its own, so its row never depends on which others are compared, but for the
    unit of `measured` and the marks of `wording`. Raises BadRequestError for the topic.
    """
    asked = topic_of(topic)
    if asked.kind is TopicKind.PASSAGE:
        rows = passage_rows(engine, asked, chosen.reports)
    elif asked.kind is TopicKind.THEME:
        rows = [theme_row(engine, asked, info) for info in chosen.reports]
    else:
        engine.encode_ahead(asked.questions)
        rows = [figure_row(engine, asked, info, settings) for info in chosen.reports]
    reference = asked.text if asked.kind is TopicKind.PASSAGE else _usual_quote(rows)
    rows = _with_wording(_with_figures(rows), reference)
    told = (*notices.of_topic(asked, asked.language), *notices.of_choice(chosen, asked.language))
    return Comparison(asked, tuple(rows), told)


def in_order(comparison: Comparison, sort: Sort) -> Comparison:
    """The comparison with its rows in that order.

    By their figures, rows without a comparable one come last, in the order they had.
    """
    if sort is Sort.REPORT:
        return comparison
    sortable = [row for row in comparison.rows if _comparable(row) is not None]
    others = [row for row in comparison.rows if _comparable(row) is None]
    sortable.sort(key=lambda row: _comparable(row) or 0, reverse=sort is Sort.HIGHEST)
    return replace(comparison, rows=(*sortable, *others))


def _comparable(row: Row) -> Decimal | None:
    return row.measured.middle if row.measured and row.measured.comparable else None


def _with_figures(rows: Sequence[Row]) -> list[Row]:
    figures = measured(
        [(row.statement.quantity, row.statement.bound) if row.statement else None for row in rows]
    )
    return [replace(row, measured=each) for row, each in zip(rows, figures, strict=True)]


def _usual_quote(rows: Sequence[Row]) -> str:
    """The quote that is most like all the others; empty without quotes."""
    quotes = [row.quote for row in rows if row.stated]
    return quotes[most_usual(quotes)] if quotes else ""


def _with_wording(rows: Sequence[Row], reference: str) -> list[Row]:
    return [
        replace(row, wording=_pieces(row.quote, reference)) if row.stated else row for row in rows
    ]


def _pieces(quote: str, reference: str) -> tuple[Piece, ...]:
    return marked(quote, reference)[0]
