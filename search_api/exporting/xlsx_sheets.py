"""What stands in a workbook's sheets on the reports: the table, its citations, its figures, what was asked?

Plain values by line and column; `xlsx_file.py` writes them. The sheets on wordings: `xlsx_wordings.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from search_api.comparing.comparison_types import Comparison, Row, Status, TopicKind
from search_api.exporting.amounts import scale_of
from search_api.exporting.labels import (
    bound_label,
    coverage,
    labels,
    relation_label,
    status_label,
)
from search_api.exporting.parts import Cell, heading_path, record
from search_api.exporting.plot import LEAST, drawn
from search_api.questions.question import Language

# What people read stands first, and is what is printed; then what they sort and filter by.
_READ: Final = (
    "region",
    "year",
    "status",
    "value",
    "announced",
    "quote",
    "heading_path",
    "start",
    "end",
)
_OF_FIGURES: Final = ("value", "announced")
_OF_KIND: Final[Mapping[TopicKind, tuple[str, ...]]] = {
    TopicKind.FIGURE: ("low", "high", "unit", "bound", "comparable", "outlier"),
    TopicKind.THEME: ("mentions",),
    TopicKind.PASSAGE: ("relation", "similarity"),
}
_LAST: Final = (
    "confidence",
    "reason",
    "nearest_quote",
    "nearest_start",
    "nearest_end",
    "title",
    "report_id",
    "source",
    "page",
)
_CITATION: Final = (
    "report",
    "report_id",
    "what",
    "start",
    "end",
    "quote",
    "heading_path",
    "page",
    "source",
)


class Tint(StrEnum):
    """Why a line stands out."""

    SILENT = "silent"  # the report doesn't state it
    OUTLIER = "outlier"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a sheet with its tint."""

    cells: Sequence[Cell]
    tint: Tint | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of a sheet. `columns` are names of labels, `heads` what some are called instead."""

    title: str
    columns: Sequence[str]
    lines: Sequence[Line]
    heads: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FigureSheet:
    """The comparable figures in one unit, and if some are ranges (of them the low end) their high end."""

    sheet: Sheet
    unit: str
    below_zero: bool


def table_sheet(comparison: Comparison) -> Sheet:
    """One line a report. What is read stands in the first columns: `read_columns`."""
    kind, language = comparison.topic.kind, comparison.topic.language
    columns = (*read_columns(kind), *_OF_KIND[kind], *_LAST)
    lines = [_line(row, columns, language) for row in comparison.rows]
    return Sheet(labels(language)["table"], columns, lines)


def read_columns(kind: TopicKind) -> tuple[str, ...]:
    """The columns of the table that people read; the others are to sort and filter by."""
    return tuple(name for name in _READ if name not in _OF_FIGURES or kind is TopicKind.FIGURE)


def citation_sheet(comparison: Comparison) -> Sheet:
    """One line a citation, also the nearest ones of reports that don't state it."""
    language = comparison.topic.language
    lines = [line for row in comparison.rows for line in _citations(row, language)]
    return Sheet(labels(language)["citations"], _CITATION, lines)


def figure_sheet(comparison: Comparison) -> FigureSheet | None:
    """The figures that a chart can be drawn of; None: too few."""
    if len(drawn(comparison)) < LEAST:
        return None
    language = comparison.topic.language
    words = labels(language)
    rows = [
        (row.name, row.measured)
        for row in comparison.rows
        if row.measured and row.measured.comparable
    ]
    ends = [end for _, each in rows for end in (each.low, each.high)]
    scale = scale_of(ends, rows[0][1].unit, language)
    ranges = any(each.low != each.high for _, each in rows)
    lines = [
        Line(
            [
                name,
                scale.of(each.low),
                *([scale.of(each.high) if each.low != each.high else None] if ranges else []),
            ]
        )
        for name, each in rows
    ]
    # One bar a figure, whatever bounds it; only a range has another end.
    columns = ("report", "figure", "range_end") if ranges else ("report", "figure")
    unit = f" ({scale.unit})" if scale.unit else ""
    heads = {name: words[name] + unit for name in columns if name != "report"}
    return FigureSheet(Sheet(words["figures"], columns, lines, heads), scale.unit, min(ends) < 0)


def about_sheet(comparison: Comparison) -> Sheet:
    """What was compared, and what there is to know about it."""
    words = labels(comparison.topic.language)
    lines = [
        Line([words["topic"], comparison.topic.text]),
        Line([words["coverage"], coverage(comparison)]),
        *(Line([words["notices"], notice]) for notice in comparison.notices),
        Line([words["characters"], words["offsets_note"]]),
    ]
    return Sheet(words["about"], ("topic", "about"), lines)


def _line(row: Row, columns: Sequence[str], language: Language) -> Line:
    words = labels(language)
    cells = record(row) | {
        "region": row.region or row.title or row.report_id,
        "status": status_label(row.status, language),
        "bound": bound_label(row.measured.bound, language) if row.measured else None,
        "relation": relation_label(row.relation, language) if row.relation else None,
    }
    for name in ("announced", "comparable", "outlier"):
        value = cells[name]
        cells[name] = None if value is None else words["yes" if value else "no"]
    outlier = row.measured is not None and row.measured.outlier
    tint = Tint.SILENT if not row.stated else Tint.OUTLIER if outlier else None
    return Line([cells[name] for name in columns], tint)


def _citations(row: Row, language: Language) -> Iterator[Line]:
    for citation, what, tint in (
        (row.citation, status_label(Status.STATED, language), None),
        (row.nearest, labels(language)["nearest_quote"], Tint.SILENT),
    ):
        if citation is not None:
            yield Line(
                [
                    row.name,
                    citation.report_id,
                    what,
                    citation.start,
                    citation.end,
                    citation.quote,
                    heading_path(citation),
                    citation.page,
                    citation.source,
                ],
                tint,
            )
