"""The JSON of a search and its hits."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from search_api.results import Hit, SearchResult
from search_api.shapes.citation_shapes import CitationOut, citation_out


class HitOut(BaseModel):
    """A passage found. Scores are higher for better and compare within one query only."""

    rank: int
    score: float
    passage_id: str
    text: str
    heading_path: list[str]
    citation: CitationOut


class HitsOut(BaseModel):
    """The first event of a streamed answer."""

    hits: list[HitOut]


class FiltersOut(BaseModel):
    """What the search was restricted to."""

    region: str | None
    year: int | None
    report_id: str | None
    kind: str | None


class SearchOut(BaseModel):
    """The answer to `GET /api/search`."""

    query: str
    mode: Literal["hybrid", "dense", "lexical"]
    took_ms: float
    filters: FiltersOut
    hits: list[HitOut]


def hit_out(hit: Hit) -> HitOut:
    """A hit as JSON."""
    return HitOut(
        rank=hit.rank,
        score=round(hit.score, 6),
        passage_id=hit.passage_id,
        text=hit.text,
        heading_path=list(hit.heading_path),
        citation=citation_out(hit.citation),
    )


def search_out(result: SearchResult) -> SearchOut:
    """A search result as JSON."""
    return SearchOut(
        query=result.query,
        mode=result.mode.value,
        took_ms=round(result.took_ms, 3),
        filters=FiltersOut(
            region=result.filters.region,
            year=result.filters.year,
            report_id=result.filters.report_id,
            kind=result.filters.kind,
        ),
        hits=[hit_out(hit) for hit in result.hits],
    )
