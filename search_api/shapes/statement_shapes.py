"""The JSON of what a report states."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel, Field

from corpus.report import Span
from corpus.statements.statement import Aspect, Bound, Period, Scope, Sense, Source, Statement


class PlaceOut(BaseModel):
    """`quote` is `text[start:end]` of the report, offsets in characters."""

    start: int
    end: int
    quote: str


class PeriodOut(BaseModel):
    """Years, both included. `part` of a year (Q1, H1, M1-9); `point`: as of a date, no sum over it."""

    first: int
    last: int
    part: str
    point: bool


class StatementOut(BaseModel):
    """One thing that is said. `low` and `high` are decimals as text, 万 and 亿 multiplied out."""

    figure: PlaceOut
    low: str
    high: str
    unit: str
    kind: str
    words: str = Field(description="what it is of, in the report's words")
    whole: str = Field(
        description="what it is a part or a change of, where its own words don't say"
    )
    period: PeriodOut | None
    period_source: Source
    sense: Sense | None
    aspect: Aspect
    sign: int = Field(description="1 up, -1 down, 0 neither")
    bound: Bound
    scope: Scope
    component: bool
    nothing: bool = Field(description="there is none, said in words")
    sentence: PlaceOut


class StatementsOut(BaseModel):
    """What `govsearch statements --json` prints, in reading order."""

    report_id: str
    statements: list[StatementOut]


def statements_out(report_id: str, text: str, statements: Iterable[Statement]) -> StatementsOut:
    """The statements of a report with that text as JSON."""
    found = [_statement_out(text, each) for each in statements]
    return StatementsOut(report_id=report_id, statements=found)


def _statement_out(text: str, statement: Statement) -> StatementOut:
    figure, period = statement.quantity, statement.period
    return StatementOut(
        figure=_place_out(text, figure.span),
        low=format(figure.low, "f"),
        high=format(figure.high, "f"),
        unit=figure.unit,
        kind=figure.kind,
        words=statement.words,
        whole=statement.whole,
        period=None if period is None else _period_out(period),
        period_source=statement.period_source,
        sense=statement.sense,
        aspect=statement.aspect,
        sign=statement.sign,
        bound=statement.bound,
        scope=statement.scope,
        component=statement.component,
        nothing=statement.nothing,
        sentence=_place_out(text, statement.sentence),
    )


def _period_out(period: Period) -> PeriodOut:
    return PeriodOut(first=period.first, last=period.last, part=period.part, point=period.point)


def _place_out(text: str, span: Span) -> PlaceOut:
    return PlaceOut(start=span.start, end=span.end, quote=span.of(text))
