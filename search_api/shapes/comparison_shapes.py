"""The JSON of the table of a comparison. Its fields are fixed: other people's clients rely on them."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from search_api.comparing.comparison_types import Comparison, Measured, Piece, Row, Sort
from search_api.engine import MAX_QUERY_CHARACTERS
from search_api.shapes.citation_shapes import CitationOut, citation_out

Relation = Literal["identical", "contained", "other_figure", "reworded", "different"]
# Far above what any index holds; a list that long is a mistake.
MOST_NAMES = 20_000


class ChoiceIn(BaseModel):
    """Which reports are compared: those that fit all that is given, all of them if nothing is."""

    model_config = ConfigDict(extra="forbid")

    report_ids: list[str] | None = Field(default=None, max_length=MOST_NAMES)
    regions: list[str] | None = Field(
        default=None, max_length=MOST_NAMES, description="these places and their parts"
    )
    years: list[int] | None = Field(
        default=None, max_length=MOST_NAMES, description="the years of the reports"
    )
    kind: str | None = Field(
        default=None,
        description="national, provincial, city or county; work_report, rule_of_law, bulletin or other",
    )


class CompareIn(ChoiceIn):
    """A topic in free text, a heading, or a pasted passage; and the reports to look in."""

    topic: str = Field(max_length=MAX_QUERY_CHARACTERS)
    sort: Sort = Field(
        default=Sort.REPORT, description="the order of rows: as chosen, highest or lowest first"
    )


class PieceOut(BaseModel):
    """A stretch of a wording; `common`: the wording it is compared with has it too."""

    text: str
    common: bool


class MeasuredOut(BaseModel):
    """A figure to sort and draw by: in the unit of the table, 万 and 亿 multiplied out.

    `comparable` is false for a unit that can't be turned into that of most rows.
    """

    low: float
    high: float
    unit: str
    bound: Literal["exact", "about", "nearly", "at_least", "at_most", "above", "below", "range"]
    comparable: bool
    outlier: bool


class RowOut(BaseModel):
    """What one report states on the topic, or that it doesn't.

    `value` is the figure with its unit as it is written, null if the topic has none; `quote` the
    sentence. `wording` is the quote in pieces, against the most usual one of the table.
    `nearest` is what comes closest in a report that doesn't state it.
    """

    report_id: str
    title: str
    region: str
    year: int | None
    status: Literal["stated", "not_stated"]
    value: str | None
    quote: str | None
    citation: CitationOut | None
    announced: bool = Field(description="the figure is a target, not a result")
    wording: list[PieceOut]
    measured: MeasuredOut | None
    confidence: float
    mentions: int | None
    relation: Relation | None = Field(description="to the passage that was given")
    similarity: float | None
    reason: str | None
    nearest: CitationOut | None


class TableCoverageOut(BaseModel):
    """How many reports were asked, and how many state it."""

    reports: int
    stated: int
    not_stated: int


class CompareOut(BaseModel):
    """The answer to `POST /api/compare`: a row for every report that was asked about."""

    topic: str
    kind: Literal["figure", "theme", "passage"]
    rows: list[RowOut]
    coverage: TableCoverageOut
    notices: list[str]


def compare_out(comparison: Comparison) -> CompareOut:
    """A comparison as JSON."""
    stated = comparison.stated
    return CompareOut(
        topic=comparison.topic.text,
        kind=comparison.topic.kind.value,
        rows=[row_out(row) for row in comparison.rows],
        coverage=TableCoverageOut(
            reports=len(comparison.rows), stated=stated, not_stated=len(comparison.rows) - stated
        ),
        notices=list(comparison.notices),
    )


def row_out(row: Row) -> RowOut:
    """A row as JSON."""
    return RowOut(
        report_id=row.report_id,
        title=row.title,
        region=row.region,
        year=row.year,
        status=row.status.value,
        value=row.value,
        quote=row.citation.quote if row.citation else None,
        citation=citation_out(row.citation) if row.citation else None,
        announced=row.announced,
        wording=[piece_out(each) for each in row.wording],
        measured=measured_out(row.measured) if row.measured else None,
        confidence=round(row.confidence, 4),
        mentions=row.mentions,
        relation=row.relation.value if row.relation else None,
        similarity=None if row.similarity is None else round(row.similarity, 4),
        reason=row.reason or None,
        nearest=citation_out(row.nearest) if row.nearest else None,
    )


def piece_out(piece: Piece) -> PieceOut:
    """A piece as JSON."""
    return PieceOut(text=piece.text, common=piece.common)


def measured_out(measured: Measured) -> MeasuredOut:
    """A normalised figure as JSON."""
    return MeasuredOut(
        low=float(measured.low),
        high=float(measured.high),
        unit=measured.unit,
        bound=measured.bound.value,
        comparable=measured.comparable,
        outlier=measured.outlier,
    )
